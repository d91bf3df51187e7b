/** @file PDF: text with page numbers, titles, superscripts, and every way in which a PDF can be bad. */

import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readDocument } from '../../../electron/adapters/readers/read-document.ts'
import { cleanPages } from '../../../shared/pipeline/corpus/clean.ts'
import { bytesOf, lines, pdf } from './build-files.ts'

const TWO_PAGES = pdf({
  pages: [
    lines(['Nacre consists of aragonite tablets and a thin organic', 'matrix. It is tough.']),
    lines(['Bone contains hydroxyapatite and collagen in water.']),
  ],
})

describe('reading a PDF', () => {
  it('keeps the text of each page under its number', async () => {
    const { documents, format } = await readDocument(TWO_PAGES, 'a.pdf')
    expect(format).toBe('pdf')
    expect(documents[0]?.pages).toEqual([
      { number: 1, text: 'Nacre consists of aragonite tablets and a thin organic\nmatrix. It is tough.' },
      { number: 2, text: 'Bone contains hydroxyapatite and collagen in water.' },
    ])
  })

  it('goes by content, not by extension', async () => {
    expect((await readDocument(TWO_PAGES, 'paper.txt')).format).toBe('pdf')
  })

  it('reads compressed streams', async () => {
    const { documents } = await readDocument(
      pdf({ pages: [lines(['Silk is spun from protein.'])], compress: true }),
      'a.pdf',
    )
    expect(documents[0]?.pages[0]?.text).toBe('Silk is spun from protein.')
  })

  it('takes the title from the metadata, else from the largest letters', async () => {
    const page = [
      { text: 'On the toughness of nacre', y: 730, size: 20 },
      ...lines(['First line of text.', 'Second line.']),
    ]
    expect((await readDocument(pdf({ pages: [page], title: 'Stated title' }), 'x.pdf')).documents[0]?.title).toBe(
      'Stated title',
    )
    expect((await readDocument(pdf({ pages: [page] }), 'x.pdf')).documents[0]?.title).toBe('On the toughness of nacre')
    const named = pdf({ pages: [page], title: 'Microsoft Word - draft7.doc' })
    expect((await readDocument(named, 'x.pdf')).documents[0]?.title).toBe('On the toughness of nacre')
  })

  it('turns raised numbers into exponents after units and drops them as citations after words', async () => {
    const raised = (text: string, x: number) => ({ text, x, y: 704, size: 7 })
    const page = [
      { text: 'a density of 2.7 g/cm', x: 72, y: 700, size: 11 },
      raised('3', 173.6),
      { text: 'as shown before', x: 181, y: 700, size: 11 },
      raised('12', 261.8),
      { text: 'in nacre', x: 273, y: 700, size: 11 },
    ]
    const { documents } = await readDocument(pdf({ pages: [page] }), 'x.pdf')
    expect(documents[0]?.pages[0]?.text).toBe('a density of 2.7 g/cm³ as shown before in nacre')
  })

  it('puts an empty line where the layout leaves a gap', async () => {
    const page = [...lines(['One.', 'Two.', 'Three.']), ...lines(['Four.', 'Five.'], 640)]
    const { documents } = await readDocument(pdf({ pages: [page] }), 'x.pdf')
    // 14 points between lines, 700 − 2·14 − 640 = 32 points between paragraphs.
    expect(documents[0]?.pages[0]?.text).toBe('One.\nTwo.\nThree.\n\nFour.\nFive.')
  })
})

