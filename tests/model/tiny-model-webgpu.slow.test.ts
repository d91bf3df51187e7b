import { describe, expect, it } from 'vitest'
import { ortRunner } from '../../electron/adapters/onnxruntime/ort-runner.ts'
import { Random } from '../../shared/base/random.ts'
import { ADAMW_DEFAULTS } from '../../shared/engine/optimizer.ts'
import type { Provider } from '../../shared/engine/ops/lowerings.ts'
import { TextGenerator } from '../../shared/model/generator.ts'
import { Trainer, type Parameters } from '../../shared/model/trainer.ts'
import type { Objective } from '../../shared/model/training-graph.ts'
import { fedSpecs, type LoraSettings, type WeightPlan } from '../../shared/model/weights.ts'
import { preferenceBatch } from '../../shared/pipeline/training/preference-batches.ts'
import { whyNoWebGpu } from '../engine/software-vulkan.ts'
import { letterTokenizer } from './letter-tokenizer.ts'
import { TINY, tinyPlan, tinyWeights } from './tiny-model.ts'

const reason = whyNoWebGpu()
if (reason) console.warn(`skipped: the whole model on WebGPU, ${reason}`)

const PROMPT = 3
const random = new Random('webgpu')
const ids = (length: number) => Array.from({ length }, () => random.below(TINY.vocabSize))
const completion = (length: number) => Array.from({ length: length - PROMPT }, (_, i) => i + PROMPT)
// Two pairs of unequal lengths, so that rows are padded.
const pairs = [
  [9, 7],
  [6, 10],
].map(([long, short]) => {
  const [chosen, rejected] = [ids(long as number), ids(short as number)]
  return {
    chosen: { ids: chosen, scored: completion(chosen.length) },
    rejected: { ids: rejected, scored: completion(rejected.length) },
    nll: chosen.map((_, i) => i).slice(1),
    closed: { chosen: true, rejected: true },
  }
})

const lora: LoraSettings = { rank: 4, alpha: 8, dropout: 0, targets: ['q_proj', 'v_proj', 'down_proj', 'embed_tokens'] }
const dropped: LoraSettings = { ...lora, dropout: 0.3 }
const exo: Objective = {
  kind: 'reference',
  loss: { kind: 'exo', beta: 0.5, labelSmoothing: 0.005 },
  nllWeight: 0,
}
const cases: Record<string, { objective: Objective; lora?: LoraSettings }> = {
  'ORPO over all weights': { objective: { kind: 'orpo', beta: 0.1 } },
  'EXO over all weights': { objective: exo },
  'EXO over adapters': { objective: exo, lora },
  'EXO over adapters with dropout': { objective: exo, lora: dropped },
}

/** All fed weights; both halves of an adapter away from zero, so that both have gradients. */
function weights(plan: WeightPlan): Parameters {
  const base = tinyWeights()
  const noise = new Random('adapters')
  return new Map(
    fedSpecs(plan).map(({ name, shape }) => {
      const count = shape.reduce((a, b) => a * b, 1)
      return [name, base.get(name) ?? Float32Array.from({ length: count }, () => 0.1 * noise.normal())]
    }),
  )
}

/** One unclipped step: afterwards the first moments are (1 − β₁) times the gradients. */
async function step(provider: Provider, { objective, lora }: (typeof cases)[string]) {
  const plan: WeightPlan = { ...tinyPlan(), lora }
  const trainer = new Trainer({
    runner: ortRunner({ provider, threads: provider === 'cpu' ? 1 : 0 }),
    graph: { config: TINY, plan, maxLength: 16 },
    objective,
    optimizer: { learningRate: 1e-3, schedule: { kind: 'constant' }, maxGradNorm: 1e9, adamW: ADAMW_DEFAULTS },
    parameters: weights(plan),
    seed: 1,
  })
  try {
    const result = await trainer.train([preferenceBatch(pairs, 0, objective.kind === 'orpo', [0.5, -1])])
    const gradients = new Map([...trainer.state.first].map(([name, moment]) => [name, moment.map((m) => m / 0.1)]))
    return { result, gradients }
  } finally {
    await trainer.dispose()
  }
}

describe.skipIf(reason)('the whole model on WebGPU', () => {
  for (const [name, testCase] of Object.entries(cases)) {
    it(`${name}: loss and every gradient agree with the CPU`, async () => {
      const cpu = await step('cpu', testCase)
      const gpu = await step('webgpu', testCase)
      const { loss } = cpu.result.scalars
      expect(Math.abs(gpu.result.scalars.loss - loss), `loss ${gpu.result.scalars.loss} against ${loss}`).toBeLessThan(
        1e-3 * Math.max(1, Math.abs(loss)),
      )
      for (const [parameter, wanted] of cpu.gradients) {
        const got = gpu.gradients.get(parameter) as Float32Array
        const size = Math.hypot(...wanted)
        // A gradient of nothing would agree with anything.
        expect(size, parameter).toBeGreaterThan(1e-6)
        const error = Math.hypot(...wanted.map((g, i) => g - (got[i] as number))) / size
        expect(error, `relative error of ${parameter}`).toBeLessThan(1e-3)
      }
    })
  }

  it('writes the same text with its cache as the CPU, in ragged batches', async () => {
    const parameters = tinyWeights()
    const write = (provider: Provider) =>
      new TextGenerator({
        runner: ortRunner({ provider }),
        config: TINY,
        plan: tinyPlan(),
        tokenizer: letterTokenizer,
        parameters: () => parameters,
        maxLength: 64,
        maxRows: 4,
      }).generate(['abc', 'hello', 'z', 'thequickbrownfox'], { maxNewTokens: 12, temperature: 0, seed: 1 })
    expect(await write('webgpu')).toEqual(await write('cpu'))
  })
})
