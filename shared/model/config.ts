/**
 * @file What the product needs to know about a decoder of the Llama family, and what follows from it: the weights a
 * checkpoint must hold, how many numbers that is, and the rotary tables. `parse-config.ts` makes one from files.
 */

import { assert } from '../base/errors.ts'

/** Supported `architectures` of a Hugging Face config.json. */
export const ARCHITECTURES = ['LlamaForCausalLM', 'MistralForCausalLM', 'Qwen2ForCausalLM'] as const

/** How positions are stretched beyond the length a model was pretrained on. */
export type RopeScaling =
  | {
      type: 'llama3'
      factor: number
      lowFreqFactor: number
      highFreqFactor: number
      /** Tokens of context before stretching. */
      originalMaxPositions: number
    }
  | { type: 'linear'; factor: number }

/** A pre-norm decoder: RMS norm, rotary positions, grouped-query attention, SwiGLU. */
export interface ModelConfig {
  /** One of {@link ARCHITECTURES}. */
  architecture: string
  /** Rows of the embedding; may exceed the tokens of the tokenizer. */
  vocabSize: number
  hiddenSize: number
  layers: number
  heads: number
  /** Key and value heads; divides `heads`. */
  kvHeads: number
  /** Even. `heads × headDim` need not be `hiddenSize`. */
  headDim: number
  intermediateSize: number
  rmsNormEps: number
  ropeTheta: number
  ropeScaling?: RopeScaling
  /** Tokens of context, prompt included. */
  maxPositions: number
  /** The head is the embedding, transposed. */
  tiedEmbeddings: boolean
  /** Biases on the query, key and value projections; on the output one too unless {@link hasOutputBias} says no. */
  attentionBias: boolean
  mlpBias: boolean
  bosId?: number
  /** Any of these ends a reply. May be empty: then the chat template decides. */
  eosIds: number[]
  padId?: number
  /** Standard deviation of freshly made weights. */
  initializerRange: number
}

/** Whether `self_attn.o_proj` has a bias. Qwen2 has biases on q, k and v only. */
export function hasOutputBias(config: ModelConfig): boolean {
  return config.attentionBias && config.architecture !== 'Qwen2ForCausalLM'
}

export interface WeightShape {
  name: string
  /** As stored: a linear map is [outputs, inputs]. */
  shape: number[]
}

/**
 * Every weight of a checkpoint with its Hugging Face name: the embedding, the layers in order, the last norm, and
 * `lm_head.weight` unless embeddings are tied.
 */
export function expectedWeights(config: ModelConfig): WeightShape[] {
  const { hiddenSize: hidden, intermediateSize: inner, headDim } = config
  const q = config.heads * headDim
  const kv = config.kvHeads * headDim
  const weights: WeightShape[] = [{ name: 'model.embed_tokens.weight', shape: [config.vocabSize, hidden] }]
  const linear = (name: string, outputs: number, inputs: number, bias: boolean) => {
    weights.push({ name: `${name}.weight`, shape: [outputs, inputs] })
    if (bias) weights.push({ name: `${name}.bias`, shape: [outputs] })
  }
  for (let i = 0; i < config.layers; i++) {
    const layer = `model.layers.${i}`
    weights.push({ name: `${layer}.input_layernorm.weight`, shape: [hidden] })
    linear(`${layer}.self_attn.q_proj`, q, hidden, config.attentionBias)
    linear(`${layer}.self_attn.k_proj`, kv, hidden, config.attentionBias)
    linear(`${layer}.self_attn.v_proj`, kv, hidden, config.attentionBias)
    linear(`${layer}.self_attn.o_proj`, hidden, q, hasOutputBias(config))
    weights.push({ name: `${layer}.post_attention_layernorm.weight`, shape: [hidden] })
    linear(`${layer}.mlp.gate_proj`, inner, hidden, config.mlpBias)
    linear(`${layer}.mlp.up_proj`, inner, hidden, config.mlpBias)
    linear(`${layer}.mlp.down_proj`, hidden, inner, config.mlpBias)
  }
  weights.push({ name: 'model.norm.weight', shape: [hidden] })
  if (!config.tiedEmbeddings) weights.push({ name: 'lm_head.weight', shape: [config.vocabSize, hidden] })
  return weights
}

/** How many numbers the model holds; a tied embedding counts once. */
export function parameterCount(config: ModelConfig): number {
  const size = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1)
  return expectedWeights(config).reduce((sum, w) => sum + size(w.shape), 0)
}

export interface RopeTables {
  /** [maxLength, headDim / 2], row-major. */
  cos: Float32Array
  /** [maxLength, headDim / 2], row-major. */
  sin: Float32Array
}

/**
 * Cosines and sines of position × frequency (Su et al., RoFormer, 2021), for positions 0 … maxLength − 1. Angles are
 * rounded to single precision as transformers does, because that is what the model saw in pretraining.
 */
export function ropeTables(config: ModelConfig, maxLength: number): RopeTables {
  assert(Number.isInteger(maxLength) && maxLength > 0, `rope tables need a positive length, got ${maxLength}`)
  const frequencies = ropeFrequencies(config)
  const half = frequencies.length
  const cos = new Float32Array(maxLength * half)
  const sin = new Float32Array(maxLength * half)
  for (let position = 0; position < maxLength; position++) {
    for (let i = 0; i < half; i++) {
      const angle = Math.fround(position * (frequencies[i] as number))
      cos[position * half + i] = Math.cos(angle)
      sin[position * half + i] = Math.sin(angle)
    }
  }
  return { cos, sin }
}

/** Radians per position of each of the headDim / 2 planes, after any scaling. */
export function ropeFrequencies(config: ModelConfig): Float32Array {
  const half = config.headDim / 2
  const plain = Float32Array.from({ length: half }, (_, i) => 1 / Math.pow(config.ropeTheta, i / half))
  const scaling = config.ropeScaling
  if (!scaling) return plain
  if (scaling.type === 'linear') return plain.map((f) => f / scaling.factor)
  return plain.map((f) => llama3Frequency(f, scaling))
}

/** Llama 3.1: short waves are kept, long ones stretched by `factor`, those between blended linearly. */
function llama3Frequency(frequency: number, s: Extract<RopeScaling, { type: 'llama3' }>): number {
  const wavesInContext = (s.originalMaxPositions * frequency) / (2 * Math.PI)
  if (wavesInContext > s.highFreqFactor) return frequency
  if (wavesInContext < s.lowFreqFactor) return frequency / s.factor
  const keep = (wavesInContext - s.lowFreqFactor) / (s.highFreqFactor - s.lowFreqFactor)
  return (1 - keep) * (frequency / s.factor) + keep * frequency
}
