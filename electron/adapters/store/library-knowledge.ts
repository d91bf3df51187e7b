/** @file The knowledge graph in the library: a row per node and edge, the order of first insertion kept. */

import { z } from 'zod'
import type {
  KnowledgeEdge,
  KnowledgeGraph,
  KnowledgeNode,
} from '../../../shared/pipeline/knowledge/knowledge-graph.ts'
import type { Database } from './database.ts'
import { integer, json, table, text } from './table.ts'
import type { Statement } from './transaction.ts'

const base = { id: z.string(), label: z.string(), iteration: z.number() }
const words = z.array(z.string())

const nodeSchema: z.ZodType<KnowledgeNode> = z.discriminatedUnion('kind', [
  z.looseObject({ ...base, kind: z.literal('concept'), forms: words, wordings: words, literal: z.boolean() }),
  z.looseObject({
    ...base,
    kind: z.literal('passage'),
    passageId: z.string(),
    documentId: z.string(),
    page: z.number(),
  }),
  z.looseObject({ ...base, kind: z.literal('question'), questionId: z.string(), answer: z.string() }),
  z.looseObject({ ...base, kind: z.literal('document'), documentId: z.string(), path: z.string() }),
])
const edgeSchema: z.ZodType<KnowledgeEdge> = z.looseObject({
  id: z.string(),
  kind: z.enum(['contains', 'mentions', 'relation', 'about', 'retrieved']),
  source: z.string(),
  target: z.string(),
  iteration: z.number(),
  relation: z.string().optional(),
  wording: z.string().optional(),
  factId: z.string().optional(),
  passageId: z.string().optional(),
  documentId: z.string().optional(),
  questionIds: words.optional(),
})

/** `data` holds the whole node; the other columns are there to be searched. */
const NODES = table<{ id: string; type: string; label: string; data: KnowledgeNode }>('nodes', ['id'], {
  id: text,
  type: text,
  label: text,
  data: json(nodeSchema),
})
interface EdgeRow {
  id: string
  source: string
  target: string
  relation: string
  data: KnowledgeEdge
  iteration: number
}
const EDGES = table<EdgeRow>('edges', ['id'], {
  id: text,
  source: text,
  target: text,
  relation: text,
  data: json(edgeSchema),
  iteration: integer,
})

function save({ nodes, edges }: KnowledgeGraph): Statement[] {
  return [
    NODES.save(nodes.map((node) => ({ id: node.id, type: node.kind, label: node.label, data: node }))),
    EDGES.save(
      edges.map((edge) => {
        const { id, source, target, iteration } = edge
        return { id, source, target, relation: edge.relation ?? edge.kind, data: edge, iteration }
      }),
    ),
  ]
}

export function knowledgeLibrary(db: Database) {
  return {
    /** Adds nodes and edges, or updates those whose id is there. */
    saveKnowledge(graph: KnowledgeGraph): void {
      db.transact(save(graph))
    },

    /** The graph becomes this one. */
    replaceKnowledge(graph: KnowledgeGraph): void {
      db.transact([{ sql: 'DELETE FROM nodes' }, { sql: 'DELETE FROM edges' }, ...save(graph)])
    },

    /** In the order of first insertion. */
    knowledge(): KnowledgeGraph {
      return {
        nodes: db.select(`SELECT ${NODES.columns} FROM nodes ORDER BY rowid`).map((row) => NODES.decode(row).data),
        edges: db.select(`SELECT ${EDGES.columns} FROM edges ORDER BY rowid`).map((row) => EDGES.decode(row).data),
      }
    },
  }
}
