/**
 * @file Reads the central directory of a zip archive without trusting it: sizes, ratios, overlaps and counts are checked
 * before anything is decompressed, and decompression is bounded even when the directory lies.
 */

import { inflateRawSync } from 'node:zlib'
import { Fault } from '../../../shared/base/errors.ts'
import type { ReaderLimits } from './reader.ts'

export interface ZipEntry {
  name: string
  method: number
  compressed: number
  uncompressed: number
  /** Offset of the local header. */
  offset: number
}

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50

/**
 * The entries of an archive.
 * @throws Fault corrupt-file when cut off or malformed; too-large when it would unpack beyond the limits; unreadable-file when encrypted
 */
export function readZipDirectory(bytes: Uint8Array, path: string, limits: ReaderLimits): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  if (end < 0) throw damaged(path, 'the end of the archive is missing')
  const count = view.getUint16(end + 10, true)
  const start = view.getUint32(end + 16, true)
  if (count === 0xffff || start === 0xffffffff) throw tooLarge(path, 'the archive is of the very large kind (zip64)')
  if (count > limits.entries) throw tooLarge(path, `the archive holds ${count} parts, more than ${limits.entries}`)
  const entries: ZipEntry[] = []
  let at = start
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== ENTRY) throw damaged(path, 'its table of contents is broken')
    const flags = view.getUint16(at + 8, true)
    const nameLength = view.getUint16(at + 28, true)
    const rest = view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (at + 46 + nameLength + rest > end) throw damaged(path, 'its table of contents is broken')
    if (flags & 1) {
      throw new Fault('unreadable-file', 'the file is protected by a password', 'Save a copy without a password.', path)
    }
    entries.push({
      name: Buffer.from(bytes.buffer, bytes.byteOffset + at + 46, nameLength).toString('utf8'),
      method: view.getUint16(at + 10, true),
      compressed: view.getUint32(at + 20, true),
      uncompressed: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + rest
  }
  checkSizes(entries, bytes.length, path, limits)
  return entries
}

function checkSizes(entries: readonly ZipEntry[], size: number, path: string, limits: ReaderLimits): void {
  let compressed = 0
  let uncompressed = 0
  for (const entry of entries) {
    compressed += entry.compressed
    uncompressed += entry.uncompressed
    if (entry.offset + entry.compressed > size) throw damaged(path, 'a part lies beyond its end')
  }
  // Parts that share bytes are how a small archive unpacks to petabytes.
  if (compressed > size) throw damaged(path, 'its parts overlap')
  if (uncompressed > limits.decompressedBytes || uncompressed > limits.compressionRatio * Math.max(size, 4096)) {
    const message = `the file would unpack from ${megabytes(size)} to ${megabytes(uncompressed)}`
    throw tooLarge(path, message)
  }
}

/**
 * The bytes of one entry; never more than the directory says, which `readZipDirectory` has checked.
 * @throws Fault corrupt-file when the data do not agree with the directory
 */
export function readZipEntry(bytes: Uint8Array, entry: ZipEntry, path: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { offset, compressed, uncompressed } = entry
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL) {
    throw damaged(path, `its part ${entry.name} is broken`)
  }
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const data = bytes.subarray(start, start + compressed)
  if (data.length < compressed) throw damaged(path, `its part ${entry.name} is cut off`)
  if (entry.method === 0 && compressed === uncompressed) return data
  if (entry.method !== 8) throw damaged(path, `its part ${entry.name} is packed in an unknown way`)
  let out: Uint8Array
  try {
    out = inflateRawSync(data, { maxOutputLength: Math.max(1, uncompressed) })
  } catch (cause) {
    throw damaged(path, `its part ${entry.name} is broken`, cause)
  }
  if (out.length !== uncompressed) throw damaged(path, `its part ${entry.name} has another size than stated`)
  return out
}

/** The end record lies within the last 64 KiB, after any comment. */
function findEnd(view: DataView): number {
  const last = view.byteLength - 22
  for (let at = last; at >= 0 && at >= last - 0xffff; at--) if (view.getUint32(at, true) === END) return at
  return -1
}

function damaged(path: string, detail: string, cause?: unknown): Fault {
  const message = `the file is damaged: ${detail}`
  return new Fault(
    'corrupt-file',
    message,
    'Open it in its own program and save it again, or fetch a new copy.',
    path,
    {
      cause,
    },
  )
}

function tooLarge(path: string, message: string): Fault {
  return new Fault('too-large', message, 'Save the text alone, for example as .txt, and add that.', path)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1048576).toFixed(1)} MB`
}
