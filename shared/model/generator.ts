/**
 * @file Text generation with a growing key-value cache, many prompts at once. Rows of one batch may differ in length
 * (padded on the right); finished rows leave the batch. Parameters are inputs of the graph, so the weights of a
 * running training session are used as they are.
 */

import { Cancelled, must } from '../base/errors.ts'
import { Random } from '../base/random.ts'
import * as F from '../engine/build.ts'
import { Graph } from '../engine/ir.ts'
import { writeOnnx } from '../engine/onnx-writer.ts'
import type { HostTensor, Runner, Session } from '../engine/runner.ts'
import { groupByLength } from './batch.ts'
import { ropeTables, type ModelConfig } from './config.ts'
import { endsInLoop } from './repetition.ts'
import { sampleToken, type SamplingOptions } from './sampling.ts'
import { cachedStates, logits, type Cache } from './transformer.ts'
import { bindWeights, fedSpecs, type WeightPlan } from './weights.ts'

export interface Completion {
  /** Decoded text, special thinking tokens kept, end-of-turn token removed. */
  text: string
  /** New tokens, prefill not counted. */
  tokens: number
  finished: 'stop' | 'length' | 'repetition'
}

export interface GenerationHooks {
  signal?: { readonly aborted: boolean }
  onToken?: (row: number, text: string) => void
  onRow?: (row: number) => void
}

/** A chat model that answers single user turns. */
export interface Generator {
  /**
   * One completion per prompt, in order; prompts are run in ragged batches.
   * @throws Cancelled between tokens when the signal is aborted
   */
  generate(prompts: readonly string[], options: SamplingOptions, hooks?: GenerationHooks): Promise<Completion[]>
}

/** What generation needs of a tokenizer. */
export interface GenerationTokenizer {
  renderPrompt(user: string): { ids: number[] }
  encode(text: string): number[]
  decode(ids: readonly number[]): string
  tokenId(token: string): number | undefined
  readonly eosIds: readonly number[]
  readonly padId: number
}

export interface GeneratorOptions {
  runner: Runner
  config: ModelConfig
  plan: WeightPlan
  tokenizer: GenerationTokenizer
  /** The current weights, asked for at every call of `generate`. */
  parameters: () => ReadonlyMap<string, Float32Array>
  maxLength: number
  /** Rows generated together. */
  maxRows?: number
  folder?: string
  /** Lets the event loop run between tokens; ONNX Runtime blocks it. */
  breathe?: () => Promise<void>
}

const cacheName = (layer: number, which: 'key' | 'value', when: 'past' | 'present') => `${when}.${layer}.${which}`

/** Logits of one position per row after a chunk: prefill and decoding are the same graph. */
export function buildGeneration(config: ModelConfig, plan: WeightPlan, maxLength: number): Graph {
  const graph = new Graph()
  const half = config.headDim / 2
  const rope = ropeTables(config, maxLength)
  const shape = ['batch', config.kvHeads, 'past', config.headDim]
  const past: Cache[] = Array.from({ length: config.layers }, (_, i) => ({
    key: graph.input(cacheName(i, 'key', 'past'), 'f32', shape),
    value: graph.input(cacheName(i, 'value', 'past'), 'f32', shape),
  }))
  const weights = bindWeights(graph, plan)
  const { hidden, present } = cachedStates(config, weights, {
    tokens: graph.input('tokens', 'i64', ['batch', 'chunk']),
    past,
    lengths: graph.input('lengths', 'i32', ['batch']),
    total: graph.input('total', 'i32', []),
    cos: graph.constant(rope.cos, [maxLength, half]),
    sin: graph.constant(rope.sin, [maxLength, half]),
  })
  const last = F.gather(hidden, graph.input('last', 'i64', ['batch']))
  graph.output('logits', logits(config, weights, last))
  present.forEach((cache, i) => {
    graph.output(cacheName(i, 'key', 'present'), cache.key)
    graph.output(cacheName(i, 'value', 'present'), cache.value)
  })
  return graph
}

interface Row {
  index: number
  /** Prompt, prefill and what has been generated. */
  ids: number[]
  promptLength: number
  prefill: string
  generated: number
  random: Random
  finished?: Completion['finished']
}

export class TextGenerator implements Generator {
  private session: Session | undefined

  constructor(private readonly options: GeneratorOptions) {}

  async generate(
    prompts: readonly string[],
    options: SamplingOptions,
    hooks: GenerationHooks = {},
  ): Promise<Completion[]> {
    const { tokenizer, maxLength } = this.options
    const rows = prompts.map((prompt, index): Row => {
      const prefill = options.prefills?.[index] ?? options.prefill ?? ''
      const room = Math.max(1, maxLength - 1 - Math.min(options.maxNewTokens, maxLength >> 1))
      const full = [...tokenizer.renderPrompt(prompt).ids, ...(prefill ? tokenizer.encode(prefill) : [])]
      // A prompt too long for the model keeps its end: the question stands there.
      const ids = full.slice(-room)
      return {
        index,
        ids,
        promptLength: ids.length,
        prefill,
        generated: 0,
        random: new Random(`${options.seed}:${index}`),
      }
    })
    const banned = (options.banned ?? []).flatMap((token) => tokenizer.tokenId(token) ?? [])
    this.session ??= await this.load()
    const groups = groupByLength(
      rows.map((row) => row.ids.length),
      16_384,
      this.options.maxRows ?? 32,
    )
    for (const group of groups) {
      await this.runBatch(
        group.map((i) => must(rows[i])),
        options,
        banned,
        hooks,
      )
    }
    return rows.map((row) => this.completion(row))
  }

