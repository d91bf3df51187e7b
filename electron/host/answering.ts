/** @file A generator over one of a project's models, for evaluation and questions. */

import { must } from '../../shared/base/errors.ts'
import type { Runner } from '../../shared/engine/runner.ts'
import { TextGenerator } from '../../shared/model/generator.ts'
import type { Parameters } from '../../shared/model/trainer.ts'
import type { Project } from '../adapters/store/project.ts'
import { ortRunner } from '../adapters/onnxruntime/ort-runner.ts'
import type { HostContext } from './host-context.ts'
import { openModel, planModel, type LabModel, type PlannedModel } from './model.ts'
import { newestModel, weightsOf, type ModelName } from './stage-weights.ts'

/** Longest sequence that training and generation handle; rotary tables are made for it. */
export const MAX_LENGTH = 2048

export function generatorOver(
  model: LabModel,
  planned: Pick<PlannedModel, 'plan' | 'folder'>,
  parameters: () => Parameters,
  runner: Runner,
  breathe: () => Promise<void>,
): TextGenerator {
  const { config, tokenizer } = model
  return new TextGenerator({
    runner,
    config,
    plan: planned.plan,
    folder: planned.folder,
    parameters,
    maxLength: Math.min(MAX_LENGTH, config.maxPositions),
    breathe,
    tokenizer: {
      renderPrompt: (user) => tokenizer.renderPrompt(user),
      encode: (text) => tokenizer.encode(text),
      decode: (ids) => tokenizer.decode(ids, { keepSpecial: true }),
      tokenId: (token) => tokenizer.tokenId(token),
      eosIds: tokenizer.eosIds,
      padId: tokenizer.padId,
    },
  })
}

/** Opens a model for answering, and frees it whatever happens. */
export async function withAnswering<T>(
  project: Project,
  name: ModelName | undefined,
  host: HostContext,
  use: (generator: TextGenerator, name: ModelName) => Promise<T>,
): Promise<T> {
  const chosen = name ?? newestModel(project)
  const model = await openModel(project.file.base)
  const planned = await planModel(model, weightsOf(project, chosen), undefined, 0)
  const generator = generatorOver(
    model,
    planned,
    () => must(planned).parameters,
    ortRunner({ provider: 'cpu' }),
    host.breathe,
  )
  try {
    return await use(generator, chosen)
  } finally {
    await generator.dispose()
  }
}
