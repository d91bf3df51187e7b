/**
 * @file Kill safety: the program stops at every operation and at every byte of a journal write, the disk loses what was
 * not synced, and whatever was acknowledged is there on reopening; at most the one change in flight may be there too.
 */

import { describe, expect, it } from 'vitest'
import { Database } from '../../../electron/adapters/store/database.ts'
import { Fault } from '../../../shared/base/errors.ts'
import { Crash, CrashFileSystem, type Aftermath, type StopPlan } from './crash-file-system.ts'

const PATH = '/lab/library.db'
const AFTERMATHS: Aftermath[] = ['killed', 'power', 'mixed']
// Pages of 512 bytes keep the snapshots short.
const MIGRATIONS = ['CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL); CREATE TABLE numbers (n INTEGER)']

const open = (fs: CrashFileSystem, snapshotBytes = 300) =>
  Database.open(PATH, { fs, snapshotBytes, migrations: MIGRATIONS })

const numbersOf = (db: Database) => db.select('SELECT n FROM numbers ORDER BY rowid').map((row) => Number(row[0]))

/** Six transactions of one row, with snapshots in between, then a close. Returns what was acknowledged. */
async function work(fs: CrashFileSystem): Promise<number[]> {
  const acknowledged: number[] = []
  try {
    const db = await open(fs)
    for (let n = 0; n < 6; n++) {
      try {
        db.transact([{ sql: 'INSERT INTO numbers VALUES (?)', params: [n] }])
        acknowledged.push(n)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
      }
    }
    db.close()
  } catch (error) {
    // A crash may come to light as a fault that it caused.
    if (!(error instanceof Crash || error instanceof Fault)) throw error
  }
  return acknowledged
}

/** All acknowledged numbers in order, and at most one more: the next, which was in flight. */
function expectExactly(found: number[], acknowledged: number[], note: string): void {
  const wanted = acknowledged
  const inFlight = acknowledged.length
  expect([JSON.stringify(wanted), JSON.stringify([...wanted, inFlight])], note).toContain(JSON.stringify(found))
}

async function operationsOf(before: CrashFileSystem): Promise<{ name: string; bytes: number }[]> {
  const fs = before.after('killed', 0)
  await work(fs)
  return fs.log
}

describe('a database whose process is stopped', () => {
  it('has everything acknowledged after a stop before any operation, from the first creation on', async () => {
    const log = await operationsOf(new CrashFileSystem())
    // Several snapshots must be among them, or the test would show little.
    expect(log.filter((entry) => entry.name.startsWith('rename')).length).toBeGreaterThan(4)
    for (let operations = 0; operations < log.length; operations++) {
      const fs = new CrashFileSystem({ operations, bytes: Math.floor(log[operations]!.bytes / 2) })
      const acknowledged = await work(fs)
      expect(fs.dead).toBe(true)
      for (const [seed, aftermath] of [...AFTERMATHS, 'mixed' as const, 'mixed' as const].entries()) {
        const db = await open(fs.after(aftermath, operations * 10 + seed))
        expectExactly(numbersOf(db), acknowledged, `stopped at ${operations} (${log[operations]!.name}), ${aftermath}`)
        db.close()
      }
    }
  })

  it('has everything acknowledged after a stop at any byte of a journal write', async () => {
    const start = new CrashFileSystem()
    const db = await open(start, 1e9)
    db.close()
    const run = async (plan?: StopPlan) => {
      const fs = start.after('killed', 0, plan)
      const acknowledged: number[] = []
      try {
        const db = await open(fs, 1e9)
        for (let n = 0; n < 2; n++) {
          db.transact([{ sql: 'INSERT INTO numbers VALUES (?)', params: [n] }])
          acknowledged.push(n)
        }
      } catch (error) {
        if (!(error instanceof Crash || error instanceof Fault)) throw error
      }
      return { fs, acknowledged }
    }
    const { fs: whole } = await run()
    const writes = [...whole.log.entries()].filter(([, entry]) => entry.name === `write /lab/library.journal`)
    expect(writes.length).toBe(2)
    for (const [operations, entry] of writes) {
      for (let bytes = 0; bytes <= entry.bytes; bytes++) {
        const { fs, acknowledged } = await run({ operations, bytes })
        expect(acknowledged.length).toBe(writes.findIndex(([at]) => at === operations))
        for (const aftermath of ['killed', 'mixed'] as const) {
          const db = await open(fs.after(aftermath, bytes))
          expectExactly(numbersOf(db), acknowledged, `byte ${bytes} of operation ${operations}, ${aftermath}`)
          db.close()
        }
      }
    }
  })

  it('survives a second stop while it recovers from the first', async () => {
    const log = await operationsOf(new CrashFileSystem())
    for (let first = 3; first < log.length; first += 2) {
      const fs = new CrashFileSystem({ operations: first, bytes: Math.floor(log[first]!.bytes / 2) })
      const acknowledged = await work(fs)
      for (let second = 0; second < 8; second++) {
        const again = fs.after('mixed', first, { operations: second, bytes: 5 })
        try {
          const db = await open(again)
          db.close()
        } catch (error) {
          if (!(error instanceof Crash || error instanceof Fault)) throw error
        }
        const db = await open(again.after('mixed', second))
        expectExactly(numbersOf(db), acknowledged, `stopped at ${first}, then at ${second}`)
        db.close()
      }
    }
  })

  it('keeps what it acknowledged, and nothing it refused, when any one operation fails', async () => {
    const log = await operationsOf(new CrashFileSystem())
    for (let operations = 0; operations < log.length; operations++) {
      const fs = new CrashFileSystem({ operations, bytes: Math.floor(log[operations]!.bytes / 2), kind: 'error' })
      const acknowledged = await work(fs)
      for (const aftermath of AFTERMATHS) {
        const db = await open(fs.after(aftermath, operations))
        const found = numbersOf(db)
        const note = `failed at ${operations} (${log[operations]!.name}), ${aftermath}`
        // A change whose sync failed was refused, but may have reached the disk.
        const extra = found.filter((n) => !acknowledged.includes(n))
        const uncertain = log[operations]!.name === 'sync /lab/library.journal' ? 1 : 0
        expect(extra.length, note).toBeLessThanOrEqual(uncertain)
        expect(
          found.filter((n) => acknowledged.includes(n)),
          note,
        ).toEqual(acknowledged)
        db.close()
      }
    }
  })
})
