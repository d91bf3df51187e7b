/** @file Loops are noticed early; ordinary prose, lists and tables are not loops. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createRepetitionDetector,
  findRepetition,
  isRepetitive,
} from '../../../shared/pipeline/inference/repetition.ts'

const PROSE = `Aerogel is made by replacing the liquid of a gel by gas without letting the network shrink. The trick is to heat
the wet gel beyond the critical point of the liquid, where no boundary between liquid and vapour exists and no capillary force
can crush the pores. Most aerogels are silica, made by hydrolysing an alkoxide. The pores are narrower than the mean free path
of air molecules, so gas conducts heat badly inside them, and the conductivity is lower than that of still air. The solid has a
bluish tint. Untreated silica aerogel drinks in moisture and cracks, so the walls are covered by groups that repel water. The
strength of the solid is low in tension and fair in compression, because the struts between the pores bend before they break.
Layers of fibre are often added. Fibre makes the blanket flexible, and flexible blankets can be wrapped around pipes.`

describe('the period detector', () => {
  it('finds one token repeated, at the sixteenth', () => {
    const detector = createRepetitionDetector()
    const found = Array.from({ length: 20 }, () => detector.push(7)).findIndex((f) => f !== undefined)
    // leastTokens 16: a run of 15 matches and the one before them
    expect(found).toBe(15)
    expect(detector.push(8)).toMatchObject({ kind: 'period', period: 1, at: 15 })
  })

  it('finds a phrase said four times, at the end of the fourth', () => {
    const detector = createRepetitionDetector()
    const stream = Array.from({ length: 60 }, (_, i) => (i < 8 ? 100 + i : i % 9))
    const found = stream.map((t) => detector.push(t)).findIndex((f) => f !== undefined)
    // the phrase of 9 begins at token 8: four of them end at token 8 + 36 − 1 = 43
    expect(found).toBe(43)
  })

  it('lets three times pass', () => {
    const detector = createRepetitionDetector()
    expect(Array.from({ length: 27 }, (_, i) => detector.push(i % 9)).every((f) => f === undefined)).toBe(true)
  })

  it('takes tokens as ids or as texts', () => {
    const ids = createRepetitionDetector()
    const texts = createRepetitionDetector()
    for (let i = 0; i < 40; i++) expect(ids.push(i % 5)?.at).toBe(texts.push(`w${i % 5}`)?.at)
  })
})

describe('findRepetition', () => {
  it('finds a sentence in circles', () => {
    expect(findRepetition(PROSE + ' The silk is strong because it is strong.'.repeat(5))).toMatchObject({
      kind: 'period',
    })
  })

  it('finds a loop whose counter changes', () => {
    const text = Array.from({ length: 60 }, (_, i) => `Step ${i}: the fibre is strong and the matrix is tough.`).join(
      ' ',
    )
    expect(findRepetition(text)).toMatchObject({ kind: 'few-distinct' })
  })

  it.each([
    ['prose', PROSE],
    [
      'a list',
      ['strength', 'toughness', 'density', 'hardness', 'creep'].map((p, i) => `${i + 1}. **${p}**: high`).join('\n'),
    ],
    ['a table', '| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |'],
    ['a phrase twice', 'the cat sat on the mat and the cat sat on the mat'],
    ['nothing', ''],
  ])('does not find one in %s', (_, text) => {
    expect(isRepetitive(text)).toBe(false)
  })

  it('never throws, and finds any phrase of up to ten words that is said many times', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 10 }), fc.string(), (phrase, head) => {
        expect(isRepetitive(`${head} ${`${phrase.join(' ')} `.repeat(40)}`)).toBe(true)
      }),
      { numRuns: 100, seed: 9 },
    )
  })
})
