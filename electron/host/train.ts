/** @file `lab train`: one stage as a run in the project, with checkpoints, and its weights when it is finished. */

import { Fault, must } from '../../shared/base/errors.ts'
import { parametersOf, tensorsOf } from '../../shared/model/checkpoint/parameters.ts'
import { expectedWeights } from '../../shared/model/config.ts'
import { changedWeights } from '../../shared/model/merge.ts'
import type { Parameters, Trainer } from '../../shared/model/trainer.ts'
import { trainableSpecs, type LoraSettings } from '../../shared/model/weights.ts'
import {
  growKnowledge,
  localTeacher,
  preferenceStage,
  stageZero,
  extractiveTeacher,
  type Corpus,
  type StageRequest,
} from '../../shared/pipeline/pipeline.ts'
import { applySettings } from '../../shared/pipeline/project/apply-settings.ts'
import { parseSettings } from '../../shared/pipeline/project/check-settings.ts'
import { PRESETS, type PresetName } from '../../shared/pipeline/project/presets.ts'
import { SETTINGS_TABLE, type Settings } from '../../shared/pipeline/project/settings.ts'
import type { MetricRow, RunStore, StageContext } from '../../shared/pipeline/training/stage-context.ts'
import { ortRunner } from '../adapters/onnxruntime/ort-runner.ts'
import type { Project } from '../adapters/store/project.ts'
import type { Run } from '../adapters/store/runs.ts'
import { generatorOver, MAX_LENGTH } from './answering.ts'
import type { HostContext } from './host-context.ts'
import { openModel, planModel } from './model.ts'
import { modelOfStage, newestModel, weightsOf, type ModelName, type Stage } from './stage-weights.ts'
import { mergeSettings } from './merge-settings.ts'
import { corpusOf, withProject } from './workspace.ts'

export interface TrainRequest {
  stage: Stage
  preset?: PresetName
  iterations?: number
  /** Typed `key=value` changes; a key of this stage may leave out `stageN.`. */
  changes: [string, string][]
  /** The model to start from; the newest of the stages before when undefined. */
  from?: ModelName
  seed?: number
  resume: boolean
}

export interface TrainResult {
  run: string
  model: ModelName
  steps: number
  first: Partial<MetricRow>
  last: Partial<MetricRow>
}

export function trainStage(directory: string, request: TrainRequest, host: HostContext): Promise<TrainResult> {
  return withProject(directory, (project) => trainIn(project, request, host))
}

export async function trainIn(project: Project, request: TrainRequest, host: HostContext): Promise<TrainResult> {
  const { stage } = request
  const name = modelOfStage(stage)
  const run = request.resume ? unfinishedRun(project, name) : startRun(project, request, host)
  const settings = parseSettings(run.manifest.settings)
  const { seed } = run.manifest
  const stageSettings = stage === 0 ? settings.stage0 : stage === 1 ? settings.stage1 : settings.stage2
  const from = must(run.manifest['from'], 'from') as ModelName

  const model = await openModel(project.file.base)
  const changed = weightsOf(project, from)
  const { type, ...rest } = stageSettings.adapter
  const lora: LoraSettings | undefined = type === 'lora' ? rest : undefined
  const planned = await planModel(model, changed, lora, seed)
  const specs = trainableSpecs(planned.plan)
  const runner = ortRunner({ provider: 'cpu' })

  const found = request.resume ? run.latestCheckpoint() : undefined
  const resume = found && {
    state: {
      step: found.state.step,
      parameters: new Map([...planned.parameters, ...parametersOf(found.model)]),
      first: parametersOf(found.optimizer, 'first.'),
      second: parametersOf(found.optimizer, 'second.'),
    },
    place: {
      iteration: found.state.counters['iteration'] ?? 0,
      pass: found.state.counters['pass'] ?? 0,
      index: found.state.counters['index'] ?? 0,
    },
  }
  if (found) host.logger.remark(`Going on from step ${found.step} of ${run.id}.`)
  const metrics = openMetrics(run, resume?.state.step ?? 0)
  const store: RunStore = {
    metric(row) {
      metrics.append(row)
      host.logger.event({ type: 'metric', run: run.id, stage, ...row })
      return Promise.resolve()
    },
    checkpoint(state, place) {
      const optimizer = [...tensorsOf(state.first, specs, 'first.'), ...tensorsOf(state.second, specs, 'second.')]
      const counters = { ...place }
      const rest = { version: 1 as const, random: {}, order: [], position: place.index }
      run.saveCheckpoint({
        model: tensorsOf(state.parameters, specs),
        optimizer,
        state: { ...rest, step: state.step, counters },
      })
      host.logger.event({ type: 'checkpoint', run: run.id, step: state.step })
      return Promise.resolve()
    },
  }
  const context: StageContext = {
    runner,
    config: model.config,
    plan: planned.plan,
    folder: planned.folder,
    tokenizer: model.tokenizer,
    parameters: planned.parameters,
    maxLength: Math.min(MAX_LENGTH, model.config.maxPositions),
    seed,
    resume,
    store,
    logger: host.logger,
    signal: host.signal,
    breathe: host.breathe,
    clock: host.clock,
  }
  let trainer: Trainer | undefined
  const generators: { dispose(): Promise<void> }[] = []
  try {
    const corpus = corpusOf(project)
    const generator = (parameters: () => Parameters) => {
      const made = generatorOver(model, planned, parameters, runner, host.breathe)
      generators.push(made)
      return made
    }
    const { teacher, close } = await openTeacher(settings, corpus, host)
    generators.push({ dispose: close })
    const stageRequest: StageRequest = {
      context,
      settings,
      corpus,
      teacher,
      generator,
      ...pairKeeper(project, run, host),
    }
    trainer =
      stage === 0
        ? await stageZero(stageRequest)
        : await preferenceStage(stage, stageRequest, new Map(planned.parameters))
    const weights = await changedWeights(planned.plan, trainer.parameters, async (w) => changed.get(w) ?? model.read(w))
    for (const [w, data] of changed) if (!weights.has(w)) weights.set(w, data)
    const changedSpecs = expectedWeights(model.config).filter((s) => weights.has(s.name))
    run.finish(tensorsOf(weights, changedSpecs), new Date(host.clock()).toISOString())
    const rows = run.readLines() as unknown as MetricRow[]
    return { run: run.id, model: name, steps: trainer.step, first: rows[0] ?? {}, last: rows.at(-1) ?? {} }
  } finally {
    metrics.close()
    await trainer?.dispose()
    for (const g of generators) await g.dispose()
  }
}

