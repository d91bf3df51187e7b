/** @file Weights as safetensors files of bounded size, one tensor in memory at a time. */

import { assert, Fault } from '../../base/errors.ts'
import { toBfloat16, toFloat16 } from '../../model/checkpoint/half-precision.ts'
import { TENSOR_TYPE_BYTES } from '../../model/checkpoint/tensor-type.ts'
import { encodeUtf8 } from '../../model/checkpoint/utf8.ts'
import type { WeightShape } from '../../model/config.ts'

export type ExportType = 'F32' | 'F16' | 'BF16'

export interface Shard {
  /** `model.safetensors`, or `model-00001-of-00003.safetensors`. */
  file: string
  weights: WeightShape[]
  /** Of the whole file, header included. */
  bytes: number
  header: Uint8Array
}

const elements = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1)

/** Fills shards in order; a weight larger than `maxBytes` gets one of its own. */
export function planShards(weights: readonly WeightShape[], dtype: ExportType, maxBytes: number): Shard[] {
  const groups: WeightShape[][] = []
  let room = 0
  for (const weight of weights) {
    const bytes = elements(weight.shape) * TENSOR_TYPE_BYTES[dtype]
    const last = groups.at(-1)
    if (!last || bytes > room) {
      groups.push([weight])
      room = maxBytes - bytes
    } else {
      last.push(weight)
      room -= bytes
    }
  }
  const number = (n: number) => String(n).padStart(5, '0')
  return groups.map((group, i) => {
    const file = groups.length === 1 ? 'model' : `model-${number(i + 1)}-of-${number(groups.length)}`
    const { header, dataBytes } = shardHeader(group, dtype)
    return { file: `${file}.safetensors`, weights: group, bytes: header.length + dataBytes, header }
  })
}

/** Length, JSON, and spaces up to a multiple of 8. `format: pt` is what transformers asks for. */
function shardHeader(weights: readonly WeightShape[], dtype: ExportType): { header: Uint8Array; dataBytes: number } {
  let at = 0
  const entries = weights.map(({ name, shape }) => {
    const begin = at
    at += elements(shape) * TENSOR_TYPE_BYTES[dtype]
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [begin, at] })}`
  })
  const json = encodeUtf8(`{${['"__metadata__":{"format":"pt"}', ...entries].join(',')}}`)
  const length = Math.ceil(json.length / 8) * 8
  const header = new Uint8Array(8 + length).fill(0x20)
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true)
  header.set(json, 8)
  return { header, dataBytes: at }
}

/**
 * The bytes of a shard: its header, then each weight in turn.
 * @param read a weight as float32, row-major
 * @throws Fault('diverged') when a weight holds NaN or an infinity, or overflows `dtype`
 */
export async function* shardChunks(
  shard: Shard,
  dtype: ExportType,
  read: (name: string) => Float32Array | Promise<Float32Array>,
): AsyncGenerator<Uint8Array> {
  yield shard.header
  for (const { name, shape } of shard.weights) {
    const values = await read(name)
    assert(values.length === elements(shape), `weight ${name} has ${values.length} numbers for [${shape.join(', ')}]`)
    checkRange(name, values, dtype)
    const bits = dtype === 'F32' ? values : dtype === 'F16' ? toFloat16(values) : toBfloat16(values)
    yield new Uint8Array(bits.buffer, bits.byteOffset, bits.byteLength)
  }
}

/** Largest magnitude that does not round to infinity. */
const LARGEST: Record<ExportType, number> = { F32: 3.4028234663852886e38, F16: 65519.99, BF16: 3.3961775e38 }

function checkRange(name: string, values: Float32Array, dtype: ExportType): void {
  const largest = LARGEST[dtype]
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (value >= -largest && value <= largest) continue
    const finite = Number.isFinite(value)
    throw new Fault(
      'diverged',
      `Weight ${name} holds ${finite ? `${value}, too large for ${dtype}` : `${value} instead of a number`}.`,
      finite
        ? 'Export as F32 or BF16.'
        : 'Export an earlier checkpoint; this one was damaged by a diverged training run.',
      name,
    )
  }
}
