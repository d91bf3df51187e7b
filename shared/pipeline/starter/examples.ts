/** @file What the starter is trained on: plain documents and chats; and what a problem with its surroundings looks like. */

import { Bug, must } from '../../base/errors.ts'
import type { Random } from '../../base/random.ts'
import { filler, tell, type Told } from './article.ts'
import type { Problem } from './thoughts.ts'
import { ask, askInverse, byName, path } from './wording.ts'
import { chainsOf, drawKind, freshThing, ownerKey, type Thing, type World, type WorldFact } from './world.ts'

export interface Turn {
  user: string
  assistant: string
}

/** A document, or a chat of one turn or a few. */
export type StarterExample = { kind: string; text: string } | { kind: string; turns: Turn[] }

/** A problem with the facts that were at hand when it was posed. */
export interface Posed {
  problem: Problem
  /** Facts of the same and other things, to be wrong with. */
  pool: readonly WorldFact[]
  /** What the question is answered from; absent for closed-book questions. */
  passage?: string
  /** Loose sentences, in the order given. */
  told: readonly Told[]
  /** The persistent cast: the model can know the truth. */
  known: boolean
}

/** True when the answer could be read off the question. */
export const leaks = (question: string, answer: string) => question.toLowerCase().includes(answer.toLowerCase())

/** A problem from one fact, or undefined when its question would give the answer away. */
function oneStep(fact: WorldFact, statement: string, inverse: boolean, random: Random): Problem | undefined {
  const question = inverse ? askInverse(fact, random) : ask(fact, random)
  const answer = inverse ? fact.subject.name : fact.value
  if (question === undefined || leaks(question, answer)) return undefined
  return { question, answer, steps: [fact], statements: [statement], inverse }
}

function twoSteps(first: WorldFact, second: WorldFact, statements: string[], random: Random): Problem | undefined {
  const question = ask(second, random, path(first, random))
  if (leaks(question, second.value) || leaks(question, second.subject.name)) return undefined
  return { question, answer: second.value, steps: [first, second], statements, inverse: false }
}

/** Draws until a problem comes out. The sources are large, so that a few draws always suffice. */
function until<T>(draw: () => T | undefined): T {
  for (let i = 0; i < 1000; i++) {
    const value = draw()
    if (value !== undefined) return value
  }
  throw new Bug('no problem after 1000 draws')
}

/** A question about the persistent cast, to be answered from memory. */
export function recallProblem(world: World, steps: 1 | 2, random: Random): Posed {
  const problem = until(() => {
    if (steps === 2) {
      const [first, second] = random.pick(world.chains)
      return first.asked && second.asked
        ? twoSteps(first, second, [first.statement, second.statement], random)
        : undefined
    }
    const fact = random.pick(world.facts)
    if (!fact.asked) return undefined
    const inverse = random.chance(0.15) && world.owners.get(ownerKey(fact)) === 1
    return oneStep(fact, fact.statement, inverse, random)
  })
  return { problem, pool: world.facts, told: [], known: true }
}

/** Fresh things that make up one scene: one, or two of a kind that are told apart by their names. */
function scene(random: Random): Thing[] {
  const kind = drawKind(random)
  const things = [freshThing(random, kind, random.between(4, 7))]
  if (random.chance(0.55))
    things.push(freshThing(random, random.chance(0.7) ? kind : drawKind(random), random.between(3, 6)))
  return things
}

/**
 * A question about fresh things together with sentences that hold the answer.
 * @param loose sentences each stand alone and come in any order; otherwise they form a passage with pronouns
 */
export function readingProblem(steps: 1 | 2, loose: boolean, random: Random): Posed {
  return until(() => {
    const things = scene(random)
    const linked = things.flatMap((thing) => thing.facts.flatMap((fact) => (fact.object ? [fact.object] : [])))
    const all = [...things, ...linked].flatMap((thing) => thing.facts)
    const chain = steps === 2 ? chainsOf(things) : []
    if (steps === 2 && chain.length === 0) return undefined
    const wanted: readonly WorldFact[] =
      steps === 2 ? random.pick(chain) : [random.pick(must(things[0]).facts.length ? must(things[0]).facts : all)]
    const last = wanted.at(-1)
    if (!last) return undefined
    // Rivals: the same relation of another thing makes the name matter.
    const rivals = all.filter((fact) => fact.relation === last.relation && !wanted.includes(fact))
    const others = random.sample(
      all.filter((fact) => !wanted.includes(fact) && !rivals.includes(fact)),
      random.between(1, 3),
    )
    const chosen = [...wanted, ...rivals.slice(0, 1), ...others]
    const ordered = loose ? random.shuffle(chosen) : random.shuffle(bySubject(chosen)).flat()
    const told = tell(ordered, random, loose ? 1 : 0.3)
    const statements = wanted.map((fact) => must(told.find((t) => t.fact === fact)).alone)
    const unique = chosen.filter((f) => f.relation === last.relation && f.value === last.value).length === 1
    const problem =
      steps === 2
        ? twoSteps(must(wanted[0]), last, statements, random)
        : oneStep(last, must(statements[0]), unique && random.chance(0.15), random)
    if (!problem) return undefined
    const sentences = told.map((t) => t.inPlace)
    if (!loose && random.chance(0.25)) sentences.push(filler(last.subject.topic, byName(last.subject), random))
    return { problem, pool: all, passage: sentences.join(' '), told, known: false }
  })
}

function bySubject(facts: readonly WorldFact[]): WorldFact[][] {
  const groups = new Map<Thing, WorldFact[]>()
  for (const fact of facts) groups.set(fact.subject, [...(groups.get(fact.subject) ?? []), fact])
  return [...groups.values()]
}
