/** @file Documents of the invented world: short encyclopedia entries and abstracts, and shorter passages to answer from. */

import { must } from '../../base/errors.ts'
import type { Random } from '../../base/random.ts'
import { ADVERBS, CONNECTIVES, GENERAL, TOPICS, type Topic } from './lexicon.ts'
import { agree, capitalise, fixArticles, gerund, participle, plural, third } from './morphology.ts'
import { byName, say, wordingOf, KIND_WORD, type Reference } from './wording.ts'
import type { Thing, WorldFact } from './world.ts'

/** Sentences that tell no fact. `{X}` the subject, `{n} {ns} {v} {vs} {vd} {vg} {a} {who} {adv}` words of its topic. */
const FILLERS = `{who} {adv} {v} {X} with {a} {ns}.
The {a} {n} of {X} is {adv} {vd} by {who}.
Every {n} must be {vd} before the {n} is {vd}.
{X} ~is {adv} compared with {a} {ns}.
Without a {a} {n}, the {n} cannot {v} the {n}.
{who} have {vd} such {ns} for many years.
A {a} {n} {vs} the {n}, and a {a} {n} {vs} the {n}.
This is why {who} prefer a {a} {n} to a {a} one.
{X} ~has been {vd} in several {ns}.
If the {n} is {a}, the {n} becomes {a} as well.
When {who} {v} the {n}, they {adv} {v} the {n} too.
It is not yet clear whether the {n} {vs} the {a} {n}.
{vg} the {n} takes time, but {vg} the {n} is easy.
Between the {n} and the {n} there is a {a} {n}.
Most {ns} are {a}; only a few are {a} and {a}.
The more {a} the {n}, the more {a} the {n}.
{X} ~differs from {a} {ns} in many ways.
A good {n} should be {a}, {a} and {a}.
Some {who} {v} the {n}, while others {v} the {n}.
The {n} looks like a {a} {n} and feels {a}.
First the {n} is {vd}, then it is {vd} and {vd}.
{who} must know how to {v} a {n} and when to {v} it.
Both the {n} and the {n} can be {vd} {adv}.
There are {ns}, {ns} and {ns} of every size.
Large {ns} and small {ns} are {vd} in the same way.
Although it looks {a}, the {n} is {adv} {a}.
A {n} was {vd} next to {X}.
The {n} has to {v} the {n} before it can {v} anything else.
Such {a} {ns} are {adv} {vd} and {adv} {vd}.
In the past, {ns} were {vd} by hand.
Neither the {n} nor the {n} was {vd}.
{X} ~was once thought to be a {a} {n}.
Modern {ns} are more {a} than older ones.
A new {n} was {vd} so that {who} could {v} the {n}.
Many {ns} depend on the {a} {n} of the {n}.
What matters most is the {n}, which {vs} the {n}.`.split('\n')

/** One sentence without a fact, in words of `topic`. */
export function filler(topic: number, subject: Reference, random: Random): string {
  const own = must(TOPICS[topic])
  const used = new Set<string>()
  // A word once used in the sentence is not used again: "only a few are old and old" says nothing.
  const draw = (part: keyof Topic) => {
    for (;;) {
      const word = random.pick((random.chance(0.35) ? GENERAL : own)[part])
      if (used.has(word)) continue
      used.add(word)
      return word
    }
  }
  const slots: Readonly<Record<string, () => string>> = {
    n: () => draw('nouns'),
    ns: () => plural(draw('nouns')),
    v: () => draw('verbs'),
    vs: () => third(draw('verbs')),
    vd: () => participle(draw('verbs')),
    vg: () => gerund(draw('verbs')),
    a: () => draw('adjectives'),
    who: () => draw('people'),
    adv: () => random.pick(ADVERBS),
  }
  const text = agree(random.pick(FILLERS), subject.isPlural)
    .replace(/\{([a-z]+)\}/g, (_, slot: string) => must(slots[slot])())
    .replaceAll('{X}', subject.text)
  return capitalise(fixArticles(text))
}

/** "it", "they", "the material", "this fibre": for a thing already named. */
function pronoun(thing: Thing, template: string, random: Random): Reference {
  const starts = template.startsWith('{X}')
  if (thing.kind === 'person')
    return starts && random.chance(0.3) ? { text: 'the inventor', isPlural: false } : byName(thing)
  if (starts && random.chance(0.6))
    return thing.isPlural ? { text: 'they', isPlural: true } : { text: 'it', isPlural: false }
  const noun = random.chance(0.5) ? KIND_WORD[thing.kind] : thing.noun
  if (thing.isPlural) return starts ? { text: 'they', isPlural: true } : byName(thing)
  return { text: `${starts && random.chance(0.4) ? 'this' : 'the'} ${noun}`, isPlural: false }
}

