/** @file BM25: scores by hand, word forms, and speed at ten thousand passages. */

import { describe, expect, it } from 'vitest'
import { Random } from '../../../shared/base/random.ts'
import { buildBm25, searchBm25, type Bm25Index } from '../../../shared/pipeline/corpus/bm25.ts'
import { searchTerms } from '../../../shared/pipeline/corpus/search-terms.ts'

const PASSAGES = [
  { id: 'a', text: 'nacre tablets nacre' },
  { id: 'b', text: 'bone collagen' },
  { id: 'c', text: 'silk collagen protein spider' },
]

describe('BM25', () => {
  it('scores as the formula says', () => {
    // Lengths 3, 2, 4; mean 3. "nacre" is in 1 of 3: idf = ln(1 + 2.5/1.5) = 0.980829.
    // a: tf 2, length 3: 0.980829 · 2 · 2.2 / (2 + 1.2 · (0.25 + 0.75 · 1)) = 4.315649 / 3.2 = 1.348640
    const [hit, ...rest] = searchBm25(buildBm25(PASSAGES), 'nacre', 5)
    expect(hit?.passageId).toBe('a')
    expect(hit?.score).toBeCloseTo(1.34864, 5)
    expect(rest).toEqual([])
  })

  it('prefers the shorter of two passages, and sums over query terms', () => {
    const index = buildBm25(PASSAGES)
    // idf = ln(1 + 1.5/2.5) = 0.470004; b: ·2.2/(1 + 1.2·(0.25 + 0.5)) = 0.544215; c: ·2.2/(1 + 1.2·1.25) = 0.413603
    const hits = searchBm25(index, 'the collagen', 5)
    expect(hits.map(({ passageId }) => passageId)).toEqual(['b', 'c'])
    expect(hits[0]?.score).toBeCloseTo(0.544215, 5)
    expect(hits[1]?.score).toBeCloseTo(0.413603, 5)
    expect(searchBm25(index, 'collagen spider', 1)[0]?.passageId).toBe('c')
  })

  it('finds other forms of a word, in any case and with any accent', () => {
    const index = buildBm25([{ id: 'x', text: 'Fibres bridged the cracks; studies by Néel; TiO₂ at 2.7 GPa' }])
    for (const query of ['fibre', 'CRACK', 'bridging', 'study', 'neel', 'TiO2', '2.7']) {
      expect(searchBm25(index, query, 1), query).toHaveLength(1)
    }
    for (const query of ['the of at', '', 'steel', '27']) expect(searchBm25(index, query, 1), query).toEqual([])
  })

  it('survives JSON, and words that are names of object members', () => {
    const index = buildBm25([
      { id: '1', text: 'constructor __proto__ toString' },
      { id: '2', text: 'plain' },
    ])
    const copy = JSON.parse(JSON.stringify(index)) as Bm25Index
    for (const query of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(searchBm25(copy, query, 3)).toEqual(searchBm25(index, query, 3))
    }
    expect(searchBm25(copy, 'toString', 3)[0]?.passageId).toBe('1')
  })

  it('gives ties in the order of the passages, and nothing from an empty index', () => {
    const same = Array.from({ length: 4 }, (_, i) => ({ id: `${i}`, text: 'equal words' }))
    expect(searchBm25(buildBm25(same), 'equal', 3).map(({ passageId }) => passageId)).toEqual(['0', '1', '2'])
    expect(searchBm25(buildBm25([]), 'equal', 3)).toEqual([])
  })

  it('indexes and searches ten thousand passages quickly', () => {
    const random = new Random(8)
    const vocabulary = Array.from({ length: 5000 }, (_, i) => `word${'abcdefghij'[i % 10]}${i}`)
    const passages = Array.from({ length: 10_000 }, (_, i) => {
      const text = Array.from({ length: 80 }, () => vocabulary[Math.floor(5000 * random.next() ** 2)]).join(' ')
      return { id: `${i}`, text }
    })
    const started = performance.now()
    const index = buildBm25(passages)
    const built = performance.now()
    for (let i = 0; i < 100; i++) searchBm25(index, passages[i * 100]!.text.slice(0, 80), 3)
    const perQuery = (performance.now() - built) / 100
    expect(built - started).toBeLessThan(8000)
    expect(perQuery).toBeLessThan(50)
    // A passage is the best answer to its own first words.
    expect(searchBm25(index, passages[77]!.text, 1)[0]?.passageId).toBe('77')
  })
})

describe('search terms', () => {
  it('stems lightly and leaves short words and formulas alone', () => {
    expect(searchTerms('The properties of glasses, stresses and alloys; Ti-6Al-4V was stretched')).toEqual(
      searchTerms('property glass stress alloy ti 6al 4v stretching'),
    )
    expect(searchTerms('gas bus this analysis')).toEqual(['gas', 'bus', 'analysis'])
  })
})
