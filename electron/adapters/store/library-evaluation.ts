/** @file Evaluation questions, results, and small values that belong to the project but not to its settings. */

import { z } from 'zod'
import type { EvaluationQuestion } from '../../../shared/pipeline/artifacts.ts'
import type { Database } from './database.ts'
import { json, optionalReal, table, text } from './table.ts'

/** A finished evaluation: `result` is what the evaluation stage returned, as plain JSON. */
export interface EvaluationRow {
  id: string
  /** Which model was asked: "base", "stage1", … */
  model: string
  /** ISO 8601. */
  created: string
  result: unknown
}

const QUESTIONS = table<EvaluationQuestion>(
  'evaluation_questions',
  ['id'],
  { id: text, question: text, answers: json(z.array(z.string())), group: text, tolerance: optionalReal },
  { group: 'category' },
)
const EVALUATIONS = table<EvaluationRow>('evaluations', ['id'], {
  id: text,
  model: text,
  created: text,
  result: json(z.unknown()),
})
const META = table<{ key: string; value: unknown }>('meta', ['key'], { key: text, value: json(z.unknown()) })

/** Keeps the caller's keys apart from the database's own. */
const own = (key: string) => `lab.${key}`

export function evaluationLibrary(db: Database) {
  return {
    saveEvaluationQuestions(questions: readonly EvaluationQuestion[]): void {
      db.transact([QUESTIONS.save(questions)])
    },

    replaceEvaluationQuestions(questions: readonly EvaluationQuestion[]): void {
      db.transact([{ sql: 'DELETE FROM evaluation_questions' }, QUESTIONS.save(questions)])
    },

    evaluationQuestions(): EvaluationQuestion[] {
      return db
        .select(`SELECT ${QUESTIONS.columns} FROM evaluation_questions ORDER BY rowid`)
        .map((row) => QUESTIONS.decode(row))
    },

    saveEvaluation(evaluation: EvaluationRow): void {
      db.transact([EVALUATIONS.save([evaluation])])
    },

    /** In the order they were saved; of one model when asked. The caller checks `result`. */
    evaluations(model?: string): EvaluationRow[] {
      return db
        .select(`SELECT ${EVALUATIONS.columns} FROM evaluations ORDER BY rowid`)
        .map((row) => EVALUATIONS.decode(row))
        .filter((evaluation) => model === undefined || evaluation.model === model)
    },

    /** Any JSON value under a key of the caller's. */
    saveValue(key: string, value: unknown): void {
      db.transact([META.save([{ key: own(key), value }])])
    },

    /** Undefined when nothing was saved under the key. The caller checks it. */
    value(key: string): unknown {
      const row = db.select(`SELECT ${META.columns} FROM meta WHERE key = ?`, [own(key)])[0]
      return row ? META.decode(row).value : undefined
    },
  }
}
