/** @file How measured properties and qualities are said and asked: "the P of X is V" in many wordings. */

import { grouped, kindsOf, options, type Relation, type ValueMaker } from './relation.ts'

const SAYS =
  options(`The {P} of {X} is {V}. | {X} ~has a {P} of {V}. | {X} ~shows a {P} of {V}. | {X} ~reaches a {P} of {V}. | {X}'s {P} is {V}. |
  In {X}, the {P} is {V}. | For {X}, the {P} was measured as {V}. | The {P} of {X} was found to be {V}. | With a {P} of {V}, {X} ~stands out. |
  Measurements give {X} a {P} of {V}. | Tests on {X} gave a {P} of {V}. | {X} ~is known for a {P} of {V}. | At {V}, the {P} of {X} is remarkable. |
  The {P} in {X} amounts to {V}. | The {P} measured for {X} is {V}.`)

const ASKS =
  options(`What is the {P} of {X}? | What {P} ~does {X} have? | What {P} ~does {X} show? | What {P} ~does {X} reach? | Give the {P} of {X}. |
  State the {P} of {X}. | What is {X}'s {P}? | {X}: {P}? | {P} of {X}? | Tell me the {P} of {X}. | What was measured as the {P} of {X}? |
  Which value ~does the {P} of {X} take? | What figure is given for the {P} of {X}? | What do tests give for the {P} of {X}? | How large is the {P} of {X}? |
  What {P} was found for {X}? | Do you know the {P} of {X}? | What {P} is reported for {X}? | Name the {P} of {X}. | How high is the {P} of {X}? |
  What can be said about the {P} of {X}? | Which {P} ~does {X} have? | What is the value of the {P} in {X}? | {X} ~is known for what {P}?`)

const INVERSE =
  options(`Which {K} has a {P} of {V}? | What has a {P} of {V}? | Name the {K} with a {P} of {V}. | A {P} of {V} belongs to which {K}? |
  Which {K} shows a {P} of {V}? | For which {K} is the {P} {V}?`)

export function property(
  id: string,
  kinds: string,
  nouns: string,
  answerKind: string,
  value: ValueMaker,
  says: string,
  asks: string,
): Relation {
  const own = options(says)
  const askOwn = options(asks)
  return {
    id,
    kinds: kindsOf(kinds),
    nouns: options(nouns),
    answerKind,
    value,
    // Own wordings count as much as the family's, which serve every property.
    says: [...SAYS, ...own, ...own, ...own],
    asks: [...ASKS, ...askOwn, ...askOwn, ...askOwn, ...askOwn],
    inverse: INVERSE,
    paths: [],
  }
}

/** Properties in words, not numbers: no "how large", no "measured". */
export function quality(...fields: Parameters<typeof property>): Relation {
  const relation = property(...fields)
  const numeric = /How (large|high)|measured|tests|Tests|Measurements|figure|reach|value|amounts|At \{V\}/
  return {
    ...relation,
    says: relation.says.filter((wording) => !numeric.test(wording)),
    asks: relation.asks.filter((wording) => !numeric.test(wording)),
  }
}

/** Counted things: no fractions. */
export const counted = (low: number, high: number, ...units: string[]): ValueMaker => ({
  words: (random) => `${grouped(Math.round(low * (high / low) ** random.next()))} ${random.pick(units)}`,
})
