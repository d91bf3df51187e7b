/** @file What was read: documents, pages, passages, facts, the outcome of every file, and what is held out of training. */

import { z } from 'zod'
import type { Document, Fact, FileOutcome, Page, Passage } from '../../../shared/pipeline/artifacts.ts'
import type { Database } from './database.ts'
import { FACT_KINDS, factFormSchema } from './fact-schema.ts'
import { integer, json, oneOf, optionalJson, table, text } from './table.ts'
import type { SqlValue, Statement } from './transaction.ts'

const FORMATS = ['txt', 'md', 'html', 'pdf', 'docx', 'csv', 'jsonl'] as const
const outcomeSchema: z.ZodType<FileOutcome> = z.discriminatedUnion('status', [
  z.object({ status: z.literal('read'), documentId: z.string() }),
  z.object({ status: z.literal('skipped'), reason: z.string() }),
  z.object({ status: z.literal('failed'), code: z.string(), reason: z.string(), todo: z.string() }),
])

const DOCUMENTS = table<Omit<Document, 'pages'>>('documents', ['id'], {
  id: text,
  path: text,
  title: text,
  format: oneOf(FORMATS),
  sha256: text,
})
const PAGES = table<Page & { documentId: string }>('pages', ['documentId', 'number'], {
  documentId: text,
  number: integer,
  text,
})
const PASSAGES = table<Passage>(
  'passages',
  ['id'],
  { id: text, documentId: text, index: integer, page: integer, text, tokens: integer },
  { index: 'position' },
)
const FACTS = table<Fact>('facts', ['id'], {
  id: text,
  passageId: text,
  documentId: text,
  subject: text,
  relation: text,
  object: text,
  kind: oneOf(FACT_KINDS),
  statement: text,
  sentence: text,
  form: optionalJson(factFormSchema),
})
const OUTCOMES = table<{ path: string; outcome: FileOutcome }>('outcomes', ['path'], {
  path: text,
  outcome: json(outcomeSchema),
})

/** Files by the path that was ingested. */
export type Outcomes = Record<string, FileOutcome>

export function corpusLibrary(db: Database) {
  const rowsOf = (documentId: string): Statement[] =>
    ['pages', 'passages'].map((name) => ({ sql: `DELETE FROM ${name} WHERE documentId = ?`, params: [documentId] }))

  return {
    /**
     * Adds documents with their passages; a document that is there is replaced. Facts stay where their passage stays.
     * @param passages of these documents only
     */
    saveIngest(documents: readonly Document[], passages: readonly Passage[], outcomes: Outcomes = {}): void {
      db.transact([
        ...documents.flatMap((document) => rowsOf(document.id)),
        DOCUMENTS.save(documents),
        PAGES.save(documents.flatMap(({ id, pages }) => pages.map((page) => ({ ...page, documentId: id })))),
        PASSAGES.save(passages),
        {
          sql: `DELETE FROM facts WHERE documentId = ? AND passageId NOT IN (SELECT id FROM passages)`,
          rows: documents.map((document) => [document.id]),
        },
        OUTCOMES.save(Object.entries(outcomes).map(([path, outcome]) => ({ path, outcome }))),
      ])
    },

    /** Takes documents away with everything that was read from them. Pairs already made stay. */
    removeDocuments(ids: readonly string[]): void {
      const rows = ids.map((id) => [id])
      db.transact([
        ...['pages', 'passages', 'facts'].map((name) => ({ sql: `DELETE FROM ${name} WHERE documentId = ?`, rows })),
        { sql: `DELETE FROM documents WHERE id = ?`, rows },
        { sql: `DELETE FROM held_out WHERE kind = 'document' AND id = ?`, rows },
        { sql: `DELETE FROM outcomes WHERE json_extract(outcome, '$.documentId') = ?`, rows },
      ])
    },

    /** In the order they were added, pages included. */
    documents(): Document[] {
      const pages = new Map<string, Page[]>()
      for (const row of db.select(`SELECT ${PAGES.columns} FROM pages ORDER BY documentId, number`)) {
        const { documentId, ...page } = PAGES.decode(row)
        const known = pages.get(documentId)
        if (known) known.push(page)
        else pages.set(documentId, [page])
      }
      return db
        .select(`SELECT ${DOCUMENTS.columns} FROM documents ORDER BY rowid`)
        .map((row) => DOCUMENTS.decode(row))
        .map((document) => ({ ...document, pages: pages.get(document.id) ?? [] }))
    },

    /** By document in the order of {@link documents}, then by position; of one document when asked. */
    passages(documentId?: string): Passage[] {
      const [where, params] = filterBy(documentId)
      return db
        .select(
          `SELECT ${PASSAGES.columns} FROM passages LEFT JOIN documents ON documents.id = passages.documentId
           ${where} ORDER BY documents.rowid, position, passages.rowid`,
          params,
        )
        .map((row) => PASSAGES.decode(row))

      function filterBy(id: string | undefined): [string, SqlValue[]] {
        return id === undefined ? ['', []] : ['WHERE passages.documentId = ?', [id]]
      }
    },

    /** How each file fared. */
    outcomes(): Outcomes {
      const rows = db.select(`SELECT ${OUTCOMES.columns} FROM outcomes ORDER BY rowid`)
      return Object.fromEntries(rows.map((row) => OUTCOMES.decode(row)).map(({ path, outcome }) => [path, outcome]))
    },

    saveFacts(facts: readonly Fact[]): void {
      db.transact([FACTS.save(facts)])
    },

    /** All facts become these. */
    replaceFacts(facts: readonly Fact[]): void {
      db.transact([{ sql: 'DELETE FROM facts' }, FACTS.save(facts)])
    },

    /** In the order they were added. */
    facts(): Fact[] {
      return db.select(`SELECT ${FACTS.columns} FROM facts ORDER BY rowid`).map((row) => FACTS.decode(row))
    },

    /** Which documents (or other things, by `kind`) are kept out of training. Replaces the earlier split. */
    saveHeldOut(ids: readonly string[], kind = 'document'): void {
      db.transact([
        { sql: 'DELETE FROM held_out WHERE kind = ?', params: [kind] },
        { sql: 'INSERT OR IGNORE INTO held_out (kind, id) VALUES (?, ?)', rows: ids.map((id) => [kind, id]) },
      ])
    },

    heldOut(kind = 'document'): Set<string> {
      return new Set(db.select('SELECT id FROM held_out WHERE kind = ? ORDER BY id', [kind]).map(([id]) => String(id)))
    },
  }
}
