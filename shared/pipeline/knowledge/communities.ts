/** @file Communities of concepts and modularity Q (Louvain; Blondel et al., 2008), by graphology. */

import { UndirectedGraph } from 'graphology'
import louvain from 'graphology-communities-louvain'
import type { Random } from '../../base/random.ts'
import { neighboursOf } from './adjacency.ts'
import type { Adjacency } from './adjacency.ts'

export interface Communities {
  /** Community of each node, 0 being the largest. */
  of: Uint32Array
  sizes: number[]
  /** Newman's modularity of the simple undirected graph; 0 without edges. */
  modularity: number
}

export function communities(graph: Adjacency, random: Random): Communities {
  const n = graph.ids.length
  if (graph.pairs === 0)
    return { of: Uint32Array.from({ length: n }, (_, i) => i), sizes: graph.ids.map(() => 1), modularity: 0 }
  const undirected = new UndirectedGraph()
  for (let i = 0; i < n; i++) undirected.addNode(i)
  for (let i = 0; i < n; i++) for (const j of neighboursOf(graph, i)) if (j > i) undirected.addEdge(i, j)
  const found = louvain.detailed(undirected, { rng: () => random.next(), getEdgeWeight: null })
  const members = new Map<number, number[]>()
  for (let i = 0; i < n; i++) {
    const label = found.communities[i] ?? -1
    const list = members.get(label)
    if (list) list.push(i)
    else members.set(label, [i])
  }
  const ranked = [...members.values()].sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))
  const of = new Uint32Array(n)
  ranked.forEach((list, label) => list.forEach((i) => (of[i] = label)))
  return { of, sizes: ranked.map((list) => list.length), modularity: found.modularity }
}
