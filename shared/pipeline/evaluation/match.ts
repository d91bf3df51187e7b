/**
 * @file Whether an answer states the key fact. The rules, in order:
 * 1. Only the answer counts: what stands outside the thinking and reflection sections.
 * 2. Shotgun guard: an answer longer than max(12 words, 3 × the longest alias), or listing more alternatives than
 *    max(3, those of the longest alias), does not count, whatever it contains.
 * 3. A numeric alias wants an equal quantity (see quantities.ts); any other alias wants its words in a row (words.ts).
 * 4. A hit does not count when it is negated (`not aragonite`), unless the alias itself is a negation.
 */

import { parseReply } from '../thought.ts'
import { plainText } from './plain-text.ts'
import { APPROXIMATORS, findQuantities, sameQuantity, wholeQuantity } from './quantities.ts'
import type { Quantity } from './quantities.ts'
import { parseUnit } from './units.ts'
import { findRun, words } from './words.ts'
import type { Word } from './words.ts'

export type MatchReason = 'matched' | 'empty' | 'too-long' | 'too-many-alternatives' | 'negated' | 'absent'

export interface Match {
  correct: boolean
  reason: MatchReason
  /** The alias that was found, as the question file has it. */
  alias?: string
}

export const LONGEST_FREE_ANSWER = 12
export const ALIAS_LENGTHS = 3
export const MOST_ALTERNATIVES = 3

/** Judges a whole reply: its answer part against the aliases. Never throws. */
export function matchReply(reply: string, aliases: readonly string[], tolerance?: number): Match {
  return matchAnswer(parseReply(reply).answer, aliases, tolerance)
}

/** Judges a bare answer. `tolerance` is relative to the wanted number (0.05 = 5 %). Never throws. */
export function matchAnswer(answer: string, aliases: readonly string[], tolerance = 0): Match {
  if (answer.trim() === '') return { correct: false, reason: 'empty' }
  const longest = Math.max(0, ...aliases.map(countWords))
  if (countWords(answer) > Math.max(LONGEST_FREE_ANSWER, ALIAS_LENGTHS * longest))
    return { correct: false, reason: 'too-long' }
  const listed = Math.max(0, ...aliases.map(countAlternatives))
  if (countAlternatives(answer) > Math.max(MOST_ALTERNATIVES, listed)) {
    return { correct: false, reason: 'too-many-alternatives' }
  }
  const text = plainText(answer)
  const given = words(text)
  const quantities = findQuantities(text)
  let reason: MatchReason = 'absent'
  for (const alias of aliases) {
    const verdict = judge(alias, given, quantities, tolerance)
    if (verdict === 'matched') return { correct: true, reason: verdict, alias }
    if (reason === 'absent') reason = verdict
  }
  return { correct: false, reason }
}

function judge(alias: string, given: Word[], quantities: Quantity[], tolerance: number): MatchReason {
  const wantedText = plainText(alias)
  const wanted = wholeQuantity(wantedText)
  let verdict: MatchReason = 'absent'
  if (wanted) {
    const comparable = quantities.filter((q) => wanted.unit === undefined || sameDimension(wanted, q))
    const distinct = new Set(comparable.map((q) => `${q.low} ${q.high} ${q.unit?.factor ?? ''}`))
    if (distinct.size > MOST_ALTERNATIVES) return 'too-many-alternatives'
    for (const quantity of quantities) {
      if (!sameQuantity(wanted, quantity, tolerance)) continue
      const at = given.findIndex((w) => w.at >= quantity.from)
      if (!negated(given, at)) return 'matched'
      verdict = 'negated'
    }
    return verdict
  }
  const run = words(
    wantedText.replace(APPROXIMATORS, (lead) => (/^[\d~≈<>]/.test(wantedText.slice(lead.length)) ? '' : lead)),
  )
  const denies = run.some((w) => NEGATIONS.has(w.text))
  for (let from = 0; ;) {
    const hit = findRun(run, given, from, tolerance)
    if (!hit) return verdict
    if (denies || !negated(given, hit[0])) return 'matched'
    verdict = 'negated'
    from = hit[0] + 1
  }
}

function sameDimension(a: Quantity, b: Quantity): boolean {
  return a.unit !== undefined && b.unit !== undefined && a.unit.dimension === b.unit.dimension
}

const NEGATIONS = new Set([
  'not',
  'no',
  'never',
  'nor',
  'neither',
  'without',
  'isnt',
  'arent',
  'wasnt',
  'cannot',
  'unlike',
  'except',
])
/** After one of these a new statement begins, which the negation before it does not reach. */
const TURNS = new Set([
  'but',
  'because',
  'due',
  'since',
  'as',
  'and',
  'so',
  'by',
  'only',
  'just',
  'than',
  'instead',
  'more',
  'less',
])
const REACH = 2

/** Whether a negation governs the word at `index`: at most two words before it, same clause, no turn between. */
function negated(given: readonly Word[], index: number): boolean {
  const before = given[index - 1]?.text
  if (
    (before === 'than' && given[index - 2]?.text === 'rather') ||
    (before === 'of' && given[index - 2]?.text === 'instead')
  )
    return true
  for (let i = index - 1, skipped = 0; i >= 0 && skipped <= REACH; i--, skipped++) {
    const word = given[i]
    if (!word || given[i + 1]?.afterBreak) return false
    if (NEGATIONS.has(word.text)) return true
    if (TURNS.has(word.text)) return false
  }
  return false
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter((w) => /[\p{L}\p{N}]/u.test(w)).length
}

/** Parts of a list: separated by commas, semicolons, bars, line breaks, slashes, `or`, `and`. */
export function countAlternatives(text: string): number {
  return text
    .replace(/\S*\/\S*/g, (run) => (isUnit(run) ? run.replaceAll('/', '') : run))
    .split(/[;|\n/]|,(?!\d{3}(?!\d))|\s(?:or|and)\s/i)
    .filter((part) => /[\p{L}\p{N}]/u.test(part)).length
}

function isUnit(run: string): boolean {
  const text = plainText(run.replace(/^[\d.,]+/, '').replace(/[.,;:!?]+$/, ''))
  return parseUnit(text)?.length === text.length
}
