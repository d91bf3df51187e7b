import { describe, expect, it } from 'vitest'
import { differentiate } from '../../shared/engine/autodiff.ts'
import * as F from '../../shared/engine/build.ts'
import { Graph } from '../../shared/engine/ir.ts'

describe('a graph under construction', () => {
  it('knows shape and type of every value at once', () => {
    const graph = new Graph()
    const ids = graph.input('ids', 'i64', ['batch', 'time'])
    const rows = F.gather(graph.input('table', 'f32', [40, 8]), ids)
    expect([rows.dtype, rows.shape]).toEqual(['f32', ['batch', 'time', 8]])
    expect(F.flatten(rows).shape).toEqual(['batch*time', 8])
    expect(F.less(rows, 0).dtype).toBe('bool')
    expect(F.argMax(rows)).toMatchObject({ dtype: 'i64', shape: ['batch', 'time'] })
  })

  it('keeps nodes in the order of building, inputs before users', () => {
    const graph = new Graph()
    const x = graph.input('x', 'f32', [2])
    F.add(F.exp(x), F.neg(x))
    expect(graph.nodes.map((node) => node.op)).toEqual(['Exp', 'Neg', 'Add'])
  })

  it('writes symbols in their canonical order', () => {
    const graph = new Graph()
    expect(graph.input('x', 'f32', ['time*batch']).shape).toEqual(['batch*time'])
  })

  it.each([
    ['two inner sizes', (g: Graph) => F.gemm(g.input('a', 'f32', [2, 3]), g.input('b', 'f32', [4, 5])), 'inner sizes'],
    [
      'two ranks of product',
      (g: Graph) => F.gemm(g.input('a', 'f32', [2]), g.input('b', 'f32', [2])),
      'wants matrices',
    ],
    ['a new size', (g: Graph) => F.reshape(g.input('a', 'f32', [2, 3]), [4]), 'changes the size'],
    ['two types', (g: Graph) => F.add(g.input('a', 'f32', [2]), g.input('b', 'i64', [2])), 'differ in type'],
    ['float indices', (g: Graph) => F.gather(g.input('a', 'f32', [2, 2]), g.input('b', 'f32', [1])), 'wants i64'],
    ['a slice too long', (g: Graph) => F.slice(g.input('a', 'f32', [3]), 0, 1, 4), 'Slice 1:4 of a: f32[3]'],
    ['an axis too many', (g: Graph) => F.reduceSum(g.input('a', 'f32', [3]), { axes: [1] }), 'axis 1'],
    ['a repeated axis', (g: Graph) => F.transpose(g.input('a', 'f32', [2, 3]), [0, 0]), 'Transpose'],
  ])('refuses %s where it is built', (_, build, message) => {
    expect(() => build(new Graph())).toThrow(message)
  })

  it('refuses values of another graph', () => {
    const [a, b] = [new Graph(), new Graph()]
    expect(() => F.add(a.input('x', 'f32', [1]), b.input('y', 'f32', [1]))).toThrow('"y" belongs to another graph')
  })

  it('refuses a name twice', () => {
    const graph = new Graph()
    const x = graph.input('x', 'f32', [1])
    expect(() => graph.input('x', 'f32', [1])).toThrow('already has a value "x"')
    graph.output('y', x)
    expect(() => graph.output('y', x)).toThrow('output "y" is already taken')
    expect(() => graph.output('x', x)).toThrow('output "x" is already taken')
  })

  it('refuses constants of the wrong size', () => {
    expect(() => new Graph().constant(Float32Array.of(1, 2, 3), [2])).toThrow('constant of 3 elements for shape [2]')
  })
})

describe('differentiation', () => {
  it('wants a scalar', () => {
    const x = new Graph().input('x', 'f32', [2])
    expect(() => differentiate(F.mul(x, x), [x])).toThrow('only a scalar')
  })

  it('refuses a target without influence', () => {
    const graph = new Graph()
    const [x, y] = [graph.input('x', 'f32', [2]), graph.input('y', 'f32', [2])]
    expect(() => differentiate(F.reduceSum(x), [y])).toThrow('"y" does not influence the loss')
    expect(() => differentiate(F.reduceSum(F.stopGradient(x)), [x])).toThrow('does not influence')
  })

  it('builds nothing for what needs no gradient', () => {
    const graph = new Graph()
    const [x, frozen] = [graph.input('x', 'f32', [4, 8]), graph.input('frozen', 'f32', [8, 8])]
    const loss = F.reduceSum(F.gemm(x, frozen))
    const before = graph.nodes.length
    differentiate(loss, [x])
    // g is expanded to the product's shape, then dX = g·Wᵀ; there is no second product for dW.
    expect(graph.nodes.slice(before).filter((node) => node.op === 'Gemm')).toHaveLength(1)
  })

  it('gives each gradient the shape of its target', () => {
    const graph = new Graph()
    const [x, bias] = [graph.input('x', 'f32', ['batch', 3]), graph.input('bias', 'f32', [3])]
    const [dx, dBias] = differentiate(F.reduceSum(F.mul(F.add(x, bias), x)), [x, bias])
    expect([dx?.shape, dBias?.shape]).toEqual([['batch', 3], [3]])
  })
})
