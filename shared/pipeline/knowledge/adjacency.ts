/**
 * @file The part of the knowledge graph that is measured, as arrays: simple undirected neighbours (several edges between
 * two nodes count once, loops never) and directed degrees. Indices are positions in `ids`.
 */

import type { KnowledgeEdge, KnowledgeGraph, KnowledgeNode } from './knowledge-graph.ts'

/** `concepts`: concepts and their relations, what the papers measure. `everything`: all nodes and edges. */
export type Scope = 'concepts' | 'everything'

export interface Adjacency {
  nodes: KnowledgeNode[]
  ids: string[]
  indexOf: Map<string, number>
  /** neighbours[starts[i] … starts[i + 1]) are those of node i, ascending. */
  starts: Uint32Array
  neighbours: Uint32Array
  /** Distinct undirected pairs. */
  pairs: number
  /** Edges in scope, loops aside, several between two nodes counted each. */
  edges: KnowledgeEdge[]
  inDegree: Uint32Array
  outDegree: Uint32Array
}

export function adjacencyOf(graph: KnowledgeGraph, scope: Scope = 'concepts'): Adjacency {
  const nodes = scope === 'concepts' ? graph.nodes.filter((node) => node.kind === 'concept') : graph.nodes
  const indexOf = new Map(nodes.map((node, i) => [node.id, i]))
  const edges = graph.edges.filter((edge) => {
    if (scope === 'concepts' && edge.kind !== 'relation') return false
    return edge.source !== edge.target && indexOf.has(edge.source) && indexOf.has(edge.target)
  })
  const n = nodes.length
  const inDegree = new Uint32Array(n)
  const outDegree = new Uint32Array(n)
  const near: Set<number>[] = nodes.map(() => new Set())
  for (const edge of edges) {
    const source = indexOf.get(edge.source) as number
    const target = indexOf.get(edge.target) as number
    outDegree[source] = (outDegree[source] ?? 0) + 1
    inDegree[target] = (inDegree[target] ?? 0) + 1
    near[source]?.add(target)
    near[target]?.add(source)
  }
  const starts = new Uint32Array(n + 1)
  near.forEach((set, i) => (starts[i + 1] = (starts[i] ?? 0) + set.size))
  const neighbours = new Uint32Array(starts[n] ?? 0)
  near.forEach((set, i) =>
    neighbours.set(
      [...set].sort((a, b) => a - b),
      starts[i],
    ),
  )
  return {
    nodes,
    ids: nodes.map((node) => node.id),
    indexOf,
    starts,
    neighbours,
    pairs: neighbours.length / 2,
    edges,
    inDegree,
    outDegree,
  }
}

/** Number of distinct neighbours. */
export function degreeOf(adjacency: Adjacency, node: number): number {
  return (adjacency.starts[node + 1] ?? 0) - (adjacency.starts[node] ?? 0)
}

/** The neighbours of a node, without a copy. */
export function neighboursOf(adjacency: Adjacency, node: number): Uint32Array {
  return adjacency.neighbours.subarray(adjacency.starts[node], adjacency.starts[node + 1])
}
