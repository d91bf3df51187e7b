/**
 * @file How each operator is written in ONNX. Most are one node of the same name; the rest say here why they differ.
 * `cpu` may use fused kernels that the WebGPU provider lacks.
 */

import { must } from '../../base/errors.ts'
import type { Shape } from '../dim.ts'
import type { DType, Node, OpName, Value } from '../ir.ts'

export type Provider = 'cpu' | 'webgpu'
export type AttributeValue = { int: number } | { ints: readonly number[] } | { float: number } | { string: string }

/** What a lowering may ask of the writer. Names are ONNX value names. */
export interface Emitter {
  readonly provider: Provider
  /** Appends an ONNX node; makes up output names unless they are given. */
  emit(
    op: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, AttributeValue>>,
    options?: { domain?: string; outputs?: readonly string[] },
  ): string
  name(value: Value): string
  /** An i64 vector constant. */
  ints(values: readonly number[]): string
  float(value: number): string
  /** A 1-D i64 tensor holding `shape`, its symbols resolved when the graph runs. */
  shape(shape: Shape, target: 'reshape' | 'expand'): string
}
type Lowering<K extends OpName> = (node: Node<K>, to: Emitter) => void

const MICROSOFT = 'com.microsoft'
const ONNX_TYPE: Record<DType, number> = { f32: 1, i32: 6, i64: 7, bool: 9, f16: 10, bf16: 16 }
export const onnxType = (dtype: DType) => ONNX_TYPE[dtype]

function names(node: Node, to: Emitter): { inputs: string[]; outputs: string[] } {
  return { inputs: node.inputs.map((x) => to.name(x)), outputs: node.outputs.map((y) => to.name(y)) }
}

const same =
  (op: string, attributes?: Record<string, AttributeValue>, domain?: string) =>
  (node: Node, to: Emitter): void => {
    const { inputs, outputs } = names(node, to)
    to.emit(op, inputs, attributes, { outputs, domain })
  }

const reduce =
  (op: string) =>
  (node: Node<'ReduceSum' | 'ReduceMean' | 'ReduceMax'>, to: Emitter): void => {
    const { inputs, outputs } = names(node, to)
    const { axes, keepDims } = node.attributes
    to.emit(op, [...inputs, to.ints(axes)], { keepdims: { int: Number(keepDims) } }, { outputs })
  }

function swapLast(value: Value): { perm: { ints: number[] } } {
  const axes = value.shape.map((_, i) => i)
  const rank = axes.length
  return { perm: { ints: [...axes.slice(0, rank - 2), rank - 1, rank - 2] } }
}

/** log Σ exp over the last axis as [n, 1], and the logits less their maximum. */
function shiftedLogSum(logits: string, to: Emitter): { shifted: string; logSum: string } {
  const keep = { keepdims: { int: 1 } }
  const shifted = to.emit('Sub', [logits, to.emit('ReduceMax', [logits, to.ints([-1])], keep)])
  const logSum = to.emit('Log', [to.emit('ReduceSum', [to.emit('Exp', [shifted]), to.ints([-1])], keep)])
  return { shifted, logSum }
}

