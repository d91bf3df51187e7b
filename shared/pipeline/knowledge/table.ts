/** @file The graph as two tables with fixed columns: the common ground of the GraphML and CSV exports. */

import type { NodeMeasures } from './analytics.ts'
import type { KnowledgeGraph } from './knowledge-graph.ts'

export type Cell = string | number | boolean | undefined

export interface Table {
  names: string[]
  /** GraphML types by column. */
  types: Record<string, 'string' | 'int' | 'double' | 'boolean'>
  rows: Record<string, Cell>[]
}

const LIST_SEPARATOR = ' | '
const WHOLE = new Set(['iteration', 'page', 'degree', 'inDegree', 'outDegree', 'core', 'community', 'component'])

/** Columns in order of first occurrence; a cell is undefined where the node or edge has no such attribute. */
export function columnsOf(graph: KnowledgeGraph, measures: readonly NodeMeasures[]): { nodes: Table; edges: Table } {
  const measured = new Map(measures.map((m) => [m.id, m]))
  return {
    nodes: table(graph.nodes.map((node) => ({ ...node, ...measured.get(node.id) }))),
    edges: table(graph.edges),
  }
}

function table(items: readonly object[]): Table {
  const types: Table['types'] = {}
  const rows = items.map((item) => {
    const row: Record<string, Cell> = {}
    for (const [name, value] of Object.entries(item) as [string, Cell | readonly string[]][]) {
      if (value === undefined) continue
      row[name] = isList(value) ? value.join(LIST_SEPARATOR) : value
      types[name] ??=
        typeof value === 'number'
          ? WHOLE.has(name)
            ? 'int'
            : 'double'
          : typeof value === 'boolean'
            ? 'boolean'
            : 'string'
    }
    return row
  })
  return { names: Object.keys(types), types, rows }
}

function isList(value: Cell | readonly string[]): value is readonly string[] {
  return Array.isArray(value)
}
