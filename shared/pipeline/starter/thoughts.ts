/** @file Structured thoughts about a question, right ones and faulty ones, and what a critic says of each. */

import { must } from '../../base/errors.ts'
import type { Random } from '../../base/random.ts'
import type { ThoughtSection } from '../artifacts.ts'
import { asked, byName, path, short } from './wording.ts'
import type { Thing, WorldFact } from './world.ts'

/** A question of one fact, or of two in the order of reasoning, with the sentences that state them. */
export interface Problem {
  question: string
  answer: string
  steps: readonly WorldFact[]
  /** One sentence per step, subjects named. */
  statements: readonly string[]
  /** The question gives the value and wants the subject. */
  inverse: boolean
}

export interface Thought {
  sections: ThoughtSection[]
  answer: string
}

export type Flaw = 'subject' | 'attribute' | 'missing-step' | 'value'

const HYPOTHESES = [
  'The answer should be {k}.',
  'One expects {k}.',
  'It may be {k}.',
  'The statement gives {k}.',
  'What is wanted is {k}.',
  'The stated fact is enough to answer.',
  'If the statement holds, the answer follows.',
  'The answer can be read from what is known.',
  'A single fact about {s} decides it.',
  'Knowing {s} should suffice.',
  'The name {s} points to the answer.',
  'What is known of {s} settles the question.',
]

const lastStep = (problem: Problem): WorldFact => must(problem.steps.at(-1))
const subjectOf = (problem: Problem): Thing => must(problem.steps[0]).subject

/** Which slot of a thought each part fills; everything that a flaw may replace. */
interface Parts {
  concepts: string[]
  statements: readonly string[]
  reason?: string
  background?: string
  hypothesis: string
  reasoning: string
}

function compose(parts: Parts, random: Random): ThoughtSection[] {
  const sections: ThoughtSection[] = []
  const add = (category: string, text: string | undefined, p: number) => {
    if (text && random.chance(p)) sections.push({ category, text })
  }
  add('Relevant Materials or Concepts', [...new Set(parts.concepts)].join('; '), 0.9)
  add('Material Properties', parts.statements.join(' '), 1)
  add('Design Principles', parts.reason, 0.7)
  add('Additional Background', parts.background, 1)
  add('Hypothesis', parts.hypothesis, 0.5)
  add('Reasoning Steps', parts.reasoning, 0.93)
  return sections
}

function hypothesis(fact: WorldFact, inverse: boolean, random: Random): string {
  const kind = inverse ? `the name of a ${fact.subject.kind}` : fact.relation.answerKind
  const fixed = kind.replace(/^the name of a (?=[aeiou])/, 'the name of an ')
  return random
    .pick(HYPOTHESES)
    .replace('{k}', fixed)
    .replace('{s}', inverse ? fact.value : fact.subject.name)
}

function reasoning(steps: readonly WorldFact[], inverse: boolean): string {
  const last = must(steps.at(-1))
  if (steps.length > 1) return steps.map((fact) => short(fact)).join(' ')
  if (inverse) return `The question asks for the ${last.subject.kind}. It is ${last.subject.name}.`
  return `The question asks ${asked(last)}. It is ${last.value}.`
}

const concepts = (steps: readonly WorldFact[]) => [
  ...steps.map((fact) => fact.subject.name),
  must(must(steps.at(-1)).relation.nouns[0]),
]

const reasonOf = (thing: Thing) => thing.facts.find((fact) => fact.relation.id === 'reason')

/** The thought that leads to the right answer. `background` is another true statement, now and then. */
export function rightThought(problem: Problem, random: Random, background?: string): Thought {
  const last = lastStep(problem)
  const reason = reasonOf(last.subject)
  return {
    sections: compose(
      {
        concepts: problem.inverse ? [last.value, must(last.relation.nouns[0])] : concepts(problem.steps),
        statements: problem.statements,
        ...(reason && reason !== last && random.chance(0.3) && { reason: short(reason) }),
        ...(background && { background }),
        hypothesis: hypothesis(last, problem.inverse, random),
        reasoning: reasoning(problem.steps, problem.inverse),
      },
      random,
    ),
    answer: problem.answer,
  }
}

