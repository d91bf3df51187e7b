/** @file The starter model's shape: 2.75 million parameters, small enough to train on two CPU cores in minutes. */

import type { ModelConfig } from '../../shared/model/config.ts'

export const STARTER_CONFIG: ModelConfig = {
  architecture: 'LlamaForCausalLM',
  vocabSize: 4096,
  hiddenSize: 192,
  layers: 5,
  heads: 6,
  kvHeads: 2,
  headDim: 32,
  intermediateSize: 512,
  rmsNormEps: 1e-5,
  ropeTheta: 10000,
  maxPositions: 2048,
  tiedEmbeddings: true,
  attentionBias: false,
  mlpBias: false,
  eosIds: [],
  initializerRange: 0.02,
}
