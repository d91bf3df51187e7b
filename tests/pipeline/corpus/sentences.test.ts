/** @file Where sentences end, in the prose that papers are made of. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sentenceSpans, splitSentences } from '../../../shared/pipeline/corpus/sentences.ts'

/** Each list is one text: its sentences joined by a space must come apart at exactly these places. */
const TEXTS: readonly (readonly string[])[] = [
  ['Nacre is tough.', 'Is bone?', 'Yes!', 'Silk is, too.'],
  ['The modulus is 70.5 GPa.', 'The density is 2.7 g/cm3.', 'It melts at 1,668 °C.', 'At 25 °C. the sample is stable.'],
  ['As shown in Fig. 3, it fails.', 'See Figs. 4 and 5.', 'Eq. (2) gives K.', 'Refs. 12 and 13 agree.'],
  ['Smith et al. reported 5 %.', 'This follows Jones et al. The result held.'].flatMap((s) =>
    s.startsWith('This') ? ['This follows Jones et al.', 'The result held.'] : [s],
  ),
  ['Proteins, e.g. collagen, are soft, i.e. compliant.', 'Some, e.g. Type I, are not.', 'It was ca. 5 mm long.'],
  ['J. D. Bernal and W. L. Bragg worked there.', 'R. Z. Wang et al. (2001) disagreed.'],
  ['It was cooled to 4 K.', 'The sample broke.', 'It lacks vitamin C.', 'This causes scurvy.'],
  ['The U.S. Navy used it.', 'It was made in the U.S.', 'The price fell.', 'Dr. Kwolek worked at E. I. du Pont.'],
  ['See No. 5 on p. 12 of vol. 3.', 'There is no. That is, none.'].flatMap((s) =>
    s.startsWith('There') ? ['There is no.', 'That is, none.'] : [s],
  ),
  ['He asked "why?"', 'She said "because."', '(This is aside.)', 'Then they left.'],
  [
    'It holds 55 wt. % nickel and 2 at. % iron.',
    'They used pure Ti, Al, etc. and cast it.',
    'Ti, Al, etc.',
    'The rest is iron.',
  ],
  ['In 1912 it was found.', '2,024 samples were made.', 'α-Keratin is coiled.', 'pH was 7.'],
  ['It was strong.12,13', 'The next was weak (Table 2).', 'In Jan. 1959 it rang.', 'Values are approx. 3.'],
  ['1. Introduction is a heading.', 'The ratio is 3:1.', 'Wait…', 'It broke!?'],
]

describe('splitting sentences', () => {
  it.each(TEXTS.map((sentences) => [sentences.join(' '), sentences] as const))('%s', (text, sentences) => {
    expect(splitSentences(text)).toEqual(sentences)
  })

  it('ends a sentence at every line break', () => {
    expect(splitSentences('A heading\n\nA sentence. Another\nrest')).toEqual([
      'A heading',
      'A sentence.',
      'Another',
      'rest',
    ])
  })

  it('leaves out nothing but white space, in order, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        let covered = ''
        let last = 0
        for (const { start, end } of sentenceSpans(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          covered += text.slice(start, end)
          last = end
        }
        const bare = (s: string) => s.replace(/[ \n\t\r\u00a0]/g, '')
        expect(bare(covered)).toBe(bare(text))
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('takes linear time on full stops without end', () => {
    const started = performance.now()
    for (const text of ['.'.repeat(400_000), '. A'.repeat(150_000), 'a.b'.repeat(150_000), '."'.repeat(200_000)]) {
      splitSentences(text)
    }
    expect(performance.now() - started).toBeLessThan(3000)
  })
})