describe('the layout of a page', () => {
  it('is followed column by column, and a paragraph goes on in the next column', async () => {
    const column = (texts: string[], x: number) => lines(texts, 700, 9).map((line) => ({ ...line, x }))
    const left = column(['Tablets of aragonite are stacked', 'like bricks. When it is pulled, the'], 72)
    const right = column(['tablets slide on each other and', 'dissipate energy before they fail.'], 320)
    const { documents } = await readDocument(pdf({ pages: [[...left, ...right]] }), 'x.pdf')
    expect(cleanPages(documents[0]?.pages ?? [], { wrapped: true, laidOut: true })[0]?.text).toBe(
      'Tablets of aragonite are stacked like bricks. When it is pulled, the tablets slide on each other and ' +
        'dissipate energy before they fail.',
    )
  })

  it('puts headers first and footers last, wherever the file has them', async () => {
    const page = [{ text: 'Page foot', y: 20 }, { text: 'Page head', y: 780 }, ...lines(['Body text of the page.'])]
    const { documents } = await readDocument(pdf({ pages: [page] }), 'x.pdf')
    expect(documents[0]?.pages[0]?.text).toBe('Page head\n\nBody text of the page.\n\nPage foot')
  })
})

describe('a bad PDF', () => {
  it('with a password is refused and says so', async () => {
    const file = pdf({ pages: [lines(['secret'])], encrypted: true })
    await expect(readDocument(file, 'a.pdf')).rejects.toMatchObject({
      name: 'Fault',
      code: 'unreadable-file',
      message: expect.stringContaining('password'),
      todo: expect.stringContaining('without a password'),
    })
  })

  it('with only images is skipped, not failed', async () => {
    const { documents, skipped } = await readDocument(pdf({ pages: [[], [], []] }), 'scan.pdf')
    expect(documents).toEqual([])
    expect(skipped).toBe('only images; needs OCR')
  })

  it('that was cut off is refused', async () => {
    for (const share of [0.1, 0.5, 0.9]) {
      const cut = TWO_PAGES.slice(0, Math.floor(TWO_PAGES.length * share))
      await expect(readDocument(cut, 'a.pdf')).rejects.toMatchObject({ code: 'corrupt-file' })
    }
  })

  it('that is a web page in truth says so', async () => {
    const page = bytesOf('<!DOCTYPE html><html><body>Sign in</body></html>')
    await expect(readDocument(page, 'a.pdf')).rejects.toMatchObject({
      code: 'corrupt-file',
      message: expect.stringContaining('web page'),
    })
  })

  it('with too many pages is refused', async () => {
    const many = pdf({ pages: Array.from({ length: 12 }, () => lines(['x'])) })
    await expect(readDocument(many, 'a.pdf', { limits: { pages: 10 } })).rejects.toMatchObject({ code: 'too-large' })
  })

  it('that claims a million pages gives the pages it has, and quickly', async () => {
    const claims = pdf({ pages: [lines(['one page'])], statedPages: 1_000_000 })
    const started = performance.now()
    expect((await readDocument(claims, 'a.pdf')).documents[0]?.pages).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('with more text than is allowed is refused', async () => {
    const wordy = pdf({ pages: [lines(Array.from({ length: 40 }, () => 'many words of text'))] })
    await expect(readDocument(wordy, 'a.pdf', { limits: { characters: 300 } })).rejects.toMatchObject({
      code: 'too-large',
    })
  })

  it('with a decompression bomb is refused before it is unpacked', async () => {
    const bomb = pdf({ pages: [[]], content: deflateSync(Buffer.alloc(40 * 1024 * 1024, 32)) })
    expect(bomb.length).toBeLessThan(100_000)
    const limits = { decompressedBytes: 16 * 1024 * 1024 }
    await expect(readDocument(bomb, 'a.pdf', { limits })).rejects.toMatchObject({ code: 'too-large' })
  })

  it('that takes too long is refused', async () => {
    await expect(readDocument(TWO_PAGES, 'a.pdf', { limits: { milliseconds: -1 } })).rejects.toMatchObject({
      code: 'too-large',
    })
  })

  it('stops when cancelled', async () => {
    const signal = AbortSignal.abort()
    await expect(readDocument(TWO_PAGES, 'a.pdf', { signal })).rejects.toMatchObject({ name: 'Cancelled' })
  })
})
