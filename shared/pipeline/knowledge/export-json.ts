/** @file The knowledge graph as JSON, to and fro. What comes back is checked, because a person may have opened any file. */

import { Fault, messageOf } from '../../base/errors.ts'
import type { GraphMeasures } from './analytics.ts'
import type { EdgeKind, KnowledgeEdge, KnowledgeGraph, KnowledgeNode, NodeKind } from './knowledge-graph.ts'

const FORMAT = 'preflexor-lab/knowledge'

/** The graph as it is, with a head that names the format; the measures of the whole graph when given. */
export function toJson(graph: KnowledgeGraph, measures?: GraphMeasures): string {
  return `${JSON.stringify({ format: FORMAT, version: 1, ...graph, ...(measures && { measures }) }, null, 1)}\n`
}

const NODE_KINDS: Readonly<Record<NodeKind, true>> = { concept: true, passage: true, question: true, document: true }
const EDGE_KINDS: Readonly<Record<EdgeKind, true>> = {
  contains: true,
  mentions: true,
  relation: true,
  about: true,
  retrieved: true,
}

/**
 * The inverse of {@link toJson}; measures are left behind.
 * @throws Fault `corrupt-file` for anything that is not a whole graph
 */
export function fromJson(text: string, where = 'knowledge.json'): KnowledgeGraph {
  const wrong = (what: string) =>
    new Fault('corrupt-file', `${where}: ${what}.`, 'Choose a file that this program exported as JSON.', where)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw wrong(`not JSON (${messageOf(error)})`)
  }
  const { format, version, nodes, edges } = (value ?? {}) as Record<string, unknown>
  if (format !== FORMAT || version !== 1) throw wrong(`not a knowledge graph of version 1`)
  if (!Array.isArray(nodes) || !Array.isArray(edges)) throw wrong('nodes or edges are missing')
  const ids = new Set<unknown>()
  nodes.forEach((node: Partial<KnowledgeNode> | null, i) => {
    const whole = typeof node?.id === 'string' && typeof node.label === 'string' && typeof node.iteration === 'number'
    if (!whole || !Object.hasOwn(NODE_KINDS, String(node.kind))) throw wrong(`node ${i + 1} is malformed`)
    if (node.kind === 'concept' && !(isTexts(node.forms) && isTexts(node.wordings)))
      throw wrong(`node ${i + 1} is malformed`)
    ids.add(node.id)
  })
  edges.forEach((edge: Partial<KnowledgeEdge> | null, i) => {
    const whole =
      typeof edge?.id === 'string' && typeof edge.iteration === 'number' && Object.hasOwn(EDGE_KINDS, String(edge.kind))
    if (!whole) throw wrong(`edge ${i + 1} is malformed`)
    if (!ids.has(edge.source) || !ids.has(edge.target)) throw wrong(`edge ${i + 1} joins a node that is not there`)
  })
  return { nodes: nodes as KnowledgeNode[], edges: edges as KnowledgeEdge[] }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
