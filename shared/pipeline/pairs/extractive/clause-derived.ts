/** @file Clauses hidden in noun phrases: relatives, reduced relatives ("a process devised by Carl Dahl") and appositions. */

import type { Chunk, NounPhrase, VerbGroup } from './chunk.ts'
import { chunk } from './chunks.ts'
import { is, ownVerb, phraseAdjunct, phraseEnd, type Adjunct, type Clause, type Cursor } from './clause-spans.ts'
import { isPerson } from './concepts.ts'
import { conjugate, isVerbForm, singular, verbBase } from './lexicon.ts'
import { PROPERTY_NOUNS } from './science-words.ts'
import type { Tagged } from './tagger.ts'

export function relative(
  cursor: Cursor,
  antecedent: readonly Tagged[],
  head: Tagged,
  plural: boolean,
  chunks: readonly Chunk[],
): void {
  const rel = chunks[0]?.tokens[0]?.lower ?? ''
  let i = 1
  while (is(chunks[i], 'ADV')) i++
  if (is(chunks[i], 'M', /^,$/)) {
    // "who, in 1906, noticed"
    const lead: Adjunct[] = []
    i++
    if (is(chunks[i], 'P')) {
      const end = phraseEnd(chunks, i, chunks.length)
      lead.push(phraseAdjunct(chunks, i, end, true))
      i = end
    }
    if (is(chunks[i], 'M')) i++
  }
  const verb = chunks[i]
  if (rel === 'whose' || rel === 'where' || rel === 'whom') return
  if (verb?.kind === 'VG') {
    if (rel === 'which' && !agrees(verb, plural)) return
    const clause: Clause = { kind: 'relative', subject: [...antecedent], head, plural, verb, adjuncts: [] }
    cursor.clauses.push(clause)
    cursor.rules.predicate({ ...cursor, chunks }, clause, i + 1)
  }
}

function agrees(verb: VerbGroup, plural: boolean): boolean {
  const first = (verb.aux.find((a) => a !== 'not') ?? verb.tokens.at(-1)?.lower) as string
  const tag = verb.tokens.find((t) => /^(?:VZ|V0|BE|HV|DO)$/.test(t.tag))?.tag
  if (/^(?:is|was|has|does)$/.test(first)) return !plural
  if (/^(?:are|were|have|do)$/.test(first)) return plural
  if (tag === 'VZ') return !plural
  if (tag === 'V0' && verb.aux.length === 0) return plural
  return true
}

/** "devised by Carl Dahl in Danzig in 1879" after a noun: a passive clause about the noun. */
export function reduced(
  cursor: Cursor,
  antecedent: readonly Tagged[],
  head: Tagged,
  plural: boolean,
  span: readonly Tagged[],
  parentPast = false,
): void {
  const first = span.find((t) => t.tag !== 'ADV')
  if (!first || span.length < 2) return
  const person = head.tag === 'NAME' && isPerson(antecedent)
  const past =
    parentPast || person || span.some((t, i) => t.tag === 'DATE' || (t.tag === 'NAME' && span[i - 1]?.lower === 'by'))
  const passive = first.tag === 'VN' || first.tag === 'VD' || first.lower === 'known as'
  if (!passive && first.tag !== 'VG') return
  const named = first.lower === 'known as'
  const base = named ? 'know' : verbBase(first.lower)
  if (/^(?:be|have|do)$/.test(base) || /^(?:using|including|following|according|depending)$/.test(first.lower)) return
  const verb: VerbGroup = {
    kind: 'VG',
    tokens: [],
    aux: passive || past ? [past ? (plural ? 'were' : 'was') : plural ? 'are' : 'is'] : [],
    main: passive ? (named ? 'known' : first.lower) : past ? first.lower : plural ? base : conjugate(base).third,
    base,
    copula: false,
    passive,
    progressive: !passive && past,
    past,
    negated: false,
    adverbs: [],
  }
  const clause: Clause = { kind: 'reduced', subject: [...antecedent], head, plural, verb, adjuncts: [] }
  const rest = span.slice(span.indexOf(first as Tagged) + 1)
  cursor.clauses.push(clause)
  const inner = chunk(rest)
  if (named) inner.unshift({ kind: 'P', tokens: [{ ...first, text: 'as', lower: 'as', tag: 'P' }] })
  cursor.rules.predicate({ ...cursor, chunks: inner }, clause, 0)
}

