/** @file A parsed clause with its references resolved, as plain texts: what statements and questions are made of. */

import type { AnswerType, FactForm } from '../../artifacts.ts'
import type { Adjunct, Clause } from './clause-spans.ts'
import { capitalised, isPerson, isPlace, PERSON_NOUN } from './concepts.ts'
import { conjugate, isGivenName, isPlaceName } from './lexicon.ts'
import { resolvePhrase, type Entity, type Scope } from './resolve.ts'
import { HUMAN_VERBS } from './science-words.ts'
import type { Tagged } from './tagger.ts'
import { textOf } from './tokens.ts'

const TIME_NOUN =
  /^(?:year|years|century|centuries|decade|decades|day|days|month|months|week|weeks|war|age|era|period|time|times|spring|summer|autumn|winter|antiquity|today|ago|later|earlier|night|nights|morning|evening|season|renaissance|hours?|minutes?|seconds?|bronze age|iron age)$/
const TIME_UNIT =
  /(?:years?|centur(?:y|ies)|decades?|days?|months?|weeks?|hours?|minutes?|seconds?|milliseconds?|generations?|\bh|\bs|\bms|\bmin)$/
const TEMPERATURE = /(?:°C|°F|\bK|degrees|kelvins?|celsius)$/

/** What kind of answer an adjunct gives. */
export function adjunctType(a: Adjunct, passive: boolean): AnswerType {
  const head = headOf(a.tokens)
  if (a.kind === 'clause')
    return /^(?:because|since|as|for)$/.test(a.word) ? 'reason' : /^so that$/.test(a.word) ? 'purpose' : 'clause'
  if (a.kind === 'infinitive') return 'purpose'
  if (a.kind === 'gerund') return a.word === 'by' ? 'means' : a.word === 'for' ? 'purpose' : 'clause'
  if (/^(?:because of|due to|owing to|thanks to|on account of|as a result of)$/.test(a.word)) return 'reason'
  if (/^(?:January|February|March|April|May|June|July|August|September|October|November|December)$/.test(a.text))
    return 'time'
  if (
    a.tokens.some((t) => t.tag === 'DATE') &&
    (head?.tag === 'DATE' || a.tokens.length <= 4) &&
    /^(?:in|on|by|from|since|until|till|before|after|around|about|during|between|at|)$/.test(a.word)
  )
    return 'time'
  const last = a.tokens.at(-1)
  if (head?.tag === 'QTY') {
    if (TEMPERATURE.test(head.bare ?? head.text)) return 'temperature'
    if (last && /^(?:later|ago|earlier)$/.test(last.lower)) return 'time'
    if (TIME_UNIT.test(head.bare ?? head.text) && /^(?:for|over|during|within|in|after|)$/.test(a.word))
      return 'duration'
    return 'number'
  }
  if (a.word === '') return a.tokens.some((t) => TIME_NOUN.test(t.lower)) ? 'time' : 'clause'
  if (/^(?:in|during|before|after|since|until|at|on|by)$/.test(a.word) && head && TIME_NOUN.test(head.lower))
    return 'time'
  if (a.word === 'by' && passive) return isPerson(a.tokens) ? 'person' : 'thing'
  if (a.word === 'by') return isPerson(a.tokens) ? 'person' : 'thing'
  if (
    /^(?:in|at|near)$/.test(a.word) &&
    a.tokens.length === 1 &&
    head?.tag === 'NAME' &&
    !/\d|^(?:Physics|Chemistry|Medicine|Nature|Science|English|German|Latin|Greek|French)$/.test(a.text)
  )
    return 'place'
  const known = a.tokens.some((t) => t.tag === 'NAME' && isPlaceName(t.text)) || isPlaceName(a.text)
  if (
    (known ? /^(?:in|at|near|on|from|off|outside|to|into|across|inside)$/ : /^(?:in|at|near|on)$/).test(a.word) &&
    isPlace(a.tokens) &&
    !/\d|^(?:Physics|Chemistry|Medicine|Nature|Science|English|German|Latin|Greek|French)$/.test(a.text)
  )
    return 'place'
  if (isPerson(a.tokens)) return 'person'
  return 'thing'
}

