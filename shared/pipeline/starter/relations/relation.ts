/**
 * @file What a relation of the invented world is: what it joins, how it is said, how it is asked.
 * Templates: `{X}` subject, `{V}` value, `{P}` one of the nouns, `~verb` agrees with the subject's number.
 */

import type { Random } from '../../../base/random.ts'

export type ThingKind = 'material' | 'mineral' | 'organism' | 'device' | 'process' | 'person' | 'place'

/** A value in words, or the kind of thing the relation points at. */
export type ValueMaker = { words: (random: Random) => string } | { thing: ThingKind }

export interface Relation {
  id: string
  kinds: readonly ThingKind[]
  /** What is asked for, first the plainest: "hardness", "surface hardness". */
  nouns: readonly string[]
  /** What sort of answer fits, for hypotheses: "a number in GPa", "a person". */
  answerKind: string
  value: ValueMaker
  says: readonly string[]
  asks: readonly string[]
  /** Questions that give the value and want the subject. `{K}` is what the subject is: "material", "organism". */
  inverse: readonly string[]
  /** Noun phrases that stand for the value of a linked thing: "the mineral in {X}". */
  paths: readonly string[]
  /** The shortest statement; "The {P} of {X} is {V}." when absent. */
  short?: string
  /** What a question asks: "for the {P} of {X}" when absent, or "what {X} ~prevents". */
  asked?: string
}

/** Templates as written in the tables: separated by ` | `. */
export const options = (text: string): readonly string[] =>
  text
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '')

export const kindsOf = (text: string) => text.split(' ') as ThingKind[]

/** A number from `low` to `high` on a logarithmic scale with two or three digits, and one of the units. */
export function quantity(low: number, high: number, ...units: string[]): { words: (random: Random) => string } {
  return {
    words: (random) => {
      const raw = low * (high / low) ** random.next()
      const digits = random.chance(0.5) ? 2 : random.chance(0.4) ? 1 : 3
      const text = number(raw, digits)
      const unit = random.pick(units)
      const joined = (n: string) =>
        unit === '%'
          ? `${n}${random.chance(0.6) ? '%' : ' percent'}`
          : unit.startsWith('%')
            ? n + unit
            : unit === ''
              ? n
              : `${n} ${unit}`
      if (random.chance(0.1)) return `${text} to ${joined(number(raw * (1.2 + random.next()), digits))}`
      if (random.chance(0.1)) return `about ${joined(text)}`
      if (random.chance(0.04)) return `${random.chance(0.5) ? 'up to' : 'more than'} ${joined(text)}`
      return joined(text)
    },
  }
}

/** Thousands set apart by commas from five digits on. */
export const grouped = (value: number): string =>
  value < 10000 ? String(value) : String(value).replace(/\B(?=(\d{3})+$)/g, ',')

function number(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits))
  // No unit here is in the singular.
  return rounded === 1 ? '2' : rounded >= 10000 ? grouped(Math.round(rounded)) : String(rounded)
}

/** One of the listed wordings. */
export const oneOf = (text: string): { words: (random: Random) => string } => {
  const list = options(text)
  return { words: (random) => random.pick(list) }
}

/** Slots `[a/b]` chosen independently: many values from one line. */
export const mixed = (text: string): { words: (random: Random) => string } => {
  const list = options(text)
  return {
    words: (random) => random.pick(list).replace(/\[([^\]]+)\]/g, (_, inner: string) => random.pick(inner.split('/'))),
  }
}

/** Questions that any relation with a noun can be asked with. */
const NOUN_ASKS =
  options(`What is the {P} of {X}? | Name the {P} of {X}. | Give the {P} of {X}. | State the {P} of {X}. | Do you know the {P} of {X}? |
  {X}: {P}? | {P} of {X}? | Tell me the {P} of {X}. | What can be said about the {P} of {X}?`)

/** A relation's own questions, and the ones its nouns allow. */
export const withNounAsks = (asks: readonly string[]): readonly string[] => [...asks, ...NOUN_ASKS]

/** A relation's own statements, and some of them as reported. */
export const withReports = (says: readonly string[]): readonly string[] => {
  const direct = says.filter((wording) => wording.startsWith('{X}')).slice(0, 3)
  return [...says, ...direct.flatMap((wording) => [`It is known that ${wording}`, `Reports say that ${wording}`])]
}
