/**
 * @file Tables in comma-, semicolon- or tab-separated files. Measurements become sentences in one document; exports of
 * literature databases (a column of abstracts or texts) become one document per row.
 */

import Papa from 'papaparse'
import { decodeText } from './decode-text.ts'
import { checkCharacters, checkTime, titleFromPath, tooSlow, type Reader, type ReaderContext } from './reader.ts'
import { Fault } from '../../../shared/base/errors.ts'
import { tableSentences } from './table-sentences.ts'

const TEXT_COLUMN = /^(?:abstract|text|full ?text|body|content)$/i
const TITLE_COLUMN = /^(?:(?:article|document|paper) )?(?:title|name)$/i
/** A column of texts has cells longer than this on average. */
const PROSE = 150

/** Reads a table with a header row; see `tableSentences` for the shapes that are understood. */
export const readCsv: Reader = async (bytes, path, context) => {
  const text = decodeText(bytes, path)
  checkCharacters(text.length, context, path)
  const { rows, remarks } = parseRows(text, path, context)
  const [header, ...body] = rows
  if (!header || body.length === 0) {
    return {
      documents: [],
      skipped: rows.length ? 'the table has no rows under its header' : 'the file is empty',
      remarks,
    }
  }
  if (header.some((cell) => /^\s*[-+]?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?\s*$/i.test(cell))) {
    return { documents: [], skipped: 'the first row holds numbers, not names of columns', remarks }
  }
  const textAt = header.findIndex((name) => TEXT_COLUMN.test(name.trim()))
  const length = body.reduce((sum, row) => sum + (row[textAt]?.length ?? 0), 0) / body.length
  if (textAt >= 0 && length > PROSE) {
    const titleAt = header.findIndex((name) => TITLE_COLUMN.test(name.trim()))
    const documents = body
      .filter((row) => (row[textAt] ?? '').trim() !== '')
      .map((row, at) => {
        const title = row[titleAt]?.trim()
        const name = title || `${titleFromPath(path)} ${at + 1}`
        return { title: name, pages: [{ number: 1, text: title ? `${title}\n\n${row[textAt]}` : (row[textAt] ?? '') }] }
      })
    return { documents, remarks }
  }
  const blocks = tableSentences(header, body)
    .map((sentences) => sentences.join(' '))
    .filter((block) => block !== '')
  if (blocks.length === 0) return { documents: [], skipped: 'the table holds no values', remarks }
  return { documents: [{ title: titleFromPath(path), pages: [{ number: 1, text: blocks.join('\n\n') }] }], remarks }
}

function parseRows(text: string, path: string, context: ReaderContext): { rows: string[][]; remarks: string[] } {
  const rows: string[][] = []
  const remarks: string[] = []
  let quoteErrors = 0
  let late = false
  let many = false
  Papa.parse<string[]>(text, {
    delimiter: /\.tsv$/i.test(path) ? '\t' : '',
    skipEmptyLines: 'greedy',
    step({ data, errors }, parser) {
      rows.push(data)
      quoteErrors += errors.filter(({ type }) => type === 'Quotes').length
      late = context.now() - context.started > context.limits.milliseconds
      many = rows.length > context.limits.records
      if (late || many || context.signal?.aborted) parser.abort()
    },
  })
  checkTime(context, path)
  if (late) throw tooSlow(context, path)
  if (many) {
    const message = `the table has more than ${context.limits.records} rows`
    throw new Fault('too-large', message, 'Split the table into smaller files.', path)
  }
  if (quoteErrors > 0)
    remarks.push(`${quoteErrors} quotation marks in the table are not closed; check the rows after them`)
  return { rows, remarks }
}
