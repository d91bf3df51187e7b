/** @file Numbers with their units, ranges and bounds, found in plain spelling (plain-text.ts). */

import { convert, convertible, parseUnit } from './units.ts'
import type { Unit } from './units.ts'

export interface Quantity {
  /** Equal to `high` unless a range was written. */
  low: number
  high: number
  unit?: Unit
  /** `more than 99 %` has bound `lower`, `below 20 nm` has `upper`. */
  bound?: 'lower' | 'upper'
  /** Characters it covers, from (inclusive) to (exclusive), bounds and approximations excluded. */
  from: number
  to: number
}

const NUMBER = /(?<![\p{L}\p{N}.^])(?<![\p{L}\p{N}]-)[-+]?\d+(?:\.\d+)?(?:e[-+]?\d{1,3}(?!\d))?/giu
const NUMBER_HERE = /^[-+]?\d+(?:\.\d+)?(?:e[-+]?\d{1,3}(?!\d))?/i
const SPREAD = /^\s?(?:±|\+\/-|\+-)\s?\d+(?:\.\d+)?/
const LOWER =
  /(?:\b(?:more than|greater than|over|above|at least|exceed(?:s|ing)?|no less than|not less than)|[>≥])\s*$/i
const UPPER =
  /(?:\b(?:less than|fewer than|smaller than|below|under|at most|up to|no more than|not more than)|[<≤])\s*$/i

/** Words that may stand before a number without changing it; both bounds included, since aliases drop them too. */
export const APPROXIMATORS =
  /^(?:(?:about|approximately|approx\.?|around|roughly|some|nearly|almost|circa|ca?\.|close to|near|only|just|between|from|more than|greater than|less than|fewer than|up to|at least|at most|over|above|below|under|exceeding)\s|[~≈<>≤≥]\s?)+/i

/** All quantities of a text in plain spelling. */
export function findQuantities(text: string): Quantity[] {
  const found: Quantity[] = []
  let past = 0
  for (const match of text.matchAll(NUMBER)) {
    if (match.index < past) continue
    const first = readNumber(text, match.index)
    if (!first) continue
    let { to, unit } = first
    let second: ReturnType<typeof readNumber>
    const between = /\bbetween\s+$/i.test(text.slice(0, match.index))
    const joint = (between ? /^\s?(?:to|and)\s/i : /^\s?to\s/i).exec(text.slice(to))
    if (joint) second = readNumber(text, to + joint[0].length)
    if (second) {
      to = second.to
      unit ??= second.unit
    }
    const low = first.value
    let high = low
    if (second)
      high =
        second.unit && unit && convertible(second.unit, unit) ? convert(second.value, second.unit, unit) : second.value
    const before = text.slice(0, match.index)
    found.push({
      low: Math.min(low, high),
      high: Math.max(low, high),
      ...(unit && { unit }),
      ...(LOWER.test(before) ? { bound: 'lower' as const } : UPPER.test(before) ? { bound: 'upper' as const } : {}),
      from: match.index,
      to,
    })
    past = to
  }
  return found
}

function readNumber(text: string, at: number): { value: number; unit?: Unit; to: number } | undefined {
  const match = NUMBER_HERE.exec(text.slice(at, at + 64))
  if (!match) return undefined
  let to = at + match[0].length
  to += SPREAD.exec(text.slice(to, to + 32))?.[0].length ?? 0
  const rest = text.slice(to, to + 64)
  const gap = /^(?:\s?-\s?(?=[\p{L}°])|\s?)/u.exec(rest)?.[0].length ?? 0
  const parsed = parseUnit(rest.slice(gap))
  if (parsed) return { value: Number(match[0]), unit: parsed.unit, to: to + gap + parsed.length }
  // `2D`, `304L`, `6Al`: part of a name
  if (/^\p{L}/u.test(rest)) return undefined
  return { value: Number(match[0]), to }
}

/** The quantity a text consists of, leading approximations aside; undefined when anything else is in it. */
export function wholeQuantity(text: string): Quantity | undefined {
  const lead = APPROXIMATORS.exec(text)?.[0].length ?? 0
  const quantities = findQuantities(text)
  const first = quantities[0]
  if (!first || quantities.length > 1) return undefined
  return first.from === lead && /^[\s.!]*$/.test(text.slice(first.to)) ? first : undefined
}

/** Rounding allowed when an answer is in another unit than the alias and the question sets no tolerance. */
const CONVERSION_ROUNDING = 0.005
const FLOAT_ROUNDING = 1e-6

/**
 * Whether `given` states `wanted` within a relative tolerance of the wanted value, in the wanted unit.
 * - A wanted number without a unit takes any unit; a wanted unit must be given, except `times`.
 * - A wanted single value is not matched by a range; a wanted range takes the same range or a single value inside it.
 * - Opposite bounds (`more than` against `less than`) never match.
 */
export function sameQuantity(wanted: Quantity, given: Quantity, tolerance = 0): boolean {
  if (wanted.bound && given.bound && wanted.bound !== given.bound) return false
  let { low, high } = given
  let allowed = Math.max(tolerance, FLOAT_ROUNDING)
  if (wanted.unit) {
    if (given.unit) {
      if (!convertible(wanted.unit, given.unit)) return false
      low = convert(low, given.unit, wanted.unit)
      high = convert(high, given.unit, wanted.unit)
      if (given.unit.factor !== wanted.unit.factor || given.unit.offset !== wanted.unit.offset) {
        allowed = Math.max(allowed, CONVERSION_ROUNDING)
      }
    } else if (!wanted.unit.dimension.endsWith(':times')) return false
  }
  const near = (a: number, b: number) => Math.abs(a - b) <= allowed * Math.abs(a) + 1e-12 * Math.abs(b)
  if (near(wanted.low, low) && near(wanted.high, high)) return true
  return low === high && wanted.low < wanted.high && low >= wanted.low && low <= wanted.high
}
