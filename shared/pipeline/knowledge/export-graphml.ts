/** @file The knowledge graph as GraphML, for Gephi, yEd, Cytoscape and networkx. */

import { columnsOf } from './table.ts'
import type { Cell, Table } from './table.ts'
import type { NodeMeasures } from './analytics.ts'
import type { KnowledgeGraph } from './knowledge-graph.ts'

/**
 * A directed graph with one key per attribute that occurs. Lists are joined by ` | `.
 * @param measures adds degree, PageRank, community and the rest to the nodes they are of
 */
export function toGraphml(graph: KnowledgeGraph, measures: readonly NodeMeasures[] = []): string {
  const { nodes, edges } = columnsOf(graph, measures)
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
    ...attributes(nodes).map((name) => key('node', name, nodes.types[name])),
    ...attributes(edges).map((name) => key('edge', name, edges.types[name])),
    '  <graph id="knowledge" edgedefault="directed">',
  ]
  for (const row of nodes.rows) {
    lines.push(`    <node id="${attribute(row['id'])}">`, ...data('node', row, nodes), '    </node>')
  }
  for (const row of edges.rows) {
    const [id, source, target] = ['id', 'source', 'target'].map((name) => attribute(row[name]))
    lines.push(
      `    <edge id="${id}" source="${source}" target="${target}">`,
      ...data('edge', row, edges),
      '    </edge>',
    )
  }
  lines.push('  </graph>', '</graphml>')
  return `${lines.join('\n')}\n`
}

/** What GraphML has attributes of its own for. */
const STRUCTURAL = new Set(['id', 'source', 'target'])

function attributes(table: Table): string[] {
  return table.names.filter((name) => !STRUCTURAL.has(name))
}

function key(domain: 'node' | 'edge', name: string, type = 'string'): string {
  return `  <key id="${domain}_${name}" for="${domain}" attr.name="${name}" attr.type="${type}"/>`
}

function data(domain: 'node' | 'edge', row: Record<string, Cell>, table: Table): string[] {
  return attributes(table).flatMap((name) => {
    const value = row[name]
    return value === undefined ? [] : [`      <data key="${domain}_${name}">${escapeXml(String(value))}</data>`]
  })
}

/** Parsers turn line breaks and tabs inside attributes into blanks, unless they are written as references. */
function attribute(value: Cell): string {
  return escapeXml(String(value)).replace(/\n/g, '&#10;').replace(/\t/g, '&#9;')
}

/** Escapes markup and drops what XML 1.0 cannot hold: control characters, lone surrogates, U+FFFE, U+FFFF. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '&#13;')
}