/** The head word of a noun phrase: the last noun before any preposition. */
export function headOf(tokens: readonly Tagged[]): Tagged | undefined {
  const stop = tokens.findIndex((t, i) => i > 0 && /^(?:P|REL|VN|VG|SUB|TO)$/.test(t.tag))
  const np = stop < 0 ? tokens : tokens.slice(0, stop)
  for (let i = np.length - 1; i >= 0; i--)
    if (/^(?:N|NS|NAME|QTY|NUM|DATE|PRO)$/.test((np[i] as Tagged).tag)) return np[i]
  return np.at(-1)
}

const DROPPED =
  /^(?:also|then|thus|therefore|however|hence|too|already|yet|only|even|still|now|moreover|furthermore|nevertheless|instead|meanwhile|indeed|curiously|oddly|finally|first|later|soon|afterwards|again|likewise|besides|otherwise|that is|for example|for instance|in fact|of course|in turn|shortly|unfortunately|surprisingly|interestingly|as well|well)$/i

/** The clause as texts, or undefined when something it is about cannot be told. */
export function formOf(clause: Clause, scope: Scope): FactForm | undefined {
  const first = clause.subject[0]
  if (
    !first ||
    (/^(?:we|i|you|our|my|your|one|there|this|that|these|those|each|both|all|some|others|many|which|what|another|nothing|something|someone|everyone|whereupon)$/.test(
      first.lower,
    ) &&
      clause.subject.length === 1)
  )
    return undefined
  let tokens = clause.subject
  if (first.lower === 'that' && first.tag !== 'PRO' && tokens.length > 1) tokens = tokens.slice(1)
  if (/^(?:we|our|my|your)$/.test(first.lower)) return undefined
  // people named in the clause are the nearest antecedents of "his" and "her"
  for (const span of clause.kind === 'apposition'
    ? []
    : [clause.subject, ...clause.adjuncts.filter((a) => a.word === 'by').map((a) => a.tokens)])
    if (span.length > 0 && span.every((t) => t.tag === 'NAME') && isPerson(span))
      scope.people.unshift({ text: textOf(span), plural: false, person: true })
  const subject = resolvePhrase(tokens, scope, 'subject')
  if (!subject || subject.split(' ').length > 14) return undefined
  const own: Entity =
    clause.head.tag === 'VG'
      ? { ...scope.topic }
      : { text: subject, plural: clause.plural, person: isPerson(clause.subject) }
  const human =
    clause.verb.past &&
    !clause.verb.passive &&
    tokens.length >= 2 &&
    tokens.length <= 3 &&
    tokens.every((t) => t.tag === 'NAME' && /^\p{Lu}\p{Ll}+/u.test(t.text)) &&
    (HUMAN_VERBS.has(clause.verb.base) || isGivenName(first.text))
  const resolvedPronoun = first.tag === 'PRO'
  // a topic that replaces "the alloy" may differ in number: the verb follows it
  const replaced = [scope.topic, ...scope.recent].find((e) => e.text === subject)
  const changed = replaced && resolvedOrGeneric(tokens, subject) ? replaced.plural : undefined
  const plural = changed ?? agreeing(clause)
  const person =
    own.person || human || (resolvedPronoun && /^(?:he|she)$/.test(first.lower)) || PERSON_NOUN.test(clause.head.lower)
  let complement: string | undefined
  if (clause.complement) {
    complement = resolvePhrase(clause.complement.tokens, scope, 'other', own)
    if (complement === undefined) return undefined
  }
  const second = clause.second ? resolvePhrase(clause.second, scope, 'other', own) : undefined
  const adjuncts: FactForm['adjuncts'] = []
  for (const a of clause.adjuncts) {
    if (a.tokens.length === 0 || (a.word === '' && DROPPED.test(a.text))) continue
    if (/\b(?:later|earlier|afterwards)$/.test(a.text) && a.word === '') continue
    if (a.front && a.word === '' && a.kind === 'bare' && /^\w+$/.test(a.text) && adjunctType(a, false) !== 'time')
      continue
    if (/^(?:however|as|that)$/.test(a.word) && a.kind !== 'clause' && /^(?:well|such)$/.test(a.text)) continue
    if (a.kind === 'clause' && /^(?:that|whether|how|why|what|for)$/.test(a.word) && clause.verb.copula === false)
      continue
    const text = resolvePhrase(a.tokens, scope, 'other', own)
    if (text === undefined || text === '') continue
    const trimmed =
      a.kind === 'infinitive' || a.kind === 'clause' || a.kind === 'gerund' ? lowered(text, a.tokens) : text
    adjuncts.push({ word: a.word, text: trimmed, type: adjunctType(a, clause.verb.passive), front: a.front })
  }
  const { base, past, passive, negated } = clause.verb
  const { aux, main } =
    changed === undefined || changed === agreeing(clause) ? clause.verb : reagree(clause.verb, changed)
  return {
    topic: scope.topic.text,
    subject,
    plural,
    person,
    verb: { aux: aux.filter((a) => a !== 'not'), main, base, past, passive, negated },
    complement,
    second: second || undefined,
    adjuncts,
    target: 'complement',
    answerType: 'thing',
  }
}

