/** @file `lab pairs`: pairs made with the current model, kept in the library to be read and edited. */

import { readFile } from 'node:fs/promises'
import { Fault } from '../../shared/base/errors.ts'
import type { Pair } from '../../shared/pipeline/artifacts.ts'
import { pairsFor } from '../../shared/pipeline/pipeline.ts'
import { withAnswering } from './answering.ts'
import type { HostContext } from './host-context.ts'
import { mergeSettings } from './merge-settings.ts'
import { newestModel } from './stage-weights.ts'
import { openTeacher } from './train.ts'
import { corpusOf, withProject } from './workspace.ts'

export interface PairsRequest {
  count: number
  /** One topic a line. */
  topicsFile?: string
  teacher?: 'extractive' | 'local'
  seed?: number
}

export async function preparePairs(
  directory: string,
  request: PairsRequest,
  host: HostContext,
): Promise<{ pairs: Pair[]; verdicts: Record<string, number> }> {
  const topics = request.topicsFile ? await readTopics(request.topicsFile) : undefined
  return withProject(directory, async (project) => {
    const { file, library } = project
    const stage = newestModel(project) === 'stage-1' || newestModel(project) === 'stage-2' ? 2 : 1
    const count = { questionsPerIteration: request.count }
    const settings = mergeSettings(file.settings, {
      ...(topics && { topics }),
      ...(request.teacher && { teacher: request.teacher }),
      stage1: count,
      stage2: count,
    })
    const corpus = corpusOf(project)
    const { teacher, close } = await openTeacher(settings, corpus, host)
    try {
      return await withAnswering(project, undefined, host, async (generator) => {
        const made = await pairsFor(
          stage,
          0,
          settings,
          stage === 1 ? settings.stage1 : settings.stage2,
          request.seed ?? file.seed,
          teacher,
          generator,
          host,
        )
        for (const pair of made.pairs) pair.id = `prepared/${pair.id}`
        library.saveLedger(made.ledger, stage)
        library.savePairs(made.pairs)
        const verdicts: Record<string, number> = {}
        for (const { verdict } of made.ledger) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
        return { pairs: made.pairs, verdicts }
      })
    } finally {
      await close()
    }
  })
}

async function readTopics(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Fault('not-found', 'The topic file cannot be read.', 'Check the path.', path, { cause })
  })
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '') // prettier-ignore
}
