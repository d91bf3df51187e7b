/**
 * @file One setting as the window and the command line both see it: its type, limits, default, one plain sentence, and
 * the paper's value. The zod schema is made from it, so that a setting is described once.
 */

import { z } from 'zod'

interface About<T> {
  default: T
  /** What it does, in one plain sentence for somebody who does not train models. */
  explain: string
  /** The paper's value, or "–" where the paper has none. */
  paper: string
  /** Shown only under advanced settings. */
  advanced?: boolean
}

export interface SettingField<T> extends About<T> {
  kind: 'number' | 'integer' | 'choice' | 'flag' | 'text' | 'list'
  schema: z.ZodType<T>
  /** For numbers, both ends allowed. */
  limits?: { min: number; max: number }
  /** For choices. */
  options?: readonly string[]
  /** For lists: what separates the items on a command line. A JSON list is always accepted. */
  separator?: ',' | ';'
}

/** A field of any type. `never`-free on purpose: a table holds fields of many types. */
export type AnyField = SettingField<number> | SettingField<string> | SettingField<boolean> | SettingField<string[]>

/** Nested groups of fields. */
export interface FieldTree {
  [name: string]: AnyField | FieldTree
}

/** The plain object that a tree of fields describes. */
export type ValuesOf<T> = T extends { schema: z.ZodType<infer V> } ? V : { -readonly [K in keyof T]: ValuesOf<T[K]> }

export function isField(node: AnyField | FieldTree): node is AnyField {
  return typeof node['schema'] === 'object' && typeof node['explain'] === 'string'
}

export function number(min: number, max: number, about: About<number>): SettingField<number> {
  return { ...about, kind: 'number', limits: { min, max }, schema: z.number().min(min).max(max) }
}

export function integer(min: number, max: number, about: About<number>): SettingField<number> {
  return { ...about, kind: 'integer', limits: { min, max }, schema: z.int().min(min).max(max) }
}

export function choice<const T extends string>(options: readonly T[], about: About<T>): SettingField<T> {
  return { ...about, kind: 'choice', options, schema: z.enum(options) as unknown as z.ZodType<T> }
}

export function flag(about: About<boolean>): SettingField<boolean> {
  return { ...about, kind: 'flag', schema: z.boolean() }
}

export function text(about: About<string>): SettingField<string> {
  return { ...about, kind: 'text', schema: z.string().max(10_000) }
}

export function list(separator: ',' | ';', about: About<string[]>): SettingField<string[]> {
  const item = z.string().trim().min(1).max(10_000)
  return { ...about, kind: 'list', separator, schema: z.array(item).max(1000) }
}

/**
 * A value as typed after `--set name=`; undefined when it cannot be one of this kind. Limits are the schema's to check.
 */
export function parseFieldText(field: AnyField, typed: string): unknown {
  const trimmed = typed.trim()
  switch (field.kind) {
    case 'number':
    case 'integer':
      return trimmed === '' || !Number.isFinite(Number(trimmed)) ? undefined : Number(trimmed)
    case 'flag':
      if (/^(true|on|yes|1)$/i.test(trimmed)) return true
      return /^(false|off|no|0)$/i.test(trimmed) ? false : undefined
    case 'list':
      return parseList(trimmed, field.separator ?? ',')
    case 'choice':
      return trimmed
    case 'text':
      return typed
  }
}

function parseList(typed: string, separator: string): unknown {
  if (!typed.startsWith('[')) {
    const items = typed.split(separator).map((item) => item.trim())
    return items.filter((item) => item !== '')
  }
  try {
    return JSON.parse(typed) as unknown
  } catch {
    return undefined
  }
}

/** What a field accepts, for a message: "a number from 0 to 1". */
export function expected(field: AnyField): string {
  const range = field.limits ? ` from ${field.limits.min} to ${field.limits.max}` : ''
  switch (field.kind) {
    case 'number':
      return `a number${range}`
    case 'integer':
      return `a whole number${range}`
    case 'choice':
      return `one of ${(field.options ?? []).join(', ')}`
    case 'flag':
      return 'true or false'
    case 'text':
      return 'a text'
    case 'list':
      return `a list separated by "${field.separator ?? ','}"`
  }
}