export interface FlawedThought extends Thought {
  flaw: Flaw
  /** What the critic says when nothing but question and thinking is known. */
  diagnosis: string
}

/**
 * A thought with one fault. `pool` are facts to go wrong with: of other things and of the same thing.
 * Undefined when the pool offers no way to make the wanted fault.
 */
export function flawedThought(
  problem: Problem,
  flaw: Flaw,
  pool: readonly WorldFact[],
  random: Random,
): FlawedThought | undefined {
  const last = lastStep(problem)
  const build = (steps: readonly WorldFact[], diagnosis: string, statements?: readonly string[]): FlawedThought => {
    const end = must(steps.at(-1))
    return {
      flaw,
      diagnosis,
      answer: problem.inverse ? end.subject.name : end.value,
      sections: compose(
        {
          concepts: concepts(steps),
          statements:
            statements ??
            steps.map((fact) => (fact === problem.steps[0] ? must(problem.statements[0]) : fact.statement)),
          hypothesis: hypothesis(end, false, random),
          reasoning: reasoning(steps, false),
        },
        random,
      ),
    }
  }
  switch (flaw) {
    case 'subject': {
      if (problem.inverse || problem.steps.length > 1) return undefined
      const others = pool.filter(
        (f) => f.relation === last.relation && f.subject !== last.subject && f.value !== last.value,
      )
      if (!others.length) return undefined
      const wrong = random.pick(others)
      return build(
        [wrong],
        `The thinking speaks of ${wrong.subject.name}, but the question asks about ${last.subject.name}.`,
      )
    }
    case 'attribute': {
      if (problem.inverse || problem.steps.length > 1) return undefined
      const others = pool.filter((f) => f.subject === last.subject && f.relation !== last.relation)
      if (!others.length) return undefined
      const wrong = random.pick(others)
      return build(
        [wrong],
        `The stated fact is about the ${must(wrong.relation.nouns[0])}, but the question asks ${asked(last)}.`,
      )
    }
    case 'missing-step': {
      const first = must(problem.steps[0])
      if (problem.steps.length < 2) return undefined
      return build(
        [first],
        `The second step is missing: the thinking stops at ${first.value}, but the question asks ${asked(last)}.`,
      )
    }
    case 'value': {
      if (problem.inverse) return undefined
      const others = pool.filter((f) => f.relation === last.relation && f.value !== last.value).map((f) => f.value)
      const value = others.length
        ? random.pick(others)
        : 'words' in last.relation.value
          ? last.relation.value.words(random)
          : undefined
      if (!value || value === last.value || last.object) return undefined
      const wrong: WorldFact = { ...last, value }
      const statements = problem.statements.map((s, i) =>
        i === problem.statements.length - 1 ? s.replace(last.value, value) : s,
      )
      return build([...problem.steps.slice(0, -1), wrong], `The value ${value} is wrong.`, statements)
    }
  }
}

/** What a critic says of a thought that has no fault. */
export function praise(problem: Problem, random: Random): string {
  const name = problem.inverse ? lastStep(problem).value : subjectOf(problem).name
  const parts = [
    `The thinking names ${name}, as it should.`,
    ...(problem.steps.length > 1 ? ['Both steps are there.'] : []),
    random.pick([
      'The stated fact answers the question.',
      'The statement fits the question.',
      'What is stated is what is asked for.',
      'Nothing is missing.',
    ]),
  ]
  return (random.chance(0.25) ? parts.slice(1) : parts).join(' ')
}

/** The fault and, where the truth is known, the remedy. */
export function criticism(problem: Problem, thought: FlawedThought, truthKnown: boolean): string {
  return truthKnown ? `${thought.diagnosis} ${must(problem.statements.at(-1))}` : thought.diagnosis
}

/** A two-fact question about `second` that names only the subject of `first`. */
export const viaPath = (first: WorldFact, random: Random) =>
  first.relation.paths.length ? path(first, random) : byName(first.subject)
