/** @file Where an export goes: the Folder port, and what it may offer for files too large to hold in memory. */

import type { Folder } from '../ports.ts'

export interface ExportFolder extends Folder {
  /**
   * Writes a file from consecutive chunks; afterwards the path holds all of them or what it held before.
   * Without this, a file is put together in memory first.
   */
  writeChunks?(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void>
}

/** Writes `chunks` of `bytes` in all to `path`. */
export async function writeChunked(
  folder: ExportFolder,
  path: string,
  bytes: number,
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  if (folder.writeChunks) return folder.writeChunks(path, chunks)
  const whole = new Uint8Array(bytes)
  let at = 0
  for await (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  await folder.write(path, whole)
}
