/**
 * @file Owns one SQLite database, held in memory by sql.js, with the durability that sql.js lacks: every committed
 * transaction is in a synced journal before `transact` returns, and a long journal becomes a snapshot.
 *
 * A snapshot of generation g contains every journal before g; only the journal of generation g is replayed on it. So a
 * crash between writing the snapshot and emptying the journal does no harm: the old journal's number is too low.
 */

import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import initSqlJs, { type Database as SqlDatabase, type SqlJsStatic } from 'sql.js'
import { assert, Fault, messageOf } from '../../../shared/base/errors.ts'
import { commitFile, prepareFile, readWhole, tryRemove, writeAtomically } from './atomic-file.ts'
import { fileFault, withFileFaults } from './file-fault.ts'
import { nodeFileSystem, type FileSystem } from './file-system.ts'
import { Journal } from './journal.ts'
import { MIGRATIONS } from './migrations.ts'
import { decodeTransaction, encodeTransaction, type SqlValue, type Statement } from './transaction.ts'

export interface DatabaseOptions {
  fs?: FileSystem
  /** Journal size that calls for a snapshot. Default 16 MiB. */
  snapshotBytes?: number
  /** Schema steps; tests give their own. */
  migrations?: readonly string[]
  /** Told of snapshots that failed; nothing is lost by them. */
  onRemark?: (text: string) => void
}

/** sql.js addresses at most 2 GiB, and a snapshot needs a second copy. */
const LARGEST_DATABASE = 1_000_000_000

let loading: Promise<SqlJsStatic> | undefined

/** The WebAssembly module, compiled once. */
function loadSqlJs(): Promise<SqlJsStatic> {
  const folder = dirname(createRequire(import.meta.url).resolve('sql.js'))
  loading ??= initSqlJs({ locateFile: (name: string) => `${folder}/${name}` })
  return loading
}

export class Database {
  private closed = false
  /** A snapshot is on disk whose journal could not be emptied yet. */
  private awaitsRestart = false
  private nextSnapshot: number

  private constructor(
    private readonly sql: SqlDatabase,
    private readonly journal: Journal,
    private generation: number,
    private readonly path: string,
    private readonly fs: FileSystem,
    private readonly snapshotBytes: number,
    private readonly onRemark: (text: string) => void,
  ) {
    this.nextSnapshot = snapshotBytes
  }

  /**
   * The database at `path` (`….db`, its journal beside it as `….journal`), created when it is missing.
   * Only one process may have it open: see lock.ts.
   * @throws Fault corrupt-file, unsupported-file (newer schema), too-large, disk-full
   */
  static async open(path: string, options: DatabaseOptions = {}): Promise<Database> {
    const engine = await loadSqlJs()
    const { fs = nodeFileSystem, snapshotBytes = 16 * 2 ** 20, migrations = MIGRATIONS, onRemark = () => {} } = options
    const journalPath = path.replace(/\.db$/, '') + '.journal'
    const isNew = withFileFaults(path, () => fs.kind(path) === 'missing')
    if (isNew && fs.kind(journalPath) !== 'missing') {
      throw corrupt('The library is missing, but its journal is there.', path)
    }
    const sql = isNew ? new engine.Database() : openBytes(engine, readWhole(fs, path, LARGEST_DATABASE), path)
    try {
      if (isNew) {
        setUp(sql)
        migrate(sql, migrations, path)
        setGeneration(sql, 1)
        writeAtomically(fs, path, exported(sql))
        const journal = Journal.create(fs, journalPath, 1)
        return new Database(sql, journal, 1, path, fs, snapshotBytes, onRemark)
      }
      const generation = readGeneration(sql, path)
      const version = schemaVersion(sql)
      if (version > migrations.length) {
        throw new Fault(
          'unsupported-file',
          `The library has schema version ${version}; this program knows up to ${migrations.length}.`,
          'Open it with the newer version of the lab that made it.',
          path,
        )
      }
      const journal = openJournal(fs, journalPath, generation, sql)
      const database = new Database(sql, journal, generation, path, fs, snapshotBytes, onRemark)
      try {
        if (version < migrations.length) database.bringUpToDate(migrations)
      } catch (error) {
        journal.close()
        throw error
      }
      return database
    } catch (error) {
      sql.close()
      throw error
    }
  }

