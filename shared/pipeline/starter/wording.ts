/** @file Facts put into words: as a statement, as a question, and with words swapped for their like. */

import type { Random } from '../../base/random.ts'
import { agree, capitalise, fixArticles, isPluralPhrase } from './morphology.ts'
import { INTERCHANGEABLE } from './synonyms.ts'
import type { Thing, WorldFact } from './world.ts'

const LIKE = new Map(INTERCHANGEABLE.flatMap((group) => group.map((word) => [word, group] as const)))
const SWAPPABLE = new RegExp(`\\b(?:${[...LIKE.keys()].sort((a, b) => b.length - a.length).join('|')})\\b`, 'g')

/** Swaps some words of a template for interchangeable ones. Slots and marks are left alone. */
function vary(template: string, random: Random, p: number): string {
  return template.replace(SWAPPABLE, (word) => (random.chance(p) ? random.pick(LIKE.get(word) ?? [word]) : word))
}

/** How a subject is referred to. */
export interface Reference {
  text: string
  isPlural: boolean
}

export const byName = (thing: Thing): Reference => ({ text: thing.name, isPlural: thing.isPlural })

/** Fixes the nouns of a template, so that it can be said of different references. */
function settle(template: string, fact: WorldFact, random: Random): string {
  const noun = random.chance(0.6) ? fact.relation.nouns[0] : random.pick(fact.relation.nouns)
  const kind = random.chance(0.6) ? KIND_WORD[fact.subject.kind] : fact.subject.noun
  return template.replaceAll('{P}', noun ?? '').replaceAll('{K}', kind)
}

/** Fills a settled template. The result begins in lower case where the template began with a slot. */
export function fill(template: string, fact: WorldFact, subject: Reference): string {
  const text = agree(agree(template, subject.isPlural), isPluralPhrase(fact.value), '%')
    .replaceAll("{X}'s", possessive(subject.text))
    .replaceAll('{X}', subject.text)
    .replaceAll('{V}', fact.value)
  return fixArticles(text)
}

/** A wording of the fact that can be said of several references: by name, or as "it". */
export interface Wording {
  template: string
  of(subject: Reference): string
}

export function wordingOf(fact: WorldFact, random: Random): Wording {
  const template = settle(vary(random.pick(fact.relation.says), random, 0.35), fact, random)
  return { template, of: (subject) => capitalise(fill(template, fact, subject)) }
}

/** The shortest statement of the fact: "The hardness of X is V." */
export const short = (fact: WorldFact, subject = byName(fact.subject)): string =>
  capitalise(
    fill(
      (fact.relation.short ?? 'The {P} of {X} is {V}.').replaceAll('{P}', fact.relation.nouns[0] ?? ''),
      fact,
      subject,
    ),
  )

/** What a question about the fact asks for: "the hardness of X", "what X prevents". */
export const asked = (fact: WorldFact, subject = byName(fact.subject)): string =>
  fill((fact.relation.asked ?? 'for the {P} of {X}').replaceAll('{P}', fact.relation.nouns[0] ?? ''), fact, subject)

export const KIND_WORD: Readonly<Record<Thing['kind'], string>> = {
  material: 'material',
  mineral: 'mineral',
  organism: 'organism',
  device: 'device',
  process: 'process',
  person: 'person',
  place: 'place',
}

function possessive(name: string): string {
  if (name === 'it') return 'its'
  if (name === 'they') return 'their'
  return name.endsWith('s') ? `${name}'` : `${name}'s`
}

/** One full sentence in any of the relation's wordings. */
export function say(fact: WorldFact, random: Random, subject = byName(fact.subject)): string {
  return wordingOf(fact, random).of(subject)
}

/** A sentence in a plain wording, without swaps and with the plainest noun. */
export function sayPlainly(fact: WorldFact, random: Random): string {
  const { says, nouns } = fact.relation
  const template = (says[random.below(Math.min(says.length, 6))] ?? '').replaceAll('{P}', nouns[0] ?? '')
  return capitalise(fill(template, fact, byName(fact.subject)))
}

const LEADS = [
  'Please answer: {q}',
  'Question: {q}',
  'Tell me: {q}',
  'I have a question. {Q}',
  '{Q} Answer briefly.',
  '{Q} Give a short answer.',
  'In a few words: {q}',
  'Can you tell me: {q}',
  'Quick question: {q}',
  '{Q} Please reply.',
]

/** A question whose answer is the fact's value; `subject` may be a path through another thing. */
export function ask(fact: WorldFact, random: Random, subject = byName(fact.subject)): string {
  return lead(fill(settle(vary(random.pick(fact.relation.asks), random, 0.35), fact, random), fact, subject), random)
}

/** A question whose answer is the fact's subject; undefined where the relation has none. */
export function askInverse(fact: WorldFact, random: Random): string | undefined {
  if (fact.relation.inverse.length === 0) return undefined
  return lead(
    fill(settle(vary(random.pick(fact.relation.inverse), random, 0.35), fact, random), fact, byName(fact.subject)),
    random,
  )
}

function lead(text: string, random: Random): string {
  const question = capitalise(text)
  if (!random.chance(0.08)) return question
  const lower = /^(What|Who|When|Where|Which|How|Why|At|In|To|By|For|Name|Give|State|Of|From|On|Up|Under)\b/.test(
    question,
  )
    ? question.charAt(0).toLowerCase() + question.slice(1)
    : question
  return random.pick(LEADS).replace('{q}', lower).replace('{Q}', question)
}

/** The linked thing described through its owner: "the mineral in tarvel". */
export function path(fact: WorldFact, random: Random): Reference {
  return { text: fill(random.pick(fact.relation.paths), fact, byName(fact.subject)), isPlural: false }
}
