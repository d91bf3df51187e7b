/** @file The held-out split: seeded, by file, frozen. */

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../shared/pipeline/corpus/sha256.ts'
import { checkSplit, splitDocuments } from '../../../shared/pipeline/corpus/split.ts'

const file = (n: number) => ({ id: `id${n}`, path: `${n}.md`, sha256: sha256(`file ${n}`) })
const FILES = Array.from({ length: 20 }, (_, n) => file(n))

describe('splitting documents', () => {
  it('holds out the share that was asked for, the same one for the same seed', () => {
    const split = splitDocuments(FILES, { fraction: 0.2, seed: 1 })
    expect(split.heldOut).toHaveLength(4)
    expect([...split.heldOut, ...split.training].sort()).toEqual(FILES.map(({ id }) => id).sort())
    expect(splitDocuments([...FILES].reverse(), { fraction: 0.2, seed: 1 })).toEqual(split)
    expect(splitDocuments(FILES, { fraction: 0.2, seed: 2 }).heldOut).not.toEqual(split.heldOut)
  })

  it('moves nobody else when a document is added', () => {
    const before = splitDocuments(FILES, { fraction: 0.2, seed: 1 })
    const after = splitDocuments([...FILES, file(20)], { fraction: 0.2, seed: 1 })
    expect(after.heldOut.filter((id) => !before.heldOut.includes(id) && id !== 'id20')).toEqual([])
  })

  it('keeps the records of one file together', () => {
    const records = FILES.flatMap((f) => [1, 2, 3].map((n) => ({ ...f, id: `${f.id}#${n}` })))
    const { heldOut } = splitDocuments(records, { fraction: 0.2, seed: 1 })
    expect(heldOut).toHaveLength(4 * 3)
    expect(new Set(heldOut.map((id) => id.split('#')[0])).size).toBe(4)
  })

  it('holds out at least one and never all, and none of a single file', () => {
    expect(splitDocuments(FILES.slice(0, 2), { fraction: 0.01, seed: 1 }).heldOut).toHaveLength(1)
    expect(splitDocuments(FILES.slice(0, 2), { fraction: 0.99, seed: 1 }).heldOut).toHaveLength(1)
    expect(splitDocuments(FILES.slice(0, 1), { fraction: 0.5, seed: 1 }).heldOut).toEqual([])
    expect(splitDocuments(FILES, { fraction: 0, seed: 1 }).heldOut).toEqual([])
  })

  it('takes a list of ids or paths, and refuses names it does not know or a list of everything', () => {
    expect(splitDocuments(FILES, { heldOut: ['3.md', 'id7'] }).heldOut).toEqual(['id3', 'id7'])
    expect(() => splitDocuments(FILES, { heldOut: ['missing.md'] })).toThrow('missing.md')
    expect(() => splitDocuments(FILES, { heldOut: FILES.map(({ id }) => id) })).toThrow('none is left')
    expect(() => splitDocuments(FILES, { fraction: 1, seed: 1 })).toThrow('share')
  })

  it('is frozen: an edit, a new document and a lost one are all noticed', () => {
    const split = splitDocuments(FILES, { fraction: 0.2, seed: 1 })
    expect(() => checkSplit(split, FILES)).not.toThrow()
    const [moved, ...others] = split.heldOut
    expect(() => checkSplit({ ...split, heldOut: others, training: [...split.training, moved!] }, FILES)).toThrow(
      'changed',
    )
    expect(() => checkSplit(split, [...FILES, file(20)])).toThrow('1 documents added')
    expect(() => checkSplit(split, FILES.slice(1))).toThrow('1 missing')
  })
})

describe('sha256', () => {
  it('agrees with the one of Node for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'))
      }),
      { seed: 9, numRuns: 200 },
    )
  })
})
