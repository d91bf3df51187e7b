/** @file Majority vote over sampled answers: answers that say the same in plain spelling are one candidate. */

import { singular } from '../../base/word-forms.ts'
import { plainText } from './plain-text.ts'
import { wholeQuantity } from './quantities.ts'
import { words } from './words.ts'

/** What two answers must share to count as the same: value (3 digits) and dimension, or the singular words. */
export function voteKey(answer: string): string {
  const text = plainText(answer).replace(/[\s.!]+$/, '')
  const quantity = wholeQuantity(text)
  if (quantity) {
    const { unit, low, high } = quantity
    const standard = (value: number) => (unit ? value * unit.factor + unit.offset : value).toPrecision(3)
    return `${standard(low)} ${standard(high)} ${unit?.dimension ?? ''}`
  }
  return words(text)
    .map((word) => (word.value === undefined ? singular(word.text) : word.text))
    .join(' ')
}

export interface Vote {
  /** The first answer, verbatim, of the winning candidate; '' when all are empty. */
  answer: string
  votes: number
  /** Distinct candidates, empty answers aside. */
  candidates: number
}

/** The most frequent answer; of equals, the one sampled first. Empty answers do not vote. */
export function majority(answers: readonly string[]): Vote {
  const counts = new Map<string, { answer: string; votes: number }>()
  for (const answer of answers) {
    const key = voteKey(answer)
    if (key === '') continue
    const entry = counts.get(key)
    if (entry) entry.votes += 1
    else counts.set(key, { answer, votes: 1 })
  }
  let best: { answer: string; votes: number } | undefined
  for (const entry of counts.values()) if (!best || entry.votes > best.votes) best = entry
  return { answer: best?.answer ?? '', votes: best?.votes ?? 0, candidates: counts.size }
}
