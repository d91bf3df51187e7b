/** @file Uncertainty of scores: Wilson for a share, paired bootstrap and exact McNemar for a difference, t over seeds. */

import { assert } from '../../base/errors.ts'
import { Random } from '../../base/random.ts'

export interface Interval {
  low: number
  high: number
}

/** The 97.5 % point of the standard normal. */
const Z = 1.959963984540054

/** Wilson 95 % interval of a share `correct / total` (Wilson, 1927). With no trials, [0, 1]. */
export function wilson(correct: number, total: number): Interval {
  assert(correct >= 0 && correct <= total, `${correct} of ${total} is not a share`)
  if (total === 0) return { low: 0, high: 1 }
  const p = correct / total
  const z2 = Z * Z
  const centre = (p + z2 / (2 * total)) / (1 + z2 / total)
  const half = (Z / (1 + z2 / total)) * Math.sqrt((p * (1 - p)) / total + z2 / (4 * total * total))
  return { low: correct === 0 ? 0 : centre - half, high: correct === total ? 1 : centre + half }
}

export interface Difference {
  /** Mean of b − a over the pairs. */
  mean: number
  interval: Interval
  pairs: number
}

/**
 * Mean difference b − a of paired scores, with the 95 % percentile interval of a bootstrap over the pairs.
 * @param seed makes the interval repeatable
 */
export function pairedBootstrap(
  a: readonly number[],
  b: readonly number[],
  seed: number,
  resamples = 10_000,
): Difference {
  assert(a.length === b.length, `paired scores differ in number: ${a.length} and ${b.length}`)
  const n = a.length
  if (n === 0) return { mean: 0, interval: { low: -1, high: 1 }, pairs: 0 }
  const differences = Float64Array.from(a, (value, i) => (b[i] ?? 0) - value)
  const mean = differences.reduce((sum, d) => sum + d, 0) / n
  const random = new Random(seed)
  const means = new Float64Array(resamples)
  for (let r = 0; r < resamples; r++) {
    let sum = 0
    for (let i = 0; i < n; i++) sum += differences[random.below(n)] ?? 0
    means[r] = sum / n
  }
  means.sort()
  return { mean, interval: { low: quantile(means, 0.025), high: quantile(means, 0.975) }, pairs: n }
}

/** Linear interpolation between order statistics (type 7). */
function quantile(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length - 1)
  const low = sorted[Math.floor(at)] ?? 0
  return low + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] ?? low) - low)
}

/**
 * Two-sided exact McNemar test: the chance of a split at least as uneven as `gained` : `lost` were both equally likely.
 * Only pairs that changed enter.
 */
export function mcnemar(gained: number, lost: number): number {
  const n = gained + lost
  if (n === 0) return 1
  let tail = 0
  let logTerm = -n * Math.LN2
  for (let k = 0; k <= Math.min(gained, lost); k++) {
    tail += Math.exp(logTerm)
    logTerm += Math.log((n - k) / (k + 1))
  }
  return Math.min(1, 2 * tail)
}

/** 97.5 % points of Student's t for 1 to 30 degrees of freedom. */
const STUDENT = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604, 2.1448, 2.1314,
  2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
]

export interface SeedSummary {
  mean: number
  /** Sample standard deviation (n − 1); undefined for one seed. */
  deviation?: number
  /** Half-width of the 95 % t interval of the mean; undefined for one seed. */
  plusMinus?: number
  seeds: number
}

/** Mean ± over repeated runs with different seeds. */
export function overSeeds(scores: readonly number[]): SeedSummary {
  const n = scores.length
  assert(n > 0, 'no scores to summarise')
  const mean = scores.reduce((sum, s) => sum + s, 0) / n
  if (n === 1) return { mean, seeds: 1 }
  const deviation = Math.sqrt(scores.reduce((sum, s) => sum + (s - mean) ** 2, 0) / (n - 1))
  return { mean, deviation, plusMinus: ((STUDENT[n - 2] ?? Z) * deviation) / Math.sqrt(n), seeds: n }
}
