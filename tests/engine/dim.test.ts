import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bind, broadcast, evaluate, product, sameShape, type Dim } from '../../shared/engine/dim.ts'

const dim = fc.oneof(
  fc.integer({ min: 1, max: 9 }),
  fc.constantFrom('batch', 'time', '2*batch', 'batch*time', '3*batch*time'),
)
const sizes = new Map([
  ['batch', 3],
  ['time', 5],
])

describe('dimensions', () => {
  it('multiply into one canonical text', () => {
    expect(product([])).toBe(1)
    expect(product([2, 3])).toBe(6)
    expect(product(['time', 'batch'])).toBe('batch*time')
    expect(product([2, 'time', 3, 'batch'])).toBe('6*batch*time')
    expect(product(['2*batch', '3*time'])).toBe('6*batch*time')
    expect(product([1, 'batch'])).toBe('batch')
    expect(product([0, 'batch'])).toBe(0)
  })

  it('have products that neither order nor grouping changes', () => {
    fc.assert(
      fc.property(fc.array(dim, { minLength: 1 }), fc.nat(), (dims, n) => {
        const at = n % dims.length
        const grouped = product([product(dims.slice(at)), product(dims.slice(0, at))])
        expect(grouped).toBe(product(dims))
      }),
    )
  })

  it('evaluate to the product of their values', () => {
    fc.assert(
      fc.property(fc.array(dim), (dims) => {
        const separately = dims.reduce((size: number, d) => size * evaluate(d, sizes), 1)
        expect(evaluate(product(dims), sizes)).toBe(separately)
      }),
    )
    // 3 · 3 · 5
    expect(evaluate('3*batch*time', sizes)).toBe(45)
    expect(() => evaluate('pairs', sizes)).toThrow('dimension "pairs" is not bound')
  })

  it('broadcast as in NumPy, a symbol against 1 and itself only', () => {
    expect(broadcast([4, 1, 3], [2, 1])).toEqual([4, 2, 3])
    expect(broadcast(['batch', 1], [1, 'time'])).toEqual(['batch', 'time'])
    expect(broadcast([], ['batch', 2])).toEqual(['batch', 2])
    expect(() => broadcast([2], [3])).toThrow('cannot broadcast [2] with [3]')
    expect(() => broadcast(['batch'], ['time'])).toThrow('cannot broadcast')
    expect(() => broadcast(['batch'], [3])).toThrow('cannot broadcast')
  })

  it('are compared by rank and by text', () => {
    expect(sameShape([1, 'batch'], [1, 'batch'])).toBe(true)
    expect(sameShape([1], [1, 1])).toBe(false)
    expect(sameShape(['batch'], ['time'])).toBe(false)
  })

  it('bind symbols once and refuse what contradicts', () => {
    const symbols = new Map<string, number>()
    const shape: Dim[] = ['batch', 'time', 8]
    bind(shape, [2, 7, 8], symbols, 'tokens')
    expect([...symbols]).toEqual([
      ['batch', 2],
      ['time', 7],
    ])
    expect(() => bind(['time'], [6], symbols, 'mask')).toThrow('mask: got shape [6], wanted [time] with time = 7')
    expect(() => bind(shape, [2, 7, 9], symbols, 'x')).toThrow('x: got shape [2, 7, 9], wanted [batch, time, 8]')
    expect(() => bind(shape, [2, 7], symbols, 'x')).toThrow('wanted [batch, time, 8]')
  })
})
