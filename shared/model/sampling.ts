/** @file From logits to one token: repetition penalty, bans, temperature, top-k, top-p. Pure and seeded. */

import type { Random } from '../base/random.ts'

export interface SamplingOptions {
  maxNewTokens: number
  /** 0 is greedy. */
  temperature: number
  topP?: number
  topK?: number
  /** Divides positive and multiplies negative logits of tokens seen before (Keskar et al., 2019); 1 is off. */
  repetitionPenalty?: number
  seed: number
  /** Text the assistant turn is made to begin with; part of the returned text. */
  prefill?: string
  /** The same, one per prompt ('' for none): recursion answers many questions at once, each from its own thinking. */
  prefills?: readonly string[]
  /** Token strings that may not be produced. */
  banned?: readonly string[]
}

/** @param logits [vocab], changed in place */
export function sampleToken(
  logits: Float32Array,
  options: Pick<SamplingOptions, 'temperature' | 'topP' | 'topK' | 'repetitionPenalty'>,
  seen: Iterable<number>,
  banned: readonly number[],
  random: Random,
): number {
  const penalty = options.repetitionPenalty ?? 1
  if (penalty !== 1) {
    for (const id of new Set(seen)) {
      const value = logits[id] ?? 0
      logits[id] = value > 0 ? value / penalty : value * penalty
    }
  }
  for (const id of banned) logits[id] = -Infinity
  if (options.temperature <= 0) return argMax(logits)

  const kept = largest(logits, Math.min(options.topK && options.topK > 0 ? options.topK : logits.length, logits.length))
  const top = logits[kept[0] as number] as number
  const weights = kept.map((id) => Math.exp(((logits[id] as number) - top) / options.temperature))
  const total = weights.reduce((a, b) => a + b, 0)
  // The smallest set of tokens whose probability reaches top-p; the token that crosses it stays in.
  let mass = 0
  let count = 0
  const limit = (options.topP ?? 1) * total
  while (count < weights.length && (count === 0 || mass < limit)) mass += weights[count++] as number
  let draw = random.next() * mass
  for (let i = 0; i < count; i++) {
    draw -= weights[i] as number
    if (draw < 0) return kept[i] as number
  }
  return kept[count - 1] as number
}

export function argMax(values: Float32Array): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i
  return best
}

/** Indices of the k largest values, largest first; ties by index. */
function largest(values: Float32Array, k: number): number[] {
  const order = (a: number, b: number) => (values[b] as number) - (values[a] as number) || a - b
  if (k >= values.length / 4)
    return Array.from(values, (_, i) => i)
      .sort(order)
      .slice(0, k)
  // A sorted short list: most values are turned away by one comparison.
  const kept: number[] = []
  for (let i = 0; i < values.length; i++) {
    if (kept.length === k && (values[i] as number) <= (values[kept[k - 1] as number] as number)) continue
    let at = kept.length
    while (at > 0 && (values[kept[at - 1] as number] as number) < (values[i] as number)) at--
    kept.splice(at, 0, i)
    if (kept.length > k) kept.pop()
  }
  return kept
}
