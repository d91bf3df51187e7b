/** @file config.json and generation_config.json as transformers reads them, before and since its version 5. */

import type { ModelConfig, RopeScaling } from '../../model/config.ts'
import type { ExportType } from './weight-shards.ts'

type Json = Record<string, unknown>

const DTYPE_NAMES: Record<ExportType, string> = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' }

const MODEL_TYPES: Record<string, { type: string; extra: (config: ModelConfig) => Json }> = {
  LlamaForCausalLM: { type: 'llama', extra: (c) => ({ attention_bias: c.attentionBias, mlp_bias: c.mlpBias }) },
  // The context was held to the window when the model was opened, so none is needed.
  MistralForCausalLM: { type: 'mistral', extra: () => ({ sliding_window: null }) },
  Qwen2ForCausalLM: { type: 'qwen2', extra: () => ({ use_sliding_window: false, sliding_window: null }) },
}

/** The contents of config.json; `parseModelConfig` makes the same ModelConfig of it again. */
export function hfConfig(config: ModelConfig, dtype: ExportType): Json {
  const { type, extra } = MODEL_TYPES[config.architecture] ?? { type: 'llama', extra: () => ({}) }
  return {
    architectures: [config.architecture],
    model_type: type,
    vocab_size: config.vocabSize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    head_dim: config.headDim,
    hidden_act: 'silu',
    max_position_embeddings: config.maxPositions,
    initializer_range: config.initializerRange,
    rms_norm_eps: config.rmsNormEps,
    rope_theta: config.ropeTheta,
    rope_scaling: config.ropeScaling ? ropeScaling(config.ropeScaling) : null,
    attention_dropout: 0,
    ...extra(config),
    tie_word_embeddings: config.tiedEmbeddings,
    bos_token_id: config.bosId ?? null,
    eos_token_id: oneOrMany(config.eosIds),
    pad_token_id: config.padId ?? null,
    use_cache: true,
    torch_dtype: DTYPE_NAMES[dtype],
  }
}

function ropeScaling(scaling: RopeScaling): Json {
  if (scaling.type === 'linear') return { rope_type: 'linear', factor: scaling.factor }
  return {
    rope_type: 'llama3',
    factor: scaling.factor,
    low_freq_factor: scaling.lowFreqFactor,
    high_freq_factor: scaling.highFreqFactor,
    original_max_position_embeddings: scaling.originalMaxPositions,
  }
}

/** The contents of generation_config.json: what the base model had, with the ids of this one. */
export function hfGenerationConfig(config: ModelConfig, base: Readonly<Json> = {}): Json {
  const { transformers_version: _, ...rest } = base
  return {
    ...rest,
    ...(config.bosId === undefined ? {} : { bos_token_id: config.bosId }),
    ...(config.eosIds.length === 0 ? {} : { eos_token_id: oneOrMany(config.eosIds) }),
    ...(config.padId === undefined ? {} : { pad_token_id: config.padId }),
  }
}

function oneOrMany(ids: readonly number[]): number | readonly number[] | null {
  return ids.length > 1 ? ids : (ids[0] ?? null)
}
