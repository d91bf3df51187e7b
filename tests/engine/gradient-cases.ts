/** @file One or more cases for every operator that passes a gradient; the tests check that none is forgotten. */

import * as F from '../../shared/engine/build.ts'
import type { OpName, Value } from '../../shared/engine/ir.ts'
import type { GradientCase } from './finite-differences.ts'

type V = Record<string, Value>
const at = (v: V, name: string) => v[name] as Value
const x = { shape: [2, 3] }
const one = (f: (x: Value) => Value, positive = false): GradientCase[] => [
  { inputs: { x: { ...x, positive } }, build: (v) => f(at(v, 'x')) },
]
const two = (f: (a: Value, b: Value) => Value, positive = false): GradientCase[] => [
  { inputs: { a: x, b: { ...x, positive } }, build: (v) => f(at(v, 'a'), at(v, 'b')) },
  // Broadcasting on both sides: the gradient must be summed back.
  { inputs: { a: { shape: [4, 1, 3] }, b: { shape: [2, 1], positive } }, build: (v) => f(at(v, 'a'), at(v, 'b')) },
]
const cos = { shape: [5, 2], values: Array.from({ length: 10 }, (_, i) => Math.cos(i * 0.7)) }
const sin = { shape: [5, 2], values: Array.from({ length: 10 }, (_, i) => Math.sin(i * 0.7)) }

function products(times: typeof F.matmul, batch: number[]): GradientCase[] {
  return [false, true].flatMap((transA) =>
    [false, true].map((transB) => ({
      inputs: {
        a: { shape: [...batch, ...(transA ? [3, 2] : [2, 3])] },
        b: { shape: [...batch, ...(transB ? [4, 3] : [3, 4])] },
      },
      build: (v: V) => times(at(v, 'a'), at(v, 'b'), { transA, transB, alpha: 0.7 }),
    })),
  )
}

export const gradientCases: Partial<Record<OpName, GradientCase[]>> = {
  Add: two(F.add),
  Sub: two(F.sub),
  Mul: two(F.mul),
  Div: two(F.div, true),
  Where: [
    {
      inputs: { a: { shape: [2, 3], values: [-1, 2, -3, 1, -2, 3] }, b: x },
      build: (v) => F.where(F.less(at(v, 'a'), 0), F.mul(at(v, 'a'), 2), at(v, 'b')),
    },
  ],
  Neg: one(F.neg),
  Exp: one(F.exp),
  Log: one(F.log, true),
  Sqrt: one(F.sqrt, true),
  Reciprocal: one(F.reciprocal, true),
  Sigmoid: one(F.sigmoid),
  Tanh: one(F.tanh),
  Sin: one(F.sin),
  Cos: one(F.cos),
  MatMul: [...products(F.matmul, [2]), ...products(F.matmul, [2, 2])],
  Gemm: [
    ...products(F.gemm, []),
    {
      inputs: { a: { shape: [2, 3] }, b: { shape: [3, 4] }, c: { shape: [4] } },
      build: (v) => F.gemm(at(v, 'a'), at(v, 'b'), {}, at(v, 'c')),
    },
  ],
  Transpose: [{ inputs: { x: { shape: [2, 3, 2] } }, build: (v) => F.transpose(at(v, 'x'), [2, 0, 1]) }],
  Reshape: [
    { inputs: { x }, build: (v) => F.reshape(at(v, 'x'), [3, 2]) },
    {
      inputs: { x: { shape: ['batch', 'time', 2], size: [2, 3, 2] } },
      build: (v) =>
        F.reshape(F.transpose(F.reshape(at(v, 'x'), ['batch', 'time', 2, 1]), [1, 0, 2, 3]), ['batch*time', 2]),
    },
  ],
  Expand: [
    { inputs: { x: { shape: [2, 1] } }, build: (v) => F.expand(at(v, 'x'), [4, 2, 3]) },
    {
      inputs: { x: { shape: [1, 2] }, y: { shape: ['rows', 2], size: [3, 2] } },
      build: (v) => F.mul(F.expand(at(v, 'x'), ['rows', 2]), at(v, 'y')),
    },
  ],
  Concat: [
    { inputs: { a: x, b: { shape: [1, 3] }, c: x }, build: (v) => F.concat([at(v, 'a'), at(v, 'b'), at(v, 'c')], 0) },
    { inputs: { a: x, b: { shape: [2, 2] } }, build: (v) => F.concat([at(v, 'a'), at(v, 'b')], -1) },
  ],
  Slice: [{ inputs: { x: { shape: [3, 4] } }, build: (v) => F.slice(at(v, 'x'), 1, 1, 3) }],
  ReduceSum: [
    { inputs: { x: { shape: [2, 3, 2] } }, build: (v) => F.reduceSum(at(v, 'x'), { axes: [0, 2] }) },
    { inputs: { x }, build: (v) => F.reduceSum(at(v, 'x')) },
  ],
  ReduceMean: [
    { inputs: { x: { shape: [2, 3, 2] } }, build: (v) => F.reduceMean(at(v, 'x'), { axes: [-1], keepDims: true }) },
  ],
  Softmax: one(F.softmax),
  RmsNorm: [{ inputs: { x, w: { shape: [3] } }, build: (v) => F.rmsNorm(at(v, 'x'), at(v, 'w'), 1e-5) }],
  Rotary: [
    {
      inputs: { x: { shape: ['batch', 'time', 8], size: [1, 3, 8] } },
      build: (v) => {
        const { graph } = at(v, 'x')
        const table = (t: typeof cos) => graph.constant(Float32Array.from(t.values), [5, 2])
        return F.rotary(at(v, 'x'), table(cos), table(sin), 2)
      },
    },
  ],
  Gather: [
    {
      inputs: { table: { shape: [4, 2] } },
      indices: { ids: { shape: ['batch', 'time'], size: [2, 3], indices: [0, 1, 1, 3, 1, 0] } },
      build: (v) => F.gather(at(v, 'table'), at(v, 'ids')),
    },
  ],
  ScatterAddRows: [
    {
      inputs: { base: { shape: [4, 2] }, updates: { shape: [3, 2] } },
      indices: { rows: { shape: [3], indices: [1, 3, 1] } },
      build: (v) => F.scatterAddRows(at(v, 'base'), at(v, 'rows'), at(v, 'updates')),
    },
  ],
  TokenLogProb: [
    {
      inputs: { logits: { shape: ['scored', 5], size: [3, 5] } },
      indices: { labels: { shape: ['scored'], size: [3], indices: [4, 0, 2] } },
      build: (v) => F.tokenLogProb(at(v, 'logits'), at(v, 'labels')),
    },
  ],
  Cast: one((v) => F.cast(F.mul(v, 2), 'f32')),
}
