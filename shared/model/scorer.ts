/** @file Log-probabilities of whole sequences under given weights, in batches of like length. */

import { must } from '../base/errors.ts'
import { writeOnnx } from '../engine/onnx-writer.ts'
import type { HostTensor, Runner, Session } from '../engine/runner.ts'
import { causalMask, groupByLength, packRows, type Sequence } from './batch.ts'
import { buildScore, type GraphSettings } from './training-graph.ts'
import { fedSpecs } from './weights.ts'

export interface ScorerOptions {
  runner: Runner
  graph: GraphSettings
  parameters: () => ReadonlyMap<string, Float32Array>
  padId: number
  /** Padded tokens in one batch. */
  batchTokens?: number
  folder?: string
}

export class Scorer {
  private session: Session | undefined

  constructor(private readonly options: ScorerOptions) {}

  /** Σ log π over the scored tokens of each sequence, in order. */
  async sums(sequences: readonly Sequence[], breathe?: () => Promise<void>): Promise<number[]> {
    const { runner, graph, folder, padId } = this.options
    this.session ??= await runner.load(writeOnnx(buildScore(graph), runner.provider), folder)
    const parameters = this.options.parameters()
    const weights = fedSpecs(graph.plan).map(({ name, shape }): [string, HostTensor] => [
      name,
      { data: must(parameters.get(name), name), shape },
    ])
    const out = new Array<number>(sequences.length).fill(0)
    const lengths = sequences.map((s) => s.ids.length)
    for (const group of groupByLength(lengths, this.options.batchTokens ?? 4096)) {
      const rows = group.filter((i) => must(sequences[i]).scored.length > 0)
      if (rows.length === 0) continue
      const batch = packRows(
        rows.map((i) => must(sequences[i])),
        padId,
      )
      const scored = batch.labels.length
      const feeds = new Map<string, HostTensor>([
        ...weights,
        ['tokens', { data: batch.tokens, shape: [batch.rows, batch.time] }],
        ['mask', { data: causalMask(batch.time), shape: [batch.time, batch.time] }],
        ['positions', { data: batch.positions, shape: [scored] }],
        ['labels', { data: batch.labels, shape: [scored] }],
        ['rowWeights', { data: new Float32Array(batch.rows * scored), shape: [batch.rows, scored] }],
      ])
      // Summed here in double precision: the graph's own sums are for training.
      const logProbs = must((await this.session.run(feeds, ['logProbs'])).get('logProbs')).data as Float32Array
      logProbs.forEach((value, i) => (out[must(rows[must(batch.rowOf[i])])]! += value))
      await breathe?.()
    }
    return out
  }

  async dispose(): Promise<void> {
    await this.session?.dispose()
    this.session = undefined
  }
}
