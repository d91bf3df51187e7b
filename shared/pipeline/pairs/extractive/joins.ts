/**
 * @file Two-fact questions: fact A describes the bridge, fact B is asked about it, and the bridge itself is not named.
 * "What is the density of the alloy that recovers strains of up to 8 %?"
 */

import type { Random } from '../../../base/random.ts'
import type { Fact } from '../../artifacts.ts'
import { conceptKey, contentWords } from './concepts.ts'
import { plain, predicateOf } from './grammar.ts'
import { isSound, wordQuestion, type Worded } from './wordings.ts'

export interface Join {
  a: Fact
  b: Fact
  /** What both facts share, as fact B names it. */
  bridge: string
  /** Whether the bridge is fact A's object or its subject. */
  via: 'object' | 'subject'
}

/** A concept that more facts than this are about is too vague to bridge. */
const MOST_FACTS = 14
const PER_FACT = 5

const VAGUE =
  /^(?:material|process|method|part|surface|structure|product|result|sample|system|form|type|layer|water|heat|air|temperature|century|year|time|work|example|piece|side|end|way|man|people|world|thing|property|value|number|same|one|two|three|four|five|six|no|all|most|small|large|high|low|it|other|first|second|main)$/

/** Pairs of facts that can be joined. Deterministic, in the order of the facts. */
export function findJoins(facts: readonly Fact[]): Join[] {
  const bySubject = new Map<string, Fact[]>()
  const described = new Map<string, Set<string>>()
  for (const f of facts) {
    if (!f.form || f.kind === 'statement') continue
    const key = conceptKey(f.subject)
    bySubject.set(key, [...(bySubject.get(key) ?? []), f])
    for (const [side, bridge] of [
      [`${conceptKey(f.subject)}>${f.relation}`, conceptKey(f.object)],
      [`${f.relation}>${conceptKey(f.object)}`, key],
    ] as const)
      described.set(side, (described.get(side) ?? new Set()).add(bridge))
  }
  const joins: Join[] = []
  for (const a of facts) {
    if (!a.form || a.kind === 'statement' || a.kind === 'cause' || a.kind === 'purpose') continue
    const object = conceptKey(a.object)
    const viaObject =
      specific(object) && described.get(`${conceptKey(a.subject)}>${a.relation}`)?.size === 1
        ? (bySubject.get(object) ?? [])
        : []
    const subject = conceptKey(a.subject)
    const unique = described.get(`${a.relation}>${object}`)?.size === 1
    const viaSubject =
      specific(subject) && unique && a.form.target !== 'subject' && telling(a) ? (bySubject.get(subject) ?? []) : []
    for (const [via, list] of [
      ['object', viaObject],
      ['subject', viaSubject],
    ] as const) {
      if (list.length === 0 || (via === 'object' && list.length > MOST_FACTS)) continue
      // facts nearest in the corpus are the least surprising; take them from all over
      const stride = Math.max(1, Math.floor(list.length / PER_FACT))
      for (let i = 0, n = 0; i < list.length && n < PER_FACT; i += stride, n++) {
        const b = list[i] as Fact
        if (
          b.id === a.id ||
          b.statement === a.statement ||
          b.form?.target === 'subject' ||
          (b.sentence === a.sentence && via === 'subject')
        )
          continue
        if (conceptKey(b.object) === subject || conceptKey(b.object) === object || overlaps(a, b, via)) continue
        joins.push({ a, b, bridge: b.subject, via })
      }
    }
  }
  return joins
}

function specific(concept: string): boolean {
  return concept.length > 2 && !VAGUE.test(concept) && !/^\d/.test(concept) && concept.split(' ').length <= 5
}

/** Whether a fact singles its subject out: a plain "X is soft" would not. */
function telling(a: Fact): boolean {
  if (a.form?.answerType === 'quality' || a.form?.verb?.negated) return false
  return contentWords(a.object).length >= 2 || /\d|\p{Lu}/u.test(a.object) || a.kind === 'definition'
}

function overlaps(a: Fact, b: Fact, via: Join['via']): boolean {
  const given = new Set(contentWords(via === 'object' ? `${a.subject} ${a.relation}` : `${a.relation} ${a.object}`))
  return contentWords(b.object).some((w) => given.has(w))
}

