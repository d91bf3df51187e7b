import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '../../../shared/base/errors.ts'
import { Random } from '../../../shared/base/random.ts'
import { START, stepsOf } from '../../../shared/pipeline/training/steps.ts'

describe('steps of a pass', () => {
  it('hold every row once, in steps of the wanted size and parts within the limit', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 })
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 9 }), fc.integer(), (lengths, rowsPerStep, seed) => {
        const steps = stepsOf(lengths, rowsPerStep, 80, new Random(seed))
        expect(steps.flat(2).sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i))
        const sizes = steps.map((step) => step.flat().length)
        // All steps are full but for at most one.
        expect(sizes.filter((size) => size < rowsPerStep).length).toBeLessThanOrEqual(1)
        for (const part of steps.flat()) {
          const padded = part.length * Math.max(...part.map((i) => must(lengths[i])))
          expect(part.length === 1 || padded <= 80).toBe(true)
        }
      }),
    )
  })

  it('put rows of like length together', () => {
    const steps = stepsOf([10, 1, 10, 1, 10, 1], 3, 1000, new Random(1))
    expect(steps.map((step) => step.flat().sort()).sort()).toEqual([
      [0, 2, 4],
      [1, 3, 5],
    ])
  })

  it('come in another order, with other neighbours, every pass, and in the same for the same seed', () => {
    const lengths = Array.from({ length: 40 }, () => 5)
    const pass = (seed: number) => stepsOf(lengths, 4, 1000, new Random(seed))
    expect(pass(1)).toEqual(pass(1))
    expect(pass(1)).not.toEqual(pass(2))
    const together = (seed: number) =>
      pass(seed).map((step) =>
        step
          .flat()
          .sort((a, b) => a - b)
          .join(),
      )
    const shared = together(1).filter((step) => together(2).includes(step))
    expect(shared.length).toBeLessThan(3)
  })

  it('are none without rows; a run starts before everything', () => {
    expect(stepsOf([], 4, 100, new Random(1))).toEqual([])
    expect(START).toEqual({ iteration: 0, pass: 0, index: 0 })
  })
})
