/** @file Format health: do replies have the shape that was trained, and do they come to an end? */

import type { Completion } from '../ports.ts'
import { END_THINK, parseReply, THINK } from '../thought.ts'
import type { ParsedReply } from '../thought.ts'

/** Tells whether a text runs in circles; the pipeline passes inference's detector. */
export type LoopCheck = (text: string) => boolean

export interface FormatReport {
  /** All of the below. */
  healthy: boolean
  /** Exactly one thinking section, closed. (Where none is wanted: none.) */
  oneThinking: boolean
  /** Thinking before reflection before answer, and an answer there. */
  ordered: boolean
  /** The model ended its turn itself. */
  complete: boolean
  noLoop: boolean
}

/**
 * Judges one reply.
 * @param wantsThinking false when the question was put without the trigger: then no section may be there
 */
export function formatOf(
  completion: Completion,
  wantsThinking: boolean,
  loops?: LoopCheck,
  parsed?: ParsedReply,
): FormatReport {
  const reply = parsed ?? parseReply(completion.text)
  const opened = completion.text.split(THINK).length - 1
  const closed = completion.text.split(END_THINK).length - 1
  const oneThinking = wantsThinking
    ? opened === 1 && closed === 1 && !reply.problems.includes('unclosed')
    : opened === 0 && closed === 0
  const ordered =
    !reply.problems.includes('order') && !reply.problems.includes('no-answer') && startsWell(completion.text)
  const complete = completion.finished === 'stop'
  const noLoop = completion.finished !== 'repetition' && !(loops?.(completion.text) ?? false)
  return { healthy: oneThinking && ordered && complete && noLoop, oneThinking, ordered, complete, noLoop }
}

/** Nothing may be said before the thinking begins. */
function startsWell(text: string): boolean {
  const at = text.indexOf(THINK)
  return at < 0 || text.slice(0, at).trim() === ''
}

/** Shares in [0, 1] over all replies. */
export interface Health {
  healthy: number
  oneThinking: number
  ordered: number
  complete: number
  noLoop: number
  /** Mean new tokens per reply. */
  tokens: number
}

export function healthOf(reports: readonly FormatReport[], tokens: readonly number[]): Health {
  const share = (key: keyof FormatReport) =>
    reports.length === 0 ? 0 : reports.filter((report) => report[key]).length / reports.length
  return {
    healthy: share('healthy'),
    oneThinking: share('oneThinking'),
    ordered: share('ordered'),
    complete: share('complete'),
    noLoop: share('noLoop'),
    tokens: tokens.length === 0 ? 0 : tokens.reduce((sum, t) => sum + t, 0) / tokens.length,
  }
}
