/**
 * @file Optimisation as graph builders: learning-rate schedule, clipping by the global norm, AdamW
 * (Loshchilov & Hutter, 2019, in PyTorch's form). Everything is a function of values, so that one training step is
 * one graph.
 */

import * as F from './build.ts'
import type { Value } from './ir.ts'

export type Schedule =
  | { kind: 'constant' }
  /** Linear warm-up over `warmup` steps, then a cosine down to `floor` times the peak at `steps`. */
  | { kind: 'cosine'; warmup: number; steps: number; floor: number }
  /** Linear warm-up, then a straight line down to zero at `steps`. */
  | { kind: 'linear'; warmup: number; steps: number }

/** The learning rate at `step` (f32 scalar, the first step is 0). */
export function learningRate(schedule: Schedule, peak: number, step: Value): Value {
  if (schedule.kind === 'constant') return F.add(F.mul(step, 0), peak)
  const warm = F.min(F.mul(F.add(step, 1), 1 / Math.max(1, schedule.warmup)), 1)
  const span = Math.max(1, schedule.steps - schedule.warmup)
  const past = F.where(F.less(step, schedule.warmup), 0, F.sub(step, schedule.warmup))
  const progress = F.min(F.mul(past, 1 / span), 1)
  const decay =
    schedule.kind === 'linear'
      ? F.sub(1, progress)
      : F.add(schedule.floor, F.mul(F.add(F.cos(F.mul(progress, Math.PI)), 1), (1 - schedule.floor) / 2))
  return F.mul(F.mul(warm, decay), peak)
}

/** √Σ g² over all gradients. */
export function globalNorm(gradients: readonly Value[]): Value {
  return F.sqrt(gradients.map((g) => F.reduceSum(F.mul(g, g))).reduce((sum, square) => F.add(sum, square)))
}

/** The factor that brings the norm down to `maxNorm`; 1 when it is below (the 1e-6 is PyTorch's). */
export function clipFactor(norm: Value, maxNorm: number): Value {
  return F.min(F.div(maxNorm, F.add(norm, 1e-6)), 1)
}

export interface AdamW {
  beta1: number
  beta2: number
  epsilon: number
  weightDecay: number
}
export const ADAMW_DEFAULTS: AdamW = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 }

export interface AdamWState {
  parameter: Value
  first: Value
  second: Value
}

/**
 * One AdamW update.
 * @param rate learning rate, scalar
 * @param corrections 1 − β₁ᵗ and 1 − β₂ᵗ, scalars that the host computes in double precision
 */
export function adamW(
  { parameter, first, second }: AdamWState,
  gradient: Value,
  rate: Value,
  corrections: { first: Value; second: Value },
  { beta1, beta2, epsilon, weightDecay }: AdamW,
): AdamWState {
  const m = F.add(first, F.mul(F.sub(gradient, first), 1 - beta1))
  const v = F.add(second, F.mul(F.sub(F.mul(gradient, gradient), second), 1 - beta2))
  const denominator = F.add(F.sqrt(F.mul(v, F.reciprocal(corrections.second))), epsilon)
  const update = F.mul(F.div(m, denominator), F.div(rate, corrections.first))
  const decayed = weightDecay === 0 ? parameter : F.mul(parameter, F.sub(1, F.mul(rate, weightDecay)))
  return { parameter: F.sub(decayed, update), first: m, second: v }
}
