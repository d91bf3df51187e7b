/**
 * @file Best-of-N, the control for recursion: independent samples of the same question at a temperature, and a majority
 * vote. With a token budget per question it stops where recursion stopped, so that both spend the same.
 */

import { assert, Cancelled } from '../../base/errors.ts'
import { Random } from '../../base/random.ts'
import type { EvaluationQuestion } from '../artifacts.ts'
import type { Completion, Generator, Progress } from '../ports.ts'
import { parseReply, withTrigger } from '../thought.ts'
import { matchAnswer } from './match.ts'
import { majority } from './vote.ts'

export interface BestOfSettings {
  maxNewTokens: number
  /** 1 in the literature's self-consistency; must be above 0 for the samples to differ. */
  temperature: number
  topP?: number
  topK?: number
  seed: number
  /** Most samples per question. */
  samples: number
  /**
   * New tokens that each question may spend. A sample is drawn while the tokens spent stay below the budget less half
   * the question's mean sample, so that the sums come out near the budget and not always above it.
   */
  budgets?: readonly number[]
}

export interface BestOfAnswer {
  id: string
  samples: string[]
  answer: string
  votes: number
  correct: boolean
  tokens: number
}

/** @throws Cancelled when the signal is aborted */
export async function bestOf(
  generator: Generator,
  questions: readonly EvaluationQuestion[],
  settings: BestOfSettings,
  hooks: { signal?: AbortSignal; onProgress?: (progress: Progress) => void } = {},
): Promise<BestOfAnswer[]> {
  const { budgets } = settings
  assert(!budgets || budgets.length === questions.length, 'one token budget per question')
  const drawn = questions.map(() => ({ samples: [] as string[], tokens: 0 }))
  const random = new Random(settings.seed)
  for (let draw = 0; draw < settings.samples; draw++) {
    if (hooks.signal?.aborted) throw new Cancelled()
    const rows = drawn.flatMap((d, i) => {
      const mean = d.samples.length === 0 ? 0 : d.tokens / d.samples.length
      return draw === 0 || !budgets || d.tokens + mean / 2 < (budgets[i] ?? 0) ? [i] : []
    })
    if (rows.length === 0) break
    const completions = await generator.generate(
      rows.map((i) => withTrigger((questions[i] as EvaluationQuestion).question)),
      {
        maxNewTokens: settings.maxNewTokens,
        temperature: settings.temperature,
        ...(settings.topP !== undefined && { topP: settings.topP }),
        ...(settings.topK !== undefined && { topK: settings.topK }),
        seed: random.fork(`best-of:${draw}`).uint32(),
      },
      hooks.signal ? { signal: hooks.signal } : {},
    )
    assert(completions.length === rows.length, `${rows.length} prompts gave ${completions.length} completions`)
    rows.forEach((row, i) => {
      const completion = completions[i] as Completion
      const entry = drawn[row] as (typeof drawn)[number]
      entry.samples.push(parseReply(completion.text).answer)
      entry.tokens += completion.tokens
    })
    hooks.onProgress?.({ done: draw + 1, total: settings.samples, label: `Best of N: sample ${draw + 1}` })
  }
  return questions.map((question, i) => {
    const { samples, tokens } = drawn[i] as (typeof drawn)[number]
    const vote = majority(samples)
    const correct = matchAnswer(vote.answer, question.answers, question.tolerance).correct
    return { id: question.id, samples, answer: vote.answer, votes: vote.votes, correct, tokens }
  })
}
