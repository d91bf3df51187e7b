/**
 * @file Owns the parameters and the optimiser state, and applies steps. Results are written into a second set of
 * buffers which then trade places with the first: ONNX Runtime may read an input after it has written an output.
 */

import { Random } from '../base/random.ts'
import { assert, must } from '../base/errors.ts'
import type { Graph } from '../engine/ir.ts'
import { writeOnnx } from '../engine/onnx-writer.ts'
import type { HostTensor, Runner, Session, TensorData } from '../engine/runner.ts'
import { causalMask, type Batch } from './batch.ts'
import {
  buildGradients,
  buildStep,
  buildUpdate,
  METRIC_OUTPUTS,
  names,
  type GraphSettings,
  type Objective,
  type OptimizerSettings,
} from './training-graph.ts'
import { fedSpecs, trainableSpecs, type WeightSpec } from './weights.ts'

export type Parameters = Map<string, Float32Array>

/** One forward and backward pass. Weights are normalised over the whole step by the caller. */
export interface TrainingBatch extends Batch {
  /** Weight of each scored token in the negative log-likelihood, [scored]; all batches of a step sum to 1. */
  nllWeights: Float32Array
  pairs?: {
    count: number
    /** [count·scored]: 1/length for means (ORPO), 1 for sums (DPO, EXO). */
    chosenWeights: Float32Array
    rejectedWeights: Float32Array
    /** [count]; all batches of a step sum to 1. */
    pairWeights: Float32Array
    /** Reference log π(chosen) − log π(rejected), [count]. */
    referenceMargin?: Float32Array
  }
}

export interface StepResult {
  gradNorm: number
  learningRate: number
  /** Sums over the batches of the step for scalars; concatenated for per-pair values. */
  scalars: Record<'loss' | 'nll', number>
  perPair: Record<string, number[]>
}

/** Everything that a resumed run needs besides data order. */
export interface TrainerState {
  step: number
  parameters: Parameters
  first: Parameters
  second: Parameters
}

const size = (spec: WeightSpec) => spec.shape.reduce((a, b) => a * b, 1)
const scalar = (value: number): HostTensor => ({ data: Float32Array.of(value), shape: [] })

export interface TrainerOptions {
  runner: Runner
  graph: GraphSettings
  objective: Objective
  optimizer: OptimizerSettings
  /** Every fed weight by name; trained ones are copied. */
  parameters: ReadonlyMap<string, Float32Array>
  /** To go on from a checkpoint. */
  resume?: Omit<TrainerState, 'parameters'>
  /** Folder of external weights. */
  folder?: string
  seed: number
}

export class Trainer {
  private steps: number
  private readonly specs: WeightSpec[]
  private current: Map<string, HostTensor>
  private spare: Map<string, HostTensor>
  private readonly frozen = new Map<string, HostTensor>()
  private readonly masks = new Map<number, HostTensor>()
  private fused: Session | undefined
  private split: { gradients: Session; update: Session } | undefined

  constructor(private readonly options: TrainerOptions) {
    const { graph, parameters, resume } = options
    this.specs = trainableSpecs(graph.plan)
    this.steps = resume?.step ?? 0
    const buffers = (
      source: (kind: 'parameter' | 'first' | 'second', spec: WeightSpec) => Float32Array | undefined,
    ) => {
      const map = new Map<string, HostTensor>()
      for (const spec of this.specs) {
        const tensor = (kind: 'parameter' | 'first' | 'second') => ({
          data: source(kind, spec)?.slice() ?? new Float32Array(size(spec)),
          shape: spec.shape,
        })
        map.set(spec.name, tensor('parameter'))
        map.set(names.first(spec.name), tensor('first'))
        map.set(names.second(spec.name), tensor('second'))
      }
      return map
    }
    this.current = buffers((kind, { name }) =>
      kind === 'parameter' ? must(parameters.get(name), name) : resume?.[kind].get(name),
    )
    this.spare = buffers(() => undefined)
    for (const spec of fedSpecs(graph.plan)) {
      if (!this.current.has(spec.name))
        this.frozen.set(spec.name, { data: must(parameters.get(spec.name)), shape: spec.shape })
    }
  }

  get step(): number {
    return this.steps
  }

  /** The live trained parameters: read them, or copy them; they change with the next step. */
  get parameters(): Parameters {
    return this.collect((name) => name)
  }

  /** A view of everything a checkpoint needs; copy or write it before the next step. */
  get state(): TrainerState {
    return {
      step: this.steps,
      parameters: this.parameters,
      first: this.collect(names.first),
      second: this.collect(names.second),
    }
  }

  /** One optimiser step over one or more batches. */
  async train(batches: readonly TrainingBatch[]): Promise<StepResult> {
    assert(batches.length > 0, 'a step needs a batch')
    const result: StepResult = { gradNorm: 0, learningRate: 0, scalars: { loss: 0, nll: 0 }, perPair: {} }
    if (batches.length === 1) {
      this.fused ??= await this.load(buildStep(this.options.graph, this.options.objective, this.options.optimizer))
      const feeds = new Map([
        ...this.batchFeeds(must(batches[0]), 0),
        ...this.current,
        ...this.frozen,
        ...this.stepFeeds(),
      ])
      const out = await this.fused.run(
        feeds,
        [...this.metrics, 'gradNorm', 'learningRate', ...this.nextNames],
        this.targets(),
      )
      this.collectMetrics(out, result)
      this.finish(out, result)
    } else {
      await this.trainInParts(batches, result)
    }
    if (!Number.isFinite(result.scalars.loss)) assert(false, `the loss is ${result.scalars.loss} at step ${this.steps}`)
    return result
  }

