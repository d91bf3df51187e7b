/**
 * @file What a scientist asks of a knowledge graph: who is central, what belongs together, how it hangs together. Measured
 * on concepts and their relations unless told otherwise; undirected and simple, save PageRank and in/out degrees.
 */

import { Random } from '../../base/random.ts'
import { adjacencyOf, degreeOf } from './adjacency.ts'
import type { Scope } from './adjacency.ts'
import { communities } from './communities.ts'
import { betweenness, pathLengths } from './distances.ts'
import type { KnowledgeGraph, NodeKind } from './knowledge-graph.ts'
import { pageRank } from './page-rank.ts'
import { bridges, clustering, components, coreNumbers } from './structure.ts'

export interface AnalyticsSettings {
  scope?: Scope
  /** For sampling and Louvain. */
  seed: number
  /** Up to this many nodes distances are exact. Default 2000. */
  exactUpTo?: number
  /** Sources sampled in larger graphs. Default 1000. */
  sources?: number
}

export interface NodeMeasures {
  id: string
  label: string
  kind: NodeKind
  /** Distinct neighbours. */
  degree: number
  /** Edges, several between two nodes counted each. */
  inDegree: number
  outDegree: number
  pageRank: number
  /** In [0, 1]; an estimate when `exact` is false. */
  betweenness: number
  clustering: number
  core: number
  /** 0 is the largest. */
  community: number
  /** 0 is the largest. */
  component: number
}

export interface CommunityMeasures {
  community: number
  size: number
  /** Labels of the members with the highest PageRank. */
  leaders: string[]
}

export interface GraphMeasures {
  scope: Scope
  /** In the order of the graph. */
  nodes: NodeMeasures[]
  nodeCount: number
  edgeCount: number
  /** Distinct undirected pairs. */
  pairCount: number
  /** 2 × pairs / nodes. */
  meanDegree: number
  /** Pairs over possible pairs. */
  density: number
  components: number
  /** Share of nodes in the largest component. */
  largestComponent: number
  averageClustering: number
  transitivity: number
  /** Of the largest component. */
  diameter: number
  meanPath: number
  /** False when diameter (then a lower bound), mean path and betweenness come from sampled sources. */
  exact: boolean
  modularity: number
  communities: CommunityMeasures[]
  /** Ascending in degree; degrees that do not occur are left out. */
  degreeDistribution: { degree: number; count: number }[]
  highestCore: number
  /** Node ids, those that cut off most first. */
  bridges: { a: string; b: string; cutsOff: number }[]
}

const LEADERS = 5

export function analyse(graph: KnowledgeGraph, settings: AnalyticsSettings): GraphMeasures {
  const { scope = 'concepts', exactUpTo = 2000, sources = 1000 } = settings
  const random = new Random(settings.seed)
  const adjacency = adjacencyOf(graph, scope)
  const n = adjacency.ids.length
  const searches = n <= exactUpTo ? n : sources
  const connected = components(adjacency)
  const largest = adjacency.ids.flatMap((_, i) => (connected.of[i] === 0 ? [i] : []))
  const central = betweenness(adjacency, searches, random.fork('betweenness'))
  const lengths = pathLengths(adjacency, largest, Math.min(searches, largest.length), random.fork('paths'))
  const clusters = clustering(adjacency)
  const cores = coreNumbers(adjacency)
  const groups = communities(adjacency, random.fork('communities'))
  const ranks = pageRank(adjacency)
  const nodes = adjacency.nodes.map((node, i): NodeMeasures => {
    return {
      id: node.id,
      label: node.label,
      kind: node.kind,
      degree: degreeOf(adjacency, i),
      inDegree: adjacency.inDegree[i] as number,
      outDegree: adjacency.outDegree[i] as number,
      pageRank: ranks[i] as number,
      betweenness: central[i] as number,
      clustering: clusters.local[i] as number,
      core: cores[i] as number,
      community: groups.of[i] as number,
      component: connected.of[i] as number,
    }
  })
  const counts = new Map<number, number>()
  for (const { degree } of nodes) counts.set(degree, (counts.get(degree) ?? 0) + 1)
  return {
    scope,
    nodes,
    nodeCount: n,
    edgeCount: adjacency.edges.length,
    pairCount: adjacency.pairs,
    meanDegree: n === 0 ? 0 : (2 * adjacency.pairs) / n,
    density: n < 2 ? 0 : (2 * adjacency.pairs) / (n * (n - 1)),
    components: connected.sizes.length,
    largestComponent: n === 0 ? 0 : largest.length / n,
    averageClustering: clusters.average,
    transitivity: clusters.transitivity,
    diameter: lengths.diameter,
    meanPath: lengths.meanPath,
    exact: n <= exactUpTo || sources >= n,
    modularity: groups.modularity,
    communities: describe(nodes, groups.sizes),
    degreeDistribution: [...counts].sort((a, b) => a[0] - b[0]).map(([degree, count]) => ({ degree, count })),
    highestCore: cores.reduce((a, b) => Math.max(a, b), 0),
    bridges: bridges(adjacency).map(({ a, b, cutsOff }) => {
      return { a: adjacency.ids[a] as string, b: adjacency.ids[b] as string, cutsOff }
    }),
  }
}

function describe(nodes: readonly NodeMeasures[], sizes: readonly number[]): CommunityMeasures[] {
  const members: NodeMeasures[][] = sizes.map(() => [])
  for (const node of nodes) members[node.community]?.push(node)
  return members.map((list, community) => ({
    community,
    size: list.length,
    leaders: [...list]
      .sort((a, b) => b.pageRank - a.pageRank)
      .slice(0, LEADERS)
      .map((node) => node.label),
  }))
}
