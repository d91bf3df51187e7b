/** @file A decoder small enough to check by hand or by finite differences, shared by the model tests. */

import type { ModelConfig } from '../../shared/model/config.ts'
import { expectedWeights } from '../../shared/model/config.ts'
import { initialWeights } from '../../shared/model/initialise.ts'
import type { WeightPlan } from '../../shared/model/weights.ts'

export const TINY: ModelConfig = {
  architecture: 'LlamaForCausalLM',
  vocabSize: 40,
  hiddenSize: 64,
  layers: 2,
  heads: 4,
  kvHeads: 2,
  headDim: 16,
  intermediateSize: 48,
  rmsNormEps: 1e-5,
  ropeTheta: 10000,
  maxPositions: 64,
  tiedEmbeddings: true,
  attentionBias: false,
  mlpBias: false,
  eosIds: [1],
  padId: 0,
  initializerRange: 0.2,
}

export function tinyPlan(config: ModelConfig = TINY): WeightPlan {
  return { base: expectedWeights(config), external: new Map() }
}

export function tinyWeights(config: ModelConfig = TINY, seed = 7): Map<string, Float32Array> {
  return initialWeights(expectedWeights(config), config, seed)
}
