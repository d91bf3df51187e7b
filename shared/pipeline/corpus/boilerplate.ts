/** @file Paragraphs that say nothing about materials: notices, page furniture, e-mail lines, reference lists. */

/** A paragraph longer than this is never boilerplate as a whole. */
const LONGEST = 400

const NOTICES: readonly RegExp[] = [
  /^(?:copyright\b|\(c\)\s*\d{4}|©)/i,
  /\ball rights reserved\b/i,
  /^(?:this|the) (?:article|work|paper|chapter|book) is (?:licen[cs]ed|published|distributed|an open access)/i,
  /\bcreative commons (?:attribution|licen[cs]e)/i,
  /^(?:downloaded|reprinted|reproduced) (?:from|with permission|by)\b/i,
  /^(?:received|accepted|revised|published(?: online)?|available online|submitted)\b[:\s].{0,40}\d{4}/i,
  /^(?:corresponding author|e-?mail(?: address(?:es)?)?|orcid|correspondence(?: to)?)\b/i,
  /^(?:keywords|key words|index terms|jel|pacs)\b\s?[:—-]/i,
  /^(?:doi:?|https?:\/\/|www\.)\s?\S+$/i,
  /^arxiv:\d/i,
  /^(?:issn|isbn)\b/i,
]

const FURNITURE: readonly RegExp[] = [
  /\b(?:we|this (?:web)?site|our (?:web)?site) uses? cookies\b/i,
  /^(?:accept|reject|manage|decline) (?:all )?cookies\b/i,
  /^(?:privacy|cookie) (?:policy|settings|notice)\b/i,
  /^terms (?:of use|of service|and conditions|& conditions)\b/i,
  /^(?:skip|jump) to (?:the )?(?:main )?(?:content|navigation|search)\b/i,
  /^(?:sign|log) (?:in|up|out)\b.{0,40}$/i,
  /^(?:subscribe|share|print|download pdf|view pdf|full text|cite this|add to cart|read more|back to top)\b.{0,40}$/i,
  /^(?:home|menu|search|next|previous|contents|table of contents|advertisement)$/i,
  /^(?:home\s*[>›»|/]\s*)/i,
]

const EMAIL = /\S+@\S+\.\S+/

/** Whether a whole paragraph is a notice or page furniture. */
export function isBoilerplate(paragraph: string): boolean {
  if (paragraph.length > LONGEST) return false
  if (NOTICES.some((pattern) => pattern.test(paragraph))) return true
  if (FURNITURE.some((pattern) => pattern.test(paragraph))) return true
  return paragraph.length < 200 && EMAIL.test(paragraph)
}

/** Axis labels, rows of numbers and broken equations, as PDF figures leave them. */
export function isDebris(paragraph: string): boolean {
  if (paragraph.length > 300) return false
  const dense = paragraph.replace(/\s/g, '')
  const letters = dense.match(/\p{L}/gu)?.length ?? 0
  if (letters < dense.length * 0.4) return true
  return !/\p{L}{3}/u.test(paragraph)
}

const REFERENCES =
  /^(?:\d{1,2}\.?\s+)?(?:references(?: and notes| cited)?|bibliography|literature cited|works cited)\.?:?$/i
const AFTER_REFERENCES =
  /^(?:\d{1,2}\.?\s+)?(?:appendix|supplementary|supporting information|methods|materials and methods)\b/i

/**
 * The range of paragraphs that is the reference list, heading included: from the last such heading in the latter 60 % of
 * the text to the end, or to an appendix or methods heading.
 * @returns undefined when there is none
 */
export function referencesRange(paragraphs: readonly string[]): { from: number; to: number } | undefined {
  const total = paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0)
  let seen = 0
  let from = -1
  for (const [at, paragraph] of paragraphs.entries()) {
    if (seen >= total * 0.4 && REFERENCES.test(paragraph)) from = at
    seen += paragraph.length
  }
  if (from < 0) return undefined
  const after = paragraphs.findIndex((p, at) => at > from && p.length < 80 && AFTER_REFERENCES.test(p))
  return { from, to: after < 0 ? paragraphs.length : after }
}

/**
 * Text without numeric citation marks such as [3] or [4–6, 9]. Crystal directions like [110] or [0001] are kept:
 * three or more digits that are all 0, 1 or 2.
 */
export function dropCitationMarks(text: string): string {
  return text.replace(/\s?\[(\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,12})\](?=[\s.,;:)]|$)/g, (mark, inner: string) =>
    /^[0-2]{3}$/.test(inner) ? mark : '',
  )
}
