import { describe, expect, it } from 'vitest'
import { Random } from '../../../shared/base/random.ts'
import { maskCompletion, type Masking, type MaskTokens } from '../../../shared/pipeline/training/masking.ts'

const [OPEN, CLOSE, REFLECT, END] = [91, 92, 93, 94] as const
const TOKENS: MaskTokens = {
  sections: [
    { open: OPEN, close: CLOSE },
    { open: REFLECT, close: END },
  ],
}
const mask = (ids: number[], masking: Masking, keepDelimiters = false, seed = 1) =>
  maskCompletion(ids, masking, TOKENS, keepDelimiters, new Random(seed))
const answerOnly: Masking = { kind: 'answerOnly' }
const REPLY = [OPEN, 1, 2, CLOSE, 3, 4]

describe('masking', () => {
  it('none compares every token', () => {
    expect(mask(REPLY, { kind: 'none' })).toEqual({ scored: [0, 1, 2, 3, 4, 5], closed: true })
  })

  it('answerOnly leaves the answer, and the thinking tokens when asked', () => {
    expect(mask(REPLY, answerOnly).scored).toEqual([4, 5])
    expect(mask(REPLY, answerOnly, true).scored).toEqual([0, 3, 4, 5])
  })

  it('answerOnly masks up to the last of several sections, reflection included', () => {
    //             0     1  2      3        4  5    6
    const reply = [OPEN, 1, CLOSE, REFLECT, 2, END, 3]
    expect(mask(reply, answerOnly).scored).toEqual([6])
    expect(mask(reply, answerOnly, true).scored).toEqual([0, 2, 3, 5, 6])
    expect(mask([OPEN, 1, CLOSE, 2, OPEN, 3, CLOSE, 4], answerOnly).scored).toEqual([7])
  })

  it('answerOnly goes by a closing token that nothing opened', () => {
    // The opening token may stand in the prompt.
    expect(mask([1, 2, CLOSE, 3], answerOnly).scored).toEqual([3])
  })

  it('an unclosed thinking is thinking to its end: nothing is compared with an answer', () => {
    expect(mask([1, OPEN, 2, 3], answerOnly)).toEqual({ scored: [], closed: false })
    expect(mask([1, OPEN, 2, 3], answerOnly, true)).toEqual({ scored: [1], closed: false })
    expect(mask([OPEN, 1, CLOSE, 2, REFLECT, 3], answerOnly).scored).toEqual([])
  })

  it('a reply without thinking is all answer, and is counted as not closed', () => {
    expect(mask([1, 2, 3], answerOnly)).toEqual({ scored: [0, 1, 2], closed: false })
    expect(mask([REFLECT, 1, END, 2], answerOnly).closed).toBe(false)
  })

  it('fraction drops about that share of thinking tokens and none of the answer', () => {
    const thinking = Array.from({ length: 2000 }, () => 1)
    const reply = [OPEN, ...thinking, CLOSE, 3, 4]
    const { scored } = mask(reply, { kind: 'fraction', share: 0.2 })
    // 2002 tokens of the section, σ = √(0.2·0.8/2002) = 0.009
    const kept = scored.filter((i) => i < reply.length - 2).length / 2002
    expect(Math.abs(kept - 0.8)).toBeLessThan(0.045)
    expect(scored.slice(-2)).toEqual([2002, 2003])
    expect(mask(reply, { kind: 'fraction', share: 1 }).scored).toEqual([2002, 2003])
    expect(mask(reply, { kind: 'fraction', share: 1 }, true).scored).toEqual([0, 2001, 2002, 2003])
  })

  it('fraction drops the same tokens for the same seed, others for another', () => {
    const reply = [OPEN, ...Array.from({ length: 50 }, () => 1), CLOSE]
    const half: Masking = { kind: 'fraction', share: 0.5 }
    expect(mask(reply, half, false, 3)).toEqual(mask(reply, half, false, 3))
    expect(mask(reply, half, false, 3).scored).not.toEqual(mask(reply, half, false, 4).scored)
  })
})
