/** @file Which rows make up each optimiser step, and where a run stands among them. */

import { must } from '../../base/errors.ts'
import type { Random } from '../../base/random.ts'
import { groupByLength } from '../../model/batch.ts'

/** Where a run stands: everything before this place is done. */
export interface Place {
  iteration: number
  pass: number
  /** Step within the pass. */
  index: number
}
export const START: Place = { iteration: 0, pass: 0, index: 0 }

/**
 * Steps of `rowsPerStep` rows of like length, in random order; each step is cut into parts of at most `batchTokens`
 * padded tokens. Rows are shuffled before they are sorted, so that equal lengths meet in another order every pass.
 */
export function stepsOf(
  lengths: readonly number[],
  rowsPerStep: number,
  batchTokens: number,
  random: Random,
): number[][][] {
  const order = random.shuffle(lengths.map((_, i) => i)).sort((a, b) => must(lengths[a]) - must(lengths[b]))
  const steps: number[][] = []
  for (let i = 0; i < order.length; i += rowsPerStep) steps.push(order.slice(i, i + rowsPerStep))
  return random.shuffle(steps).map((rows) =>
    groupByLength(
      rows.map((i) => must(lengths[i])),
      batchTokens,
    ).map((group) => group.map((i) => must(rows[i]))),
  )
}
