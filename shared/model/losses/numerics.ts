/** @file Stable building blocks of the preference losses. */

import * as F from '../../engine/build.ts'
import type { Value } from '../../engine/ir.ts'

/** log σ(x) = min(x, 0) − log(1 + e^(−|x|)). */
export function logSigmoid(x: Value): Value {
  const negative = F.less(x, 0)
  const smaller = F.where(negative, x, 0)
  const minusMagnitude = F.where(negative, x, F.neg(x))
  return F.sub(smaller, F.log(F.add(F.exp(minusMagnitude), 1)))
}

/**
 * log(1 − eˣ) for x < 0. With t = tanh(−x/2), 1 − eˣ = 2t / (1 + t), which loses no digits near 0.
 * x is held below −1e-6 (a probability of one has no odds).
 */
export function log1mexp(x: Value): Value {
  const t = F.tanh(F.mul(F.where(F.less(x, -1e-6), x, -1e-6), -0.5))
  return F.sub(F.log(F.mul(t, 2)), F.log(F.add(t, 1)))
}
