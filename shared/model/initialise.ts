/** @file Fresh weights: names and shapes of a model, normal initialisation, LoRA starts. Seeded. */

import { Random } from '../base/random.ts'
import type { ModelConfig } from './config.ts'
import { trainableSpecs, type WeightPlan, type WeightSpec } from './weights.ts'

/** Normal(0, initializerRange); projections into the residual stream scaled by 1/√(2·layers) (GPT-2); norms at one. */
export function initialWeights(
  specs: readonly WeightSpec[],
  config: ModelConfig,
  seed: number,
): Map<string, Float32Array> {
  return new Map(
    specs.map(({ name, shape }) => {
      const count = shape.reduce((a, b) => a * b, 1)
      if (shape.length === 1) return [name, new Float32Array(count).fill(name.endsWith('bias') ? 0 : 1)]
      const random = new Random(`${seed}:${name}`)
      const residual = /(o_proj|down_proj)\.weight$/.test(name)
      const scale = config.initializerRange * (residual ? (2 * config.layers) ** -0.5 : 1)
      return [name, Float32Array.from({ length: count }, () => random.normal() * scale)]
    }),
  )
}

/** A: Kaiming-uniform as in PEFT, bound 1/√in; B: zero, so that training starts from the base model. */
export function initialAdapters(plan: WeightPlan, seed: number): Map<string, Float32Array> {
  return new Map(
    trainableSpecs(plan).map(({ name, shape }) => {
      const [rows, columns] = shape as [number, number]
      const data = new Float32Array(rows * columns)
      if (name.endsWith('lora_A.weight')) {
        const random = new Random(`${seed}:${name}`)
        const bound = columns ** -0.5
        data.forEach((_, i) => (data[i] = (random.next() * 2 - 1) * bound))
      }
      return [name, data]
    }),
  )
}
