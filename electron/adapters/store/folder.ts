/** @file The pipeline's `Folder` port over a real folder. No path leads out of it: not by `..`, not by a link. */

import { dirname, join } from 'node:path'
import { Fault } from '../../../shared/base/errors.ts'
import type { Folder } from '../../../shared/pipeline/ports.ts'
import { makeFolderSynced, readWhole, TEMPORARY, writeAtomically } from './atomic-file.ts'
import { withFileFaults } from './file-fault.ts'
import { nodeFileSystem, type FileSystem } from './file-system.ts'

/**
 * @param root existing folder; may itself be reached through links
 */
export function openFolder(root: string, fs: FileSystem = nodeFileSystem): Folder {
  const resolve = (path: string) => confine(fs, root, path)
  return {
    async read(path) {
      return readWhole(fs, resolve(path))
    },
    async write(path, data) {
      const full = resolve(path)
      withFileFaults(full, () => makeFolderSynced(fs, dirname(full)))
      writeAtomically(fs, full, data)
    },
    async exists(path) {
      return fs.kind(resolve(path)) !== 'missing'
    },
    async list(path) {
      const full = path === '' || path === '.' ? root : resolve(path)
      return withFileFaults(full, () => fs.list(full).filter((name) => !name.endsWith(TEMPORARY)))
    },
    async remove(path) {
      const full = resolve(path)
      withFileFaults(full, () => {
        if (fs.kind(full) === 'folder') fs.removeFolder(full)
        else fs.removeFile(full)
        if (fs.kind(dirname(full)) === 'folder') fs.syncFolder(dirname(full))
      })
    },
  }
}

/** Characters that mean something to some file system: back slash, drive and stream colon, control characters. */
const FORBIDDEN = /[\\:\u0000-\u001f]/

/**
 * The real path of `path` below `root`.
 * @throws Fault usage when it is not relative with plain names, or a part of it is a link
 */
export function confine(fs: FileSystem, root: string, path: string): string {
  const outside = (why: string) =>
    new Fault('usage', `The path "${path}" ${why}.`, 'Use a path inside the folder, with forward slashes.', path)
  const names = path.split('/')
  if (path.length > 4096 || FORBIDDEN.test(path)) throw outside('holds a character that is not allowed')
  if (names.some((name) => name === '' || name === '.' || name === '..')) throw outside('leads out of its folder')
  let full = root
  for (const name of names) {
    full = join(full, name)
    if (fs.kind(full) === 'other') throw outside('goes through a link or a device')
  }
  return full
}
