/** @file config.json in its published layouts, and what is said about one that cannot be used. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../shared/base/errors.ts'
import { parseModelConfig } from '../../shared/model/parse-config.ts'

const llama = {
  architectures: ['LlamaForCausalLM'],
  attention_bias: false,
  bos_token_id: 128000,
  eos_token_id: [128001, 128008, 128009],
  head_dim: 64,
  hidden_act: 'silu',
  hidden_size: 2048,
  initializer_range: 0.02,
  intermediate_size: 8192,
  max_position_embeddings: 131072,
  mlp_bias: false,
  model_type: 'llama',
  num_attention_heads: 32,
  num_hidden_layers: 16,
  num_key_value_heads: 8,
  rms_norm_eps: 1e-5,
  rope_scaling: {
    factor: 32,
    high_freq_factor: 4,
    low_freq_factor: 1,
    original_max_position_embeddings: 8192,
    rope_type: 'llama3',
  },
  rope_theta: 500000,
  tie_word_embeddings: true,
  torch_dtype: 'bfloat16',
  vocab_size: 128256,
}

const { rope_scaling: _scaling, rope_theta: _theta, ...withoutRope } = llama

function faultOf(work: () => unknown): Fault {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('no fault')
}

describe('parsing config.json', () => {
  it('reads Llama 3.2', () => {
    expect(parseModelConfig(JSON.stringify(llama))).toEqual({
      architecture: 'LlamaForCausalLM',
      vocabSize: 128256,
      hiddenSize: 2048,
      layers: 16,
      heads: 32,
      kvHeads: 8,
      headDim: 64,
      intermediateSize: 8192,
      rmsNormEps: 1e-5,
      ropeTheta: 500000,
      ropeScaling: { type: 'llama3', factor: 32, lowFreqFactor: 1, highFreqFactor: 4, originalMaxPositions: 8192 },
      maxPositions: 131072,
      tiedEmbeddings: true,
      attentionBias: false,
      mlpBias: false,
      bosId: 128000,
      eosIds: [128001, 128008, 128009],
      initializerRange: 0.02,
    })
  })

  it('reads the layout of transformers 5 into the same', () => {
    const rope_parameters = { ...llama.rope_scaling, rope_theta: 500000 }
    expect(parseModelConfig({ ...withoutRope, rope_parameters })).toEqual(parseModelConfig(llama))
  })

  it('fills in what old files leave out', () => {
    const { num_key_value_heads: _k, head_dim: _h, ...rest } = withoutRope
    const config = parseModelConfig({ ...rest, pad_token_id: -1, eos_token_id: 2 })
    expect(config).toMatchObject({ kvHeads: 32, headDim: 64, ropeTheta: 10000, eosIds: [2] })
    expect(config.ropeScaling).toBeUndefined()
    expect(config.padId).toBeUndefined()
  })

  it('joins the end ids of generation_config.json', () => {
    const generation = { eos_token_id: [128009, 5] }
    expect(parseModelConfig({ ...llama, eos_token_id: 128001 }, generation).eosIds).toEqual([128009, 5, 128001])
  })

  it('gives Qwen2 its attention bias, and ignores its unused sliding window', () => {
    const qwen = { ...llama, architectures: ['Qwen2ForCausalLM'], use_sliding_window: false, sliding_window: 4096 }
    expect(parseModelConfig(qwen)).toMatchObject({ attentionBias: true, maxPositions: 131072 })
  })

  it.each([
    { sliding_window: null, want: 131072 },
    { sliding_window: 8192, want: 8192 },
    { sliding_window: undefined, want: 4096 }, // the default of MistralConfig
  ])('holds the context of Mistral to a sliding window of $sliding_window', ({ sliding_window, want }) => {
    const mistral = { ...llama, architectures: ['MistralForCausalLM'], sliding_window }
    expect(parseModelConfig(mistral).maxPositions).toBe(want)
  })

  it('tells the architecture from model_type when none is listed', () => {
    expect(parseModelConfig({ ...llama, architectures: null }).architecture).toBe('LlamaForCausalLM')
  })
})

describe('a config.json that cannot be used', () => {
  it('is refused with every problem at once, what was got and what is wanted', () => {
    const fault = faultOf(() =>
      parseModelConfig({
        ...llama,
        hidden_size: '2048',
        num_key_value_heads: 7,
        hidden_act: 'gelu',
        rope_scaling: { rope_type: 'yarn', factor: 4 },
        eos_token_id: 999999,
        tie_word_embeddings: 'yes',
      }),
    )
    expect(fault.code).toBe('bad-model')
    expect(fault.message).toContain('6 problems')
    expect(fault.message).toContain('hidden_size: got "2048", wanted a whole number from 1 to 65536')
    expect(fault.message).toContain('7 does not divide num_attention_heads (32)')
    expect(fault.message).toContain('hidden_act: got "gelu", wanted silu or swish')
    expect(fault.message).toContain('rope_scaling.rope_type: got "yarn", wanted default, linear or llama3')
    expect(fault.message).toContain('eos_token_id: got 999999, wanted token ids from 0 to below vocab_size (128256)')
    expect(fault.message).toContain('tie_word_embeddings: got "yes", wanted true or false')
    expect(fault.todo).toContain('LlamaForCausalLM')
  })

  it.each([
    ['another architecture', { ...llama, architectures: ['Qwen3ForCausalLM'] }, 'Qwen3ForCausalLM'],
    ['a name from Object.prototype', { ...llama, architectures: ['constructor'] }, 'constructor'],
    ['quantised weights', { ...llama, quantization_config: { bits: 4 } }, 'quantised'],
    ['a partial rotary factor', { ...llama, partial_rotary_factor: 0.5 }, 'partial_rotary_factor'],
    ['an odd head size', { ...llama, head_dim: 63 }, 'even'],
    ['a width that heads do not divide', { ...withoutRope, head_dim: null, hidden_size: 2050 }, 'head_dim'],
    ['a cut-off file', JSON.stringify(llama).slice(0, 300), 'not valid JSON'],
    ['a list', [], 'wanted a JSON object'],
  ])('names %s', (_, config, words) => {
    expect(faultOf(() => parseModelConfig(config)).message).toContain(words)
  })

  it('never fails in another way, whatever one value is', () => {
    const keys = [...Object.keys(llama), 'rope_parameters', 'sliding_window', 'pad_token_id']
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 2 }), (key, value) => {
        try {
          const config = parseModelConfig({ ...llama, [key]: value })
          expect(Number.isInteger(config.headDim * config.layers * config.maxPositions)).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(Fault)
        }
      }),
      { seed: 7, numRuns: 1000 },
    )
  })
})
