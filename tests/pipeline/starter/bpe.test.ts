/** @file The BPE trainer on counts small enough to merge by hand. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BYTE_ALPHABET, countPretokens, trainBpe, utf8 } from '../../../shared/pipeline/starter/bpe.ts'

describe('byte-level BPE', () => {
  it('merges the most frequent pair first and keeps counts up to date', () => {
    // "ab" 10 + 4 = 14 times, "bc" 4, "bd" 6: ab; then in "abd" ab+d 6 times, in "abc" ab+c 4 times.
    const { merges, vocabulary } = trainBpe(
      new Map([
        ['abd', 6],
        ['abc', 4],
        ['ab', 4],
      ]),
      259,
    )
    expect(merges).toEqual([
      ['a', 'b'],
      ['ab', 'd'],
      ['ab', 'c'],
    ])
    expect(vocabulary.get('abd')).toBe(257)
  })

  it('merges overlapping repeats from the left: aaaa is two pairs, aaa one and a half', () => {
    const { merges } = trainBpe(new Map([['aaaa', 5]]), 258)
    expect(merges).toEqual([
      ['a', 'a'],
      ['aa', 'aa'],
    ])
  })

  it('stops when no pair occurs twice', () => {
    expect(trainBpe(new Map([['xyz', 1]]), 300).merges).toEqual([])
  })

  it('breaks ties by id, so that the order of the counts does not matter', () => {
    const words: [string, number][] = [
      ['qr', 3],
      ['mn', 3],
      ['bc', 3],
    ]
    expect(trainBpe(new Map(words), 259)).toEqual(trainBpe(new Map([...words].reverse()), 259))
  })

  it('has one printable character for each byte', () => {
    expect(new Set(BYTE_ALPHABET).size).toBe(256)
    expect(BYTE_ALPHABET[32]).toBe('Ġ')
    expect(BYTE_ALPHABET.every((c) => !/\s/.test(c))).toBe(true)
  })

  it('encodes UTF-8 as TextEncoder does, lone surrogates included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        expect(utf8(text).join()).toBe(new TextEncoder().encode(text).join())
      }),
    )
    expect(utf8('\ud800')).toEqual([0xef, 0xbf, 0xbd])
  })

  it('keeps digits apart, blanks with the word after them, and loses nothing', () => {
    const counts = new Map<string, number>()
    countPretokens(counts, "It's 42 µm, not 3.5!")
    expect([...counts.keys()]).toEqual(['It', "'s", ' ', '4', '2', ' µm', ',', ' not', '3', '.', '5', '!'])
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const seen = new Map<string, number>()
        countPretokens(seen, text)
        expect([...seen].reduce((sum, [part, n]) => sum + part.length * n, 0)).toBe(text.length)
      }),
    )
  })
})
