/**
 * @file Questions, preference pairs with the versions a person replaced, and the ledger of draws. What a person touched
 * is never overwritten by regeneration.
 */

import { z } from 'zod'
import type { LedgerEntry, Pair, Question } from '../../../shared/pipeline/artifacts.ts'
import type { Database } from './database.ts'
import { integer, json, oneOf, table, text } from './table.ts'
import type { SqlValue } from './transaction.ts'

const questionSchema: z.ZodType<Question> = z.object({
  id: z.string(),
  text: z.string(),
  answer: z.string(),
  factIds: z.array(z.string()),
  passageIds: z.array(z.string()),
  iteration: z.number(),
})
const pairSchema: z.ZodType<Pair> = z.object({
  id: z.string(),
  question: questionSchema,
  prompt: z.string(),
  chosen: z.string(),
  rejected: z.string(),
  rejectedFrom: z.enum(['teacher', 'model']),
  stage: z.union([z.literal(1), z.literal(2)]),
  iteration: z.number(),
  status: z.enum(['active', 'dropped']),
})

const QUESTIONS = table<Question>('questions', ['id'], {
  id: text,
  text,
  answer: text,
  factIds: json(z.array(z.string())),
  passageIds: json(z.array(z.string())),
  iteration: integer,
})
const PAIRS = table<Pair>('pairs', ['id'], {
  id: text,
  // With the pair, as it was asked: another iteration may ask the same question again.
  question: json(questionSchema),
  prompt: text,
  chosen: text,
  rejected: text,
  rejectedFrom: oneOf(['teacher', 'model']),
  stage: oneOf([1, 2]),
  iteration: integer,
  status: oneOf(['active', 'dropped']),
})
const VERSIONS = table<{ pairId: string; version: number; pair: Pair; replaced: string }>(
  'pair_versions',
  ['pairId', 'version'],
  { pairId: text, version: integer, pair: json(pairSchema), replaced: text },
)
const LEDGER = table<LedgerEntry & { stage: 1 | 2 }>('ledger', ['stage', 'iteration', 'questionId', 'draw'], {
  stage: oneOf([1, 2]),
  questionId: text,
  iteration: integer,
  draw: integer,
  text,
  verdict: oneOf(['kept', 'right', 'empty', 'duplicate', 'not-needed']),
})

export interface PairFilter {
  stage?: 1 | 2
  iteration?: number
  status?: Pair['status']
  id?: string
}

/** `WHERE` of the properties that are set. Names come from this file only. */
function where(filter: Record<string, SqlValue | undefined>): [string, SqlValue[]] {
  const set = Object.entries(filter).filter((entry): entry is [string, SqlValue] => entry[1] !== undefined)
  if (set.length === 0) return ['', []]
  return [`WHERE ${set.map(([name]) => `${name} = ?`).join(' AND ')}`, set.map(([, value]) => value)]
}

export function pairsLibrary(db: Database) {
  const pairs = (filter: PairFilter = {}): Pair[] => {
    const { stage, iteration, status, id } = filter
    const [condition, params] = where({ stage, iteration, status, id })
    return db
      .select(`SELECT ${PAIRS.columns} FROM pairs ${condition} ORDER BY rowid`, params)
      .map((row) => PAIRS.decode(row))
  }
  const editedIds = () => new Set(db.select('SELECT DISTINCT pairId FROM pair_versions').map(([id]) => String(id)))

  return {
    saveQuestions(questions: readonly Question[]): void {
      db.transact([QUESTIONS.save(questions)])
    },

    /** In the order they were first saved. */
    questions(): Question[] {
      return db.select(`SELECT ${QUESTIONS.columns} FROM questions ORDER BY rowid`).map((row) => QUESTIONS.decode(row))
    },

    /** Adds or replaces pairs and their questions. Pairs that a person edited are left as they are. */
    savePairs(made: readonly Pair[]): void {
      const edited = editedIds()
      const fresh = made.filter((pair) => !edited.has(pair.id))
      db.transact([QUESTIONS.save(fresh.map((pair) => pair.question)), PAIRS.save(fresh)])
    },

    /** In the order they were first saved. */
    pairs,

    /**
     * A person's changes: each earlier version is kept, and regeneration leaves these pairs alone from now on.
     * @param at ISO 8601
     */
    editPairs(changed: readonly Pair[], at: string): void {
      const versions = changed.flatMap((pair) => {
        const [before] = pairs({ id: pair.id })
        if (!before) return []
        const count = Number(db.select('SELECT COUNT(*) FROM pair_versions WHERE pairId = ?', [pair.id])[0]?.[0])
        return [{ pairId: pair.id, version: count + 1, pair: before, replaced: at }]
      })
      db.transact([VERSIONS.save(versions), PAIRS.save(changed)])
    },

    /** Earlier versions of a pair, oldest first; empty when nobody touched it. */
    pairVersions(id: string): { pair: Pair; replaced: string }[] {
      return db
        .select(`SELECT ${VERSIONS.columns} FROM pair_versions WHERE pairId = ? ORDER BY version`, [id])
        .map((row) => VERSIONS.decode(row))
        .map(({ pair, replaced }) => ({ pair, replaced }))
    },

    /** Takes away the pairs of a stage that nobody edited. */
    removePairs(stage: 1 | 2): void {
      const sql = 'DELETE FROM pairs WHERE stage = ? AND id NOT IN (SELECT pairId FROM pair_versions)'
      db.transact([{ sql, params: [stage] }])
    },

    saveLedger(entries: readonly LedgerEntry[], stage: 1 | 2): void {
      db.transact([LEDGER.save(entries.map((entry) => ({ ...entry, stage })))])
    },

    /** In the order of drawing. */
    ledger(filter: { stage?: 1 | 2; iteration?: number; questionId?: string } = {}): LedgerEntry[] {
      const { stage, iteration, questionId } = filter
      const [condition, params] = where({ stage, iteration, questionId })
      return db.select(`SELECT ${LEDGER.columns} FROM ledger ${condition} ORDER BY rowid`, params).map((row) => {
        const { stage: _, ...entry } = LEDGER.decode(row)
        return entry
      })
    },
  }
}
