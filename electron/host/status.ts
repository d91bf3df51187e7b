/** @file `lab status`: where a project stands, step by step. */

import type { EvaluationResult } from '../../shared/pipeline/evaluation/evaluate.ts'
import type { HostContext } from './host-context.ts'
import { withProject } from './workspace.ts'

export async function statusOf(directory: string, _host: HostContext) {
  return withProject(directory, (project) => {
    const { file, library } = project
    const counts = library.counts()
    const runs = project.runs().map((run) => {
      const rows = run.readLines()
      const { stage, finished, created, seed } = run.manifest
      return { id: run.id, stage, created, finished, seed, steps: rows.at(-1)?.step ?? 0, loss: rows.at(-1)?.['loss'] }
    })
    const evaluations = library.evaluations().map(({ model, created, result }) => {
      const { accuracy, total, thinking } = result as EvaluationResult
      return { model, created, accuracy, total, thinking }
    })
    const lines = [
      `${file.name}: base model "${file.base.name}", seed ${file.seed}`,
      `Corpus: ${counts.documents} documents (${library.heldOut().size} held out), ${counts.passages} passages, ${counts.facts} facts`,
      `Knowledge: ${counts.nodes} nodes, ${counts.edges} edges · Pairs: ${counts.pairs}`,
      ...runs.map(
        (r) => `${r.id}: ${r.finished ? 'finished' : 'unfinished (lab train … --resume goes on)'}, ${r.steps} steps`,
      ),
      ...evaluations.map(
        (e) => `Evaluated ${e.model}, thinking ${e.thinking}: ${(100 * e.accuracy).toFixed(1)} % of ${e.total}`,
      ),
    ]
    return Promise.resolve({
      data: { name: file.name, base: file.base, seed: file.seed, counts, runs, evaluations },
      text: lines.join('\n'),
    })
  })
}
