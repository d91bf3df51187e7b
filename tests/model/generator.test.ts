import { describe, expect, it } from 'vitest'
import { ortRunner } from '../../electron/adapters/onnxruntime/ort-runner.ts'
import { writeOnnx } from '../../shared/engine/onnx-writer.ts'
import { causalMask, packRows } from '../../shared/model/batch.ts'
import { TextGenerator } from '../../shared/model/generator.ts'
import { buildScore } from '../../shared/model/training-graph.ts'
import { letterTokenizer } from './letter-tokenizer.ts'
import { TINY, tinyPlan, tinyWeights } from './tiny-model.ts'

const runner = ortRunner({ provider: 'cpu', threads: 1 })
const tokenizer = letterTokenizer
const weights = tinyWeights()
const generator = (maxRows: number) =>
  new TextGenerator({
    runner,
    config: TINY,
    plan: tinyPlan(),
    tokenizer,
    parameters: () => weights,
    maxLength: 64,
    maxRows,
  })
const greedy = { maxNewTokens: 12, temperature: 0, seed: 1 }
const prompts = ['abc', 'hello', 'z', 'thequickbrownfox']

describe('generation with a cache', () => {
  it('gives in ragged batches what each prompt gives alone', async () => {
    const together = await generator(4).generate(prompts, greedy)
    const alone = await generator(1).generate(prompts, greedy)
    expect(together).toEqual(alone)
    expect(together.some((c) => c.tokens > 3)).toBe(true)
  })

  it('chooses greedily what whole-sequence scoring finds most likely at every position', async () => {
    const [completion] = await generator(1).generate(['hello'], greedy)
    const prompt = tokenizer.encode('hello')
    const ids = [...prompt, ...tokenizer.encode(completion?.text ?? '')]
    const session = await runner.load(writeOnnx(buildScore({ config: TINY, plan: tinyPlan(), maxLength: 64 }), 'cpu'))
    for (let i = prompt.length; i < ids.length; i++) {
      // Every alternative for position i, scored as one row each.
      const rows = Array.from({ length: TINY.vocabSize }, (_, id) => ({ ids: [...ids.slice(0, i), id], scored: [i] }))
      const batch = packRows(rows, 0)
      const n = rows.length
      const identity = new Float32Array(n * n)
      for (let r = 0; r < n; r++) identity[r * n + r] = 1
      const feeds = new Map<string, { data: Float32Array | BigInt64Array; shape: number[] }>([
        ['tokens', { data: batch.tokens, shape: [n, batch.time] }],
        ['mask', { data: causalMask(batch.time), shape: [batch.time, batch.time] }],
        ['positions', { data: batch.positions, shape: [n] }],
        ['labels', { data: batch.labels, shape: [n] }],
        ['rowWeights', { data: identity, shape: [n, n] }],
      ])
      for (const [name, data] of weights) {
        feeds.set(name, { data, shape: [...(tinyPlan().base.find((w) => w.name === name)?.shape ?? [])] })
      }
      const sums = (await session.run(feeds, ['sums'])).get('sums')?.data as Float32Array
      expect(sums.indexOf(Math.max(...sums))).toBe(ids[i])
      // Probabilities of all alternatives sum to one.
      expect(sums.reduce((total, logProb) => total + Math.exp(logProb), 0)).toBeCloseTo(1, 4)
    }
    await session.dispose()
  })

  it('draws the same text from the same seed and another from another', async () => {
    const sampled = (seed: number) =>
      generator(4).generate(prompts, { ...greedy, temperature: 1, topK: 20, topP: 0.9, seed })
    expect(await sampled(5)).toEqual(await sampled(5))
    expect((await sampled(5)).map((c) => c.text)).not.toEqual((await sampled(6)).map((c) => c.text))
  })

  it('never produces a banned token and keeps a prefill', async () => {
    const free = await generator(1).generate(['abc'], greedy)
    const first = free[0]?.text[0] ?? ''
    const [bannedRun] = await generator(1).generate(['abc'], { ...greedy, banned: [first], prefill: 'xy' })
    expect(bannedRun?.text.startsWith('xy')).toBe(true)
    expect(bannedRun?.text.slice(2)).not.toContain(first)
  })

  it('stops between tokens when cancelled', async () => {
    let tokens = 0
    const signal = { get aborted() { return tokens >= 3 } } // prettier-ignore
    const run = generator(1).generate(['abc'], { ...greedy, banned: ['`'] }, { signal, onToken: () => tokens++ })
    await expect(run).rejects.toThrow('cancelled')
    expect(tokens).toBe(3)
  })
})
