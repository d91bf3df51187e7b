/** @file Structure of the simple undirected graph: components, k-cores, clustering, bridges. All linear or nearly so. */

import { degreeOf, neighboursOf } from './adjacency.ts'
import type { Adjacency } from './adjacency.ts'

/** Component number of each node, 0 being the largest component (of equals, the one met first). */
export function components(graph: Adjacency): { of: Uint32Array; sizes: number[] } {
  const n = graph.ids.length
  const raw = new Int32Array(n).fill(-1)
  const sizes: number[] = []
  const queue = new Uint32Array(n)
  for (let start = 0; start < n; start++) {
    if (raw[start] !== -1) continue
    const label = sizes.length
    let size = 0
    raw[start] = label
    queue[size++] = start
    for (let head = 0; head < size; head++) {
      for (const next of neighboursOf(graph, queue[head] as number)) {
        if (raw[next] !== -1) continue
        raw[next] = label
        queue[size++] = next
      }
    }
    sizes.push(size)
  }
  const order = sizes.map((_, label) => label).sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b)
  const rank = new Uint32Array(sizes.length)
  order.forEach((label, i) => (rank[label] = i))
  return {
    of: Uint32Array.from(raw, (label) => rank[label] as number),
    sizes: order.map((label) => sizes[label] as number),
  }
}

/** Core number of each node: the largest k such that it lies in a subgraph of minimum degree k (Batagelj & Zaveršnik, 2003). */
export function coreNumbers(graph: Adjacency): Uint32Array {
  const n = graph.ids.length
  const core = Uint32Array.from({ length: n }, (_, i) => degreeOf(graph, i))
  const most = core.reduce((a, b) => Math.max(a, b), 0)
  const begin = new Uint32Array(most + 2)
  for (const degree of core) begin[degree + 1] = (begin[degree + 1] as number) + 1
  for (let d = 1; d < begin.length; d++) begin[d] = (begin[d] as number) + (begin[d - 1] as number)
  const place = new Uint32Array(n)
  const order = new Uint32Array(n)
  const fill = begin.slice()
  for (let node = 0; node < n; node++) {
    const degree = core[node] as number
    place[node] = fill[degree] as number
    order[place[node] as number] = node
    fill[degree] = (fill[degree] as number) + 1
  }
  for (let i = 0; i < n; i++) {
    const node = order[i] as number
    for (const next of neighboursOf(graph, node)) {
      const degree = core[next] as number
      if (degree <= (core[node] as number)) continue
      // Swap `next` with the first node of its degree, then move it one degree down
      const first = begin[degree] as number
      const other = order[first] as number
      if (other !== next) {
        const at = place[next] as number
        order[first] = next
        order[at] = other
        place[next] = first
        place[other] = at
      }
      begin[degree] = first + 1
      core[next] = degree - 1
    }
  }
  return core
}

export interface Clustering {
  /** Share of a node's neighbour pairs that are joined; 0 for fewer than two neighbours. */
  local: Float64Array
  /** Mean of the local ones over all nodes (Watts & Strogatz). */
  average: number
  /** 3 × triangles / connected triples. */
  transitivity: number
}

export function clustering(graph: Adjacency): Clustering {
  const n = graph.ids.length
  const local = new Float64Array(n)
  const marked = new Uint8Array(n)
  let closed = 0
  let triples = 0
  for (let node = 0; node < n; node++) {
    const near = neighboursOf(graph, node)
    const k = near.length
    if (k < 2) continue
    for (const next of near) marked[next] = 1
    let links = 0
    for (const next of near) for (const other of neighboursOf(graph, next)) links += marked[other] as number
    for (const next of near) marked[next] = 0
    // Each link was seen from both ends
    local[node] = links / (k * (k - 1))
    closed += links / 2
    triples += (k * (k - 1)) / 2
  }
  const average = n === 0 ? 0 : local.reduce((sum, c) => sum + c, 0) / n
  return { local, average, transitivity: triples === 0 ? 0 : closed / triples }
}

export interface Bridge {
  a: number
  b: number
  /** Nodes cut off on the smaller side. */
  cutsOff: number
}

/** Pairs whose removal splits their component (Tarjan, 1974), those that cut off most first. Iterative: no stack limit. */
export function bridges(graph: Adjacency): Bridge[] {
  const n = graph.ids.length
  const { of, sizes } = components(graph)
  const entered = new Int32Array(n).fill(-1)
  const low = new Int32Array(n)
  const below = new Uint32Array(n).fill(1)
  const parent = new Int32Array(n).fill(-1)
  const next = graph.starts.slice(0, n)
  const found: Bridge[] = []
  let time = 0
  for (let root = 0; root < n; root++) {
    if (entered[root] !== -1) continue
    const stack = [root]
    entered[root] = low[root] = time++
    while (stack.length > 0) {
      const node = stack.at(-1) as number
      const at = next[node] as number
      if (at < (graph.starts[node + 1] as number)) {
        next[node] = at + 1
        const other = graph.neighbours[at] as number
        if (other === parent[node]) continue
        if (entered[other] !== -1) low[node] = Math.min(low[node] as number, entered[other] as number)
        else {
          parent[other] = node
          entered[other] = low[other] = time++
          stack.push(other)
        }
        continue
      }
      stack.pop()
      const above = parent[node] as number
      if (above < 0) continue
      low[above] = Math.min(low[above] as number, low[node] as number)
      below[above] = (below[above] as number) + (below[node] as number)
      if ((low[node] as number) > (entered[above] as number)) {
        const side = below[node] as number
        found.push({ a: above, b: node, cutsOff: Math.min(side, (sizes[of[node] as number] as number) - side) })
      }
    }
  }
  return found.sort((x, y) => y.cutsOff - x.cutsOff || x.a - y.a || x.b - y.b)
}
