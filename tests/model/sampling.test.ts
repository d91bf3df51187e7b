import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../shared/base/random.ts'
import { argMax, sampleToken } from '../../shared/model/sampling.ts'

type Options = Parameters<typeof sampleToken>[1]

/** Shares of each token in many draws. */
function shares(logits: number[], options: Options, draws = 4000): number[] {
  const random = new Random(1)
  const counts = new Array<number>(logits.length).fill(0)
  for (let i = 0; i < draws; i++) counts[sampleToken(Float32Array.from(logits), options, [], [], random)]! += 1
  return counts.map((count) => count / draws)
}
const once = (logits: number[], options: Options, seen: number[] = [], banned: number[] = []) =>
  sampleToken(Float32Array.from(logits), options, seen, banned, new Random(1))

describe('sampling', () => {
  it('takes the largest logit at temperature 0, the first of equals', () => {
    expect(once([1, 3, 2], { temperature: 0 })).toBe(1)
    expect(once([2, 2, 1], { temperature: 0 })).toBe(0)
    expect(argMax(Float32Array.of(-3, -1, -2))).toBe(1)
  })

  it('draws by the softmax of the logits', () => {
    // logits ln 1, ln 2, ln 5: shares 1/8, 2/8, 5/8; σ ≤ √(0.25/4000) = 0.008
    const got = shares([0, Math.log(2), Math.log(5)], { temperature: 1 })
    ;[0.125, 0.25, 0.625].forEach((share, i) => expect(Math.abs((got[i] ?? 0) - share)).toBeLessThan(0.04))
  })

  it('sharpens with a low temperature', () => {
    // At T = ½ the odds of ln 1 and ln 3 are 1 : 9.
    const got = shares([0, Math.log(3)], { temperature: 0.5 })
    expect(Math.abs((got[1] ?? 0) - 0.9)).toBeLessThan(0.03)
  })

  it('top-k keeps the k largest', () => {
    expect(shares([1, 5, 4, 3, 2, 0, -1, -2], { temperature: 1, topK: 2 }, 500).map((s) => s > 0)).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ])
    expect(shares([1, 1], { temperature: 1, topK: 0 }, 200).every((s) => s > 0)).toBe(true)
  })

  it('top-k of a large vocabulary equals top-k of a full sort', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 5 }), (seed, topK) => {
        const random = new Random(seed)
        const logits = Array.from({ length: 64 }, () => Math.round(random.normal() * 4))
        const best = logits.map((value, i) => ({ value, i })).sort((a, b) => b.value - a.value || a.i - b.i)
        const allowed = new Set(best.slice(0, topK).map(({ i }) => i))
        for (let i = 0; i < 10; i++) {
          expect(allowed).toContain(sampleToken(Float32Array.from(logits), { temperature: 2, topK }, [], [], random))
        }
      }),
      { numRuns: 50 },
    )
  })

  it('top-p keeps the smallest set that reaches p, the token that crosses it included', () => {
    // Probabilities 0.5, 0.3, 0.2: 0.5 < 0.6, so the second crosses; the third is out. Renewed: 0.625, 0.375.
    const logits = [0.5, 0.3, 0.2].map(Math.log)
    const got = shares(logits, { temperature: 1, topP: 0.6 })
    expect(got[2]).toBe(0)
    expect(Math.abs((got[0] ?? 0) - 0.625)).toBeLessThan(0.04)
    expect(shares(logits, { temperature: 1, topP: 1e-9 }, 100)).toEqual([1, 0, 0])
  })

  it('never draws a banned token', () => {
    expect(once([9, 1, 0], { temperature: 0 }, [], [0])).toBe(1)
    expect(once([9, 1, 0], { temperature: 1, topK: 1 }, [], [0, 1])).toBe(2)
  })

  it('makes seen tokens less likely whatever their sign', () => {
    // 2/1.5 = 1.33 < 1.5, and −1·1.5 = −1.5 < −1.2
    expect(once([2, 1.5], { temperature: 0, repetitionPenalty: 1.5 }, [0, 0])).toBe(1)
    expect(once([-1, -1.2], { temperature: 0, repetitionPenalty: 1.5 }, [0])).toBe(1)
    expect(once([2, 1.5], { temperature: 0, repetitionPenalty: 1 }, [0])).toBe(0)
  })

  it('draws the same tokens from the same seed', () => {
    const draw = () => {
      const random = new Random(9)
      const logits = [0.1, 0.2, 0.3, 0.4]
      return Array.from({ length: 20 }, () =>
        sampleToken(Float32Array.from(logits), { temperature: 1 }, [], [], random),
      )
    }
    expect(draw()).toEqual(draw())
    expect(new Set(draw()).size).toBeGreaterThan(1)
  })
})
