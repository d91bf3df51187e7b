/**
 * @file BM25 retrieval (Robertson & Zaragoza, 2009) over passages: works with nothing installed. The index is plain data
 * that survives JSON.
 */

import { searchTerms } from './search-terms.ts'

/** Term frequency saturation. */
const K1 = 1.2
/** How much long passages are discounted. */
const B = 0.75

export interface Bm25Index {
  /** Passage ids, by position. */
  ids: string[]
  /** Terms in each passage. */
  lengths: number[]
  /** Terms, by position of their postings. */
  terms: string[]
  /** For each term: passage position, count, passage position, count, … in ascending order of position. */
  postings: number[][]
}

export interface Hit {
  passageId: string
  /** Sum over query terms; larger is better, comparable within one query only. */
  score: number
}

/** Indexes passages. Deterministic: the same passages in the same order give the same index. */
export function buildBm25(passages: Iterable<{ id: string; text: string }>): Bm25Index {
  const index: Bm25Index = { ids: [], lengths: [], terms: [], postings: [] }
  const positions = new Map<string, number>()
  for (const { id, text } of passages) {
    const terms = searchTerms(text)
    const counts = new Map<string, number>()
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
    for (const [term, count] of counts) {
      const at = positions.get(term)
      if (at === undefined) {
        positions.set(term, index.terms.length)
        index.terms.push(term)
        index.postings.push([index.ids.length, count])
      } else index.postings[at]?.push(index.ids.length, count)
    }
    index.ids.push(id)
    index.lengths.push(terms.length)
  }
  lookups.set(index, { positions, meanLength: mean(index.lengths) })
  return index
}

/** The `k` best passages that share a term with the query, best first; ties in order of the index. */
export function searchBm25(index: Bm25Index, query: string, k: number): Hit[] {
  const { positions, meanLength } = lookupOf(index)
  const scores = new Float64Array(index.ids.length)
  const touched: number[] = []
  for (const term of new Set(searchTerms(query))) {
    const at = positions.get(term)
    const postings = at === undefined ? undefined : index.postings[at]
    if (!postings) continue
    const containing = postings.length / 2
    // The +1 inside keeps the weight of very common terms above zero.
    const weight = Math.log(1 + (index.ids.length - containing + 0.5) / (containing + 0.5))
    for (let p = 0; p < postings.length; p += 2) {
      const passage = postings[p] as number
      const count = postings[p + 1] as number
      const length = (index.lengths[passage] as number) / meanLength
      if (scores[passage] === 0) touched.push(passage)
      scores[passage]! += (weight * count * (K1 + 1)) / (count + K1 * (1 - B + B * length))
    }
  }
  touched.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
  return touched
    .slice(0, Math.max(0, k))
    .map((at) => ({ passageId: index.ids[at] as string, score: scores[at] as number }))
}

interface Lookup {
  positions: Map<string, number>
  meanLength: number
}

/** Derived from an index on first use, so that the index itself stays plain data. */
const lookups = new WeakMap<Bm25Index, Lookup>()

function lookupOf(index: Bm25Index): Lookup {
  let lookup = lookups.get(index)
  if (!lookup) {
    lookup = { positions: new Map(index.terms.map((term, at) => [term, at])), meanLength: mean(index.lengths) }
    lookups.set(index, lookup)
  }
  return lookup
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length) || 1
}
