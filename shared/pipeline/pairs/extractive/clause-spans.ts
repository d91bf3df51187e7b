/** @file Clauses and adjuncts as data, and where phrases, lists and clauses end in a row of chunks. */

import type { Chunk, NounPhrase, VerbGroup } from './chunk.ts'
import { textOf } from './tokens.ts'
import type { Tagged } from './tagger.ts'

export interface Adjunct {
  /** The preposition or subordinator; "to" for an infinitive of purpose; "" for an adverb or bare time. */
  word: string
  /** What follows it. */
  text: string
  tokens: Tagged[]
  kind: 'phrase' | 'clause' | 'infinitive' | 'gerund' | 'bare'
  /** Stood before the subject. */
  front: boolean
}

export interface Clause {
  kind: 'main' | 'subordinate' | 'relative' | 'reduced' | 'apposition'
  subject: Tagged[]
  /** Head word of the subject. */
  head: Tagged
  plural: boolean
  verb: VerbGroup
  /** Noun phrase, adjective or clause that completes the verb. */
  complement?: { kind: 'NP' | 'ADJ' | 'CLAUSE'; tokens: Tagged[]; head?: Tagged }
  /** What follows the complement and belongs to it: "makes it *p-type*". */
  second?: Tagged[]
  adjuncts: Adjunct[]
}

/** Where parsing stands, and the rules that call one another across files. */
export interface Cursor {
  chunks: readonly Chunk[]
  clauses: Clause[]
  /** The last noun phrase seen, for "whose". */
  noun?: NounPhrase
  rules: Rules
}

/** The mutually recursive rules: handed down so that their files need not import one another. */
export interface Rules {
  /** A run of chunks without semicolons to clauses. */
  segment(cursor: Cursor): void
  /** A clause introduced by a subordinator at `at`; returns where it ends. */
  subordinate(cursor: Cursor, at: number, into: Adjunct[], front: boolean): number
  /** Complement and adjuncts from `from` on; returns where the clause ends. */
  predicate(cursor: Cursor, clause: Clause, from: number): number
}

export const is = (c: Chunk | undefined, kind: Chunk['kind'], word?: RegExp): boolean =>
  c?.kind === kind && (!word || word.test(c.tokens[0]?.lower ?? ''))

export const flat = (chunks: readonly Chunk[]): Tagged[] => chunks.flatMap((c) => c.tokens)

/** Index of the verb group of the clause whose subject begins at `from`, or -1. Verbs of relative clauses are passed over. */
export function ownVerb(chunks: readonly Chunk[], from: number): number {
  let skip = 0
  for (let i = from; i < chunks.length; i++) {
    const c = chunks[i] as Chunk
    if (c.kind === 'REL') skip++
    else if (c.kind === 'SUB') {
      if (
        /^(?:that|how|why|whether|if|because|while|when|as|since|although|though|where|until|before|after|once|so that)$/.test(
          c.tokens[0]?.lower ?? '',
        )
      )
        return -1
    } else if (c.kind === 'VG') {
      if (skip > 0) skip--
      else return i
    }
  }
  return -1
}

/** Whether no verb claims the noun phrase that ends before `from` as its subject. */
export function ownVerbBefore(chunks: readonly Chunk[], from: number, limit: number): boolean {
  let i = from
  while (i < limit && is(chunks[i], 'P')) i = phraseEnd(chunks, i, limit)
  return i >= limit || chunks[i]?.kind !== 'VG'
}

export function listAhead(chunks: readonly Chunk[], from: number, limit: number): boolean {
  // ", NP (, NP)* (,)? and NP" before the limit
  let i = from
  while (i < limit && is(chunks[i], 'M', /^,$/) && chunks[i + 1]?.kind === 'NP') {
    i += 2
    if (is(chunks[i], 'P')) i = phraseEnd(chunks, i, limit)
  }
  if (is(chunks[i], 'M', /^,$/)) i++
  return is(chunks[i], 'CC', /^(?:and|or)$/) && chunks[i + 1]?.kind === 'NP' && ownVerbBefore(chunks, i + 2, limit)
}