function resolvedOrGeneric(tokens: readonly Tagged[], subject: string): boolean {
  return textOf(tokens).toLowerCase() !== subject.toLowerCase()
}

const TO_PLURAL: Record<string, string> = { is: 'are', was: 'were', has: 'have', does: 'do' }
const TO_SINGULAR: Record<string, string> = { are: 'is', were: 'was', have: 'has', do: 'does' }

/** The verb group with the number of another subject. */
function reagree(verb: Clause['verb'], plural: boolean): { aux: string[]; main: string } {
  const map = plural ? TO_PLURAL : TO_SINGULAR
  if (verb.aux.length > 0) return { aux: verb.aux.map((a, i) => (i === 0 ? (map[a] ?? a) : a)), main: verb.main }
  if (verb.past) return { aux: verb.aux, main: verb.main }
  const [word = '', ...rest] = verb.base.split(' ')
  const p = conjugate(word)
  return { aux: verb.aux, main: [plural ? p.base : p.third, ...rest].join(' ') }
}

function agreeing(clause: Clause): boolean {
  const first = clause.verb.aux.find((a) => a !== 'not')
  if (first && /^(?:is|was|has|does)$/.test(first)) return false
  if (first && /^(?:are|were|have|do)$/.test(first)) return true
  const tag = clause.verb.tokens.find((t) => /^(?:VZ|V0|HV|DO)$/.test(t.tag))
  if (!first && (tag?.tag === 'VZ' || tag?.lower === 'has')) return false
  if (!first && (tag?.tag === 'V0' || tag?.lower === 'have')) return true
  return clause.plural
}

function lowered(text: string, tokens: readonly Tagged[]): string {
  return tokens[0]?.tag === 'NAME' ? text : (text[0] ?? '').toLowerCase() + text.slice(1)
}

/** Auxiliaries and main verb as they stand in a statement. */
export function verbPhrase(form: FactForm): string {
  const v = form.verb
  if (!v) return ''
  const parts = [...v.aux]
  if (v.negated) parts.splice(1, 0, 'not')
  return [...parts, v.main].filter(Boolean).join(' ')
}

/** "in 1907", "to catch grains", "because it is dense". */
export function adjunctText(a: { word: string; text: string }): string {
  return a.word ? `${a.word} ${a.text}` : a.text
}

/** The clause as one declarative sentence. Long trailing clauses are left out unless they are adjunct `keep`. */
export function statementOf(form: FactForm, keep = -1): string {
  const front: string[] = []
  const back: string[] = []
  let words = form.subject.split(' ').length + (form.complement ?? '').split(' ').length
  for (const [i, a] of form.adjuncts.entries()) {
    const text = adjunctText(a)
    const n = text.split(' ').length
    if (i !== keep && words + n > 30) continue
    words += n
    if (a.front) {
      front.push(text)
      continue
    }
    if (a.word === '' && /^\w+ing\b/.test(text)) back.push(`, ${text}`)
    else back.push(text)
  }
  const body = [form.subject, verbPhrase(form), form.complement, form.second, ...back].filter(Boolean).join(' ')
  const lead = front.length ? `${front.join(', ')}, ` : ''
  return `${capitalised(lead + body)}`.replace(/\s+([,.;:])/g, '$1').replace(/[,;:]+$/, '') + '.'
}
