/** @file The database: transactions, replay, snapshots, migrations, and files it refuses. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Database } from '../../../electron/adapters/store/database.ts'
import { Fault } from '../../../shared/base/errors.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-database-'))
  path = join(folder, 'library.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

const MIGRATIONS = ['CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL); CREATE TABLE t (a, b UNIQUE)']
const open = (options = {}) => Database.open(path, { migrations: MIGRATIONS, ...options })
const all = (db: Database) => db.select('SELECT a, b FROM t ORDER BY rowid')
const insert = (a: string | number | null | Uint8Array, b: number) => ({
  sql: 'INSERT INTO t VALUES (?, ?)',
  params: [a, b],
})

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'none'
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

describe('the database', () => {
  it('keeps every kind of value through replay and through a snapshot', async () => {
    const values = ['text – ü', '', 1.5, -7, 2 ** 53 - 1, null, Uint8Array.of(0, 255)]
    const first = await open()
    first.transact(values.map((value, i) => insert(value, i)))
    // A copy without a close is what a kill leaves.
    const killed = join(folder, 'killed')
    const copy = (name: string) =>
      writeFileSync(join(folder, `killed.${name}`), readFileSync(join(folder, `library.${name}`)))
    copy('db')
    copy('journal')
    const replayed = await Database.open(`${killed}.db`, { migrations: MIGRATIONS })
    expect(all(replayed).map((row) => row[0])).toEqual(values)
    first.close()
    expect(statSync(join(folder, 'library.journal')).size).toBe(16)
    const snapshot = await open()
    expect(all(snapshot).map((row) => row[0])).toEqual(values)
    replayed.close()
    snapshot.close()
  })

  it('does all of a transaction or nothing', async () => {
    const db = await open()
    db.transact([insert('kept', 1)])
    expect(() => db.transact([insert('x', 2), insert('clash', 1)])).toThrow(/UNIQUE/)
    expect(() =>
      db.transact([
        {
          sql: 'INSERT INTO t VALUES (?, ?)',
          rows: [
            ['y', 3],
            ['z', 3],
          ],
        },
      ]),
    ).toThrow(/UNIQUE/)
    expect(() => db.transact([insert(NaN, 4)])).toThrow(/finite/)
    db.transact([insert('after', 5)])
    expect(all(db)).toEqual([
      ['kept', 1],
      ['after', 5],
    ])
    db.close()
    const again = await open()
    expect(all(again).length).toBe(2)
    again.close()
  })

  it('refuses to write outside a transaction, which the journal would not know of', async () => {
    const db = await open()
    expect(() => db.select(`INSERT INTO t VALUES (1, 1)`)).toThrow(/readonly/)
    db.snapshot()
    expect(() => db.select(`DELETE FROM t`)).toThrow(/readonly/)
    db.close()
  })

  it('inserts 100,000 rows in a few seconds and snapshots by itself', async () => {
    const db = await open()
    const rows = Array.from({ length: 100_000 }, (_, i) => [
      `${i} nacre consists of aragonite and proteins`.repeat(4),
      i,
    ])
    const before = process.cpuUsage()
    db.transact([{ sql: 'INSERT INTO t VALUES (?, ?)', rows }])
    // Processor time: the machine may be busy with something else.
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10)
    expect(statSync(join(folder, 'library.journal')).size).toBe(16)
    expect(statSync(path).size).toBeGreaterThan(10_000_000)
    db.close()
  })

  it('brings an old library up to date and keeps a copy of it', async () => {
    const old = await open()
    old.transact([insert('old', 1)])
    old.close()
    const newer = [...MIGRATIONS, 'ALTER TABLE t ADD COLUMN c DEFAULT 9; CREATE INDEX by_b ON t (b)']
    const db = await open({ migrations: newer })
    expect(db.select('SELECT a, b, c FROM t')).toEqual([['old', 1, 9]])
    db.transact([{ sql: 'UPDATE t SET c = 10' }])
    db.close()
    expect(readdirSync(folder).sort()).toEqual(['library.db', 'library.journal', 'library.version-1.db'])
    const again = await open({ migrations: newer })
    expect(again.select('SELECT c FROM t')).toEqual([[10]])
    again.close()
    expect(await codeOf(open())).toBe('unsupported-file')
  })

  it('replays an old journal before it migrates', async () => {
    const old = await open()
    old.transact([insert('in the journal', 1)])
    const db = await open({ migrations: [...MIGRATIONS, 'ALTER TABLE t RENAME COLUMN a TO z'] })
    expect(db.select('SELECT z FROM t')).toEqual([['in the journal']])
    db.close()
  })

  it('refuses what is not its own file', async () => {
    const db = await open()
    db.transact([insert('a', 1)])
    db.close()
    const good = readFileSync(path)
    const refused = async (bytes: Uint8Array) => {
      writeFileSync(path, bytes)
      return codeOf(open())
    }
    expect(await refused(Buffer.from('hello'))).toBe('corrupt-file')
    expect(await refused(new Uint8Array(0))).toBe('corrupt-file')
    expect(await refused(good.subarray(0, 5000))).toBe('corrupt-file')
    const holed = Buffer.from(good)
    holed.fill(0xff, 4096, 4200)
    expect(await refused(holed)).toBe('corrupt-file')
    expect(await refused(good)).toBe('none')
    rmSync(path)
    expect(await codeOf(open())).toBe('corrupt-file')
  })

  it('refuses a snapshot older than its journal', async () => {
    const db = await open()
    db.close()
    const old = readFileSync(path)
    const again = await open()
    again.transact([insert('a', 1)])
    again.close()
    const third = await open()
    third.transact([insert('b', 2)])
    writeFileSync(path, old)
    expect(await codeOf(open())).toBe('corrupt-file')
    third.close()
  })
})
