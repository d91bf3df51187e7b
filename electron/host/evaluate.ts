/** @file `lab evaluate`: closed-book questions to one of the project's models. */

import { readFile } from 'node:fs/promises'
import { Fault } from '../../shared/base/errors.ts'
import { bestOf } from '../../shared/pipeline/evaluation/best-of.ts'
import type { EvaluationResult, ThinkingMode } from '../../shared/pipeline/evaluation/evaluate.ts'
import { parseQuestions } from '../../shared/pipeline/evaluation/questions.ts'
import {
  compareRecursion,
  tokensSpent,
  type RecursionComparison,
} from '../../shared/pipeline/evaluation/recursion-score.ts'
import { evaluateModel, reasonRecursively } from '../../shared/pipeline/pipeline.ts'
import type { EvaluationQuestion } from '../../shared/pipeline/artifacts.ts'
import { withAnswering } from './answering.ts'
import type { HostContext } from './host-context.ts'
import type { ModelName } from './stage-weights.ts'
import { withProject } from './workspace.ts'

export interface EvaluateRequest {
  /** A JSONL file. */
  questions: string
  model?: ModelName
  thinking: ThinkingMode
  /** Rounds of recursion, scored beside best-of-N; 0 for none. */
  rounds: number
  /** Recursion over this group of questions only, because it costs many times an answer. */
  recursionGroup?: string
  seed?: number
}

export interface ProjectEvaluation extends EvaluationResult {
  model: ModelName
  recursion?: RecursionComparison
}

export async function readQuestions(path: string): Promise<EvaluationQuestion[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('not-found', 'The question file cannot be read.', 'Check the path.', path, { cause })
  })
  return parseQuestions(text, path)
}

export async function evaluateProject(
  directory: string,
  request: EvaluateRequest,
  host: HostContext,
): Promise<ProjectEvaluation> {
  const questions = await readQuestions(request.questions)
  return withProject(directory, (project) =>
    withAnswering(project, request.model, host, async (generator, model) => {
      const { settings } = project.file
      const seed = request.seed ?? project.file.seed
      const result: ProjectEvaluation = {
        model,
        ...(await evaluateModel(generator, questions, request.thinking, settings, seed, {
          signal: host.signal,
          onProgress: (progress) => host.logger.progress({ ...progress, label: `asking ${model}` }),
          onAnswer: ({ id, answer, correct }) => host.logger.event({ type: 'answer', id, answer, correct }),
        })),
      }
      const { recursionGroup } = request
      const chosen = questions.filter((q) => recursionGroup === undefined || q.group === recursionGroup)
      if (request.rounds > 0 && chosen.length > 0) {
        const onProgress = (progress: { done: number; total: number }) =>
          host.logger.progress({ ...progress, label: 'recursive inference' })
        const { maxNewTokens, temperature, mode } = settings.inference
        const runs = await reasonRecursively(
          generator,
          chosen.map((q) => q.question),
          { mode, rounds: request.rounds, integrate: true, maxNewTokens, temperature, seed },
          { clock: host.clock, signal: host.signal, onProgress },
        )
        const budgets = tokensSpent(runs)
        const control = await bestOf(
          generator,
          chosen,
          { maxNewTokens, temperature: 0.7, topP: 0.95, seed, samples: 16, budgets },
          { signal: host.signal, onProgress: (p) => host.logger.progress({ ...p, label: 'best of as many tokens' }) },
        )
        result.recursion = compareRecursion(chosen, runs, seed, control)
      }
      const created = new Date(host.clock()).toISOString()
      project.library.saveEvaluation({ id: `${model}-${created}`, model, created, result })
      return result
    }),
  )
}
