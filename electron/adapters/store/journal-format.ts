/**
 * @file The bytes of a journal: a header with a generation, then numbered records with checksums. Reading tells a torn
 * tail (the crash came before the acknowledgement: dropped) from damage in the middle (acknowledged data: reported).
 *
 * Header: "LABJRNL1", generation u32, CRC-32 of these 12 bytes. Record: "TXN1", number u32, length u32, CRC-32 of the
 * payload, CRC-32 of these 16 bytes begun with the generation; then the payload. Little-endian.
 */

import { crc32 } from 'node:zlib'
import { assert } from '../../../shared/base/errors.ts'

export const JOURNAL_HEADER_BYTES = 16
export const RECORD_HEADER_BYTES = 20

/** Larger transactions are refused when written, and not believed when read. */
export const MAX_PAYLOAD_BYTES = 256 * 2 ** 20

const JOURNAL_MAGIC = new TextEncoder().encode('LABJRNL1')
const RECORD_MAGIC = 0x314e5854

export function journalHeader(generation: number): Uint8Array {
  const out = new Uint8Array(JOURNAL_HEADER_BYTES)
  out.set(JOURNAL_MAGIC)
  const view = new DataView(out.buffer)
  view.setUint32(8, generation, true)
  view.setUint32(12, crc32(out.subarray(0, 12)), true)
  return out
}

/** @param number position of the record in its journal, from 0 */
export function journalRecord(generation: number, number: number, payload: Uint8Array): Uint8Array {
  assert(payload.length <= MAX_PAYLOAD_BYTES, 'the journal record is too long')
  const out = new Uint8Array(RECORD_HEADER_BYTES + payload.length)
  const view = new DataView(out.buffer)
  view.setUint32(0, RECORD_MAGIC, true)
  view.setUint32(4, number, true)
  view.setUint32(8, payload.length, true)
  view.setUint32(12, crc32(payload), true)
  view.setUint32(16, crc32(out.subarray(0, 16), generation), true)
  out.set(payload, RECORD_HEADER_BYTES)
  return out
}

export type JournalContents =
  | { state: 'damaged'; reason: string }
  | {
      state: 'sound'
      generation: number
      /** Views into the bytes given. */
      payloads: Uint8Array[]
      /** Bytes up to the end of the last sound record; what follows is a torn tail. */
      soundBytes: number
    }

export function readJournal(bytes: Uint8Array): JournalContents {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headed =
    bytes.length >= JOURNAL_HEADER_BYTES &&
    JOURNAL_MAGIC.every((byte, i) => bytes[i] === byte) &&
    view.getUint32(12, true) === crc32(bytes.subarray(0, 12))
  if (!headed) return { state: 'damaged', reason: 'its header is not valid' }
  const generation = view.getUint32(8, true)
  const payloads: Uint8Array[] = []
  let at = JOURNAL_HEADER_BYTES
  for (;;) {
    const payload = recordAt(bytes, view, at, generation, payloads.length)
    if (!payload) break
    payloads.push(payload)
    at += RECORD_HEADER_BYTES + payload.length
  }
  // Each record is synced before the next is begun, so nothing sound can follow a record that is merely torn.
  for (let later = at; later + RECORD_HEADER_BYTES <= bytes.length; later++) {
    if (view.getUint32(later, true) !== RECORD_MAGIC) continue
    const number = view.getUint32(later + 4, true)
    if (number > payloads.length && recordAt(bytes, view, later, generation, number)) {
      return { state: 'damaged', reason: `record ${payloads.length + 1} is damaged, but record ${number + 1} is sound` }
    }
  }
  return { state: 'sound', generation, payloads, soundBytes: at }
}

function recordAt(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  generation: number,
  number: number,
): Uint8Array | undefined {
  if (at + RECORD_HEADER_BYTES > bytes.length) return undefined
  if (view.getUint32(at, true) !== RECORD_MAGIC || view.getUint32(at + 4, true) !== number) return undefined
  if (view.getUint32(at + 16, true) !== crc32(bytes.subarray(at, at + 16), generation)) return undefined
  const length = view.getUint32(at + 8, true)
  const from = at + RECORD_HEADER_BYTES
  if (length > MAX_PAYLOAD_BYTES || from + length > bytes.length) return undefined
  const payload = bytes.subarray(from, from + length)
  return crc32(payload) === view.getUint32(at + 12, true) ? payload : undefined
}
