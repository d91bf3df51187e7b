/**
 * @file Opens a Hugging Face model folder for reading: configuration, tokenizer files, and where each weight lies.
 * Weights themselves are read one at a time, or mapped by ONNX Runtime straight from their files. The layout of the
 * Hugging Face cache (snapshots of symlinks to blobs) is understood.
 */

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { Fault, must } from '../../../shared/base/errors.ts'
import type { ModelConfig } from '../../../shared/model/config.ts'
import { TENSOR_TYPE_BYTES, toFloat32 } from '../../../shared/model/checkpoint/tensor-type.ts'
import { parseModelConfig } from '../../../shared/model/parse-config.ts'
import type { TokenizerSources } from '../../../shared/model/tokenizer/chat-tokenizer.ts'
import { findFile, readPart, readRange } from './read-part.ts'
import { matchWeights, readWeightTable, type StoredWeight } from './weight-files.ts'

/** A weight, and how to map it: `location` is its file relative to {@link ModelFolder.externalRoot}, with slashes. */
export interface WeightLocation extends StoredWeight {
  location: string
}

export interface ModelFolder {
  /** Absolute; the snapshot when a cache entry was opened. */
  path: string
  /** For people: the folder's name, or `owner/name` of a cache entry. */
  name: string
  config: ModelConfig
  /** The folder that holds every weight file with symlinks resolved, as ONNX Runtime wants external data. */
  externalRoot: string
  /** The weights the configuration asks for, in their order. */
  weights: ReadonlyMap<string, WeightLocation>
  /** Tensors in the files that the model does not use. */
  unused: readonly string[]
  /** Bytes of all weights. */
  bytes: number
  /** What `loadTokenizer` takes. */
  tokenizer: TokenizerSources
  /** generation_config.json, parsed. */
  generationConfig: Readonly<Record<string, unknown>>
  /** `license` of README.md's front matter. */
  license: string | undefined
  /** A weight as float32, row-major. @throws Fault unreadable-file, corrupt-file */
  readWeight(name: string): Promise<Float32Array>
  /** SHA-256 over config.json and the weight files, in hex. Reads everything. */
  sha256(): Promise<string>
}

const CONFIG_BYTES = 4 << 20
const TOKENIZER_BYTES = 128 << 20
/** Elements converted at a time. */
const CONVERT = 1 << 24

/** @throws Fault not-found, bad-model, corrupt-file, unreadable-file; every problem of a kind is told at once */
export async function openModelFolder(directory: string): Promise<ModelFolder> {
  const path = await resolveFolder(directory)
  const configText = await readPart(path, 'config.json', CONFIG_BYTES)
  if (configText === undefined) throw await notAModel(path)
  const generationText = await readPart(path, 'generation_config.json', CONFIG_BYTES)
  const config = parseModelConfig(configText, generationText, join(path, 'config.json'))
  const tokenizer = await tokenizerSources(path, config)
  const table = await readWeightTable(path)
  const matched = matchWeights(table, config, path)
  const externalRoot = commonFolder(matched.map((w) => w.file))
  const weights = new Map(
    matched.map((w) => [w.name, { ...w, location: relative(externalRoot, w.file).split(sep).join('/') }]),
  )
  return {
    path,
    name: nameOf(path),
    config,
    externalRoot,
    weights,
    unused: [...table.keys()].filter((name) => !weights.has(name)),
    bytes: matched.reduce((sum, w) => sum + w.byteLength, 0),
    tokenizer,
    generationConfig: generationText === undefined ? {} : (JSON.parse(generationText) as Record<string, unknown>),
    license: licenseOf(await readPart(path, 'README.md', TOKENIZER_BYTES)),
    readWeight: (name) => readWeight(must(weights.get(name), `weight ${name}`)),
    sha256: () => hash(configText, [...new Set(matched.map((w) => w.file))].sort()),
  }
}

