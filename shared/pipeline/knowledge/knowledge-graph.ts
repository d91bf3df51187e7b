/**
 * @file The knowledge graph as plain data: typed nodes and typed, directed edges with provenance. Several edges may join
 * the same two nodes. Every id is derived from what it stands for, so that adding the same thing twice changes nothing.
 */

interface NodeBase {
  id: string
  /** What a person reads. */
  label: string
  /** In which it was first seen. */
  iteration: number
}

export interface ConceptNode extends NodeBase {
  kind: 'concept'
  /** Normal forms that were merged into it. */
  forms: string[]
  /** Wordings it was met in, the label first. */
  wordings: string[]
  /** A value (`1931`, `about 3000 times`) rather than a thing. */
  literal: boolean
}
export interface PassageNode extends NodeBase {
  kind: 'passage'
  passageId: string
  documentId: string
  page: number
}
export interface QuestionNode extends NodeBase {
  kind: 'question'
  questionId: string
  answer: string
}
export interface DocumentNode extends NodeBase {
  kind: 'document'
  documentId: string
  path: string
}
export type KnowledgeNode = ConceptNode | PassageNode | QuestionNode | DocumentNode
export type NodeKind = KnowledgeNode['kind']

/**
 * contains: document → passage · mentions: passage → concept · relation: concept → concept ·
 * about: question → concept · retrieved: question → passage
 */
export type EdgeKind = 'contains' | 'mentions' | 'relation' | 'about' | 'retrieved'

export interface KnowledgeEdge {
  id: string
  kind: EdgeKind
  source: string
  target: string
  iteration: number
  /** Normalised relation, of relation edges. */
  relation?: string
  /** The sentence that states it, of relation edges. */
  wording?: string
  factId?: string
  passageId?: string
  documentId?: string
  /** Questions that rest on the fact. */
  questionIds?: string[]
}

export interface KnowledgeGraph {
  nodes: KnowledgeNode[]
  edges: KnowledgeEdge[]
}

export const documentNodeId = (id: string) => `document:${id}`
export const passageNodeId = (id: string) => `passage:${id}`
export const questionNodeId = (id: string) => `question:${id}`
export const conceptNodeId = (form: string) => `concept:${form}`