/** End of a list "A, B and C" that begins with the noun phrase at `i`; `i + 1` when it stands alone. */
export function listEnd(chunks: readonly Chunk[], i: number): number {
  // a number is listed with numbers only
  const first = chunks[i]
  const bare = first?.kind === 'NP' && first.tokens[first.head]?.tag === 'QTY'
  let j = i + 1
  const items = () => is(chunks[j], 'M', /^,$/) && is(chunks[j + 1], 'NP')
  while (items()) {
    j += 2
    if (is(chunks[j], 'P') && !is(chunks[j], 'P', /^(?:in|by|at|on|during)$/)) j = phraseEnd(chunks, j, chunks.length)
  }
  if (is(chunks[j], 'M', /^,$/) && is(chunks[j + 1], 'CC')) j++
  if (is(chunks[j], 'CC', /^(?:and|or)$/)) {
    let n = j + 1
    if (is(chunks[n], 'ADV')) n++
    if (
      is(chunks[n], 'NP') &&
      !(bare && !(chunks[n] as Chunk).tokens.some((t) => /^(?:QTY|NUM)$/.test(t.tag))) &&
      !is(chunks[n + 1], 'ADV', /^(?:later|ago|earlier)$/) &&
      ownVerbBefore(chunks, n + 1, Infinity)
    )
      return n + 1
  }
  return i + 1
}

/** End (exclusive) of the prepositional phrase that begins at `i`. */
export function phraseEnd(chunks: readonly Chunk[], i: number, limit: number): number {
  let j = i + 1
  if (is(chunks[j], 'P')) j++
  if (is(chunks[j], 'ADV')) j++
  if (is(chunks[j], 'GER')) {
    j++
    while (j < limit && (is(chunks[j], 'NP') || is(chunks[j], 'ADJ') || is(chunks[j], 'ADV'))) j++
    if (j < limit && is(chunks[j], 'P', /^(?:to|into|from|with|of)$/)) return phraseEnd(chunks, j, limit)
    return j
  }
  if (j < limit && is(chunks[j], 'NP')) {
    j++
    if (is(chunks[j], 'GER') && is(chunks[i], 'P', /^(?:without|with)$/)) {
      j++
      while (j < limit && is(chunks[j], 'NP')) j++
    }
    // "between A and B", "from A and B"
    while (
      j + 1 < limit &&
      is(chunks[j], 'CC', /^(?:and|or)$/) &&
      is(chunks[j + 1], 'NP') &&
      ownVerbBefore(chunks, j + 2, Infinity)
    )
      j += 2
    return j
  }
  if (j < limit && is(chunks[j], 'ADJ')) return j + 1
  return j
}

export function phraseAdjunct(chunks: readonly Chunk[], from: number, end: number, front: boolean): Adjunct {
  const word = textOf((chunks[from] as Chunk).tokens).toLowerCase()
  const tokens = flat(chunks.slice(from + 1, end))
  return {
    word,
    text: textOf(tokens),
    tokens,
    kind:
      chunks.slice(from + 1, end).some((c) => c.kind === 'GER') && chunks[from + 1]?.kind === 'GER'
        ? 'gerund'
        : 'phrase',
    front,
  }
}

export function commaInside(chunks: readonly Chunk[], comma: number): boolean {
  return is(chunks[comma + 1], 'NP') && listAhead(chunks, comma, chunks.length)
}

export function clauseEdge(chunks: readonly Chunk[], from: number): number {
  let end = from + 1
  while (
    end < chunks.length &&
    !is(chunks[end], 'M') &&
    !is(chunks[end], 'VG') &&
    !is(chunks[end], 'REL') &&
    !is(chunks[end], 'SUB') &&
    !(is(chunks[end], 'CC') && (is(chunks[end + 1], 'VG') || ownVerb(chunks, end + 1) >= 0))
  )
    end++
  return end
}
