/** @file Plain text, Markdown, HTML, CSV and JSON lines: what a reader keeps, drops and refuses. */

import { describe, expect, it } from 'vitest'
import { readDocument } from '../../../electron/adapters/readers/read-document.ts'
import { bytesOf } from './build-files.ts'

async function textOf(source: string, path: string): Promise<string | undefined> {
  return (await readDocument(bytesOf(source), path)).documents[0]?.pages.map((page) => page.text).join('\f')
}

async function titleOf(source: string, path: string): Promise<string | undefined> {
  return (await readDocument(bytesOf(source), path)).documents[0]?.title
}

describe('plain text', () => {
  it('takes a first line that stands alone as title, else the file name', async () => {
    expect(await titleOf('CORK\n\nCork floats.', 'a/b.txt')).toBe('CORK')
    expect(await titleOf('Cork floats.\nIt is light.', 'a/cork_notes-2.txt')).toBe('cork notes 2')
  })

  it('reads form feeds as page breaks', async () => {
    const { documents } = await readDocument(bytesOf('one\ftwo'), 'a.txt')
    expect(documents[0]?.pages).toEqual([
      { number: 1, text: 'one' },
      { number: 2, text: 'two' },
    ])
  })

  it('that is empty is skipped', async () => {
    for (const source of ['', ' \n\n\t']) {
      expect((await readDocument(bytesOf(source), 'a.txt')).skipped).toBe('the file is empty')
    }
  })

  it('that is binary in truth is refused with what to do', async () => {
    const junk = Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256)
    await expect(readDocument(junk, 'a.txt')).rejects.toMatchObject({ code: 'corrupt-file', todo: expect.any(String) })
  })

  it('larger than the limit is refused', async () => {
    const read = readDocument(bytesOf('x'.repeat(2000)), 'a.txt', { limits: { fileBytes: 1000 } })
    await expect(read).rejects.toMatchObject({ code: 'too-large' })
  })
})

describe('Markdown', () => {
  it('loses its markup and keeps its words', async () => {
    const source =
      '---\ntitle: "On nacre"\ntags: [a]\n---\n# Nacre\n\nIt is *very* **tough**, see [the paper](http://x.y/z_(1)).[^1]\n' +
      'Next line of `code`.\n\n- first_item here\n- second\n\n> quoted\n\n```js\nlet x = 1\n```\n\n![alt](p.png)\n\n[^1]: A note.\n'
    expect(await titleOf(source, 'a.md')).toBe('On nacre')
    expect(await textOf(source, 'a.md')).toBe(
      'Nacre\n\nIt is very tough, see the paper. Next line of code.\n\nfirst_item here\n\nsecond\n\nquoted\n\nA note.',
    )
  })

  it('keeps stars, underscores and brackets that are no markup', async () => {
    const plain = 'The slope 2 * 3 * 4 and a_b_c along [110] and x < y > z.'
    expect(await textOf(plain, 'a.md')).toBe(plain)
  })

  it('reads older headings and tables', async () => {
    const source =
      'Wood\n====\n\n| Property | Oak | Balsa |\n|---|---|---|\n| Density | 0.7 g/cm3 | 0.15 g/cm3 |\n\nEnd.'
    expect(await textOf(source, 'a.md')).toBe(
      'Wood\n\nThe density of Oak is 0.7 g/cm3. The density of Balsa is 0.15 g/cm3.\n\nEnd.',
    )
  })

  it('with a fence that is never closed loses only the fence', async () => {
    expect(await textOf('Before.\n\n```\nstill text\n\nmore', 'a.md')).toBe('Before.\n\nstill text\n\nmore')
  })
})

