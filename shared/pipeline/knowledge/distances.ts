/**
 * @file Distances in the simple undirected graph: betweenness, diameter, mean path length; exact or from sampled sources.
 * The inner loops run n × edges times and walk the neighbour array by index: a view per node costs more than the work.
 */

import type { Random } from '../../base/random.ts'
import type { Adjacency } from './adjacency.ts'

/**
 * Betweenness of each node (Brandes, 2001), each unordered pair counted once, divided by the (n−1)(n−2)/2 pairs of others.
 * @param sources breadth-first searches; fewer than n are drawn at random and scaled up (Brandes & Pich, 2007)
 */
export function betweenness(graph: Adjacency, sources: number, random: Random): Float64Array {
  const { starts, neighbours } = graph
  const n = graph.ids.length
  const score = new Float64Array(n)
  if (n < 3) return score
  const chosen = pickSources(n, sources, random)
  const distance = new Int32Array(n)
  const paths = new Float64Array(n)
  const share = new Float64Array(n)
  const order = new Uint32Array(n)
  for (const source of chosen) {
    distance.fill(-1)
    paths.fill(0)
    share.fill(0)
    let size = 0
    distance[source] = 0
    paths[source] = 1
    order[size++] = source
    for (let head = 0; head < size; head++) {
      const node = order[head] as number
      const beyond = (distance[node] as number) + 1
      const ways = paths[node] as number
      for (let k = starts[node] as number, end = starts[node + 1] as number; k < end; k++) {
        const next = neighbours[k] as number
        if (distance[next] === -1) {
          distance[next] = beyond
          order[size++] = next
        }
        if (distance[next] === beyond) paths[next] = (paths[next] as number) + ways
      }
    }
    for (let i = size - 1; i > 0; i--) {
      const node = order[i] as number
      const part = (1 + (share[node] as number)) / (paths[node] as number)
      const before = (distance[node] as number) - 1
      for (let k = starts[node] as number, end = starts[node + 1] as number; k < end; k++) {
        const next = neighbours[k] as number
        if (distance[next] === before) share[next] = (share[next] as number) + (paths[next] as number) * part
      }
      score[node] = (score[node] as number) + (share[node] as number)
    }
  }
  // Every pair was seen from both ends, which the factor of the (n−1)(n−2) ordered pairs makes good
  const scale = n / chosen.length / ((n - 1) * (n - 2))
  return score.map((value) => value * scale)
}

export interface PathLengths {
  /** Longest shortest path in the largest component; a lower bound when not exact. */
  diameter: number
  /** Mean over pairs of the largest component. */
  meanPath: number
  exact: boolean
}

/**
 * Path lengths of one component.
 * @param members the component's nodes
 * @param sources searches to run; with fewer than members the mean is an estimate and the diameter a lower bound, which
 * is raised by searching again from the farthest node met
 */
export function pathLengths(
  graph: Adjacency,
  members: readonly number[],
  sources: number,
  random: Random,
): PathLengths {
  const { starts, neighbours } = graph
  const n = members.length
  if (n < 2) return { diameter: 0, meanPath: 0, exact: true }
  const exact = sources >= n
  const chosen = exact ? members : random.sample(members, sources)
  const distance = new Int32Array(graph.ids.length)
  const queue = new Uint32Array(n)
  let diameter = 0
  let sum = 0
  const search = (source: number): number => {
    distance.fill(-1)
    let size = 0
    distance[source] = 0
    queue[size++] = source
    let total = 0
    for (let head = 0; head < size; head++) {
      const node = queue[head] as number
      const beyond = (distance[node] as number) + 1
      for (let k = starts[node] as number, end = starts[node + 1] as number; k < end; k++) {
        const next = neighbours[k] as number
        if (distance[next] !== -1) continue
        distance[next] = beyond
        total += beyond
        queue[size++] = next
      }
    }
    const farthest = queue[size - 1] as number
    diameter = Math.max(diameter, distance[farthest] as number)
    sum += total
    return farthest
  }
  let farthest = chosen[0] as number
  let reach = -1
  for (const source of chosen) {
    const end = search(source)
    if ((distance[end] as number) > reach) {
      reach = distance[end] as number
      farthest = end
    }
  }
  const meanPath = sum / (chosen.length * (n - 1))
  if (!exact) for (let sweep = 0; sweep < 4; sweep++) farthest = search(farthest)
  return { diameter, meanPath, exact }
}

function pickSources(n: number, sources: number, random: Random): number[] {
  const all = Array.from({ length: n }, (_, i) => i)
  return sources >= n ? all : random.sample(all, Math.max(1, sources))
}
