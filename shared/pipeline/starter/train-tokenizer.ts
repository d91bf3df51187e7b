/** @file Trains the starter's tokenizer on text of the generator and a pass over its word lists. */

import type { Random } from '../../base/random.ts'
import { countPretokens, trainBpe } from './bpe.ts'
import type { StarterExample } from './examples.ts'
import { ADVERBS, COLOURS, CONNECTIVES, FUNCTION_WORDS, GENERAL, SHAPES, SUBSTANCES, TOPICS } from './lexicon.ts'
import { gerund, participle, plural, third } from './morphology.ts'
import { OPPOSITES, SYNONYMS } from './synonyms.ts'
import { starterExample } from './tasks.ts'
import { ADDED_TOKENS, tokenizerFiles } from './tokenizer-files.ts'
import { makeWorld } from './world.ts'

export const VOCABULARY_SIZE = 4096
export const CONTEXT_LENGTH = 1024

/** All words the generator knows, in the inflections it uses. */
export function knownWords(): string[] {
  const words = new Set<string>()
  for (const topic of [...TOPICS, GENERAL]) {
    for (const noun of topic.nouns) words.add(noun).add(plural(noun))
    for (const verb of topic.verbs) words.add(verb).add(third(verb)).add(participle(verb)).add(gerund(verb))
    for (const word of [...topic.adjectives, ...topic.people]) words.add(word)
  }
  for (const word of [
    ...FUNCTION_WORDS,
    ...ADVERBS,
    ...CONNECTIVES,
    ...COLOURS,
    ...SHAPES,
    ...SUBSTANCES,
    ...SYNONYMS.flat(),
    ...OPPOSITES.flat(),
  ])
    words.add(word)
  return [...words]
}

/** The texts of an example, without the marks of the chat format. */
export const textsOf = (example: StarterExample): string[] =>
  'text' in example ? [example.text] : example.turns.flatMap((turn) => [turn.user, turn.assistant])

/** Words met in fewer worlds than this are invented names, whose pieces should not crowd out English. */
const MINIMUM_WORLDS = 3
const NAME_DISCOUNT = 30

/**
 * The files of the starter's tokenizer.
 * @param characters how much generated text to read
 * @param wordWeight how often each known word counts on top of its occurrences
 */
export function trainStarterTokenizer(random: Random, characters = 5_000_000, wordWeight = 40) {
  const total = new Map<string, number>()
  const worldsWith = new Map<string, number>()
  let read = 0
  while (read < characters) {
    const counts = new Map<string, number>()
    const world = makeWorld(random, 60)
    for (let i = 0; i < 200; i++)
      for (const text of textsOf(starterExample(world, random))) {
        read += text.length
        for (const part of text.split(/<\|[^|]*\|>/)) countPretokens(counts, part)
      }
    for (const [word, count] of counts) {
      total.set(word, (total.get(word) ?? 0) + count)
      worldsWith.set(word, (worldsWith.get(word) ?? 0) + 1)
    }
  }
  for (const [word, count] of total)
    if (/\p{L}/u.test(word) && (worldsWith.get(word) ?? 0) < MINIMUM_WORLDS)
      total.set(word, Math.ceil(count / NAME_DISCOUNT))
  for (const word of knownWords())
    for (const part of word.split(/[ -]/)) {
      countPretokens(total, ` ${part}`, wordWeight)
      countPretokens(total, part.charAt(0).toUpperCase() + part.slice(1), Math.ceil(wordWeight / 10))
    }
  return tokenizerFiles(trainBpe(total, VOCABULARY_SIZE - ADDED_TOKENS.length), CONTEXT_LENGTH)
}
