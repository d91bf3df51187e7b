/**
 * @file Bytes as text: byte-order mark, then a declared encoding, then UTF-16 by its pattern of zeros, then UTF-8 by validity,
 * then a guess among legacy encodings. Bytes that are no text in any of them are refused.
 */

import chardet from 'chardet'
import iconv from 'iconv-lite'
import { Fault } from '../../../shared/base/errors.ts'

/** How much of a file the guess looks at. */
const SAMPLE = 64 * 1024
/** More control characters than this share means that it is not text. */
const MOST_CONTROL = 0.01

/**
 * Decodes a text file.
 * @param declared an encoding named inside the file (HTML), tried after the byte-order mark
 * @throws Fault corrupt-file when the bytes are not text
 */
export function decodeText(bytes: Uint8Array, path: string, declared?: string): string {
  const text = decodeBytes(bytes, declared)
  if (looksBinary(text)) {
    const message = 'the file is named like text but holds binary data'
    throw new Fault('corrupt-file', message, 'Open it in the program that made it and save it as text or PDF.', path)
  }
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

function decodeBytes(bytes: Uint8Array, declared?: string): string {
  const marked = markedEncoding(bytes)
  if (marked) return decodeAs(bytes, marked)
  const wide = wideEncoding(bytes)
  if (wide) return decodeAs(bytes, wide)
  const strict = strictUtf8(bytes)
  if (strict !== undefined) return strict
  if (declared && iconv.encodingExists(declared) && !/utf-?(?:8|16|32)/i.test(declared))
    return decodeAs(bytes, declared)
  return mostlyUtf8(bytes) ?? decodeAs(bytes, legacyEncoding(bytes))
}

function decodeAs(bytes: Uint8Array, encoding: string): string {
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding)
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be'
  return undefined
}

/** UTF-16 without a mark: Latin text has a zero in nearly every other byte, always on the same side. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const length = Math.min(bytes.length, 4096) & ~1
  if (length < 4) return undefined
  let even = 0
  let odd = 0
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++
    if (bytes[at + 1] === 0) odd++
  }
  const pairs = length / 2
  if (odd > pairs * 0.7 && even < pairs * 0.05) return 'utf-16le'
  if (even > pairs * 0.7 && odd < pairs * 0.05) return 'utf-16be'
  return undefined
}

function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** UTF-8 with a few broken places, such as a file cut within a character: whole characters outnumber broken ones ten to one. */
function mostlyUtf8(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder('utf-8').decode(bytes)
  let broken = 0
  let whole = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0xfffd) broken++
    else if (code > 0x7f) whole++
  }
  return whole >= broken * 10 ? text.replaceAll('\ufffd', '') : undefined
}

/**
 * A guess. Text that is nearly all ASCII gives the detector too little to tell Western from other single-byte encodings, and
 * the few other bytes in scientific English are signs such as ° ± µ: then Windows-1252 is taken.
 */
function legacyEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, SAMPLE)
  let high = 0
  for (const byte of sample) if (byte > 0x7f) high++
  if (high < sample.length * 0.02) return 'windows-1252'
  const guess = chardet.analyse(sample).find(({ name }) => iconv.encodingExists(name))
  if (!guess || guess.confidence < 20 || /^(?:iso-8859-1|utf|ascii)/i.test(guess.name)) return 'windows-1252'
  return guess.name
}

/** Whether a share of control or replacement characters shows that the bytes were not text. Looks at the start, middle and end. */
function looksBinary(text: string): boolean {
  const window = SAMPLE
  const starts = new Set([0, Math.max(0, (text.length >> 1) - window / 2), Math.max(0, text.length - window)])
  for (const start of starts) {
    const part = text.slice(start, start + window)
    const bad = part.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u009f\ufffd\ufffe\uffff]/g)?.length ?? 0
    if (bad > Math.max(part.length < 200 ? 1 : 0, part.length * MOST_CONTROL)) return true
  }
  return false
}
