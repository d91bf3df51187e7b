/** @file Shape and type inference: one rule per operator. A rule throws a Bug that names what it got and wanted. */

import { assert } from '../../base/errors.ts'
import { broadcast, product, sameShape, type Dim, type Shape } from '../dim.ts'
import type { DType, OpAttributes, OpName, Value } from '../ir.ts'

export interface TensorType {
  dtype: DType
  shape: Shape
}
type ShapeRule<K extends OpName> = (inputs: readonly Value[], attributes: OpAttributes[K]) => TensorType[]

const text = (v: Value) => `${v.name}: ${v.dtype}[${v.shape.join(', ')}]`

function arity(op: string, inputs: readonly Value[], low: number, high = low): void {
  assert(inputs.length >= low && inputs.length <= high, `${op} takes ${low} to ${high} inputs, got ${inputs.length}`)
}

function input(inputs: readonly Value[], i: number): Value {
  const value = inputs[i]
  assert(value !== undefined, `input ${i} is missing`)
  return value
}

function wantType(op: string, value: Value, ...types: DType[]): void {
  assert(types.includes(value.dtype), `${op} wants ${types.join(' or ')}, got ${text(value)}`)
}

const unary =
  (op: string) =>
  (inputs: readonly Value[]): TensorType[] => {
    arity(op, inputs, 1)
    const x = input(inputs, 0)
    wantType(op, x, 'f32')
    return [{ dtype: x.dtype, shape: x.shape }]
  }

const binary =
  (op: string, result?: DType) =>
  (inputs: readonly Value[]): TensorType[] => {
    arity(op, inputs, 2)
    const [a, b] = [input(inputs, 0), input(inputs, 1)]
    assert(a.dtype === b.dtype, `${op}: ${text(a)} and ${text(b)} differ in type`)
    return [{ dtype: result ?? a.dtype, shape: broadcast(a.shape, b.shape) }]
  }

/** A negative axis counted from the end, checked. */
export function axisOf(axis: number, rank: number): number {
  const positive = axis < 0 ? axis + rank : axis
  assert(positive >= 0 && positive < rank, `axis ${axis} of a tensor of rank ${rank}`)
  return positive
}

const reduce =
  (op: string) =>
  (inputs: readonly Value[], { axes, keepDims }: OpAttributes['ReduceSum']): TensorType[] => {
    arity(op, inputs, 1)
    const x = input(inputs, 0)
    wantType(op, x, 'f32')
    const reduced = new Set(axes.map((axis) => axisOf(axis, x.shape.length)))
    const shape = keepDims ? x.shape.map((d, i) => (reduced.has(i) ? 1 : d)) : x.shape.filter((_, i) => !reduced.has(i))
    return [{ dtype: x.dtype, shape }]
  }

function matrix(value: Value, transposed: boolean): [Dim, Dim] {
  const [rows, columns] = value.shape.slice(-2)
  assert(rows !== undefined && columns !== undefined, `a product needs matrices, got ${text(value)}`)
  return transposed ? [columns, rows] : [rows, columns]
}

