/** @file JSON lines: one document per line, from its text (and title) field. Broken lines are counted, never fatal. */

import { Fault } from '../../../shared/base/errors.ts'
import { decodeText } from './decode-text.ts'
import { checkCharacters, checkTime, titleFromPath, type RawDocument, type Reader } from './reader.ts'

const TEXT_KEYS = ['text', 'content', 'contents', 'body', 'fulltext', 'full_text', 'passage', 'abstract', 'paragraph']
const TITLE_KEYS = ['title', 'name', 'heading']

/** Reads a file of JSON objects (or strings), one a line. @throws Fault corrupt-file when no line carries text */
export const readJsonl: Reader = async (bytes, path, context) => {
  const text = decodeText(bytes, path)
  checkCharacters(text.length, context, path)
  const documents: RawDocument[] = []
  let broken = 0
  let empty = 0
  let lines = 0
  for (const line of eachLine(text)) {
    if (lines++ % 256 === 0) checkTime(context, path)
    const record = parse(line)
    if (record === undefined) broken++
    else {
      const document = documentOf(record, `${titleFromPath(path)} ${lines}`)
      if (document) documents.push(document)
      else empty++
    }
    if (documents.length > context.limits.records) {
      const message = `the file has more than ${context.limits.records} records`
      throw new Fault('too-large', message, 'Split the file into smaller ones.', path)
    }
  }
  if (lines === 0) return { documents, skipped: 'the file is empty', remarks: [] }
  if (documents.length === 0) {
    const detail = broken === lines ? 'no line is a JSON object' : 'no line has a field with text'
    const todo = 'Write one object a line with the fields "title" and "text".'
    throw new Fault('corrupt-file', `${detail} (${lines} lines)`, todo, path)
  }
  const remarks: string[] = []
  if (broken > 0) remarks.push(`${broken} of ${lines} lines are not JSON and were left out`)
  if (empty > 0) remarks.push(`${empty} of ${lines} lines have no text and were left out`)
  return { documents, remarks }
}

function* eachLine(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    const line = text.slice(start, end).trim()
    if (line !== '') yield line
    start = end + 1
  }
}

/** The parsed value; undefined when the line is not JSON or neither an object nor a string. */
function parse(line: string): Record<string, unknown> | string | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'string') return value
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function documentOf(record: Record<string, unknown> | string, fallback: string): RawDocument | undefined {
  if (typeof record === 'string') {
    return record.trim() === '' ? undefined : { title: fallback, pages: [{ number: 1, text: record }] }
  }
  const text = field(record, TEXT_KEYS)
  if (text === undefined) return undefined
  return { title: field(record, TITLE_KEYS)?.slice(0, 300) ?? fallback, pages: [{ number: 1, text }] }
}

/** The first non-empty string (or list of strings) among the keys, in any case. */
function field(record: Record<string, unknown>, keys: readonly string[]): string | undefined {
  const entries = new Map(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]))
  for (const key of keys) {
    const value = entries.get(key)
    const text = Array.isArray(value) ? value.filter((part) => typeof part === 'string').join('\n\n') : value
    if (typeof text === 'string' && text.trim() !== '') return text.trim()
  }
  return undefined
}
