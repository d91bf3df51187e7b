/**
 * @file The structured reply as text: special tokens, rendering, and a parser that accepts whatever a model writes.
 * The parser is a small state machine; unclosed, missing or repeated sections are ordinary outcomes.
 */

import type { StructuredReply, ThoughtSection } from './artifacts.ts'

export const THINK = '<|thinking|>'
export const END_THINK = '<|/thinking|>'
export const REFLECT = '<|reflect|>'
export const END_REFLECT = '<|/reflect|>'

/** Added to every tokenizer that lacks them (paper, table of special tokens). */
export const SPECIAL_TOKENS = [
  THINK,
  END_THINK,
  REFLECT,
  END_REFLECT,
  '<|scratchpad|>',
  '<|/scratchpad|>',
  '<|response|>',
  '<|/response|>',
] as const

/** What makes the model think: appended to the question. */
export const TRIGGER = ` Use ${THINK}.`

export function withTrigger(question: string): string {
  return question + TRIGGER
}

/** The paper's default categories, in its order. */
export const DEFAULT_CATEGORIES = [
  'Reasoning Steps',
  'Relevant Materials or Concepts',
  'Design Principles',
  'Material Properties',
  'Hypothesis',
  'Additional Background',
] as const

export function renderSections(sections: readonly ThoughtSection[]): string {
  return sections.map((s) => `**${s.category}**: ${s.text}`).join('\n')
}

/** `<|thinking|>` sections `<|/thinking|>`, optional reflection, newline, answer. */
export function renderReply(reply: StructuredReply): string {
  const thinking = reply.sections.length ? `${THINK}\n${renderSections(reply.sections)}\n${END_THINK}\n` : ''
  const reflection = reply.reflection ? `${REFLECT}\n${reply.reflection}\n${END_REFLECT}\n` : ''
  return thinking + reflection + reply.answer
}

export interface ParsedReply extends StructuredReply {
  /** Raw text inside the thinking section; undefined when there is none. */
  thinking?: string
  /** Exactly one opened and closed thinking section, before any reflection, and a non-empty answer after it. */
  wellFormed: boolean
  problems: ('missing' | 'unclosed' | 'repeated' | 'order' | 'no-answer')[]
}

/** Parses any text a model wrote. Never throws. The answer is what stands outside every section. */
export function parseReply(text: string): ParsedReply {
  const marker = /<\|(\/?)(thinking|reflect)\|>/g
  const spans: { kind: 'thinking' | 'reflect'; text: string; closed: boolean; at: number }[] = []
  const problems = new Set<ParsedReply['problems'][number]>()
  let open: { kind: 'thinking' | 'reflect'; from: number; at: number } | undefined
  let outside = ''
  let cursor = 0
  for (const match of text.matchAll(marker)) {
    const kind = match[2] as 'thinking' | 'reflect'
    const at = match.index
    if (match[1] === '') {
      if (open) {
        spans.push({ kind: open.kind, text: text.slice(open.from, at), closed: false, at: open.at })
        problems.add('unclosed')
      } else outside += text.slice(cursor, at)
      open = { kind, from: at + match[0].length, at }
    } else if (open?.kind === kind) {
      spans.push({ kind, text: text.slice(open.from, at), closed: true, at: open.at })
      open = undefined
      cursor = at + match[0].length
    } else {
      problems.add('order')
      if (!open) {
        outside += text.slice(cursor, at)
        cursor = at + match[0].length
      }
    }
  }
  if (open) {
    problems.add('unclosed')
    spans.push({ kind: open.kind, text: text.slice(open.from), closed: false, at: open.at })
  } else outside += text.slice(cursor)

  const thinkings = spans.filter((s) => s.kind === 'thinking')
  const reflection = spans.find((s) => s.kind === 'reflect')
  if (thinkings.length === 0) problems.add('missing')
  if (thinkings.length > 1) problems.add('repeated')
  const thinking = thinkings[0]
  if (thinking && reflection && reflection.at < thinking.at) problems.add('order')
  const answer = outside.trim()
  if (answer === '') problems.add('no-answer')
  return {
    thinking: thinking?.text.trim(),
    sections: thinking ? parseSections(thinking.text) : [],
    reflection: reflection?.text.trim(),
    answer,
    wellFormed: problems.size === 0,
    problems: [...problems],
  }
}

/** `**Category**: text` blocks; text before the first block becomes a section with an empty category. */
export function parseSections(thinking: string): ThoughtSection[] {
  const sections: ThoughtSection[] = []
  for (const line of thinking.trim().split('\n')) {
    const head = /^\*\*([^*]+)\*\*:?\s*(.*)$/.exec(line)
    const last = sections.at(-1)
    if (head) sections.push({ category: (head[1] as string).trim(), text: head[2] as string })
    else if (last) last.text += (last.text ? '\n' : '') + line
    else if (line.trim()) sections.push({ category: '', text: line })
  }
  return sections
}
