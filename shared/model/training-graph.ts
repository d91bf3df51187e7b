/**
 * @file A training step as one graph: forward pass, loss, gradients, clipping, AdamW. For accumulation the same pieces
 * are cut in two: `gradients` adds to a running sum, `update` applies it.
 */

import { must } from '../base/errors.ts'
import { differentiate } from '../engine/autodiff.ts'
import * as F from '../engine/build.ts'
import { product } from '../engine/dim.ts'
import { Graph, type Value } from '../engine/ir.ts'
import {
  adamW,
  ADAMW_DEFAULTS,
  clipFactor,
  globalNorm,
  learningRate,
  type AdamW,
  type Schedule,
} from '../engine/optimizer.ts'
import { ropeTables, type ModelConfig } from './config.ts'
import { loraDropout } from './lora-dropout.ts'
import { orpo } from './losses/orpo.ts'
import { referenceLoss, type ReferenceLoss } from './losses/reference.ts'
import { hiddenStates, logits } from './transformer.ts'
import { bindWeights, trainableSpecs, type WeightPlan } from './weights.ts'

export type Objective =
  | { kind: 'language' }
  | { kind: 'orpo'; beta: number }
  /** `nllWeight` adds the chosen side's NLL (0 in the paper; Pang et al., arXiv 2404.19733). */
  | { kind: 'reference'; loss: ReferenceLoss; nllWeight: number }

export interface OptimizerSettings {
  learningRate: number
  schedule: Schedule
  maxGradNorm: number
  adamW: AdamW
}
export const OPTIMIZER_DEFAULTS: OptimizerSettings = {
  learningRate: 1e-3,
  schedule: { kind: 'constant' },
  maxGradNorm: 1,
  adamW: ADAMW_DEFAULTS,
}

export interface GraphSettings {
  config: ModelConfig
  plan: WeightPlan
  /** Longest sequence the rotary tables cover. */
  maxLength: number
}

/** Per-pair and scalar results that a step reports, by output name. */
export const METRIC_OUTPUTS = {
  language: ['loss', 'nll'],
  orpo: ['loss', 'nll', 'chosen', 'rejected', 'logOdds', 'ratio'],
  reference: ['loss', 'nll', 'chosen', 'rejected'],
} as const

export const names = {
  gradient: (parameter: string) => `gradient:${parameter}`,
  sum: (parameter: string) => `sum:${parameter}`,
  first: (parameter: string) => `first:${parameter}`,
  second: (parameter: string) => `second:${parameter}`,
  next: (input: string) => `next:${input}`,
}

function scoredLogProbs(graph: Graph, { config, plan, maxLength }: GraphSettings, dropout: boolean) {
  const tokens = graph.input('tokens', 'i64', ['batch', 'time'])
  const mask = graph.input('mask', 'f32', ['time', 'time'])
  // Flat index (row·time + column) of the position that predicts each scored token.
  const positions = graph.input('positions', 'i64', ['scored'])
  const labels = graph.input('labels', 'i64', ['scored'])
  const half = config.headDim / 2
  const tables = ropeTables(config, maxLength)
  const rope = {
    cos: graph.constant(tables.cos, [maxLength, half]),
    sin: graph.constant(tables.sin, [maxLength, half]),
  }
  const weights = bindWeights(
    graph,
    plan,
    dropout && plan.lora?.dropout ? loraDropout(graph, plan.lora.dropout, positions) : undefined,
  )
  const hidden = hiddenStates(config, weights, tokens, mask, rope)
  const scored = F.gather(hidden, positions)
  return { weights, logProbs: F.tokenLogProb(logits(config, weights, scored), labels) }
}

/** Sum of `logProbs` [scored] under weights [rows, scored] → [rows]. */
function weighted(logProbs: Value, weights: Value): Value {
  return F.reshape(F.matmul(weights, F.reshape(logProbs, [must(logProbs.shape[0]), 1])), [must(weights.shape[0])])
}