export async function openTeacher(settings: Settings, corpus: Corpus, host: HostContext) {
  if (settings.teacher === 'extractive')
    return { teacher: extractiveTeacher(corpus, settings.categories), close: () => Promise.resolve() }
  const base = settings.teacherModel === '' ? undefined : settings.teacherModel
  if (!base) {
    throw new Fault(
      'bad-settings',
      'The local teacher needs a model folder.',
      'Set teacherModel to a folder with config.json.',
      'teacherModel',
    )
  }
  const model = await openModel({ name: base, kind: 'folder', path: base })
  const planned = await planModel(model, new Map(), undefined, 0)
  const generator = generatorOver(
    model,
    planned,
    () => planned.parameters,
    ortRunner({ provider: 'cpu' }),
    host.breathe,
  )
  return { teacher: localTeacher(generator, corpus, settings, host.signal), close: () => generator.dispose() }
}

/** A setting of the stage may go by its short name; what is found nowhere is looked for there too, for its near names. */
function fullPath(prefix: string, key: string): string {
  if (SETTINGS_TABLE.has(prefix + key)) return prefix + key
  return key.includes('.') || SETTINGS_TABLE.has(key) ? key : prefix + key
}

function startRun(project: Project, request: TrainRequest, host: HostContext): Run {
  const { stage } = request
  const prefix = `stage${stage}.`
  const changes = request.changes.map(([key, value]): [string, string] => [fullPath(prefix, key), value])
  if (request.iterations !== undefined) changes.push([`${prefix}iterations`, String(request.iterations)])
  const preset = request.preset ? mergeSettings(project.file.settings, PRESETS[request.preset]) : project.file.settings
  const settings = applySettings(preset, changes)
  const before = stage === 0 ? 'base' : newestModel(project, modelOfStage((stage - 1) as Stage))
  const from = request.from ?? before
  if (stage === 2 && request.from === undefined && before !== 'stage-1') {
    throw new Fault(
      'missing-stage',
      'Stage II needs a finished Stage I model.',
      'Train it first: lab train DIR --stage 1.',
    )
  }
  weightsOf(project, from)
  return project.createRun({
    stage: modelOfStage(stage),
    created: new Date(host.clock()).toISOString(),
    seed: request.seed ?? project.file.seed,
    settings,
    from,
  })
}

function unfinishedRun(project: Project, name: ModelName): Run {
  const run = project
    .runs()
    .filter((r) => r.manifest.stage === name && !r.manifest.finished)
    .at(-1)
  if (!run)
    throw new Fault(
      'missing-stage',
      `There is no unfinished ${name} run to resume.`,
      'Leave out --resume to start one.',
    )
  return run
}

/** Appends to the metrics; rows after the checkpoint that a run resumes from were lost work and are taken away. */
function openMetrics(run: Run, step: number) {
  const lines = run.openLines()
  lines.truncateAfter(step)
  return lines
}

function pairKeeper(
  project: Project,
  run: Run,
  host: HostContext,
): Pick<StageRequest, 'keptPairs' | 'keepPairs' | 'keepProbes'> {
  const { library } = project
  return {
    keptPairs(stage, iteration) {
      const kept = library.pairs({ stage, iteration }).filter((p) => p.id.startsWith(`${run.id}/`))
      return Promise.resolve(kept.length > 0 ? kept.filter((p) => p.status === 'active') : undefined)
    },
    keepPairs({ pairs, ledger }, stage, iteration) {
      for (const pair of pairs) pair.id = `${run.id}/${pair.id}`
      library.saveLedger(ledger, stage)
      const questions = [...new Map(pairs.map((p) => [p.question.id, p.question])).values()]
      library.saveKnowledge(growKnowledge(library.knowledge(), questions, iteration + 1))
      // Last: an iteration whose pairs are kept is complete.
      library.savePairs(pairs)
      const verdicts: Record<string, number> = {}
      for (const { verdict } of ledger) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
      host.logger.event({ type: 'pairs', run: run.id, stage, iteration, count: pairs.length, verdicts })
      return Promise.resolve()
    },
    keepProbes(stage, iteration, answers) {
      library.saveValue(`probes/${run.id}/${iteration}`, answers)
      host.logger.event({ type: 'probes', run: run.id, stage, iteration, answers })
      return Promise.resolve()
    },
  }
}
