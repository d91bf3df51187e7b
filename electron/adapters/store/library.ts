/**
 * @file The library: everything a project knows, as typed functions over its database. Each save is one transaction,
 * survives any crash once it returned, and changes nothing when it is repeated.
 */

import type { Database } from './database.ts'
import { corpusLibrary } from './library-corpus.ts'
import { evaluationLibrary } from './library-evaluation.ts'
import { knowledgeLibrary } from './library-knowledge.ts'
import { pairsLibrary } from './library-pairs.ts'

export type Library = ReturnType<typeof openLibrary>

const COUNTED = ['documents', 'passages', 'facts', 'questions', 'pairs', 'nodes', 'edges', 'evaluations'] as const

export function openLibrary(db: Database) {
  return {
    ...corpusLibrary(db),
    ...pairsLibrary(db),
    ...knowledgeLibrary(db),
    ...evaluationLibrary(db),

    /** Rows of each kind, for showing which steps have been done. */
    counts(): Record<(typeof COUNTED)[number], number> {
      const counts = COUNTED.map((name) => [name, Number(db.select(`SELECT COUNT(*) FROM ${name}`)[0]?.[0])])
      return Object.fromEntries(counts) as Record<(typeof COUNTED)[number], number>
    },

    /** Writes everything into library.db now, so that a copy of that file alone is complete. */
    compact(): void {
      db.snapshot()
    },
  }
}
