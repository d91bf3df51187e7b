/** @file Folds LoRA adapters into the weights beside which they were trained: W + (α/r)·B·A. */

import { assert, must } from '../base/errors.ts'
import { trainableSpecs, type WeightPlan } from './weights.ts'

/**
 * @param parameters the plan's adapters, by name
 * @param read a base weight as f32
 * @returns the changed weights only, whole; without LoRA, the trained weights themselves
 */
export async function changedWeights(
  plan: WeightPlan,
  parameters: ReadonlyMap<string, Float32Array>,
  read: (name: string) => Promise<Float32Array>,
): Promise<Map<string, Float32Array>> {
  const changed = new Map<string, Float32Array>()
  const { lora } = plan
  for (const spec of trainableSpecs(plan)) {
    if (!lora) {
      changed.set(spec.name, must(parameters.get(spec.name), spec.name).slice())
      continue
    }
    if (!spec.name.endsWith('.lora_A.weight')) continue
    const stem = spec.name.replace(/\.lora_A\.weight$/, '')
    const a = must(parameters.get(spec.name))
    const b = must(parameters.get(`${stem}.lora_B.weight`))
    const columns = must(spec.shape[1])
    const weight = (await read(`${stem}.weight`)).slice()
    const rows = weight.length / columns
    assert(b.length === rows * lora.rank, `adapter of ${stem} does not fit its weight`)
    const scale = lora.alpha / lora.rank
    for (let i = 0; i < rows; i++) {
      for (let r = 0; r < lora.rank; r++) {
        const factor = scale * must(b[i * lora.rank + r])
        if (factor === 0) continue
        for (let j = 0; j < columns; j++) weight[i * columns + j]! += factor * a[r * columns + j]!
      }
    }
    changed.set(`${stem}.weight`, weight)
  }
  return changed
}

/** An embedding or head [rows, width] with `rows` raised to `count`: new rows are the mean of the old ones. */
export function growRows(weight: Float32Array, width: number, count: number): Float32Array {
  const rows = weight.length / width
  assert(Number.isInteger(rows) && count >= rows, `cannot grow ${rows} rows to ${count}`)
  const grown = new Float32Array(count * width)
  grown.set(weight)
  const mean = new Float64Array(width)
  for (let i = 0; i < weight.length; i++) mean[i % width]! += weight[i]! / rows
  for (let row = rows; row < count; row++) grown.set(mean, row * width)
  return grown
}
