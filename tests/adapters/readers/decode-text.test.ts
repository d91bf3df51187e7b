/** @file Encodings: marks, UTF-16, legacy code pages, and bytes that are no text. */

import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decodeText } from '../../../electron/adapters/readers/decode-text.ts'
import { bytesOf } from './build-files.ts'

const encode = (text: string, encoding: string, addBOM = false) =>
  new Uint8Array(iconv.encode(text, encoding, { addBOM }))
const SIGNS = 'Kept at 37 °C with 5 µm pores and ±2 % error, after Néel. '.repeat(4)

describe('decoding', () => {
  it.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])('follows the mark of %s', (encoding) => {
    expect(decodeText(encode(SIGNS, encoding, true), 'a.txt')).toBe(SIGNS)
  })

  it.each(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])('finds %s without a mark', (encoding) => {
    expect(decodeText(encode(SIGNS, encoding), 'a.txt')).toBe(SIGNS)
  })

  it('finds Cyrillic and Japanese code pages', () => {
    const russian = 'Перламутр состоит из пластинок арагонита и органической матрицы. Он очень прочен. '.repeat(3)
    expect(decodeText(encode(russian, 'windows-1251'), 'a.txt')).toBe(russian)
    const japanese = '真珠層はアラゴナイトの板と有機物の薄い層からできています。とても強い材料です。'.repeat(3)
    expect(decodeText(encode(japanese, 'shift_jis'), 'a.txt')).toBe(japanese)
  })

  it('keeps UTF-8 that was cut within a character', () => {
    const whole = bytesOf(`${SIGNS}at 25 °`)
    expect(decodeText(whole.slice(0, -1), 'a.txt')).toBe(`${SIGNS}at 25 `)
  })

  it('refuses bytes that are no text', () => {
    const junk = Uint8Array.from({ length: 5000 }, (_, i) => (Math.imul(i, 2654435761) >>> 13) & 255)
    expect(() => decodeText(junk, 'a.txt')).toThrow('binary')
  })
})