/** The folder itself; or, for an entry of the Hugging Face cache, the snapshot that `refs/main` names. */
async function resolveFolder(directory: string): Promise<string> {
  const path = resolve(directory)
  const info = await stat(path).catch(() => undefined)
  if (!info?.isDirectory())
    throw new Fault('not-found', 'There is no such model folder.', 'Choose the folder that holds config.json.', path)
  if (await findFile(path, 'config.json')) return path
  const snapshots = await readdir(join(path, 'snapshots')).catch(() => [])
  const main = (await readPart(path, 'refs/main', 1000))?.trim()
  const chosen = snapshots.find((name) => name === main) ?? (snapshots.length === 1 ? snapshots[0] : undefined)
  return chosen === undefined ? path : join(path, 'snapshots', chosen)
}

async function notAModel(path: string): Promise<Fault> {
  const names = await readdir(path)
  const todo = 'Choose the folder that holds config.json, tokenizer.json and model.safetensors.'
  if (names.includes('adapter_config.json'))
    return new Fault(
      'bad-model',
      'The folder holds a LoRA adapter, not a whole model.',
      'Merge it into its base model first.',
      path,
    )
  if (names.some((name) => name.toLowerCase().endsWith('.gguf')))
    return new Fault('bad-model', 'The folder holds a GGUF file, which cannot be trained.', todo, path)
  return new Fault('bad-model', 'The folder has no config.json.', todo, path)
}

async function tokenizerSources(path: string, config: ModelConfig): Promise<TokenizerSources> {
  const tokenizerJson = await readPart(path, 'tokenizer.json', TOKENIZER_BYTES)
  if (tokenizerJson === undefined) {
    const old = (await findFile(path, 'tokenizer.model')) ? ' (there is a tokenizer.model, the older format)' : ''
    throw new Fault(
      'bad-model',
      `The folder has no tokenizer.json${old}.`,
      'Get a version of the model with tokenizer.json, or save its tokenizer with a recent transformers.',
      path,
    )
  }
  const tokenizerConfig = await readPart(path, 'tokenizer_config.json', TOKENIZER_BYTES)
  const chatTemplate = await readPart(path, 'chat_template.jinja', CONFIG_BYTES)
  return { tokenizerJson, tokenizerConfig, ...(chatTemplate === undefined ? {} : { chatTemplate }), config }
}

/** The deepest folder that holds every file. */
function commonFolder(files: readonly string[]): string {
  const [first, ...rest] = files.map(dirname)
  let common = first ?? '.'
  for (const folder of rest)
    while (folder !== common && !folder.startsWith(common.endsWith(sep) ? common : common + sep)) {
      const parent = dirname(common)
      if (parent === common) return common
      common = parent
    }
  return common
}

/** `…/models--owner--name/snapshots/<revision>` → `owner/name`. */
function nameOf(path: string): string {
  const cached = /models--(.+?)--(.+)$/.exec(basename(dirname(dirname(path))))
  return cached && basename(dirname(path)) === 'snapshots' ? `${cached[1]}/${cached[2]}` : basename(path)
}

function licenseOf(readme: string | undefined): string | undefined {
  const front = readme === undefined ? undefined : /^---\r?\n([\s\S]*?)\r?\n---/.exec(readme)?.[1]
  const value = front === undefined ? undefined : /^license:\s*["']?([\w.+ -]{1,80}?)["']?\s*$/m.exec(front)?.[1]
  return value?.trim() || undefined
}

async function readWeight(weight: StoredWeight): Promise<Float32Array> {
  const width = TENSOR_TYPE_BYTES[weight.dtype]
  const count = weight.byteLength / width
  const out = new Float32Array(count)
  for (let at = 0; at < count; at += CONVERT) {
    const length = Math.min(CONVERT, count - at)
    const data = await readRange(weight.file, weight.byteOffset + at * width, length * width)
    out.set(toFloat32({ name: weight.name, dtype: weight.dtype, data }), at)
  }
  return out
}

async function hash(config: string, files: readonly string[]): Promise<string> {
  const sha = createHash('sha256').update(config)
  for (const file of files) for await (const chunk of createReadStream(file)) sha.update(chunk as Uint8Array)
  return sha.digest('hex')
}
