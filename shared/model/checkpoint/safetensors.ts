/**
 * @file The safetensors container: 8 bytes of header length, a JSON header, then the tensors' bytes back to back.
 * A header is believed only after everything in it was checked against the size of the file: it may come from anybody.
 * Format: huggingface.co/docs/safetensors.
 */

import { assert, Fault } from '../../base/errors.ts'
import { isTensorType, TENSOR_TYPE_BYTES, type NamedTensor, type TensorType } from './tensor-type.ts'
import { repeatedKey } from './repeated-key.ts'
import { decodeUtf8, encodeUtf8 } from './utf8.ts'

/** The format's own limit for the header's JSON, in bytes. */
export const MAX_HEADER_BYTES = 100_000_000

/** Real models use up to five dimensions. */
const MAX_RANK = 32

export interface TensorEntry {
  name: string
  dtype: TensorType
  shape: readonly number[]
  /** Byte range within the data section, which begins at `8 + header length`. */
  begin: number
  end: number
}

export interface SafetensorsHeader {
  /** In the order of their bytes in the file. */
  tensors: TensorEntry[]
  metadata: Record<string, string>
}

function corrupt(message: string, where: string | undefined): Fault {
  return new Fault('corrupt-file', message, 'Download or copy the file again; it is damaged or was cut short.', where)
}

/**
 * Length of the JSON header in bytes.
 * @param first the first 8 bytes of the file (fewer when the file is shorter)
 * @param fileBytes size of the whole file
 * @throws Fault corrupt-file
 */
export function parseHeaderLength(first: Uint8Array, fileBytes: number, where?: string): number {
  if (first.length < 8 || fileBytes < 10) {
    throw corrupt(`A safetensors file has at least 10 bytes; this one has ${fileBytes}.`, where)
  }
  let length = 0
  for (let i = 7; i >= 0; i--) length = length * 256 + (first[i] as number)
  if (length < 2 || length > MAX_HEADER_BYTES) {
    throw corrupt(`The safetensors header claims ${length} bytes; 2 to ${MAX_HEADER_BYTES} are allowed.`, where)
  }
  if (8 + length > fileBytes) {
    throw corrupt(`The safetensors header claims ${length} bytes, but the file has ${fileBytes} in all.`, where)
  }
  return length
}

/**
 * Parses and checks the JSON header. The tensors must tile the data section exactly: no overlap, no hole, no remainder.
 * @param json the header's bytes
 * @param dataBytes size of the data section: file size − 8 − header length
 * @throws Fault corrupt-file
 */
export function parseSafetensorsHeader(json: Uint8Array, dataBytes: number, where?: string): SafetensorsHeader {
  const text = decodeUtf8(json)
  if (text === undefined || !text.startsWith('{')) throw corrupt('The safetensors header is not JSON text.', where)
  let header: unknown
  try {
    header = JSON.parse(text)
  } catch {
    throw corrupt('The safetensors header is not valid JSON.', where)
  }
  const twice = repeatedKey(text)
  if (twice !== undefined) throw corrupt(`The safetensors header names "${shorten(twice)}" twice.`, where)

  const tensors: TensorEntry[] = []
  let metadata: Record<string, string> = {}
  for (const [name, value] of Object.entries(header as object)) {
    if (name === '__metadata__') metadata = checkMetadata(value, where)
    else tensors.push(checkEntry(name, value, dataBytes, where))
  }
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end)
  let at = 0
  for (const tensor of tensors) {
    if (tensor.begin !== at) {
      const what = tensor.begin < at ? 'overlaps the tensor before it' : 'leaves a hole before it'
      throw corrupt(`Tensor "${shorten(tensor.name)}" ${what} (begins at ${tensor.begin}, expected ${at}).`, where)
    }
    at = tensor.end
  }
  if (at !== dataBytes) throw corrupt(`The tensors take ${at} bytes, but the file holds ${dataBytes}.`, where)
  return { tensors, metadata }
}

function checkMetadata(value: unknown, where: string | undefined): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw corrupt('The safetensors metadata is not an object.', where)
  }
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string') throw corrupt(`The metadata entry "${shorten(key)}" is not a text.`, where)
  }
  return value as Record<string, string>
}

