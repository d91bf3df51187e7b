/** @file The operators as functions, so that a model reads like its equations. */

import { assert, must } from '../base/errors.ts'
import { product, sameShape, type Dim, type Shape } from './dim.ts'
import type { DType, OpAttributes, OpName, Value } from './ir.ts'

function one<K extends OpName>(op: K, inputs: readonly Value[], attributes: OpAttributes[K]): Value {
  return must(must(inputs[0]).graph.apply(op, inputs, attributes)[0])
}

/** A number becomes a scalar constant of the same graph. */
export type Operand = Value | number
function pair(a: Operand, b: Operand): [Value, Value] {
  if (typeof a === 'number') {
    assert(typeof b !== 'number', 'an operation needs at least one value')
    return [b.graph.scalar(a), b]
  }
  return [a, typeof b === 'number' ? a.graph.scalar(b) : b]
}

export const add = (a: Operand, b: Operand) => one('Add', pair(a, b), {})
export const sub = (a: Operand, b: Operand) => one('Sub', pair(a, b), {})
export const mul = (a: Operand, b: Operand) => one('Mul', pair(a, b), {})
export const div = (a: Operand, b: Operand) => one('Div', pair(a, b), {})
export const min = (a: Operand, b: Operand) => one('Min', pair(a, b), {})
export const less = (a: Operand, b: Operand) => one('Less', pair(a, b), {})
export const where = (condition: Value, a: Operand, b: Operand) => one('Where', [condition, ...pair(a, b)], {})
export const neg = (x: Value) => one('Neg', [x], {})
export const exp = (x: Value) => one('Exp', [x], {})
export const log = (x: Value) => one('Log', [x], {})
export const sqrt = (x: Value) => one('Sqrt', [x], {})
export const reciprocal = (x: Value) => one('Reciprocal', [x], {})
export const sigmoid = (x: Value) => one('Sigmoid', [x], {})
export const tanh = (x: Value) => one('Tanh', [x], {})
export const sin = (x: Value) => one('Sin', [x], {})
export const cos = (x: Value) => one('Cos', [x], {})
export const floor = (x: Value) => one('Floor', [x], {})
export const softmax = (x: Value) => one('Softmax', [x], {})
export const stopGradient = (x: Value) => one('StopGradient', [x], {})
export const argMax = (x: Value) => one('ArgMax', [x], {})
export const rmsNorm = (x: Value, weight: Value, epsilon: number) => one('RmsNorm', [x, weight], { epsilon })
export const rotary = (x: Value, cosines: Value, sines: Value, heads: number) =>
  one('Rotary', [x, cosines, sines], { heads })
export const gather = (table: Value, indices: Value) => one('Gather', [table, indices], {})
export const scatterAddRows = (base: Value, rows: Value, updates: Value) =>
  one('ScatterAddRows', [base, rows, updates], {})
export const tokenLogProb = (logits: Value, labels: Value) => one('TokenLogProb', [logits, labels], {})
export const tokenLogProbGrad = (logits: Value, labels: Value, g: Value) =>
  one('TokenLogProbGrad', [logits, labels, g], {})
export const transpose = (x: Value, perm: readonly number[]) => one('Transpose', [x], { perm })
export const concat = (values: readonly Value[], axis: number) => one('Concat', values, { axis })
export const slice = (x: Value, axis: number, start: number, end: number) => one('Slice', [x], { axis, start, end })
export const cast = (x: Value, to: DType) => (x.dtype === to ? x : one('Cast', [x], { to }))
export const reshape = (x: Value, shape: Shape) => (sameShape(x.shape, shape) ? x : one('Reshape', [x], { shape }))
export const expand = (x: Value, shape: Shape) => (sameShape(x.shape, shape) ? x : one('Expand', [x], { shape }))

interface ProductOptions {
  transA?: boolean
  transB?: boolean
  alpha?: number
}
/** Batched matrix product of the last two axes. */
export const matmul = (a: Value, b: Value, { transA = false, transB = false, alpha = 1 }: ProductOptions = {}) =>
  one('MatMul', [a, b], { transA, transB, alpha })
/** alpha·A·B + C of matrices. */
export const gemm = (
  a: Value,
  b: Value,
  { transA = false, transB = false, alpha = 1 }: ProductOptions = {},
  c?: Value,
) => one('Gemm', c ? [a, b, c] : [a, b], { transA, transB, alpha })

interface ReduceOptions {
  axes?: readonly number[]
  keepDims?: boolean
}
const allAxes = (x: Value) => x.shape.map((_, i) => i)
export const reduceSum = (x: Value, { axes = allAxes(x), keepDims = false }: ReduceOptions = {}) =>
  axes.length === 0 ? x : one('ReduceSum', [x], { axes, keepDims })
export const reduceMean = (x: Value, { axes = allAxes(x), keepDims = false }: ReduceOptions = {}) =>
  axes.length === 0 ? x : one('ReduceMean', [x], { axes, keepDims })
export const reduceMax = (x: Value, { axes = allAxes(x), keepDims = false }: ReduceOptions = {}) =>
  axes.length === 0 ? x : one('ReduceMax', [x], { axes, keepDims })

/** x·σ(x), also called swish. */
export const silu = (x: Value) => mul(x, sigmoid(x))
/** A tensor of zeros whose sizes may be symbols. */
export const zeros = (like: Value, shape: Shape) => expand(like.graph.scalar(0), shape)
/** [a, b, …, last] → [a·b·…, last]. */
export const flatten = (x: Value) => reshape(x, [product(x.shape.slice(0, -1)), must(x.shape.at(-1))])

/** Attention with a growing cache; see {@link OpAttributes}.CachedAttention. */
export function cachedAttention(
  inputs: {
    q: Value
    k: Value
    v: Value
    pastKey: Value
    pastValue: Value
    lengths: Value
    total: Value
    cos: Value
    sin: Value
  },
  attributes: { heads: number; kvHeads: number; scale: number; total: Dim },
): { output: Value; key: Value; value: Value } {
  const { q, k, v, pastKey, pastValue, lengths, total } = inputs
  const all = [q, k, v, pastKey, pastValue, lengths, total, inputs.cos, inputs.sin]
  const [output, key, value] = q.graph.apply('CachedAttention', all, attributes)
  return { output: must(output), key: must(key), value: must(value) }
}
