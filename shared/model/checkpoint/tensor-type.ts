/** @file The element types of a safetensors file: their widths, and reading them as float32. Little-endian throughout. */

import { Fault } from '../../base/errors.ts'
import { fromBfloat16, fromFloat16 } from './half-precision.ts'

/** Bytes per element. Sub-byte types of newer writers (F4, F6) are not read. */
export const TENSOR_TYPE_BYTES = {
  F64: 8,
  I64: 8,
  U64: 8,
  F32: 4,
  I32: 4,
  U32: 4,
  F16: 2,
  BF16: 2,
  I16: 2,
  U16: 2,
  F8_E4M3: 1,
  F8_E5M2: 1,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const

export type TensorType = keyof typeof TENSOR_TYPE_BYTES

export function isTensorType(text: string): text is TensorType {
  return Object.hasOwn(TENSOR_TYPE_BYTES, text)
}

/** A tensor in memory. `data` is row-major and little-endian: product(shape) elements of `dtype`. */
export interface NamedTensor {
  name: string
  dtype: TensorType
  shape: readonly number[]
  data: Uint8Array
}

/** A float32 tensor over the memory of `values` (no copy). */
export function floatTensor(name: string, shape: readonly number[], values: Float32Array): NamedTensor {
  return { name, dtype: 'F32', shape, data: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) }
}

/**
 * The values of a floating-point tensor, widened (F16, BF16) or rounded (F64) to float32. Always a copy, so `data` may
 * lie at any alignment.
 * @throws Fault unsupported-file for integer and 8-bit types
 */
export function toFloat32(tensor: { name: string; dtype: TensorType; data: Uint8Array }): Float32Array {
  const { dtype } = tensor
  // Not data.slice(): a Node Buffer's slice shares its memory.
  const own = new Uint8Array(tensor.data).buffer
  if (dtype === 'F32') return new Float32Array(own)
  if (dtype === 'F16') return fromFloat16(new Uint16Array(own))
  if (dtype === 'BF16') return fromBfloat16(new Uint16Array(own))
  if (dtype === 'F64') return Float32Array.from(new Float64Array(own))
  throw new Fault(
    'unsupported-file',
    `Tensor "${tensor.name}" holds ${dtype} numbers where floating-point weights (F32, F16, BF16 or F64) were wanted.`,
    'Use a version of the model that is not quantized.',
    tensor.name,
  )
}
