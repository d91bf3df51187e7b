import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endsInLoop } from '../../shared/model/repetition.ts'

const repeat = (unit: number[], times: number) => Array.from({ length: times }, () => unit).flat()

describe('loops of tokens', () => {
  it('are a unit repeated at least four times over at least 24 tokens', () => {
    // One token needs 24 repeats, six tokens 24/6 = 4, ten tokens 4.
    expect(endsInLoop(repeat([7], 24))).toBe(true)
    expect(endsInLoop(repeat([7], 23))).toBe(false)
    expect(endsInLoop(repeat([1, 2, 3, 4, 5, 6], 4))).toBe(true)
    expect(endsInLoop(repeat([1, 2, 3, 4, 5, 6], 3))).toBe(false)
    expect(endsInLoop(repeat([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 4))).toBe(true)
  })

  it('count only at the end', () => {
    expect(endsInLoop([...repeat([1, 2, 3], 8), 4])).toBe(false)
    expect(endsInLoop([9, 8, 7, ...repeat([1, 2, 3], 8)])).toBe(true)
    // Cut within the unit it is still a loop: the unit is then 2, 3, 1.
    expect(endsInLoop([...repeat([1, 2, 3], 8), 1])).toBe(true)
  })

  it('may have units of up to 32 tokens', () => {
    const unit = (length: number) => Array.from({ length }, (_, i) => i)
    expect(endsInLoop(repeat(unit(32), 4))).toBe(true)
    expect(endsInLoop(repeat(unit(33), 4))).toBe(false)
  })

  it('are not seen in short or changing sequences', () => {
    expect(endsInLoop([])).toBe(false)
    expect(endsInLoop([2, 2, 2])).toBe(false)
    fc.assert(fc.property(fc.uniqueArray(fc.nat(), { minLength: 24, maxLength: 60 }), (ids) => !endsInLoop(ids)))
  })

  it('are found whatever stood before them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9)), fc.array(fc.nat(9), { minLength: 1, maxLength: 32 }), (before, unit) =>
        endsInLoop([...before, ...repeat(unit, 24)]),
      ),
    )
  })
})
