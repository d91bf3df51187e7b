/** @file Word documents: structure, and archives made to hurt. */

import { describe, expect, it } from 'vitest'
import { readDocument } from '../../../electron/adapters/readers/read-document.ts'
import { docx, paragraph, zip } from './build-files.ts'

const read = (bytes: Uint8Array, path = 'a.docx') => readDocument(bytes, path)

describe('reading a Word document', () => {
  it('gives headings and paragraphs as blocks', async () => {
    const body = paragraph('Nacre', 'Heading1') + paragraph('It is tough &amp; stiff.') + paragraph('It is iridescent.')
    const { documents } = await read(docx(body))
    expect(documents).toEqual([
      { title: 'Nacre', pages: [{ number: 1, text: 'Nacre\n\nIt is tough & stiff.\n\nIt is iridescent.' }] },
    ])
  })

  it('turns tables into sentences', async () => {
    const row = (cells: string[]) => `<w:tr>${cells.map((c) => `<w:tc>${paragraph(c)}</w:tc>`).join('')}</w:tr>`
    const table = `<w:tbl>${row(['Material', 'Density'])}${row(['Cork', '160 kg/m3'])}</w:tbl>`
    const { documents } = await read(docx(paragraph('Values follow here in a table.') + table))
    expect(documents[0]?.pages[0]?.text).toBe('Values follow here in a table.\n\nThe density of Cork is 160 kg/m3.')
  })

  it('takes the stated title when there is no heading', async () => {
    expect((await read(docx(paragraph('Some text.'), [], 'Stated title'))).documents[0]?.title).toBe('Stated title')
  })

  it('without text is skipped', async () => {
    expect((await read(docx(paragraph('')))).skipped).toBe('the document holds no text')
  })
})

describe('a bad archive', () => {
  const megabytes = (n: number, fill = 32) => Buffer.alloc(n * 1048576, fill)

  it('that is a bomb by its own account is refused without unpacking anything', async () => {
    const bomb = docx(paragraph('x'), [{ name: 'word/media/a.bin', data: megabytes(6) }])
    const before = process.memoryUsage().arrayBuffers
    await expect(read(bomb)).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('6.0 MB') })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1048576)
  })

  it('that lies about its sizes is caught while unpacking, within the size it stated', async () => {
    const liar = docx(paragraph('x'), [{ name: 'word/styles.xml', data: megabytes(6), statedSize: 1000 }])
    const before = process.memoryUsage().arrayBuffers
    await expect(read(liar)).rejects.toMatchObject({ code: 'corrupt-file' })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1048576)
  })

  it('with overlapping parts is refused', async () => {
    // Two directory entries that share the bytes of one part: more compressed bytes in all than the file holds.
    const data = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251))
    const bytes = zip([
      { name: 'word/document.xml', data },
      ...Array.from({ length: 3 }, () => ({ name: 'b.xml', data })),
    ])
    const view = new DataView(bytes.buffer)
    const start = view.getUint32(bytes.length - 22 + 16, true)
    const size = view.getUint32(start + 20, true)
    const shared = Buffer.concat([Buffer.from(bytes.slice(0, size + 47)), Buffer.from(bytes.slice(start))])
    shared.writeUInt32LE(size + 47, shared.length - 6)
    for (let at = size + 47; shared.readUInt32LE(at) === 0x02014b50; at += 46 + shared.readUInt16LE(at + 28)) {
      shared.writeUInt32LE(0, at + 42)
    }
    await expect(read(new Uint8Array(shared))).rejects.toMatchObject({ message: expect.stringContaining('overlap') })
  })

  it('with too many parts is refused', async () => {
    const parts = Array.from({ length: 60 }, (_, i) => ({ name: `word/${i}.xml`, data: Buffer.from('<a/>') }))
    const bytes = docx(paragraph('x'), parts)
    await expect(readDocument(bytes, 'a.docx', { limits: { entries: 50 } })).rejects.toMatchObject({
      code: 'too-large',
    })
  })

  it('with a password says so', async () => {
    const bytes = zip([{ name: 'word/document.xml', data: Buffer.from('<a/>'), encrypted: true }])
    await expect(read(bytes)).rejects.toMatchObject({
      code: 'unreadable-file',
      message: expect.stringContaining('password'),
    })
  })

  it('that was cut off is refused', async () => {
    const whole = docx(paragraph('Some text.'))
    for (const share of [0.02, 0.3, 0.7, 0.99]) {
      await expect(read(whole.slice(0, Math.floor(whole.length * share)))).rejects.toMatchObject({
        code: 'corrupt-file',
      })
    }
  })

  it('with markup nested a hundred thousand deep is refused, not fatal', async () => {
    const deep = '<w:p>'.repeat(100_000) + '</w:p>'.repeat(100_000)
    const outcome = await read(docx(deep)).catch((error: unknown) => error)
    expect(outcome).toSatisfy((o: { name?: string; skipped?: string }) => o.name === 'Fault' || o.skipped !== undefined)
  })

  it('with broken XML inside is refused', async () => {
    const broken = zip([{ name: 'word/document.xml', data: Buffer.from('<w:document><w:body') }])
    await expect(read(broken)).rejects.toMatchObject({ name: 'Fault' })
  })

  it('of another kind says what to do', async () => {
    const sheet = zip([{ name: 'xl/workbook.xml', data: Buffer.from('<a/>') }])
    await expect(read(sheet, 'a.xlsx')).rejects.toMatchObject({
      code: 'unsupported-file',
      todo: expect.stringContaining('.csv'),
    })
    const plain = zip([{ name: 'notes.txt', data: Buffer.from('x') }])
    await expect(read(plain, 'a.zip')).rejects.toMatchObject({
      code: 'unsupported-file',
      todo: expect.stringContaining('Unpack'),
    })
  })
})
