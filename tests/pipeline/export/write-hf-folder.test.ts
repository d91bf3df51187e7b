/** @file An exported folder holds the weights it was given, in files that others read. */

import { describe, expect, it } from 'vitest'
import { Cancelled, Fault } from '../../../shared/base/errors.ts'
import { readSafetensors } from '../../../shared/model/checkpoint/safetensors.ts'
import { toFloat32 } from '../../../shared/model/checkpoint/tensor-type.ts'
import { expectedWeights, type ModelConfig } from '../../../shared/model/config.ts'
import { parseModelConfig } from '../../../shared/model/parse-config.ts'
import { loadTokenizer } from '../../../shared/model/tokenizer/chat-tokenizer.ts'
import { hfConfig, hfGenerationConfig } from '../../../shared/pipeline/export/hf-config.ts'
import { writeHfFolder, type HfExport } from '../../../shared/pipeline/export/write-hf-folder.ts'
import { memoryFolder, tinyConfig, tinyWeights } from '../../fixtures/tiny-model.ts'
import { tinyTokenizer } from '../../fixtures/tiny-tokenizer.ts'

const config = tinyConfig()
const weights = tinyWeights(config)

function model(changes: Partial<HfExport> = {}): HfExport {
  return {
    config,
    weights: (name) => weights.get(name)!,
    dtype: 'F32',
    tokenizerFiles: tinyTokenizer().toFiles(),
    card: { title: 'Tiny', curves: [{ name: 'loss', points: [3, 2, 1] }] },
    ...changes,
  }
}

const textOf = (data: Uint8Array | undefined) => Buffer.from(data ?? []).toString('utf8')

describe('an exported folder', () => {
  it('holds every weight, bit for bit in F32', async () => {
    const folder = memoryFolder()
    await writeHfFolder(folder, model())
    const { tensors, metadata } = readSafetensors(folder.files.get('model.safetensors')!)
    expect(metadata).toEqual({ format: 'pt' })
    expect(tensors.map((t) => ({ name: t.name, shape: t.shape }))).toEqual(expectedWeights(config))
    for (const tensor of tensors) expect(toFloat32(tensor)).toEqual(weights.get(tensor.name))
  })

  it.each([
    ['BF16', 2 ** -8], // 8 bits of significand: half a unit in the last place
    ['F16', 2 ** -11], // 11 bits, for numbers in its normal range
  ] as const)('rounds to the nearest %s', async (dtype, relative) => {
    const folder = memoryFolder()
    await writeHfFolder(folder, model({ dtype }))
    for (const tensor of readSafetensors(folder.files.get('model.safetensors')!).tensors) {
      const given = weights.get(tensor.name)!
      toFloat32(tensor).forEach((value, i) => {
        const wanted = given[i]!
        expect(Math.abs(value - wanted)).toBeLessThanOrEqual(Math.abs(wanted) * relative + 2 ** -25)
      })
    }
  })

  it('splits into shards no larger than asked, with an index of them', async () => {
    const folder = memoryFolder()
    const written = await writeHfFolder(folder, model({ maxShardBytes: 4000 }))
    const shards = [...folder.files.keys()].filter((name) => name.endsWith('.safetensors'))
    // The embedding, 281 · 8 · 4 = 8992 bytes, has a shard of its own; 5,440 bytes of layers and norm make two.
    expect(shards).toEqual(['1', '2', '3'].map((n) => `model-0000${n}-of-00003.safetensors`))
    const index = JSON.parse(textOf(folder.files.get('model.safetensors.index.json'))) as {
      metadata: { total_size: number }
      weight_map: Record<string, string>
    }
    expect(Object.keys(index.weight_map)).toEqual(expectedWeights(config).map((w) => w.name))
    for (const shard of shards)
      for (const { name, data } of readSafetensors(folder.files.get(shard)!).tensors) {
        expect(index.weight_map[name]).toBe(shard)
        expect(data.length <= 4000 || name === 'model.embed_tokens.weight').toBe(true)
      }
    expect(index.metadata.total_size).toBe([...weights.values()].reduce((sum, w) => sum + w.byteLength, 0))
    for (const { path, bytes } of written) expect(folder.files.get(path)?.length).toBe(bytes)
  })

  it('has a configuration and tokenizer that make the same model again', async () => {
    const folder = memoryFolder()
    await writeHfFolder(folder, model({ generationConfig: { temperature: 0.6, transformers_version: '4.1' } }))
    const read = (name: string) => textOf(folder.files.get(name))
    expect(parseModelConfig(read('config.json'), read('generation_config.json'))).toEqual(config)
    const again = loadTokenizer({
      tokenizerJson: read('tokenizer.json'),
      tokenizerConfig: read('tokenizer_config.json'),
      config,
    })
    expect(again.renderPrompt('Why?')).toEqual(tinyTokenizer().renderPrompt('Why?'))
    expect(JSON.parse(read('generation_config.json'))).toEqual({
      temperature: 0.6,
      eos_token_id: config.eosIds[0],
      pad_token_id: config.padId,
    })
    expect(read('README.md')).toContain('![Metrics of the training run by step](curves.svg)')
    expect(read('curves.svg')).toContain('<polyline')
  })

  it('puts weights into a file by chunks where the folder offers that', async () => {
    const folder = memoryFolder()
    let largest = 0
    const writeChunks = async (path: string, chunks: AsyncIterable<Uint8Array>) => {
      const parts: Uint8Array[] = []
      for await (const chunk of chunks) {
        largest = Math.max(largest, chunk.length)
        parts.push(chunk.slice())
      }
      folder.files.set(path, Buffer.concat(parts))
    }
    await writeHfFolder({ ...folder, writeChunks }, model())
    const whole = memoryFolder()
    await writeHfFolder(whole, model())
    expect([...folder.files.get('model.safetensors')!]).toEqual([...whole.files.get('model.safetensors')!])
    expect(largest).toBe(281 * 8 * 4) // the embedding
  })

  it('replaces an earlier export whole', async () => {
    const folder = memoryFolder()
    await writeHfFolder(folder, model({ maxShardBytes: 4000 }))
    await writeHfFolder(folder, model())
    expect([...folder.files.keys()].filter((name) => name.includes('safetensors'))).toEqual(['model.safetensors'])
  })
})

