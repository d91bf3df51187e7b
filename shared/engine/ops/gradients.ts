/**
 * @file Reverse-mode rules: given the gradient g of the result, the gradients of the inputs. Every operator has an
 * entry; `none` is a decision that it passes no gradient (its result is piecewise constant, an index, or final).
 */

import { assert, must } from '../../base/errors.ts'
import * as F from '../build.ts'
import { product, sameShape, type Dim, type Shape } from '../dim.ts'
import type { Node, OpName, Value } from '../ir.ts'
import { axisOf } from './shapes.ts'

/** @param wants which inputs need a gradient; the others may be left undefined */
export type GradientRule<K extends OpName> = (
  node: Node<K>,
  g: Value,
  wants: readonly boolean[],
) => readonly (Value | undefined)[]

const none = 'none'

/** Sums g over the axes along which a value of `shape` was broadcast. */
function unbroadcast(g: Value, shape: Shape): Value {
  if (sameShape(g.shape, shape)) return g
  const lead = g.shape.length - shape.length
  const axes = g.shape.flatMap((dim, i) => (i < lead || (shape[i - lead] === 1 && dim !== 1) ? [i] : []))
  return F.reshape(F.reduceSum(g, { axes, keepDims: true }), shape)
}

/** The reduced axes put back as ones. */
function kept(x: Value, axes: readonly number[]): Dim[] {
  const reduced = new Set(axes.map((axis) => axisOf(axis, x.shape.length)))
  return x.shape.map((dim, i) => (reduced.has(i) ? 1 : dim))
}

function inputsOf(node: Node): Value[] {
  return [...node.inputs]
}

function productGradients(
  a: Value,
  b: Value,
  g: Value,
  { transA, transB, alpha }: { transA: boolean; transB: boolean; alpha: number },
  times: typeof F.matmul,
  wants: readonly boolean[],
): (Value | undefined)[] {
  const left = () =>
    transA ? times(b, g, { transA: transB, transB: true, alpha }) : times(g, b, { transB: !transB, alpha })
  const right = () =>
    transB ? times(g, a, { transA: true, transB: transA, alpha }) : times(a, g, { transA: !transA, alpha })
  return [wants[0] ? left() : undefined, wants[1] ? right() : undefined]
}

