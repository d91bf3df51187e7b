/**
 * @file Where each weight of a model folder lies, read from safetensors headers alone. A header is read only after the
 * length it claims was found to fit into the file.
 */

import { Fault } from '../../../shared/base/errors.ts'
import { expectedWeights, type ModelConfig } from '../../../shared/model/config.ts'
import { parseHeaderLength, parseSafetensorsHeader } from '../../../shared/model/checkpoint/safetensors.ts'
import { parseShardedIndex } from '../../../shared/model/checkpoint/sharded-index.ts'
import type { TensorType } from '../../../shared/model/checkpoint/tensor-type.ts'
import { findFile, readPart, readRange } from './read-part.ts'

export interface StoredWeight {
  name: string
  /** Absolute path of the file that holds it, symlinks resolved. */
  file: string
  /** From the start of the file. */
  byteOffset: number
  byteLength: number
  dtype: TensorType
  shape: readonly number[]
}

const SINGLE = 'model.safetensors'
const INDEX = 'model.safetensors.index.json'
const INDEX_BYTES = 64 << 20
/** Element types that training and inference widen to float32. */
const USABLE: readonly TensorType[] = ['F32', 'F16', 'BF16']
/** Problems named in one message; the rest is counted. */
const MOST_NAMED = 12

/**
 * Every tensor of the folder: of `model.safetensors`, or of the shards that the index names.
 * @throws Fault bad-model (nothing found, missing shards, a tensor not where the index says), corrupt-file
 */
export async function readWeightTable(folder: string): Promise<Map<string, StoredWeight>> {
  const single = await findFile(folder, SINGLE)
  if (single) return byName(await readHeader(single.path, single.bytes))
  const index = await readPart(folder, INDEX, INDEX_BYTES)
  if (index === undefined) throw await nothingFound(folder)
  const { files, shards } = parseShardedIndex(index, INDEX)
  const found = await Promise.all(shards.map((shard) => findFile(folder, shard)))
  const missing = shards.filter((_, i) => !found[i])
  if (missing.length > 0)
    throw fault(
      `${listed(missing.map((shard) => `${shard} is missing`))}`,
      'Download the missing files into the folder.',
      folder,
    )
  const tables = new Map<string, Map<string, StoredWeight>>()
  // One after the other, so that a folder of many shards does not hold many headers at once.
  for (const [i, shard] of shards.entries()) {
    const file = found[i]
    if (file) tables.set(shard, byName(await readHeader(file.path, file.bytes)))
  }
  const all = new Map<string, StoredWeight>()
  const absent: string[] = []
  for (const [name, shard] of files) {
    const weight = tables.get(shard)?.get(name)
    if (weight) all.set(name, weight)
    else absent.push(`${name} is not in ${shard}, where the index puts it`)
  }
  if (absent.length > 0) throw fault(listed(absent), 'Download the model folder again.', INDEX)
  return all
}

async function readHeader(path: string, fileBytes: number): Promise<StoredWeight[]> {
  const first = await readRange(path, 0, Math.min(8, fileBytes))
  const length = parseHeaderLength(first, fileBytes, path)
  const start = 8 + length
  const { tensors } = parseSafetensorsHeader(await readRange(path, 8, length), fileBytes - start, path)
  return tensors.map(({ name, dtype, shape, begin, end }) => {
    return { name, file: path, byteOffset: start + begin, byteLength: end - begin, dtype, shape }
  })
}

function byName(weights: readonly StoredWeight[]): Map<string, StoredWeight> {
  return new Map(weights.map((w) => [w.name, w]))
}

async function nothingFound(folder: string): Promise<Fault> {
  const pickled = await findFile(folder, 'pytorch_model.bin')
  const message = pickled
    ? 'the folder holds its weights as pytorch_model.bin, which is not read because such files can run code'
    : `there is neither ${SINGLE} nor ${INDEX}`
  return fault(message, 'Get a version of the model with safetensors weights.', folder)
}

/**
 * The expected weights in their order.
 * @throws Fault bad-model that lists all that are missing, of another shape, or of a type that cannot be used
 */
export function matchWeights(
  table: ReadonlyMap<string, StoredWeight>,
  config: ModelConfig,
  where: string,
): StoredWeight[] {
  const problems: string[] = []
  const matched = expectedWeights(config).flatMap(({ name, shape }) => {
    const weight = table.get(name)
    if (!weight) problems.push(`${name} is missing (wanted [${shape.join(', ')}])`)
    else if (weight.shape.length !== shape.length || weight.shape.some((n, i) => n !== shape[i]))
      problems.push(`${name} has shape [${weight.shape.join(', ')}], wanted [${shape.join(', ')}]`)
    else if (!USABLE.includes(weight.dtype))
      problems.push(`${name} holds ${weight.dtype} numbers, wanted ${USABLE.join(', ')}`)
    return weight ? [weight] : []
  })
  if (problems.length === 0) return matched
  const hint = problems.length === 1 && problems[0]?.startsWith('lm_head.weight is missing')
  const todo = hint
    ? 'If the head is the embedding, set "tie_word_embeddings" to true in config.json; else download the folder again.'
    : 'Check that config.json and the weights belong together, or download the folder again.'
  throw fault(listed(problems), todo, where)
}

function listed(problems: readonly string[]): string {
  const rest = problems.length - MOST_NAMED
  return problems.slice(0, MOST_NAMED).join('; ') + (rest > 0 ? `; and ${rest} more` : '')
}

function fault(problems: string, todo: string, where: string): Fault {
  return new Fault('bad-model', `The weights cannot be used: ${problems}.`, todo, where)
}
