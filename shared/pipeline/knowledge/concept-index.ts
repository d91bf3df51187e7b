/** @file From wordings to concept nodes: same normal form, then near name, else a new node. Also finds concepts in text. */

import { compact, displayName, nameWords, normalForm } from './concept-name.ts'
import { conceptNodeId } from './knowledge-graph.ts'
import type { ConceptNode, KnowledgeNode } from './knowledge-graph.ts'
import { MERGE_FROM, sameNumbers, trigramSimilarity } from './similarity.ts'
import type { ConceptSimilarity } from './similarity.ts'

/** Longest name, in words, that is looked for in a text. */
const LONGEST_MENTION = 8
/** Wordings kept per concept. */
const MOST_WORDINGS = 12

export interface ConceptIndex {
  /** The node id of the concept a wording names, made when new; undefined when it names nothing. */
  resolve(wording: string, iteration: number, literal: boolean): string | undefined
  /** Node ids of the known concepts in a text, longest names first at each place, values aside, each once. */
  mentioned(text: string): string[]
}

/** @param nodes read at first, then added to */
export function createConceptIndex(
  nodes: Map<string, KnowledgeNode>,
  similarity: (() => ConceptSimilarity) | null = trigramSimilarity,
): ConceptIndex {
  const byName = new Map<string, string>()
  const near = similarity?.()
  for (const node of nodes.values()) if (node.kind === 'concept') for (const form of node.forms) know(node, form)

  return {
    resolve(wording, iteration, literal) {
      const form = normalForm(wording)
      if (form === '') return undefined
      const label = displayName(wording)
      const known = byName.get(compact(form))
      if (known) return meet(known, undefined, label)
      if (!literal) {
        const other = near?.nearest(form)
        if (other && other.score >= MERGE_FROM && mergeable(other.conceptId, form))
          return meet(other.conceptId, form, label)
      }
      const node: ConceptNode = {
        id: conceptNodeId(form),
        kind: 'concept',
        label,
        iteration,
        forms: [form],
        wordings: [label],
        literal,
      }
      nodes.set(node.id, node)
      know(node, form)
      return node.id
    },
    mentioned(text) {
      const words = nameWords(text)
      const found = new Set<string>()
      for (let i = 0; i < words.length;) {
        let taken = 1
        let key = ''
        let hit: string | undefined
        for (let n = 0; n < LONGEST_MENTION && i + n < words.length; n++) {
          key += words[i + n]?.word ?? ''
          const id = byName.get(key)
          if (!id || isLiteralNode(id)) continue
          hit = id
          taken = n + 1
        }
        if (hit) found.add(hit)
        i += taken
      }
      return [...found]
    },
  }

  function know(node: ConceptNode, form: string) {
    byName.set(compact(form), node.id)
    if (!node.literal) near?.add(node.id, form)
  }

  function meet(id: string, form: string | undefined, wording: string): string {
    const node = nodes.get(id)
    if (node?.kind !== 'concept') return id
    if (form !== undefined && !node.forms.includes(form)) {
      node.forms.push(form)
      know(node, form)
    }
    if (node.wordings.length < MOST_WORDINGS && !node.wordings.includes(wording)) node.wordings.push(wording)
    return id
  }

  function mergeable(id: string, form: string): boolean {
    const node = nodes.get(id)
    return node?.kind === 'concept' && !node.literal && sameNumbers(node.forms[0] ?? '', form)
  }

  function isLiteralNode(id: string): boolean {
    const node = nodes.get(id)
    return node?.kind === 'concept' && node.literal
  }
}
