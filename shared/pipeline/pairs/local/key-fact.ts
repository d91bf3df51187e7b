/** @file The short key answer that a reply is judged by: at most six words, found in the material, not in the question. */

import { sameWord } from '../../../base/word-forms.ts'
import { firstLine, unquoted } from './clean-text.ts'
import { wordsOf } from './phrase.ts'

export const MOST_KEY_WORDS = 6

export type CheckedKey = { key: string } | { refused: string }

const EMPTY =
  /^(?:yes|no|true|false|none|nothing|unknown|unclear|n\/?a|it depends|not (?:stated|given|specified|known|mentioned|provided|available)\b.*|no (?:answer|information|fact)\b.*)$/i

/** @param cleaned the model's text, cleaned */
export function checkKey(cleaned: string, question: string, material: readonly string[]): CheckedKey {
  const asked = wordsOf(question)
  const bare = firstLine(cleaned)
    .replace(/^(?:it|that|this|they|the (?:key )?(?:fact|answer))\s+(?:is|are|was|were)\s+(?:that\s+)?/i, '')
    .replace(/[\s.;:,!]+$/, '')
  const key = unquoted(bare)
  if (wordsOf(key).length === 0) return { refused: 'it has no short answer' }
  if (EMPTY.test(key)) return { refused: 'its answer is not in the material' }
  if (key.includes('?')) return { refused: 'it was answered by a question' }
  if (key.split(/\s+/).length > MOST_KEY_WORDS) return { refused: 'its answer does not fit into a few words' }
  // Whoever repeats the question would be judged right.
  if (wordsOf(key).every((word) => hasWord(asked, word))) return { refused: 'it gives its own answer away' }
  return isFoundIn(key, material) ? { key } : { refused: 'its answer is not in the material' }
}

/** Every number, and at least half of the words: a key may be worded a little differently, but not be made up. */
function isFoundIn(key: string, material: readonly string[]): boolean {
  const shown = [...new Set(material.flatMap(wordsOf))]
  const wanted = wordsOf(key)
  const found = wanted.filter((word) => hasWord(shown, word))
  const numbers = wanted.filter((word) => /\d/.test(word))
  return numbers.every((n) => found.includes(n)) && found.length * 2 >= wanted.length
}

const hasWord = (words: readonly string[], word: string) => words.some((other) => sameWord(word, other))
