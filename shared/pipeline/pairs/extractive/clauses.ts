/**
 * @file Chunks to clauses: who does what to what, with the adjuncts that say when, where, how and why. Relative clauses,
 * reduced relatives ("a process devised by Carl Dahl"), appositions and coordinated predicates become clauses of their own.
 */

import { chunk, type Chunk, type NounPhrase, type VerbGroup } from './chunks.ts'
import { isPerson } from './concepts.ts'
import { conjugate, isVerbForm, singular, verbBase } from './lexicon.ts'
import { CHAIN_VERBS, PROPERTY_NOUNS } from './science-words.ts'
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

interface Cursor {
  chunks: readonly Chunk[]
  clauses: Clause[]
  /** The last noun phrase seen, for "whose". */
  noun?: NounPhrase
}

const is = (c: Chunk | undefined, kind: Chunk['kind'], word?: RegExp): boolean =>
  c?.kind === kind && (!word || word.test(c.tokens[0]?.lower ?? ''))
const flat = (chunks: readonly Chunk[]): Tagged[] => chunks.flatMap((c) => c.tokens)

/** All clauses found in a sentence, main clauses first within each part. */
export function parseClauses(chunks: readonly Chunk[]): Clause[] {
  const clauses: Clause[] = []
  let start = 0
  for (let i = 0; i <= chunks.length; i++) {
    const c = chunks[i]
    if (c === undefined || is(c, 'M', /^[;:.—!?]$/)) {
      if (i > start) segment({ chunks: chunks.slice(start, i), clauses })
      start = i + 1
    }
  }
  return clauses
}

