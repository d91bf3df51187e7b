/** @file Whether a question stands alone and can be asked of somebody who has not seen the material. */

import { referenceIn } from './references.ts'

export type CheckedQuestion = { text: string } | { refused: string }

const MOST_WORDS = 60
const LEAST_WORDS = 5
/** "How does this material …": the pointing word has nothing to point at. */
const POINTING =
  /^(?:(?:why|how|what|which|when|where|in what way)\s+)?(?:(?:do|does|did|is|are|was|were|can|could|would|might|will)\s+)?(?:this|these|those|they|its|their)\b/i

/** @param cleaned the model's text, cleaned; the first question in it is taken, with the sentences before it in its line */
export function checkQuestion(cleaned: string): CheckedQuestion {
  const line = cleaned.split('\n').find((candidate) => candidate.includes('?'))
  if (cleaned.trim() === '') return { refused: 'it was empty' }
  if (line === undefined) return { refused: 'it was no question' }
  const text = line
    .slice(0, line.indexOf('?') + 1)
    .replace(/^["“'(]+/, '')
    .trim()
  const count = text.split(/\s+/).length
  if (count < LEAST_WORDS) return { refused: 'it was too short' }
  if (count > MOST_WORDS) return { refused: 'it was too long' }
  if (POINTING.test(text)) return { refused: 'it begins with a word that points to something unseen' }
  const reference = referenceIn(text)
  return reference ? { refused: reference } : { text: text.charAt(0).toUpperCase() + text.slice(1) }
}
