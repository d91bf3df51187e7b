/**
 * @file The compute graph: values, the nodes that make them, and the attributes of every operator. Building a node
 * infers its shapes at once, so that a mistake fails where it is made. Nothing here computes.
 */

import { assert } from '../base/errors.ts'
import { product, type Dim, type Shape } from './dim.ts'
import { shapeRules } from './ops/shapes.ts'

export type DType = 'f32' | 'f16' | 'bf16' | 'i32' | 'i64' | 'bool'

/** Every operator with its attributes. Each has one entry in shapes.ts, gradients.ts and lowerings.ts. */
export interface OpAttributes {
  Add: object
  Sub: object
  Mul: object
  Div: object
  Min: object
  Less: object
  Where: object
  Neg: object
  Exp: object
  Log: object
  Sqrt: object
  Reciprocal: object
  Sigmoid: object
  Tanh: object
  Sin: object
  Cos: object
  Floor: object
  /** Batched product of the last two axes, optionally of their transposes, times alpha. */
  MatMul: { transA: boolean; transB: boolean; alpha: number }
  /** 2-D product alpha·A·B (+ C), optionally of transposes; C has the shape of the result or broadcasts to it. */
  Gemm: { transA: boolean; transB: boolean; alpha: number }
  Transpose: { perm: readonly number[] }
  Reshape: { shape: Shape }
  Expand: { shape: Shape }
  Concat: { axis: number }
  Slice: { axis: number; start: number; end: number }
  ReduceSum: { axes: readonly number[]; keepDims: boolean }
  ReduceMean: { axes: readonly number[]; keepDims: boolean }
  ReduceMax: { axes: readonly number[]; keepDims: boolean }
  /** Over the last axis. */
  Softmax: object
  /** x / sqrt(mean(x²) + epsilon) · weight over the last axis (Zhang & Sennrich, 2019). */
  RmsNorm: { epsilon: number }
  /** Rotary position embedding, halves rotated (Su et al., 2021): x [batch, time, heads·headDim], cos, sin tables. */
  Rotary: { heads: number }
  /** Rows of a table [rows, width] by i64 indices of any shape. */
  Gather: object
  /** base [rows, width] + updates [n, width] at i64 rows [n]; repeated rows add up. */
  ScatterAddRows: object
  /** log softmax(logits [n, vocab])[label] → [n]. */
  TokenLogProb: object
  /** Vector-Jacobian product of TokenLogProb: (logits, labels, g [n]) → [n, vocab]. */
  TokenLogProbGrad: object
  Cast: { to: DType }
  StopGradient: object
  /** Index of the largest element of the last axis, i64. */
  ArgMax: object
  /**
   * Attention over a growing key-value cache with in-kernel rotary embedding (generation only):
   * q [b, s, heads·hd], k, v [b, s, kvHeads·hd], pastKey, pastValue [b, kvHeads, past, hd], lengths−1 i32 [b],
   * total i32 [1], cos, sin → output, presentKey, presentValue.
   */
  CachedAttention: { heads: number; kvHeads: number; scale: number; total: Dim }
}
export type OpName = keyof OpAttributes

/** Where a value comes from. */
export type Source =
  | { kind: 'node'; node: Node; index: number }
  /** Fed at every run. */
  | { kind: 'input' }
  | { kind: 'constant'; data: Float32Array | BigInt64Array | Int32Array }
  /** Read in place from a file: never copied into the graph. */
  | { kind: 'external'; file: string; offset: number; length: number }

export interface Value {
  readonly graph: Graph
  readonly name: string
  readonly dtype: DType
  readonly shape: Shape
  readonly source: Source
}

export interface Node<K extends OpName = OpName> {
  readonly op: K
  readonly inputs: readonly Value[]
  readonly attributes: OpAttributes[K]
  readonly outputs: readonly Value[]
}

/** A graph under construction. Nodes are stored in the order they were built, which is a topological order. */
export class Graph {
  readonly nodes: Node[] = []
  readonly inputs: Value[] = []
  readonly externals: Value[] = []
  readonly outputs = new Map<string, Value>()
  private counter = 0
  private readonly names = new Set<string>()

  input(name: string, dtype: DType, shape: Shape): Value {
    const value = this.value(name, dtype, shape, { kind: 'input' })
    this.inputs.push(value)
    return value
  }

  /** A frozen weight that stays in its file. */
  external(name: string, dtype: DType, shape: Shape, at: { file: string; offset: number; length: number }): Value {
    const value = this.value(name, dtype, shape, { kind: 'external', ...at })
    this.externals.push(value)
    return value
  }

  constant(data: Float32Array | BigInt64Array | Int32Array, shape: readonly number[]): Value {
    assert(data.length === product(shape), `constant of ${data.length} elements for shape [${shape.join(', ')}]`)
    const dtype = data instanceof Float32Array ? 'f32' : data instanceof Int32Array ? 'i32' : 'i64'
    return this.value(`c${this.counter++}`, dtype, shape, { kind: 'constant', data })
  }

  scalar(value: number): Value {
    return this.constant(Float32Array.of(value), [])
  }

  /** Appends one operator and returns its outputs. */
  apply<K extends OpName>(op: K, inputs: readonly Value[], attributes: OpAttributes[K]): readonly Value[] {
    for (const input of inputs) assert(input.graph === this, `${op}: "${input.name}" belongs to another graph`)
    const types = shapeRules[op](inputs, attributes)
    const outputs: Value[] = []
    const node: Node<K> = { op, inputs, attributes, outputs }
    const id = this.counter++
    types.forEach((type, index) => {
      outputs.push(
        this.value(`${op}_${id}${index ? `_${index}` : ''}`, type.dtype, type.shape, { kind: 'node', node, index }),
      )
    })
    this.nodes.push(node)
    return outputs
  }

  /** Names a value as a result of the graph. */
  output(name: string, value: Value): void {
    assert(!this.outputs.has(name) && !this.names.has(name), `output "${name}" is already taken`)
    this.outputs.set(name, value)
  }

  private value(name: string, dtype: DType, shape: Shape, source: Source): Value {
    assert(!this.names.has(name), `the graph already has a value "${name}"`)
    this.names.add(name)
    return { graph: this, name, dtype, shape: shape.map((d) => product([d])), source }
  }
}
