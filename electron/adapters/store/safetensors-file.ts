/** @file Tensors of our own on disk, read one at a time so that a file may be larger than one array can be. */

import { parseHeaderLength, parseSafetensorsHeader } from '../../../shared/model/checkpoint/safetensors.ts'
import type { NamedTensor } from '../../../shared/model/checkpoint/tensor-type.ts'
import { withFileFaults } from './file-fault.ts'
import type { FileSystem } from './file-system.ts'

/**
 * All tensors of a file; each has memory of its own, so that its numbers can be used where they are.
 * @throws Fault corrupt-file, not-found
 */
export function readTensors(fs: FileSystem, path: string): NamedTensor[] {
  return withFileFaults(path, () => {
    const size = fs.size(path)
    const length = parseHeaderLength(fs.readAt(path, 0, Math.min(8, size)), size, path)
    const start = 8 + length
    const header = parseSafetensorsHeader(fs.readAt(path, 8, length), size - start, path)
    return header.tensors.map(({ name, dtype, shape, begin, end }) => {
      return { name, dtype, shape, data: fs.readAt(path, start + begin, end - begin) }
    })
  })
}