  async dispose(): Promise<void> {
    await this.session?.dispose()
    this.session = undefined
  }

  private load(): Promise<Session> {
    const { runner, config, plan, maxLength, folder } = this.options
    return runner.load(writeOnnx(buildGeneration(config, plan, maxLength), runner.provider), folder)
  }

  private completion(row: Row): Completion {
    const ids = row.ids.slice(row.promptLength)
    if (row.finished === 'stop') ids.pop()
    return {
      text: row.prefill + this.options.tokenizer.decode(ids),
      tokens: row.generated,
      finished: row.finished ?? 'length',
    }
  }

  private async runBatch(
    all: Row[],
    options: SamplingOptions,
    banned: readonly number[],
    hooks: GenerationHooks,
  ): Promise<void> {
    const { config, plan, tokenizer, maxLength, breathe } = this.options
    const parameters = this.options.parameters()
    const weights = new Map(
      fedSpecs(plan).map(({ name, shape }) => [
        name,
        { data: must(parameters.get(name), name), shape } satisfies HostTensor,
      ]),
    )
    const cacheNames = Array.from({ length: config.layers }, (_, i) => i).flatMap((i) => [
      { past: cacheName(i, 'key', 'past'), present: cacheName(i, 'key', 'present') },
      { past: cacheName(i, 'value', 'past'), present: cacheName(i, 'value', 'present') },
    ])
    const outputs = ['logits', ...cacheNames.map((c) => c.present)]
    let rows = all
    let cache = new Map<string, HostTensor>(
      cacheNames.map(({ past }) => [
        past,
        { data: new Float32Array(0), shape: [rows.length, config.kvHeads, 0, config.headDim] },
      ]),
    )
    let chunk = Math.max(...rows.map((row) => row.ids.length))

    while (rows.length > 0) {
      if (hooks.signal?.aborted) throw new Cancelled()
      await breathe?.()
      const tokens = new BigInt64Array(rows.length * chunk).fill(BigInt(tokenizer.padId))
      const last = new BigInt64Array(rows.length)
      rows.forEach((row, r) => {
        const fresh = chunk === 1 ? row.ids.slice(-1) : row.ids
        fresh.forEach((id, i) => (tokens[r * chunk + i] = BigInt(id)))
        last[r] = BigInt(r * chunk + fresh.length - 1)
      })
      const longest = Math.max(...rows.map((row) => row.ids.length))
      const feeds = new Map<string, HostTensor>([
        ...weights,
        ...cache,
        ['tokens', { data: tokens, shape: [rows.length, chunk] }],
        ['last', { data: last, shape: [rows.length] }],
        ['lengths', { data: Int32Array.from(rows, (row) => row.ids.length - 1), shape: [rows.length] }],
        ['total', { data: Int32Array.of(longest), shape: [] }],
      ])
      const out = await must(this.session).run(feeds, outputs)
      const scores = must(out.get('logits')).data as Float32Array
      const vocabulary = scores.length / rows.length
      rows.forEach((row, r) => {
        if (row.finished) return
        const own = scores.subarray(r * vocabulary, (r + 1) * vocabulary)
        const id = sampleToken(own, options, row.ids, banned, row.random)
        row.ids.push(id)
        row.generated++
        if (tokenizer.eosIds.includes(id)) row.finished = 'stop'
        else if (row.generated >= options.maxNewTokens || row.ids.length >= maxLength) row.finished = 'length'
        else if (endsInLoop(row.ids.slice(row.promptLength))) row.finished = 'repetition'
        hooks.onToken?.(row.index, this.completion(row).text)
        if (row.finished) hooks.onRow?.(row.index)
      })
      cache = new Map(cacheNames.map(({ past, present }) => [past, must(out.get(present))]))
      const going = rows.flatMap((row, r) => (row.finished ? [] : [r]))
      // Dropping rows copies the cache: worth it once a quarter of the batch has finished.
      if (going.length === 0) break
      if (going.length <= rows.length * 0.75) {
        cache = new Map([...cache].map(([name, tensor]) => [name, selectRows(tensor, going)]))
        rows = going.map((r) => must(rows[r]))
      }
      chunk = 1
    }
  }
}

/** Rows of the first axis. */
function selectRows({ data, shape }: HostTensor, rows: readonly number[]): HostTensor {
  const [count, ...rest] = shape
  const width = data.length / must(count)
  const out = new Float32Array(rows.length * width)
  rows.forEach((row, i) => out.set((data as Float32Array).subarray(row * width, (row + 1) * width), i * width))
  return { data: out, shape: [rows.length, ...rest] }
}
