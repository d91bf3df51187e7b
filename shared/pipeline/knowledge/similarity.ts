/** @file When two differently spelled names are one concept: a port, and an implementation by character trigrams. */

/** Finds the known concept nearest to a name. Embeddings can implement it too. */
export interface ConceptSimilarity {
  /** Makes a name of a concept known. */
  add(conceptId: string, form: string): void
  /** The nearest known concept with its score in [0, 1], or undefined when none comes near. */
  nearest(form: string): { conceptId: string; score: number } | undefined
}

/** From this score on two names are merged, numbers permitting. */
export const MERGE_FROM = 0.9

/**
 * Cosine of character-trigram counts, over an inverted index. Names are only offered when {@link mayBeOneName} holds,
 * since trigrams cannot see what a letter means.
 */
export function trigramSimilarity(): ConceptSimilarity {
  const names: { conceptId: string; form: string; norm: number }[] = []
  const index = new Map<string, [name: number, count: number][]>()
  return {
    add(conceptId, form) {
      const counts = trigrams(form)
      const name = names.length
      names.push({ conceptId, form, norm: norm(counts) })
      for (const [gram, count] of counts) {
        const postings = index.get(gram)
        if (postings) postings.push([name, count])
        else index.set(gram, [[name, count]])
      }
    },
    nearest(form) {
      const counts = trigrams(form)
      const dots = new Map<number, number>()
      for (const [gram, count] of counts) {
        for (const [name, other] of index.get(gram) ?? []) dots.set(name, (dots.get(name) ?? 0) + count * other)
      }
      const own = norm(counts)
      let best: { conceptId: string; score: number } | undefined
      for (const [at, dot] of dots) {
        const name = names[at]
        if (!name) continue
        const score = dot / (own * name.norm)
        if (score > (best?.score ?? 0) && score >= MERGE_FROM && mayBeOneName(form, name.form))
          best = { conceptId: name.conceptId, score }
      }
      return best
    },
  }
}

/** Cosine of the trigram counts of two names, in [0, 1]. */
export function trigramCosine(a: string, b: string): number {
  const left = trigrams(a)
  const right = trigrams(b)
  let dot = 0
  for (const [gram, count] of left) dot += count * (right.get(gram) ?? 0)
  return dot === 0 ? 0 : dot / (norm(left) * norm(right))
}

function trigrams(form: string): Map<string, number> {
  const counts = new Map<string, number>()
  const padded = `  ${form} `
  for (let i = 0; i + 3 <= padded.length; i++) {
    const gram = padded.slice(i, i + 3)
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

function norm(counts: Map<string, number>): number {
  let sum = 0
  for (const count of counts.values()) sum += count * count
  return Math.sqrt(sum)
}

/** Endings that tell one substance or state from another: sulfate and sulfite, ethane and ethene. */
const TELLING_ENDING = /(?:ate|ite|ide|ane|ene|yne|ol|al|one|ine|ic|ous|ium|yl|oid|tropic|phobic|philic)$/

/** Same numbers in the same order: a difference in a number is always a difference. */
export function sameNumbers(a: string, b: string): boolean {
  const numbers = (text: string) => (text.match(/-?\d+(?:\.\d+)?/g) ?? []).join(' ')
  return numbers(a) === numbers(b)
}

/**
 * Whether two similar normal forms may be one name: same number of words, and words that differ are long (5 letters), free
 * of digits, begin with the same three letters, are at most two edits apart, and do not differ in a telling ending.
 */
export function mayBeOneName(a: string, b: string): boolean {
  const left = a.split(' ')
  const right = b.split(' ')
  if (left.length !== right.length) return false
  return left.every((word, i) => {
    const other = right[i] ?? ''
    if (word === other) return true
    if (Math.min(word.length, other.length) < 5 || /\d/.test(word + other)) return false
    if (word.slice(0, 3) !== other.slice(0, 3)) return false
    const ending = TELLING_ENDING.exec(word)?.[0]
    const otherEnding = TELLING_ENDING.exec(other)?.[0]
    if ((ending || otherEnding) && ending !== otherEnding) return false
    return edits(word, other) <= 2
  })
}

/** Levenshtein distance. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