function lossOf(graph: Graph, objective: Objective, logProbs: Value): Record<string, Value> {
  const nllWeights = graph.input('nllWeights', 'f32', [1, 'scored'])
  const nll = F.neg(F.reshape(weighted(logProbs, nllWeights), []))
  if (objective.kind === 'language') return { loss: nll, nll }
  const chosen = weighted(logProbs, graph.input('chosenWeights', 'f32', ['pairs', 'scored']))
  const rejected = weighted(logProbs, graph.input('rejectedWeights', 'f32', ['pairs', 'scored']))
  const pairWeights = graph.input('pairWeights', 'f32', ['pairs'])
  if (objective.kind === 'orpo') {
    const { loss, logOdds, ratio } = orpo({ nll, chosen, rejected, pairWeights }, objective.beta)
    return { loss, nll, chosen, rejected, logOdds, ratio }
  }
  const referenceMargin = graph.input('referenceMargin', 'f32', ['pairs'])
  const perPair = referenceLoss(F.sub(F.sub(chosen, rejected), referenceMargin), objective.loss)
  const preference = F.reduceSum(F.mul(perPair, pairWeights))
  const loss = objective.nllWeight ? F.add(preference, F.mul(nll, objective.nllWeight)) : preference
  return { loss, nll, chosen, rejected }
}

function appendUpdate(
  graph: Graph,
  parameters: ReadonlyMap<string, Value>,
  gradients: readonly Value[],
  settings: OptimizerSettings,
) {
  const step = graph.input('step', 'f32', [])
  const corrections = {
    first: graph.input('firstCorrection', 'f32', []),
    second: graph.input('secondCorrection', 'f32', []),
  }
  const rate = learningRate(settings.schedule, settings.learningRate, step)
  const norm = globalNorm(gradients)
  const factor = clipFactor(norm, settings.maxGradNorm)
  graph.output('gradNorm', norm)
  graph.output('learningRate', rate)
  ;[...parameters].forEach(([name, parameter], i) => {
    const first = graph.input(names.first(name), 'f32', parameter.shape)
    const second = graph.input(names.second(name), 'f32', parameter.shape)
    // Norm weights and biases are not decayed.
    const options = parameter.shape.length > 1 ? settings.adamW : { ...settings.adamW, weightDecay: 0 }
    const next = adamW({ parameter, first, second }, F.mul(must(gradients[i]), factor), rate, corrections, options)
    graph.output(names.next(name), next.parameter)
    graph.output(names.next(names.first(name)), next.first)
    graph.output(names.next(names.second(name)), next.second)
  })
}

/** Forward, loss, gradients, update: for steps that fit in one batch. */
export function buildStep(settings: GraphSettings, objective: Objective, optimizer: OptimizerSettings): Graph {
  const graph = new Graph()
  const { weights, logProbs } = scoredLogProbs(graph, settings, true)
  const results = lossOf(graph, objective, logProbs)
  for (const [name, value] of Object.entries(results)) graph.output(name, value)
  const gradients = differentiate(must(results['loss']), [...weights.trainable.values()])
  appendUpdate(graph, weights.trainable, gradients, optimizer)
  return graph
}

/** Forward, loss, and gradients added to a running sum: for the parts of an accumulated step. */
export function buildGradients(settings: GraphSettings, objective: Objective): Graph {
  const graph = new Graph()
  const { weights, logProbs } = scoredLogProbs(graph, settings, true)
  const results = lossOf(graph, objective, logProbs)
  for (const [name, value] of Object.entries(results)) graph.output(name, value)
  const parameters = [...weights.trainable]
  differentiate(
    must(results['loss']),
    parameters.map(([, value]) => value),
  ).forEach((gradient, i) => {
    const [name, parameter] = must(parameters[i])
    const sum = graph.input(names.sum(name), 'f32', parameter.shape)
    graph.output(names.gradient(name), F.add(sum, gradient))
  })
  return graph
}

/** Clipping and AdamW on gradients that are fed. */
export function buildUpdate({ plan }: GraphSettings, optimizer: OptimizerSettings): Graph {
  const graph = new Graph()
  const specs = trainableSpecs(plan)
  const parameters = new Map(specs.map((s) => [s.name, graph.input(s.name, 'f32', s.shape)]))
  const gradients = specs.map((s) => graph.input(names.sum(s.name), 'f32', s.shape))
  appendUpdate(graph, parameters, gradients, optimizer)
  return graph
}

/** Sequence scoring: weighted sums of token log-probabilities, `sums` [rows], and each token's, `logProbs` [scored]. */
export function buildScore(settings: GraphSettings): Graph {
  const graph = new Graph()
  const { logProbs } = scoredLogProbs(graph, settings, false)
  graph.output('logProbs', logProbs)
  graph.output('sums', weighted(logProbs, graph.input('rowWeights', 'f32', ['rows', 'scored'])))
  return graph
}

/** Elements of a dimension product, for callers that size buffers. */
export const elements = (shape: readonly number[]) => product(shape) as number
