/** @file Recursion in numbers: the score after every round and after integration, against best-of-N at equal tokens. */

import { assert, must } from '../../base/errors.ts'
import type { EvaluationQuestion } from '../artifacts.ts'
import type { BestOfAnswer } from './best-of.ts'
import { comparePaired } from './compare.ts'
import type { PairedComparison } from './compare.ts'
import { scoreOf } from './evaluate.ts'
import type { Score } from './evaluate.ts'
import { matchAnswer } from './match.ts'

/** The part of a recursion transcript that is scored; tokens are the new ones of all the round's calls. */
export interface RecursiveRun {
  rounds: readonly { answer: string; tokens: number }[]
  integration?: { answer: string; tokens: number }
}

export interface RecursionRow {
  /** `round 0` is the first answer, before any critique. */
  label: string
  score: Score
  /** Mean new tokens per question up to here, critiques and rewritings included. */
  tokens: number
  correct: boolean[]
}

/** One row per round and, when every run has it, one for the integration. Runs are in the order of the questions. */
export function scoreRecursion(
  questions: readonly EvaluationQuestion[],
  runs: readonly RecursiveRun[],
): RecursionRow[] {
  assert(questions.length === runs.length, `${questions.length} questions, ${runs.length} runs`)
  const depth = Math.min(...runs.map((run) => run.rounds.length))
  const spent = runs.map(() => 0)
  const row = (label: string, step: (run: RecursiveRun) => { answer: string; tokens: number }): RecursionRow => {
    const correct = runs.map((run, i) => {
      const { answer, tokens } = step(run)
      spent[i] = (spent[i] ?? 0) + tokens
      const question = must(questions[i])
      return matchAnswer(answer, question.answers, question.tolerance).correct
    })
    const tokens = spent.reduce((sum, t) => sum + t, 0) / runs.length
    return { label, score: scoreOf(correct.map((c) => ({ correct: c }))), tokens, correct }
  }
  if (runs.length === 0) return []
  const rows = Array.from({ length: depth }, (_, k) => row(`round ${k}`, (run) => must(run.rounds[k])))
  if (runs.every((run) => run.integration)) rows.push(row('integration', (run) => must(run.integration)))
  return rows
}

/** New tokens each run spent in all: the budgets of the best-of-N control. */
export function tokensSpent(runs: readonly RecursiveRun[]): number[] {
  return runs.map((run) => run.rounds.reduce((sum, r) => sum + r.tokens, 0) + (run.integration?.tokens ?? 0))
}

export interface RecursionComparison {
  rows: RecursionRow[]
  /** Final row − round 0. */
  gain: PairedComparison
  bestOf?: { score: Score; tokens: number; samples: number }
  /** Final row − best-of-N. */
  overBestOf?: PairedComparison
}

/** @param control best-of-N on the same questions, in order, drawn with {@link tokensSpent} as budgets */
export function compareRecursion(
  questions: readonly EvaluationQuestion[],
  runs: readonly RecursiveRun[],
  seed: number,
  control?: readonly BestOfAnswer[],
): RecursionComparison {
  const rows = scoreRecursion(questions, runs)
  const judged = (correct: readonly boolean[]) => ({
    answers: questions.map((q, i) => ({ id: q.id, group: q.group, correct: correct[i] ?? false })),
  })
  const last = judged(must(rows.at(-1), 'a recursion row').correct)
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length
  return {
    rows,
    gain: comparePaired(judged(must(rows[0]).correct), last, seed),
    ...(control && {
      bestOf: {
        score: scoreOf(control),
        tokens: mean(control.map((c) => c.tokens)),
        samples: mean(control.map((c) => c.samples.length)),
      },
      overBestOf: comparePaired(judged(control.map((c) => c.correct)), last, seed),
    }),
  }
}
