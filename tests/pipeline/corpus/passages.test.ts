/** @file Passages: whole sentences, a bound on tokens, overlap, pages, and nothing lost. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Document } from '../../../shared/pipeline/artifacts.ts'
import { makePassages } from '../../../shared/pipeline/corpus/passages.ts'

const words = (text: string) => text.split(/\s+/).filter((word) => word !== '').length
const document = (...pages: string[]): Document => ({
  id: 'd',
  path: 'd.txt',
  title: 'D',
  format: 'txt',
  sha256: 'd',
  pages: pages.map((text, at) => ({ number: at + 1, text })),
})

describe('passages', () => {
  it('hold whole sentences up to the limit, and repeat whole sentences as overlap', () => {
    const text = 'One two three. Four five six. Seven eight. Nine ten eleven.'
    const passages = makePassages(document(text), { countTokens: words, maxTokens: 8, overlapTokens: 2 })
    // 3 + 3 + 2 = 8 words fit; "Seven eight." (2 words) is carried over; 2 + 3 = 5.
    expect(passages).toEqual([
      { id: 'd:0', documentId: 'd', index: 0, page: 1, text: 'One two three. Four five six. Seven eight.', tokens: 8 },
      { id: 'd:1', documentId: 'd', index: 1, page: 1, text: 'Seven eight. Nine ten eleven.', tokens: 5 },
    ])
  })

  it('keep the page of their first sentence and put paragraphs on lines of their own', () => {
    const passages = makePassages(document('Heading\n\nA b c.', 'D e f. G h i.'), {
      countTokens: words,
      maxTokens: 7,
      overlapTokens: 0,
    })
    expect(passages.map(({ page, text }) => [page, text])).toEqual([
      [1, 'Heading\nA b c.\nD e f.'],
      [2, 'G h i.'],
    ])
  })

  it('cut a sentence that is too long at a clause, then at words, then at characters', () => {
    const cut = (text: string, maxTokens: number, countTokens: (text: string) => number) =>
      makePassages(document(text), { countTokens, maxTokens, overlapTokens: 0 }).map((passage) => passage.text)
    expect(cut('a b c d, e f g h', 4, words)).toEqual(['a b c d,', 'e f g h'])
    expect(cut('a b c d e f g h', 4, words)).toEqual(['a b c d', 'e f g h'])
    expect(cut('abcdefgh', 4, (text) => text.length)).toEqual(['abcd', 'efgh'])
  })

  it('count a passage as a whole where joined sentences cost more than their sum', () => {
    // Every space costs a token more here, as a stubborn tokenizer might have it.
    const count = (text: string) => words(text) + (text.match(/\. /g)?.length ?? 0) * 3
    const passages = makePassages(document('A b. C d. E f. G h.'), {
      countTokens: count,
      maxTokens: 8,
      overlapTokens: 0,
    })
    for (const { text, tokens } of passages) {
      expect(tokens).toBe(count(text))
      expect(tokens).toBeLessThanOrEqual(8)
    }
    expect(passages.map(({ text }) => text)).toEqual(['A b. C d.', 'E f. G h.'])
  })

  it('of an empty document are none', () => {
    expect(makePassages(document(''), { countTokens: words })).toEqual([])
  })

  it('lose no word, keep the order, and respect the limit, for any text', () => {
    const text = fc.array(fc.constantFrom('alpha', 'beta,', 'gamma.', 'Delta', 'epsilon;', '\n\n', 'Zeta.'), {
      maxLength: 80,
    })
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 6 }),
        (list, maxTokens, overlapTokens) => {
          const source = list.join(' ')
          const passages = makePassages(document(source), { countTokens: words, maxTokens, overlapTokens })
          const rebuilt: string[] = []
          for (const { text: passage, tokens } of passages) {
            expect(tokens).toBeLessThanOrEqual(maxTokens)
            const next = passage.split(/\s+/)
            // The overlap is the longest prefix that the words so far end with.
            let shared = Math.min(overlapTokens, next.length - 1, rebuilt.length)
            while (shared > 0 && rebuilt.slice(-shared).join(' ') !== next.slice(0, shared).join(' ')) shared--
            rebuilt.push(...next.slice(shared))
          }
          const wanted = source.split(/\s+/).filter((word) => word !== '')
          // A repeated word may be taken for overlap, so the rebuilt list may only be shorter by such repeats.
          expect(new Set(rebuilt)).toEqual(new Set(wanted))
          if (overlapTokens === 0) expect(rebuilt).toEqual(wanted)
        },
      ),
      { seed: 7, numRuns: 200 },
    )
  })
})
