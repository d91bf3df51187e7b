/**
 * @file Seeded pseudo-random numbers: xoshiro128** (Blackman & Vigna, 2018) seeded through splitmix32.
 * The state is four integers, so that a checkpoint can hold it and a resumed run draws the same numbers.
 */

export type RandomState = readonly [number, number, number, number]

export class Random {
  private a: number
  private b: number
  private c: number
  private d: number

  /** @param seed any integer or string, or the state of another generator */
  constructor(seed: number | string | RandomState) {
    if (Array.isArray(seed)) {
      ;[this.a, this.b, this.c, this.d] = seed as unknown as [number, number, number, number]
      return
    }
    let h = typeof seed === 'string' ? hashString(seed) : (seed as number) | 0
    const next = () => {
      h = (h + 0x9e3779b9) | 0
      let z = h
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
      return (z ^ (z >>> 16)) | 0
    }
    this.a = next()
    this.b = next()
    this.c = next()
    this.d = next()
  }

  get state(): RandomState {
    return [this.a, this.b, this.c, this.d]
  }

  /** A generator of its own for a named purpose: adding one consumer never shifts another's numbers. */
  fork(purpose: string): Random {
    return new Random(`${this.a},${this.b},${this.c},${this.d}:${purpose}`)
  }

  /** Uniform 32-bit unsigned integer. */
  uint32(): number {
    const product = Math.imul(this.b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const t = this.b << 9
    this.c ^= this.a
    this.d ^= this.b
    this.b ^= this.c
    this.a ^= this.d
    this.c ^= t
    this.d = (this.d << 11) | (this.d >>> 21)
    return result
  }

  /** Uniform in [0, 1). */
  next(): number {
    return this.uint32() / 4294967296
  }

  /** Uniform integer in [0, n). */
  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  /** Uniform integer in [low, high]. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  /** True with probability p. */
  chance(p: number): boolean {
    return this.next() < p
  }

  /** Standard normal (Box–Muller). */
  normal(): number {
    const u = 1 - this.next()
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.next())
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
  }

  /** A shuffled copy (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const out = [...items]
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const held = out[i] as T
      out[i] = out[j] as T
      out[j] = held
    }
    return out
  }

  /** `count` distinct items in random order; all of them when there are fewer. */
  sample<T>(items: readonly T[], count: number): T[] {
    return this.shuffle(items).slice(0, count)
  }
}

/** 32-bit FNV-1a of the UTF-16 code units. Not for security. */
export function hashString(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i)
    h = Math.imul(h, 0x01000193)
  }
  return h | 0
}
