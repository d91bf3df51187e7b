/**
 * @file Stages I and II: in every iteration fresh pairs are made with the current model, trained on, and the model is
 * probed. Stage I is ORPO; Stage II compares with a frozen reference, the finished Stage I model (PRefLexOR, sections
 * on Structured Thought Integration and Independent Reasoning Development).
 */

import { Cancelled, Fault, must } from '../../base/errors.ts'
import { Random } from '../../base/random.ts'
import type { Generator } from '../../model/generator.ts'
import { Scorer } from '../../model/scorer.ts'
import { Trainer, type Parameters, type StepResult } from '../../model/trainer.ts'
import type { Objective } from '../../model/training-graph.ts'
import { exoTargetMargin } from '../../model/losses/reference.ts'
import type { Pair } from '../artifacts.ts'
import { END_REFLECT, END_THINK, REFLECT, THINK } from '../thought.ts'
import type { Masking, MaskTokens } from './masking.ts'
import { isScored, pairRow, preferenceBatch, type PairRow } from './preference-batches.ts'
import { optimizerOf, type MetricRow, type StageContext, type StepSettings } from './stage-context.ts'
import { START, stepsOf, type Place } from './steps.ts'
import { PAD_TEXTS, padCompletion, withoutThinkingPads } from './thinking-pads.ts'

export interface PreferenceSettings extends StepSettings {
  iterations: number
  questionsPerIteration: number
  maxPromptTokens: number
  loss: 'orpo' | 'dpo' | 'exo'
  beta: number
  labelSmoothing: number
  nll: 'completion' | 'full'
  /** Weight of the chosen side's NLL beside a reference loss; 0 in the paper. */
  nllWeight: number
  masking: Masking['kind']
  maskFraction: number
  keepDelimiters: boolean
  /** Pads after every completion token, Stage I only; 0 or absent for none. */
  thinkingPads?: number
}

export interface PreferenceHooks {
  /** The pairs of an iteration: made with the current model, or those already kept when a run goes on. */
  pairs(iteration: number, model: Generator): Promise<readonly Pair[]>
  /** After an iteration was trained. */
  probe?(iteration: number, model: Generator): Promise<void>
}

export interface PreferenceStage {
  stage: 1 | 2
  settings: PreferenceSettings
  hooks: PreferenceHooks
  /** Weights of the frozen reference, for DPO and EXO. */
  reference?: Parameters
  /** A generator over the given live weights. */
  generator(parameters: () => Parameters): Generator
}

function objectiveOf({ loss, beta, labelSmoothing, nllWeight }: PreferenceSettings): Objective {
  return loss === 'orpo'
    ? { kind: 'orpo', beta }
    : { kind: 'reference', loss: { kind: loss, beta, labelSmoothing }, nllWeight }
}

export async function runPreferenceStage(context: StageContext, stage: PreferenceStage): Promise<Trainer> {
  const { settings, hooks } = stage
  const { tokenizer, store, logger, seed } = context
  const perPass = Math.ceil(settings.questionsPerIteration / settings.rowsPerStep)
  const total = settings.iterations * settings.passes * perPass
  const graph = { config: context.config, plan: context.plan, maxLength: context.maxLength }
  const trainer = new Trainer({
    runner: context.runner,
    graph,
    objective: objectiveOf(settings),
    optimizer: optimizerOf(settings, total),
    parameters: context.resume?.state.parameters ?? context.parameters,
    resume: context.resume?.state,
    folder: context.folder,
    seed,
  })
  // Under an adapter the frozen base is fed beside it.
  const live = () => new Map([...context.parameters, ...trainer.parameters])
  const model = withoutThinkingPads(stage.generator(live), padsOf(stage))
  const scorer =
    stage.reference &&
    new Scorer({ ...context, graph, parameters: () => must(stage.reference), padId: tokenizer.padId })

  let place: Place = context.resume?.place ?? START
  try {
    for (; place.iteration < settings.iterations; place = { iteration: place.iteration + 1, pass: 0, index: 0 }) {
      const pairs = await hooks.pairs(place.iteration, model)
      const { rows, dropped } = rowsOf(pairs, context, stage, place.iteration)
      if (dropped > 0) logger.remark(`${dropped} pairs had nothing left to compare after masking and were left out.`)
      const margins = scorer ? await referenceMargins(scorer, rows, context.breathe) : undefined
      for (; place.pass < settings.passes; place = { ...place, pass: place.pass + 1, index: 0 }) {
        const random = new Random(`stage-${stage.stage}:${seed}:${place.iteration}:${place.pass}`)
        const lengths = rows.map((row) => 2 * Math.max(row.chosen.ids.length, row.rejected.ids.length))
        const steps = stepsOf(lengths, settings.rowsPerStep, settings.batchTokens, random)
        for (; place.index < steps.length; place = { ...place, index: place.index + 1 }) {
          if (context.signal?.aborted) {
            await store.checkpoint(trainer.state, place)
            throw new Cancelled()
          }
          const groups = must(steps[place.index])
          const count = groups.flat().length
          const start = context.clock()
          const batches = groups.map((group) =>
            preferenceBatch(
              group.map((i) => must(rows[i])),
              tokenizer.padId,
              settings.loss === 'orpo',
              margins && group.map((i) => must(margins[i]).margin),
              count,
            ),
          )
          const result = await trainer.train(batches)
          const seconds = Math.max(1e-3, (context.clock() - start) / 1000)
          const tokens = batches.reduce((sum, b) => sum + b.size, 0)
          const epoch = place.iteration + (place.pass + (place.index + 1) / steps.length) / settings.passes
          const references = margins && groups.flat().map((i) => must(margins[i]))
          await store.metric({
            step: trainer.step,
            epoch,
            iteration: place.iteration,
            ...preferenceMetrics(result, settings, references),
            tokens_per_second: tokens / seconds,
          })
          logger.progress({
            done: Math.min(total, Math.round((epoch / settings.iterations) * total)),
            total,
            label: `stage ${stage.stage === 1 ? 'I' : 'II'}, iteration ${place.iteration + 1} of ${settings.iterations}`,
          })
          if (trainer.step % settings.checkpointSteps === 0) {
            await store.checkpoint(trainer.state, { ...place, index: place.index + 1 })
          }
          await context.breathe()
        }
      }
      await store.checkpoint(trainer.state, place)
      await hooks.probe?.(place.iteration, model)
    }
  } finally {
    await scorer?.dispose()
  }
  await store.checkpoint(trainer.state, place)
  return trainer
}