describe('HTML', () => {
  it('keeps the main text only', async () => {
    const source = `<html><head><title>Silk - A Site</title><style>p{}</style></head><body>
      <nav><a href="/">Home</a></nav><div class="cookie-banner">We use cookies.</div>
      <main><h1>Silk</h1><p>Silk is a <b>fibre</b>,<br>spun by <i>spiders</i>.</p><ul><li>Strong<li>Light</ul></main>
      <script>alert(1)</script><p hidden>no</p><footer>© 2020</footer></body></html>`
    expect(await titleOf(source, 'a.html')).toBe('Silk')
    expect(await textOf(source, 'a.html')).toBe('Silk\n\nSilk is a fibre,\n\nspun by spiders.\n\nStrong\n\nLight')
  })

  it('reads pages whose head is never closed', async () => {
    expect(await textOf('<html><head><title>T</title><body><p>Seen.</p>', 'a.html')).toBe('Seen.')
  })

  it('writes exponents with superscripts, formulas plainly, and drops citation marks', async () => {
    const source = '<p>10<sup>-3</sup> m<sup>2</sup> of TiO<sub>2</sub> is enough<sup><a href="#r1">[1]</a></sup>.</p>'
    expect(await textOf(source, 'a.html')).toBe('10⁻³ m² of TiO2 is enough.')
  })

  it('turns tables into sentences and boxes into pairs', async () => {
    const wide = '<table><tr><th>Material</th><th>Density (g/cm3)</th></tr><tr><td>Cork</td><td>0.16</td></tr></table>'
    expect(await textOf(`<body>${wide}</body>`, 'a.html')).toBe('The density of Cork is 0.16 g/cm3.')
    const box = '<table><tr><th>Density</th><td>0.16 g/cm3</td></tr><tr><th>Colour</th><td>brown</td></tr></table>'
    expect(await textOf(box, 'a.html')).toBe('Density: 0.16 g/cm3\n\nColour: brown')
  })

  it('honours a declared encoding', async () => {
    const page = bytesOf('<html><head><meta charset="iso-8859-2"></head><p>M\xedsto \xb9kola</p></html>', 'latin1')
    expect((await readDocument(page, 'a.html')).documents[0]?.pages[0]?.text).toBe('Místo škola')
  })

  it('nested beyond reason is refused', async () => {
    await expect(readDocument(bytesOf('<div>'.repeat(200_000)), 'a.html')).rejects.toMatchObject({
      code: 'corrupt-file',
    })
  })
})

describe('CSV', () => {
  it('reads measurements with property, value and unit', async () => {
    const source = 'material,property,value,unit\nnacre,work of fracture,1.2,kJ/m2\nnacre,Density,2.7,\n'
    expect(await textOf(source, 'a.csv')).toBe(
      'The work of fracture of nacre is 1.2 kJ/m2.\n\nThe density of nacre is 2.7.',
    )
  })

  it('reads one row per material, with units in the header and empty cells left out', async () => {
    const source = "fibre;Young's modulus [GPa];melting_point;FWHM\nsilk;10;n/a;3\nflax;;;\n"
    expect(await textOf(source, 'a.csv')).toBe("The Young's modulus of silk is 10 GPa. The FWHM of silk is 3.")
  })

  it('gives one document per row when a column holds texts', async () => {
    const abstract = 'Nacre is a layered material. '.repeat(8).trim()
    const source = `Title,Year,Abstract\nOn nacre,2001,${abstract}\n"On, bone",2002,"${abstract}"\n`
    const { documents } = await readDocument(bytesOf(source), 'a.csv')
    expect(documents.map((d) => d.title)).toEqual(['On nacre', 'On, bone'])
    expect(documents[0]?.pages[0]?.text).toBe(`On nacre\n\n${abstract}`)
  })

  it('without names of columns is skipped', async () => {
    expect((await readDocument(bytesOf('1,2\n3,4\n'), 'a.csv')).skipped).toContain('first row')
  })

  it('remarks on quotation marks that are not closed', async () => {
    const { remarks } = await readDocument(bytesOf('a,b\nx,"1\ny,2\n'), 'a.csv')
    expect(remarks[0]).toContain('quotation marks')
  })
})

describe('JSON lines', () => {
  it('gives one document a line and counts what is broken', async () => {
    const source = '{"title":"A","text":"One."}\nnot json\n{"Text":"Two."}\n"Three."\n{"x":1}\n'
    const { documents, remarks } = await readDocument(bytesOf(source), 'notes.jsonl')
    expect(documents.map((d) => [d.title, d.pages[0]?.text])).toEqual([
      ['A', 'One.'],
      ['notes 3', 'Two.'],
      ['notes 4', 'Three.'],
    ])
    expect(remarks).toEqual([
      '1 of 5 lines are not JSON and were left out',
      '1 of 5 lines have no text and were left out',
    ])
  })

  it('without any text is refused with the fields to write', async () => {
    await expect(readDocument(bytesOf('{"q":1}\n'), 'a.jsonl')).rejects.toMatchObject({
      code: 'corrupt-file',
      todo: expect.stringContaining('"text"'),
    })
  })
})