function checkEntry(name: string, value: unknown, dataBytes: number, where: string | undefined): TensorEntry {
  const bad = (what: string) => corrupt(`Tensor "${shorten(name)}": ${what}.`, where)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad('its entry is not an object')
  const { dtype, shape, data_offsets: offsets, ...rest } = value as Record<string, unknown>
  const extra = Object.keys(rest)[0]
  if (extra !== undefined) throw bad(`unknown key "${shorten(extra)}"`)
  if (typeof dtype !== 'string' || !isTensorType(dtype))
    throw bad(`unknown element type ${shorten(JSON.stringify(dtype) ?? 'none')}`)
  if (!Array.isArray(shape) || shape.length > MAX_RANK || !shape.every(isCount)) {
    throw bad(`its shape is not a list of at most ${MAX_RANK} non-negative integers`)
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    throw bad('its data_offsets are not two non-negative integers')
  }
  const [begin, end] = offsets as [number, number]
  if (begin > end || end > dataBytes) throw bad(`bytes ${begin} to ${end} lie outside the data (${dataBytes} bytes)`)
  const wanted = byteLength(dtype, shape as number[])
  if (wanted !== end - begin) {
    throw bad(`${dtype} of shape [${shape.join(', ')}] takes ${wanted} bytes, but its offsets span ${end - begin}`)
  }
  return { name, dtype, shape: shape as number[], begin, end }
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** Bytes of a tensor; Infinity when they would not be countable exactly. */
function byteLength(dtype: TensorType, shape: readonly number[]): number {
  if (shape.includes(0)) return 0
  let bytes: number = TENSOR_TYPE_BYTES[dtype]
  for (const size of shape) {
    bytes *= size
    if (!Number.isSafeInteger(bytes)) return Infinity
  }
  return bytes
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/**
 * A whole file in memory. The tensors' `data` are views into `file`, at any alignment.
 * @throws Fault corrupt-file
 */
export function readSafetensors(
  file: Uint8Array,
  where?: string,
): { tensors: NamedTensor[]; metadata: Record<string, string> } {
  const start = 8 + parseHeaderLength(file.subarray(0, 8), file.length, where)
  const header = parseSafetensorsHeader(file.subarray(8, start), file.length - start, where)
  const tensors = header.tensors.map(({ name, dtype, shape, begin, end }) => {
    return { name, dtype, shape, data: file.subarray(start + begin, start + end) }
  })
  return { tensors, metadata: header.metadata }
}

/**
 * The file as consecutive chunks: the header, then each tensor's own memory (no copy). Tensors are laid out by falling
 * element width, then by name, so that every tensor is aligned and equal contents give equal files.
 * @throws Bug when a tensor's bytes do not fit its shape, or a name repeats
 */
export function safetensorsChunks(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array[] {
  const width = (t: NamedTensor) => TENSOR_TYPE_BYTES[t.dtype]
  const ordered = [...tensors].sort((a, b) => width(b) - width(a) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const entries: string[] = []
  const keys = Object.keys(metadata).sort()
  if (keys.length > 0) {
    // Written piecewise: an object would move keys that look like integers to the front.
    const pairs = keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(metadata[key])}`)
    entries.push(`"__metadata__":{${pairs.join(',')}}`)
  }
  const names = new Set(['__metadata__'])
  let at = 0
  for (const { name, dtype, shape, data } of ordered) {
    assert(!names.has(name), `tensor name "${name}" is taken`)
    names.add(name)
    assert(shape.every(isCount) && shape.length <= MAX_RANK, `tensor "${name}" has shape [${shape.join(', ')}]`)
    assert(
      byteLength(dtype, shape) === data.length,
      `tensor "${name}": ${dtype} [${shape.join(', ')}] has ${data.length} bytes`,
    )
    const entry = { dtype, shape, data_offsets: [at, at + data.length] }
    entries.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`)
    at += data.length
  }
  const json = encodeUtf8(`{${entries.join(',')}}`)
  // Spaces up to a multiple of 8 align the data section.
  const padded = Math.ceil(json.length / 8) * 8
  assert(padded <= MAX_HEADER_BYTES, 'the safetensors header is too long')
  const head = new Uint8Array(8 + padded).fill(0x20)
  head.set(json, 8)
  for (let i = 0, rest = padded; i < 8; i++, rest = Math.floor(rest / 256)) head[i] = rest % 256
  return [head, ...ordered.map((t) => t.data)]
}

/** The file in one piece. For large models prefer {@link safetensorsChunks}, which copies nothing. */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const chunks = safetensorsChunks(tensors, metadata)
  const out = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    out.set(chunk, at)
    at += chunk.length
  }
  return out
}
