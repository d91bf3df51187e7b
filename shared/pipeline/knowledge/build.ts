/**
 * @file Builds the knowledge graph from what the corpus and pair stages made, all at once or iteration by iteration. The
 * graph grows with each iteration: passages and facts bring concepts, generated questions and their retrieval bring edges.
 */

import type { Document, Fact, Passage, Question } from '../artifacts.ts'
import { createConceptIndex } from './concept-index.ts'
import type { ConceptIndex } from './concept-index.ts'
import { isLiteral } from './concept-name.ts'
import { documentNodeId, passageNodeId, questionNodeId } from './knowledge-graph.ts'
import type { KnowledgeEdge, KnowledgeGraph, KnowledgeNode } from './knowledge-graph.ts'
import type { ConceptSimilarity } from './similarity.ts'

export interface KnowledgeBatch {
  /** Passages and facts that exist before any training iteration are 0. */
  iteration: number
  documents?: readonly Document[]
  /** Passing known passages again finds later concepts in them; nothing is doubled. */
  passages?: readonly Passage[]
  facts?: readonly Fact[]
  questions?: readonly Question[]
}

export interface KnowledgeOptions {
  /** A fresh measure of likeness of names; trigrams by default. Null merges by normal form only. */
  similarity?: (() => ConceptSimilarity) | null
}

/** An object of more words is a clause: the edge goes to the concepts in it. */
const LONGEST_NAME = 8

export function emptyKnowledge(): KnowledgeGraph {
  return { nodes: [], edges: [] }
}

/** The graph of several batches, added in their order. */
export function buildKnowledge(batches: readonly KnowledgeBatch[], options: KnowledgeOptions = {}): KnowledgeGraph {
  const builder = startFrom(emptyKnowledge(), options)
  for (const batch of batches) builder.add(batch)
  return builder.graph()
}

/** `graph` with one more batch. Leaves `graph` as it is; adding the same batch twice adds nothing. */
export function addIteration(
  graph: KnowledgeGraph,
  batch: KnowledgeBatch,
  options: KnowledgeOptions = {},
): KnowledgeGraph {
  const builder = startFrom(graph, options)
  builder.add(batch)
  return builder.graph()
}

