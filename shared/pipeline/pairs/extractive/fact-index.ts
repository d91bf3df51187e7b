/** @file Look-ups over facts: by id, by concept, by passage, and statements near a topic. */

import type { Fact } from '../../artifacts.ts'
import { conceptKey, contentWords } from './concepts.ts'

export interface FactIndex {
  all: readonly Fact[]
  byId: ReadonlyMap<string, Fact>
  bySubject: ReadonlyMap<string, readonly Fact[]>
  byPassage: ReadonlyMap<string, readonly Fact[]>
  byDocument: ReadonlyMap<string, readonly Fact[]>
  /** Facts with the same kind of answer. */
  byAnswer: ReadonlyMap<string, readonly Fact[]>
}

/** Key of facts whose answers can stand in for one another. */
export function answerKey(fact: Fact): string {
  return `${fact.form?.answerType ?? 'thing'}`
}

export function indexFacts(facts: readonly Fact[]): FactIndex {
  const group = (key: (f: Fact) => string) => {
    const out = new Map<string, Fact[]>()
    for (const f of facts) {
      const list = out.get(key(f))
      if (list) list.push(f)
      else out.set(key(f), [f])
    }
    return out
  }
  return {
    all: facts,
    byId: new Map(facts.map((f) => [f.id, f])),
    bySubject: group((f) => conceptKey(f.subject)),
    byPassage: group((f) => f.passageId),
    byDocument: group((f) => f.documentId),
    byAnswer: group(answerKey),
  }
}

/** Facts that share most words with a text, best first; ties in reading order. */
export function nearestFacts(text: string, facts: readonly Fact[], k: number): Fact[] {
  const wanted = new Set(contentWords(text))
  const scored = facts.map((f, i) => {
    const words = contentWords(f.statement)
    return { f, i, score: words.filter((w) => wanted.has(w)).length / Math.sqrt(words.length + 4) }
  })
  scored.sort((a, b) => b.score - a.score || a.i - b.i)
  const out: Fact[] = []
  const seen = new Set<string>()
  for (const { f, score } of scored) {
    if (score === 0 || out.length >= k) break
    if (seen.has(f.statement)) continue
    seen.add(f.statement)
    out.push(f)
  }
  return out
}
