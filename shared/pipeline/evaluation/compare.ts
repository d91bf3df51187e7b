/** @file Two or three results on the same questions, side by side: what was gained, what was lost, and how sure that is. */

import { Fault } from '../../base/errors.ts'
import type { AnswerRecord, EvaluationResult, Score } from './evaluate.ts'
import { scoreOf } from './evaluate.ts'
import { mcnemar, pairedBootstrap } from './intervals.ts'
import type { Difference } from './intervals.ts'

export interface PairedComparison {
  /** b − a in accuracy. */
  difference: Difference
  /** Ids that were wrong in a and are right in b. */
  gained: string[]
  /** Ids that were right in a and are wrong in b. */
  lost: string[]
  /** Exact McNemar, two-sided. */
  p: number
  groups: Record<string, Difference>
  /** Questions only one of the two has; they are left out. */
  unpaired: number
}

type Judged = Pick<AnswerRecord, 'id' | 'group' | 'correct'>

/**
 * Compares by question id.
 * @throws Fault `bad-settings` when the two have no question in common
 */
export function comparePaired(
  a: { answers: readonly Judged[] },
  b: { answers: readonly Judged[] },
  seed: number,
): PairedComparison {
  const before = new Map(a.answers.map((answer) => [answer.id, answer]))
  const pairs = b.answers.flatMap((after) => {
    const answer = before.get(after.id)
    return answer ? [{ before: answer, after }] : []
  })
  if (pairs.length === 0) {
    throw new Fault(
      'bad-settings',
      'The two results have no question in common.',
      'Evaluate both models on the same question file, then compare.',
    )
  }
  const gained = pairs.filter((p) => !p.before.correct && p.after.correct).map((p) => p.after.id)
  const lost = pairs.filter((p) => p.before.correct && !p.after.correct).map((p) => p.after.id)
  const difference = (some: typeof pairs) =>
    pairedBootstrap(
      some.map((p) => Number(p.before.correct)),
      some.map((p) => Number(p.after.correct)),
      seed,
    )
  const groups: Record<string, Difference> = {}
  for (const group of new Set(pairs.map((p) => p.after.group))) {
    groups[group] = difference(pairs.filter((p) => p.after.group === group))
  }
  return {
    difference: difference(pairs),
    gained,
    lost,
    p: mcnemar(gained.length, lost.length),
    groups,
    unpaired: a.answers.length + b.answers.length - 2 * pairs.length,
  }
}

export interface ThinkingUtility {
  rows: { thinking: 'on' | 'off' | 'shuffled'; score: Score; tokens: number }[]
  /** on − off: what thinking brings at all. */
  onMinusOff: PairedComparison
  /** on − shuffled: what the content of the thinking brings, beyond its presence. */
  onMinusShuffled?: PairedComparison
}

/** The same questions with thinking on, off, and with another question's thinking. */
export function thinkingUtility(
  results: { on: EvaluationResult; off: EvaluationResult; shuffled?: EvaluationResult },
  seed: number,
): ThinkingUtility {
  const rows = (['on', 'off', 'shuffled'] as const).flatMap((thinking) => {
    const result = results[thinking]
    return result ? [{ thinking, score: scoreOf(result.answers), tokens: result.health.tokens }] : []
  })
  return {
    rows,
    onMinusOff: comparePaired(results.off, results.on, seed),
    ...(results.shuffled && { onMinusShuffled: comparePaired(results.shuffled, results.on, seed) }),
  }
}
