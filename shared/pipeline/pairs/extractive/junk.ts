/** @file Which sentences teach nothing: headings, captions, references, fragments, notices. */

import type { Tagged } from './tagger.ts'

const NOTICE =
  /^(?:fig(?:ure|s)?\.?\s*\d|table\s*\d|scheme\s*\d|eq(?:uation)?\.?\s*\d|copyright|©|doi|https?:|www\.|keywords?\b|references?$|acknowledge?ments?|supplementary|received\b.*accepted|corresponding author|see (?:also|fig|table|section)|author contributions|conflicts? of interest|the authors? (?:declare|thank|acknowledge)|we (?:thank|acknowledge|gratefully)|this (?:work|research) was (?:supported|funded)|all rights reserved|published (?:by|online)|available (?:online|at)|downloaded from|editor)/i
const CONTENT = /(?:doi\.org|https?:\/\/|\bet al\.?,? \(?\d{4}|\bISBN\b|\bpp\. \d|\bVol\. \d|@\w+\.\w+|\bORCID\b)/i

/** Why a sentence is left out, or undefined when it may state something. */
export function junkReason(sentence: string, words: readonly Tagged[]): string | undefined {
  const text = sentence.trim()
  const count = words.filter((t) => t.shape !== 'mark').length
  if (count < 3) return 'too short'
  if (NOTICE.test(text)) return 'notice'
  if (CONTENT.test(text)) return 'reference'
  if (!/[.!?:;"”)]$/.test(text) && count <= 14) return 'heading'
  if (/\?["”)]?$/.test(text)) return 'question'
  if (count > 90) return 'too long'
  const letters = text.replace(/[^\p{L}]/gu, '').length
  if (letters / text.replace(/\s/g, '').length < 0.55) return 'symbols'
  if (count <= 5 && !words.some((t) => /^(?:VZ|VD|V0|BE|HV|MD|DO)$/.test(t.tag))) return 'fragment'
  return undefined
}
