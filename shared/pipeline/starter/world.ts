/**
 * @file The invented world: things with invented names and facts about them. A world holds a persistent cast, whose
 * documents and questions recur (that trains recall), and makes as many fresh things as wanted (that trains reading).
 */

import { must } from '../../base/errors.ts'
import type { Random } from '../../base/random.ts'
import { TOPICS, COLOURS } from './lexicon.ts'
import { plural, isPluralPhrase, capitalise } from './morphology.ts'
import { codeName, coined, personName, placeName, stem } from './names.ts'
import { RELATIONS_OF } from './relations.ts'
import type { Relation, ThingKind } from './relations/relation.ts'
import { sayPlainly } from './wording.ts'

export interface Thing {
  kind: ThingKind
  /** Noun phrase as it stands within a sentence, article included: "the velt mussel", "tarvel". */
  name: string
  isPlural: boolean
  /** What it may be called instead of its name: "fibre", "mussel". */
  noun: string
  /** Index into TOPICS: which words its documents use. */
  topic: number
  facts: WorldFact[]
}

export interface WorldFact {
  subject: Thing
  relation: Relation
  /** Value in words; the object's name when there is one. */
  value: string
  object?: Thing
  /** The one canonical sentence. */
  statement: string
  /** False for the few facts that only documents tell: asking them measures whether recall generalises. */
  asked: boolean
}

export interface World {
  /** The persistent cast. */
  things: readonly Thing[]
  facts: readonly WorldFact[]
  /** Facts that can be followed into a fact of their object: "the hardness of the mineral in X". */
  chains: readonly [WorldFact, WorldFact][]
  /** Key `relation|value` to how many persistent subjects have it, so that inverse questions have one answer. */
  owners: ReadonlyMap<string, number>
}

const list = (text: string) => text.split(' ')
const NOUNS: Readonly<Record<'material' | 'organism' | 'device' | 'process', readonly string[]>> = {
  material: list(
    'fibre foam glass alloy resin rubber ceramic gel film leather cement fabric composite plastic wax paper stone coating paint steel membrane cloth shell wood wool enamel',
  ),
  organism: list(
    'mussel beetle spider snail crab worm moth wasp sponge fish lizard bird fern tree moss shrimp ant clam urchin squid orchid mushroom bat frog vine',
  ),
  device: list(
    'pump sensor battery lamp engine filter press mirror clock drill valve motor furnace cable camera oven telescope balance loom compass turbine printer lens magnet switch',
  ),
  process: list('process method treatment technique route procedure'),
}
const PROCESSES = list(
  'sintering casting spinning rolling etching annealing tempering coating moulding bleaching smelting printing welding brazing dyeing tanning drying fermentation distillation extrusion',
)
const TOPIC_OF: Readonly<Record<ThingKind, readonly number[]>> = {
  material: [0, 2, 5, 6, 14, 11],
  mineral: [0, 3, 9, 14],
  organism: [1, 1, 7, 10],
  device: [4, 8, 12, 11],
  process: [0, 2, 3, 6, 12],
  person: [11, 13, 12],
  place: [9, 13, 10],
}
const KIND_WEIGHTS: readonly (readonly [ThingKind, number])[] = [
  ['material', 0.44],
  ['organism', 0.16],
  ['device', 0.16],
  ['mineral', 0.08],
  ['process', 0.08],
  ['person', 0.04],
  ['place', 0.04],
]

export function drawKind(random: Random): ThingKind {
  let left = random.next()
  for (const [kind, weight] of KIND_WEIGHTS) if ((left -= weight) < 0) return kind
  return 'material'
}

