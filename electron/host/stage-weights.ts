/** @file Which weights a model name stands for: the base model, or the newest finished run of a stage. */

import { Fault, must } from '../../shared/base/errors.ts'
import type { Parameters } from '../../shared/model/trainer.ts'
import type { Project } from '../adapters/store/project.ts'

export const MODEL_NAMES = ['base', 'stage-0', 'stage-1', 'stage-2'] as const
export type ModelName = (typeof MODEL_NAMES)[number]
export type Stage = 0 | 1 | 2

export const modelOfStage = (stage: Stage): ModelName => must(MODEL_NAMES[stage + 1])

/** The newest model there is at or below `highest`. */
export function newestModel(project: Project, highest: ModelName = 'stage-2'): ModelName {
  for (let i = MODEL_NAMES.indexOf(highest); i > 0; i--) {
    const name = must(MODEL_NAMES[i])
    if (finishedRun(project, name)) return name
  }
  return 'base'
}

function finishedRun(project: Project, name: ModelName) {
  return project
    .runs()
    .filter((run) => run.manifest.stage === name && run.manifest.finished)
    .at(-1)
}

/**
 * The weights that training changed, whole; empty for the base model.
 * @throws Fault missing-stage
 */
export function weightsOf(project: Project, name: ModelName): Parameters {
  if (name === 'base') return new Map()
  const run = finishedRun(project, name)
  if (!run) {
    const stage = name.slice(-1)
    throw new Fault(
      'missing-stage',
      `The project has no finished ${name} model.`,
      `Train it: lab train DIR --stage ${stage}.`,
    )
  }
  return run.weights()
}
