/**
 * @file Byte-level BPE trainer (Sennrich et al. 2016; GPT-2's byte alphabet). Pre-tokens are counted once, then pair
 * counts are kept up to date merge by merge, so that a run over megabytes of text takes seconds.
 */

import { assert, must } from '../../base/errors.ts'

/**
 * Splits text into pre-tokens: contractions, words with their leading blank, single digits, punctuation, white space.
 * Written without inline flags, so that JavaScript, Rust and Oniguruma read it alike.
 */
export const SPLIT_PATTERN =
  "'(?:[sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"

/** GPT-2's printable stand-in for each of the 256 bytes. */
export const BYTE_ALPHABET: readonly string[] = makeByteAlphabet()

function makeByteAlphabet(): string[] {
  const printable = (b: number) => (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || (b >= 174 && b <= 255)
  let next = 256
  return Array.from({ length: 256 }, (_, b) => String.fromCharCode(printable(b) ? b : next++))
}

/** UTF-8 bytes of a text; a lone surrogate becomes U+FFFD, as TextEncoder does. */
export function utf8(text: string): number[] {
  const bytes: number[] = []
  for (const character of text) {
    let c = character.codePointAt(0) as number
    if (c >= 0xd800 && c <= 0xdfff) c = 0xfffd
    if (c < 0x80) bytes.push(c)
    else if (c < 0x800) bytes.push(0xc0 | (c >> 6), 0x80 | (c & 63))
    else if (c < 0x10000) bytes.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63))
    else bytes.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63))
  }
  return bytes
}

/** Adds the pre-tokens of `text` to `counts`, each `weight` times. */
export function countPretokens(counts: Map<string, number>, text: string, weight = 1): void {
  for (const match of text.matchAll(new RegExp(SPLIT_PATTERN, 'gu')))
    counts.set(match[0], (counts.get(match[0]) ?? 0) + weight)
}

export interface BpeModel {
  /** Token (in the byte alphabet) to id: the 256 bytes first, then one per merge, in order. */
  vocabulary: Map<string, number>
  merges: [string, string][]
}

/**
 * Learns merges until the vocabulary holds `size` tokens or no pair occurs twice.
 * The most frequent pair goes first; ties go to the pair with the smaller ids, so that training is deterministic.
 * @param counts pre-token to number of occurrences
 * @param size wanted number of tokens, at least 256
 */
export function trainBpe(counts: ReadonlyMap<string, number>, size: number): BpeModel {
  assert(size >= 256 && size < 65536, `vocabulary of ${size} tokens: must be in [256, 65535]`)
  const tokens = [...BYTE_ALPHABET]
  const vocabulary = new Map(tokens.map((token, id) => [token, id]))
  const merges: [string, string][] = []
  const words = [...counts].map(([text, count]) => ({ ids: utf8(text), count }))
  const pairCounts = new Map<number, number>()
  const pairWords = new Map<number, Set<number>>()

  const add = (a: number, b: number, word: number, count: number) => {
    const key = a * 65536 + b
    pairCounts.set(key, (pairCounts.get(key) ?? 0) + count)
    let at = pairWords.get(key)
    if (!at) pairWords.set(key, (at = new Set()))
    at.add(word)
  }
  words.forEach(({ ids, count }, w) => {
    for (let i = 0; i + 1 < ids.length; i++) add(ids[i] as number, ids[i + 1] as number, w, count)
  })

  while (tokens.length < size) {
    let best = -1
    let bestCount = 1
    for (const [key, count] of pairCounts)
      if (count > bestCount || (count === bestCount && best >= 0 && key < best)) {
        best = key
        bestCount = count
      }
    if (best < 0) break
    const a = Math.floor(best / 65536)
    const b = best % 65536
    const merged = must(tokens[a]) + must(tokens[b])
    // Two merge paths can spell one string; the second keeps the first one's id and costs no room.
    let id = vocabulary.get(merged)
    if (id === undefined) {
      id = tokens.length
      tokens.push(merged)
      vocabulary.set(merged, id)
    }
    merges.push([must(tokens[a]), must(tokens[b])])

    for (const w of must(pairWords.get(best))) {
      const word = must(words[w])
      const { ids, count } = word
      const next: number[] = []
      for (let i = 0; i + 1 < ids.length; i++) {
        const key = (ids[i] as number) * 65536 + (ids[i + 1] as number)
        const left = (pairCounts.get(key) ?? 0) - count
        if (left > 0) pairCounts.set(key, left)
        else pairCounts.delete(key)
      }
      for (let i = 0; i < ids.length; i++)
        if (ids[i] === a && ids[i + 1] === b) {
          next.push(id)
          i++
        } else next.push(ids[i] as number)
      word.ids = next
      for (let i = 0; i + 1 < next.length; i++) add(next[i] as number, next[i + 1] as number, w, count)
    }
    pairCounts.delete(best)
    pairWords.delete(best)
  }
  return { vocabulary, merges }
}
