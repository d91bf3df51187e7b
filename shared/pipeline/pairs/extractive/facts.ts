/** @file Passages to facts: every informative sentence is parsed, its references resolved, and asked for what it states. */

import type { Document, Fact, Passage } from '../../artifacts.ts'
import { chunk } from './chunks.ts'
import { worthAsking } from './answers.ts'
import { clauseFacts } from './clause-facts.ts'
import type { Draft } from './draft.ts'
import { parseClauses } from './clauses.ts'
import { capitalised, conceptKey } from './concepts.ts'
import { formOf } from './form.ts'
import { isDemonym, isGivenName, isPersonName, isPlaceName } from './lexicon.ts'
import { junkReason } from './junk.ts'
import { remember, topicOf, type Scope } from './resolve.ts'
import { tag, type Tagged } from './tagger.ts'
import { abbreviationsOf, sentencesOf, textOf, tokenize, type Token } from './tokens.ts'

/** What became of a sentence, for the quality table. */
export interface SentenceReport {
  sentence: string
  passageId: string
  junk?: string
  facts: number
}

/** Most facts taken from one sentence. */
const MOST = 9

/**
 * Facts of all passages, in reading order. A sentence repeated where passages overlap is read once.
 * Deterministic; passages of one document are read in the order of their index.
 */
export function extractFacts(
  passages: readonly Passage[],
  documents: readonly Document[],
  report?: (r: SentenceReport) => void,
): Fact[] {
  const byDocument = new Map<string, Passage[]>()
  for (const p of passages) byDocument.set(p.documentId, [...(byDocument.get(p.documentId) ?? []), p])
  const facts: Fact[] = []
  // words that keep their capital inside sentences are names; a sentence may begin with any other word
  const capitals = new Set(passages.flatMap((p) => p.text.match(/(?<=[\p{Ll},;] )\p{Lu}[\p{L}-]*/gu) ?? []))
  const lowerWords = new Set(passages.flatMap((p) => p.text.match(/(?<![\p{L}\p{N}-])\p{Ll}[\p{L}-]*/gu) ?? []))
  for (const [documentId, own] of byDocument) {
    own.sort((a, b) => a.index - b.index)
    const document = documents.find((d) => d.id === documentId)
    const whole = own.map((p) => p.text).join('\n')
    const scope: Scope = {
      topic: topicOf(document, whole),
      recent: [],
      heads: new Map(),
      people: [],
      sentence: 0,
      topicAt: -9,
    }
    const seen = new Set<string>()
    const stated = new Set<string>()
    for (const passage of own) {
      let n = 0
      for (const sentence of sentencesOf(passage.text)) {
        if (seen.has(sentence)) continue
        seen.add(sentence)
        const tagged = tag(lowered(tokenize(withoutLead(sentence)), lowerWords, capitals))
        const junk = junkReason(sentence, tagged)
        if (junk) {
          report?.({ sentence, passageId: passage.id, junk, facts: 0 })
          continue
        }
        scope.sentence++
        const drafts = sentenceFacts(sentence, tagged, scope)
        let kept = 0
        for (const draft of drafts) {
          const key = `${conceptKey(draft.subject)}|${draft.relation}|${draft.object.toLowerCase()}`
          if (stated.has(key) || kept >= MOST) continue
          stated.add(key)
          kept++
          facts.push({ id: `${passage.id}:f${n++}`, passageId: passage.id, documentId, sentence, ...draft })
        }
        report?.({ sentence, passageId: passage.id, facts: kept })
      }
    }
  }
  return facts
}

const LEAD =
  /^(?:(?:however|moreover|furthermore|indeed|here|overall|in (?:this|the present) (?:work|paper|study|review)),? )?(?:(?:we|the authors?|our (?:results|work|findings|experiments|data)|(?:these|the|recent|previous|earlier|several|many|other) (?:results|findings|data|studies|work|experiments|observations)|results|studies|experiments|tradition|legend|it)\s+(?:(?:has|have) (?:also )?(?:it|been )?|is |was |can be |also |thus )?(?:\w+ly )?(?:show[ns]?|showed|finds?|found|demonstrate[sd]?|report(?:ed|s)?|suggest(?:s|ed)?|indicate[sd]?|reveal(?:s|ed)?|observe[sd]?|conclude[sd]?|known|believed|thought|said|noted|estimated|seen|clear|evident|propose[sd]?|confirm(?:s|ed)?|likely|possible|)\s*that|(?:legend|tradition|rumour) has it that|note that)\s+/i

/** A sentence without what only says who found it: "We show that", "It is known that". */
function withoutLead(sentence: string): string {
  const rest = sentence.replace(LEAD, '')
  return rest === sentence || rest.split(' ').length < 4 ? sentence : capitalised(rest)
}

