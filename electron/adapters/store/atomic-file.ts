/**
 * @file A file is replaced whole or not at all: write a temporary file beside it, sync it, rename it over the old one,
 * sync the folder. A crash leaves the old contents or the new, and at most a temporary file to be swept.
 */

import { dirname } from 'node:path'
import { Fault } from '../../../shared/base/errors.ts'
import { withFileFaults } from './file-fault.ts'
import type { FileSystem } from './file-system.ts'

export const TEMPORARY = '.tmp'

/** Writes the chunks one after the other and syncs. Returns the bytes written. */
export function writeSynced(fs: FileSystem, path: string, chunks: Iterable<Uint8Array>): number {
  const file = fs.create(path)
  let at = 0
  try {
    for (const chunk of chunks) {
      file.write(chunk, at)
      at += chunk.length
    }
    file.sync()
  } finally {
    file.close()
  }
  return at
}

/** First half: afterwards `path` is untouched and the new contents lie beside it, synced. */
export function prepareFile(fs: FileSystem, path: string, chunks: Iterable<Uint8Array>): void {
  try {
    writeSynced(fs, path + TEMPORARY, chunks)
  } catch (error) {
    tryRemove(fs, path + TEMPORARY)
    throw error
  }
}

/** Second half: afterwards `path` has the prepared contents, for good. */
export function commitFile(fs: FileSystem, path: string): void {
  fs.rename(path + TEMPORARY, path)
  fs.syncFolder(dirname(path))
}

/**
 * Replaces the contents of `path`.
 * @throws Fault disk-full, unreadable-file, not-found (the folder)
 */
export function writeAtomically(fs: FileSystem, path: string, data: Uint8Array | Iterable<Uint8Array>): void {
  withFileFaults(path, () => {
    prepareFile(fs, path, data instanceof Uint8Array ? [data] : data)
    commitFile(fs, path)
  })
}

/** Makes a folder with its parents; returns when the names of all new ones are on the disk. */
export function makeFolderSynced(fs: FileSystem, path: string): void {
  if (fs.kind(path) !== 'missing') return
  const parent = dirname(path)
  if (parent !== path) makeFolderSynced(fs, parent)
  fs.makeFolder(path)
  fs.syncFolder(parent)
}

/**
 * The whole file.
 * @param limit bytes above which it is refused unread
 * @throws Fault too-large, not-found, unreadable-file
 */
export function readWhole(fs: FileSystem, path: string, limit = 2 ** 31): Uint8Array {
  return withFileFaults(path, () => {
    const size = fs.size(path)
    if (size > limit) {
      throw new Fault(
        'too-large',
        `The file has ${size} bytes; at most ${limit} are read.`,
        'Use a smaller file.',
        path,
      )
    }
    return fs.readAt(path, 0, size)
  })
}

/** For sweeping: a failure to remove a temporary file must not hide the failure before it. */
export function tryRemove(fs: FileSystem, path: string): void {
  try {
    fs.removeFile(path)
  } catch {
    // The next writer overwrites it.
  }
}
