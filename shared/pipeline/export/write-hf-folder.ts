/**
 * @file Writes a model as a Hugging Face folder that transformers, llama.cpp's converter and this product open.
 * config.json comes last: a folder without it is not a model, so an export that was interrupted is not mistaken for one.
 */

import { assert, Cancelled } from '../../base/errors.ts'
import { encodeUtf8 } from '../../model/checkpoint/utf8.ts'
import { expectedWeights, type ModelConfig } from '../../model/config.ts'
import type { Progress } from '../ports.ts'
import { card, type CardData } from './card.ts'
import { curvesSvg } from './curves-svg.ts'
import { writeChunked, type ExportFolder } from './export-folder.ts'
import { hfConfig, hfGenerationConfig } from './hf-config.ts'
import { planShards, shardChunks, type ExportType } from './weight-shards.ts'

export interface HfExport {
  /** With `vocabSize` and ids as the tokenizer has them after tokens were added. */
  config: ModelConfig
  /** A weight by its Hugging Face name as float32, row-major; asked for once each, in order. */
  weights: (name: string) => Float32Array | Promise<Float32Array>
  dtype: ExportType
  /** `ChatTokenizer.toFiles()`. */
  tokenizerFiles: Readonly<Record<string, string>>
  /** Configuration and number type are filled in from here. */
  card: Omit<CardData, 'config' | 'dtype'>
  /** The base model's generation_config.json, when it had one. */
  generationConfig?: Readonly<Record<string, unknown>>
  /** Further text files, by name. */
  extraFiles?: Readonly<Record<string, string>>
  /** Largest weight file; 2 GB unless given. */
  maxShardBytes?: number
}

export interface ExportHooks {
  signal?: AbortSignal
  progress?: (progress: Progress) => void
}

/**
 * @returns the files written and their sizes in bytes
 * @throws Fault('diverged') for weights that are not numbers; Cancelled between weights
 */
export async function writeHfFolder(
  folder: ExportFolder,
  model: HfExport,
  hooks: ExportHooks = {},
): Promise<{ path: string; bytes: number }[]> {
  const { config, dtype } = model
  const wanted = expectedWeights(config)
  const shards = planShards(wanted, dtype, model.maxShardBytes ?? 2e9)
  const written: { path: string; bytes: number }[] = []
  let done = 0
  const read = async (name: string) => {
    if (hooks.signal?.aborted) throw new Cancelled()
    const values = await model.weights(name)
    hooks.progress?.({ done: ++done, total: wanted.length, label: `Writing ${name}` })
    return values
  }
  // Of an earlier export into the same folder, this file must not outlive its weights.
  if (await folder.exists('config.json')) await folder.remove('config.json')
  for (const shard of shards) {
    await writeChunked(folder, shard.file, shard.bytes, shardChunks(shard, dtype, read))
    written.push({ path: shard.file, bytes: shard.bytes })
  }
  await removeStale(folder, new Set(shards.map((shard) => shard.file)))
  const files: Record<string, string> = { ...model.tokenizerFiles, ...model.extraFiles }
  if (shards.length > 1) {
    const dataBytes = shards.reduce((sum, s) => sum + s.bytes - s.header.length, 0)
    const map = Object.fromEntries(shards.flatMap((s) => s.weights.map((w) => [w.name, s.file])))
    files['model.safetensors.index.json'] = json({ metadata: { total_size: dataBytes }, weight_map: map })
  }
  if (model.card.curves?.length) files['curves.svg'] = curvesSvg(model.card.curves)
  files['README.md'] = card({ ...model.card, config, dtype })
  files['generation_config.json'] = json(hfGenerationConfig(config, model.generationConfig))
  assert(files['config.json'] === undefined, 'config.json is written from the configuration')
  for (const [path, text] of [...Object.entries(files), ['config.json', json(hfConfig(config, dtype))] as const]) {
    const data = encodeUtf8(text)
    await folder.write(path, data)
    written.push({ path, bytes: data.length })
  }
  return written
}

const WEIGHT_FILE = /^model(?:-\d{5}-of-\d{5})?\.safetensors(?:\.index\.json)?$/

/** Weight files of an earlier export would be taken for this one's. */
async function removeStale(folder: ExportFolder, kept: ReadonlySet<string>): Promise<void> {
  const stale = (await folder.list('')).filter((name) => WEIGHT_FILE.test(name) && !kept.has(name))
  for (const name of stale) await folder.remove(name)
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2) + '\n'
}
