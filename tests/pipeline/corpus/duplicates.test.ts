/** @file Repeats: found when a document says almost nothing new, and not when it merely shares words. */

import { describe, expect, it } from 'vitest'
import { Random } from '../../../shared/base/random.ts'
import { duplicateFinder } from '../../../shared/pipeline/corpus/duplicates.ts'

const doc = (id: string, text: string) => ({ id, path: `${id}.txt`, pages: [{ number: 1, text }] })

function story(words: number, seed: number): string[] {
  const random = new Random(seed)
  return Array.from({ length: words }, () => `w${random.below(3000)}`)
}

describe('finding repeats', () => {
  it('ignores case, punctuation and page breaks', () => {
    const finder = duplicateFinder()
    const text = story(100, 1)
    finder.remember(doc('a', text.join(' ')))
    const other = {
      pages: [
        { number: 1, text: text.slice(0, 50).join(', ').toUpperCase() },
        { number: 2, text: text.slice(50).join('; ') },
      ],
    }
    expect(finder.find(other)).toEqual({ id: 'a', path: 'a.txt', share: 1 })
  })

  it('measures the share of runs of eight words: nine tenths is the limit', () => {
    const finder = duplicateFinder()
    const text = story(1007, 2) // 1,000 runs
    finder.remember(doc('a', text.join(' ')))
    // Each changed word spoils 8 runs: 12 of them leave 904 of 1,000, 13 leave 896.
    const changed = (count: number) => text.map((word, at) => (at % 20 === 10 && at < count * 20 ? `x${at}` : word))
    expect(finder.find(doc('b', changed(12).join(' ')))?.share).toBeCloseTo(0.904, 3)
    expect(finder.find(doc('c', changed(13).join(' ')))).toBeUndefined()
  })

  it('lets a longer document pass that contains an earlier one, but not the reverse', () => {
    const text = story(600, 3)
    const [part, whole] = [text.slice(0, 200).join(' '), text.join(' ')]
    const forwards = duplicateFinder()
    forwards.remember(doc('part', part))
    expect(forwards.find(doc('whole', whole))).toBeUndefined()
    const backwards = duplicateFinder()
    backwards.remember(doc('whole', whole))
    expect(backwards.find(doc('part', part))?.id).toBe('whole')
  })

  it('works on long documents, and between a long and a short one', () => {
    const text = story(9000, 4)
    const finder = duplicateFinder()
    finder.remember(doc('long', text.join(' ')))
    expect(finder.find(doc('copy', [...text, 'and', 'more'].join(' ')))?.id).toBe('long')
    expect(finder.find(doc('chapter', text.slice(1000, 2500).join(' ')))?.id).toBe('long')
    expect(finder.find(doc('other', story(9000, 5).join(' ')))).toBeUndefined()
  })

  it('compares texts of fewer than eight words whole', () => {
    const finder = duplicateFinder()
    finder.remember(doc('a', 'Nacre is tough.'))
    expect(finder.find(doc('b', 'nacre is tough'))?.id).toBe('a')
    expect(finder.find(doc('c', 'Nacre is stiff.'))).toBeUndefined()
    expect(finder.find(doc('d', ''))).toBeUndefined()
  })
})
