/**
 * @file Losses against a frozen reference: DPO (Rafailov et al., arXiv 2305.18290, eq. 7; label smoothing as in
 * cDPO) and EXO for pairs (Ji et al., arXiv 2402.00856, eq. 17). δ is the margin of summed log-ratios.
 */

import { assert } from '../../base/errors.ts'
import * as F from '../../engine/build.ts'
import type { Value } from '../../engine/ir.ts'
import { logSigmoid } from './numerics.ts'

export interface ReferenceLoss {
  kind: 'dpo' | 'exo'
  beta: number
  labelSmoothing: number
}

/** Per-pair losses from δ [pairs]. */
export function referenceLoss(delta: Value, { kind, beta, labelSmoothing: e }: ReferenceLoss): Value {
  const logits = F.mul(delta, beta)
  const up = logSigmoid(logits)
  const down = logSigmoid(F.neg(logits))
  if (kind === 'dpo') return F.neg(F.add(F.mul(up, 1 - e), F.mul(down, e)))
  assert(e > 0 && e < 1, 'EXO needs label smoothing above 0')
  const q = F.sigmoid(logits)
  const p = F.sigmoid(F.neg(logits))
  return F.add(F.mul(q, F.sub(up, Math.log(1 - e))), F.mul(p, F.sub(down, Math.log(e))))
}

/** The β·δ at which EXO's gradient vanishes: ln((1 − ε)/ε). */
export function exoTargetMargin(labelSmoothing: number): number {
  return Math.log((1 - labelSmoothing) / labelSmoothing)
}