const padsOf = ({ stage, settings }: PreferenceStage) => (stage === 1 ? (settings.thinkingPads ?? 0) : 0)

function rowsOf(pairs: readonly Pair[], context: StageContext, stage: PreferenceStage, iteration: number) {
  const { tokenizer } = context
  const { settings } = stage
  const id = (token: string) => must(tokenizer.tokenId(token), token)
  const tokens: MaskTokens = {
    sections: [
      { open: id(THINK), close: id(END_THINK) },
      { open: id(REFLECT), close: id(END_REFLECT) },
    ],
  }
  const masking: Masking =
    settings.masking === 'fraction' ? { kind: 'fraction', share: settings.maskFraction } : { kind: settings.masking }
  const random = new Random(`mask:${context.seed}:${stage.stage}:${iteration}`)
  const options = {
    masking,
    tokens,
    keepDelimiters: settings.keepDelimiters,
    nll: settings.nll,
    maxPrompt: settings.maxPromptTokens,
    maxTotal: settings.maxTokens,
  }
  const pads = padsOf(stage)
  // A tokenizer may lack the scratchpad tokens as long as nobody asks for pads.
  const filler = (token: string) => (pads > 0 ? id(token) : -1)
  const fillers = { open: filler(PAD_TEXTS.open), pad: filler(PAD_TEXTS.pad), close: filler(PAD_TEXTS.close) }
  const all = pairs.map((pair) => {
    const { promptIds: prompt, completionIds } = tokenizer.encodeTurn(pair.prompt, pair.chosen)
    const chosen = padCompletion(completionIds, pads, fillers)
    const rejected = padCompletion(tokenizer.encodeTurn(pair.prompt, pair.rejected).completionIds, pads, fillers)
    const comparable = { chosen: chosen.scored, rejected: rejected.scored }
    return pairRow({ prompt, chosen: chosen.ids, rejected: rejected.ids, comparable }, options, random)
  })
  const rows = all.filter(isScored)
  if (rows.length === 0 && all.length > 0) {
    const todo = 'Choose another masking, or a larger token limit.'
    throw new Fault(
      'no-scored-tokens',
      'No pair has a token left to compare after masking.',
      todo,
      `stage${stage.stage}.masking`,
    )
  }
  return { rows, dropped: all.length - rows.length }
}

interface ReferenceScore {
  chosen: number
  rejected: number
  margin: number
}

async function referenceMargins(
  scorer: Scorer,
  rows: readonly PairRow[],
  breathe: () => Promise<void>,
): Promise<ReferenceScore[]> {
  const chosen = await scorer.sums(
    rows.map((row) => row.chosen),
    breathe,
  )
  const rejected = await scorer.sums(
    rows.map((row) => row.rejected),
    breathe,
  )
  return rows.map((_, i) => {
    const [c, r] = [must(chosen[i]), must(rejected[i])]
    return { chosen: c, rejected: r, margin: c - r }
  })
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)

/** The names that users of TRL know. ORPO's rewards are β·mean log π; DPO's and EXO's are β·(log π − log π_ref). */
function preferenceMetrics(
  result: StepResult,
  settings: PreferenceSettings,
  references: readonly ReferenceScore[] | undefined,
): Omit<MetricRow, 'step' | 'epoch'> {
  const { chosen = [], rejected = [], logOdds = [], ratio = [] } = result.perPair
  const reward = (values: readonly number[], side: 'chosen' | 'rejected') =>
    values.map((value, i) => settings.beta * (value - (references ? must(references[i])[side] : 0)))
  const up = reward(chosen, 'chosen')
  const down = reward(rejected, 'rejected')
  const margins = up.map((value, i) => value - must(down[i]))
  const common = {
    loss: result.scalars.loss,
    nll_loss: result.scalars.nll,
    'rewards/chosen': mean(up),
    'rewards/rejected': mean(down),
    'rewards/margins': mean(margins),
    'rewards/accuracies': mean(margins.map((m) => (m > 0 ? 1 : 0))),
    'logps/chosen': mean(chosen),
    'logps/rejected': mean(rejected),
    grad_norm: result.gradNorm,
    learning_rate: result.learningRate,
  }
  if (settings.loss === 'orpo') return { ...common, log_odds_ratio: mean(ratio), log_odds_chosen: mean(logOdds) }
  return settings.loss === 'exo' ? { ...common, target_margin: exoTargetMargin(settings.labelSmoothing) } : common
}
