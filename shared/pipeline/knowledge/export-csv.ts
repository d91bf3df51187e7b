/** @file The knowledge graph as two CSV files (RFC 4180). */

import type { NodeMeasures } from './analytics.ts'
import type { KnowledgeGraph } from './knowledge-graph.ts'
import { columnsOf } from './table.ts'
import type { Table } from './table.ts'

/** Nodes and edges, each with a head row; CRLF line ends, UTF-8 without byte order mark. Lists are joined by ` | `. */
export function toCsv(graph: KnowledgeGraph, measures: readonly NodeMeasures[] = []): { nodes: string; edges: string } {
  const { nodes, edges } = columnsOf(graph, measures)
  return { nodes: render(nodes), edges: render(edges) }
}

function render(table: Table): string {
  const lines = [table.names, ...table.rows.map((row) => table.names.map((name) => String(row[name] ?? '')))]
  return lines.map((cells) => `${cells.map(quote).join(',')}\r\n`).join('')
}

function quote(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell
}