/** A sentence of a passage with the same sentence as it stands alone, its subject named. */
export interface Told {
  fact: WorldFact
  inPlace: string
  alone: string
}

/**
 * Tells facts one after the other. The subject is named at its first mention and whenever it changes.
 * @param named chance of repeating the name where a pronoun would do
 */
export function tell(facts: readonly WorldFact[], random: Random, named = 0.35): Told[] {
  let last: Thing | undefined
  return facts.map((fact) => {
    const wording = wordingOf(fact, random)
    const useName = last !== fact.subject || random.chance(named)
    const inPlace = wording.of(useName ? byName(fact.subject) : pronoun(fact.subject, wording.template, random))
    last = fact.subject
    return { fact, inPlace, alone: wording.of(byName(fact.subject)) }
  })
}

const LEAD_WORDS = new Set(
  (
    'The With In For At It They This These As Between Under Inside One What By Through Makers People Most Small Studies Tests Measurements To Without ' +
    'If When Every Both A An Some Although Neither There First Such Many Modern Large Breaking Above Up After Before Pores Air Grains Crystals ' +
    'Electrons Light Mineral Traders Experts We Factories Engineers Credit Science Critics Several Chemically Since Its Their'
  ).split(' '),
)
const lowerFirst = (sentence: string) =>
  LEAD_WORDS.has(/^\w+/.exec(sentence)?.[0] ?? '') || /^[A-Z][a-z]+ing the /.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence

const TITLES = [
  '# {T}',
  '# On {t}',
  '{T}',
  '# {T}: an overview',
  '# Notes on {t}',
  '# {T} and its uses',
  'Abstract. ',
  '## {T}',
  '# The story of {t}',
  '# A short guide to {t}',
]

/** An article of about 110 to 200 words about one thing, with a sentence here and there about something else. */
export function article(thing: Thing, others: readonly Thing[], random: Random): string {
  const target = random.between(90, 180)
  const facts = random.sample(thing.facts, random.between(5, 11))
  const first = facts.findIndex((fact) => fact.relation.id === 'class')
  if (first > 0) facts.unshift(...facts.splice(first, 1))
  const sentences: string[] = []
  let words = 0
  const add = (sentence: string) => {
    const joined =
      sentences.length > 0 && random.chance(0.16) ? `${random.pick(CONNECTIVES)}, ${lowerFirst(sentence)}` : sentence
    sentences.push(joined)
    words += joined.split(' ').length
  }
  for (const told of tell(facts, random)) {
    if (words > target) break
    const roll = random.next()
    if (sentences.length && roll < 0.22)
      add(filler(thing.topic, random.chance(0.5) ? byName(thing) : { text: 'it', isPlural: false }, random))
    else if (sentences.length && roll < 0.3) {
      const other = random.pick(others)
      if (other !== thing && other.facts.length) {
        // Another thing has been named: a pronoun would now be taken for it.
        add(say(random.pick(other.facts), random))
        add(told.alone)
        continue
      }
    }
    const previous = sentences.at(-1)
    if (previous && random.chance(0.14) && previous.length < 120 && told.inPlace.length < 90) {
      sentences[sentences.length - 1] =
        `${previous.slice(0, -1)}${random.pick([', and ', ', while ', '; ', ', but '])}${lowerFirst(told.inPlace)}`
      words += told.inPlace.split(' ').length + 1
    } else add(told.inPlace)
  }
  while (words < target * 0.7) add(filler(thing.topic, byName(thing), random))
  const title = random.chance(0.4)
    ? random.pick(TITLES).replace('{T}', capitalise(thing.name)).replace('{t}', thing.name)
    : ''
  const split = sentences.length > 5 && random.chance(0.4) ? random.between(2, sentences.length - 2) : sentences.length
  const paragraphs = [sentences.slice(0, split).join(' '), sentences.slice(split).join(' ')]
    .filter(Boolean)
    .join('\n\n')
  return title === '' ? paragraphs : title.endsWith('. ') ? title + paragraphs : `${title}\n\n${paragraphs}`
}
