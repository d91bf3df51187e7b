/**
 * @file IEEE 754 binary16 (F16) and bfloat16 (BF16) to and from binary32. Narrowing rounds to nearest, ties to even;
 * NaN stays NaN (made quiet), overflow becomes infinity, subnormals and the sign of zero are kept.
 */

/** Bits of one float32 as F16. `bits` is the float32's bit pattern. */
function narrowToF16(bits: number): number {
  const sign = (bits >>> 16) & 0x8000
  const exponent = (bits >>> 23) & 0xff
  const mantissa = bits & 0x7fffff
  if (exponent === 0xff) return sign | 0x7c00 | (mantissa ? 0x200 | (mantissa >> 13) : 0)
  const shifted = exponent - 127 + 15
  if (shifted >= 31) return sign | 0x7c00
  if (shifted > 0) {
    // A carry out of the mantissa rolls into the exponent, up to infinity, which is what rounding wants.
    return sign | roundShift((shifted << 23) | mantissa, 13)
  }
  // Below half of the smallest subnormal (2^-25) everything rounds to zero.
  if (shifted < -10) return sign
  return sign | roundShift(mantissa | 0x800000, 14 - shifted)
}

/** `value / 2^shift`, to nearest, ties to even. `value` is non-negative. */
function roundShift(value: number, shift: number): number {
  const kept = value >>> shift
  const rest = value & ((1 << shift) - 1)
  const half = 1 << (shift - 1)
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept
}

function widenF16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >>> 10) & 0x1f
  const mantissa = half & 0x3ff
  if (exponent === 31) return mantissa ? NaN : sign * Infinity
  if (exponent === 0) return sign * mantissa * 2 ** -24
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15)
}

/** Every F16 pattern widened once: 65,536 floats make widening a look-up. */
let widened: Float32Array | undefined

/** Float32 values to F16 bit patterns, one each. */
export function toFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const out = new Uint16Array(values.length)
  for (let i = 0; i < out.length; i++) out[i] = narrowToF16(bits[i] as number)
  return out
}

/** F16 bit patterns to the float32 values they stand for, exactly. */
export function fromFloat16(halves: Uint16Array): Float32Array {
  widened ??= Float32Array.from({ length: 65536 }, (_, half) => widenF16(half))
  const out = new Float32Array(halves.length)
  for (let i = 0; i < out.length; i++) out[i] = widened[halves[i] as number] as number
  return out
}

/** Float32 values to BF16 bit patterns, one each. */
export function toBfloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const out = new Uint16Array(values.length)
  for (let i = 0; i < out.length; i++) {
    const b = bits[i] as number
    const isNaN = (b & 0x7fffffff) > 0x7f800000
    // Adding just under a half (exactly a half when the kept part is odd) rounds ties to even.
    out[i] = isNaN ? (b >>> 16) | 0x40 : (b + 0x7fff + ((b >>> 16) & 1)) >>> 16
  }
  return out
}

/** BF16 bit patterns to the float32 values they stand for, exactly. */
export function fromBfloat16(halves: Uint16Array): Float32Array {
  const out = new Uint32Array(halves.length)
  for (let i = 0; i < out.length; i++) out[i] = (halves[i] as number) << 16
  return new Float32Array(out.buffer)
}
