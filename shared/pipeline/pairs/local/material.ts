/** @file Which passages the teacher is shown, within the tokens that its window has for them. */

import type { Random } from '../../../base/random.ts'
import type { Passage } from '../../artifacts.ts'

export interface MaterialOptions {
  passages: readonly Passage[]
  /** Passage ids, best first. */
  search(query: string, k: number): readonly string[]
  /** Passages for a question to be made from. */
  inContext: number
  /** Further passages found with the question. */
  retrieved: number
  /** Passage tokens in one prompt. */
  contextTokens: number
}

export interface Material {
  /** Ids at random, or the best for a topic. */
  draw(random: Random, topic?: string): string[]
  /** The drawn ids, then those that retrieval adds to them. */
  enrich(ids: readonly string[], question: string): string[]
  /** Ids that retrieval finds. */
  retrieve(question: string): string[]
  /** Texts in the given order, unknown ids left out; the first always, further ones while there is room. */
  texts(ids: readonly string[]): string[]
}

export function createMaterial(options: MaterialOptions): Material {
  const { passages, search, inContext, retrieved, contextTokens } = options
  const byId = new Map(passages.map((passage) => [passage.id, passage]))
  const known = (ids: readonly string[]) => ids.filter((id) => byId.has(id))
  const retrieve = (question: string) => known(search(question, retrieved)).slice(0, retrieved)
  return {
    draw(random, topic) {
      const found = topic ? known(search(topic, inContext)).slice(0, inContext) : []
      return found.length > 0 ? found : random.sample(passages, inContext).map((passage) => passage.id)
    },
    enrich: (ids, question) => [...new Set([...ids, ...(retrieved > 0 ? retrieve(question) : [])])],
    retrieve,
    texts(ids) {
      const texts: string[] = []
      let tokens = 0
      for (const id of known(ids)) {
        const passage = byId.get(id)
        if (!passage) continue
        tokens += passage.tokens
        if (texts.length > 0 && tokens > contextTokens) break
        texts.push(passage.text)
      }
      return texts
    },
  }
}
