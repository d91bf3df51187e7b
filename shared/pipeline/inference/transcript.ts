/** @file The record of a recursion: every prompt, section, count and remark of every round; as Markdown and as JSON. */

import type { Completion } from '../ports.ts'

/** Who was asked. */
export type Agent = 'reasoner' | 'critic' | 'improver' | 'integrator'

/** Why a round is not what a perfect model would have made of it. The outcome of each is fixed; see recursive.ts. */
export type RoundNote =
  | 'thinking-missing'
  | 'thinking-unclosed'
  | 'thinking-repeated'
  | 'answer-missing'
  | 'reflection-missing'
  | 'critique-missing'
  | 'rewrite-missing'
  | 'rewrite-truncated'
  | 'rewrite-looped'
  | 'rewrite-unchanged'
  | 'structure-lost'
  | 'answer-truncated'
  | 'answer-looped'

export const NOTE_TEXTS: Readonly<Record<RoundNote, string>> = {
  'thinking-missing':
    'The reply has no thinking section; the thinking before it was kept, or the answer stood in for it.',
  'thinking-unclosed': 'The thinking section was not closed; all that was written counts as thinking.',
  'thinking-repeated': 'There is more than one thinking section; the first one counts.',
  'answer-missing': 'There is no answer outside the sections; the answer before it was kept.',
  'reflection-missing': 'The model wrote no reflection; the critic was asked instead.',
  'critique-missing': 'The critic wrote nothing; the thinking was kept as it was.',
  'rewrite-missing': 'The improver wrote nothing; the thinking was kept as it was.',
  'rewrite-truncated': 'The rewriting was cut off; the thinking was kept as it was.',
  'rewrite-looped': 'The rewriting ran in circles; the thinking was kept as it was.',
  'rewrite-unchanged': 'The rewriting equals the thinking before it.',
  'structure-lost': 'The rewriting has none of the categories of the thinking before it; it was taken all the same.',
  'answer-truncated': 'The reply was cut off at the token limit.',
  'answer-looped': 'The reply ran in circles and was stopped.',
}

/** One call of a model. */
export interface Step {
  agent: Agent
  prompt: string
  /** What the reply was made to begin with. */
  prefill?: string
  /** The reply in full, prefill included. */
  text: string
  /** New tokens. */
  tokens: number
  /** From the start of the call to the end of this row; rows of one batch share the machine. */
  milliseconds: number
  finished: Completion['finished']
}

export interface Round {
  /** 0 is the first answer. */
  index: number
  /** What this round's answer rests on; '' when the model never thought. */
  thinking: string
  thinkingFrom: 'model' | 'rewritten' | 'kept' | 'none'
  /** The model's own reflect section in this round's reply. */
  reflection?: string
  /** The feedback that led to this round's thinking. */
  critique?: string
  critiqueFrom?: 'critic' | 'reflection'
  answer: string
  notes: RoundNote[]
  steps: Step[]
  /** Sums over the steps. */
  tokens: number
  milliseconds: number
}

export interface Integration {
  answer: string
  /** The answers that were merged, the first included, empty ones left out. */
  merged: string[]
  notes: RoundNote[]
  steps: Step[]
  tokens: number
  milliseconds: number
}

export interface Transcript {
  question: string
  mode: 'thinking' | 'reflection'
  rounds: Round[]
  integration?: Integration
  /** The integration's answer, or the last round's. */
  answer: string
  tokens: number
  milliseconds: number
}

/** For reading: question, then per round thinking, feedback, reflection, answer, counts and remarks. */
export function transcriptToMarkdown(transcript: Transcript): string {
  const parts = ['# Recursive inference', `**Question.** ${transcript.question}`, `Mode: ${transcript.mode}`]
  for (const round of transcript.rounds) {
    parts.push(`## Round ${round.index}`)
    if (round.critique) {
      parts.push(
        `### ${round.critiqueFrom === 'reflection' ? 'Feedback (the model’s own reflection)' : 'Critique'}`,
        quote(round.critique),
      )
    }
    if (round.thinking) parts.push(`### Thinking (${SOURCES[round.thinkingFrom]})`, quote(round.thinking))
    if (round.reflection) parts.push('### Reflection', quote(round.reflection))
    parts.push('### Answer', round.answer || '*none*', ...remarks(round.notes), counts(round))
  }
  const { integration } = transcript
  if (integration) {
    parts.push('## Integration', `Merged from ${integration.merged.length} answers.`)
    parts.push('### Answer', integration.answer || '*none*', ...remarks(integration.notes), counts(integration))
  }
  parts.push('## In all', counts(transcript))
  return `${parts.join('\n\n')}\n`
}

const SOURCES: Readonly<Record<Round['thinkingFrom'], string>> = {
  model: 'by the model',
  rewritten: 'rewritten',
  kept: 'kept from the round before',
  none: 'none',
}

/** Block quotes keep a model's own headings and rules from breaking the document. */
function quote(text: string): string {
  return text
    .split('\n')
    .map((line) => (line ? `> ${line}` : '>'))
    .join('\n')
}

function remarks(notes: readonly RoundNote[]): string[] {
  return notes.length === 0 ? [] : [notes.map((note) => `- ${NOTE_TEXTS[note]}`).join('\n')]
}

function counts(part: { tokens: number; milliseconds: number }): string {
  return `${part.tokens} new tokens, ${(part.milliseconds / 1000).toFixed(1)} s`
}

/** Everything, for programs: `{"format": "preflexor-lab/transcript", "version": 1, …}`. */
export function transcriptToJson(transcript: Transcript): string {
  return `${JSON.stringify({ format: 'preflexor-lab/transcript', version: 1, ...transcript }, null, 2)}\n`
}