  async dispose(): Promise<void> {
    for (const session of [this.fused, this.split?.gradients, this.split?.update]) await session?.dispose()
    this.fused = this.split = undefined
  }

  private async trainInParts(batches: readonly TrainingBatch[], result: StepResult): Promise<void> {
    const { graph, objective, optimizer } = this.options
    this.split ??= {
      gradients: await this.load(buildGradients(graph, objective)),
      update: await this.load(buildUpdate(graph, optimizer)),
    }
    const zeroed = () =>
      new Map(this.specs.map((s) => [s.name, { data: new Float32Array(size(s)), shape: s.shape } satisfies HostTensor]))
    let sums = zeroed()
    let spare = zeroed()
    const parameters = new Map(this.specs.map((s) => [s.name, must(this.current.get(s.name))]))
    for (const [part, batch] of batches.entries()) {
      const feeds = new Map([...this.batchFeeds(batch, part), ...parameters, ...this.frozen])
      for (const [name, sum] of sums) feeds.set(names.sum(name), sum)
      const targets = new Map([...spare].map(([name, tensor]) => [names.gradient(name), tensor]))
      const out = await this.split.gradients.run(feeds, [...this.metrics, ...targets.keys()], targets)
      this.collectMetrics(out, result)
      ;[sums, spare] = [spare, sums]
    }
    const feeds = new Map([...this.current, ...this.stepFeeds()])
    for (const [name, sum] of sums) feeds.set(names.sum(name), sum)
    const out = await this.split.update.run(feeds, ['gradNorm', 'learningRate', ...this.nextNames], this.targets())
    this.finish(out, result)
  }

  private load(graph: Graph): Promise<Session> {
    return this.options.runner.load(writeOnnx(graph, this.options.runner.provider), this.options.folder)
  }

  private get metrics(): readonly string[] {
    return METRIC_OUTPUTS[this.options.objective.kind]
  }

  private get nextNames(): string[] {
    return [...this.current.keys()].map(names.next)
  }

  private targets(): Map<string, HostTensor> {
    return new Map([...this.spare].map(([name, tensor]) => [names.next(name), tensor]))
  }

  private batchFeeds(batch: TrainingBatch, part: number): Map<string, HostTensor> {
    const { rows, time, pairs } = batch
    const scored = batch.labels.length
    let mask = this.masks.get(time)
    if (!mask) this.masks.set(time, (mask = { data: causalMask(time), shape: [time, time] }))
    const feeds = new Map<string, HostTensor>([
      ['tokens', { data: batch.tokens, shape: [rows, time] }],
      ['mask', mask],
      ['positions', { data: batch.positions, shape: [scored] }],
      ['labels', { data: batch.labels, shape: [scored] }],
      ['nllWeights', { data: batch.nllWeights, shape: [1, scored] }],
    ])
    if (pairs) {
      feeds.set('chosenWeights', { data: pairs.chosenWeights, shape: [pairs.count, scored] })
      feeds.set('rejectedWeights', { data: pairs.rejectedWeights, shape: [pairs.count, scored] })
      feeds.set('pairWeights', { data: pairs.pairWeights, shape: [pairs.count] })
      if (pairs.referenceMargin) feeds.set('referenceMargin', { data: pairs.referenceMargin, shape: [pairs.count] })
    }
    if (this.options.graph.plan.lora?.dropout) {
      const random = new Random(`dropout:${this.options.seed}:${this.steps}:${part}`)
      feeds.set('dropoutSeed', scalar(random.next()))
      feeds.set('dropoutRows', {
        data: Float32Array.from({ length: rows * time }, () => random.next()),
        shape: [rows * time, 1],
      })
    }
    return feeds
  }

  private stepFeeds(): Map<string, HostTensor> {
    const { beta1, beta2 } = this.options.optimizer.adamW
    return new Map([
      ['step', scalar(this.steps)],
      ['firstCorrection', scalar(1 - beta1 ** (this.steps + 1))],
      ['secondCorrection', scalar(1 - beta2 ** (this.steps + 1))],
    ])
  }

  private collectMetrics(out: Map<string, HostTensor>, result: StepResult): void {
    const read = (name: string): TensorData => must(out.get(name), name).data
    result.scalars.loss += read('loss')[0] as number
    result.scalars.nll += read('nll')[0] as number
    for (const name of this.metrics) {
      if (name === 'loss' || name === 'nll') continue
      ;(result.perPair[name] ??= []).push(...(read(name) as Float32Array))
    }
  }

  private finish(out: Map<string, HostTensor>, result: StepResult): void {
    result.gradNorm = must(out.get('gradNorm')).data[0] as number
    result.learningRate = must(out.get('learningRate')).data[0] as number
    ;[this.current, this.spare] = [this.spare, this.current]
    this.steps++
  }

  private collect(key: (name: string) => string): Parameters {
    return new Map(this.specs.map((s) => [s.name, must(this.current.get(key(s.name))).data as Float32Array]))
  }
}
