/** @file Folders of good and bad files: every file has an outcome, in a fixed order, and none stops the others. */

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ingestPaths, type IngestedFile, type IngestOptions } from '../../../electron/adapters/readers/ingest-paths.ts'
import { closeReaderThread } from '../../../electron/adapters/readers/read-apart.ts'
import { docx, lines, paragraph, pdf } from './build-files.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ingest-'))
})
afterAll(closeReaderThread)
afterEach(() => rm(root, { recursive: true, force: true }))

async function put(path: string, data: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), data)
}

async function ingest(paths: string[] = [root], options?: IngestOptions): Promise<IngestedFile[]> {
  const files: IngestedFile[] = []
  for await (const file of ingestPaths(paths, options)) files.push(file)
  return files
}

const statuses = (files: IngestedFile[]) => files.map(({ path, outcome }) => `${path} ${outcome.status}`)
const STORY = Array.from(
  { length: 60 },
  (_, i) => `Layer ${i} of the shell resists cracks by sliding on its neighbour.`,
).join(' ')

describe('ingesting a folder', () => {
  it('gives every file an outcome, in the order of names, whatever is wrong with some', async () => {
    await put('README.md', '# About\n\nThese are notes on shells.')
    await put('b/scan.pdf', pdf({ pages: [[], []] }))
    await put('b/broken.pdf', '%PDF-1.4 and then nothing')
    await put('b/good.pdf', pdf({ pages: [lines(['Bone contains hydroxyapatite and collagen in water.'])] }))
    await put('c.docx', docx(paragraph('Silk is spun by spiders.')))
    await put('image.png', '\x89PNG')
    await put('.hidden.md', 'no')
    await put('node_modules/x/readme.md', 'no')
    const files = await ingest()
    expect(statuses(files)).toEqual([
      'README.md read',
      'b/broken.pdf failed',
      'b/good.pdf read',
      'b/scan.pdf skipped',
      'c.docx read',
      'image.png skipped',
    ])
    expect(files[1]?.outcome).toMatchObject({
      code: 'corrupt-file',
      reason: expect.any(String),
      todo: expect.any(String),
    })
  })

  it('gives the same documents with the same ids every time', async () => {
    await put('a.md', '# Nacre\n\nNacre is tough.')
    await put('notes.jsonl', '{"text":"One thing about bone."}\n{"text":"Another thing about silk."}\n')
    const [first, second] = [await ingest(), await ingest()]
    expect(second).toEqual(first)
    const [nacre, notes] = first
    // printf '# Nacre\n\nNacre is tough.' | sha256sum
    expect(nacre?.documents[0]?.id).toBe('4666a5ce9aa73cbd')
    expect(notes?.documents.map(({ id }) => id.slice(16))).toEqual(['#1', '#2'])
  })

  it('skips copies and near copies, and names the earlier file', async () => {
    await put('1.txt', STORY)
    await put('2-copy.txt', STORY)
    await put('3-near.txt', `${STORY} One more remark was added here.`)
    await put('4-other.txt', STORY.replaceAll('shell', 'bone').replaceAll('cracks', 'wear'))
    const files = await ingest()
    expect(statuses(files)).toEqual(['1.txt read', '2-copy.txt skipped', '3-near.txt skipped', '4-other.txt read'])
    expect(files[1]?.outcome).toMatchObject({ reason: 'the same file as 1.txt' })
    expect(files[2]?.outcome).toMatchObject({ reason: expect.stringMatching(/^9\d % .* 1\.txt already$/) })
  })

  it('knows documents that are in the corpus already', async () => {
    await put('1.txt', STORY)
    const known = (await ingest()).flatMap(({ documents }) => documents)
    expect(statuses(await ingest([root], { known }))).toEqual(['1.txt skipped'])
  })

  it('leaves out repeated records and says so', async () => {
    await put('a.jsonl', `{"text":"${STORY}"}\n{"text":"${STORY}"}\n`)
    const [file] = await ingest()
    expect(file?.documents).toHaveLength(1)
    expect(file?.remarks[0]).toContain('record 1')
  })

  it('follows links once and never in a circle', async () => {
    await put('papers/a.md', 'Nacre is tough.')
    await symlink(root, join(root, 'papers', 'up'))
    await symlink(join(root, 'papers', 'a.md'), join(root, 'b.md'))
    await symlink(join(root, 'gone.md'), join(root, 'dangling.md'))
    expect(await ingest()).toHaveLength(1)
  })

  it('reports what was named but is not there, and reads the rest', async () => {
    await put('a.md', 'Nacre is tough.')
    const files = await ingest([join(root, 'missing.pdf'), join(root, 'a.md')])
    expect(statuses(files)).toEqual(['missing.pdf failed', 'a.md read'])
    expect(files[0]?.outcome).toMatchObject({ code: 'not-found' })
  })

  it('refuses by name a file of a kind that it only skips in folders', async () => {
    await put('a.xyz', 'text')
    expect(statuses(await ingest([join(root, 'a.xyz')]))).toEqual(['a.xyz failed'])
  })

  it('checks the size before it loads a file', async () => {
    await put('a.txt', 'x'.repeat(5000))
    expect((await ingest([root], { limits: { fileBytes: 4999 } }))[0]?.outcome).toMatchObject({ code: 'too-large' })
  })

  it('reports progress and stops when cancelled', async () => {
    await put('a.md', 'Nacre is tough.')
    await put('b.md', 'Bone is stiff.')
    const seen: string[] = []
    await ingest([root], { onProgress: ({ done, total, label }) => seen.push(`${done}/${total} ${label}`) })
    expect(seen).toEqual(['0/2 a.md', '1/2 b.md', '2/2 Documents read'])
    await expect(ingest([root], { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'Cancelled' })
  })

  it('cleans what it reads: headers, page numbers and hyphenation of a PDF', async () => {
    const page = (n: number, body: string[]) => [
      { text: 'Journal of Shells 12 (2001)', y: 770 },
      ...lines(body),
      { text: String(n), y: 20, x: 300 },
    ]
    const pages = [
      page(1, [
        'The tablets of nacre are bridged by mineral and glued by an organic ma-',
        'trix of chitin and protein, which is',
      ]),
      page(2, ['soft and tough. Cracks are deflected.']),
      page(3, ['Conch shell is another material with a crossed structure.']),
    ]
    await put('a.pdf', pdf({ pages }))
    expect((await ingest())[0]?.documents[0]?.pages).toEqual([
      {
        number: 1,
        text:
          'The tablets of nacre are bridged by mineral and glued by an organic matrix of chitin and protein, ' +
          'which is soft and tough.',
      },
      { number: 2, text: 'Cracks are deflected.' },
      { number: 3, text: 'Conch shell is another material with a crossed structure.' },
    ])
  })
})
