/**
 * @file What can be known of a PDF before it is parsed: whether it was cut off, and whether a compressed stream would
 * unpack beyond the limits (pdf.js unpacks streams without a bound).
 */

import { inflateSync } from 'node:zlib'
import { Fault } from '../../../shared/base/errors.ts'
import type { ReaderLimits } from './reader.ts'

/** The best ratio that deflate can reach; shorter streams cannot exceed a limit this many times their size. */
const BEST_RATIO = 1032
const DICTIONARY = 1024

/**
 * @throws Fault corrupt-file when the end of the file is missing; too-large when a stream is a decompression bomb
 */
export function guardPdf(bytes: Uint8Array, path: string, limits: ReaderLimits): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const stated = /\/Linearized\b[^>]{0,200}?\/L\s+(\d{1,12})\b/.exec(file.toString('latin1', 0, 2048))?.[1]
  if (!file.includes('%%EOF') || (stated && Number(stated) > file.length)) {
    const message = 'the PDF was cut off: its end is missing'
    throw new Fault('corrupt-file', message, 'Download or copy it again.', path)
  }
  for (let at = file.indexOf('stream'); at >= 0; at = file.indexOf('stream', at + 6)) {
    if (file.toString('latin1', Math.max(0, at - 3), at) === 'end') continue
    const dictionary = dictionaryBefore(file, at)
    const filters = dictionary.match(/\/(?:FlateDecode|Fl|LZWDecode|LZW)\b/g)?.length ?? 0
    // Pictures are never unpacked for their text.
    if (filters === 0 || /\/Subtype\s*\/Image\b/.test(dictionary)) continue
    if (filters > 1) throw bomb(path, 'it holds a stream that is compressed twice')
    const start = at + 6 + (file[at + 6] === 13 ? 1 : 0) + 1
    const found = file.indexOf('endstream', start)
    const end = found < 0 ? file.length : found
    if ((end - start) * BEST_RATIO > limits.decompressedBytes) checkStream(file.subarray(start, end), path, limits)
    at = end
  }
}

function dictionaryBefore(file: Buffer, at: number): string {
  const text = file.toString('latin1', Math.max(0, at - DICTIONARY), at)
  const start = text.lastIndexOf(' obj')
  return start < 0 ? text : text.slice(start)
}

function checkStream(data: Buffer, path: string, limits: ReaderLimits): void {
  try {
    inflateSync(data, { maxOutputLength: limits.decompressedBytes })
  } catch (error) {
    // Any other failure is for pdf.js to judge: encrypted streams do not inflate before decryption.
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      const most = Math.round(limits.decompressedBytes / 1048576)
      throw bomb(path, `one of its streams would unpack to more than ${most} MB`)
    }
  }
}

function bomb(path: string, detail: string): Fault {
  return new Fault('too-large', `the PDF is unsafe to open: ${detail}`, 'Print it to a new PDF and add that.', path)
}
