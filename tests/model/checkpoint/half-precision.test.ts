/** @file Half-precision conversions against hand-computed bit patterns and exhaustive round trips. */

import { describe, expect, it } from 'vitest'
import { Random } from '../../../shared/base/random.ts'
import { fromBfloat16, fromFloat16, toBfloat16, toFloat16 } from '../../../shared/model/checkpoint/half-precision.ts'

const f16 = (value: number) => toFloat16(Float32Array.of(value))[0]
const bf16 = (value: number) => toBfloat16(Float32Array.of(value))[0]
const every = Uint16Array.from({ length: 65536 }, (_, i) => i)

describe('F16', () => {
  it.each([
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [1 / 3, 0x3555], // 1.0101010101|0101… × 2^-2: rounds down
    [65504, 0x7bff], // largest finite
    [65519.99, 0x7bff], // just under half a step (16) above it
    [65520, 0x7c00], // the tie goes to the even side, which is infinity
    [Infinity, 0x7c00],
    [-Infinity, 0xfc00],
    [2 ** -14, 0x0400], // smallest normal
    [2 ** -24, 0x0001], // smallest subnormal
    [2 ** -25, 0x0000], // tie between 0 and 1: even is 0
    [2 ** -25 * (1 + 2 ** -20), 0x0001],
    [3 * 2 ** -25, 0x0002], // tie between 1 and 2: even is 2
    [2 ** -14 - 2 ** -25, 0x0400], // rounds up out of the subnormals
    [1 + 2 ** -11, 0x3c00], // tie: even mantissa is 0
    [1 + 3 * 2 ** -11, 0x3c02], // tie between 1 and 2: even is 2
    [2 - 2 ** -12, 0x4000], // the carry rolls into the exponent
    [1e-40, 0x0000], // a float32 subnormal
  ])('writes %f as its pattern', (value, pattern) => {
    expect(f16(value)).toBe(pattern)
  })

  it('gives every pattern back, NaN as NaN', () => {
    const wide = fromFloat16(every)
    const back = toFloat16(wide)
    for (let i = 0; i < 65536; i++) {
      if (Number.isNaN(wide[i])) expect(back[i]! & 0x7c00 && back[i]! & 0x3ff).toBeTruthy()
      else if (back[i] !== i) throw new Error(`pattern ${i} became ${back[i]}`)
    }
  })

  it('picks the nearest neighbour for random numbers', () => {
    const random = new Random(4)
    for (let i = 0; i < 5000; i++) {
      const value = Math.fround((random.next() - 0.5) * 2 ** random.between(-26, 16))
      const got = f16(value) as number
      const near = [...fromFloat16(Uint16Array.of(got === 0 || got === 0x8000 ? got : got - 1, got, got + 1))] as [
        number,
        number,
        number,
      ]
      const error = Math.abs(near[1] - value)
      expect(error).toBeLessThanOrEqual(Math.abs(near[0] - value))
      expect(error).toBeLessThanOrEqual(Math.abs(near[2] - value))
    }
  })
})

describe('BF16', () => {
  it.each([
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3f80],
    [-2, 0xc000],
    [1 + 2 ** -8, 0x3f80], // tie: even mantissa is 0
    [1 + 3 * 2 ** -8, 0x3f82], // tie between 1 and 2: even is 2
    [1 + 2 ** -8 + 2 ** -20, 0x3f81],
    [3.4028234663852886e38, 0x7f80], // float32's largest rounds to infinity
    [Infinity, 0x7f80],
    [2 ** -133, 0x0001], // smallest subnormal
    [2 ** -134, 0x0000], // tie: even is 0
  ])('writes %f as its pattern', (value, pattern) => {
    expect(bf16(value)).toBe(pattern)
  })

  it('gives every pattern back, NaN as NaN', () => {
    const wide = fromBfloat16(every)
    const back = toBfloat16(wide)
    for (let i = 0; i < 65536; i++) {
      if (Number.isNaN(wide[i])) expect(Number.isNaN(fromBfloat16(Uint16Array.of(back[i]!))[0])).toBe(true)
      else if (back[i] !== i) throw new Error(`pattern ${i} became ${back[i]}`)
    }
  })

  it('keeps a NaN whose payload lies in the dropped half', () => {
    const nan = new Float32Array(Uint32Array.of(0x7f800001).buffer)
    expect(Number.isNaN(fromBfloat16(toBfloat16(nan))[0])).toBe(true)
    expect(Number.isNaN(fromFloat16(toFloat16(nan))[0])).toBe(true)
  })
})
