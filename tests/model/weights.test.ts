import { describe, expect, it } from 'vitest'
import { ortRunner } from '../../electron/adapters/onnxruntime/ort-runner.ts'
import { must } from '../../shared/base/errors.ts'
import { Random } from '../../shared/base/random.ts'
import { writeOnnx } from '../../shared/engine/onnx-writer.ts'
import type { HostTensor } from '../../shared/engine/runner.ts'
import { ADAMW_DEFAULTS } from '../../shared/engine/optimizer.ts'
import { causalMask, packRows } from '../../shared/model/batch.ts'
import { expectedWeights, type ModelConfig } from '../../shared/model/config.ts'
import { initialAdapters } from '../../shared/model/initialise.ts'
import { changedWeights } from '../../shared/model/merge.ts'
import { Trainer, type Parameters } from '../../shared/model/trainer.ts'
import { buildScore } from '../../shared/model/training-graph.ts'
import { fedSpecs, trainableSpecs, type LoraSettings, type WeightPlan } from '../../shared/model/weights.ts'
import { TINY, tinyWeights } from './tiny-model.ts'

const runner = ortRunner({ provider: 'cpu', threads: 1 })
const ids = [3, 7, 11, 2, 5, 9, 1, 30]
const batch = packRows([{ ids, scored: [1, 2, 3, 4, 5, 6, 7] }], 0)

/** Log-probability of every token of `ids`. */
async function score(config: ModelConfig, plan: WeightPlan, weights: Parameters): Promise<number[]> {
  const session = await runner.load(writeOnnx(buildScore({ config, plan, maxLength: 8 }), 'cpu'))
  try {
    const feeds = new Map<string, HostTensor>([
      ['tokens', { data: batch.tokens, shape: [1, 8] }],
      ['mask', { data: causalMask(8), shape: [8, 8] }],
      ['positions', { data: batch.positions, shape: [7] }],
      ['labels', { data: batch.labels, shape: [7] }],
      ['rowWeights', { data: new Float32Array(7).fill(1), shape: [1, 7] }],
    ])
    for (const { name, shape } of fedSpecs(plan)) feeds.set(name, { data: must(weights.get(name), name), shape })
    return [...(must((await session.run(feeds, ['logProbs'])).get('logProbs')).data as Float32Array)]
  } finally {
    await session.dispose()
  }
}

const everything = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj']
const lora: LoraSettings = { rank: 4, alpha: 8, dropout: 0, targets: [...everything, 'embed_tokens', 'lm_head'] }

describe('adapters', () => {
  for (const tiedEmbeddings of [true, false]) {
    const config: ModelConfig = { ...TINY, tiedEmbeddings }
    const base = expectedWeights(config)
    const plan: WeightPlan = { base, external: new Map(), lora }
    const weights = tinyWeights(config)
    const title = tiedEmbeddings ? 'tied' : 'separate'

    it(`leave the model as it was while B is zero (${title} embeddings)`, async () => {
      const plain = await score(config, { base, external: new Map() }, weights)
      expect(await score(config, plan, new Map([...weights, ...initialAdapters(plan, 1)]))).toEqual(plain)
    })

    it(`give the same log-probabilities as the weights they are merged into (${title} embeddings)`, async () => {
      const random = new Random(2)
      const adapters = new Map(
        trainableSpecs(plan).map(({ name, shape }) => {
          const count = shape.reduce((a, b) => a * b, 1)
          return [name, Float32Array.from({ length: count }, () => 0.1 * random.normal())]
        }),
      )
      const merged = await changedWeights(plan, adapters, async (name) => must(weights.get(name), name))
      const beside = await score(config, plan, new Map([...weights, ...adapters]))
      const within = await score(config, { base, external: new Map() }, new Map([...weights, ...merged]))
      const plain = await score(config, { base, external: new Map() }, weights)
      beside.forEach((logProb, i) => expect(logProb).toBeCloseTo(must(within[i]), 4))
      // The adapters did something.
      expect(Math.hypot(...beside.map((logProb, i) => logProb - must(plain[i])))).toBeGreaterThan(0.5)
    })

    it(`train with dropout, head and embedding included (${title} embeddings)`, async () => {
      const dropping: WeightPlan = { ...plan, lora: { ...lora, dropout: 0.1 } }
      const trainer = new Trainer({
        runner,
        graph: { config, plan: dropping, maxLength: 8 },
        objective: { kind: 'language' },
        optimizer: { learningRate: 1e-2, schedule: { kind: 'constant' }, maxGradNorm: 1, adamW: ADAMW_DEFAULTS },
        parameters: new Map([...weights, ...initialAdapters(dropping, 1)]),
        seed: 1,
      })
      const losses: number[] = []
      for (let i = 0; i < 12; i++) {
        losses.push((await trainer.train([{ ...batch, nllWeights: new Float32Array(7).fill(1 / 7) }])).scalars.loss)
      }
      await trainer.dispose()
      expect(must(losses.at(-1))).toBeLessThan(must(losses[0]) - 1)
    })
  }
})
