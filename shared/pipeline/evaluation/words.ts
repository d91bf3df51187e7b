/** @file A text as comparable words: no case, punctuation, articles or hyphens; numbers as values. */

import { oneSpelling, singularCandidates } from '../../base/word-forms.ts'

export interface Word {
  text: string
  /** Set when the word is a number. */
  value?: number
  /** Every singular it may stand for, in one spelling. */
  forms: readonly string[]
  /** Offset in the plain text. */
  at: number
  /** Punctuation that closes a clause stands between this word and the one before. */
  afterBreak: boolean
}

const WORD =
  /(?<![\p{L}\p{N}][-.]?)[-+]?\d+(?:\.\d+)?(?:e[-+]?\d{1,3}(?!\d))?|\d+(?:\.\d+)?|\p{L}(?:['^]?[\p{L}\p{N}])*|%/giu
const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  θ: 'theta',
  κ: 'kappa',
  λ: 'lambda',
  μ: 'mu',
  π: 'pi',
  σ: 'sigma',
  ω: 'omega',
}

/** The words of a text in plain spelling. `A` stays where it is a name: last word, or a capital inside a sentence. */
export function words(text: string): Word[] {
  const matches = [...text.matchAll(WORD)]
  const out: Word[] = []
  let end = 0
  matches.forEach((match, i) => {
    const raw = match[0]
    const gap = text.slice(end, match.index)
    const afterBreak = /[,;:.!?()[\]]/.test(gap)
    end = match.index + raw.length
    const opens = i === 0 || /[.!?]\s/.test(gap)
    const last = i === matches.length - 1
    if (!last && /^(?:the|an|a)$/i.test(raw) && (raw.toLowerCase() === raw || opens || raw.length > 1)) return
    const lower = raw.toLowerCase().replace(/['^]/g, '')
    const value = /^[-+]?\d/.test(raw) ? Number(raw) : undefined
    const spelled = oneSpelling(GREEK[lower] ?? lower)
    out.push({
      text: value === undefined ? spelled : String(value),
      ...(value !== undefined && { value }),
      forms: value === undefined ? singularCandidates(spelled) : [String(value)],
      at: match.index,
      afterBreak,
    })
  })
  return out
}

/** Same number within a relative tolerance, or same word in either number. */
export function sameToken(wanted: Word, given: Word, tolerance = 0): boolean {
  if (wanted.value !== undefined && given.value !== undefined) {
    return Math.abs(wanted.value - given.value) <= Math.max(tolerance, 1e-9) * Math.abs(wanted.value)
  }
  return wanted.text === given.text || given.forms.some((form) => wanted.forms.includes(form))
}

/**
 * Where `wanted` occurs in `given` as a run of words: [first, past the last], or undefined. Letters-only runs also match
 * when they are split differently (`nanowire`, `nano-wire`, `nano wire`).
 */
export function findRun(
  wanted: readonly Word[],
  given: readonly Word[],
  from = 0,
  tolerance = 0,
): [number, number] | undefined {
  if (wanted.length === 0) return undefined
  const letters = wanted.every((w) => w.value === undefined)
  const joined = wanted.map((w) => w.text).join('')
  const joinedForms = singularCandidates(joined)
  for (let start = from; start < given.length; start++) {
    if (wanted.every((w, k) => sameTokenAt(w, given[start + k], tolerance))) return [start, start + wanted.length]
    if (!letters) continue
    let text = ''
    for (let stop = start; stop < given.length && text.length <= joined.length + 2; stop++) {
      const next = given[stop]
      if (!next || next.value !== undefined || (stop > start && next.afterBreak)) break
      text += next.text
      if (text === joined || singularCandidates(text).some((f) => joinedForms.includes(f))) return [start, stop + 1]
    }
  }
  return undefined
}

function sameTokenAt(wanted: Word, given: Word | undefined, tolerance: number): boolean {
  return given !== undefined && sameToken(wanted, given, tolerance)
}
