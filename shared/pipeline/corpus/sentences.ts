/**
 * @file Sentence boundaries in scientific English, by rule: abbreviations, initials, decimals, units, figure references
 * and citations do not end a sentence. A line break always does. Linear in the length of the text.
 */

export interface Span {
  /** Offset of the first character. */
  start: number
  /** Offset after the last character. */
  end: number
}

/** Never followed by a new sentence, whatever comes next. */
const NEVER_LAST = new Set(
  (
    'e.g i.e eg ie cf vs viz fig figs eq eqs eqn eqns ref refs dr prof mr mrs ms mt resp approx ca incl esp ' +
    'sec sect chap tab suppl refs resp'
  ).split(' '),
)
/** Abbreviations only when a number follows: "No. 5", "pp. 3", "Jan. 7", "min. 20". */
const BEFORE_NUMBER = new Set(
  (
    'no nos p pp vol vols ch art ed para jan feb mar apr jun jul aug sep sept oct nov dec min max avg ' +
    'temp conc wt at mol ser pat'
  ).split(' '),
)
/** May end a sentence: they do when a word follows that usually begins one. */
const SOMETIMES_LAST = new Set(
  'al etc inc ltd co corp jr sr st ph.d m.sc b.sc u.s u.k u.s.a a.m p.m dept univ b.c a.d'.split(' '),
)

const STARTERS = new Set(
  (
    'the this that these those it its in on at by for from with without when while where although though since because ' +
    'as if after before during however moreover furthermore therefore thus hence here there then they we our he she his ' +
    'her their you i a an and but or so such some many most all both each another other one two three several no not ' +
    'what why how which who to under between among using only even also yet later today now once again instead ' +
    'fig figs eq eqs ref refs table section ' +
    'consequently similarly finally first second third next despite unlike like upon both'
  ).split(' '),
)

/** What may begin a sentence after the space: a capital, a digit, an opening bracket or quote, a Greek or caseless letter. */
const OPENING = /[\p{Lu}\p{Lt}\p{Lo}\p{N}"'“‘«([\u0370-\u03ff¿¡•]/u
/** Sentences that science begins in lower case. */
const LOWER_OPENING = /^(?:pH|mRNA|tRNA|n-type|p-type|d-spacing|[a-z]-[A-Z])/
const CLOSING = /["'”’»)\]]/

/** The trimmed sentences of `text`, in order. */
export function splitSentences(text: string): string[] {
  return sentenceSpans(text).map(({ start, end }) => text.slice(start, end))
}

/** Where the sentences of `text` begin and end, white space around them left out. */
export function sentenceSpans(text: string): Span[] {
  const spans: Span[] = []
  let start = 0
  const close = (end: number) => {
    let from = start
    let to = end
    while (from < to && isSpace(text[from])) from++
    while (to > from && isSpace(text[to - 1])) to--
    if (to > from) spans.push({ start: from, end: to })
    start = end
  }
  const marks = /[.!?…\n]/g
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    const at = mark.index
    if (mark[0] === '\n') {
      close(at)
      continue
    }
    let end = at + 1
    while (end < text.length && (CLOSING.test(text[end] as string) || /[.!?…]/.test(text[end] as string))) end++
    if (mark[0] === '.') end = afterCitation(text, at, end)
    marks.lastIndex = end
    if (end < text.length && !isSpace(text[end])) continue
    let next = end
    while (next < text.length && isSpace(text[next]) && text[next] !== '\n') next++
    if (next >= text.length || text[next] === '\n') {
      close(end)
      continue
    }
    if (!OPENING.test(text[next] as string) && !LOWER_OPENING.test(text.slice(next, next + 10))) continue
    if (mark[0] === '.' && end === at + 1 && !periodEnds(text, start, at, next)) continue
    close(end)
  }
  close(text.length)
  return spans
}

/** Past superscript citations that extraction glued to the full stop, as in `strength.12,13 The`. */
function afterCitation(text: string, at: number, end: number): number {
  if (end !== at + 1 || !/[\p{Ll})]/u.test(text[at - 1] ?? '')) return end
  const citation = /^\d{1,3}(?:[,–-]\d{1,3}){0,8}(?=\s+\p{Lu}|\s*$)/u.exec(text.slice(end, end + 40))
  return citation ? end + citation[0].length : end
}

/** Whether the single full stop at `at`, followed by a space and a possible opening at `next`, ends the sentence. */
function periodEnds(text: string, start: number, at: number, next: number): boolean {
  const word = wordBefore(text, at)
  const key = word.toLowerCase()
  const following = /^["'“‘([]*([\p{L}\p{N}]*)/u.exec(text.slice(next, next + 40))?.[1] ?? ''
  if (NEVER_LAST.has(key)) return false
  if (BEFORE_NUMBER.has(key) && /^\d/.test(following)) return false
  // "I." and "A." are initials, however often sentences begin with I and A.
  const isInitial = following.length === 1 && text[next + 1] === '.'
  const starter = !isInitial && following !== following.toLowerCase() && STARTERS.has(following.toLowerCase())
  if (SOMETIMES_LAST.has(key)) return starter
  const from = at - word.length
  if (/^\p{Lu}$/u.test(word)) {
    // "300 K. The", "25 °C. Then": a unit, not an initial.
    const before = text.slice(Math.max(0, from - 3), from)
    return /[\d°%]\s?$/.test(before) || starter
  }
  if (/^(?:\p{L}\.)+\p{L}$/u.test(word)) return starter
  // A list number or heading number at the beginning of the sentence: "1. Introduction".
  if (/^\d{1,3}$/.test(word) && text.slice(start, from).trim() === '') return false
  return true
}

/** The letters, digits and inner full stops before the full stop at `at`; at most 20 characters are looked at. */
function wordBefore(text: string, at: number): string {
  let from = at
  while (from > 0 && at - from < 20 && /[\p{L}\p{N}.]/u.test(text[from - 1] as string)) from--
  return text.slice(from, at)
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r' || character === '\u00a0'
}
