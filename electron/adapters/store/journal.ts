/**
 * @file Owns the journal file of committed transactions. A record is synced before `append` returns; whoever was told
 * so may rely on it. After a failed sync nobody knows what the disk holds, so the journal refuses to go on.
 */

import { Fault } from '../../../shared/base/errors.ts'
import { readWhole, writeAtomically } from './atomic-file.ts'
import { fileFault, withFileFaults } from './file-fault.ts'
import type { FileSystem, OpenFile } from './file-system.ts'
import { journalHeader, journalRecord, JOURNAL_HEADER_BYTES, MAX_PAYLOAD_BYTES, readJournal } from './journal-format.ts'

export class Journal {
  private file: OpenFile | undefined
  private broken: Fault | undefined

  private constructor(
    private readonly fs: FileSystem,
    private readonly path: string,
    private generation: number,
    private records: number,
    private end: number,
  ) {}

  /**
   * An existing journal: its payloads in order, a torn tail cut off.
   * @throws Fault corrupt-file when an acknowledged record is damaged
   */
  static open(fs: FileSystem, path: string): { journal: Journal; generation: number; payloads: Uint8Array[] } {
    const bytes = readWhole(fs, path)
    const contents = readJournal(bytes)
    if (contents.state === 'damaged') {
      throw new Fault(
        'corrupt-file',
        `The journal of the library is damaged: ${contents.reason}.`,
        'Put back a copy of the project folder. To go on with the last snapshot, move library.journal out of the folder.',
        path,
      )
    }
    const { generation, payloads, soundBytes } = contents
    const journal = new Journal(fs, path, generation, payloads.length, soundBytes)
    withFileFaults(path, () => {
      journal.file = fs.open(path)
      if (soundBytes < bytes.length) {
        journal.file.truncate(soundBytes)
        journal.file.sync()
      }
    })
    return { journal, generation, payloads }
  }

  /** An empty journal in place of whatever is at `path`. */
  static create(fs: FileSystem, path: string, generation: number): Journal {
    const journal = new Journal(fs, path, generation, 0, JOURNAL_HEADER_BYTES)
    journal.restart(generation)
    return journal
  }

  /** Bytes of the file. */
  get bytes(): number {
    return this.end
  }

  get isEmpty(): boolean {
    return this.records === 0
  }

  /**
   * Returns when the payload is on the disk. After a fault the payload is not in the journal, or the journal is broken
   * and refuses everything until it is opened again.
   * @throws Fault disk-full, too-large, unreadable-file
   */
  append(payload: Uint8Array): void {
    if (this.broken) throw this.broken
    if (payload.length > MAX_PAYLOAD_BYTES) {
      throw new Fault(
        'too-large',
        `One change of ${payload.length} bytes is too large; at most ${MAX_PAYLOAD_BYTES} are allowed.`,
        'Add the documents in smaller portions.',
        this.path,
      )
    }
    const file = this.file
    if (!file) throw this.breakWith(undefined)
    const record = journalRecord(this.generation, this.records, payload)
    try {
      file.write(record, this.end)
    } catch (error) {
      // What was written of the record must go, or the next one would stand behind a torn one.
      try {
        file.truncate(this.end)
      } catch (second) {
        throw this.breakWith(second)
      }
      throw fileFault(error, this.path)
    }
    try {
      file.sync()
    } catch (error) {
      throw this.breakWith(error)
    }
    this.records++
    this.end += record.length
  }

  /** Empties the journal for the next generation, atomically. On a fault the old one is kept and stays closed. */
  restart(generation: number): void {
    // Windows does not rename over an open file.
    this.file?.close()
    this.file = undefined
    writeAtomically(this.fs, this.path, journalHeader(generation))
    this.generation = generation
    this.records = 0
    this.end = JOURNAL_HEADER_BYTES
    withFileFaults(this.path, () => (this.file = this.fs.open(this.path)))
  }

  /** Refuses everything from now on. */
  breakWith(cause: unknown): Fault {
    this.broken ??= new Fault(
      'unreadable-file',
      'The disk did not confirm a change, so nothing more is written to the library.',
      'Check the disk, then close the project and open it again; what was saved before is kept.',
      this.path,
      { cause },
    )
    return this.broken
  }

  close(): void {
    this.file?.close()
    this.file = undefined
    this.breakWith('closed')
  }
}
