/** @file Who lends whose thinking, for the shuffled-thinking control. Nobody gets their own, nor one for the same answer. */

import { Fault } from '../../base/errors.ts'
import { Random } from '../../base/random.ts'
import type { EvaluationQuestion } from '../artifacts.ts'
import { matchAnswer } from './match.ts'

export interface Loan {
  /** Id of the lending question. */
  from: string
  text: string
}

/**
 * One loan per question. Lenders are visited along one random cycle (Sattolo); the first whose answers share no alias
 * with the borrower's is taken, or else the first of another question.
 * @param replies the `on` run, in any order
 * @throws Fault `missing-stage` when fewer than two questions have thinking to lend
 */
export function lendThinking(
  questions: readonly EvaluationQuestion[],
  replies: readonly { id: string; thinking?: string }[],
  seed: number,
): Loan[] {
  const thinking = new Map(replies.map((r) => [r.id, r.thinking?.trim() ?? '']))
  const random = new Random(seed).fork('shuffle')
  const order = questions.map((_, i) => i)
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i)
    const held = order[i] as number
    order[i] = order[j] as number
    order[j] = held
  }
  const lenders = questions.filter((q) => thinking.get(q.id))
  if (lenders.length < 2) {
    throw new Fault(
      'missing-stage',
      `Shuffled thinking needs two replies that think; ${lenders.length} of ${questions.length} do.`,
      'Train Stage I first, so that the model writes thinking sections.',
    )
  }
  const next: number[] = []
  order.forEach((from, to) => (next[to] = from))
  return questions.map((question, start) => {
    let fallback: EvaluationQuestion | undefined
    for (let at = next[start] as number; at !== start; at = next[at] as number) {
      const other = questions[at] as EvaluationQuestion
      if (other.id === question.id || !thinking.get(other.id)) continue
      fallback ??= other
      if (!shareAnswer(question, other)) return { from: other.id, text: thinking.get(other.id) ?? '' }
    }
    const lender = fallback ?? (lenders.find((l) => l.id !== question.id) as EvaluationQuestion)
    return { from: lender.id, text: thinking.get(lender.id) ?? '' }
  })
}

function shareAnswer(a: EvaluationQuestion, b: EvaluationQuestion): boolean {
  return a.answers.some((answer) => matchAnswer(answer, b.answers).correct)
}
