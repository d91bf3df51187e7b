/** @file PageRank along the direction of the relations, by graphology; several edges between two nodes weigh more. */

import { DirectedGraph } from 'graphology'
import pagerank from 'graphology-metrics/centrality/pagerank.js'
import type { Adjacency } from './adjacency.ts'

/** Damping 0.85; the values sum to 1. */
export function pageRank(graph: Adjacency): Float64Array {
  const n = graph.ids.length
  if (n === 0) return new Float64Array(0)
  const weights = new Map<number, number>()
  for (const edge of graph.edges) {
    const key = (graph.indexOf.get(edge.source) as number) * n + (graph.indexOf.get(edge.target) as number)
    weights.set(key, (weights.get(key) ?? 0) + 1)
  }
  const directed = new DirectedGraph()
  for (let i = 0; i < n; i++) directed.addNode(i)
  for (const [key, weight] of weights) directed.addEdge(Math.floor(key / n), key % n, { weight })
  // The library stops when the summed change is below n × tolerance
  const ranks = pagerank(directed, { getEdgeWeight: 'weight', alpha: 0.85, maxIterations: 500, tolerance: 1e-9 / n })
  return Float64Array.from({ length: n }, (_, i) => ranks[i] ?? 0)
}