  /** Rows of a query, as arrays in the order of its columns. Writing in a query is refused by SQLite. */
  select(query: string, params: readonly SqlValue[] = []): SqlValue[][] {
    this.assertOpen()
    const statement = this.sql.prepare(query)
    try {
      statement.bind([...params])
      const rows: SqlValue[][] = []
      while (statement.step()) rows.push(statement.get())
      return rows
    } finally {
      statement.free()
    }
  }

  /**
   * Runs all statements or none. When it returns, they survive any crash; when it throws, none of them was done.
   * @throws Fault disk-full, too-large, unreadable-file; SQLite's own error when a statement is not valid
   */
  transact(statements: readonly Statement[]): void {
    this.assertOpen()
    if (statements.length === 0) return
    this.restartJournal()
    const payload = encodeTransaction(statements)
    apply(this.sql, statements, () => this.journal.append(payload))
    if (this.journal.bytes >= this.nextSnapshot) this.trySnapshot()
  }

  /** Writes everything into the database file and empties the journal. */
  snapshot(): void {
    this.assertOpen()
    this.restartJournal()
    const next = this.generation + 1
    setGeneration(this.sql, next)
    try {
      withFileFaults(this.path, () => prepareFile(this.fs, this.path, [exported(this.sql)]))
    } catch (error) {
      setGeneration(this.sql, this.generation)
      throw error
    }
    try {
      commitFile(this.fs, this.path)
    } catch (error) {
      // Which of the two files the disk holds is not known, so no journal fits for certain.
      this.journal.breakWith(error)
      tryRemove(this.fs, this.path + '.tmp')
      throw fileFault(error, this.path)
    }
    this.generation = next
    this.awaitsRestart = true
    this.restartJournal()
  }

  /** Snapshots what the journal holds, where possible, and frees the memory. The journal alone would do. */
  close(): void {
    if (this.closed) return
    if (!this.journal.isEmpty) this.trySnapshot()
    this.closed = true
    this.journal.close()
    this.sql.close()
  }

  /** The journal belongs to the old schema: a copy is kept, then both are left behind in one snapshot. */
  private bringUpToDate(migrations: readonly string[]): void {
    const copy = this.path.replace(/\.db$/, '') + `.version-${schemaVersion(this.sql)}.db`
    writeAtomically(this.fs, copy, exported(this.sql))
    migrate(this.sql, migrations, this.path)
    this.snapshot()
  }

  private restartJournal(): void {
    if (!this.awaitsRestart) return
    this.journal.restart(this.generation)
    this.awaitsRestart = false
    this.nextSnapshot = this.snapshotBytes
  }

  /** Everything is in the journal already, so a failure here is only a remark. */
  private trySnapshot(): void {
    try {
      this.snapshot()
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      this.nextSnapshot = this.journal.bytes + this.snapshotBytes
      this.onRemark(`The library could not be compacted: ${error.message} ${error.todo}`)
    }
  }

  private assertOpen(): void {
    assert(!this.closed, 'the database is closed')
  }
}

function corrupt(message: string, where: string, cause?: unknown): Fault {
  return new Fault('corrupt-file', message, 'Put back a copy of the project folder.', where, { cause })
}

function openBytes(engine: SqlJsStatic, bytes: Uint8Array, path: string): SqlDatabase {
  let sql: SqlDatabase | undefined
  try {
    sql = new engine.Database(bytes)
    setUp(sql)
    const answer = sql.exec('PRAGMA quick_check(1)')[0]?.values[0]?.[0]
    if (answer !== 'ok') throw new Error(String(answer))
    return sql
  } catch (error) {
    sql?.close()
    throw corrupt(`The library is not a sound SQLite database: ${messageOf(error)}.`, path, error)
  }
}

