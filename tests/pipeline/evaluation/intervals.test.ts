/** @file Intervals against numbers worked out by hand. */

import { describe, expect, it } from 'vitest'
import { mcnemar, overSeeds, pairedBootstrap, wilson } from '../../../shared/pipeline/evaluation/intervals.ts'

describe('wilson', () => {
  it('gives [0.4902, 0.9433] for 8 of 10', () => {
    // z² = 3.84146; centre (0.8 + 0.192073)/1.384146 = 0.716740; half 1.959964/1.384146·√(0.016 + 0.00960365) = 0.226576
    const { low, high } = wilson(8, 10)
    expect(low).toBeCloseTo(0.490162, 5)
    expect(high).toBeCloseTo(0.943318, 5)
  })

  it('gives [0, z²/(n + z²)] for none and its mirror image for all', () => {
    // 3.84146 / 13.84146 = 0.277533
    expect(wilson(0, 10).low).toBe(0)
    expect(wilson(0, 10).high).toBeCloseTo(0.277533, 5)
    expect(wilson(10, 10).low).toBeCloseTo(1 - 0.277533, 5)
    expect(wilson(10, 10).high).toBe(1)
  })

  it('knows nothing without trials', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
  })

  it('refuses more right answers than questions', () => {
    expect(() => wilson(3, 2)).toThrow('not a share')
  })
})

describe('pairedBootstrap', () => {
  it('gives the mean difference and an interval near ±1.96 standard errors', () => {
    // 100 pairs, 30 gained and 10 lost: mean 0.2; variance (40/100 − 0.04) = 0.36; standard error 0.6/√100 = 0.06
    const a = Array.from({ length: 100 }, (_, i) => (i < 10 ? 1 : 0))
    const b = Array.from({ length: 100 }, (_, i) => (i >= 10 && i < 40 ? 1 : 0))
    const difference = pairedBootstrap(a, b, 1)
    expect(difference.mean).toBeCloseTo(0.2, 12)
    expect(difference.interval.low).toBeGreaterThan(0.2 - 0.1176 - 0.015)
    expect(difference.interval.low).toBeLessThan(0.2 - 0.1176 + 0.015)
    expect(difference.interval.high).toBeGreaterThan(0.2 + 0.1176 - 0.015)
    expect(difference.interval.high).toBeLessThan(0.2 + 0.1176 + 0.015)
  })

  it('is the same for the same seed and another for another', () => {
    const a = Array.from({ length: 37 }, (_, i) => (i % 3) / 2.3)
    const b = Array.from({ length: 37 }, (_, i) => (i % 5) / 4.1)
    expect(pairedBootstrap(a, b, 4)).toEqual(pairedBootstrap(a, b, 4))
    expect(pairedBootstrap(a, b, 4).interval).not.toEqual(pairedBootstrap(a, b, 5).interval)
  })

  it('has no width when all differences are equal', () => {
    expect(pairedBootstrap([0, 0, 0], [1, 1, 1], 1)).toEqual({ mean: 1, interval: { low: 1, high: 1 }, pairs: 3 })
  })
})

describe('mcnemar', () => {
  it('is the two-sided binomial tail at one half', () => {
    // 1 of 8: 2·(1 + 8)/256 = 0.0703125
    expect(mcnemar(7, 1)).toBeCloseTo(0.0703125, 10)
    expect(mcnemar(1, 7)).toBeCloseTo(0.0703125, 10)
    expect(mcnemar(10, 0)).toBeCloseTo(2 / 1024, 12)
  })

  it('is 1 for no change and for an even split', () => {
    expect(mcnemar(0, 0)).toBe(1)
    expect(mcnemar(4, 4)).toBe(1)
  })
})

describe('overSeeds', () => {
  it('gives mean, deviation with n − 1, and the t half-width', () => {
    // 0.5, 0.6, 0.7: mean 0.6, deviation √(0.02/2) = 0.1, half-width 4.3027·0.1/√3 = 0.248416
    const summary = overSeeds([0.5, 0.6, 0.7])
    expect(summary.mean).toBeCloseTo(0.6, 12)
    expect(summary.deviation).toBeCloseTo(0.1, 12)
    expect(summary.plusMinus).toBeCloseTo(0.248416, 5)
    expect(summary.seeds).toBe(3)
  })

  it('claims no spread for one seed', () => {
    expect(overSeeds([0.4])).toEqual({ mean: 0.4, seeds: 1 })
  })
})
