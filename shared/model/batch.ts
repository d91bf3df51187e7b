/** @file Turns token sequences into the tensors of one step. Rows are padded on the right; only scored tokens count. */

import { assert, must } from '../base/errors.ts'

/** A row of tokens and the indices (≥ 1) of those whose log-probability is wanted. */
export interface Sequence {
  ids: readonly number[]
  scored: readonly number[]
}

export interface Batch {
  rows: number
  /** Padded length. */
  time: number
  /** [rows·time] */
  tokens: BigInt64Array
  /** Flat index of the position that predicts each scored token, [scored]. */
  positions: BigInt64Array
  labels: BigInt64Array
  /** Row of each scored token, [scored]. */
  rowOf: Int32Array
  /** Real tokens, padding left out. */
  size: number
}

/** The scored positions of several sequences stand in row order. */
export function packRows(sequences: readonly Sequence[], padId: number): Batch {
  assert(sequences.length > 0, 'a batch needs a row')
  const time = sequences.reduce((longest, s) => Math.max(longest, s.ids.length), 1)
  const tokens = new BigInt64Array(sequences.length * time).fill(BigInt(padId))
  const count = sequences.reduce((sum, s) => sum + s.scored.length, 0)
  const positions = new BigInt64Array(count)
  const labels = new BigInt64Array(count)
  const rowOf = new Int32Array(count)
  let at = 0
  sequences.forEach(({ ids, scored }, row) => {
    ids.forEach((id, i) => (tokens[row * time + i] = BigInt(id)))
    for (const i of scored) {
      assert(i > 0 && i < ids.length, `token ${i} of ${ids.length} cannot be scored`)
      positions[at] = BigInt(row * time + i - 1)
      labels[at] = BigInt(must(ids[i]))
      rowOf[at++] = row
    }
  })
  const size = sequences.reduce((sum, s) => sum + s.ids.length, 0)
  return { rows: sequences.length, time, tokens, positions, labels, rowOf, size }
}

/** Additive causal mask [time, time]. −1e9 rather than −∞: no row is all masked, and no kernel meets ∞ − ∞. */
export function causalMask(time: number): Float32Array {
  const mask = new Float32Array(time * time)
  for (let i = 0; i < time; i++) mask.fill(-1e9, i * time + i + 1, (i + 1) * time)
  return mask
}

/**
 * Groups indices so that rows of like length share a batch of at most `tokens` padded tokens (one row at least).
 * Order within the result is by length; the caller shuffles groups when order matters.
 */
export function groupByLength(lengths: readonly number[], tokens: number, maxRows = Infinity): number[][] {
  const order = lengths.map((_, i) => i).sort((a, b) => must(lengths[a]) - must(lengths[b]) || a - b)
  const groups: number[][] = []
  let group: number[] = []
  for (const i of order) {
    const longest = must(lengths[i])
    if (group.length > 0 && ((group.length + 1) * longest > tokens || group.length >= maxRows)) {
      groups.push(group)
      group = []
    }
    group.push(i)
  }
  if (group.length > 0) groups.push(group)
  return groups
}