function startFrom(graph: KnowledgeGraph, options: KnowledgeOptions) {
  const nodes = new Map<string, KnowledgeNode>(graph.nodes.map((node) => [node.id, structuredCopy(node)]))
  const edges = new Map<string, KnowledgeEdge>(graph.edges.map((edge) => [edge.id, structuredCopy(edge)]))
  const concepts = createConceptIndex(nodes, options.similarity)
  const factConcepts = new Map<string, Set<string>>()
  for (const edge of edges.values()) if (edge.factId) rememberFact(factConcepts, edge.factId, edge.source, edge.target)

  const addNode = (node: KnowledgeNode) => {
    if (!nodes.has(node.id)) nodes.set(node.id, node)
  }
  const addEdge = (edge: KnowledgeEdge) => {
    if (!edges.has(edge.id) && nodes.has(edge.source) && nodes.has(edge.target)) edges.set(edge.id, edge)
  }

  return {
    graph: (): KnowledgeGraph => ({ nodes: [...nodes.values()], edges: [...edges.values()] }),
    add(batch: KnowledgeBatch) {
      const { iteration } = batch
      for (const document of batch.documents ?? []) {
        const { id, path, title } = document
        addNode({ id: documentNodeId(id), kind: 'document', label: title || path, iteration, documentId: id, path })
      }
      for (const passage of batch.passages ?? []) {
        const { id: passageId, documentId, page, index } = passage
        const owner = documentNodeId(documentId)
        addNode({ id: owner, kind: 'document', label: documentId, iteration, documentId, path: '' })
        const label = `${nodes.get(owner)?.label ?? documentId}, passage ${index + 1}`
        const id = passageNodeId(passageId)
        addNode({ id, kind: 'passage', label, iteration, passageId, documentId, page })
        addEdge({
          id: `contains:${passageId}`,
          kind: 'contains',
          source: owner,
          target: id,
          iteration,
          passageId,
          documentId,
        })
      }
      for (const fact of batch.facts ?? []) addFact(fact, iteration)
      for (const passage of batch.passages ?? []) {
        for (const concept of concepts.mentioned(passage.text)) mention(passage.id, concept, iteration)
      }
      for (const question of batch.questions ?? []) addQuestion(question, iteration)
    },
  }

  function addFact(fact: Fact, iteration: number) {
    const subject = concepts.resolve(fact.subject, iteration, isLiteral(fact.subject))
    const objects = objectsOf(fact, iteration, concepts)
    for (const concept of [subject, ...objects]) if (concept) mention(fact.passageId, concept, iteration)
    if (!subject) return
    objects.forEach((object, i) => {
      if (object === subject) return
      addEdge({
        id: `relation:${fact.id}${i === 0 ? '' : `:${i}`}`,
        kind: 'relation',
        source: subject,
        target: object,
        iteration,
        relation: fact.relation,
        wording: fact.statement,
        factId: fact.id,
        passageId: fact.passageId,
        documentId: fact.documentId,
      })
      rememberFact(factConcepts, fact.id, subject, object)
    })
    if (objects.length === 0) rememberFact(factConcepts, fact.id, subject)
  }

  function addQuestion(question: Question, iteration: number) {
    const id = questionNodeId(question.id)
    const { id: questionId, text, answer } = question
    addNode({ id, kind: 'question', label: text, iteration, questionId, answer })
    const about = new Set([
      ...question.factIds.flatMap((fact) => [...(factConcepts.get(fact) ?? [])]),
      ...concepts.mentioned(text),
    ])
    for (const concept of about)
      addEdge({ id: `about:${questionId}:${concept}`, kind: 'about', source: id, target: concept, iteration })
    for (const passageId of question.passageIds) {
      const target = passageNodeId(passageId)
      addEdge({
        id: `retrieved:${questionId}:${passageId}`,
        kind: 'retrieved',
        source: id,
        target,
        iteration,
        passageId,
      })
    }
    const rests = new Set(question.factIds)
    for (const factId of rests) {
      for (let i = 0; ; i++) {
        const edge = edges.get(`relation:${factId}${i === 0 ? '' : `:${i}`}`)
        if (!edge) break
        if (!edge.questionIds?.includes(questionId)) edge.questionIds = [...(edge.questionIds ?? []), questionId]
      }
    }
  }

  function mention(passageId: string, concept: string, iteration: number) {
    const source = passageNodeId(passageId)
    addEdge({ id: `mentions:${passageId}:${concept}`, kind: 'mentions', source, target: concept, iteration, passageId })
  }
}

/** The concepts a fact's object stands for: itself when it is a name or a value, those inside it when it is a clause. */
function objectsOf(fact: Fact, iteration: number, concepts: ConceptIndex): string[] {
  const literal = isLiteral(fact.object) || fact.kind === 'time'
  if (fact.object.split(/\s+/).length > LONGEST_NAME && !literal) {
    const inside = concepts.mentioned(fact.object)
    if (inside.length > 0) return inside
  }
  const object = concepts.resolve(fact.object, iteration, literal)
  return object ? [object] : []
}

function rememberFact(known: Map<string, Set<string>>, factId: string, ...conceptIds: string[]) {
  const set = known.get(factId) ?? new Set()
  for (const id of conceptIds) set.add(id)
  known.set(factId, set)
}

function structuredCopy<T extends KnowledgeNode | KnowledgeEdge>(value: T): T {
  const copy = { ...value }
  if ('forms' in copy) return { ...copy, forms: [...copy.forms], wordings: [...copy.wordings] }
  return copy
}
