/** @file The journal: torn tails are dropped, damaged acknowledged records are reported, at every byte. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  journalHeader,
  journalRecord,
  JOURNAL_HEADER_BYTES,
  RECORD_HEADER_BYTES,
  readJournal,
} from '../../../electron/adapters/store/journal-format.ts'
import { Journal } from '../../../electron/adapters/store/journal.ts'
import { Fault } from '../../../shared/base/errors.ts'
import { CrashFileSystem } from './crash-file-system.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

function fileOf(generation: number, texts: readonly string[]): Uint8Array {
  return Uint8Array.from(
    [journalHeader(generation), ...texts.map((t, i) => journalRecord(generation, i, bytesOf(t)))].flatMap((b) => [
      ...b,
    ]),
  )
}

describe('the journal format', () => {
  const texts = ['first', '', 'third – with ünïcode']

  it('gives back what was written', () => {
    const contents = readJournal(fileOf(7, texts))
    if (contents.state !== 'sound') throw new Error(contents.reason)
    expect(contents.generation).toBe(7)
    expect(contents.payloads.map(textOf)).toEqual(texts)
  })

  it('keeps exactly the whole records of a file cut at any byte', () => {
    const whole = fileOf(7, texts)
    const ends = texts.map((_, i) => fileOf(7, texts.slice(0, i + 1)).length)
    for (let cut = JOURNAL_HEADER_BYTES; cut <= whole.length; cut++) {
      const contents = readJournal(whole.subarray(0, cut))
      if (contents.state !== 'sound') throw new Error(`cut at ${cut}: ${contents.reason}`)
      const count = ends.filter((end) => end <= cut).length
      expect(contents.payloads.length).toBe(count)
      expect(contents.soundBytes).toBe(count === 0 ? JOURNAL_HEADER_BYTES : ends[count - 1])
    }
  })

  it('reports every flipped byte of a record that has a sound one after it', () => {
    const whole = fileOf(7, texts)
    const lastRecord = fileOf(7, texts.slice(0, 2)).length
    for (let at = 0; at < whole.length; at++) {
      const bytes = whole.slice()
      bytes[at]! ^= 0x10
      const contents = readJournal(bytes)
      if (at < lastRecord) expect(contents.state, `byte ${at}`).toBe('damaged')
      else expect(contents.state === 'sound' && contents.payloads.length).toBe(2)
    }
  })

  it('does not believe a record of another generation', () => {
    const bytes = new Uint8Array([...journalHeader(8), ...journalRecord(7, 0, bytesOf('old'))])
    expect(readJournal(bytes)).toMatchObject({ state: 'sound', generation: 8, payloads: [] })
  })

  it('drops a tail of zeros, as a file system may leave', () => {
    const bytes = new Uint8Array([...fileOf(7, ['a']), ...new Uint8Array(100)])
    expect(readJournal(bytes)).toMatchObject({ state: 'sound', soundBytes: fileOf(7, ['a']).length })
  })

  it('reads any bytes at all without trouble', () => {
    const anything = fc.uint8Array({ maxLength: 200 })
    fc.assert(
      fc.property(anything, (tail) => {
        readJournal(tail)
        const contents = readJournal(new Uint8Array([...fileOf(3, ['a']), ...tail]))
        if (contents.state === 'sound') expect(contents.payloads.map(textOf)).toEqual(['a'])
      }),
      { seed: 8, numRuns: 500 },
    )
  })
})

describe('the journal', () => {
  const path = '/lab/library.journal'

  it('cuts a torn tail off and goes on behind the last sound record', () => {
    const fs = new CrashFileSystem()
    const first = Journal.create(fs, path, 1)
    first.append(bytesOf('a'))
    first.close()
    const file = fs.open(path)
    file.write(journalRecord(1, 1, bytesOf('torn')).subarray(0, 22), fs.size(path))
    const second = Journal.open(fs, path)
    expect(fs.size(path)).toBe(JOURNAL_HEADER_BYTES + RECORD_HEADER_BYTES + 1)
    second.journal.append(bytesOf('b'))
    expect(Journal.open(fs, path).payloads.map(textOf)).toEqual(['a', 'b'])
  })

  it('takes a half-written record back when the disk is full, and goes on', () => {
    // Operations: create, write, sync, rename, sync of the folder; then write number 5 is the first record's.
    const fs = new CrashFileSystem({ operations: 5, bytes: 9, kind: 'error' })
    const journal = Journal.create(fs, path, 1)
    expect(() => journal.append(bytesOf('lost'))).toThrow(Fault)
    expect(fs.size(path)).toBe(JOURNAL_HEADER_BYTES)
    journal.append(bytesOf('kept'))
    expect(Journal.open(fs, path).payloads.map(textOf)).toEqual(['kept'])
  })

  it('refuses to go on after a failed sync', () => {
    const fs = new CrashFileSystem({ operations: 6, kind: 'error' })
    const journal = Journal.create(fs, path, 1)
    expect(() => journal.append(bytesOf('perhaps'))).toThrow(/did not confirm/)
    expect(() => journal.append(bytesOf('never'))).toThrow(/did not confirm/)
  })
})
