/** @file `lab export`: the finished model for other programs, loaded back and compared before it is called done. */

import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { Fault } from '../../shared/base/errors.ts'
import type { Sequence } from '../../shared/model/batch.ts'
import { Scorer } from '../../shared/model/scorer.ts'
import { writeHfFolder } from '../../shared/pipeline/export/write-hf-folder.ts'
import type { EvaluationResult } from '../../shared/pipeline/evaluation/evaluate.ts'
import { SETTINGS_TABLE } from '../../shared/pipeline/project/settings.ts'
import { SPECIAL_TOKENS } from '../../shared/pipeline/thought.ts'
import { openExportFolder } from '../adapters/model-folder/export-folder.ts'
import { ortRunner } from '../adapters/onnxruntime/ort-runner.ts'
import type { Project } from '../adapters/store/project.ts'
import type { HostContext } from './host-context.ts'
import { openModel, planModel, type LabModel, type PlannedModel } from './model.ts'
import { newestModel, weightsOf, type ModelName } from './stage-weights.ts'
import { trainingDocuments, withProject } from './workspace.ts'

export interface ExportResult {
  model: ModelName
  path: string
  bytes: number
  check: { tokens: number; largest: number }
}

/** Texts scored before and after; the longest difference of a log-probability allowed is rounding of f32. */
const CHECK_TEXTS = 8
const TOLERANCE = 1e-3

export async function exportModel(
  directory: string,
  request: { format: 'hf'; out: string; model?: ModelName },
  host: HostContext,
): Promise<ExportResult> {
  return withProject(directory, async (project) => {
    const name = request.model ?? newestModel(project)
    const model = await openModel(project.file.base)
    const changed = weightsOf(project, name)
    const out = resolve(request.out)
    if (out === model.folder.path) {
      throw new Fault('bad-settings', 'The export would overwrite the base model.', 'Choose another folder.', out)
    }
    const files = await writeHfFolder(
      openExportFolder(out),
      {
        config: model.config,
        weights: async (w) => changed.get(w) ?? model.read(w),
        dtype: 'F32',
        tokenizerFiles: model.tokenizer.toFiles(),
        generationConfig: model.folder.generationConfig,
        card: cardOf(project, name, model, host),
      },
      { signal: host.signal, progress: (p) => host.logger.progress({ ...p, label: 'writing the model' }) },
    )
    const check = await compare(project, { model, planned: await planModel(model, changed, undefined, 0) }, out, host)
    if (!(check.largest < TOLERANCE)) {
      const message = `The exported model differs from the app's by ${check.largest} in a log-probability.`
      throw new Fault('corrupt-file', message, 'Export again to another disk; if it repeats, report it.', out)
    }
    return { model: name, path: out, bytes: files.reduce((sum, f) => sum + f.bytes, 0), check }
  })
}

async function compare(
  project: Project,
  own: { model: LabModel; planned: PlannedModel },
  out: string,
  host: HostContext,
) {
  const loaded = await openModel({ name: 'export', kind: 'folder', path: out })
  const texts = project.library
    .passages()
    .slice(0, CHECK_TEXTS)
    .map((p) => p.text)
  if (texts.length === 0) texts.push('A short text to compare.')
  const scores = async (model: LabModel, planned: PlannedModel) => {
    const rows = texts.map((text): Sequence => {
      const ids = model.tokenizer.encode(text).slice(0, 256)
      return { ids, scored: ids.map((_, i) => i).slice(1) }
    })
    const graph = { config: model.config, plan: planned.plan, maxLength: 256 }
    const { padId } = model.tokenizer
    const scorer = new Scorer({
      runner: ortRunner({ provider: 'cpu' }),
      graph,
      parameters: () => planned.parameters,
      padId,
      folder: planned.folder,
    })
    try {
      return { sums: await scorer.sums(rows, host.breathe), tokens: rows.map((r) => r.scored.length) }
    } finally {
      await scorer.dispose()
    }
  }
  const a = await scores(own.model, own.planned)
  const b = await scores(loaded, await planModel(loaded, new Map(), undefined, 0))
  const largest = Math.max(
    ...a.sums.map((sum, i) => Math.abs(sum - (b.sums[i] ?? NaN)) / Math.max(1, a.tokens[i] ?? 1)),
  )
  return { tokens: a.tokens.reduce((x, y) => x + y, 0), largest }
}

function cardOf(project: Project, name: ModelName, model: LabModel, host: HostContext) {
  const { file, library } = project
  const documents = trainingDocuments(project)
  const runs = project.runs().filter((run) => run.manifest.finished && run.manifest.stage <= name)
  const newest = [...new Map(runs.map((run) => [run.manifest.stage, run])).values()]
  const curves = newest.map((run) => ({
    name: `${run.manifest.stage} loss`,
    points: run.readLines().flatMap((row) => (typeof row['loss'] === 'number' ? [row['loss']] : [])),
  }))
  const settings = newest.flatMap((run) => {
    const own = `stage${run.manifest.stage.slice(-1)}.`
    return [...SETTINGS_TABLE]
      .filter(([path]) => path.startsWith(own))
      .map(([path, field]) => ({
        stage: run.manifest.stage,
        name: path,
        value: String(lookUp(run.manifest.settings, path)),
        paper: field.paper,
      }))
  })
  const scores = library.evaluations(name).flatMap(({ result }) => {
    const r = result as EvaluationResult
    const rows = [...Object.entries(r.groups), ['all', r] as const]
    return rows.map(([questions, s]) => {
      return {
        questions: `${questions}, thinking ${r.thinking}`,
        model: name,
        score: s.accuracy,
        low: s.interval.low,
        high: s.interval.high,
        count: s.total,
      }
    })
  })
  return {
    title: `${file.name} (${name})`,
    license: model.folder.license,
    baseModel: file.base.name,
    date: new Date(host.clock()).toISOString().slice(0, 10),
    madeWith: 'PRefLexOR Lab',
    tokens: { present: [...SPECIAL_TOKENS], added: [], grown: model.config.vocabSize > model.folder.config.vocabSize },
    dataset: {
      hash: createHash('sha256')
        .update(
          documents
            .map((d) => d.sha256)
            .sort()
            .join('\n'),
        )
        .digest('hex'),
      documents: documents.map(({ title, sha256 }) => ({ title, sha256 })),
      passages: library.counts().passages,
      pairs: library.counts().pairs,
    },
    lineage: newest.map((run) => ({
      step: run.manifest.stage,
      detail: `run ${run.id}, from ${String(run.manifest['from'])}, seed ${run.manifest.seed}`,
    })),
    settings,
    seeds: Object.fromEntries(newest.map((run) => [run.manifest.stage, run.manifest.seed])),
    curves,
    scores,
    examplePrompt: 'Why is it so tough? Use <|thinking|>.',
  }
}

function lookUp(settings: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], settings)
}
