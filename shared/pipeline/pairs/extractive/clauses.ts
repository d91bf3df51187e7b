/**
 * @file Chunks to clauses: who does what to what, with the adjuncts that say when, where, how and why. Relative clauses,
 * reduced relatives ("a process devised by Carl Dahl"), appositions and coordinated predicates become clauses of their own.
 */

import type { Chunk, NounPhrase, VerbGroup } from './chunk.ts'
import { apposition, reduced, relative } from './clause-derived.ts'
import {
  commaInside,
  flat,
  is,
  listAhead,
  ownVerb,
  phraseAdjunct,
  phraseEnd,
  type Adjunct,
  type Clause,
  type Cursor,
  type Rules,
} from './clause-spans.ts'
import { predicate } from './predicate.ts'
import type { Tagged } from './tagger.ts'
import { textOf } from './tokens.ts'

/** All clauses found in a sentence, main clauses first within each part. */
export function parseClauses(chunks: readonly Chunk[]): Clause[] {
  const clauses: Clause[] = []
  let start = 0
  for (let i = 0; i <= chunks.length; i++) {
    const c = chunks[i]
    if (c === undefined || is(c, 'M', /^[;:.—!?]$/)) {
      if (i > start) segment({ chunks: chunks.slice(start, i), clauses, rules: RULES })
      start = i + 1
    }
  }
  return clauses
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
      const modal = /^(?:must|had to|can|could|may|might|should|will|would|did|does|do)$/.test(
        previous.verb.aux[0] ?? '',
      )
      const shared =
        modal && c.aux.length === 0 && !c.past && c.main === c.base ? { ...c, aux: previous.verb.aux.slice(0, 1) } : c
      const clause: Clause = {
        kind: previous.kind,
        subject: previous.subject,
        head: previous.head,
        plural: previous.plural,
        verb: shared,
        adjuncts: [],
      }
      cursor.clauses.push(clause)
      pos = cursor.rules.predicate(cursor, clause, pos + 1)
      previous = clause
      continue
    }
    if (c.kind === 'SUB') {
      pos = cursor.rules.subordinate(cursor, pos, lead, true)
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
        pos = cursor.rules.predicate(cursor, clause, verbAt + 2)
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
        pos = cursor.rules.predicate(cursor, clause, verbAt + 2)
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
        pos = cursor.rules.predicate(cursor, clause, verbAt + 1)
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
    pos = cursor.rules.predicate(cursor, clause, verbAt + 1)
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
      if (
        c.tokens[c.head]?.tag === 'QTY' &&
        next?.kind === 'VG' &&
        /^(?:later|ago|earlier)$/.test(next.tokens[0]?.lower ?? '')
      ) {
        const span = [...c.tokens, next.tokens[0] as Tagged]
        lead.push({ word: '', text: textOf(span), tokens: span, kind: 'bare', front: true })
        i++
        continue
      }
      if (
        (date && next?.kind !== 'VG') ||
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
    } else if (
      c.kind === 'M' &&
      chunks[i + 1]?.kind === 'NP' &&
      listAhead(chunks, i, verbAt) &&
      !(head.tag === 'NAME' && /^(?:a|an|the)$/.test(chunks[i + 1]?.tokens[0]?.lower ?? ''))
    ) {
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
  if (verbs > 0) cursor.rules.segment({ ...cursor, chunks: inner })
  for (const clause of cursor.clauses.slice(before)) if (clause.kind === 'main') clause.kind = 'subordinate'
  return end
}

const RULES: Rules = { segment, subordinate, predicate }