/** Queries cannot write, and a stranger's schema cannot call functions. */
function setUp(sql: SqlDatabase): void {
  sql.run('PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY')
}

/** sql.js closes and reopens the database to export it, which forgets the pragmas. */
function exported(sql: SqlDatabase): Uint8Array {
  try {
    return sql.export()
  } finally {
    setUp(sql)
  }
}

function writing(sql: SqlDatabase, work: () => void): void {
  sql.run('PRAGMA query_only = OFF')
  try {
    work()
  } finally {
    sql.run('PRAGMA query_only = ON')
  }
}

/** Runs the statements in one transaction; `beforeCommit` may still refuse. */
function apply(sql: SqlDatabase, statements: readonly Statement[], beforeCommit: () => void): void {
  writing(sql, () => {
    sql.run('BEGIN')
    try {
      for (const { sql: text, params, rows } of statements) {
        if (!rows) sql.run(text, params ? [...params] : undefined)
        else if (rows.length > 0) runRows(sql, text, rows)
      }
      beforeCommit()
    } catch (error) {
      rollBack(sql)
      throw error
    }
    sql.run('COMMIT')
  })
}

function rollBack(sql: SqlDatabase): void {
  try {
    sql.run('ROLLBACK')
  } catch {
    // After some errors SQLite has done it already.
  }
}

function runRows(sql: SqlDatabase, text: string, rows: readonly (readonly SqlValue[])[]): void {
  const statement = sql.prepare(text)
  try {
    for (const row of rows) statement.run(row as SqlValue[])
  } finally {
    statement.free()
  }
}

function migrate(sql: SqlDatabase, migrations: readonly string[], path: string): void {
  writing(sql, () => {
    try {
      for (let version = schemaVersion(sql); version < migrations.length; version++) {
        sql.run(`BEGIN; ${migrations[version]}; PRAGMA user_version = ${version + 1}; COMMIT`)
      }
    } catch (error) {
      throw corrupt(`The library could not be brought up to date: ${messageOf(error)}.`, path, error)
    }
  })
}

function schemaVersion(sql: SqlDatabase): number {
  return Number(sql.exec('PRAGMA user_version')[0]?.values[0]?.[0])
}

function setGeneration(sql: SqlDatabase, generation: number): void {
  writing(sql, () => sql.run(`INSERT OR REPLACE INTO meta (key, value) VALUES ('generation', ?)`, [String(generation)]))
}

function readGeneration(sql: SqlDatabase, path: string): number {
  let text: unknown
  try {
    text = sql.exec(`SELECT value FROM meta WHERE key = 'generation'`)[0]?.values[0]?.[0]
  } catch (error) {
    throw corrupt('The database is not a library of this program.', path, error)
  }
  const generation = Number(text)
  if (!Number.isInteger(generation) || generation < 1 || generation >= 2 ** 32) {
    throw corrupt('The database is not a library of this program.', path)
  }
  return generation
}

/** The journal that fits a snapshot of `generation`, replayed. */
function openJournal(fs: FileSystem, path: string, generation: number, sql: SqlDatabase): Journal {
  if (withFileFaults(path, () => fs.kind(path)) === 'missing') return Journal.create(fs, path, generation)
  const found = Journal.open(fs, path)
  if (found.generation < generation) {
    found.journal.close()
    return Journal.create(fs, path, generation)
  }
  try {
    if (found.generation > generation) {
      throw corrupt('The library is older than its journal; the two come from different copies of the project.', path)
    }
    for (const payload of found.payloads) replay(sql, payload, path)
  } catch (error) {
    found.journal.close()
    throw error
  }
  return found.journal
}

function replay(sql: SqlDatabase, payload: Uint8Array, path: string): void {
  const statements = decodeTransaction(payload, path)
  try {
    apply(sql, statements, () => {})
  } catch (error) {
    throw corrupt(`A saved change could not be repeated: ${messageOf(error)}.`, path, error)
  }
}