export const shapeRules: { readonly [K in OpName]: ShapeRule<K> } = {
  Add: binary('Add'),
  Sub: binary('Sub'),
  Mul: binary('Mul'),
  Div: binary('Div'),
  Min: binary('Min'),
  Less: binary('Less', 'bool'),
  Where: (inputs) => {
    arity('Where', inputs, 3)
    const [condition, a, b] = [input(inputs, 0), input(inputs, 1), input(inputs, 2)]
    wantType('Where', condition, 'bool')
    assert(a.dtype === b.dtype, `Where: ${text(a)} and ${text(b)} differ in type`)
    return [{ dtype: a.dtype, shape: broadcast(condition.shape, broadcast(a.shape, b.shape)) }]
  },
  Neg: unary('Neg'),
  Exp: unary('Exp'),
  Log: unary('Log'),
  Sqrt: unary('Sqrt'),
  Reciprocal: unary('Reciprocal'),
  Sigmoid: unary('Sigmoid'),
  Tanh: unary('Tanh'),
  Sin: unary('Sin'),
  Cos: unary('Cos'),
  Floor: unary('Floor'),
  MatMul: (inputs, { transA, transB }) => {
    arity('MatMul', inputs, 2)
    const [a, b] = [input(inputs, 0), input(inputs, 1)]
    const [rows, inner] = matrix(a, transA)
    const [innerB, columns] = matrix(b, transB)
    assert(inner === innerB, `MatMul: inner sizes differ, ${text(a)} by ${text(b)}`)
    assert(
      sameShape(a.shape.slice(0, -2), b.shape.slice(0, -2)),
      `MatMul: batches differ, ${text(a)} by ${text(b)}; expand one first`,
    )
    return [{ dtype: a.dtype, shape: [...a.shape.slice(0, -2), rows, columns] }]
  },
  Gemm: (inputs, { transA, transB }) => {
    arity('Gemm', inputs, 2, 3)
    const [a, b, c] = [input(inputs, 0), input(inputs, 1), inputs[2]]
    assert(a.shape.length === 2 && b.shape.length === 2, `Gemm wants matrices, got ${text(a)} by ${text(b)}`)
    const [rows, inner] = matrix(a, transA)
    const [innerB, columns] = matrix(b, transB)
    assert(inner === innerB, `Gemm: inner sizes differ, ${text(a)} by ${text(b)}`)
    if (c) assert(sameShape(broadcast(c.shape, [rows, columns]), [rows, columns]), `Gemm: cannot add ${text(c)}`)
    return [{ dtype: a.dtype, shape: [rows, columns] }]
  },
  Transpose: (inputs, { perm }) => {
    arity('Transpose', inputs, 1)
    const x = input(inputs, 0)
    assert(
      perm.length === x.shape.length && new Set(perm).size === perm.length,
      `Transpose [${perm.join(', ')}] of ${text(x)}`,
    )
    return [{ dtype: x.dtype, shape: perm.map((axis) => x.shape[axisOf(axis, perm.length)] as Dim) }]
  },
  Reshape: (inputs, { shape }) => {
    arity('Reshape', inputs, 1)
    const x = input(inputs, 0)
    assert(product(x.shape) === product(shape), `Reshape of ${text(x)} to [${shape.join(', ')}] changes the size`)
    return [{ dtype: x.dtype, shape }]
  },
  Expand: (inputs, { shape }) => {
    arity('Expand', inputs, 1)
    const x = input(inputs, 0)
    assert(sameShape(broadcast(x.shape, shape), shape), `Expand of ${text(x)} to [${shape.join(', ')}]`)
    return [{ dtype: x.dtype, shape }]
  },
  Concat: (inputs, { axis }) => {
    assert(inputs.length > 0, 'Concat of nothing')
    const first = input(inputs, 0)
    const at = axisOf(axis, first.shape.length)
    let size = 0
    for (const value of inputs) {
      const dim = value.shape[at]
      assert(typeof dim === 'number', `Concat along a symbolic axis: ${text(value)}`)
      const others = (v: Value) => v.shape.filter((_, i) => i !== at)
      assert(sameShape(others(value), others(first)), `Concat of ${text(first)} and ${text(value)}`)
      size += dim
    }
    return [{ dtype: first.dtype, shape: first.shape.map((d, i) => (i === at ? size : d)) }]
  },
  Slice: (inputs, { axis, start, end }) => {
    arity('Slice', inputs, 1)
    const x = input(inputs, 0)
    const at = axisOf(axis, x.shape.length)
    const dim = x.shape[at]
    assert(typeof dim === 'number' && start >= 0 && start < end && end <= dim, `Slice ${start}:${end} of ${text(x)}`)
    return [{ dtype: x.dtype, shape: x.shape.map((d, i) => (i === at ? end - start : d)) }]
  },
  ReduceSum: reduce('ReduceSum'),
  ReduceMean: reduce('ReduceMean'),
  ReduceMax: reduce('ReduceMax'),
  Softmax: unary('Softmax'),
  RmsNorm: (inputs) => {
    arity('RmsNorm', inputs, 2)
    const [x, weight] = [input(inputs, 0), input(inputs, 1)]
    assert(sameShape(weight.shape, x.shape.slice(-1)), `RmsNorm of ${text(x)} with ${text(weight)}`)
    return [{ dtype: x.dtype, shape: x.shape }]
  },
  Rotary: (inputs, { heads }) => {
    arity('Rotary', inputs, 3)
    const [x, cos, sin] = [input(inputs, 0), input(inputs, 1), input(inputs, 2)]
    const [width, half] = [x.shape[2], cos.shape[1]]
    assert(
      x.shape.length === 3 && typeof width === 'number' && typeof half === 'number' && width === heads * half * 2,
      `Rotary of ${text(x)} with ${heads} heads and ${text(cos)}`,
    )
    assert(sameShape(cos.shape, sin.shape), `Rotary: ${text(cos)} and ${text(sin)} differ`)
    return [{ dtype: x.dtype, shape: x.shape }]
  },
  Gather: (inputs) => {
    arity('Gather', inputs, 2)
    const [table, indices] = [input(inputs, 0), input(inputs, 1)]
    wantType('Gather', indices, 'i64')
    return [{ dtype: table.dtype, shape: [...indices.shape, ...table.shape.slice(1)] }]
  },
  ScatterAddRows: (inputs) => {
    arity('ScatterAddRows', inputs, 3)
    const [base, rows, updates] = [input(inputs, 0), input(inputs, 1), input(inputs, 2)]
    wantType('ScatterAddRows', rows, 'i64')
    assert(
      base.shape.length === 2 &&
        rows.shape.length === 1 &&
        sameShape(updates.shape, [rows.shape[0] as Dim, base.shape[1] as Dim]),
      `ScatterAddRows of ${text(updates)} at ${text(rows)} into ${text(base)}`,
    )
    return [{ dtype: base.dtype, shape: base.shape }]
  },
  TokenLogProb: (inputs) => {
    arity('TokenLogProb', inputs, 2)
    const [logits, labels] = [input(inputs, 0), input(inputs, 1)]
    wantType('TokenLogProb', labels, 'i64')
    assert(
      logits.shape.length === 2 && sameShape(labels.shape, logits.shape.slice(0, 1)),
      `TokenLogProb of ${text(logits)} at ${text(labels)}`,
    )
    return [{ dtype: logits.dtype, shape: labels.shape }]
  },
  TokenLogProbGrad: (inputs) => {
    arity('TokenLogProbGrad', inputs, 3)
    return [{ dtype: input(inputs, 0).dtype, shape: input(inputs, 0).shape }]
  },
  Cast: (inputs, { to }) => {
    arity('Cast', inputs, 1)
    return [{ dtype: to, shape: input(inputs, 0).shape }]
  },
  StopGradient: unary('StopGradient'),
  ArgMax: (inputs) => {
    arity('ArgMax', inputs, 1)
    return [{ dtype: 'i64', shape: input(inputs, 0).shape.slice(0, -1) }]
  },
  CachedAttention: (inputs, { total }) => {
    arity('CachedAttention', inputs, 9)
    const [q, past] = [input(inputs, 0), input(inputs, 3)]
    const [batch, kvHeads, , headDim] = past.shape as [Dim, Dim, Dim, Dim]
    const present: TensorType = { dtype: q.dtype, shape: [batch, kvHeads, total, headDim] }
    return [{ dtype: q.dtype, shape: q.shape }, present, present]
  },
}
