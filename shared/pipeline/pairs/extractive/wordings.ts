/**
 * @file Facts to questions, in many wordings composed from parts, so that a small model meets every fact from many sides.
 * A question stands alone and never holds its answer.
 */

import type { Random } from '../../../base/random.ts'
import type { Fact, FactForm } from '../../artifacts.ts'
import { answerText } from './answers.ts'
import { capitalised, conceptKey, contentWords } from './concepts.ts'
import { withVerb } from './grammar.ts'
import { VERB_SYNONYMS } from './synonyms.ts'
import { askAdjunct, askComplement, askSecond, askSubject } from './wordings-clause.ts'
import { askComposition, askDefinition, askGap, askProperty } from './wordings-noun.ts'

export interface Worded {
  text: string
  answer: string
}

/** Share of questions that ask for the subject instead of the object. */
const INVERSE = 0.25
const TRIES = 14

/** A question for the fact with its key answer: the fact's object, or its subject when asked the other way round. */
export function wordQuestion(fact: Fact, random: Random): Worded {
  for (let i = 0; i < TRIES; i++) {
    const worded = draw(fact, random)
    if (worded && isSound(worded)) return worded
  }
  return askGap(fact, random)
}

/** All distinct wordings that `draws` draws give: for reading, and for measuring breadth. */
export function wordingsOf(fact: Fact, random: Random, draws = 200): Worded[] {
  const found = new Map<string, Worded>()
  for (let i = 0; i < draws; i++) {
    const w = wordQuestion(fact, random)
    found.set(w.text, w)
  }
  return [...found.values()]
}

function draw(fact: Fact, random: Random): Worded | undefined {
  const form = fact.form
  if (!form || fact.kind === 'statement') return askGap(fact, random)
  const noun = fact.kind === 'property' || fact.kind === 'definition' || fact.kind === 'composition'
  const inverse = form.target !== 'subject' && random.chance(INVERSE) && invertible(fact)
  const varied = synonymous(form, random)
  const answer = inverse ? answerText(fact.subject, 8) : fact.object
  let text: string
  if (noun && (fact.kind !== 'property' || !/^be\b/.test(fact.relation)) && !isVerbRelation(fact)) {
    text =
      fact.kind === 'property'
        ? askProperty(fact, inverse, random)
        : fact.kind === 'definition'
          ? askDefinition(fact, inverse, random)
          : askComposition(fact, inverse, random)
    if (random.chance(0.15) && form.verb && typeof form.target !== 'string' && !inverse)
      text = askAdjunct(fact, varied, form.target, random)
  } else if (inverse || form.target === 'subject') text = askSubject(fact, varied, random)
  else if (form.target === 'complement' || form.target === 'property') text = askComplement(fact, varied, random)
  else if (form.target === 'second') text = askSecond(varied, random)
  else text = askAdjunct(fact, varied, form.target, random)
  if (!text) return undefined
  return { text: finish(inContext(text, form, random)), answer }
}

/** A property found as "X becomes supercritical" is asked through its verb. */
function isVerbRelation(fact: Fact): boolean {
  return fact.kind === 'property' && fact.form?.target === 'complement' && fact.relation === fact.form.verb?.base
}

/** Whether the subject makes a good answer. */
function invertible(fact: Fact): boolean {
  const words = fact.subject.split(' ').length
  if (
    fact.kind === 'definition' &&
    fact.relation === 'be' &&
    fact.object.split(' ').length < 2 &&
    !/\p{Lu}/u.test(fact.object)
  )
    return false
  if (words > 6 || (fact.relation === 'be' && fact.form?.answerType === 'quality')) return false
  if (
    fact.form &&
    typeof fact.form.target === 'number' &&
    !/^(?:thing|person|place|temperature|number|time)$/.test(fact.form.answerType)
  )
    return false
  // a value shared by many things singles out nothing: a bare small number
  return (
    !/^(?:\w+|\d{1,2})$/.test(fact.object) ||
    fact.kind !== 'property' ||
    /\p{Lu}/u.test(fact.object) ||
    fact.object.length > 5
  )
}

function synonymous(form: FactForm, random: Random): FactForm {
  const options = form.verb ? VERB_SYNONYMS[form.verb.base] : undefined
  return options && !form.second && random.chance(0.35) ? withVerb(form, random.pick(options)) : form
}

const FRAMES: readonly ((topic: string, question: string) => string)[] = [
  (t, q) => `In the case of ${t}, ${q}`,
  (t, q) => `For ${t}, ${q}`,
  (t, q) => `Regarding ${t}, ${q}`,
  (t, q) => `When it comes to ${t}, ${q}`,
  (t, q) => `In the context of ${t}, ${q}`,
  (t, q) => `Speaking of ${t}: ${q}`,
  (t, q) => `Concerning ${t}, ${q}`,
  (t, q) => `With ${t} in mind, ${q}`,
]

/** Names the topic when nothing in the question would tell what it is about. */
function inContext(text: string, form: FactForm, random: Random): string {
  const said = new Set(contentWords(text))
  const known = contentWords(form.topic).some((w) => said.has(w))
  if (known || !form.topic) return text
  const named = /(?<!^)\b\p{Lu}\p{L}+/u.test(text.slice(1))
  if (!random.chance(named ? 0.2 : 0.6)) return text
  const lower =
    /^(?:I |[A-Z]{2}|[A-Z]\w*['’]s)/.test(text) || startsWithName(text, form)
      ? text
      : (text[0] ?? '').toLowerCase() + text.slice(1)
  return random.pick(FRAMES)(form.topic, lower)
}

function startsWithName(text: string, form: FactForm): boolean {
  const first = text.split(' ')[0] ?? ''
  return [form.subject, form.complement ?? '', form.topic].some((p) => p.startsWith(first) && /^\p{Lu}/u.test(p))
}

function finish(text: string): string {
  const clean = text
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.;:?!])/g, '$1')
    .replace(/,\?/g, '?')
    .trim()
  return capitalised(/[?.:]$/.test(clean) ? clean : `${clean}?`)
}

/** Whether a question stands alone, is of readable length and keeps its answer to itself. */
export function isSound({ text, answer }: Worded): boolean {
  const words = text.split(' ').length
  if (words < 3 || words > 42) return false
  if (
    /\b(?:this|these|those|it|they|them|he|she|him|we|our|his|her|the author|the paper|the text|the study|undefined)\b/i.test(
      text.replace(
        /\bit is\b|is it that|was it that|it that|when it comes to|their own|what is it|that holds? their/gi,
        '',
      ),
    )
  )
    return false
  const key = conceptKey(answer)
  const body = ` ${conceptKey(text.replace(/\?/g, ' '))} `
  if (
    key.length > 0 &&
    ` ${text.toLowerCase().replace(/[^\p{L}\p{N}%.]+/gu, ' ')} `.includes(
      ` ${answer
        .toLowerCase()
        .replace(/[^\p{L}\p{N}%.]+/gu, ' ')
        .trim()} `,
    )
  )
    return false
  if (body.includes(` ${key} `)) return false
  // most of the answer's words in the question give it away
  const answerWords = contentWords(answer)
  const said = new Set(contentWords(text))
  const shared = answerWords.filter((w) => said.has(w)).length
  return (
    answerWords.length === 0 ||
    (shared < answerWords.length && (answerWords.length < 3 || shared / answerWords.length <= 0.67))
  )
}
