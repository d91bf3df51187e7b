/** @file Compares the gradients of a graph with central differences of its loss. */

import { expect } from 'vitest'
import { Random } from '../../shared/base/random.ts'
import { differentiate } from '../../shared/engine/autodiff.ts'
import { mul, reduceSum } from '../../shared/engine/build.ts'
import type { Dim } from '../../shared/engine/dim.ts'
import { Graph, type Value } from '../../shared/engine/ir.ts'
import { writeOnnx } from '../../shared/engine/onnx-writer.ts'
import type { HostTensor, Runner } from '../../shared/engine/runner.ts'

export interface Operand {
  shape: readonly Dim[]
  /** Sizes for symbolic dimensions. */
  size?: readonly number[]
  values?: readonly number[]
  /** Smallest magnitude, for operators with a pole. */
  positive?: boolean
}
export interface Indices {
  shape: readonly Dim[]
  size?: readonly number[]
  indices: readonly number[]
}

export interface GradientCase {
  inputs: Record<string, Operand>
  indices?: Record<string, Indices>
  build: (values: Record<string, Value>) => Value
}

/**
 * Checks d(Σ w·y)/dx by central differences with random w, for every element of every input.
 * Step 1e-2 in fp32: the differences carry an error near 1e-3, so agreement is asked for within 2 %.
 */
export async function expectGradients(runner: Runner, testCase: GradientCase, seed = 1): Promise<void> {
  const random = new Random(seed)
  const graph = new Graph()
  const values: Record<string, Value> = {}
  const feeds = new Map<string, HostTensor>()
  for (const [name, operand] of Object.entries(testCase.inputs)) {
    values[name] = graph.input(name, 'f32', operand.shape)
    const shape = operand.size ?? (operand.shape as readonly number[])
    const count = shape.reduce((a, b) => a * b, 1)
    const data = Float32Array.from({ length: count }, (_, i) => {
      const x = operand.values?.[i] ?? random.normal()
      return operand.positive ? Math.abs(x) + 0.5 : x
    })
    feeds.set(name, { data, shape })
  }
  for (const [name, { shape, size, indices }] of Object.entries(testCase.indices ?? {})) {
    values[name] = graph.input(name, 'i64', shape)
    feeds.set(name, { data: BigInt64Array.from(indices, BigInt), shape: size ?? (shape as readonly number[]) })
  }
  const y = testCase.build(values)
  const weights = graph.input('weights', 'f32', y.shape)
  const loss = reduceSum(mul(y, weights))
  const targets = Object.keys(testCase.inputs).map((name) => values[name] as Value)
  const grads = differentiate(loss, targets)
  graph.output('result', y)
  graph.output('sum', loss)
  targets.forEach((t, i) => graph.output(`d:${t.name}`, grads[i] as Value))

  const session = await runner.load(writeOnnx(graph, runner.provider))
  try {
    // The weights have the shape of y, which a symbolic run knows only afterwards.
    const probe = y.shape.map((d) => (typeof d === 'number' ? d : symbolSize(testCase, d)))
    const count = probe.reduce((a, b) => a * b, 1)
    feeds.set('weights', { data: Float32Array.from({ length: count }, () => random.normal()), shape: probe })
    const lossAt = async () => ((await session.run(feeds, ['sum'])).get('sum') as HostTensor).data[0] as number
    const analytic = await session.run(
      feeds,
      targets.map((t) => `d:${t.name}`),
    )
    for (const target of targets) {
      const { data } = feeds.get(target.name) as HostTensor
      const got = (analytic.get(`d:${target.name}`) as HostTensor).data
      for (let i = 0; i < data.length; i++) {
        const held = data[i] as number
        const step = 1e-2
        data[i] = held + step
        const above = await lossAt()
        data[i] = held - step
        const below = await lossAt()
        data[i] = held
        const numeric = (above - below) / (2 * step)
        const tolerance = 0.02 * Math.max(1, Math.abs(numeric))
        expect(
          Math.abs((got[i] as number) - numeric),
          `d/d${target.name}[${i}]: ${got[i]} against ${numeric}`,
        ).toBeLessThan(tolerance)
      }
    }
  } finally {
    await session.dispose()
  }
}

function symbolSize(testCase: GradientCase, dim: string): number {
  return dim.split('*').reduce((size, part) => {
    const fixed = Number(part)
    if (Number.isInteger(fixed)) return size * fixed
    for (const { shape, size: actual } of [
      ...Object.values(testCase.inputs),
      ...Object.values(testCase.indices ?? {}),
    ]) {
      const at = shape.indexOf(part)
      if (at >= 0 && actual) return size * (actual[at] as number)
    }
    throw new Error(`no size for ${part}`)
  }, 1)
}
