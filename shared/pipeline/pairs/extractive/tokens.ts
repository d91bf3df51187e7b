/** @file Text to sentences to tokens: quantities and dates become single tokens, parentheses and citation marks are taken out. */

import { quantityAt } from './quantities.ts'

export type TokenShape = 'word' | 'quantity' | 'number' | 'date' | 'mark'

export interface Token {
  text: string
  lower: string
  shape: TokenShape
  /** Capitalised where a sentence does not ask for it, or first in the sentence. */
  capital: boolean
  /** The number without softening words, for quantities. */
  bare?: string
}

const ABBREVIATION =
  /(?:^|[\s(])(?:e\.g|i\.e|cf|vs|viz|figs?|eqs?|refs?|dr|prof|mr|mrs|ms|st|approx|ca|incl|no|nos|pp?|vols?|etc|al|inc|ltd|co|jr|sr|u\.s|u\.k|[A-Z])\.$/i

/** Sentences of a passage, with the line each stands in counted (a line is a paragraph). */
export function sentencesOf(text: string): string[] {
  const out: string[] = []
  for (const line of text.split(/\n+/)) {
    let start = 0
    for (const match of line.matchAll(/[.!?]["'”’)\]]*(?=\s)/g)) {
      const end = match.index + match[0].length
      const rest = line.slice(end).trimStart()
      const before = line.slice(start, match.index + 1)
      const unit = /\d\s[A-Z]\.$/.test(before)
      if (!/^["“'‘([]?(?:[\p{Lu}\p{N}]|pH|[a-z]-[A-Zt])/u.test(rest)) continue
      if (!unit && match[0].startsWith('.') && ABBREVIATION.test(before) && !/\b(?:etc|al|inc|ltd|co)\.$/.test(before))
        continue
      if (
        /\b(?:al|ltd|co|inc|etc)\.$/.test(before) &&
        !/^(?:The|This|These|It|In|At|A|An|They|Its|But|However)\b/.test(rest)
      )
        continue
      out.push(line.slice(start, end).trim())
      start = end
    }
    const last = line.slice(start).trim()
    if (last) out.push(last)
  }
  return out
}

/** What a parenthesis or citation mark would put in the way of parsing, taken out. Quantities in parentheses stay, between commas. */
export function withoutAsides(sentence: string): string {
  return sentence
    .replace(/\s*\[\s*\d+(?:\s*[,–-]\s*\d+)*\s*\]/g, '')
    .replace(/(?<=\p{Ll}{2})[¹²³⁴⁵⁶⁷⁸⁹](?:[,–-][¹²³⁴⁵⁶⁷⁸⁹⁰]+)+/gu, '')
    .replace(/(^|\s)\(([^()]*)\)/g, (_, space: string, inner: string) => {
      if (
        /\bet al\b|\b(?:19|20)\d\d[a-z]?\b|^(?:see|fig|table|eq|ref|supplement|top|bottom|left|right|e\.g|i\.e)/i.test(
          inner,
        )
      )
        return ''
      if (/\d\s?(?:%|°|[A-Zµμnkm]|per|times)/.test(inner) && inner.split(' ').length <= 6) return `,${space}${inner},`
      return ''
    })
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.;:])/g, '$1')
    .replace(/,(?=[.;:,])/g, '')
    .trim()
}

/** Abbreviations a sentence introduces: "scanning electron microscopy (SEM)" gives SEM its long form. */
export function abbreviationsOf(sentence: string): { short: string; long: string }[] {
  const out: { short: string; long: string }[] = []
  for (const match of sentence.matchAll(/\(([A-Z][A-Za-z0-9-]{1,7})s?\)/g)) {
    const short = match[1] as string
    if (!/[A-Z].*[A-Z]/.test(short)) continue
    const letters = short.replace(/[^A-Za-z]/g, '').toLowerCase()
    const words = sentence
      .slice(0, match.index)
      .trim()
      .split(/[\s-]+/)
    for (let n = Math.min(letters.length, words.length); n >= 2; n--) {
      const tail = words.slice(-n)
      if (tail[0]?.[0]?.toLowerCase() !== letters[0] || n < letters.length - 1) continue
      const raw = sentence.slice(0, match.index).trim()
      const at = raw.lastIndexOf(tail[0] as string)
      out.push({ short, long: raw.slice(at) })
      break
    }
  }
  return out
}

function splitWords(sentence: string): string[] {
  const out: string[] = []
  const spaced = sentence.replace(/\s?[—]\s?|\s–\s/g, ' — ').replace(/(\d)([–-])(?=\d)/g, '$1$2')
  for (const chunk of spaced.split(/\s+/)) {
    let word = chunk
    const tail: string[] = []
    while (/^["“‘'«([]/.test(word) && word.length > 1 && !(word.startsWith('(') && /\)./.test(word)))
      word = word.slice(1)
    for (;;) {
      const end = /(["”’'»,;:!?\])]|\.)$/.exec(word)
      if (!end || word.length === 1) break
      const mark = end[1] as string
      const open = (text: string) => text.split('(').length > text.split(')').length
      if (mark === ')' && (word.includes('(') || out.slice(-3).some(open))) break
      if (
        mark === '.' &&
        !/\d$/.test(out.at(-1) ?? '') &&
        ABBREVIATION.test(` ${word}`) &&
        /^(?:[A-Z]\.|.*\..*\.)$/.test(word)
      )
        break
      if (/[’']/.test(mark) && /s[’']$/.test(word)) break
      if (/[,;:.!?]/.test(mark)) tail.unshift(mark)
      word = word.slice(0, -1)
    }
    if (word) out.push(word)
    out.push(...tail)
  }
  return out
}

/** The tokens of one sentence, quantities and dates joined. */
export function tokenize(sentence: string): Token[] {
  const words = splitWords(withoutAsides(sentence))
  const tokens: Token[] = []
  for (let i = 0; i < words.length;) {
    const word = words[i] as string
    const span = quantityAt(words, i)
    // "one" alone is a pronoun or article more often than a count
    if (span && !(span.length === 1 && /^(?:one|second|quarter)$/i.test(word))) {
      const text = words
        .slice(i, i + span.length)
        .join(' ')
        .replace(/ ,/g, ',')
      const bare = words
        .slice(i + span.qualifier, i + span.length)
        .join(' ')
        .replace(/ ,/g, ',')
      tokens.push({ text, lower: text.toLowerCase(), shape: span.kind, capital: false, bare })
      i += span.length
      continue
    }
    const mark = /^[.,;:!?—]$/.test(word)
    tokens.push({
      text: word,
      lower: word.toLowerCase(),
      shape: mark ? 'mark' : 'word',
      capital: /^\p{Lu}/u.test(word),
    })
    i++
  }
  return tokens
}

/** Tokens as text again. */
export function textOf(tokens: readonly { text: string; shape?: TokenShape }[]): string {
  let out = ''
  for (const t of tokens) out += (out === '' || /^[.,;:!?]$/.test(t.text) ? '' : ' ') + t.text
  return out
}
