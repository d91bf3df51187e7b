/**
 * @file Which completion tokens enter the preference loss. Stage II masks the thinking, so that the model is free to
 * find its own reasoning (PRefLexOR, Stage II).
 */

import type { Random } from '../../base/random.ts'

export type Masking =
  | { kind: 'none' }
  /** Everything up to the last closing thinking token leaves the loss. */
  | { kind: 'answerOnly' }
  /** A random share of each thinking section leaves the loss. */
  | { kind: 'fraction'; share: number }

export interface MaskTokens {
  /** Opening and closing ids of maskable sections, thinking first. */
  sections: readonly { open: number; close: number }[]
}

export interface Masked {
  /** Indices into the completion whose log-probability counts. */
  scored: number[]
  /** Whether a closed thinking section was found. */
  closed: boolean
}

/**
 * @param completion token ids of one completion
 * @param keepDelimiters keeps the section tokens themselves in the loss
 * Under `answerOnly` everything up to the last closing token leaves the loss, opened or not. An unclosed section is
 * thinking to its end, so that nothing but delimiters is left of such a completion; without any section everything is
 * answer.
 */
export function maskCompletion(
  completion: readonly number[],
  masking: Masking,
  tokens: MaskTokens,
  keepDelimiters: boolean,
  random: Random,
): Masked {
  const all = completion.map((_, i) => i)
  const isDelimiter = (id: number) => tokens.sections.some((s) => s.open === id || s.close === id)
  const spans = thinkingSpans(completion, tokens)
  const closed = spans.some((span) => span.closed && span.thinking)
  if (masking.kind === 'none') return { scored: all, closed }
  const hidden = new Set<number>()
  if (masking.kind === 'answerOnly') {
    const ends = [...spans.map((span) => span.end), ...tokens.sections.map((s) => completion.lastIndexOf(s.close))]
    const end = Math.max(-1, ...ends)
    for (let i = 0; i <= end; i++) hidden.add(i)
  } else {
    for (const span of spans) {
      for (let i = span.start; i <= span.end; i++) if (random.chance(masking.share)) hidden.add(i)
    }
  }
  return {
    scored: all.filter((i) => !hidden.has(i) || (keepDelimiters && isDelimiter(completion[i] as number))),
    closed,
  }
}

/** Sections with their delimiters; an unclosed one runs to the end. */
function thinkingSpans(ids: readonly number[], { sections }: MaskTokens) {
  const spans: { start: number; end: number; closed: boolean; thinking: boolean }[] = []
  for (let i = 0; i < ids.length; i++) {
    const section = sections.find((s) => s.open === ids[i])
    if (!section) continue
    const close = ids.indexOf(section.close, i + 1)
    const end = close < 0 ? ids.length - 1 : close
    spans.push({ start: i, end, closed: close >= 0, thinking: section === sections[0] })
    i = end
  }
  return spans
}
