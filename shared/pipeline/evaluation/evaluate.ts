/**
 * @file Closed-book evaluation: puts every question to a generator and judges the answers. Thinking is on (trigger),
 * off (no trigger, `<|thinking|>` banned), or shuffled (another question's thinking written into the reply).
 */

import { assert, Cancelled, Fault } from '../../base/errors.ts'
import { Random } from '../../base/random.ts'
import type { EvaluationQuestion } from '../artifacts.ts'
import type { Completion, Generator, Progress, SamplingOptions } from '../ports.ts'
import { END_THINK, parseReply, THINK, withTrigger } from '../thought.ts'
import { formatOf, healthOf } from './health.ts'
import type { FormatReport, Health, LoopCheck } from './health.ts'
import { wilson } from './intervals.ts'
import type { Interval } from './intervals.ts'
import { matchAnswer } from './match.ts'
import type { MatchReason } from './match.ts'
import { lendThinking } from './shuffle.ts'

export type ThinkingMode = 'on' | 'off' | 'shuffled'

export interface EvaluationSettings {
  thinking: ThinkingMode
  maxNewTokens: number
  /** 0, greedy, unless told otherwise. */
  temperature?: number
  topP?: number
  topK?: number
  repetitionPenalty?: number
  seed: number
  /** Questions per call of the generator; progress is told after each. Default 32. */
  batch?: number
}

export interface AnswerRecord {
  id: string
  group: string
  question: string
  /** The aliases that would have counted. */
  expected: string[]
  text: string
  thinking?: string
  answer: string
  correct: boolean
  reason: MatchReason
  alias?: string
  /** New tokens. */
  tokens: number
  finished: Completion['finished']
  format: FormatReport
  /** Id of the question whose thinking was written in (`shuffled` only). */
  thinkingFrom?: string
}

export interface Score {
  total: number
  correct: number
  accuracy: number
  /** Wilson, 95 %. */
  interval: Interval
}

export interface EvaluationResult extends Score {
  thinking: ThinkingMode
  settings: EvaluationSettings
  groups: Record<string, Score>
  health: Health
  /** In the order of the questions. */
  answers: AnswerRecord[]
}

export interface EvaluationHooks {
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
  /** Called for each question as soon as its batch is judged. */
  onAnswer?: (record: AnswerRecord) => void
  loops?: LoopCheck
  /** For `shuffled`: a finished `on` run of the same questions to lend thinking; run first when absent. */
  lender?: EvaluationResult
}

/**
 * @throws Cancelled when the signal is aborted
 * @throws Fault `bad-settings` for `shuffled` with fewer than two questions; `missing-stage` when no reply has thinking to lend
 */
export async function evaluate(
  generator: Generator,
  questions: readonly EvaluationQuestion[],
  settings: EvaluationSettings,
  hooks: EvaluationHooks = {},
): Promise<EvaluationResult> {
  let lent: { from: string; text: string }[] | undefined
  if (settings.thinking === 'shuffled') {
    if (questions.length < 2) {
      throw new Fault(
        'bad-settings',
        `Shuffled thinking needs at least two questions, got ${questions.length}.`,
        'Add questions, or choose thinking on or off.',
      )
    }
    const lender = hooks.lender ?? (await evaluate(generator, questions, { ...settings, thinking: 'on' }, hooks))
    lent = lendThinking(questions, lender.answers, settings.seed)
  }
  const answers: AnswerRecord[] = []
  const batch = Math.max(1, settings.batch ?? 32)
  for (let start = 0; start < questions.length; start += batch) {
    if (hooks.signal?.aborted) throw new Cancelled()
    const some = questions.slice(start, start + batch)
    const prefills = lent?.slice(start, start + batch).map((l) => `${THINK}\n${l.text}\n${END_THINK}\n`)
    const completions = await generator.generate(
      some.map((q) => (settings.thinking === 'off' ? q.question : withTrigger(q.question))),
      samplingOf(settings, start, prefills),
      hooks.signal ? { signal: hooks.signal } : {},
    )
    assert(completions.length === some.length, `${some.length} prompts gave ${completions.length} completions`)
    some.forEach((question, i) => {
      const completion = completions[i] as Completion
      const loan = lent?.[start + i]
      assert(
        !loan || letters(completion.text).startsWith(letters(loan.text)),
        'the generator did not write the prefill',
      )
      const record = recordOf(question, completion, settings.thinking !== 'off', hooks.loops, loan?.from)
      answers.push(record)
      hooks.onAnswer?.(record)
    })
    const label = `Thinking ${settings.thinking}: ${answers.length} of ${questions.length} questions answered`
    hooks.onProgress?.({ done: answers.length, total: questions.length, label })
  }
  return summarise(answers, settings)
}

function samplingOf(settings: EvaluationSettings, start: number, prefills?: readonly string[]): SamplingOptions {
  return {
    maxNewTokens: settings.maxNewTokens,
    temperature: settings.temperature ?? 0,
    ...(settings.topP !== undefined && { topP: settings.topP }),
    ...(settings.topK !== undefined && { topK: settings.topK }),
    ...(settings.repetitionPenalty !== undefined && { repetitionPenalty: settings.repetitionPenalty }),
    seed: new Random(settings.seed).fork(`evaluation:${start}`).uint32(),
    ...(prefills && { prefills }),
    ...(settings.thinking === 'off' && { banned: [THINK] }),
  }
}

/** Letters and digits only: decoding may change blanks, never these. Markers are left out. */
function letters(text: string): string {
  return text.replace(/<\|\/?\w+\|>/g, '').replace(/[^\p{L}\p{N}]/gu, '')
}

function recordOf(
  question: EvaluationQuestion,
  completion: Completion,
  wantsThinking: boolean,
  loops: LoopCheck | undefined,
  from: string | undefined,
): AnswerRecord {
  const parsed = parseReply(completion.text)
  const match = matchAnswer(parsed.answer, question.answers, question.tolerance)
  return {
    id: question.id,
    group: question.group,
    question: question.question,
    expected: question.answers,
    text: completion.text,
    ...(parsed.thinking !== undefined && { thinking: parsed.thinking }),
    answer: parsed.answer,
    correct: match.correct,
    reason: match.reason,
    ...(match.alias !== undefined && { alias: match.alias }),
    tokens: completion.tokens,
    finished: completion.finished,
    format: formatOf(completion, wantsThinking, loops, parsed),
    ...(from !== undefined && { thinkingFrom: from }),
  }
}

export function scoreOf(answers: readonly { correct: boolean }[]): Score {
  const correct = answers.filter((a) => a.correct).length
  const total = answers.length
  return { total, correct, accuracy: total === 0 ? 0 : correct / total, interval: wilson(correct, total) }
}

function summarise(answers: AnswerRecord[], settings: EvaluationSettings): EvaluationResult {
  const groups: Record<string, Score> = {}
  for (const group of new Set(answers.map((a) => a.group)))
    groups[group] = scoreOf(answers.filter((a) => a.group === group))
  return {
    ...scoreOf(answers),
    thinking: settings.thinking,
    settings,
    groups,
    health: healthOf(
      answers.map((a) => a.format),
      answers.map((a) => a.tokens),
    ),
    answers,
  }
}