export function apposition(
  cursor: Cursor,
  antecedent: readonly Tagged[],
  head: Tagged,
  plural: boolean,
  chunks: readonly Chunk[],
): void {
  const np = chunks[0]
  if (np?.kind !== 'NP' || np.tokens.length === 0) return
  if (
    /^(?:DATE|PRO)$/.test(np.tokens[np.head]?.tag ?? '') ||
    /^(?:VN|VG|VD|ADV)$/.test(np.tokens[0]?.tag ?? '') ||
    np.tokens[0]?.lower === 'whose'
  )
    return
  // a bare quantity belongs to a property, not to a thing: "electricity, some 14 kWh for every kilogram"
  if (
    np.tokens[np.head]?.tag === 'QTY' &&
    !PROPERTY_NOUNS.has(singular(head.lower)) &&
    !is(chunks[1], 'ADJ') &&
    !np.tokens.slice(1).some((t) => /^(?:N|NS)$/.test(t.tag))
  )
    return
  // one bare plural that could be a verb is a verb misread: "304, starts"
  if (np.tokens.length === 1 && np.tokens[0]?.tag === 'NS' && isVerbForm(np.tokens[0].lower)) return
  if (antecedent.some((t) => t.tag === 'QTY') || /^(?:NUM)$/.test(np.tokens[0]?.tag ?? '')) return
  // "Wilmington, Delaware" names one place twice
  if (head.tag === 'NAME' && np.tokens.every((t) => t.tag === 'NAME')) return
  const verb: VerbGroup = {
    kind: 'VG',
    tokens: [],
    aux: [plural ? 'are' : 'is'],
    main: '',
    base: 'be',
    copula: true,
    passive: false,
    progressive: false,
    past: false,
    negated: false,
    adverbs: [],
  }
  // "a French gardener, Joseph Monier": the name is what is described
  const swapped =
    antecedent[0]?.tag === 'DET' &&
    np.tokens.length <= 3 &&
    np.tokens.every((t) => /^(?:NAME|N|NS|ADJ)$/.test(t.tag)) &&
    chunks.length === 1
  const clause: Clause = {
    kind: 'apposition',
    ...(swapped
      ? {
          subject: np.tokens,
          head: np.tokens[np.head] as Tagged,
          plural: np.plural,
          complement: { kind: 'NP' as const, tokens: [...antecedent], head },
        }
      : {
          subject: [...antecedent],
          head,
          plural,
          complement: { kind: 'NP' as const, tokens: np.tokens, head: np.tokens[np.head] as Tagged },
        }),
    verb: swapped ? { ...verb, aux: [np.plural ? 'are' : 'is'] } : verb,
    adjuncts: [],
  }
  cursor.clauses.push(clause)
  cursor.rules.predicate({ ...cursor, chunks }, clause, 1)
}

export function attachRelative(
  cursor: Cursor,
  clause: Clause,
  noun: NounPhrase | undefined,
  at: number,
  comma: boolean,
): number {
  const { chunks } = cursor
  let end = at + 1
  let verbs = 0
  for (; end < chunks.length; end++) {
    const c = chunks[end] as Chunk
    if (c.kind === 'VG') {
      verbs++
      if (verbs > 1) break
    }
    if (is(c, 'M', /^,$/) && verbs > 0) break
    if (
      is(c, 'CC') &&
      verbs > 0 &&
      (is(chunks[end + 1], 'VG') || (ownVerb(chunks, end + 1) >= 0 && is(chunks[end + 1], 'NP')))
    )
      break
    if (is(c, 'SUB') && verbs > 0 && !/^that$/.test(c.tokens[0]?.lower ?? '')) break
  }
  if (noun) {
    const group = chunks.slice(at + 1, at + 3).find((c) => c.kind === 'VG')
    const vague = comma && group?.kind === 'VG' && /^(?:mean|make|explain|allow)$/.test(group.base)
    if (!vague && !(group?.kind === 'VG' && group.copula && is(chunks[at + 2], 'SUB'))) {
      relative(cursor, noun.tokens, noun.tokens[noun.head] as Tagged, noun.plural, chunks.slice(at, end))
    }
  }
  return Math.max(end, at + 1)
}
