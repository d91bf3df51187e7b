/** @file The operating system's file errors as faults that say what to do. */

import { Fault, messageOf } from '../../../shared/base/errors.ts'

type Translation = readonly [code: Fault['code'], what: string, todo: string]

const TRANSLATIONS: Record<string, Translation> = {
  ENOSPC: ['disk-full', 'The disk is full', 'Free some space and try again; nothing saved before is lost.'],
  EDQUOT: ['disk-full', 'The disk quota is used up', 'Free some space and try again; nothing saved before is lost.'],
  EFBIG: ['disk-full', 'The file is too large for this disk', 'Move the project to another disk.'],
  ENOENT: ['not-found', 'The file or folder does not exist', 'Check the name, and that the disk is connected.'],
  ENOTDIR: ['not-found', 'A part of the path is not a folder', 'Check the name.'],
  EISDIR: ['unreadable-file', 'A folder stands where a file was expected', 'Rename or remove it.'],
  EACCES: ['unreadable-file', 'Access was denied', 'Allow this user to read and write the folder.'],
  EPERM: ['unreadable-file', 'Access was denied', 'Allow this user to read and write the folder.'],
  EROFS: ['unreadable-file', 'The disk cannot be written to', 'Move the project to a writable disk.'],
  EIO: ['unreadable-file', 'The disk reported an error', 'Copy the project to another disk.'],
  EOF: ['corrupt-file', 'The file is shorter than it should be', 'Copy the file again.'],
}

/** A fault for whatever a file operation threw. Faults pass through unchanged. */
export function fileFault(error: unknown, path: string): Fault {
  if (error instanceof Fault) return error
  const code = errorCode(error)
  const known: Translation = (code !== undefined ? TRANSLATIONS[code] : undefined) ?? [
    'unreadable-file',
    `The file could not be used: ${messageOf(error)}`,
    'Check the disk and try again.',
  ]
  return new Fault(known[0], `${known[1]}.`, known[2], path, { cause: error })
}

/** ENOENT, ENOSPC, …; undefined for anything else thrown. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Runs `work`; what it throws becomes a fault about `path`. */
export function withFileFaults<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    // Programming errors are not the disk's.
    if (errorCode(error) === undefined) throw error
    throw fileFault(error, path)
  }
}
