/**
 * @file How fast training and generation are: `npm run bench [webgpu]`. The starter model's shape with fresh weights;
 * medians over several runs. Figures are comparable only when nothing else runs.
 */

import { performance } from 'node:perf_hooks'
import { ortRunner } from '../../electron/adapters/onnxruntime/ort-runner.ts'
import { STARTER_CONFIG } from '../../electron/cli/starter-config.ts'
import { must } from '../../shared/base/errors.ts'
import { Random } from '../../shared/base/random.ts'
import { packRows } from '../../shared/model/batch.ts'
import { expectedWeights } from '../../shared/model/config.ts'
import { TextGenerator } from '../../shared/model/generator.ts'
import { initialWeights } from '../../shared/model/initialise.ts'
import { Trainer } from '../../shared/model/trainer.ts'
import { OPTIMIZER_DEFAULTS } from '../../shared/model/training-graph.ts'
import type { WeightPlan } from '../../shared/model/weights.ts'

const provider = process.argv[2] === 'webgpu' ? 'webgpu' : 'cpu'
const runner = ortRunner({ provider })
const config = STARTER_CONFIG
const plan: WeightPlan = { base: expectedWeights(config), external: new Map() }
const weights = initialWeights(plan.base, config, 1)
const size = [...weights.values()].reduce((sum, data) => sum + data.length, 0)
const random = new Random('bench')
const ids = (length: number) => Array.from({ length }, () => 10 + random.below(config.vocabSize - 10))

/** Median seconds of `runs` calls after one that warms up. */
async function seconds(runs: number, work: () => Promise<unknown>): Promise<number> {
  await work()
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const start = performance.now()
    await work()
    times.push((performance.now() - start) / 1000)
  }
  return must(times.sort((a, b) => a - b)[runs >> 1])
}
const say = (what: string, figures: string) => console.log(`${what.padEnd(34)} ${figures}`)

async function training(rows: number, time: number): Promise<void> {
  const every = Array.from({ length: time - 1 }, (_, i) => i + 1)
  const batch = packRows(
    Array.from({ length: rows }, () => ({ ids: ids(time), scored: every })),
    0,
  )
  const scored = batch.labels.length
  const trainer = new Trainer({
    runner,
    graph: { config, plan, maxLength: time },
    objective: { kind: 'language' },
    optimizer: OPTIMIZER_DEFAULTS,
    parameters: weights,
    seed: 1,
  })
  const step = await seconds(7, () =>
    trainer.train([{ ...batch, nllWeights: new Float32Array(scored).fill(1 / scored) }]),
  )
  await trainer.dispose()
  const tokens = rows * time
  const rate = (6 * size * tokens) / step / 1e9
  say(
    `training, ${rows} rows of ${time}`,
    `${Math.round(tokens / step)} tokens/s, ${rate.toFixed(0)} GFLOP/s (6·N·tokens)`,
  )
}

async function generation(rows: number, prompt: number, fresh: number): Promise<void> {
  const prompts = Array.from({ length: rows }, () => ids(prompt))
  const generator = new TextGenerator({
    runner,
    config,
    plan,
    // Prompts are named by their number; text does not matter here, and nothing ends early.
    tokenizer: {
      renderPrompt: (name) => ({ ids: must(prompts[Number(name)]) }),
      encode: () => [],
      decode: () => '',
      tokenId: () => undefined,
      eosIds: [],
      padId: 0,
    },
    parameters: () => weights,
    maxLength: prompt + fresh,
    maxRows: rows,
  })
  let made = 0
  const names = prompts.map((_, i) => String(i))
  const time = await seconds(3, async () => {
    const completions = await generator.generate(names, { maxNewTokens: fresh, temperature: 1, seed: 1 })
    made = completions.reduce((sum, completion) => sum + completion.tokens, 0)
  })
  say(`generation, ${rows} rows, ${prompt} + ${fresh}`, `${Math.round(made / time)} tokens/s`)
}

console.log(`${(size / 1e6).toFixed(2)} M parameters, ${provider}, Node ${process.version}`)
await training(16, 256)
await training(32, 128)
await training(4, 1024)
await generation(1, 64, 128)
await generation(16, 64, 128)
