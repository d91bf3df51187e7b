/** @file Preference pairs as training batches: chosen and rejected rows side by side, weights normalised over a step. */

import { must } from '../../base/errors.ts'
import type { Random } from '../../base/random.ts'
import { groupByLength, packRows, type Sequence } from '../../model/batch.ts'
import type { TrainingBatch } from '../../model/trainer.ts'
import { maskCompletion, type Masking, type MaskTokens } from './masking.ts'

export interface TokenisedPair {
  prompt: readonly number[]
  chosen: readonly number[]
  rejected: readonly number[]
  /** Indices into each completion that may be compared; all when absent. */
  comparable?: { chosen: readonly number[]; rejected: readonly number[] }
}

export interface PairRow {
  chosen: Sequence
  rejected: Sequence
  /** Tokens of the chosen row that the NLL averages over. */
  nll: readonly number[]
  closed: { chosen: boolean; rejected: boolean }
}

export interface PairMasking {
  masking: Masking
  tokens: MaskTokens
  keepDelimiters: boolean
  /** TRL averages the chosen NLL over prompt and completion. */
  nll: 'full' | 'completion'
  maxPrompt: number
  maxTotal: number
}

/** Truncates as TRL does (the prompt keeps its end, the completion its beginning) and marks the scored tokens. */
export function pairRow(pair: TokenisedPair, options: PairMasking, random: Random): PairRow {
  const prompt = pair.prompt.slice(-options.maxPrompt)
  const side = (which: 'chosen' | 'rejected') => {
    const completion = pair[which]
    const comparable = pair.comparable && new Set(pair.comparable[which])
    const kept = completion.slice(0, Math.max(1, options.maxTotal - prompt.length))
    const { scored, closed } = maskCompletion(kept, options.masking, options.tokens, options.keepDelimiters, random)
    const ids = [...prompt, ...kept]
    const compared = comparable ? scored.filter((i) => comparable.has(i)) : scored
    return { sequence: { ids, scored: compared.map((i) => i + prompt.length).filter((i) => i > 0) }, closed }
  }
  const chosen = side('chosen')
  const rejected = side('rejected')
  const first = options.nll === 'full' ? 1 : Math.max(1, prompt.length)
  const nll = chosen.sequence.ids.map((_, i) => i).slice(first)
  return {
    chosen: chosen.sequence,
    rejected: rejected.sequence,
    nll,
    closed: { chosen: chosen.closed, rejected: rejected.closed },
  }
}

/** Both sides must have something to compare. */
export function isScored(row: PairRow): boolean {
  return row.chosen.scored.length > 0 && row.rejected.scored.length > 0
}

/**
 * Groups of pair indices, each within `batchTokens` padded tokens, in an order shuffled by `random`.
 * Pairs of like length share a batch.
 */
export function pairGroups(rows: readonly PairRow[], batchTokens: number, random: Random): number[][] {
  const lengths = rows.map((row) => 2 * Math.max(row.chosen.ids.length, row.rejected.ids.length))
  return random.shuffle(groupByLength(lengths, batchTokens))
}

/**
 * @param means weights of 1/length (ORPO's mean log-probabilities) or of 1 (the sums of DPO and EXO)
 * @param margins reference log π(chosen) − log π(rejected) per row, for DPO and EXO
 * @param stepPairs pairs in the whole optimiser step, so that accumulated parts add up to one mean
 */
export function preferenceBatch(
  rows: readonly PairRow[],
  padId: number,
  means: boolean,
  margins: readonly number[] | undefined,
  stepPairs = rows.length,
): TrainingBatch {
  // The chosen rows also carry the NLL tokens, some of which the mask keeps out of the comparison.
  const union = (row: PairRow): Sequence => ({
    ids: row.chosen.ids,
    scored: [...new Set([...row.nll, ...row.chosen.scored])].sort((a, b) => a - b),
  })
  const chosen = rows.map(union)
  const batch = packRows([...chosen, ...rows.map((row) => row.rejected)], padId)
  const scored = batch.labels.length
  const nllWeights = new Float32Array(scored)
  const chosenWeights = new Float32Array(rows.length * scored)
  const rejectedWeights = new Float32Array(rows.length * scored)
  let at = 0
  rows.forEach((row, r) => {
    const nll = new Set(row.nll)
    const compared = new Set(row.chosen.scored)
    for (const i of must(chosen[r]).scored) {
      if (nll.has(i)) nllWeights[at] = 1 / (row.nll.length * stepPairs)
      if (compared.has(i)) chosenWeights[r * scored + at] = means ? 1 / row.chosen.scored.length : 1
      at++
    }
  })
  rows.forEach((row, r) => {
    for (let i = 0; i < row.rejected.scored.length; i++) {
      rejectedWeights[r * scored + at++] = means ? 1 / row.rejected.scored.length : 1
    }
  })
  return {
    ...batch,
    nllWeights,
    pairs: {
      count: rows.length,
      chosenWeights,
      rejectedWeights,
      pairWeights: new Float32Array(rows.length).fill(1 / stepPairs),
      referenceMargin: margins ? Float32Array.from(margins) : undefined,
    },
  }
}