export const lowerings: { readonly [K in OpName]: Lowering<K> } = {
  Add: same('Add'),
  Sub: same('Sub'),
  Mul: same('Mul'),
  Div: same('Div'),
  Min: same('Min'),
  Less: same('Less'),
  Where: same('Where'),
  Neg: same('Neg'),
  Exp: same('Exp'),
  Log: same('Log'),
  Sqrt: same('Sqrt'),
  Reciprocal: same('Reciprocal'),
  Sigmoid: same('Sigmoid'),
  Tanh: same('Tanh'),
  Sin: same('Sin'),
  Cos: same('Cos'),
  Floor: same('Floor'),
  MatMul: (node, to) => {
    const { inputs, outputs } = names(node, to)
    const { transA, transB, alpha } = node.attributes
    if (to.provider === 'cpu' && (transA || transB || alpha !== 1)) {
      const attributes = { transA: { int: Number(transA) }, transB: { int: Number(transB) }, alpha: { float: alpha } }
      to.emit('FusedMatMul', inputs, attributes, { outputs, domain: MICROSOFT })
      return
    }
    const flags = [transA, transB]
    const operands = inputs.map((x, i) => (flags[i] ? to.emit('Transpose', [x], swapLast(must(node.inputs[i]))) : x))
    if (alpha === 1) to.emit('MatMul', operands, {}, { outputs })
    else to.emit('Mul', [to.emit('MatMul', operands), to.float(alpha)], {}, { outputs })
  },
  Gemm: (node, to) => {
    const { inputs, outputs } = names(node, to)
    const { transA, transB, alpha } = node.attributes
    const attributes = { transA: { int: Number(transA) }, transB: { int: Number(transB) }, alpha: { float: alpha } }
    to.emit('Gemm', inputs, attributes, { outputs })
  },
  Transpose: (node, to) => same('Transpose', { perm: { ints: node.attributes.perm } })(node, to),
  Reshape: (node, to) => {
    const { inputs, outputs } = names(node, to)
    to.emit('Reshape', [...inputs, to.shape(node.attributes.shape, 'reshape')], {}, { outputs })
  },
  Expand: (node, to) => {
    const { inputs, outputs } = names(node, to)
    to.emit('Expand', [...inputs, to.shape(node.attributes.shape, 'expand')], {}, { outputs })
  },
  Concat: (node, to) => same('Concat', { axis: { int: node.attributes.axis } })(node, to),
  Slice: (node, to) => {
    const { inputs, outputs } = names(node, to)
    const { axis, start, end } = node.attributes
    to.emit('Slice', [...inputs, to.ints([start]), to.ints([end]), to.ints([axis])], {}, { outputs })
  },
  ReduceSum: reduce('ReduceSum'),
  ReduceMean: reduce('ReduceMean'),
  ReduceMax: reduce('ReduceMax'),
  Softmax: same('Softmax', { axis: { int: -1 } }),
  RmsNorm: (node, to) =>
    same('SimplifiedLayerNormalization', { axis: { int: -1 }, epsilon: { float: node.attributes.epsilon } })(node, to),
  Rotary: (node, to) => {
    const { inputs, outputs } = names(node, to)
    const [x, cos, sin] = inputs as [string, string, string]
    // Positions 0, 1, 2, … of every row: one offset.
    to.emit('RotaryEmbedding', [x, to.ints([0]), cos, sin], {}, { outputs, domain: MICROSOFT })
  },
  Gather: same('Gather', { axis: { int: 0 } }),
  ScatterAddRows: (node, to) => {
    const { inputs, outputs } = names(node, to)
    const [base, rows, updates] = inputs as [string, string, string]
    const indices = to.emit('Reshape', [rows, to.ints([-1, 1])])
    const reduction = { reduction: { string: 'add' } }
    if (to.provider === 'cpu') {
      // The CPU's ScatterND lets threads add to one row at the same time, and loses updates (measured, 1.30).
      const everywhere = to.emit('Expand', [indices, to.emit('Shape', [updates])])
      to.emit('ScatterElements', [base, everywhere, updates], { axis: { int: 0 }, ...reduction }, { outputs })
      return
    }
    to.emit('ScatterND', [base, indices, updates], reduction, { outputs })
  },
  TokenLogProb: (node, to) => {
    // Not LogSoftmax: WebGPU has no kernel for it. Gathers before it subtracts, so that only [n] values are subtracted.
    const { inputs, outputs } = names(node, to)
    const [logits, labels] = inputs as [string, string]
    const { shifted, logSum } = shiftedLogSum(logits, to)
    const column = to.emit('Reshape', [labels, to.ints([-1, 1])])
    const scored = to.emit('GatherElements', [shifted, column], { axis: { int: 1 } })
    to.emit('Reshape', [to.emit('Sub', [scored, logSum]), to.ints([-1])], {}, { outputs })
  },
  TokenLogProbGrad: (node, to) => {
    // g·(onehot(label) − softmax(logits))
    const { inputs, outputs } = names(node, to)
    const [logits, labels, g] = inputs as [string, string, string]
    const column = to.emit('Reshape', [g, to.ints([-1, 1])])
    const probabilities = to.emit('Softmax', [logits], { axis: { int: -1 } })
    const pushed = to.emit('Mul', [probabilities, to.emit('Neg', [column])])
    const indices = to.emit('Reshape', [labels, to.ints([-1, 1])])
    to.emit(
      'ScatterElements',
      [pushed, indices, column],
      { axis: { int: 1 }, reduction: { string: 'add' } },
      { outputs },
    )
  },
  Cast: (node, to) => same('Cast', { to: { int: onnxType(node.attributes.to) } })(node, to),
  StopGradient: same('Identity'),
  ArgMax: same('ArgMax', { axis: { int: -1 }, keepdims: { int: 0 } }),
  CachedAttention: (node, to) => {
    const { heads, kvHeads, scale } = node.attributes
    const attributes = {
      num_heads: { int: heads },
      kv_num_heads: { int: kvHeads },
      scale: { float: scale },
      do_rotary: { int: 1 },
    }
    same('GroupQueryAttention', attributes, MICROSOFT)(node, to)
  },
}
