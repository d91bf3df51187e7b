/** @file Runs a few graph builders on plain numbers. */

import { ortRunner } from '../../electron/adapters/onnxruntime/ort-runner.ts'
import { must } from '../../shared/base/errors.ts'
import { Graph, type Value } from '../../shared/engine/ir.ts'
import { writeOnnx } from '../../shared/engine/onnx-writer.ts'

/**
 * Builds a graph over f32 inputs of the given shapes and runs it on the CPU for each set of inputs.
 * @returns per run, the flat values of every result
 */
export async function compute(
  shapes: Readonly<Record<string, readonly number[]>>,
  build: (inputs: Record<string, Value>) => Record<string, Value>,
  runs: readonly Record<string, number[]>[],
): Promise<Record<string, number[]>[]> {
  const graph = new Graph()
  const inputs = Object.fromEntries(Object.entries(shapes).map(([name, s]) => [name, graph.input(name, 'f32', s)]))
  const outputs = build(inputs)
  for (const [name, value] of Object.entries(outputs)) graph.output(`out:${name}`, value)
  const session = await ortRunner({ provider: 'cpu', threads: 1 }).load(writeOnnx(graph, 'cpu'))
  const results: Record<string, number[]>[] = []
  for (const run of runs) {
    const feeds = new Map(
      Object.entries(run).map(([name, data]) => [name, { data: Float32Array.from(data), shape: must(shapes[name]) }]),
    )
    const out = await session.run(
      feeds,
      Object.keys(outputs).map((name) => `out:${name}`),
    )
    results.push(
      Object.fromEntries(
        Object.keys(outputs).map((name) => [name, [...(must(out.get(`out:${name}`)).data as Float32Array)]]),
      ),
    )
  }
  await session.dispose()
  return results
}
