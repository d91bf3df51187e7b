/** @file Exports, read back by independent parsers. */

import { parseDocument } from 'htmlparser2'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../../shared/base/errors.ts'
import { analyse } from '../../../shared/pipeline/knowledge/analytics.ts'
import { toCsv } from '../../../shared/pipeline/knowledge/export-csv.ts'
import { escapeXml, toGraphml } from '../../../shared/pipeline/knowledge/export-graphml.ts'
import { fromJson, toJson } from '../../../shared/pipeline/knowledge/export-json.ts'
import type { KnowledgeGraph } from '../../../shared/pipeline/knowledge/knowledge-graph.ts'

const NASTY = 'nacre <&> "pearl",\nnext line; é 😀'
const graph: KnowledgeGraph = {
  nodes: [
    {
      id: 'concept:a"<b>',
      kind: 'concept',
      label: NASTY,
      iteration: 0,
      forms: ['x', 'y'],
      wordings: ['X'],
      literal: false,
    },
    { id: 'concept:c', kind: 'concept', label: 'plain', iteration: 1, forms: ['c'], wordings: ['c'], literal: true },
    { id: 'passage:p', kind: 'passage', label: 'p', iteration: 0, passageId: 'p', documentId: 'd', page: 3 },
  ],
  edges: [
    {
      id: 'relation:1',
      kind: 'relation',
      source: 'concept:a"<b>',
      target: 'concept:c',
      iteration: 1,
      relation: 'is < than',
      wording: NASTY,
      questionIds: ['q1', 'q2'],
    },
    { id: 'relation:2', kind: 'relation', source: 'concept:a"<b>', target: 'concept:c', iteration: 1, relation: 'is' },
    { id: 'mentions:1', kind: 'mentions', source: 'passage:p', target: 'concept:c', iteration: 0 },
  ],
}
const measures = analyse(graph, { seed: 1 })

type Element = { name: string; attribs: Record<string, string>; children: Element[]; data?: string }
const inside = (element: Element, name: string): Element[] =>
  element.children.flatMap((c) => (c.name === name ? [c] : c.children ? inside(c, name) : []))
const textOf = (element: Element): string => element.children.map((c) => c.data ?? '').join('')

describe('GraphML', () => {
  const root = parseDocument(toGraphml(graph, measures.nodes), { xmlMode: true }) as unknown as Element
  const keys = new Map(inside(root, 'key').map((k) => [k.attribs['id'], k.attribs]))
  const values = (element: Element) =>
    Object.fromEntries(inside(element, 'data').map((d) => [keys.get(d.attribs['key'])?.['attr.name'], textOf(d)]))

  it('gives nodes with their attributes back', () => {
    const nodes = inside(root, 'node')
    expect(nodes.map((n) => n.attribs['id'])).toEqual(graph.nodes.map((n) => n.id))
    expect(values(nodes[0] as Element)).toMatchObject({
      label: NASTY,
      kind: 'concept',
      iteration: '0',
      forms: 'x | y',
      literal: 'false',
      degree: '1',
    })
    expect(values(nodes[2] as Element)).toMatchObject({ page: '3' })
    expect(values(nodes[2] as Element)).not.toHaveProperty('degree')
  })

  it('gives edges, several between two nodes too, back', () => {
    const found = inside(root, 'edge')
    expect(found.map((e) => [e.attribs['source'], e.attribs['target']])).toEqual(
      graph.edges.map((e) => [e.source, e.target]),
    )
    expect(values(found[0] as Element)).toMatchObject({ relation: 'is < than', wording: NASTY, questionIds: 'q1 | q2' })
  })

  it('declares every key it uses, with a type, and no other', () => {
    const used = new Set(inside(root, 'data').map((d) => d.attribs['key']))
    expect([...keys.keys()].sort()).toEqual([...used].sort())
    expect(keys.get('node_pageRank')?.['attr.type']).toBe('double')
    expect(keys.get('node_degree')?.['attr.type']).toBe('int')
    expect(keys.get('node_literal')?.['attr.type']).toBe('boolean')
  })

  it('has no character that XML 1.0 forbids', () => {
    expect(escapeXml('a\u0000b\u000Bc\uD800d\uFFFFe\tf\ng😀')).toBe('abcde\tf\ng😀')
  })

  it('is well formed without nodes', () => {
    expect(
      inside(parseDocument(toGraphml({ nodes: [], edges: [] }), { xmlMode: true }) as unknown as Element, 'graph'),
    ).toHaveLength(1)
  })
})

describe('CSV', () => {
  const { nodes, edges } = toCsv(graph, measures.nodes)
  const parse = (text: string) => Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })

  it('gives nodes back', () => {
    const { data, errors } = parse(nodes)
    expect(errors).toEqual([])
    expect(data.map((row) => row['label'])).toEqual([NASTY, 'plain', 'p'])
    expect(data[0]).toMatchObject({ id: 'concept:a"<b>', forms: 'x | y', degree: '1' })
    expect(data[2]).toMatchObject({ page: '3', degree: '' })
  })

  it('gives edges back', () => {
    const { data, errors } = parse(edges)
    expect(errors).toEqual([])
    expect(data).toHaveLength(3)
    expect(data[0]).toMatchObject({ wording: NASTY, source: 'concept:a"<b>', questionIds: 'q1 | q2' })
  })
})

describe('JSON', () => {
  it('gives the graph back, measures or not', () => {
    expect(fromJson(toJson(graph))).toEqual(graph)
    expect(fromJson(toJson(graph, measures))).toEqual(graph)
  })

  it.each([
    ['no JSON', '{'],
    ['another file', '{"format":"x"}'],
    ['null', 'null'],
    ['no edges', '{"format":"preflexor-lab/knowledge","version":1,"nodes":[]}'],
    [
      'a node without a label',
      '{"format":"preflexor-lab/knowledge","version":1,"nodes":[{"id":"a","kind":"concept","iteration":0}],"edges":[]}',
    ],
    ['an edge to nowhere', toJson({ ...graph, nodes: graph.nodes.slice(1) })],
  ])('refuses %s', (_, text) => {
    expect(() => fromJson(text)).toThrow(Fault)
  })
})
