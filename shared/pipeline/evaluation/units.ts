/**
 * @file Units of measurement as factors to SI and dimension vectors, and a parser for what authors write: `W/(m·K)`,
 * `J m^-2`, `GPa`, `micrometres`, `square metre`, `MPa√m`. Ratios (`times`, `%`, `ppm`, hardness) carry a label instead.
 */

import { atomOf, KELVIN, NONE } from './unit-table.ts'
import type { Atom } from './unit-table.ts'

export interface Unit {
  /** Multiply by this, then add `offset`, to reach SI. */
  factor: number
  /** 273.15 for °C; 0 for all but temperatures that stand alone. */
  offset: number
  /** Exponents of m, kg, s, A, K, mol, cd joined by commas, then the label: equal means convertible. */
  dimension: string
}

const ATOM =
  /^(?:(?:°\s?|deg(?:rees?|\.)?\s)(?:C(?:elsius|entigrade)?|F(?:ahrenheit)?|K(?:elvin)?)(?!\p{L})|(?:celsius|centigrade|fahrenheit)(?!\p{L})|(?:wt|vol|at|mol)%|[%‰°×]|\p{L}+)/iu
const EXPONENT = /^(?:\^\(?(-?\d+(?:\.\d+)?(?:\/\d+)?)\)?|(-?\d)(?!\d|\.\d)|\s(squared|cubed)\b)/i

function readAtom(text: string): { atom: Atom; length: number } | undefined {
  const match = ATOM.exec(text)
  if (!match) return undefined
  const raw = match[0]
  const degree = /^(?:°\s?|deg(?:rees?|\.)?\s)?([CFK])(?:elsius|entigrade|ahrenheit|elvin)?$/i.exec(raw)
  const scale = degree && raw.length > 1 ? `°${degree[1]?.toUpperCase()}` : raw
  const atom = atomOf(scale)
  return atom && { atom, length: raw.length }
}

/**
 * The longest unit at the start of a text in plain spelling (see plain-text.ts), or undefined.
 * A lone `C` after a number is read as °C: coulombs are rarer than sloppy temperatures in this field.
 */
export function parseUnit(text: string): { unit: Unit; length: number } | undefined {
  const dimension: number[] = [...NONE]
  let factor = 1
  let position = 0
  let atoms = 0
  let below = false
  let label = ''
  let offset = 0
  for (;;) {
    const rest = text.slice(position)
    let separator = 0
    if (atoms > 0) {
      const match = /^(?:\s?\/\s?\(?|\s?\(?(?:per)\s|[·*⋅]|\s)/.exec(rest)
      if (!match && !rest.startsWith('√')) break
      separator = match?.[0].length ?? 0
    }
    const mark = rest.slice(0, separator)
    const divides = mark.includes('/') || mark.includes('per')
    const power = /^(square|cubic)\s/i.exec(rest.slice(separator))
    const root = rest.startsWith('√', separator)
    const start = separator + (power?.[0].length ?? 0) + (root ? 1 : 0)
    const read = readAtom(rest.slice(start))
    if (!read) break
    let { atom } = read
    let end = start + read.length
    const raised = EXPONENT.exec(rest.slice(end))
    // A blank multiplies only where the next word cannot be anything else: `W m^-1`, `W/m K`
    if (mark === ' ' && !raised && !(below && rest.slice(start, end) === 'K')) break
    if ((below || divides) && rest.slice(start, end) === 'mK') atom = { factor: 1, dimension: [1, 0, 0, 0, 1, 0, 0] }
    let exponent = root ? 0.5 : power ? (power[1]?.toLowerCase() === 'square' ? 2 : 3) : 1
    if (raised) {
      end += raised[0].length
      const written = raised[1] ?? raised[2]
      exponent *= written === undefined ? (raised[3]?.toLowerCase() === 'squared' ? 2 : 3) : fraction(written)
    }
    if (divides) below = true
    const signed = below ? -exponent : exponent
    if (below && rest.slice(end).startsWith(')')) end += 1
    factor *= atom.factor ** signed
    atom.dimension.forEach((value, i) => (dimension[i] = (dimension[i] ?? 0) + value * signed))
    if (atom.label) label = label ? `${label} ${atom.label}` : atom.label
    offset = atoms === 0 && exponent === 1 ? (atom.offset ?? 0) : 0
    atoms += 1
    position += end
    if (atom.label === 'times') break
  }
  if (atoms === 0) return undefined
  if (atoms === 1 && text.slice(0, position) === 'C')
    return { unit: { factor: 1, offset: 273.15, dimension: KELVIN.join() }, length: 1 }
  return {
    unit: { factor, offset, dimension: dimension.map((v) => v + 0).join() + (label && `:${label}`) },
    length: position,
  }
}

function fraction(text: string): number {
  const [over, under] = text.split('/').map(Number)
  return (over ?? 1) / (under || 1)
}

/** Whether values in the two units may be compared. `%` goes with `wt%`, but `wt%` never with `vol%`. */
export function convertible(a: Unit, b: Unit): boolean {
  if (a.dimension === b.dimension) return true
  const plain = `${NONE.join()}:percent`
  return (
    (a.dimension === plain && b.dimension.startsWith(`${plain} `)) ||
    (b.dimension === plain && a.dimension.startsWith(`${plain} `))
  )
}

/** `value` given in `from`, expressed in `to`. */
export function convert(value: number, from: Unit, to: Unit): number {
  if (from.factor === to.factor && from.offset === to.offset) return value
  return (value * from.factor + from.offset - to.offset) / to.factor
}
