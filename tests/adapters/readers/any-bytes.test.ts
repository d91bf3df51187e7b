/** @file Whatever the bytes: a reader gives documents, a reason for skipping, or a Fault, and it comes back. */

import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { closeReaderThread, readApart } from '../../../electron/adapters/readers/read-apart.ts'
import { Fault } from '../../../shared/base/errors.ts'
import { cleanPages } from '../../../shared/pipeline/corpus/clean.ts'
import { bytesOf, docx, lines, paragraph, pdf } from './build-files.ts'

afterAll(closeReaderThread)

const NAMES = ['a.txt', 'a.md', 'a.html', 'a.pdf', 'a.docx', 'a.csv', 'a.jsonl', 'a', 'a.xyz'] as const

const VALID: Readonly<Record<string, Uint8Array>> = {
  'a.pdf': pdf({ pages: [lines(['Nacre is tough.', 'Bone heals.']), lines(['Silk is strong.'])], compress: true }),
  'a.docx': docx(paragraph('Nacre', 'Heading1') + paragraph('It is tough.')),
  'a.html': bytesOf(
    '<html><head><title>T</title></head><body><table><tr><th>A</th><td>1</td></tr></table><p>x</p></body></html>',
  ),
  'a.md': bytesOf('# T\n\n|a|b|\n|--|--|\n|1|2|\n\n```\nx\n```\n*e* [l](u) <!-- c -->'),
  'a.csv': bytesOf('a,b\n"x ""y""",2\n'),
  'a.jsonl': bytesOf('{"text":"One."}\n{"text":"Two."}\n'),
  'a.txt': bytesOf('Nacre is tough.\f Bone heals at 37 °C.'),
}

/** Reads and cleans; throws unless the outcome is one of the three that are allowed. */
async function outcomeOf(bytes: Uint8Array, path: string): Promise<'read' | 'skipped' | 'fault'> {
  try {
    const { documents, skipped } = await readApart(bytes, path, { limits: { milliseconds: 10_000 } })
    if (skipped !== undefined) return 'skipped'
    expect(documents.length).toBeGreaterThan(0)
    for (const { title, pages } of documents) {
      expect(title).not.toBe('')
      cleanPages(pages, { wrapped: true, laidOut: true })
    }
    return 'read'
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    expect(error.message).not.toBe('')
    expect(error.todo).not.toBe('')
    return 'fault'
  }
}

describe('any bytes at all', () => {
  it('give documents, a reason, or a fault', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      fc.string({ maxLength: 300 }).map((text) => bytesOf(text)),
    )
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom(...NAMES), async (data, name) => void (await outcomeOf(data, name))),
      { seed: 1, numRuns: 120 },
    )
  })

  it('after the first bytes of a real format give documents, a reason, or a fault', async () => {
    const heads = [
      '%PDF-1.7\n',
      'PK\x03\x04',
      'PK\x05\x06',
      '<!doctype html>',
      '{"text":"',
      '\xff\xfe',
      '\xef\xbb\xbf',
      '---\n',
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 400 }), async (head, tail) => {
        const data = Buffer.concat([Buffer.from(head, 'latin1'), tail])
        for (const name of ['a.txt', 'a.pdf', 'a.docx']) await outcomeOf(new Uint8Array(data), name)
      }),
      { seed: 2, numRuns: 100 },
    )
  })
})

describe.each(Object.keys(VALID))('a damaged %s', (name) => {
  const whole = VALID[name] as Uint8Array

  it('is readable to begin with', async () => {
    expect(await outcomeOf(whole, name)).toBe('read')
  })

  it('cut off anywhere gives documents, a reason, or a fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), async (at) => void (await outcomeOf(whole.slice(0, at), name))),
      { seed: 3, numRuns: 40 },
    )
  })

  it('with any bytes changed gives documents, a reason, or a fault', async () => {
    const edits = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        const damaged = Uint8Array.from(whole)
        for (const [at, value] of changes) damaged[at] = value
        await outcomeOf(damaged, name)
      }),
      { seed: 4, numRuns: 40 },
    )
  })
})

describe('text made to make parsers slow', () => {
  // Half a megabyte of what backtracking patterns fear; a quadratic reader would need minutes.
  const hostile: readonly [string, string][] = [
    ['a.md', '<!--'.repeat(120_000)],
    ['a.md', '['.repeat(500_000)],
    ['a.md', '```\n'.repeat(120_001)],
    ['a.md', '**'.repeat(250_000)],
    ['a.md', `|a|\n${' '.repeat(500_000)}x`],
    ['a.html', '<b>'.repeat(900) + '</i>'.repeat(120_000)],
    ['a.html', '<p>' + '&amp'.repeat(120_000)],
    ['a.html', '<'.repeat(500_000)],
    ['a.csv', '"'.repeat(500_001)],
    ['a.csv', 'a,b\n' + 'x,' + '.'.repeat(500_000) + 'y\n'],
    ['a.jsonl', '['.repeat(500_000)],
    ['a.txt', 'a'.repeat(500_000) + '-\nb'],
    ['a.txt', '. '.repeat(250_000)],
    ['a.txt', ' \n'.repeat(250_000) + 'x'],
    ['a.txt', '-'.repeat(500_000)],
    ['a.txt', '[1,'.repeat(150_000)],
  ]
  it.each(hostile.map(([name, text]) => [name, text.slice(0, 12), text] as const))('%s %j…', async (name, _, text) => {
    const started = performance.now()
    await outcomeOf(bytesOf(text), name)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
