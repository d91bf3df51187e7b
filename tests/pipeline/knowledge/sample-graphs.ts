/** @file Small knowledge graphs of bare concepts for the analytics tests. */

import { Random } from '../../../shared/base/random.ts'
import type { KnowledgeGraph } from '../../../shared/pipeline/knowledge/knowledge-graph.ts'

/** Concepts joined as written: `a-b b-c` has the relations a → b and b → c; `x` alone is an isolated concept. */
export function conceptGraph(text: string): KnowledgeGraph {
  const pairs = text.split(' ').map((part) => part.split('-'))
  const names = [...new Set(pairs.flat())]
  return {
    nodes: names.map((id) => ({
      id,
      kind: 'concept',
      label: id,
      iteration: 0,
      forms: [id],
      wordings: [id],
      literal: false,
    })),
    edges: pairs.flatMap(([source, target], i) =>
      source && target
        ? [
            {
              id: `e${i}`,
              kind: 'relation' as const,
              source,
              target,
              iteration: 0,
              relation: 'relates to',
              wording: '',
            },
          ]
        : [],
    ),
  }
}

/** Concepts that attach to others with a preference for much joined ones, in groups; about `edges` relations. */
export function grownGraph(concepts: number, edges: number, groups: number, seed: number): KnowledgeGraph {
  const random = new Random(seed)
  const ends: number[][] = Array.from({ length: groups }, () => [])
  const parts: string[] = []
  const joined = new Set<string>()
  const per = edges / concepts
  for (let i = 0; i < concepts; i++) {
    const own = ends[i % groups] as number[]
    for (let k = 0; k < per; k++) {
      const pool = random.chance(0.9) ? own : (ends[random.below(groups)] as number[])
      if (pool.length === 0) continue
      const other = random.pick(pool)
      if (other === i || joined.has(`${i}-${other}`)) continue
      joined.add(`${i}-${other}`)
      parts.push(`${i}-${other}`)
      own.push(i)
      pool.push(other)
    }
    own.push(i)
  }
  return conceptGraph(parts.join(' '))
}
