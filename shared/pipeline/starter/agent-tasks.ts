/** @file Critic, improver, integrator and reflecting reasoner, each on right and on faulty thinking. */

import { must } from '../../base/errors.ts'
import type { Random } from '../../base/random.ts'
import { contextPrompt, critiquePrompt, improvePrompt, integratePrompt } from '../prompts.ts'
import { REFLECT, renderReply, renderSections, withTrigger } from '../thought.ts'
import { readingProblem, recallProblem, type Posed, type Turn } from './examples.ts'
import {
  criticism,
  flawedThought,
  praise,
  rightThought,
  type Flaw,
  type FlawedThought,
  type Thought,
} from './thoughts.ts'
import type { World } from './world.ts'

const FLAWS: readonly Flaw[] = ['subject', 'attribute', 'value', 'missing-step']

/** A problem, how it is put to an agent, and whether the truth can be known. */
interface Case {
  posed: Posed
  question: string
  truthKnown: boolean
}

/** Persistent, read from a passage, or fresh without one: then only the question can be held against the thinking. */
function drawCase(world: World, random: Random): Case {
  const roll = random.next()
  const steps = random.chance(0.3) ? 2 : 1
  if (roll < 0.35) {
    const posed = recallProblem(world, steps, random)
    return { posed, question: posed.problem.question, truthKnown: true }
  }
  const posed = readingProblem(steps, random.chance(0.3), random)
  return roll < 0.7
    ? { posed, question: contextPrompt(posed.problem.question, must(posed.passage)), truthKnown: true }
    : { posed, question: posed.problem.question, truthKnown: false }
}

function flawed({ posed, truthKnown }: Case, random: Random): FlawedThought | undefined {
  for (const flaw of random.shuffle(FLAWS)) {
    // A wrong value can only be seen by one who knows the right one.
    if (flaw === 'value' && !truthKnown) continue
    const thought = flawedThought(posed.problem, flaw, posed.pool, random)
    if (thought) return thought
  }
  return undefined
}

interface Judged {
  case: Case
  thought: Thought
  critique: string
  right: boolean
}

function judged(world: World, random: Random, faulty: number): Judged {
  const drawn = drawCase(world, random)
  const wrong = random.chance(faulty) ? flawed(drawn, random) : undefined
  return wrong
    ? { case: drawn, thought: wrong, critique: criticism(drawn.posed.problem, wrong, drawn.truthKnown), right: false }
    : {
        case: drawn,
        thought: rightThought(drawn.posed.problem, random),
        critique: praise(drawn.posed.problem, random),
        right: true,
      }
}

export function critiqueTask(world: World, random: Random): Turn {
  const { case: drawn, thought, critique } = judged(world, random, 0.6)
  return { user: critiquePrompt(drawn.question, renderSections(thought.sections)), assistant: critique }
}

/** The improver follows the feedback, which therefore says the truth whenever there is something to mend. */
export function improveTask(world: World, random: Random): Turn {
  const { case: drawn, thought, critique, right } = judged(world, random, 0.75)
  const { problem } = drawn.posed
  const feedback = right || drawn.truthKnown ? critique : `${critique} ${must(problem.statements.at(-1))}`
  return {
    user: improvePrompt(drawn.question, renderSections(thought.sections), feedback),
    assistant: renderSections(right ? thought.sections : rewritten(drawn, thought, random)),
  }
}

/** The right thought in the categories of the faulty one, so that the structure is kept. */
function rewritten(drawn: Case, thought: Thought, random: Random) {
  const wanted = thought.sections.map((section) => section.category)
  const right = new Map<string, string>()
  for (let i = 0; i < 12 && right.size < wanted.length; i++)
    for (const section of rightThought(drawn.posed.problem, random).sections)
      if (!right.has(section.category)) right.set(section.category, section.text)
  return wanted.flatMap((category) => {
    const text = right.get(category)
    return text ? [{ category, text }] : []
  })
}

const ANSWER_FRAMES = ['{a}', '{a}', '{a}', '{a}', 'It is {a}.', 'The answer is {a}.']

/** Three answers of which two agree, or all; from a passage or from memory even one right answer may win. */
export function integrateTask(world: World, random: Random): Turn {
  const drawn = drawCase(world, random)
  const { problem, pool } = drawn.posed
  const last = must(problem.steps.at(-1))
  const wrongs = pool
    .filter((fact) => fact.relation === last.relation && fact.value !== last.value)
    .map((fact) => (problem.inverse ? fact.subject.name : fact.value))
    .filter((value) => value !== problem.answer)
  const wrong = (): string =>
    wrongs.length
      ? random.pick(wrongs)
      : 'words' in last.relation.value && !problem.inverse
        ? last.relation.value.words(random)
        : problem.answer
  const right = problem.answer
  const roll = random.next()
  const answers =
    roll < 0.25
      ? [right, right]
      : roll < 0.4
        ? [right, right, right]
        : roll < 0.85
          ? [right, right, wrong()]
          : drawn.truthKnown
            ? [right, wrong()]
            : [right, right, right, wrong()]
  const framed = random.shuffle(answers).map((a) => random.pick(ANSWER_FRAMES).replace('{a}', a))
  return { user: integratePrompt(drawn.question, framed), assistant: right }
}

/** Asks for a reflection besides the thinking. Reflections also come unasked, less often. */
export const REFLECTION_REQUEST = ` Use ${REFLECT}.`

export function reflectionTask(world: World, random: Random): Turn {
  let drawn = drawCase(world, random)
  while (!drawn.truthKnown) drawn = drawCase(world, random)
  const { problem } = drawn.posed
  const wrong = random.chance(0.4) ? flawed(drawn, random) : undefined
  const thought = wrong ?? rightThought(problem, random)
  return {
    user: withTrigger(drawn.question + (random.chance(0.75) ? REFLECTION_REQUEST : '')),
    assistant: renderReply({
      sections: thought.sections,
      reflection: wrong ? criticism(problem, wrong, true) : praise(problem, random),
      answer: problem.answer,
    }),
  }
}
