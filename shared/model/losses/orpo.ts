/** @file Odds-ratio preference optimisation (Hong, Lee & Thorne, arXiv 2403.07691, eq. 6 and 7). */

import * as F from '../../engine/build.ts'
import type { Value } from '../../engine/ir.ts'
import { log1mexp, logSigmoid } from './numerics.ts'

export interface OrpoTerms {
  /** Mean negative log-likelihood of the chosen text, scalar. */
  nll: Value
  /** Mean log-probability per completion token, [pairs]. */
  chosen: Value
  rejected: Value
  /** Weight of each pair; they sum to 1 over a whole step, [pairs]. */
  pairWeights: Value
}

/** loss = nll − β · Σ wᵢ log σ(log odds ratio). @returns the loss (scalar) and the per-pair log odds ratio */
export function orpo({ nll, chosen, rejected, pairWeights }: OrpoTerms, beta: number) {
  const logOdds = F.sub(F.sub(chosen, rejected), F.sub(log1mexp(chosen), log1mexp(rejected)))
  const ratio = logSigmoid(logOdds)
  const loss = F.sub(nll, F.mul(F.reduceSum(F.mul(ratio, pairWeights)), beta))
  return { loss, logOdds, ratio }
}
