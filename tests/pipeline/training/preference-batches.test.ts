import { describe, expect, it } from 'vitest'
import { Random } from '../../../shared/base/random.ts'
import {
  isScored,
  pairGroups,
  pairRow,
  preferenceBatch,
  type PairMasking,
} from '../../../shared/pipeline/training/preference-batches.ts'

const [OPEN, CLOSE] = [91, 92] as const
const options: PairMasking = {
  masking: { kind: 'answerOnly' },
  tokens: { sections: [{ open: OPEN, close: CLOSE }] },
  keepDelimiters: false,
  nll: 'full',
  maxPrompt: 512,
  maxTotal: 1024,
}
const row = (pair: { prompt: number[]; chosen: number[]; rejected: number[] }, change: Partial<PairMasking> = {}) =>
  pairRow(pair, { ...options, ...change }, new Random(1))
const pair = { prompt: [1, 2], chosen: [OPEN, 5, CLOSE, 6, 7], rejected: [OPEN, 8, CLOSE, 9] }

describe('a pair as rows', () => {
  it('scores the answers, whose indices count from the prompt', () => {
    const { chosen, rejected, closed } = row(pair)
    expect(chosen).toEqual({ ids: [1, 2, OPEN, 5, CLOSE, 6, 7], scored: [5, 6] })
    expect(rejected).toEqual({ ids: [1, 2, OPEN, 8, CLOSE, 9], scored: [5] })
    expect(closed).toEqual({ chosen: true, rejected: true })
  })

  it('averages the NLL over prompt and completion, or the completion alone', () => {
    expect(row(pair).nll).toEqual([1, 2, 3, 4, 5, 6])
    expect(row(pair, { nll: 'completion' }).nll).toEqual([2, 3, 4, 5, 6])
  })

  it('keeps the end of a long prompt and the beginning of a long completion', () => {
    const { chosen } = row({ ...pair, prompt: [1, 2, 3, 4] }, { maxPrompt: 2, maxTotal: 5 })
    expect(chosen.ids).toEqual([3, 4, OPEN, 5, CLOSE])
    // The answer was cut away: nothing is left to compare, and the pair says so.
    expect(isScored(row({ ...pair, prompt: [1, 2, 3, 4] }, { maxPrompt: 2, maxTotal: 5 }))).toBe(false)
    expect(isScored(row(pair))).toBe(true)
  })

  it('never scores the first token of a row', () => {
    expect(row({ prompt: [], chosen: [5, 6], rejected: [7, 8] }).chosen.scored).toEqual([1])
  })
})

describe('pairs as a batch', () => {
  const other = { prompt: [3], chosen: [5, 6], rejected: [8, 9, 4] }

  it('stands chosen rows before rejected ones, the NLL tokens scored as well', () => {
    const batch = preferenceBatch([row(pair)], 0, true, undefined)
    expect([batch.rows, batch.time]).toEqual([2, 7])
    // Chosen: tokens 1 to 6; rejected: token 5.
    expect([...batch.labels].map(Number)).toEqual([2, OPEN, 5, CLOSE, 6, 7, 9])
    expect([...batch.nllWeights]).toEqual([1, 1, 1, 1, 1, 1, 0].map((w) => Math.fround(w / 6)))
    expect([...(batch.pairs?.chosenWeights ?? [])]).toEqual([0, 0, 0, 0, 0.5, 0.5, 0])
    expect([...(batch.pairs?.rejectedWeights ?? [])]).toEqual([0, 0, 0, 0, 0, 0, 1])
  })

  it('weighs by 1 for sums and by 1/length for means', () => {
    const sums = preferenceBatch([row(pair)], 0, false, [0.25])
    expect([...(sums.pairs?.chosenWeights ?? [])]).toEqual([0, 0, 0, 0, 1, 1, 0])
    expect([...(sums.pairs?.referenceMargin ?? [])]).toEqual([0.25])
  })

  it('gives every pair a line of its own', () => {
    const batch = preferenceBatch([row(pair), row(other)], 0, false, undefined)
    const scored = batch.labels.length
    const labelsOf = (weights: Float32Array | undefined, line: number) =>
      [...(weights ?? [])]
        .slice(line * scored, (line + 1) * scored)
        .flatMap((w, i) => (w > 0 ? [Number(batch.labels[i])] : []))
    expect(labelsOf(batch.pairs?.chosenWeights, 0)).toEqual([6, 7])
    expect(labelsOf(batch.pairs?.chosenWeights, 1)).toEqual([5, 6])
    expect(labelsOf(batch.pairs?.rejectedWeights, 0)).toEqual([9])
    expect(labelsOf(batch.pairs?.rejectedWeights, 1)).toEqual([8, 9, 4])
  })

  it('weighs pairs and NLL so that the parts of a step add up to one', () => {
    const parts = [pair, other].map((p) => preferenceBatch([row(p)], 0, true, undefined, 2))
    const total = (pick: (part: (typeof parts)[number]) => Float32Array | undefined) =>
      parts.reduce((sum, part) => sum + [...(pick(part) ?? [])].reduce((a, b) => a + b, 0), 0)
    expect(total((part) => part.nllWeights)).toBeCloseTo(1, 6)
    expect(total((part) => part.pairs?.pairWeights)).toBeCloseTo(1, 6)
  })

  it('groups pairs of like length, each once', () => {
    const rows = [pair, other, other, pair].map((p) => row(p))
    // Padded tokens of a pair: 2 · 7 = 14 and 2 · 4 = 8. Two short ones make 16, two long ones 28.
    const groups = pairGroups(rows, 28, new Random(1))
    expect(groups.map((group) => [...group].sort()).sort()).toEqual([
      [0, 3],
      [1, 2],
    ])
  })
})
