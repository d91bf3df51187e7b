/** @file The mixture the starter model is pretrained on: one table of kinds and shares, and one function that draws. */

import { must } from '../../base/errors.ts'
import type { Random } from '../../base/random.ts'
import { contextPrompt } from '../prompts.ts'
import { renderReply, withTrigger } from '../thought.ts'
import { critiqueTask, improveTask, integrateTask, reflectionTask } from './agent-tasks.ts'
import { article } from './article.ts'
import { readingProblem, recallProblem, type Posed, type StarterExample, type Turn } from './examples.ts'
import { sentenceTask } from './sentence-tasks.ts'
import { rightThought } from './thoughts.ts'
import { say } from './wording.ts'
import { drawKind, freshThing, type World } from './world.ts'

/** Thinking exactly when the prompt ends with the trigger. */
function reply(posed: Posed, prompt: string, thinking: boolean, random: Random): Turn {
  const { problem, pool } = posed
  if (!thinking) return { user: prompt, assistant: problem.answer }
  const subject = must(problem.steps[0]).subject
  const other = random.chance(0.08) ? pool.find((f) => f.subject === subject && !problem.steps.includes(f)) : undefined
  const background =
    other && (posed.told.find((t) => t.fact === other)?.alone ?? (posed.known ? other.statement : undefined))
  return { user: withTrigger(prompt), assistant: renderReply(rightThought(problem, random, background)) }
}

const recall =
  (steps: 1 | 2, thinking: boolean) =>
  (world: World, random: Random): Turn[] => {
    const posed = recallProblem(world, steps, random)
    return [reply(posed, posed.problem.question, thinking, random)]
  }

const reading =
  (steps: 1 | 2, thinking: boolean) =>
  (_: World, random: Random): Turn[] => {
    const loose = steps === 2 && random.chance(0.4)
    const posed = readingProblem(steps, loose, random)
    return [reply(posed, contextPrompt(posed.problem.question, must(posed.passage)), thinking, random)]
  }

const facts =
  (thinking: boolean) =>
  (_: World, random: Random): Turn[] => {
    const posed = readingProblem(random.chance(0.35) ? 2 : 1, true, random)
    const listed = posed.told.map((told) => told.inPlace)
    const list = random.chance(0.5) ? `Facts: ${listed.join(' ')}` : `Facts:\n${listed.map((s) => `- ${s}`).join('\n')}`
    return [reply(posed, `${list}\nQuestion: ${posed.problem.question}`, thinking, random)]
  }

const KINDS = {
  'document-recurring': {
    weight: 0.14,
    draw: (world: World, random: Random) => article(random.pick(world.things), world.things, random),
  },
  'document-fresh': {
    weight: 0.09,
    draw: (world: World, random: Random) =>
      article(freshThing(random, drawKind(random), random.between(8, 13)), world.things, random),
  },
  'note-recurring': {
    // One or two loose statements: the cheapest way to meet a fact in yet another wording.
    weight: 0.05,
    draw: (world: World, random: Random) =>
      random
        .sample(random.pick(world.things).facts, random.between(1, 3))
        .map((fact) => say(fact, random))
        .join(' '),
  },
  'recall-thinking': { weight: 0.13, draw: recall(1, true) },
  'recall-direct': { weight: 0.1, draw: recall(1, false) },
  'recall-two-thinking': { weight: 0.05, draw: recall(2, true) },
  'recall-two-direct': { weight: 0.02, draw: recall(2, false) },
  'reading-thinking': { weight: 0.08, draw: reading(1, true) },
  'reading-direct': { weight: 0.05, draw: reading(1, false) },
  'reading-two-thinking': { weight: 0.04, draw: reading(2, true) },
  'reading-two-direct': { weight: 0.02, draw: reading(2, false) },
  'facts-thinking': { weight: 0.03, draw: facts(true) },
  'facts-direct': { weight: 0.02, draw: facts(false) },
  critique: { weight: 0.045, draw: (world: World, random: Random) => [critiqueTask(world, random)] },
  improve: { weight: 0.035, draw: (world: World, random: Random) => [improveTask(world, random)] },
  integrate: { weight: 0.025, draw: (world: World, random: Random) => [integrateTask(world, random)] },
  reflection: { weight: 0.025, draw: (world: World, random: Random) => [reflectionTask(world, random)] },
  sentence: {
    weight: 0.08,
    // Short tasks share an example now and then, so that turns after the first are ordinary too.
    draw: (world: World, random: Random) =>
      Array.from({ length: random.chance(0.2) ? 2 : 1 }, () => sentenceTask(world, random)),
  },
} satisfies Record<string, { weight: number; draw: (world: World, random: Random) => string | Turn[] }>

export type StarterKind = keyof typeof KINDS

export const STARTER_KINDS = Object.keys(KINDS) as StarterKind[]

/** Shares of the examples drawn, by kind; they need not sum to one. */
export const DEFAULT_WEIGHTS: Readonly<Record<StarterKind, number>> = Object.fromEntries(
  STARTER_KINDS.map((kind) => [kind, KINDS[kind].weight]),
) as Record<StarterKind, number>

/** One example of a given kind. */
export function starterExampleOf(kind: StarterKind, world: World, random: Random): StarterExample {
  const drawn: string | Turn[] = KINDS[kind].draw(world, random)
  return typeof drawn === 'string' ? { kind, text: drawn } : { kind, turns: drawn }
}

/** One example of the mixture. @param weights relative shares per kind; 0 leaves a kind out */
export function starterExample(
  world: World,
  random: Random,
  weights: Readonly<Partial<Record<StarterKind, number>>> = DEFAULT_WEIGHTS,
): StarterExample {
  const total = STARTER_KINDS.reduce((sum, kind) => sum + (weights[kind] ?? 0), 0)
  let left = random.next() * total
  const kind = STARTER_KINDS.find((name) => (left -= weights[name] ?? 0) < 0) ?? 'recall-thinking'
  return starterExampleOf(kind, world, random)
}
