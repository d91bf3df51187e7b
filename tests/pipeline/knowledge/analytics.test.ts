/** @file Graph measures against values worked out by hand and against graphology; size and speed. */

import { UndirectedGraph } from 'graphology'
import reference from 'graphology-metrics/centrality/betweenness.js'
import { describe, expect, it } from 'vitest'
import { Random } from '../../../shared/base/random.ts'
import { adjacencyOf } from '../../../shared/pipeline/knowledge/adjacency.ts'
import { analyse } from '../../../shared/pipeline/knowledge/analytics.ts'
import { betweenness, pathLengths } from '../../../shared/pipeline/knowledge/distances.ts'
import type { KnowledgeGraph } from '../../../shared/pipeline/knowledge/knowledge-graph.ts'
import { shortestPath } from '../../../shared/pipeline/knowledge/shortest-path.ts'
import { bridges, components, coreNumbers } from '../../../shared/pipeline/knowledge/structure.ts'
import { conceptGraph, grownGraph } from './sample-graphs.ts'

const measure = (text: string) => analyse(conceptGraph(text), { seed: 1 })
const nodeOf = (text: string, id: string) => {
  const node = measure(text).nodes.find((n) => n.id === id)
  if (!node) throw new Error(`no node ${id}`)
  return node
}

describe('a path of five', () => {
  const path = 'a-b b-c c-d d-e'

  it('has betweenness 4/6 in the middle, 3/6 next to it, 0 at the ends', () => {
    // c lies between {a, b} × {d, e}: 4 of the 6 pairs of others; b between a and {c, d, e}: 3 of 6
    expect(nodeOf(path, 'c').betweenness).toBeCloseTo(4 / 6, 12)
    expect(nodeOf(path, 'b').betweenness).toBeCloseTo(3 / 6, 12)
    expect(nodeOf(path, 'a').betweenness).toBe(0)
  })

  it('has diameter 4 and mean path 2', () => {
    // distances 1 ×4, 2 ×3, 3 ×2, 4 ×1: (4 + 6 + 6 + 4)/10 = 2
    expect(measure(path)).toMatchObject({ diameter: 4, meanPath: 2, exact: true })
  })

  it('is all bridges, the middle ones cutting off two', () => {
    expect(measure(path).bridges.map((b) => [b.a, b.b, b.cutsOff])).toEqual([
      ['b', 'c', 2],
      ['c', 'd', 2],
      ['a', 'b', 1],
      ['d', 'e', 1],
    ])
  })

  it('has mean degree 8/5 and density 4/10', () => {
    expect(measure(path).meanDegree).toBeCloseTo(1.6, 12)
    expect(measure(path).density).toBeCloseTo(0.4, 12)
    expect(measure(path).degreeDistribution).toEqual([
      { degree: 1, count: 2 },
      { degree: 2, count: 3 },
    ])
  })
})

describe('a triangle with a tail', () => {
  const graph = 'a-b b-c c-a c-d'

  it('has clustering 1, 1, 1/3, 0 and transitivity 3/5', () => {
    // triples: one at a, one at b, three at c; three of the five are closed
    expect(['a', 'b', 'c', 'd'].map((id) => nodeOf(graph, id).clustering)).toEqual([1, 1, 1 / 3, 0])
    expect(measure(graph).averageClustering).toBeCloseTo((1 + 1 + 1 / 3) / 4, 12)
    expect(measure(graph).transitivity).toBeCloseTo(0.6, 12)
  })

  it('has a 2-core of the triangle, and the tail as its only bridge', () => {
    expect(['a', 'b', 'c', 'd'].map((id) => nodeOf(graph, id).core)).toEqual([2, 2, 2, 1])
    expect(measure(graph).highestCore).toBe(2)
    expect(measure(graph).bridges).toEqual([{ a: 'c', b: 'd', cutsOff: 1 }])
  })
})

