import onnxProto from 'onnx-proto'
import { describe, expect, it } from 'vitest'
import { ortRunner } from '../../electron/adapters/onnxruntime/ort-runner.ts'
import * as F from '../../shared/engine/build.ts'
import { Graph } from '../../shared/engine/ir.ts'
import { writeOnnx } from '../../shared/engine/onnx-writer.ts'
import type { Provider } from '../../shared/engine/ops/lowerings.ts'

function decoded(graph: Graph, provider: Provider = 'cpu') {
  const model = writeOnnx(graph, provider)
  const { graph: proto } = onnxProto.onnx.ModelProto.decode(model.bytes)
  const nodes = proto?.node ?? []
  return {
    model,
    ops: nodes.map((node) => node.opType),
    initializers: proto?.initializer ?? [],
    inputs: (proto?.input ?? []).map((value) => value.name),
  }
}

describe('the ONNX writer', () => {
  it('writes nodes last first, results under their own names', () => {
    const graph = new Graph()
    const x = graph.input('x', 'f32', [2])
    graph.output('y', F.exp(F.neg(x)))
    const { ops, model } = decoded(graph)
    expect(ops).toEqual(['Identity', 'Exp', 'Neg'])
    expect([...model.outputs.keys()]).toEqual(['y'])
  })

  it('leaves out what no result needs', () => {
    const graph = new Graph()
    const x = graph.input('x', 'f32', [2])
    F.sqrt(F.exp(x))
    graph.output('y', F.neg(x))
    expect(decoded(graph).ops).toEqual(['Identity', 'Neg'])
  })

  it('writes a constant once however often it is used', () => {
    const graph = new Graph()
    const x = graph.input('x', 'f32', [2])
    const one = graph.scalar(1)
    graph.output('y', F.add(F.add(x, one), one))
    expect(decoded(graph).initializers).toHaveLength(1)
  })

  it('feeds a symbolic size only where a shape cannot say -1', () => {
    const single = new Graph()
    single.output('y', F.reshape(single.input('x', 'f32', ['batch', 'time', 4]), ['batch*time', 4]))
    expect(decoded(single).inputs).toEqual(['x'])
    const double = new Graph()
    double.output('y', F.reshape(double.input('x', 'f32', ['batch*time', 4]), ['batch', 'time', 4]))
    const { inputs, model } = decoded(double)
    expect(inputs).toEqual(['x', 'dim:batch', 'dim:time'])
    expect(model.dims).toEqual(['batch', 'time'])
  })

  it('fuses transposes into products on the CPU, which WebGPU has no kernel for', () => {
    const graph = new Graph()
    const [a, b] = [graph.input('a', 'f32', [2, 3, 4]), graph.input('b', 'f32', [2, 5, 4])]
    graph.output('y', F.matmul(a, b, { transB: true, alpha: 0.5 }))
    expect(decoded(graph, 'cpu').ops).toEqual(['Identity', 'FusedMatMul'])
    expect(decoded(graph, 'webgpu').ops).toEqual(['Identity', 'Mul', 'MatMul', 'Transpose'])
  })

  it('points at weights in their file instead of copying them', () => {
    const graph = new Graph()
    const weight = graph.external('w', 'f32', [2, 2], { file: 'model.safetensors', offset: 328, length: 16 })
    graph.output('y', F.mul(weight, 2))
    const { initializers, model } = decoded(graph)
    const stored = initializers.find((tensor) => tensor.name === 'w')
    expect(stored?.externalData?.map((entry) => [entry.key, entry.value])).toEqual([
      ['location', 'model.safetensors'],
      ['offset', '328'],
      ['length', '16'],
    ])
    expect(stored?.rawData).toHaveLength(0)
    expect(model.files).toEqual(['model.safetensors'])
  })

  it('may name an input as a result', async () => {
    const graph = new Graph()
    graph.output('same', graph.input('x', 'f32', ['n']))
    const session = await ortRunner({ provider: 'cpu', threads: 1 }).load(writeOnnx(graph, 'cpu'))
    const out = await session.run(new Map([['x', { data: Float32Array.of(1, 2), shape: [2] }]]), ['same'])
    await session.dispose()
    expect(out.get('same')).toEqual({ data: Float32Array.of(1, 2), shape: [2] })
  })

  it('is the same to the byte for the same graph', () => {
    const build = () => {
      const graph = new Graph()
      graph.output('y', F.softmax(F.mul(graph.input('x', 'f32', ['n', 3]), 0.5)))
      return writeOnnx(graph, 'cpu').bytes
    }
    expect(build()).toEqual(build())
  })
})
