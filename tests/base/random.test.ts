import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashString, Random } from '../../shared/base/random.ts'

describe('random numbers', () => {
  it('are those of xoshiro128**', () => {
    // State (1, 2, 3, 4): rotl(2·5, 7)·9 = 1280·9 = 11520. The next state has b = 2 ^ (3 ^ 1) = 0, so 0 follows,
    // then b = 0 ^ (2 ^ 7) ^ … as published with the generator.
    const random = new Random([1, 2, 3, 4])
    expect([random.uint32(), random.uint32(), random.uint32(), random.uint32()]).toEqual([11520, 0, 5927040, 70819200])
  })

  it('are the same for the same seed and others for another', () => {
    const draw = (seed: number | string) => {
      const random = new Random(seed)
      return Array.from({ length: 4 }, () => random.uint32())
    }
    expect(draw(7)).toEqual(draw(7))
    expect(draw('a run')).toEqual(draw('a run'))
    expect(draw(7)).not.toEqual(draw(8))
    expect(draw('7')).not.toEqual(draw(7))
  })

  it('go on from a saved state', () => {
    const random = new Random(1)
    random.normal()
    const saved = JSON.parse(JSON.stringify(random.state)) as [number, number, number, number]
    const resumed = new Random(saved)
    expect(Array.from({ length: 5 }, () => random.next())).toEqual(Array.from({ length: 5 }, () => resumed.next()))
  })

  it('of a fork depend on its purpose and leave the parent alone', () => {
    const random = new Random(1)
    const before = random.state
    expect(random.fork('dropout').uint32()).toBe(random.fork('dropout').uint32())
    expect(random.fork('dropout').uint32()).not.toBe(random.fork('order').uint32())
    expect(random.state).toEqual(before)
  })

  it('keep to their ranges', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1e6 }), (seed, n) => {
        const random = new Random(seed)
        const [x, k, between] = [random.next(), random.below(n), random.between(-n, n)]
        expect(x >= 0 && x < 1).toBe(true)
        expect(Number.isInteger(k) && k >= 0 && k < n).toBe(true)
        expect(Number.isInteger(between) && between >= -n && between <= n).toBe(true)
      }),
    )
  })

  it('are spread evenly', () => {
    const random = new Random(3)
    const counts = new Array<number>(10).fill(0)
    for (let i = 0; i < 20_000; i++) counts[random.below(10)]! += 1
    // σ = √(20 000 · 0.1 · 0.9) = 42; five σ
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(212)
  })

  it('are standard normal where asked', () => {
    const random = new Random(4)
    const values = Array.from({ length: 20_000 }, () => random.normal())
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length
    // σ(mean) = 1/√20 000 = 0.007, σ(variance) = √(2/20 000) = 0.01
    expect(Math.abs(mean)).toBeLessThan(0.035)
    expect(Math.abs(variance - 1)).toBeLessThan(0.05)
  })

  it('shuffle into a permutation and leave the original alone', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.integer()), (seed, items) => {
        const copy = [...items]
        const shuffled = new Random(seed).shuffle(items)
        expect(items).toEqual(copy)
        expect([...shuffled].sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b))
      }),
    )
  })

  it('put every item everywhere equally often', () => {
    const random = new Random(5)
    const first = new Map<string, number>()
    for (let i = 0; i < 6000; i++) {
      const key = random.shuffle(['a', 'b', 'c']).join('')
      first.set(key, (first.get(key) ?? 0) + 1)
    }
    // Six orders, 1000 each; σ = √(6000 · 5/36) = 29
    expect(first.size).toBe(6)
    for (const count of first.values()) expect(Math.abs(count - 1000)).toBeLessThan(145)
  })

  it('sample distinct items, all when there are too few', () => {
    const random = new Random(6)
    expect(new Set(random.sample([1, 2, 3, 4, 5], 3)).size).toBe(3)
    expect(random.sample([1, 2], 5).sort()).toEqual([1, 2])
    expect(random.sample([], 2)).toEqual([])
  })

  it('hash text by FNV-1a', () => {
    // The offset basis for nothing; (basis ^ 97)·16777619 = 0xe40c292c for "a".
    expect(hashString('') >>> 0).toBe(0x811c9dc5)
    expect(hashString('a') >>> 0).toBe(0xe40c292c)
    expect(hashString('foobar') >>> 0).toBe(0xbf9cf968)
  })
})