describe('two complete graphs of four joined by one relation', () => {
  const graph = 'a-b a-c a-d b-c b-d c-d w-x w-y w-z x-y x-z y-z d-w'

  it('are two communities with Q = 12/13 − 1/2', () => {
    // 13 pairs, 6 inside each half, half of the degrees in each: 2·(6/13 − (13/26)²) = 0.423077
    const measures = measure(graph)
    expect(measures.modularity).toBeCloseTo(12 / 13 - 0.5, 10)
    expect(measures.communities.map((c) => c.size)).toEqual([4, 4])
    expect(nodeOf(graph, 'a').community).toBe(nodeOf(graph, 'd').community)
    expect(nodeOf(graph, 'a').community).not.toBe(nodeOf(graph, 'w').community)
  })

  it('gives d betweenness 12/21', () => {
    // d lies on every way from {a, b, c} to {w, x, y, z}: 12 of the 21 pairs of others
    expect(nodeOf(graph, 'd').betweenness).toBeCloseTo(12 / 21, 12)
    expect(nodeOf(graph, 'd').core).toBe(3)
  })
})

describe('PageRank', () => {
  it('of a → b ← c is 0.574468 for b and 0.212766 for the others', () => {
    // b spreads evenly: a = 0.15/3 + 0.85·b/3, and 2a + b = 1 give b = 0.9/1.566667
    expect(nodeOf('a-b c-b', 'b').pageRank).toBeCloseTo(0.574468, 6)
    expect(nodeOf('a-b c-b', 'a').pageRank).toBeCloseTo(0.212766, 6)
    expect(nodeOf('a-b c-b', 'b')).toMatchObject({ inDegree: 2, outDegree: 0, degree: 2 })
  })

  it('counts several relations between two concepts as more weight', () => {
    // a → b three times and a → c once: b gets 3/4 of what a passes on
    const rank = (id: string) => nodeOf('a-b a-b a-b a-c', id).pageRank
    const own = (0.15 + 0.85 * (rank('b') + rank('c'))) / 3
    expect((rank('b') - own) / (rank('c') - own)).toBeCloseTo(3, 5)
  })
})

describe('odd graphs', () => {
  it('measure as zeros when empty', () => {
    const empty = analyse({ nodes: [], edges: [] }, { seed: 1 })
    expect(empty).toMatchObject({ nodeCount: 0, meanDegree: 0, modularity: 0, diameter: 0, components: 0 })
  })

  it('measure without any relation', () => {
    const measures = measure('a b c')
    expect(measures).toMatchObject({
      nodeCount: 3,
      pairCount: 0,
      components: 3,
      modularity: 0,
      diameter: 0,
      meanPath: 0,
    })
    expect(measures.nodes[0]?.pageRank).toBeCloseTo(1 / 3, 8)
  })

  it('count several relations between two concepts once, but their edges each', () => {
    const measures = measure('a-b b-a a-b')
    expect(measures).toMatchObject({ pairCount: 1, edgeCount: 3, meanDegree: 1 })
    expect(measures.bridges).toHaveLength(1)
  })

  it('measure the largest component and number it 0', () => {
    const measures = measure('p-q a-b b-c c-d')
    expect(measures).toMatchObject({ components: 2, diameter: 3, largestComponent: 4 / 6 })
    expect(measures.nodes.find((n) => n.id === 'a')?.component).toBe(0)
    expect(measures.nodes.find((n) => n.id === 'p')?.component).toBe(1)
  })
})

