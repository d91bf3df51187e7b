/** @file The UTF-8 codec agrees with the platform's on every kind of text and refuses what it refuses. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeUtf8, encodeUtf8 } from '../../../shared/model/checkpoint/utf8.ts'

describe('UTF-8', () => {
  it('encodes as TextEncoder does, lone surrogates included', () => {
    const anyUnits = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units))
    fc.assert(
      fc.property(fc.oneof(anyUnits, fc.string({ unit: 'binary' })), (text) => {
        expect(encodeUtf8(text)).toEqual(new Uint8Array(new TextEncoder().encode(text)))
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('decodes as a fatal TextDecoder does', () => {
    const strict = (bytes: Uint8Array) => {
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
      } catch {
        return undefined
      }
    }
    const tricky = fc.array(
      fc.constantFrom(0x41, 0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xf5),
    )
    fc.assert(
      fc.property(fc.oneof(tricky, fc.array(fc.nat(255))), (list) => {
        const bytes = Uint8Array.from(list)
        expect(decodeUtf8(bytes)).toBe(strict(bytes))
      }),
      { seed: 6, numRuns: 3000 },
    )
  })

  it('decodes long texts', () => {
    const text = 'nacre – 珍珠母 🐚 '.repeat(5000)
    expect(decodeUtf8(encodeUtf8(text))).toBe(text)
  })
})
