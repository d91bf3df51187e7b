/** @file How the graph grew, iteration by iteration: the view that plays back its making reads this. */

import { Random } from '../../base/random.ts'
import { adjacencyOf } from './adjacency.ts'
import { communities } from './communities.ts'
import type { EdgeKind, KnowledgeGraph, NodeKind } from './knowledge-graph.ts'
import { components } from './structure.ts'

export interface GrowthRow {
  iteration: number
  /** Made in this iteration. */
  newNodes: number
  newEdges: number
  /** So far. */
  nodes: Record<NodeKind, number>
  edges: Record<EdgeKind, number>
  /** Of concepts, by distinct neighbours. */
  meanDegree: number
  /** Share of concepts in the largest component. */
  largestComponent: number
  /** Modularity Q of the concepts so far; undefined unless asked for. */
  modularity?: number
}

/** One row per iteration that added anything, ascending. `seed` asks for modularity (Louvain, per row). */
export function growth(graph: KnowledgeGraph, seed?: number): GrowthRow[] {
  const iterations = [...new Set([...graph.nodes, ...graph.edges].map((item) => item.iteration))].sort((a, b) => a - b)
  return iterations.map((iteration) => {
    const sofar = upTo(graph, iteration)
    const adjacency = adjacencyOf(sofar)
    const n = adjacency.ids.length
    const nodes = { concept: 0, passage: 0, question: 0, document: 0 }
    for (const node of sofar.nodes) nodes[node.kind] += 1
    const edges = { contains: 0, mentions: 0, relation: 0, about: 0, retrieved: 0 }
    for (const edge of sofar.edges) edges[edge.kind] += 1
    return {
      iteration,
      newNodes: sofar.nodes.filter((node) => node.iteration === iteration).length,
      newEdges: sofar.edges.filter((edge) => edge.iteration === iteration).length,
      nodes,
      edges,
      meanDegree: n === 0 ? 0 : (2 * adjacency.pairs) / n,
      largestComponent: n === 0 ? 0 : (components(adjacency).sizes[0] ?? 0) / n,
      ...(seed !== undefined && { modularity: communities(adjacency, new Random(seed)).modularity }),
    }
  })
}

/** The graph as it stood after an iteration. */
export function upTo(graph: KnowledgeGraph, iteration: number): KnowledgeGraph {
  return {
    nodes: graph.nodes.filter((node) => node.iteration <= iteration),
    edges: graph.edges.filter((edge) => edge.iteration <= iteration),
  }
}
