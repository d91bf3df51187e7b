/**
 * @file A table and the artifact its rows stand for, described once: from it come the insert, the select, and the
 * decoding, which checks every cell, since a project folder may come from anybody.
 */

import type { z } from 'zod'
import { Fault } from '../../../shared/base/errors.ts'
import type { SqlValue, Statement } from './transaction.ts'

/** How one property is kept. `decode` gives undefined through `ok: false` only. */
export interface Cell<T> {
  encode(value: T): SqlValue
  decode(value: SqlValue): { ok: true; value: T } | { ok: false }
}

const bad = { ok: false } as const

/** A lone surrogate has no UTF-8 form; SQLite would store three broken bytes. */
const wellFormed = (value: string) => value.replace(/\p{Surrogate}/gu, '\uFFFD')

export const text: Cell<string> = {
  encode: wellFormed,
  decode: (value) => (typeof value === 'string' ? { ok: true, value } : bad),
}

export const integer: Cell<number> = {
  encode: (value) => value,
  decode: (value) => (typeof value === 'number' && Number.isInteger(value) ? { ok: true, value } : bad),
}

export const optionalReal: Cell<number | undefined> = {
  encode: (value) => value ?? null,
  decode: (value) => {
    if (value === null) return { ok: true, value: undefined }
    return typeof value === 'number' ? { ok: true, value } : bad
  },
}

export function oneOf<const T extends string | number>(options: readonly T[]): Cell<T> {
  return {
    encode: (value) => value,
    decode: (value) => (options.includes(value as T) ? { ok: true, value: value as T } : bad),
  }
}

/** Kept as JSON text; checked by `schema` when read. */
export function json<T>(schema: z.ZodType<T>): Cell<T> {
  return {
    encode: (value) => JSON.stringify(value),
    decode: (value) => {
      if (typeof value !== 'string') return bad
      try {
        const result = schema.safeParse(JSON.parse(value))
        return result.success ? { ok: true, value: result.data } : bad
      } catch {
        return bad
      }
    },
  }
}

/** As {@link json}; undefined is NULL. */
export function optionalJson<T>(schema: z.ZodType<T>): Cell<T | undefined> {
  const inner = json(schema)
  return {
    encode: (value) => (value === undefined ? null : inner.encode(value)),
    decode: (value) => (value === null ? { ok: true, value: undefined } : inner.decode(value)),
  }
}

export interface Table<T> {
  name: string
  /** Column names in order, for a SELECT that `decode` understands. */
  columns: string
  /** Inserts the rows, or updates those whose key is there; the order of first insertion is kept. */
  save(rows: readonly T[]): Statement
  /** @throws Fault corrupt-file naming the table and column */
  decode(row: readonly SqlValue[]): T
}

/**
 * @param key columns that identify a row
 * @param cells one per property, in the order of the columns
 * @param renamed properties whose column is called otherwise
 */
export function table<T extends object>(
  name: string,
  key: readonly string[],
  cells: { [K in keyof T]-?: Cell<T[K]> },
  renamed: Partial<Record<keyof T, string>> = {},
): Table<T> {
  const properties = Object.keys(cells) as (keyof T & string)[]
  const columns = properties.map((property) => renamed[property] ?? property)
  const others = columns.filter((column) => !key.includes(column))
  const updates = others.map((column) => `${column} = excluded.${column}`).join(', ')
  const sql =
    `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ` +
    `ON CONFLICT (${key.join(', ')}) DO ${updates ? `UPDATE SET ${updates}` : 'NOTHING'}`
  return {
    name,
    columns: columns.map((column) => `${name}.${column}`).join(', '),
    save: (rows) => ({ sql, rows: rows.map((row) => properties.map((p) => cells[p].encode(row[p]))) }),
    decode(row) {
      const out: Partial<T> = {}
      properties.forEach((property, i) => {
        const result = cells[property].decode(row[i] ?? null)
        if (!result.ok) {
          throw new Fault(
            'corrupt-file',
            `The library's table "${name}" holds a value in column "${columns[i]}" that this program did not write.`,
            'Put back a copy of the project folder.',
            'library.db',
          )
        }
        if (result.value !== undefined) out[property] = result.value
      })
      return out as T
    },
  }
}
