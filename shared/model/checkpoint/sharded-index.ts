/** @file `model.safetensors.index.json`: which file of a sharded model holds which tensor. Plain file names only. */

import { Fault } from '../../base/errors.ts'
import { repeatedKey } from './repeated-key.ts'

export interface ShardedIndex {
  /** Tensor name to the name of a file in the same folder. */
  files: Map<string, string>
  /** The distinct file names, sorted. */
  shards: string[]
}

/** One path component, no drive letter, no hidden file: cannot leave the model's folder on any system. */
const PLAIN_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.+-]*\.safetensors$/

/**
 * @param text the file's JSON
 * @throws Fault corrupt-file when it is not an index, or names a file outside its folder
 */
export function parseShardedIndex(text: string, where?: string): ShardedIndex {
  const corrupt = (message: string) =>
    new Fault('corrupt-file', message, 'Download or copy the model folder again, with its index file.', where)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw corrupt('The model index is not valid JSON.')
  }
  const map = typeof json === 'object' && json !== null ? (json as Record<string, unknown>)['weight_map'] : undefined
  if (typeof map !== 'object' || map === null || Array.isArray(map)) {
    throw corrupt('The model index has no "weight_map" object.')
  }
  const twice = repeatedKey(text)
  if (twice !== undefined) throw corrupt(`The model index names "${twice.slice(0, 80)}" twice.`)
  const files = new Map<string, string>()
  for (const [tensor, file] of Object.entries(map)) {
    if (typeof file !== 'string' || file.length > 200 || !PLAIN_NAME.test(file)) {
      const got = JSON.stringify(file).slice(0, 80)
      throw corrupt(
        `The model index puts "${tensor.slice(0, 80)}" into ${got}; a plain .safetensors file name was expected.`,
      )
    }
    files.set(tensor, file)
  }
  if (files.size === 0) throw corrupt('The model index lists no tensors.')
  return { files, shards: [...new Set(files.values())].sort() }
}
