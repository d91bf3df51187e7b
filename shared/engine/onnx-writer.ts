/**
 * @file Serialises a graph as an ONNX model. Symbolic sizes become small i64 inputs named `dim:<symbols>`, which the
 * runner feeds. Nodes are written last-first: ONNX Runtime schedules by reverse depth-first search from the highest
 * index, so this order makes it follow the order of building and free activations early (measured: half the memory).
 */

import onnxProto, { type onnx as Onnx } from 'onnx-proto'
import { Bug, must } from '../base/errors.ts'
import type { Dim, Shape } from './dim.ts'
import type { Graph, Node, OpName, Value } from './ir.ts'
import { lowerings, onnxType, type AttributeValue, type Emitter, type Provider } from './ops/lowerings.ts'

export interface OnnxModel {
  bytes: Uint8Array
  /** Declared inputs that the caller feeds, in order. */
  inputs: readonly Value[]
  /** Symbolic sizes that the runner must feed as `dim:<size>`, i64 [1]. */
  dims: readonly string[]
  outputs: ReadonlyMap<string, Value>
  provider: Provider
  /** External files, relative to the folder the runner is given. */
  files: readonly string[]
}

// A CommonJS package: its one export hangs off the default.
const { onnx } = onnxProto
const MICROSOFT = 'com.microsoft'
export const dimInput = (dim: string) => `dim:${dim}`

export function writeOnnx(graph: Graph, provider: Provider): OnnxModel {
  const nodes: Onnx.INodeProto[] = []
  const initializers: Onnx.ITensorProto[] = []
  const constants = new Map<string, string>()
  const shapes = new Map<string, string>()
  const dims = new Set<string>()
  let counter = 0

  const written = new Set<Value>()
  const initializer = (name: string, dims: readonly number[], dtype: number, raw: Uint8Array) =>
    initializers.push({ name, dims: [...dims], dataType: dtype, rawData: raw })
  const bytesOf = (data: ArrayBufferView) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const shared = (key: string, make: (name: string) => void) => {
    let name = constants.get(key)
    if (!name) {
      name = `k${counter++}`
      make(name)
      constants.set(key, name)
    }
    return name
  }

  const emitter: Emitter = {
    provider,
    emit(op, inputs, attributes = {}, options = {}) {
      const output = options.outputs ?? [`t${counter++}`]
      nodes.push({
        opType: op,
        domain: options.domain ?? '',
        name: `n${nodes.length}_${op}`,
        input: [...inputs],
        output: [...output],
        attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
      })
      return must(output[0])
    },
    name(value) {
      if (value.source.kind === 'constant' && !written.has(value)) {
        written.add(value)
        const { data } = value.source
        initializer(value.name, value.shape as number[], onnxType(value.dtype), bytesOf(data))
      }
      return value.name
    },
    ints: (values) =>
      shared(`i64:${values.join()}`, (name) =>
        initializer(name, [values.length], onnxType('i64'), bytesOf(BigInt64Array.from(values, BigInt))),
      ),
    float: (value) =>
      shared(`f32:${value}`, (name) => initializer(name, [], onnxType('f32'), bytesOf(Float32Array.of(value)))),
    shape(shape, target) {
      const symbolic = shape.filter((d): d is string => typeof d === 'string')
      if (symbolic.length === 0) return emitter.ints(shape as number[])
      if (symbolic.length === 1 && target === 'reshape') {
        return emitter.ints(shape.map((d) => (typeof d === 'number' ? d : -1)))
      }
      const key = shape.join()
      const known = shapes.get(key)
      if (known) return known
      for (const dim of symbolic) dims.add(dim)
      const parts = shape.map((d) => (typeof d === 'number' ? emitter.ints([d]) : dimInput(d)))
      const name = parts.length === 1 ? must(parts[0]) : emitter.emit('Concat', parts, { axis: { int: 0 } })
      shapes.set(key, name)
      return name
    },
  }

  for (const node of live(graph))
    (lowerings[node.op] as (node: Node, to: Emitter) => void)(node as Node<OpName>, emitter)
  // A result gets an Identity under its public name, so that any value may be a result, an input included.
  for (const [name, value] of graph.outputs) emitter.emit('Identity', [emitter.name(value)], {}, { outputs: [name] })

  for (const value of graph.externals) initializers.push(external(value))
  const model = onnx.ModelProto.encode({
    irVersion: 10,
    producerName: 'preflexor-lab',
    opsetImport: [
      { domain: '', version: 20 },
      { domain: MICROSOFT, version: 1 },
    ],
    graph: {
      name: 'graph',
      node: nodes.reverse(),
      initializer: initializers,
      input: [
        ...graph.inputs.map((v) => valueInfo(v.name, onnxType(v.dtype), v.shape)),
        ...[...dims].map((dim) => valueInfo(dimInput(dim), onnxType('i64'), [1])),
      ],
      output: [...graph.outputs].map(([name, v]) => valueInfo(name, onnxType(v.dtype), v.shape)),
    },
  }).finish()
  return {
    bytes: model,
    inputs: graph.inputs,
    dims: [...dims],
    outputs: graph.outputs,
    provider,
    files: [...new Set(graph.externals.map((v) => (v.source.kind === 'external' ? v.source.file : '')))],
  }
}

/** The nodes that some output needs, in order. */
function live(graph: Graph): Node[] {
  const needed = new Set<Value>(graph.outputs.values())
  const kept: Node[] = []
  for (const node of [...graph.nodes].reverse()) {
    if (!node.outputs.some((y) => needed.has(y))) continue
    kept.push(node)
    for (const x of node.inputs) needed.add(x)
  }
  return kept.reverse()
}

function attribute(name: string, value: AttributeValue): Onnx.IAttributeProto {
  const type = onnx.AttributeProto.AttributeType
  if ('int' in value) return { name, type: type.INT, i: value.int }
  if ('ints' in value) return { name, type: type.INTS, ints: [...value.ints] }
  if ('float' in value) return { name, type: type.FLOAT, f: value.float }
  return { name, type: type.STRING, s: utf8(value.string) }
}

/** Operator attributes are ASCII words. */
function utf8(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0))
}

function valueInfo(name: string, elemType: number, shape: Shape): Onnx.IValueInfoProto {
  const dim = (d: Dim) => (typeof d === 'number' ? { dimValue: d } : { dimParam: d })
  return { name, type: { tensorType: { elemType, shape: { dim: shape.map(dim) } } } }
}

function external(value: Value): Onnx.ITensorProto {
  if (value.source.kind !== 'external') throw new Bug(`${value.name} is not external`)
  const { file, offset, length } = value.source
  return {
    name: value.name,
    dims: value.shape as number[],
    dataType: onnxType(value.dtype),
    dataLocation: onnx.TensorProto.DataLocation.EXTERNAL,
    externalData: [
      { key: 'location', value: file },
      { key: 'offset', value: String(offset) },
      { key: 'length', value: String(length) },
    ],
  }
}