export const gradients: { readonly [K in OpName]: GradientRule<K> | typeof none } = {
  Add: (node, g) => inputsOf(node).map((x) => unbroadcast(g, x.shape)),
  Sub: (node, g, wants) => {
    const [a, b] = inputsOf(node) as [Value, Value]
    return [unbroadcast(g, a.shape), wants[1] ? unbroadcast(F.neg(g), b.shape) : undefined]
  },
  Mul: (node, g, wants) => {
    const [a, b] = inputsOf(node) as [Value, Value]
    return [
      wants[0] ? unbroadcast(F.mul(g, b), a.shape) : undefined,
      wants[1] ? unbroadcast(F.mul(g, a), b.shape) : undefined,
    ]
  },
  Div: (node, g, wants) => {
    const [a, b] = inputsOf(node) as [Value, Value]
    const y = must(node.outputs[0])
    const scaled = F.div(g, b)
    return [unbroadcast(scaled, a.shape), wants[1] ? unbroadcast(F.neg(F.mul(scaled, y)), b.shape) : undefined]
  },
  Min: none,
  Less: none,
  Where: (node, g, wants) => {
    const [condition, a, b] = inputsOf(node) as [Value, Value, Value]
    return [
      undefined,
      wants[1] ? unbroadcast(F.where(condition, g, 0), a.shape) : undefined,
      wants[2] ? unbroadcast(F.where(condition, 0, g), b.shape) : undefined,
    ]
  },
  Neg: (_, g) => [F.neg(g)],
  Exp: (node, g) => [F.mul(g, must(node.outputs[0]))],
  Log: (node, g) => [F.div(g, must(node.inputs[0]))],
  Sqrt: (node, g) => [F.div(F.mul(g, 0.5), must(node.outputs[0]))],
  Reciprocal: (node, g) => {
    const y = must(node.outputs[0])
    return [F.neg(F.mul(g, F.mul(y, y)))]
  },
  Sigmoid: (node, g) => {
    const y = must(node.outputs[0])
    return [F.mul(g, F.mul(y, F.sub(1, y)))]
  },
  Tanh: (node, g) => {
    const y = must(node.outputs[0])
    return [F.mul(g, F.sub(1, F.mul(y, y)))]
  },
  Sin: (node, g) => [F.mul(g, F.cos(must(node.inputs[0])))],
  Cos: (node, g) => [F.neg(F.mul(g, F.sin(must(node.inputs[0]))))],
  Floor: none,
  MatMul: (node, g, wants) => {
    const [a, b] = inputsOf(node) as [Value, Value]
    return productGradients(a, b, g, node.attributes, F.matmul, wants)
  },
  Gemm: (node, g, wants) => {
    const [a, b, c] = inputsOf(node)
    const grads = productGradients(must(a), must(b), g, node.attributes, F.gemm, wants)
    return c ? [...grads, wants[2] ? unbroadcast(g, c.shape) : undefined] : grads
  },
  Transpose: (node, g) => {
    const inverse: number[] = []
    node.attributes.perm.forEach((from, to) => (inverse[from] = to))
    return [F.transpose(g, inverse)]
  },
  Reshape: (node, g) => [F.reshape(g, must(node.inputs[0]).shape)],
  Expand: (node, g) => [unbroadcast(g, must(node.inputs[0]).shape)],
  Concat: (node, g) => {
    let at = 0
    const axis = axisOf(node.attributes.axis, g.shape.length)
    return node.inputs.map((x) => {
      const size = x.shape[axis] as number
      at += size
      return F.slice(g, axis, at - size, at)
    })
  },
  Slice: (node, g) => {
    const x = must(node.inputs[0])
    const axis = axisOf(node.attributes.axis, x.shape.length)
    const { start, end } = node.attributes
    const pad = (size: number) =>
      F.zeros(
        x,
        x.shape.map((d, i) => (i === axis ? size : d)),
      )
    const size = x.shape[axis] as number
    const parts = [...(start > 0 ? [pad(start)] : []), g, ...(end < size ? [pad(size - end)] : [])]
    return [F.concat(parts, axis)]
  },
  ReduceSum: (node, g) => {
    const x = must(node.inputs[0])
    return [F.expand(F.reshape(g, kept(x, node.attributes.axes)), x.shape)]
  },
  ReduceMean: (node, g) => {
    const x = must(node.inputs[0])
    const { axes } = node.attributes
    const count = product(axes.map((axis) => x.shape[axisOf(axis, x.shape.length)] as Dim))
    assert(typeof count === 'number', 'ReduceMean over a symbolic axis has no gradient; feed weights and sum instead')
    return [F.expand(F.reshape(F.mul(g, 1 / count), kept(x, axes)), x.shape)]
  },
  ReduceMax: none,
  Softmax: (node, g) => {
    const y = must(node.outputs[0])
    const weighted = F.mul(g, y)
    return [F.sub(weighted, F.mul(y, F.reduceSum(weighted, { axes: [-1], keepDims: true })))]
  },
  RmsNorm: (node, g, wants) => {
    // Recomputes 1/rms instead of fetching it from the kernel: the WebGPU kernel's second output is not what it says.
    const [x, weight] = inputsOf(node) as [Value, Value]
    const meanSquare = F.reduceMean(F.mul(x, x), { axes: [-1], keepDims: true })
    const inverse = F.reciprocal(F.sqrt(F.add(meanSquare, node.attributes.epsilon)))
    const normal = F.mul(x, inverse)
    const scaled = F.mul(g, weight)
    const projection = F.reduceMean(F.mul(scaled, normal), { axes: [-1], keepDims: true })
    return [
      wants[0] ? F.mul(F.sub(scaled, F.mul(normal, projection)), inverse) : undefined,
      wants[1] ? unbroadcast(F.mul(g, normal), weight.shape) : undefined,
    ]
  },
  Rotary: (node, g) => {
    // A rotation: its transpose rotates back.
    const [, cos, sin] = inputsOf(node) as [Value, Value, Value]
    return [F.rotary(g, cos, F.neg(sin), node.attributes.heads)]
  },
  Gather: (node, g) => {
    const [table, indices] = inputsOf(node) as [Value, Value]
    const [rows, width] = table.shape
    assert(
      rows !== undefined && width !== undefined && table.shape.length === 2,
      'Gather: only matrices have gradients',
    )
    const flat = F.reshape(indices, [product(indices.shape)])
    return [F.scatterAddRows(F.zeros(g, table.shape), flat, F.flatten(g))]
  },
  ScatterAddRows: (node, g) => [g, undefined, F.gather(g, must(node.inputs[1]))],
  TokenLogProb: (node, g) => [F.tokenLogProbGrad(must(node.inputs[0]), must(node.inputs[1]), g)],
  TokenLogProbGrad: none,
  Cast: (node, g) => [F.cast(g, must(node.inputs[0]).dtype)],
  StopGradient: none,
  ArgMax: none,
  CachedAttention: none,
}
