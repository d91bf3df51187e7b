import { describe, expect, it } from 'vitest'
import { ortRunner } from '../../electron/adapters/onnxruntime/ort-runner.ts'
import { must } from '../../shared/base/errors.ts'
import { scatterAddRows } from '../../shared/engine/build.ts'
import { Graph } from '../../shared/engine/ir.ts'
import { writeOnnx } from '../../shared/engine/onnx-writer.ts'
import type { HostTensor } from '../../shared/engine/runner.ts'

describe('adding rows at repeated indices', () => {
  it('loses nothing however many threads there are', async () => {
    // 4096 rows of ones into 3 rows: every update of one row meets others. Two in forty runs lost some with ScatterND.
    const [rows, width] = [4096, 192]
    const graph = new Graph()
    const base = graph.input('base', 'f32', [8, width])
    const at = graph.input('at', 'i64', ['n'])
    graph.output('sum', scatterAddRows(base, at, graph.input('updates', 'f32', ['n', width])))
    const feeds = new Map<string, HostTensor>([
      ['base', { data: new Float32Array(8 * width), shape: [8, width] }],
      ['at', { data: BigInt64Array.from({ length: rows }, (_, i) => BigInt((i * 7) % 3)), shape: [rows] }],
      ['updates', { data: new Float32Array(rows * width).fill(1), shape: [rows, width] }],
    ])
    const session = await ortRunner({ provider: 'cpu', threads: 4 }).load(writeOnnx(graph, 'cpu'))
    // 4096 = 1366 + 1365 + 1365
    const wanted = Float32Array.from({ length: 8 * width }, (_, i) => [1366, 1365, 1365][Math.floor(i / width)] ?? 0)
    for (let run = 0; run < 20; run++) {
      expect(must((await session.run(feeds, ['sum'])).get('sum')).data).toEqual(wanted)
    }
    await session.dispose()
  })
})
