import { describe, expect, it } from 'vitest'
import { ortRunner } from '../../electron/adapters/onnxruntime/ort-runner.ts'
import { must } from '../../shared/base/errors.ts'
import { Random } from '../../shared/base/random.ts'
import * as F from '../../shared/engine/build.ts'
import { Graph } from '../../shared/engine/ir.ts'
import { writeOnnx } from '../../shared/engine/onnx-writer.ts'
import type { HostTensor } from '../../shared/engine/runner.ts'
import { loraDropout } from '../../shared/model/lora-dropout.ts'

const ROWS = 200
const WIDTH = 300
const P = 0.1

/** Two masks of one step, and the mask of rows 5 and 2 for a head. */
async function masks(seed: number) {
  const graph = new Graph()
  const x = graph.input('x', 'f32', ['batch*time', WIDTH])
  const keep = loraDropout(graph, P, graph.input('positions', 'i64', ['scored']))
  graph.output('first', F.mul(keep(x), x))
  graph.output('second', F.mul(keep(x), x))
  const head = graph.input('head', 'f32', ['scored', WIDTH])
  graph.output('scored', F.mul(keep(head), head))
  // Binds the symbol batch*time, which no other input does on its own.
  graph.input('shape', 'f32', ['batch', 'time'])
  const random = new Random(seed)
  const ones = (rows: number) => ({ data: new Float32Array(rows * WIDTH).fill(1), shape: [rows, WIDTH] })
  const feeds = new Map<string, HostTensor>([
    ['x', ones(ROWS)],
    ['head', ones(2)],
    ['positions', { data: BigInt64Array.of(5n, 2n), shape: [2] }],
    ['shape', { data: new Float32Array(ROWS), shape: [ROWS, 1] }],
    ['dropoutSeed', { data: Float32Array.of(random.next()), shape: [] }],
    ['dropoutRows', { data: Float32Array.from({ length: ROWS }, () => random.next()), shape: [ROWS, 1] }],
  ])
  const session = await ortRunner({ provider: 'cpu', threads: 1 }).load(writeOnnx(graph, 'cpu'))
  const out = await session.run(feeds, ['first', 'second', 'scored'])
  await session.dispose()
  const read = (name: string) => must(out.get(name)).data as Float32Array
  return { first: read('first'), second: read('second'), scored: read('scored') }
}

const dropped = (mask: Float32Array) => mask.reduce((sum, m) => sum + Number(m === 0), 0) / mask.length
/** Share of elements dropped in both: p² = 0.01 when independent. */
const both = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, m, i) => sum + Number(m === 0 && b[i] === 0), 0) / a.length

describe('dropout of adapter inputs', () => {
  it('drops a tenth and scales the rest by 1/0.9', async () => {
    const { first } = await masks(1)
    // σ = √(0.1·0.9 / 60 000) = 0.0012
    expect(Math.abs(dropped(first) - P)).toBeLessThan(0.005)
    expect(new Set(first)).toEqual(new Set([0, Math.fround(1 / 0.9)]))
  })

  it('drops other elements in every call, row and step', async () => {
    const { first, second, scored } = await masks(1)
    const other = await masks(2)
    expect(both(first, second)).toBeLessThan(0.015)
    expect(both(first, other.first)).toBeLessThan(0.015)
    expect(both(first.subarray(0, -WIDTH), first.subarray(WIDTH))).toBeLessThan(0.015)
    expect(both(first.subarray(0, -1), first.subarray(1))).toBeLessThan(0.02)
    expect(scored.length).toBe(2 * WIDTH)
  })

  it('drops no column much more often than another', async () => {
    const { first } = await masks(3)
    const perColumn = Array.from({ length: WIDTH }, (_, j) => {
      let count = 0
      for (let i = 0; i < ROWS; i++) count += Number(first[i * WIDTH + j] === 0)
      return count / ROWS
    })
    // σ = √(0.1·0.9 / 200) = 0.021; five σ
    for (const share of perColumn) expect(Math.abs(share - P)).toBeLessThan(0.106)
  })

  it('is the same for the same step', async () => {
    expect((await masks(4)).first).toEqual((await masks(4)).first)
  })
})
