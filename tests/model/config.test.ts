/** @file What follows from a model configuration: weights, their number, rotary tables. */

import { describe, expect, it } from 'vitest'
import {
  expectedWeights,
  hasOutputBias,
  parameterCount,
  ropeFrequencies,
  ropeTables,
} from '../../shared/model/config.ts'
import type { ModelConfig } from '../../shared/model/config.ts'

const tiny: ModelConfig = {
  architecture: 'LlamaForCausalLM',
  vocabSize: 10,
  hiddenSize: 8,
  layers: 2,
  heads: 4,
  kvHeads: 2,
  headDim: 4,
  intermediateSize: 6,
  rmsNormEps: 1e-5,
  ropeTheta: 10000,
  maxPositions: 32,
  tiedEmbeddings: true,
  attentionBias: false,
  mlpBias: false,
  eosIds: [0],
  initializerRange: 0.02,
}

const shapeOf = (config: ModelConfig, name: string) => expectedWeights(config).find((w) => w.name === name)?.shape

describe('expected weights', () => {
  it('have Hugging Face names and [outputs, inputs] shapes', () => {
    expect(shapeOf(tiny, 'model.embed_tokens.weight')).toEqual([10, 8])
    expect(shapeOf(tiny, 'model.layers.1.self_attn.q_proj.weight')).toEqual([16, 8]) // 4 heads × 4
    expect(shapeOf(tiny, 'model.layers.1.self_attn.k_proj.weight')).toEqual([8, 8]) // 2 heads × 4
    expect(shapeOf(tiny, 'model.layers.1.self_attn.o_proj.weight')).toEqual([8, 16])
    expect(shapeOf(tiny, 'model.layers.0.mlp.down_proj.weight')).toEqual([8, 6])
    expect(shapeOf(tiny, 'model.norm.weight')).toEqual([8])
    expect(shapeOf(tiny, 'model.layers.2.mlp.down_proj.weight')).toBeUndefined()
  })

  it('hold a head of their own only when embeddings are not tied', () => {
    expect(shapeOf(tiny, 'lm_head.weight')).toBeUndefined()
    expect(shapeOf({ ...tiny, tiedEmbeddings: false }, 'lm_head.weight')).toEqual([10, 8])
  })

  it('put a bias on the output projection for Llama but not for Qwen2', () => {
    const llama = { ...tiny, attentionBias: true }
    const qwen = { ...llama, architecture: 'Qwen2ForCausalLM' }
    expect(shapeOf(llama, 'model.layers.0.self_attn.o_proj.bias')).toEqual([8])
    expect(shapeOf(qwen, 'model.layers.0.self_attn.q_proj.bias')).toEqual([16])
    expect(shapeOf(qwen, 'model.layers.0.self_attn.o_proj.bias')).toBeUndefined()
    expect([hasOutputBias(tiny), hasOutputBias(llama), hasOutputBias(qwen)]).toEqual([false, true, false])
  })
})

describe('the number of parameters', () => {
  it('counts a tied embedding once', () => {
    // Embedding 10·8 = 80. A layer: q 16·8 = 128, k and v 8·8 = 64 each, o 8·16 = 128, gate and up 6·8 = 48 each,
    // down 8·6 = 48, two norms of 8: 544. Two layers 1088, last norm 8.
    expect(parameterCount(tiny)).toBe(80 + 2 * 544 + 8)
    expect(parameterCount({ ...tiny, tiedEmbeddings: false })).toBe(80 + 2 * 544 + 8 + 80)
  })

  it('agrees with the published size of SmolLM-135M', () => {
    const smol = { ...tiny, vocabSize: 49152, hiddenSize: 576, layers: 30, heads: 9, kvHeads: 3, headDim: 64 }
    expect(parameterCount({ ...smol, intermediateSize: 1536 })).toBe(134_515_008)
  })
})

describe('rotary tables', () => {
  it('turn plane i by position · θ^(−i / half)', () => {
    // headDim 4: frequencies 1 and 10000^(−1/2) = 0.01.
    expect([...ropeFrequencies(tiny)]).toEqual([1, Math.fround(0.01)])
    const { cos, sin } = ropeTables(tiny, 3)
    expect(cos).toHaveLength(6)
    expect([...cos.slice(0, 2), ...sin.slice(0, 2)]).toEqual([1, 1, 0, 0])
    expect(cos[4]).toBeCloseTo(-0.4161468, 6) // cos 2
    expect(sin[5]).toBeCloseTo(0.0199987, 6) // sin 0.02
  })

  it('divide every frequency by the factor of linear scaling', () => {
    const config: ModelConfig = { ...tiny, ropeScaling: { type: 'linear', factor: 4 } }
    expect([...ropeFrequencies(config)]).toEqual([0.25, Math.fround(Math.fround(0.01) / 4)])
  })

  it('blend frequencies as Llama 3.2 does', () => {
    const llama: ModelConfig = {
      ...tiny,
      headDim: 64,
      ropeTheta: 500000,
      ropeScaling: { type: 'llama3', factor: 32, lowFreqFactor: 1, highFreqFactor: 4, originalMaxPositions: 8192 },
    }
    const f = ropeFrequencies(llama)
    // i = 10: f = 500000^(−10/32) = 0.016560440; wavelength 379.4 < 8192/4: kept.
    expect(f[10]).toBeCloseTo(0.01656044, 8)
    // i = 16: f = 500000^(−1/2) = 0.0014142136; 8192/4442.883 = 1.843847 waves; keep = 0.843847/3 = 0.281282.
    // 0.718718 · f/32 + 0.281282 · f = 0.0000317630 + 0.0003977932 = 0.0004295562.
    expect(f[16]).toBeCloseTo(0.00042955, 7)
    // i = 31: f = 3.013858e-6; wavelength 2.08e6 > 8192: f/32.
    expect((f[31] as number) * 1e8).toBeCloseTo(9.4183065, 4)
    // Reference values at position 1000 (numpy, single precision).
    const { cos, sin } = ropeTables(llama, 1001)
    const at = (i: number) => 1000 * 32 + i
    expect(cos[at(0)]).toBeCloseTo(0.56237906, 6)
    expect(sin[at(10)]).toBeCloseTo(-0.75291276, 4)
    expect(cos[at(16)]).toBeCloseTo(0.9091505, 5)
    expect(sin[at(31)]).toBeCloseTo(9.4183066e-5, 9)
  })
})
