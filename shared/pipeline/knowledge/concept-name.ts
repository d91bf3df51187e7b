/** @file Names of concepts in normal form: case, articles, number, spelling, punctuation and hyphens do not tell concepts apart. */

import { oneSpelling, singular } from '../../base/word-forms.ts'

/** Words that name nothing by themselves. */
const EMPTY = new Set(
  `it its they them their he she his her this that these those which what who one ones other another some many most each
  such thing way kind type part use result example fact case reason today however therefore also there here we our you
  is are was were be been has have had do does did not no yes and or but if then than so very much more less`.split(
    /\s+/,
  ),
)

const ARTICLES = new Set(['a', 'an', 'the'])

/** The words of a text in normal form, with where each stands. Numbers keep sign and decimals. */
export function nameWords(text: string): { word: string; from: number; to: number }[] {
  const plain = text.normalize('NFC')
  const out: { word: string; from: number; to: number }[] = []
  const pattern = /(?<![\p{L}\p{N}])[-−]?\d+(?:[.,]\d+)*|[\p{L}\p{N}](?:['’]?[\p{L}\p{M}\p{N}])*|[%°]/gu
  for (const match of plain.matchAll(pattern)) {
    const word = fold(match[0])
    if (word) out.push({ word, from: match.index, to: match.index + match[0].length })
  }
  return out
}

function fold(raw: string): string {
  if (/^[-−]?\d/.test(raw)) return raw.replace('−', '-').replace(/,(?=\d{3}(?!\d))/g, '')
  // `Young's` and `Youngs` are one; a short all-capital word (`GaAs`, `PES`) has no plural to strip
  const lower = raw
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s$/, '')
    .replace(/['’]/g, '')
  const capitals = (raw.match(/\p{Lu}/gu) ?? []).length
  return capitals >= 2 && raw.length <= 5 && !/[a-z]s$/.test(raw) ? lower : singular(oneSpelling(lower))
}

/**
 * The key under which a concept is known: its words in normal form without articles, joined by single blanks; '' when it
 * names nothing (a pronoun, punctuation).
 */
export function normalForm(wording: string): string {
  const words = nameWords(wording).map((w) => w.word)
  while (words.length > 1 && EMPTY.has(words[0] ?? '')) words.shift()
  const kept = words.length > 1 ? words.filter((word, i) => !(ARTICLES.has(word) && i < words.length - 1)) : words
  if (kept.every((word) => EMPTY.has(word) || ARTICLES.has(word))) return ''
  const form = kept.join(' ')
  return form.replace(/ /g, '').length < 2 ? '' : form
}

/** Two spellings of one compound (`nano-wire`, `nanowire`) share this. */
export function compact(form: string): string {
  return form.replace(/ /g, '')
}

/** As shown: no article in front, no blank or stop around. */
export function displayName(wording: string): string {
  return wording
    .replace(/\s+/g, ' ')
    .replace(/^[\s"'“‘(]+|[\s"'”’.,;:]+$/g, '')
    .replace(/^(?:the|an|a)\s+(?=\S)/i, '')
}

/** Whether an object is a value: it begins with a number, approximations aside, or the relation asks for one. */
export function isLiteral(wording: string): boolean {
  return /^(?:(?:about|around|some|nearly|almost|roughly|approximately|over|under|up to|at least|at most|more than|less than|between|only|just|in|near)\s+|[~≈<>≤≥])*[-−+]?\d/i.test(
    wording.trim(),
  )
}
