/** @file Recognises a model that has fallen into a loop. */

/** Longest unit, in tokens, that is looked for. */
const LONGEST_UNIT = 32
/** Tokens that the repeats must cover, so that "2 2 2" or a short list is not a loop. */
const LEAST_COVER = 24
const LEAST_REPEATS = 4

/** Whether the sequence ends in a unit of up to 32 tokens repeated at least four times over at least 24 tokens. */
export function endsInLoop(ids: readonly number[]): boolean {
  for (let unit = 1; unit <= LONGEST_UNIT; unit++) {
    const repeats = Math.max(LEAST_REPEATS, Math.ceil(LEAST_COVER / unit))
    const cover = unit * repeats
    if (cover > ids.length) continue
    let loop = true
    for (let i = ids.length - cover + unit; loop && i < ids.length; i++) loop = ids[i] === ids[i - unit]
    if (loop) return true
  }
  return false
}
