/** @file Reads the small files of a model folder: regular files only, below a size, well-formed UTF-8. */

import { open, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, messageOf } from '../../../shared/base/errors.ts'

/** The real path and size of a regular file, symlinks followed; undefined when there is none. */
export async function findFile(folder: string, name: string): Promise<{ path: string; bytes: number } | undefined> {
  let path: string
  try {
    path = await realpath(join(folder, name))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw unreadable(join(folder, name), error)
  }
  const { size } = await regularFile(path, name)
  return { path, bytes: size }
}

async function regularFile(path: string, name: string): Promise<{ size: number }> {
  const info = await stat(path)
  // A pipe or device would block the reader for ever.
  if (!info.isFile())
    throw new Fault('bad-model', `${name} is not a regular file.`, 'Download the model folder again.', path)
  return info
}

/**
 * The text of a file, or undefined when the folder has none of that name.
 * @param limit most bytes the file may have
 * @throws Fault bad-model, unreadable-file
 */
export async function readPart(folder: string, name: string, limit: number): Promise<string | undefined> {
  const found = await findFile(folder, name)
  if (!found) return undefined
  if (found.bytes > limit)
    throw new Fault(
      'bad-model',
      `${name} has ${found.bytes} bytes; at most ${limit} were expected.`,
      'Download the model folder again.',
      found.path,
    )
  const bytes = await readRange(found.path, 0, found.bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Fault('bad-model', `${name} is not UTF-8 text.`, 'Download the model folder again.', found.path)
  }
}

/** Most bytes of one read call; the system's own limit is below 2 GiB. */
const READ_BYTES = 1 << 28

/**
 * `length` bytes from `offset` of a file.
 * @throws Fault unreadable-file, or corrupt-file when the file ends earlier
 */
export async function readRange(path: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  let handle
  try {
    handle = await open(path, 'r')
    for (let done = 0; done < length;) {
      const { bytesRead } = await handle.read(bytes, done, Math.min(READ_BYTES, length - done), offset + done)
      if (bytesRead === 0) throw shortFile(path, offset + length, offset + done)
      done += bytesRead
    }
    return bytes
  } catch (error) {
    throw error instanceof Fault ? error : unreadable(path, error)
  } finally {
    await handle?.close()
  }
}

function shortFile(path: string, wanted: number, got: number): Fault {
  return new Fault(
    'corrupt-file',
    `The file ends at byte ${got}, ${wanted - got} bytes too early.`,
    'Download or copy the file again.',
    path,
  )
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOENT' || code === 'ENOTDIR'
}

function unreadable(path: string, cause: unknown): Fault {
  return new Fault(
    'unreadable-file',
    `The file cannot be read: ${messageOf(cause)}.`,
    'Check that the file is there and that you may read it.',
    path,
    { cause },
  )
}