/** Index of the verb group of the clause whose subject begins at `from`, or -1. Verbs of relative clauses are passed over. */
function ownVerb(chunks: readonly Chunk[], from: number): number {
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

function segment(cursor: Cursor): void {
  const { chunks } = cursor
  let pos = 0
  let previous: Clause | undefined
  const lead: Adjunct[] = []
  let guard = 0
  while (pos < chunks.length && guard++ < 60) {
    const c = chunks[pos] as Chunk
    if (c.kind === 'M' || c.kind === 'CC') {
      pos++
      continue
    }
    if (c.kind === 'VG' && previous) {
      // coordinated predicate: the subject is that of the clause before, and so is its modal: "must take up and give back"
      const modal = /^(?:must|had to|can|could|may|might|should|will|would|did|does|do)$/.test(previous.verb.aux[0] ?? '')
      const shared = modal && c.aux.length === 0 && !c.past && c.main === c.base ? { ...c, aux: previous.verb.aux.slice(0, 1) } : c
      const clause: Clause = {
        kind: previous.kind,
        subject: previous.subject,
        head: previous.head,
        plural: previous.plural,
        verb: shared,
        adjuncts: [],
      }
      cursor.clauses.push(clause)
      pos = predicate(cursor, clause, pos + 1)
      previous = clause
      continue
    }
    if (c.kind === 'SUB') {
      pos = subordinate(cursor, pos, lead, true)
      continue
    }
    if (c.kind === 'ADV') {
      lead.push({ word: '', text: textOf(c.tokens), tokens: c.tokens, kind: 'bare', front: true })
      pos++
      continue
    }
    const verbAt = ownVerb(chunks, pos)
    if (verbAt < 0) {
      if (c.kind === 'P') {
        const end = phraseEnd(chunks, pos, chunks.length)
        lead.push(phraseAdjunct(chunks, pos, Math.max(end, pos + 1), true))
        pos = Math.max(end, pos + 1)
      } else pos++
      continue
    }
    const found = subjectOf(cursor, pos, verbAt, lead)
    const verb = chunks[verbAt] as VerbGroup
    if (!found) {
      // "Outside lies a thermal barrier": the subject follows the verb
      const after = chunks[verbAt + 1]
      if (
        after?.kind === 'NP' &&
        lead.some((l) => l.kind !== 'clause') &&
        /^(?:lie|stand|come|be|sit|live|go|hang|rest|follow)$/.test(verb.base) &&
        !verb.passive
      ) {
        const clause: Clause = {
          kind: 'main',
          subject: after.tokens,
          head: after.tokens[after.head] as Tagged,
          plural: after.plural,
          verb,
          adjuncts: lead.splice(0).map((l) => ({ ...l, front: false })),
        }
        cursor.clauses.push(clause)
        pos = predicate(cursor, clause, verbAt + 2)
        previous = clause
      } else if (after?.kind === 'NP' && chunks.slice(pos, verbAt).some((x) => x.kind === 'EX')) {
        const clause: Clause = {
          kind: 'main',
          subject: after.tokens,
          head: after.tokens[after.head] as Tagged,
          plural: after.plural,
          verb,
          adjuncts: lead.splice(0).map((l) => ({ ...l, front: false })),
        }
        cursor.clauses.push(clause)
        pos = predicate(cursor, clause, verbAt + 2)
        previous = clause
      } else if (previous) {
        const clause: Clause = {
          kind: previous.kind,
          subject: previous.subject,
          head: previous.head,
          plural: previous.plural,
          verb,
          adjuncts: lead.splice(0),
        }
        cursor.clauses.push(clause)
        pos = predicate(cursor, clause, verbAt + 1)
        previous = clause
      } else pos = verbAt + 1
      continue
    }
    const clause: Clause = { kind: 'main', ...found, verb, adjuncts: lead.splice(0) }
    const cleft = verb.copula && found.head.lower === 'it' && chunks.slice(verbAt + 1).some((x) => x.kind === 'REL')
    if (!cleft) cursor.clauses.push(clause)
    for (const l of clause.adjuncts)
      if (l.kind === 'gerund' && /^(?:VN)$/.test(l.tokens[0]?.tag ?? ''))
        reduced(cursor, clause.subject, clause.head, clause.plural, l.tokens, clause.verb.past)
    pos = predicate(cursor, clause, verbAt + 1)
    previous = clause
  }
}

/** Splits what stands before the verb into fronted adjuncts (into `lead`) and the subject. */
function subjectOf(
  cursor: Cursor,
  from: number,
  verbAt: number,
  lead: Adjunct[],
): Pick<Clause, 'subject' | 'head' | 'plural'> | undefined {
  const { chunks } = cursor
  let i = from
  while (i < verbAt) {
    const c = chunks[i] as Chunk
    if (c.kind === 'M' || c.kind === 'CC') i++
    else if (c.kind === 'ADV' || c.kind === 'ADJ') {
      lead.push({ word: '', text: textOf(c.tokens), tokens: c.tokens, kind: 'bare', front: true })
      i++
    } else if (c.kind === 'P') {
      const end = phraseEnd(chunks, i, verbAt)
      // the phrase may not swallow the subject: a noun phrase must remain
      lead.push(phraseAdjunct(chunks, i, end, true))
      i = end
    } else if (c.kind === 'GER' || c.kind === 'PTC' || c.kind === 'INF') {
      const comma = chunks.findIndex((x, k) => k > i && k < verbAt && is(x, 'M', /^,$/))
      if (comma < 0) {
        if (c.kind === 'PTC') return undefined
        const tokens = flat(chunks.slice(i, verbAt))
        return { subject: tokens, head: tokens[0] as Tagged, plural: false }
      }
      const span = flat(chunks.slice(i, comma))
      lead.push({
        word: c.kind === 'INF' ? 'to' : '',
        text: textOf(span.slice(c.kind === 'INF' ? 1 : 0)),
        tokens: span.slice(c.kind === 'INF' ? 1 : 0),
        kind: c.kind === 'INF' ? 'infinitive' : 'gerund',
        front: true,
      })
      i = comma + 1
    } else if (c.kind === 'NP') {
      const next = chunks[i + 1]
      const date =
        c.tokens.every((t) => /^(?:DATE|DET|ADV)$/.test(t.tag)) ||
        /^(?:today|year|century|day|time)$/.test(c.tokens[c.head]?.lower ?? '')
            if (c.tokens[c.head]?.tag === 'QTY' && next?.kind === 'VG' && /^(?:later|ago|earlier)$/.test(next.tokens[0]?.lower ?? '')) {
        const span = [...c.tokens, next.tokens[0] as Tagged]
        lead.push({ word: '', text: textOf(span), tokens: span, kind: 'bare', front: true })
        i++
        continue
      }
      if ((date && next?.kind !== 'VG') ||
        (c.tokens[c.head]?.tag === 'QTY' && is(next, 'ADV', /^(?:later|ago|earlier|afterwards)$/))
      ) {
        const end = is(next, 'ADV') ? i + 2 : i + 1
        const span = flat(chunks.slice(i, end))
        lead.push({ word: '', text: textOf(span), tokens: span, kind: 'bare', front: true })
        i = end
        continue
      }
      return nounSubject(cursor, i, verbAt)
    } else i++
  }
  return undefined
}

function nounSubject(cursor: Cursor, at: number, verbAt: number): Pick<Clause, 'subject' | 'head' | 'plural'> {
  const { chunks } = cursor
  const np = chunks[at] as NounPhrase
  const head = np.tokens[np.head] as Tagged
  let plural = np.plural
  let tokens = [...np.tokens]
  if (np.tokens[0]?.lower === 'whose' && cursor.noun) {
    const owner = cursor.noun.tokens
    const of: Tagged = { ...(np.tokens[0] as Tagged), text: 'of', lower: 'of', tag: 'P' }
    const the: Tagged = { ...of, text: 'the', lower: 'the', tag: 'DET' }
    tokens = [the, ...np.tokens.slice(1), of, ...owner]
  }
  let i = at + 1
  while (i < verbAt) {
    const c = chunks[i] as Chunk
    if (c.kind === 'P') {
      const end = phraseEnd(chunks, i, verbAt)
      tokens = [...tokens, ...flat(chunks.slice(i, end))]
      i = end
    } else if (c.kind === 'CC' && chunks[i + 1]?.kind === 'NP') {
      tokens = [...tokens, ...c.tokens, ...(chunks[i + 1] as Chunk).tokens]
      if (is(c, 'CC', /^and$/)) plural = true
      i += 2
    } else if (c.kind === 'M' && chunks[i + 1]?.kind === 'NP' && listAhead(chunks, i, verbAt) && !(head.tag === 'NAME' && /^(?:a|an|the)$/.test(chunks[i + 1]?.tokens[0]?.lower ?? ''))) {
      tokens = [...tokens, ...c.tokens, ...(chunks[i + 1] as Chunk).tokens]
      plural = true
      i += 2
    } else if (c.kind === 'M' && chunks[i + 1]?.kind === 'NP') {
      // apposition up to the next comma
      let end = i + 2
      while (end < verbAt && !is(chunks[end], 'M')) end++
      apposition(cursor, np.tokens, head, np.plural, chunks.slice(i + 1, end))
      i = end
    } else if (c.kind === 'M' && (is(chunks[i + 1], 'PTC') || is(chunks[i + 1], 'GER'))) {
      let end = i + 2
      while (end < verbAt && !is(chunks[end], 'M')) end++
      const span = flat(chunks.slice(i + 1, end))
      reduced(cursor, tokens, head, plural, span)
      i = end
    } else if (c.kind === 'PTC' || c.kind === 'GER') {
      let end = i + 1
      while (end < verbAt && !is(chunks[end], 'M')) end++
      const span = flat(chunks.slice(i, end))
      // without commas the participle says which one is meant, so it stays in the subject
      tokens = [...tokens, ...span]
      i = end
    } else if (c.kind === 'REL' || (c.kind === 'M' && is(chunks[i + 1], 'REL'))) {
      const comma = c.kind === 'M'
      const rel = comma ? i + 1 : i
      let end = rel + 1
      while (end < verbAt && !is(chunks[end], 'M')) end++
      relative(cursor, np.tokens, head, np.plural, chunks.slice(rel, end))
      if (!comma) tokens = [...tokens, ...flat(chunks.slice(rel, end))]
      i = end
    } else if (c.kind === 'M' && is(chunks[i + 1], 'P')) {
      i += 2
      while (i < verbAt && !is(chunks[i], 'M')) i++
    } else if (c.kind === 'ADJ' || c.kind === 'INF') {
      let end = i + 1
      while (end < verbAt && !is(chunks[end], 'M')) end++
      tokens = [...tokens, ...flat(chunks.slice(i, end))]
      i = end
    } else i++
  }
  return { subject: tokens, head, plural }
}

function listAhead(chunks: readonly Chunk[], from: number, limit: number): boolean {
  // ", NP (, NP)* (,)? and NP" before the limit
  let i = from
  while (i < limit && is(chunks[i], 'M', /^,$/) && chunks[i + 1]?.kind === 'NP') {
    i += 2
    if (is(chunks[i], 'P')) i = phraseEnd(chunks, i, limit)
  }
  if (is(chunks[i], 'M', /^,$/)) i++
  return is(chunks[i], 'CC', /^(?:and|or)$/) && chunks[i + 1]?.kind === 'NP' && ownVerbBefore(chunks, i + 2, limit)
}

/** Whether no verb claims the noun phrase that ends before `from` as its subject. */
function ownVerbBefore(chunks: readonly Chunk[], from: number, limit: number): boolean {
  let i = from
  while (i < limit && is(chunks[i], 'P')) i = phraseEnd(chunks, i, limit)
  return i >= limit || chunks[i]?.kind !== 'VG'
}

/** End (exclusive) of the prepositional phrase that begins at `i`. */
function phraseEnd(chunks: readonly Chunk[], i: number, limit: number): number {
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

function phraseAdjunct(chunks: readonly Chunk[], from: number, end: number, front: boolean): Adjunct {
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

/** A clause introduced by "because", "when", ...: its text becomes an adjunct, and it is parsed in its own right. */
function subordinate(cursor: Cursor, at: number, into: Adjunct[], front: boolean): number {
  const { chunks } = cursor
  const word = textOf((chunks[at] as Chunk).tokens).toLowerCase()
  let end = at + 1
  let verbs = 0
  for (; end < chunks.length; end++) {
    const c = chunks[end] as Chunk
    if (c.kind === 'VG') verbs++
    if (is(c, 'M', /^,$/) && (verbs > 0 || front)) {
      if (front || !commaInside(chunks, end)) break
    }
    if (c.kind === 'SUB' && verbs > 0) break
    if (
      c.kind === 'CC' &&
      verbs > 0 &&
      !front &&
      is(chunks[end + 1], 'NP') &&
      ownVerb(chunks, end + 1) >= 0 &&
      ownVerb(chunks, end + 1) <= end + 3
    )
      break
  }
  const inner = chunks.slice(at + 1, end)
  const tokens = flat(inner)
  if (tokens.length) into.push({ word, text: textOf(tokens), tokens, kind: 'clause', front })
  const before = cursor.clauses.length
  if (verbs > 0) segment({ ...cursor, chunks: inner })
  for (const clause of cursor.clauses.slice(before)) if (clause.kind === 'main') clause.kind = 'subordinate'
  return end
}

function commaInside(chunks: readonly Chunk[], comma: number): boolean {
  return is(chunks[comma + 1], 'NP') && listAhead(chunks, comma, chunks.length)
}

function relative(
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
    predicate({ ...cursor, chunks }, clause, i + 1)
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
function reduced(
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
  const past = parentPast || person || span.some((t, i) => t.tag === 'DATE' || (t.tag === 'NAME' && span[i - 1]?.lower === 'by'))
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
  predicate({ chunks: inner, clauses: cursor.clauses }, clause, 0)
}

function apposition(
  cursor: Cursor,
  antecedent: readonly Tagged[],
  head: Tagged,
  plural: boolean,
  chunks: readonly Chunk[],
): void {
  const np = chunks[0]
  if (np?.kind !== 'NP' || np.tokens.length === 0) return
  if (/^(?:DATE|PRO)$/.test(np.tokens[np.head]?.tag ?? '') || /^(?:VN|VG|VD|ADV)$/.test(np.tokens[0]?.tag ?? '') || np.tokens[0]?.lower === 'whose') return
  // a bare quantity belongs to a property, not to a thing: "electricity, some 14 kWh for every kilogram"
  if (np.tokens[np.head]?.tag === 'QTY' && !PROPERTY_NOUNS.has(singular(head.lower)) && !is(chunks[1], 'ADJ') && !np.tokens.slice(1).some((t) => /^(?:N|NS)$/.test(t.tag))) return
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
  const swapped = antecedent[0]?.tag === 'DET' && np.tokens.length <= 3 && np.tokens.every((t) => /^(?:NAME|N|NS|ADJ)$/.test(t.tag)) && chunks.length === 1
  const clause: Clause = {
    kind: 'apposition',
    ...(swapped
      ? { subject: np.tokens, head: np.tokens[np.head] as Tagged, plural: np.plural, complement: { kind: 'NP' as const, tokens: [...antecedent], head } }
      : { subject: [...antecedent], head, plural, complement: { kind: 'NP' as const, tokens: np.tokens, head: np.tokens[np.head] as Tagged } }),
    verb: swapped ? { ...verb, aux: [np.plural ? 'are' : 'is'] } : verb,
    adjuncts: [],
  }
  cursor.clauses.push(clause)
  predicate({ ...cursor, chunks }, clause, 1)
}

/** Reads complement and adjuncts after the verb; returns where the clause ends. */
function predicate(cursor: Cursor, clause: Clause, from: number): number {
  const { chunks } = cursor
  let i = from
  let lastNoun: NounPhrase | undefined
  // a phrase between commas was read last: "saw, by X-ray scattering, the discs"
  let parenthesis = false
  const setComplement = (value: NonNullable<Clause['complement']>) => {
    if (!clause.complement) clause.complement = value
    else if (
      clause.complement.kind !== 'CLAUSE' &&
      !clause.second && value.kind !== 'CLAUSE' && !is(chunks[i - 1], 'M') && value.tokens[0]?.tag !== 'PRO'
    )
      clause.second = value.tokens
  }
  while (i < chunks.length) {
    const c = chunks[i] as Chunk
    const next = chunks[i + 1]
    if (c.kind === 'NP') {
      const isDate = c.tokens.every((t) => t.tag === 'DATE' || t.tag === 'DET')
      if (
        (isDate && (clause.complement || !clause.verb.copula)) ||
        (c.tokens[c.head]?.tag === 'QTY' && is(next, 'ADV', /^(?:later|ago|earlier)$/))
      ) {
        const end = is(next, 'ADV', /^(?:later|ago|earlier)$/) ? i + 2 : i + 1
        const span = flat(chunks.slice(i, end))
        clause.adjuncts.push({ word: '', text: textOf(span), tokens: span, kind: 'bare', front: false })
        i = end
        continue
      }
      // a noun phrase with a verb of its own starts the next clause (no conjunction: object clause or relative without "that")
      if (clause.complement && next?.kind === 'VG' && !is(chunks[i - 1], 'P')) return i
      const end = listEnd(chunks, i)
      const tokens = flat(chunks.slice(i, end))
      if (is(chunks[i - 1], 'M') && c.tokens[c.head]?.tag === 'QTY' && lastNoun && clause.complement) {
        apposition(
          cursor,
          lastNoun.tokens,
          lastNoun.tokens[lastNoun.head] as Tagged,
          lastNoun.plural,
          chunks.slice(i, end),
        )
        i = end
        continue
      }
      const place = clause.adjuncts.at(-1)
      if (
        is(chunks[i - 1], 'M') &&
        place &&
        place.tokens.at(-1)?.tag === 'NAME' &&
        c.tokens.every((t) => t.tag === 'NAME' || t.tag === 'DET') &&
        /^(?:in|at|near|from|of)$/.test(place.word) &&
        end === i + 1
      ) {
        // "Stockton, California"
        place.text += `, ${textOf(c.tokens)}`
        place.tokens = [...place.tokens, ...c.tokens]
        i = end
        continue
      }
      if (!/^(?:QTY|DATE|PRO)$/.test(c.tokens[c.head]?.tag ?? '')) lastNoun = cursor.noun = c
      setComplement({ kind: 'NP', tokens, head: c.tokens[c.head] as Tagged })
      // "200 nm wide", "5 mm in diameter"
      const quantity = c.tokens[c.head]?.tag === 'QTY' && clause.complement?.tokens === tokens
      if (quantity && is(chunks[end], 'ADJ') && is(chunks[end + 1], 'P', /^(?:than|as)$/)) {
        // "3000 times tougher than aragonite"
        const stop = phraseEnd(chunks, end + 1, chunks.length)
        clause.second = flat(chunks.slice(end, stop))
        i = stop
        continue
      }
      if (quantity && is(chunks[end], 'P', /^as$/) && is(chunks[end + 1], 'ADJ') && is(chunks[end + 2], 'P', /^as$/)) {
        const stop = phraseEnd(chunks, end + 2, chunks.length)
        clause.second = flat(chunks.slice(end, stop))
        i = stop
        continue
      }
      if (c.tokens[c.head]?.tag === 'QTY' && is(chunks[end], 'ADJ')) {
        const adjective = chunks[end] as Chunk
        if (clause.complement) clause.complement.tokens = [...clause.complement.tokens, ...adjective.tokens]
        i = end + 1
        continue
      }
      i = end
    } else if (c.kind === 'ADJ') {
      if (is(chunks[i - 1], 'M') && clause.adjuncts.some((a) => !a.front && a.tokens.some((t) => t.tag === 'QTY'))) {
        i++
        if (is(next, 'P')) i = phraseEnd(chunks, i, chunks.length)
        continue
      }
      setComplement({ kind: 'ADJ', tokens: c.tokens })
      i++
      // "narrower than the path", "as strong as steel", "soluble in water"
      if (
        is(next, 'P', /^(?:than|as|to|in|with|for|from|of|at|under|by|on|against)$/) &&
        (clause.complement?.tokens === c.tokens || clause.second === c.tokens)
      ) {
        const end = phraseEnd(chunks, i, chunks.length)
        const span = flat(chunks.slice(i, end))
        const np = chunks.slice(i, end).find((x) => x.kind === 'NP')
        if (np?.kind === 'NP') lastNoun = cursor.noun = np
        if (is(next, 'P', /^(?:than|as|to|of)$/)) {
          if (clause.second === c.tokens) clause.second = [...c.tokens, ...span]
          else if (clause.complement) clause.complement.tokens = [...clause.complement.tokens, ...span]
          i = end
        }
      }
    } else if (c.kind === 'P') {
      if (is(next, 'REL')) {
        // "in which chips are cooked": belongs to the last noun, too tangled to keep
        let end = i + 2
        let verbs = 0
        while (end < chunks.length && !(is(chunks[end], 'M', /^,$/) && verbs > 0)) {
          if (chunks[end]?.kind === 'VG') verbs++
          end++
        }
        segment({ ...cursor, chunks: chunks.slice(i + 2, end) })
        i = end
        continue
      }
      // "for it fluoresces"
      if (is(c, 'P', /^for$/) && next?.kind === 'NP' && next.tokens[0]?.tag === 'PRO' && chunks[i + 2]?.kind === 'VG') {
        i = subordinate(cursor, i, clause.adjuncts, false)
        continue
      }
      parenthesis = is(chunks[i - 1], 'M')
      let end = phraseEnd(chunks, i, chunks.length)
      if (end === i + 1 && !is(next, 'M') && next === undefined) end = i + 1
      const adjunct = phraseAdjunct(chunks, i, end, false)
      const np = chunks.slice(i + 1, end).find((x) => x.kind === 'NP')
      if (np?.kind === 'NP' && !/^(?:QTY|DATE|PRO)$/.test(np.tokens[np.head]?.tag ?? '')) lastNoun = cursor.noun = np
      if (adjunct.tokens.length === 0) {
        // a particle: "put up", "carried on"
        clause.verb = { ...clause.verb, main: clause.verb.main, adverbs: [...clause.verb.adverbs] }
        clause.adjuncts.push({ word: '', text: adjunct.word, tokens: c.tokens, kind: 'bare', front: false })
      } else {
        const list = listEnd(chunks, end - 1)
        if (np && list > end && adjunct.kind !== 'gerund') {
          adjunct.tokens = flat(chunks.slice(i + 1, list))
          adjunct.text = textOf(adjunct.tokens)
          end = list
        }
        clause.adjuncts.push(adjunct)
      }
      i = end
    } else if (c.kind === 'INF' && i === from && !clause.verb.copula && CHAIN_VERBS.has(clause.verb.base.split(' ')[0] ?? '') && c.tokens.length > 1) {
      // "seems to have", "is said to have carried": one verb
      const words = textOf(c.tokens)
      clause.verb = { ...clause.verb, main: `${clause.verb.main} ${words}`, base: `${clause.verb.base} ${words}`, passive: false }
      i++
    } else if (c.kind === 'INF') {
      let end = i + 1
      while (
        end < chunks.length &&
        !/^(?:M|SUB|REL)$/.test((chunks[end] as Chunk).kind) &&
        !(is(chunks[end], 'CC') && (is(chunks[end + 1], 'VG') || ownVerb(chunks, end + 1) >= 0))
      )
        end++
      const tokens = flat(chunks.slice(i, end))
      clause.adjuncts.push({
        word: 'to',
        text: textOf(tokens.slice(1)),
        tokens: tokens.slice(1),
        kind: 'infinitive',
        front: false,
      })
      i = end
    } else if (c.kind === 'SUB') {
      const word = c.tokens[0]?.lower ?? ''
      if (/^(?:that|how|whether|why)$/.test(word) && !clause.complement && !clause.verb.copula) {
        const holder: Adjunct[] = []
        const end = subordinate(cursor, i, holder, false)
        const inner = holder[0]
        if (inner) setComplement({ kind: 'CLAUSE', tokens: [...c.tokens, ...inner.tokens] })
        i = end
      } else if (chunks.slice(i + 1).some((x) => x.kind === 'VG')) i = subordinate(cursor, i, clause.adjuncts, false)
      else {
        const end = phraseEnd(chunks, i, chunks.length)
        clause.adjuncts.push(phraseAdjunct(chunks, i, Math.max(end, i + 1), false))
        i = Math.max(end, i + 1)
      }
    } else if (c.kind === 'REL') {
      i = attachRelative(cursor, clause, lastNoun, i, false)
    } else if (c.kind === 'PTC') {
      const end = clauseEdge(chunks, i)
      if (clause.verb.passive && is(chunks[i - 1], 'CC')) {
        // "is cut, etched and polished by"
        const word = c.tokens[0]?.lower ?? ''
        const copy: Clause = {
          ...clause,
          verb: { ...clause.verb, main: word, base: verbBase(word) },
          complement: undefined,
          second: undefined,
          adjuncts: [],
        }
        cursor.clauses.push(copy)
        predicate({ ...cursor, chunks: chunks.slice(i + 1, end) }, copy, 0)
      } else if (lastNoun && !is(chunks[i - 1], 'M'))
        reduced(
          cursor,
          lastNoun.tokens,
          lastNoun.tokens[lastNoun.head] as Tagged,
          lastNoun.plural,
          flat(chunks.slice(i, end)), clause.verb.past
        )
      i = end
    } else if (c.kind === 'GER') {
      const end = clauseEdge(chunks, i)
      const span = flat(chunks.slice(i, end))
      if (!clause.complement && !is(chunks[i - 1], 'M') && !clause.verb.passive)
        setComplement({ kind: 'NP', tokens: span, head: span[0] })
      else if (lastNoun && !is(chunks[i - 1], 'M') && !is(chunks[i - 1], 'CC'))
        reduced(cursor, lastNoun.tokens, lastNoun.tokens[lastNoun.head] as Tagged, lastNoun.plural, span, clause.verb.past)
      else clause.adjuncts.push({ word: '', text: textOf(span), tokens: span, kind: 'gerund', front: false })
      i = end
    } else if (c.kind === 'ADV') {
      if (
        !/^(?:also|then|thus|therefore|however|only|even|still|hence|too|now|already|yet|so)$/.test(
          c.tokens[0]?.lower ?? '',
        )
      )
        clause.adjuncts.push({ word: '', text: textOf(c.tokens), tokens: c.tokens, kind: 'bare', front: false })
      i++
    } else if (c.kind === 'VG') return i
    else if (c.kind === 'M' || c.kind === 'CC') {
      const j = c.kind === 'M' && is(next, 'CC') ? i + 2 : i + 1
      const after = chunks[j]
      const joined = c.kind === 'CC' || j === i + 2
      if (!after) return chunks.length
      if (after.kind === 'VG') return j
      if (after.kind === 'SUB') {
        if (
          c.kind === 'M' &&
          !joined &&
          /^(?:as|although|though|because|since|while|whereas|when|where|so that|if|until|before|after)$/.test(
            after.tokens[0]?.lower ?? '',
          )
        ) {
          i = subordinate(cursor, j, clause.adjuncts, false)
          continue
        }
        return j
      }
      if (after.kind === 'REL') {
        i = attachRelative(cursor, clause, lastNoun, j, true)
        continue
      }
      if (
        after.kind === 'NP' ||
        after.kind === 'ADV' ||
        (after.kind === 'P' && joined) ||
        (after.kind === 'GER' && joined)
      ) {
        const verbAt = ownVerb(chunks, j)
        const nextComma = chunks.findIndex((x, k) => k > j && is(x, 'M', /^,$/))
        if (
          verbAt >= 0 &&
          (joined || nextComma < 0 || verbAt < nextComma || is(chunks[nextComma + 1], 'REL') || after.kind === 'ADV')
        )
          return j
        if (
          after.kind === 'NP' &&
          verbAt >= 0 &&
          !joined &&
          chunks.slice(nextComma + 1, verbAt).every((x) => x.kind !== 'CC')
        ) {
          // ", NP, ... VERB": apposition, then more
          const end = nextComma
          if (lastNoun)
            apposition(
              cursor,
              lastNoun.tokens,
              lastNoun.tokens[lastNoun.head] as Tagged,
              lastNoun.plural,
              chunks.slice(j, end),
            )
          i = end
          continue
        }
        if (after.kind === 'NP' && !joined && parenthesis && !clause.complement && !clause.verb.copula && !clause.verb.passive) {
          i = j
          continue
        }
        if (after.kind === 'NP' && !joined && lastNoun) {
          let end = j
          while (end < chunks.length && !is(chunks[end], 'M') && !(is(chunks[end], 'CC') && ownVerb(chunks, end) >= 0))
            end++
          apposition(
            cursor,
            lastNoun.tokens,
            lastNoun.tokens[lastNoun.head] as Tagged,
            lastNoun.plural,
            chunks.slice(j, end),
          )
          i = end
          continue
        }
        if (after.kind === 'NP' && joined && clause.complement?.kind === 'ADJ') {
          i = j + 1
          continue
        }
      }
      if (after.kind === 'PTC' && !joined) {
        const end = clauseEdge(chunks, j)
        const span = flat(chunks.slice(j, end))
        if (clause.verb.copula) reduced(cursor, clause.subject, clause.head, clause.plural, span, clause.verb.past)
        else if (lastNoun)
          reduced(cursor, lastNoun.tokens, lastNoun.tokens[lastNoun.head] as Tagged, lastNoun.plural, span, clause.verb.past)
        i = end
        continue
      }
      i = j
    } else i++
  }
  return i
}

function clauseEdge(chunks: readonly Chunk[], from: number): number {
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

function attachRelative(
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

/** End of a list "A, B and C" that begins with the noun phrase at `i`; `i + 1` when it stands alone. */
function listEnd(chunks: readonly Chunk[], i: number): number {
  // a number is listed with numbers only
  const first = chunks[i]
  const bare = first?.kind === 'NP' && first.tokens[first.head]?.tag === 'QTY'
  let j = i + 1
  const items = () => is(chunks[j], 'M', /^,$/) && is(chunks[j + 1], 'NP')
  let k = j
  while (items()) {
    j += 2
    if (is(chunks[j], 'P') && !is(chunks[j], 'P', /^(?:in|by|at|on|during)$/)) j = phraseEnd(chunks, j, chunks.length)
    k = j
  }
  if (is(chunks[j], 'M', /^,$/) && is(chunks[j + 1], 'CC')) j++
  if (is(chunks[j], 'CC', /^(?:and|or)$/)) {
    let n = j + 1
    if (is(chunks[n], 'ADV')) n++
    if (
            is(chunks[n], 'NP') && !(bare && !(chunks[n] as Chunk).tokens.some((t) => /^(?:QTY|NUM)$/.test(t.tag))) && !is(chunks[n + 1], 'ADV', /^(?:later|ago|earlier)$/) &&
      ownVerbBefore(chunks, n + 1, Infinity)
    )
      return n + 1
  }
  void k
  return i + 1
}
