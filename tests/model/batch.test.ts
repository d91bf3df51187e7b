import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '../../shared/base/errors.ts'
import { causalMask, groupByLength, packRows } from '../../shared/model/batch.ts'

describe('packing rows', () => {
  it('pads on the right and points at the position before each scored token', () => {
    const batch = packRows(
      [
        { ids: [5, 6, 7], scored: [2] },
        { ids: [8, 9], scored: [1] },
      ],
      0,
    )
    expect([...batch.tokens]).toEqual([5n, 6n, 7n, 8n, 9n, 0n])
    // Row 0: token 2 is predicted at 0·3 + 1; row 1: token 1 at 1·3 + 0.
    expect([...batch.positions]).toEqual([1n, 3n])
    expect([...batch.labels]).toEqual([7n, 9n])
    expect([...batch.rowOf]).toEqual([0, 1])
    expect([batch.rows, batch.time, batch.size]).toEqual([2, 3, 5])
  })

  it('refuses to score the first token, which nothing predicts, and tokens beyond the row', () => {
    expect(() => packRows([{ ids: [5, 6], scored: [0] }], 0)).toThrow('token 0 of 2 cannot be scored')
    expect(() => packRows([{ ids: [5, 6], scored: [2] }], 0)).toThrow('token 2 of 2 cannot be scored')
    expect(() => packRows([], 0)).toThrow('a batch needs a row')
  })

  it('lets no scored token be predicted from padding', () => {
    const row = fc
      .array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 12 })
      .map((ids) => ({ ids, scored: ids.map((_, i) => i).slice(1) }))
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const { tokens, positions, labels, time } = packRows(rows, 0)
        positions.forEach((position, i) => {
          expect(tokens[Number(position)]).not.toBe(0n)
          expect(tokens[Number(position) + 1]).toBe(labels[i])
          expect(Number(position) % time).toBeLessThan(time - 1)
        })
      }),
    )
  })
})

describe('the causal mask', () => {
  it('lets every position see itself and what came before', () => {
    expect([...causalMask(3)].map((m) => (m === 0 ? 1 : 0))).toEqual([1, 0, 0, 1, 1, 0, 1, 1, 1])
    expect(causalMask(2)[1]).toBe(Math.fround(-1e9))
  })
})

describe('grouping by length', () => {
  it('puts rows of like length together within the limit of padded tokens', () => {
    // Sorted: 2 (row 1), 3 (row 3), 9 (row 0), 10 (row 2). 2 rows of 3 = 6 ≤ 12, a third of 9 would make 27;
    // 9 and 10 would make 20.
    expect(groupByLength([9, 2, 10, 3], 12)).toEqual([[1, 3], [0], [2]])
    expect(groupByLength([9, 2, 10, 3], 20)).toEqual([
      [1, 3],
      [0, 2],
    ])
  })

  it('gives a row that is too long a group of its own, and honours the largest number of rows', () => {
    expect(groupByLength([100], 10)).toEqual([[0]])
    expect(groupByLength([1, 1, 1], 10, 2)).toEqual([[0, 1], [2]])
    expect(groupByLength([], 10)).toEqual([])
  })

  it('keeps every row exactly once and every group of several within the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 })), fc.integer({ min: 1, max: 200 }), (lengths, limit) => {
        const groups = groupByLength(lengths, limit)
        expect(groups.flat().sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i))
        for (const group of groups) {
          const longest = Math.max(...group.map((i) => must(lengths[i])))
          expect(group.length === 1 || group.length * longest <= limit).toBe(true)
        }
      }),
    )
  })
})