/** A named thing without facts. `linked`: it will stand as a value, so it must be singular. */
export function nameThing(random: Random, kind: ThingKind, linked = false): Thing {
  const topic = random.pick(TOPIC_OF[kind])
  const make = (name: string, noun: string, isPlural = false): Thing => ({
    kind,
    name,
    noun,
    isPlural,
    topic,
    facts: [],
  })
  switch (kind) {
    case 'mineral':
      return make(coined(random, 'mineral'), 'mineral')
    case 'person':
      return make(personName(random), 'inventor')
    case 'place': {
      const name = placeName(random)
      return linked && isPluralPhrase(name)
        ? nameThing(random, kind, linked)
        : make(name, 'place', isPluralPhrase(name))
    }
    case 'process': {
      const noun = random.pick(NOUNS.process)
      if (random.chance(0.5)) return make(`the ${capitalise(stem(random, 2))} ${noun}`, noun)
      return make(`${stem(random, 2)} ${random.pick(PROCESSES)}`, 'process')
    }
    case 'material': {
      const noun = random.pick(NOUNS.material)
      const style = random.next()
      if (style < 0.3) return make(coined(random, 'material'), noun)
      if (style < 0.36) return make(codeName(random), noun)
      const first = random.chance(0.3)
        ? capitalise(coined(random, 'material'))
        : stem(random, random.chance(0.5) ? 1 : 2)
      const modifier = random.chance(0.2)
        ? `${random.pick(COLOURS)} `
        : random.chance(0.12)
          ? `${random.pick(must(TOPICS[14]).adjectives)} `
          : ''
      const many = !linked && random.chance(0.25)
      return make(`${modifier}${first} ${many ? plural(noun) : noun}`, noun, many)
    }
    default: {
      const noun = random.pick(NOUNS[kind])
      const first =
        kind === 'device' && random.chance(0.6)
          ? random.chance(0.3)
            ? codeName(random)
            : capitalise(stem(random, 2))
          : stem(random, random.chance(0.5) ? 1 : 2)
      const modifier = random.chance(0.2) ? `${random.pick(COLOURS)} ` : ''
      const many = !linked && random.chance(0.25)
      const bare =
        kind === 'organism' && !many && random.chance(0.15)
          ? coined(random, 'organism')
          : `${modifier}${first} ${many ? plural(noun) : noun}`
      return make(many ? bare : `the ${bare}`, noun, many)
    }
  }
}

/** Gives `thing` about `count` facts of distinct relations; `linkTo` finds or makes the objects of linking ones. */
function addFacts(random: Random, thing: Thing, count: number, linkTo: (kind: ThingKind) => Thing | undefined): void {
  const relations = must(RELATIONS_OF.get(thing.kind))
  for (const relation of random.sample(relations, count)) {
    const object = 'thing' in relation.value ? linkTo(relation.value.thing) : undefined
    if ('thing' in relation.value && (!object || object === thing)) continue
    const value = object ? object.name : 'words' in relation.value ? relation.value.words(random) : ''
    const fact: WorldFact = { subject: thing, relation, value, ...(object && { object }), statement: '', asked: true }
    fact.statement = sayPlainly(fact, random)
    thing.facts.push(fact)
  }
}

/** A thing nobody has heard of, with about `count` facts; its linked things have one to three facts of their own. */
export function freshThing(random: Random, kind: ThingKind, count: number): Thing {
  const thing = nameThing(random, kind)
  addFacts(random, thing, count, (wanted) => {
    const linked = nameThing(random, wanted, true)
    addFacts(random, linked, random.between(1, 3), () => undefined)
    return linked
  })
  return thing
}

/** Chains through the facts of these things. */
export function chainsOf(things: readonly Thing[]): [WorldFact, WorldFact][] {
  return things.flatMap((thing) =>
    thing.facts.flatMap((first) =>
      first.object && first.relation.paths.length
        ? first.object.facts.filter((f) => f.object !== thing).map((second): [WorldFact, WorldFact] => [first, second])
        : [],
    ),
  )
}

export const ownerKey = (fact: WorldFact) => `${fact.relation.id}|${fact.value}`

/** Share of persistent facts that are told in documents and never asked in training. */
const UNASKED = 0.12

/**
 * A world with `size` persistent things.
 * @param random consumed; the same state gives the same world
 */
export function makeWorld(random: Random, size = 250): World {
  const things: Thing[] = []
  const names = new Set<string>()
  while (things.length < size) {
    const thing = nameThing(random, drawKind(random), random.chance(0.6))
    if (names.has(thing.name)) continue
    names.add(thing.name)
    things.push(thing)
  }
  for (const thing of things)
    addFacts(random, thing, random.between(7, 11), (kind) => {
      const candidates = things.filter((other) => other.kind === kind && !other.isPlural)
      return candidates.length ? random.pick(candidates) : undefined
    })
  const facts = things.flatMap((thing) => thing.facts)
  for (const fact of facts) fact.asked = !random.chance(UNASKED)
  const owners = new Map<string, number>()
  for (const fact of facts) owners.set(ownerKey(fact), (owners.get(ownerKey(fact)) ?? 0) + 1)
  return { things, facts, owners, chains: chainsOf(things) }
}
