/** @file A transaction as data: what the journal holds and a replay runs again. JSON, with bytes as base64. */

import { assert, Fault } from '../../../shared/base/errors.ts'

export type SqlValue = string | number | null | Uint8Array

/**
 * One statement. It must give the same result whenever it is run: no random(), no current time; pass such values in.
 * With `rows` it is prepared once and run for each of them.
 */
export interface Statement {
  sql: string
  params?: readonly SqlValue[]
  rows?: readonly (readonly SqlValue[])[]
}

type JsonValue = string | number | null | { base64: string }

export function encodeTransaction(statements: readonly Statement[]): Uint8Array {
  const encode = (value: SqlValue): JsonValue => {
    if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') }
    assert(typeof value !== 'number' || Number.isFinite(value), 'a number bound to SQL is not finite')
    assert(value !== undefined && typeof value !== 'boolean', 'a value bound to SQL has the wrong type')
    return value
  }
  const json = statements.map(({ sql, params, rows }) => {
    return { sql, params: params?.map(encode), rows: rows?.map((row) => row.map(encode)) }
  })
  return Buffer.from(JSON.stringify(json))
}

/** @throws Fault corrupt-file; the payload's checksum was right, so this is a newer program's journal or a bug */
export function decodeTransaction(payload: Uint8Array, where: string): Statement[] {
  const corrupt = () =>
    new Fault(
      'corrupt-file',
      'The journal of the library holds a change that this program cannot read.',
      'Open the project with the version of the lab that wrote it.',
      where,
    )
  const decode = (value: unknown): SqlValue => {
    if (value === null || typeof value === 'string' || typeof value === 'number') return value
    const base64 = (value as { base64?: unknown }).base64
    if (typeof base64 !== 'string') throw corrupt()
    return new Uint8Array(Buffer.from(base64, 'base64'))
  }
  const row = (values: unknown): SqlValue[] => {
    if (!Array.isArray(values)) throw corrupt()
    return values.map(decode)
  }
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(payload).toString('utf8'))
  } catch {
    throw corrupt()
  }
  if (!Array.isArray(json)) throw corrupt()
  return json.map((item: { sql?: unknown; params?: unknown; rows?: unknown } | null) => {
    if (typeof item?.sql !== 'string') throw corrupt()
    const statement: Statement = { sql: item.sql }
    if (item.params !== undefined) statement.params = row(item.params)
    if (item.rows !== undefined) {
      if (!Array.isArray(item.rows)) throw corrupt()
      statement.rows = item.rows.map(row)
    }
    return statement
  })
}
