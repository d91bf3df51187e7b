/** @file The shortest way from one concept to another, with the relations that make it. */

import { adjacencyOf, neighboursOf } from './adjacency.ts'
import type { Scope } from './adjacency.ts'
import type { KnowledgeEdge, KnowledgeGraph } from './knowledge-graph.ts'

export interface PathStep {
  /** Node ids, in walking order. */
  from: string
  to: string
  /** Every edge between the two, either direction: look at `source` for how it points. */
  edges: KnowledgeEdge[]
}

/**
 * Fewest steps between two nodes, directions disregarded; [] from a node to itself, undefined when there is no way or a
 * node is not in scope. Of equal ways the one through the earliest nodes of the graph.
 */
export function shortestPath(
  graph: KnowledgeGraph,
  from: string,
  to: string,
  scope: Scope = 'concepts',
): PathStep[] | undefined {
  const adjacency = adjacencyOf(graph, scope)
  const start = adjacency.indexOf.get(from)
  const goal = adjacency.indexOf.get(to)
  if (start === undefined || goal === undefined) return undefined
  const before = new Int32Array(adjacency.ids.length).fill(-1)
  before[start] = start
  const queue = [start]
  for (let head = 0; head < queue.length && before[goal] === -1; head++) {
    const node = queue[head] as number
    for (const next of neighboursOf(adjacency, node)) {
      if (before[next] !== -1) continue
      before[next] = node
      queue.push(next)
    }
  }
  if (before[goal] === -1) return undefined
  const steps: PathStep[] = []
  for (let node = goal; node !== start; node = before[node] as number) {
    const a = adjacency.ids[before[node] as number] as string
    const b = adjacency.ids[node] as string
    const edges = adjacency.edges.filter(
      (e) => (e.source === a && e.target === b) || (e.source === b && e.target === a),
    )
    steps.unshift({ from: a, to: b, edges })
  }
  return steps
}
