import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ortRunner } from '../../electron/adapters/onnxruntime/ort-runner.ts'
import { packRows } from '../../shared/model/batch.ts'
import { Trainer, type TrainingBatch } from '../../shared/model/trainer.ts'
import type { Objective } from '../../shared/model/training-graph.ts'
import { preferenceBatch } from '../../shared/pipeline/training/preference-batches.ts'
import { TINY, tinyPlan } from './tiny-model.ts'

interface Reference {
  loss: number
  gradients: Record<string, { norm: number; first: number[] }>
  losses: number[]
  norms: number[]
  after: Record<string, { norm: number; first: number[] }>
}
const file = new URL('../fixtures/pytorch/reference.json', import.meta.url)
const reference = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Reference>

/** The same sines as in make-reference.py. */
function sineWeights(): Map<string, Float32Array> {
  const specs = [...tinyPlan().base].sort((a, b) => (a.name < b.name ? -1 : 1))
  return new Map(
    specs.map(({ name, shape }, k) => {
      const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) =>
        Math.sin(i * 0.37 + k * 1.3),
      )
      return [name, data.map((wave) => (shape.length === 1 ? 1 + 0.1 * wave : 0.2 * wave))]
    }),
  )
}

const chosen = [
  [3, 7, 11, 2, 5, 9, 1, 30],
  [4, 4, 8, 21, 33, 6, 12, 1],
]
const rejected = [
  [3, 7, 11, 8, 8, 1, 17, 2],
  [4, 4, 8, 39, 2, 25, 14, 1],
]
const PROMPT = 3
const all = [1, 2, 3, 4, 5, 6, 7]
const rows = chosen.map((ids, i) => ({
  chosen: { ids, scored: all.filter((t) => t >= PROMPT) },
  rejected: { ids: rejected[i] as number[], scored: all.filter((t) => t >= PROMPT) },
  nll: all,
  closed: { chosen: true, rejected: true },
}))
const plain = packRows(
  chosen.map((ids) => ({ ids, scored: all })),
  0,
)
const language: TrainingBatch = { ...plain, nllWeights: new Float32Array(14).fill(1 / 14) }
const cases: Record<string, { objective: Objective; batch: (only?: number) => TrainingBatch }> = {
  language: { objective: { kind: 'language' }, batch: () => language },
  orpo: {
    objective: { kind: 'orpo', beta: 0.1 },
    batch: (only) => preferenceBatch(only === undefined ? rows : rows.slice(only, only + 1), 0, true, undefined, 2),
  },
  dpo: {
    objective: { kind: 'reference', loss: { kind: 'dpo', beta: 0.1, labelSmoothing: 0 }, nllWeight: 0 },
    batch: (only) => withMargins(only),
  },
  exo: {
    objective: { kind: 'reference', loss: { kind: 'exo', beta: 0.5, labelSmoothing: 0.005 }, nllWeight: 0 },
    batch: (only) => withMargins(only),
  },
}
function withMargins(only?: number): TrainingBatch {
  const margins = [0.5, -1]
  return only === undefined
    ? preferenceBatch(rows, 0, false, margins, 2)
    : preferenceBatch(rows.slice(only, only + 1), 0, false, margins.slice(only, only + 1), 2)
}

function trainer(objective: Objective): Trainer {
  return new Trainer({
    runner: ortRunner({ provider: 'cpu', threads: 1 }),
    graph: { config: TINY, plan: tinyPlan(), maxLength: 16 },
    objective,
    optimizer: {
      learningRate: 1e-2,
      schedule: { kind: 'constant' },
      maxGradNorm: 0.5,
      adamW: { beta1: 0.9, beta2: 0.999, epsilon: 1e-4, weightDecay: 0.05 },
    },
    parameters: sineWeights(),
    seed: 1,
  })
}
const close = (got: number, wanted: number, digits = 4) =>
  expect(Math.abs(got - wanted), `${got} against ${wanted}`).toBeLessThan(10 ** -digits * Math.max(1, Math.abs(wanted)))

describe('three AdamW steps against PyTorch', () => {
  for (const [name, { objective, batch }] of Object.entries(cases)) {
    const wanted = reference[name] as Reference
    it(`${name}: loss, gradient norm and parameters`, async () => {
      const run = trainer(objective)
      for (let step = 0; step < 3; step++) {
        const result = await run.train([batch()])
        close(result.scalars.loss, wanted.losses[step] as number, step === 0 ? 4 : 2.5)
        close(result.gradNorm, wanted.norms[step] as number, step === 0 ? 4 : 2.5)
      }
      for (const [parameter, { norm, first }] of Object.entries(wanted.after)) {
        const got = run.parameters.get(parameter) as Float32Array
        close(Math.hypot(...got), norm, 3)
        first.forEach((value, i) => close(got[i] as number, value, 3))
      }
      await run.dispose()
    })
  }

  it('first moments after one unclipped step are 0.1 of the reference gradients', async () => {
    const wanted = reference['orpo'] as Reference
    const clip = Math.min(1, 0.5 / ((wanted.norms[0] as number) + 1e-6))
    const run = trainer({ kind: 'orpo', beta: 0.1 })
    await run.train([(cases['orpo'] as (typeof cases)[string]).batch()])
    for (const [parameter, { norm, first }] of Object.entries(wanted.gradients)) {
      const got = run.state.first.get(parameter) as Float32Array
      close(Math.hypot(...got) / (0.1 * clip), norm, 3)
      first.forEach((value, i) => close((got[i] as number) / (0.1 * clip), value, 3))
    }
    await run.dispose()
  })

  for (const name of ['orpo', 'exo']) {
    it(`${name}: two accumulated batches of one pair equal one batch of two`, async () => {
      const { objective, batch } = cases[name] as (typeof cases)[string]
      const whole = trainer(objective)
      const parts = trainer(objective)
      for (let step = 0; step < 2; step++) {
        const a = await whole.train([batch()])
        const b = await parts.train([batch(0), batch(1)])
        close(b.scalars.loss, a.scalars.loss, 5)
        close(b.gradNorm, a.gradNorm, 4)
      }
      for (const [parameter, data] of whole.parameters) {
        const other = parts.parameters.get(parameter) as Float32Array
        data.forEach((value, i) => close(other[i] as number, value, 3))
      }
      await whole.dispose()
      await parts.dispose()
    })
  }

  it('goes on from a saved state to the same numbers', async () => {
    const { objective, batch } = cases['exo'] as (typeof cases)[string]
    const straight = trainer(objective)
    await straight.train([batch()])
    const { step, parameters, first, second } = straight.state
    const copy = (map: Map<string, Float32Array>) => new Map([...map].map(([k, v]) => [k, v.slice()]))
    const saved = { step, parameters: copy(parameters), first: copy(first), second: copy(second) }
    const wanted = await straight.train([batch()])
    const resumed = trainer(objective)
    await resumed.dispose()
    const again = new Trainer({
      ...(resumed as unknown as { options: ConstructorParameters<typeof Trainer>[0] }).options,
      parameters: saved.parameters,
      resume: saved,
    })
    expect(await again.train([batch()])).toEqual(wanted)
    expect([...again.parameters]).toEqual([...straight.parameters])
    await again.dispose()
    await straight.dispose()
  })
})