describe('a random graph of 150 concepts', () => {
  const graph = grownGraph(150, 450, 5, 4)
  const adjacency = adjacencyOf(graph)

  it('has the betweenness that graphology finds', () => {
    const other = new UndirectedGraph()
    for (const id of adjacency.ids) other.addNode(id)
    for (const e of adjacency.edges) other.mergeEdge(e.source, e.target)
    const expected = reference(other)
    const ours = betweenness(adjacency, 150, new Random(1))
    adjacency.ids.forEach((id, i) => expect(ours[i]).toBeCloseTo(expected[id] ?? NaN, 10))
  })

  it('has the bridges found by taking each pair away', () => {
    const whole = components(adjacency).sizes.length
    const pairs = new Map(adjacency.edges.map((e) => [[e.source, e.target].sort().join(' '), e]))
    const cut = [...pairs.keys()].filter((key) => {
      const left: KnowledgeGraph = {
        nodes: graph.nodes,
        edges: graph.edges.filter((e) => [e.source, e.target].sort().join(' ') !== key),
      }
      return components(adjacencyOf(left)).sizes.length > whole
    })
    const found = bridges(adjacency).map((b) => [adjacency.ids[b.a], adjacency.ids[b.b]].sort().join(' '))
    expect(found.sort()).toEqual(cut.sort())
  })

  it('has the cores found by peeling', () => {
    const cores = coreNumbers(adjacency)
    const expected = new Array<number>(adjacency.ids.length).fill(0)
    for (let k = 1; k < 12; k++) {
      const alive = new Set(adjacency.ids.keys())
      for (let changed = true; changed;) {
        changed = false
        for (const i of alive) {
          const degree = adjacency.neighbours
            .subarray(adjacency.starts[i], adjacency.starts[i + 1])
            .filter((j) => alive.has(j)).length
          if (degree < k) changed = alive.delete(i)
        }
      }
      for (const i of alive) expected[i] = k
    }
    expect([...cores]).toEqual(expected)
  })

  it('has sampled distances near the exact ones, and never a longer diameter', () => {
    const members = [...components(adjacency).of].flatMap((c, i) => (c === 0 ? [i] : []))
    const exact = pathLengths(adjacency, members, members.length, new Random(1))
    const sampled = pathLengths(adjacency, members, 40, new Random(1))
    expect(sampled.exact).toBe(false)
    expect(sampled.meanPath).toBeGreaterThan(exact.meanPath * 0.93)
    expect(sampled.meanPath).toBeLessThan(exact.meanPath * 1.07)
    expect(sampled.diameter).toBeLessThanOrEqual(exact.diameter)
    expect(sampled.diameter).toBeGreaterThanOrEqual(exact.diameter - 1)
  })

  it('gives the same measures for the same seed', () => {
    expect(analyse(graph, { seed: 3 })).toEqual(analyse(graph, { seed: 3 }))
  })
})

describe('4,000 concepts and 12,000 relations', () => {
  it('are measured in seconds', () => {
    const graph = grownGraph(4000, 12_000, 12, 8)
    const began = performance.now()
    const measures = analyse(graph, { seed: 1 })
    // About one second on an idle machine
    expect(performance.now() - began).toBeLessThan(8000)
    expect(measures).toMatchObject({ nodeCount: 4000, exact: false })
    expect(measures.edgeCount).toBeGreaterThan(11_000)
    expect(measures.modularity).toBeGreaterThan(0.6)
  })
})

describe('sampled betweenness', () => {
  it('finds most of the 20 highest of 800 concepts from a quarter of the sources', () => {
    const adjacency = adjacencyOf(grownGraph(800, 2400, 6, 8))
    const top = (values: ArrayLike<number>) =>
      Array.from(values, (value, i) => ({ value, i }))
        .sort((a, b) => b.value - a.value)
        .slice(0, 20)
        .map(({ i }) => i)
    const exact = betweenness(adjacency, 800, new Random(1))
    const sampled = betweenness(adjacency, 200, new Random(1))
    expect(top(exact).filter((i) => top(sampled).includes(i)).length).toBeGreaterThanOrEqual(16)
    const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0)
    expect(Math.abs(sum(sampled) / sum(exact) - 1)).toBeLessThan(0.05)
  })
})

describe('shortestPath', () => {
  const graph = conceptGraph('a-b c-b c-d a-x x-y y-d d-d z')

  it('goes the shortest way, against directions too, with the edges on it', () => {
    const path = shortestPath(graph, 'a', 'd')
    expect(path?.map((s) => `${s.from}${s.to}`)).toEqual(['ab', 'bc', 'cd'])
    expect(path?.[1]?.edges.map((e) => `${e.source}${e.target}`)).toEqual(['cb'])
  })

  it('is empty to oneself, and undefined where there is no way or no such concept', () => {
    expect(shortestPath(graph, 'a', 'a')).toEqual([])
    expect(shortestPath(graph, 'a', 'z')).toBeUndefined()
    expect(shortestPath(graph, 'a', 'nowhere')).toBeUndefined()
  })
})
