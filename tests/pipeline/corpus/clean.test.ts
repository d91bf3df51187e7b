/** @file Cleaning: what layouts, fonts and web pages put into text goes, what scientists wrote stays. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanPages, type CleanOptions } from '../../../shared/pipeline/corpus/clean.ts'

const LAID_OUT: CleanOptions = { wrapped: true, laidOut: true }

function clean(text: string, options: CleanOptions = { wrapped: false }): string {
  return cleanPages([{ number: 1, text }], options)
    .map((page) => page.text)
    .join('\f')
}

const pagesOf = (texts: string[]) => texts.map((text, at) => ({ number: at + 1, text }))

describe('characters', () => {
  it('opens ligatures, composes accents, drops soft hyphens, zero widths and control characters', () => {
    expect(clean('The sti\ufb00 \ufb01bre of Ne\u0301el\u200b is co\u00adhesive\u0007.')).toBe(
      'The stiff fibre of Néel is cohesive.',
    )
  })

  it('keeps superscripts, units and Greek as they are', () => {
    const text = 'A surface energy of 0.5 J/m² at 25 °C, σ ≈ 3 µN, 10⁻³.'
    expect(clean(text)).toBe(text)
  })

  it('makes one kind of space and line end', () => {
    expect(clean('a\u00a0b\u2009c  d\r\n\r\ne')).toBe('a b c d\n\ne')
  })
})

describe('paragraphs of wrapped text', () => {
  it('joins lines, undoes hyphenation, and keeps hyphens that belong', () => {
    const text =
      'The high-strength fibres of the composite are made of a well-\n' +
      'known polymer and are embedded in a matrix of thermo-\n' +
      'plastic resin, which is reinforced with high-\nstrength wire and with Ti-\n6Al-4V.'
    expect(clean(text, LAID_OUT)).toBe(
      'The high-strength fibres of the composite are made of a well-known polymer and are embedded in a matrix of ' +
        'thermoplastic resin, which is reinforced with high-strength wire and with Ti-6Al-4V.',
    )
  })

  it('keeps headings, list items and short last lines apart', () => {
    const text =
      'Results\nThe samples were broken in bending at a constant rate until they failed\nat last.\n' +
      'A second paragraph begins here and goes on for a good while, as they all do\nand ends.\n• one thing\n• another thing'
    expect(clean(text, LAID_OUT).split('\n\n')).toEqual([
      'Results',
      'The samples were broken in bending at a constant rate until they failed at last.',
      'A second paragraph begins here and goes on for a good while, as they all do and ends.',
      'one thing',
      'another thing',
    ])
  })

  it('leaves text that has one paragraph a line as it is', () => {
    const long = 'Nacre is a layered material that resists cracks well. '.repeat(6).trim()
    expect(clean(`Nacre\n${long}\n${long}`, { wrapped: true })).toBe(`Nacre\n\n${long}\n\n${long}`)
  })
})

describe('pages', () => {
  const body = [
    'It begins with the first page of text here.',
    'The second follows and says more.',
    'A third adds its own words.',
  ]

  it('lose headers and footers that repeat, alternating ones too, and page numbers', () => {
    const texts = Array.from({ length: 6 }, (_, at) => {
      const head = at % 2 ? 'R. Author et al.' : 'Journal of Shells 12 (2001) 1-6'
      return `${head}\n\n${body[at % 3]} Item ${at} differs.\n\nPage ${at + 1} of 6`
    })
    const out = cleanPages(pagesOf(texts), LAID_OUT)
    expect(out.map(({ text }) => text)).toEqual(texts.map((_, at) => `${body[at % 3]} Item ${at} differs.`))
    expect(out.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('keep a line that stands on two of many pages, and numbers inside the text', () => {
    const texts = [
      'Same line.\nA text.',
      'Same line.\nB text.',
      'Other.\nC text.',
      'More.\nD text.',
      'Five.\nE text 42.',
    ]
    expect(cleanPages(pagesOf(texts), { wrapped: true })[0]?.text).toContain('Same line.')
  })

  it('give a sentence cut by a page break to the page where it began', () => {
    const out = cleanPages(
      pagesOf(['The tablets are bridged by min-', 'erals that stop cracks. The next sentence stays.']),
      LAID_OUT,
    )
    expect(out).toEqual([
      { number: 1, text: 'The tablets are bridged by minerals that stop cracks.' },
      { number: 2, text: 'The next sentence stays.' },
    ])
  })

  it('without text are left out', () => {
    expect(cleanPages(pagesOf(['', 'Text.', ' \n ']), LAID_OUT)).toEqual([{ number: 2, text: 'Text.' }])
  })
})

describe('what is no content', () => {
  it.each([
    '© 2019 The Publisher. All rights reserved.',
    'We use cookies to improve this site.',
    'Received 3 May 2018; accepted 7 June 2018',
    'https://doi.org/10.1000/xyz123',
    'Corresponding author: a.b@c.edu',
    'Skip to main content',
    'This article is licensed under a Creative Commons Attribution 4.0 licence.',
  ])('drops %s', (line) => {
    expect(clean(`Nacre is tough.\n\n${line}\n\nBone is stiff.`)).toBe('Nacre is tough.\n\nBone is stiff.')
  })

  it.each([
    'Received wisdom holds that ceramics are brittle.',
    'Copper is a conductor and all rights angles are equal.',
    'Home of the mussel is the rocky shore.',
    'Search for tough ceramics continues.',
    'Menus of composites exist.',
  ])('keeps %s', (line) => {
    expect(clean(line)).toBe(line)
  })

  it('drops axis labels and contents lines of laid-out pages', () => {
    const text = 'Cracks are stopped by the soft layer.\n\n0 10 20 30 40\n\n2.1 Methods . . . . . . . . 12\n\nσ (%)'
    expect(clean(text, LAID_OUT)).toBe('Cracks are stopped by the soft layer.')
  })

  it('drops the reference list and marks into it, but keeps crystal directions and what follows', () => {
    const intro = 'Slip along [110] occurs [3], as others found [4–6, 9]. It is common [12].'
    const text = [
      intro,
      'More is said about it here.',
      'References',
      '[3] A. Author, J. Test 1 (2000).',
      'Appendix A',
      'Data.',
    ]
    expect(clean(text.join('\n\n'))).toBe(
      'Slip along [110] occurs, as others found. It is common.\n\nMore is said about it here.\n\nAppendix A\n\nData.',
    )
    expect(clean(text.join('\n\n'), { wrapped: false, dropReferences: false })).toBe(text.join('\n\n'))
  })
})

describe('cleaning any text', () => {
  it('changes nothing the second time and never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 120 }), { maxLength: 4 }), (texts) => {
        const once = cleanPages(pagesOf(texts), { wrapped: false, dropReferences: false })
        for (const { text } of once) expect(clean(text, { wrapped: false, dropReferences: false })).toBe(text)
      }),
      { seed: 6, numRuns: 200 },
    )
  })
})