/** "the alloy that recovers strains of up to 8 %": the bridge described by fact A. */
function description(a: Fact, via: Join['via'], random: Random): string | undefined {
  const form = a.form
  if (!form?.verb) return undefined
  const keepAll = form.adjuncts
    .map((_, i) => i)
    .filter((i) => form.adjuncts[i]?.type !== 'clause' && (form.adjuncts[i]?.text.split(' ').length ?? 0) <= 6)
    .slice(0, 2)
  if (via === 'object') {
    const person = form.answerType === 'person'
    const what = person ? 'the person' : form.answerType === 'place' ? 'the place' : random.pick(['the thing', 'that'])
    if (
      a.kind === 'property' &&
      form.target !== 'subject' &&
      !/^be\b/.test(a.relation) &&
      a.relation !== form.verb.base
    )
      return `the ${a.relation} of ${a.subject}`
    if (a.kind === 'composition')
      return random.pick([
        `the main component of ${a.subject}`,
        `what ${a.subject} ${form.plural ? 'consist' : 'consists'} of`,
        `the material found in ${a.subject}`,
      ])
    if (form.target === 'subject')
      return person
        ? `the person who ${predicateOf(form, { omit: 'subject', keep: keepAll })}`
        : `the thing that ${predicateOf(form, { omit: 'subject', keep: keepAll })}`
    if (form.target === 'complement' && a.kind === 'definition') return undefined
    if (form.target === 'complement')
      return `${person ? 'the person whom' : what === 'that' ? 'the thing that' : 'the thing that'} ${plain(form, { omit: 'complement', keep: keepAll })}`
    if (typeof form.target === 'number') {
      const adjunct = form.adjuncts[form.target]
      const word = adjunct?.word ?? ''
      if (!word || /^(?:such as|as|like|than|to)$/.test(word) || adjunct?.type === 'time') return undefined
      const others = keepAll.filter((i) => i !== form.target)
      return `${person ? 'the person' : form.answerType === 'place' ? 'the place' : 'the thing'} ${word} ${person ? 'whom' : 'which'} ${plain(form, { omit: form.target, keep: others })}`
    }
    return undefined
  }
  const noun = form.person ? 'the person who' : random.pick(['the thing that', 'the one that', 'that which'])
  if (a.kind === 'property' && !/^be\b/.test(a.relation) && a.relation !== form.verb.base) {
    if (/^(?:share of|number of)| content$/.test(a.relation))
      return `${noun} ${predicateOf(form, { omit: 'subject', keep: keepAll }, false)}`
    return `${random.pick(['the thing with', 'the material with', 'whatever has'])} ${/^[aeiou]/.test(a.relation) ? 'an' : 'a'} ${a.relation} of ${a.object}`
  }
  if (form.subject !== a.subject) return undefined
  return `${noun} ${predicateOf(form, { omit: 'subject', keep: keepAll })}`
}

/**
 * A question about fact `b` in which its subject is described through fact `a`; undefined when no sound wording was found.
 * The answer is fact b's object.
 */
export function wordJoin(a: Fact, b: Fact, random: Random): Worded | undefined {
  const bridge = conceptKey(b.subject)
  const via = conceptKey(a.object) === bridge ? 'object' : 'subject'
  const form = b.form
  if (!form) return undefined
  for (let i = 0; i < 10; i++) {
    const text = description(a, via, random)
    if (!text) return undefined
    if (text.split(' ').length < 5 || text.split(' ').length > 22) continue
    const described: Fact = {
      ...b,
      subject: text,
      form: {
        ...form,
        topic: '',
        subject: form.subject === b.subject ? text : form.subject.split(b.subject).join(text),
        plural: form.subject === b.subject ? false : form.plural,
        verb: form.verb && form.subject === b.subject ? singularVerb(form.verb) : form.verb,
      },
    }
    const worded = wordQuestion(described, random)
    if (worded.answer !== b.object || /____/.test(worded.text)) continue
    const words = worded.text.split(' ').length
    const named =
      ` ${conceptKey(worded.text)} `.includes(` ${bridge} `) ||
      contentWords(b.subject).every((w) => contentWords(worded.text).includes(w))
    if (named || words > 40 || !isSound(worded) || !worded.text.includes(text)) continue
    return worded
  }
  return undefined
}

/** The described subject is singular, whatever the fact's own was. */
function singularVerb(verb: NonNullable<Fact['form']>['verb']): NonNullable<Fact['form']>['verb'] {
  if (!verb) return verb
  const one: Record<string, string> = { are: 'is', were: 'was', have: 'has', do: 'does' }
  return { ...verb, aux: verb.aux.map((a, i) => (i === 0 ? (one[a] ?? a) : a)) }
}