describe('an export that fails', () => {
  it.each([
    [NaN, 'F32', 'NaN instead of a number'],
    [70000, 'F16', '70000, too large for F16'],
  ] as const)('because a weight is %s in %s says so and leaves no config.json', async (bad, dtype, words) => {
    const folder = memoryFolder(new Map([['config.json', new Uint8Array(2)]]))
    const spoilt = (name: string) => {
      const values = weights.get(name)!.slice()
      if (name === 'model.norm.weight') values[3] = bad
      return values
    }
    const error = await writeHfFolder(folder, model({ weights: spoilt, dtype })).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Fault)
    expect((error as Fault).message).toContain(words)
    expect(folder.files.has('config.json')).toBe(false)
  })

  it('stops between weights when asked to', async () => {
    const controller = new AbortController()
    const seen: string[] = []
    const export_ = writeHfFolder(memoryFolder(), model(), {
      signal: controller.signal,
      progress: ({ done, total, label }) => {
        seen.push(label)
        expect(total).toBe(expectedWeights(config).length)
        if (done === 3) controller.abort()
      },
    })
    await expect(export_).rejects.toBeInstanceOf(Cancelled)
    expect(seen).toHaveLength(3)
  })
})

describe('the configuration files', () => {
  const variants: [string, Partial<ModelConfig>][] = [
    [
      'Llama 3 scaling',
      { ropeScaling: { type: 'llama3', factor: 32, lowFreqFactor: 1, highFreqFactor: 4, originalMaxPositions: 32 } },
    ],
    ['linear scaling', { ropeScaling: { type: 'linear', factor: 2 } }],
    ['Mistral', { architecture: 'MistralForCausalLM', tiedEmbeddings: false, bosId: 1, eosIds: [2, 3] }],
    ['Qwen2', { architecture: 'Qwen2ForCausalLM', attentionBias: true }],
    ['biases', { attentionBias: true, mlpBias: true }],
  ]
  it.each(variants)('keep %s', (_, changes) => {
    const changed = { ...config, ...changes }
    const text = JSON.stringify(hfConfig(changed, 'BF16'))
    expect(parseModelConfig(text, JSON.stringify(hfGenerationConfig(changed)))).toEqual(changed)
  })
})
