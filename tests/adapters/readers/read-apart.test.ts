/** @file Reading in a thread of its own: same answers, and a file that breaks its parser breaks nothing else. */

import { afterAll, describe, expect, it } from 'vitest'
import { closeReaderThread, readApart } from '../../../electron/adapters/readers/read-apart.ts'
import { readDocument } from '../../../electron/adapters/readers/read-document.ts'
import { bytesOf, lines, pdf } from './build-files.ts'

afterAll(closeReaderThread)

const GOOD = pdf({ pages: [lines(['Nacre is tough.']), lines(['Silk is strong.'])] })

/** The first child of the page tree is object 0, and the second lies beyond the file. */
function treacherous(): Uint8Array {
  const text = Buffer.from(GOOD).toString('latin1').replace('[5 0 R 7 0 R]', '[0 0 R 7 0 R]')
  let entry = -1
  const broken = text.replace(/\d{10} \d{5} n/g, (line) => (++entry === 6 ? '9000002104 00000 n' : line))
  return bytesOf(broken, 'latin1')
}

describe('reading apart', () => {
  it('gives what reading here gives', async () => {
    expect(await readApart(GOOD, 'a.pdf')).toEqual(await readDocument(GOOD, 'a.pdf'))
    expect(await readApart(bytesOf('# T\n\nText.'), 'a.md')).toEqual(
      await readDocument(bytesOf('# T\n\nText.'), 'a.md'),
    )
  })

  it('gives faults with their code and what to do', async () => {
    await expect(readApart(bytesOf('%PDF-1.4 junk'), 'a.pdf')).rejects.toMatchObject({
      name: 'Fault',
      code: 'corrupt-file',
      where: 'a.pdf',
      todo: expect.any(String),
    })
  })

  it('keeps promises that a parser leaves unhandled away from the lab', async () => {
    // Read in this process, this file ends Node: pdf.js rejects a promise that nobody waits for.
    await expect(readApart(treacherous(), 'a.pdf')).rejects.toMatchObject({ code: 'corrupt-file' })
    expect((await readApart(GOOD, 'a.pdf')).documents).toHaveLength(1)
  })

  it('reads files that are asked for together, each to its own answer', async () => {
    const texts = ['One thing.', 'Another thing.', 'A third thing.']
    const answers = await Promise.all(texts.map((text, at) => readApart(bytesOf(text), `${at}.txt`)))
    expect(answers.map(({ documents }) => documents[0]?.pages[0]?.text)).toEqual(texts)
  })

  it('stops at once when cancelled, and reads the next file all the same', async () => {
    const abort = new AbortController()
    const reading = readApart(pdf({ pages: Array.from({ length: 400 }, () => lines(['x'])) }), 'a.pdf', abort)
    setTimeout(() => abort.abort(), 5)
    await expect(reading).rejects.toMatchObject({ name: 'Cancelled' })
    expect((await readApart(bytesOf('Next.'), 'b.txt')).documents).toHaveLength(1)
  })
})
