/**
 * @file Dimensions of a tensor shape: a fixed size, or a product of named symbols known only when the graph runs
 * ("batch", "batch*time"). Two dimensions are equal when their canonical texts are.
 */

import { assert } from '../base/errors.ts'

/** A positive integer, or symbols joined by `*` in alphabetical order, a fixed factor first ("2*batch*time"). */
export type Dim = number | string
export type Shape = readonly Dim[]

interface Monomial {
  factor: number
  symbols: string[]
}

function parse(dim: Dim): Monomial {
  if (typeof dim === 'number') return { factor: dim, symbols: [] }
  const parts = dim.split('*')
  const first = Number(parts[0])
  return Number.isInteger(first) ? { factor: first, symbols: parts.slice(1) } : { factor: 1, symbols: parts }
}

/** The canonical product of dimensions. */
export function product(dims: Shape): Dim {
  let factor = 1
  const symbols: string[] = []
  for (const dim of dims) {
    const m = parse(dim)
    factor *= m.factor
    symbols.push(...m.symbols)
  }
  if (symbols.length === 0 || factor === 0) return factor
  symbols.sort()
  return (factor === 1 ? symbols : [String(factor), ...symbols]).join('*')
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i])
}

/** NumPy broadcasting of two shapes. A symbol broadcasts against 1 and itself only. */
export function broadcast(a: Shape, b: Shape): Dim[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const x = a[i - rank + a.length] ?? 1
    const y = b[i - rank + b.length] ?? 1
    assert(x === y || x === 1 || y === 1, `cannot broadcast [${a.join(', ')}] with [${b.join(', ')}]`)
    return x === 1 ? y : x
  })
}

/** The value of a dimension under `symbols`. */
export function evaluate(dim: Dim, symbols: ReadonlyMap<string, number>): number {
  const m = parse(dim)
  return m.symbols.reduce((size, symbol) => {
    const value = symbols.get(symbol)
    assert(value !== undefined, `dimension "${symbol}" is not bound by any input`)
    return size * value
  }, m.factor)
}

/** Binds the symbols of `declared` to the sizes in `actual`; throws when they cannot agree. */
export function bind(declared: Shape, actual: readonly number[], symbols: Map<string, number>, what: string): void {
  const mismatch = () => `${what}: got shape [${actual.join(', ')}], wanted [${declared.join(', ')}]`
  assert(declared.length === actual.length, mismatch())
  declared.forEach((dim, i) => {
    const size = actual[i] as number
    if (typeof dim === 'string' && !dim.includes('*')) {
      const bound = symbols.get(dim)
      assert(bound === undefined || bound === size, `${mismatch()} with ${dim} = ${bound}`)
      symbols.set(dim, size)
    } else if (typeof dim === 'number') assert(dim === size, mismatch())
  })
}