/** The first word in lower case when the corpus also writes it so: only names keep their capital. */
function lowered(tokens: Token[], lowerWords: ReadonlySet<string>, capitals: ReadonlySet<string>): Token[] {
  const first = tokens[0]
  if (!first || !first.capital || /\p{Lu}.*\p{Lu}|\d|[’']/u.test(first.text)) return tokens
  if (tokens[1]?.capital && isGivenName(first.text)) return tokens
  const name =
    capitals.has(first.text) ||
    tokens[1]?.capital ||
    isPersonName(first.text) ||
    isPlaceName(first.text) ||
    isDemonym(first.lower)
  if (tokens[1]?.capital || (!lowerWords.has(first.lower) && name)) return tokens
  return [{ ...first, text: first.lower, capital: false }, ...tokens.slice(1)]
}

function sentenceFacts(sentence: string, tagged: readonly Tagged[], scope: Scope): Draft[] {
  const drafts: Draft[] = []
  const clauses = parseClauses(chunk(tagged))
  for (const clause of clauses) {
    const form = formOf(clause, scope)
    if (!form) {
      continue
    }
    drafts.push(...clauseFacts(clause, form))
    remember(scope, clause, form.subject, `${form.subject} ${form.complement ?? ''}`)
  }
  for (const { short, long } of abbreviationsOf(sentence)) {
    const statement = `${short} stands for ${long}.`
    drafts.push({
      kind: 'definition',
      subject: short,
      relation: 'stand for',
      object: long,
      statement,
      form: {
        topic: scope.topic.text,
        subject: short,
        plural: false,
        person: false,
        verb: { aux: [], main: 'stands for', base: 'stand for', past: false, passive: false, negated: false },
        complement: long,
        adjuncts: [],
        target: 'complement',
        answerType: 'thing',
      },
    })
  }
  const missing = uncoveredNumbers(tagged, drafts)
  if (drafts.length === 0 || missing.length > 0)
    drafts.push(...cloze(sentence, tagged, scope, missing, drafts.length === 0))
  return drafts
}

/** Quantities that no fact has as its object. */
function uncoveredNumbers(tagged: readonly Tagged[], drafts: readonly Draft[]): Tagged[] {
  return tagged.filter(
    (t) =>
      (t.tag === 'QTY' || t.tag === 'DATE') &&
      !drafts.some((d) => d.object.includes(t.bare ?? t.text) || d.object.includes(t.text)),
  )
}

/** A sentence no rule could take apart: its most telling number, name or noun phrase is left out of it. */
function cloze(
  sentence: string,
  tagged: readonly Tagged[],
  scope: Scope,
  numbers: readonly Tagged[],
  any: boolean,
): Draft[] {
  const first = tagged[0]
  if (!first) return []
  // the sentence must stand alone: an opening pronoun becomes the topic, anything else unresolved is refused
  let text = sentence.replace(/\s+/g, ' ').trim()
  if (/^(?:It|This|That)\b/.test(text) && /^(?:PRO)$/.test(first.tag))
    text = text.replace(/^\w+/, capitalised(scope.topic.text))
  else if (/^(?:He|She)$/.test(first.text) && scope.people[0]) text = text.replace(/^\w+/, scope.people[0].text)
  else if (/^Its\b/.test(text))
    text = text.replace(/^Its/, `${capitalised(scope.topic.text)}${scope.topic.text.endsWith('s') ? "'" : "'s"}`)
  else if (/^(?:We|Our|They|These|Those|This|Their|Both|Such)\b/.test(text)) return []
  if (text.split(' ').length > 40 || /:$/.test(text) || /\b(?:they|he|she|them|him)\b/.test(text)) return []
  const out: Draft[] = []
  const draft = (object: string, answerType: 'number' | 'time' | 'thing' | 'temperature') => {
    if (!text.includes(object) || !worthAsking(object)) return
    out.push({
      kind: 'statement',
      subject: scope.topic.text,
      relation: 'state',
      object,
      statement: /[.!?]$/.test(text) ? text : `${text}.`,
      form: {
        topic: scope.topic.text,
        subject: scope.topic.text,
        plural: scope.topic.plural,
        person: false,
        adjuncts: [],
        target: 'complement',
        answerType,
      },
    })
  }
  for (const n of numbers.slice(0, 2)) draft(n.text, n.tag === 'DATE' ? 'time' : 'number')
  if (out.length === 0 && any) {
    const nouns = chunk(tagged).filter((c) => c.kind === 'NP')
    const names = nouns.filter((c) => c.tokens.some((t) => t.tag === 'NAME'))
    const best = [...(names.length ? names : nouns)]
      .reverse()
      .find((c) => worthAsking(textOf(c.tokens), 5) && !c.tokens.some((t) => t.tag === 'PRO'))
    if (best) draft(textOf(best.tokens).replace(/^(?:the|a|an)\s+/i, ''), 'thing')
  }
  return out
}
