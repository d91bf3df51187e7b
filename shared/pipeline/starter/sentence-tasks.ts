/** @file Small language skills: rewording, asking, answering from a sentence, comparing, copying, listing, near-synonyms. */

import { must } from '../../base/errors.ts'
import type { Random } from '../../base/random.ts'
import { OPPOSITES, SYNONYMS } from './synonyms.ts'
import type { Turn } from './examples.ts'
import { ask, asked, say, short } from './wording.ts'
import { drawKind, freshThing, type World, type WorldFact } from './world.ts'

const freshFacts = (random: Random, count: number): WorldFact[] => {
  const thing = freshThing(random, drawKind(random), count + 2)
  return thing.facts.length ? thing.facts.slice(0, count) : freshFacts(random, count)
}

const aFact = (world: World, random: Random): WorldFact =>
  random.chance(0.4) ? random.pick(world.facts) : must(freshFacts(random, 1)[0])

/** Two wordings that differ, when the relation has them. */
function rewording(world: World, random: Random): Turn {
  const fact = aFact(world, random)
  const sentence = say(fact, random)
  const lead = random.pick([
    'Say it in other words: ',
    'Reword: ',
    'Put differently: ',
    'Paraphrase: ',
    'Write this sentence in another way: ',
  ])
  for (let i = 0; i < 5; i++) {
    const other = say(fact, random)
    if (other !== sentence) return { user: lead + sentence, assistant: other }
  }
  return { user: `Say it plainly: ${sentence}`, assistant: short(fact) }
}

function asking(world: World, random: Random): Turn {
  const fact = aFact(world, random)
  const lead = random.pick([
    'Ask a question about: ',
    'Turn this into a question: ',
    'Which question does this answer? ',
  ])
  return { user: lead + say(fact, random), assistant: ask(fact, random) }
}

function reaskingTask(world: World, random: Random): Turn {
  const fact = aFact(world, random)
  const lead = random.pick(['Ask it in other words: ', 'Another way to ask: ', 'Reword the question: '])
  return { user: lead + ask(fact, random), assistant: ask(fact, random) }
}

function fromSentence(world: World, random: Random): Turn {
  const fact = aFact(world, random)
  const question = ask(fact, random)
  const sentence = say(fact, random)
  return random.chance(0.5)
    ? { user: `Which is the answer to "${question}" in: ${sentence}`, assistant: fact.value }
    : { user: `${sentence} ${question}`, assistant: fact.value }
}

function sameQuestion(world: World, random: Random): Turn {
  const thing = random.pick(world.things)
  const [first, second] = random.sample(thing.facts, 2)
  if (!first || !second) return sameQuestion(world, random)
  const same = random.chance(0.5)
  const statements = random.chance(0.5)
  const put = statements ? say : ask
  return {
    user: `Do these say the same?\n1. ${put(first, random)}\n2. ${put(same ? first : second, random)}`,
    assistant: same ? 'Yes.' : 'No.',
  }
}

function topic(world: World, random: Random): Turn {
  const fact = aFact(world, random)
  const roll = random.next()
  const sentence = say(fact, random)
  if (roll < 0.35)
    return { user: `Copy the name of the ${fact.subject.kind} in: ${sentence}`, assistant: fact.subject.name }
  if (roll < 0.7)
    return { user: `What does this question ask? ${ask(fact, random)}`, assistant: `It asks ${asked(fact)}.` }
  return {
    user: `What is this sentence about? ${sentence}`,
    assistant: `${fact.subject.name}; ${must(fact.relation.nouns[0])}`,
  }
}

function listing(random: Random): Turn {
  const facts = freshFacts(random, 3)
  const text = facts.map((fact) => say(fact, random)).join(' ')
  return random.chance(0.5)
    ? { user: `List the values in: ${text}`, assistant: facts.map((fact) => fact.value).join('; ') }
    : { user: `Summarise: ${text}`, assistant: facts.map((fact) => short(fact)).join(' ') }
}

function gap(world: World, random: Random): Turn {
  // The gap can only be filled from memory, so only the persistent cast is asked.
  const fact = random.pick(world.facts.filter((f) => f.asked))
  const sentence = say(fact, random)
  if (!sentence.includes(fact.value)) return gap(world, random)
  const lead = random.pick(['Fill the gap: ', 'Complete: ', 'What belongs in the gap? ', 'Complete the sentence: '])
  return { user: lead + sentence.replace(fact.value, '___'), assistant: fact.value }
}

function word(random: Random): Turn {
  if (random.chance(0.3)) {
    const [a, b] = random.shuffle(random.pick(OPPOSITES))
    return {
      user: random.pick([`What is the opposite of "${a}"?`, `The opposite of ${a}:`, `Name the contrary of ${a}.`]),
      assistant: must(b),
    }
  }
  const [a, b] = random.shuffle(random.pick(SYNONYMS))
  return {
    user: random.pick([
      `Another word for ${a}:`,
      `Give a word that means nearly the same as "${a}".`,
      `What is a synonym of ${a}?`,
      `Which word is close to ${a}?`,
    ]),
    assistant: must(b),
  }
}

/** The skills with their shares. */
const SKILLS: readonly (readonly [number, (world: World, random: Random) => Turn])[] = [
  [0.22, rewording],
  [0.13, asking],
  [0.15, reaskingTask],
  [0.12, fromSentence],
  [0.09, sameQuestion],
  [0.07, topic],
  [0.05, (_, random) => listing(random)],
  [0.1, gap],
  [0.07, (_, random) => word(random)],
]

export function sentenceTask(world: World, random: Random): Turn {
  let left = random.next()
  for (const [weight, skill] of SKILLS) if ((left -= weight) < 0) return skill(world, random)
  return rewording(world, random)
}
