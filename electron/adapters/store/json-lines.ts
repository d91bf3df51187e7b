/**
 * @file Owns a file of one JSON record per line (metrics, samples), appended to while a run goes on. Lines reach the
 * disk every few records; a torn last line is dropped when the file is opened, and records after a checkpoint's step
 * are taken back when a run resumes from it.
 */

import { z } from 'zod'
import { must } from '../../../shared/base/errors.ts'
import { writeAtomically, readWhole } from './atomic-file.ts'
import { withFileFaults } from './file-fault.ts'
import type { FileSystem, OpenFile } from './file-system.ts'

const recordSchema = z.looseObject({ step: z.number() })

/** Numbers that are not finite become null. */
export type LineRecord = z.infer<typeof recordSchema>

const NEWLINE = 10

/**
 * The whole records of a file, in order; lines that are none are left out. Empty when there is no file.
 * May be called while another process appends.
 */
export function readLines(fs: FileSystem, path: string): LineRecord[] {
  if (fs.kind(path) === 'missing') return []
  const bytes = readWhole(fs, path)
  const text = Buffer.from(bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1)).toString('utf8')
  return text.split('\n').flatMap((line) => {
    if (line === '') return []
    try {
      const result = recordSchema.safeParse(JSON.parse(line))
      return result.success ? [result.data] : []
    } catch {
      return []
    }
  })
}

export class JsonLines {
  private file: OpenFile | undefined
  private end = 0
  private unsynced = 0

  /**
   * Opens for appending; creates the file when it is missing.
   * @param syncEvery records after which the disk is waited for; {@link flush} does it at once
   */
  constructor(
    private readonly fs: FileSystem,
    private readonly path: string,
    private readonly syncEvery = 10,
  ) {
    if (fs.kind(path) === 'missing') writeAtomically(fs, path, new Uint8Array(0))
    this.reopen()
  }

  /** @throws Fault disk-full */
  append(record: LineRecord): void {
    const line = Buffer.from(JSON.stringify(record) + '\n')
    withFileFaults(this.path, () => must(this.file, 'open file').write(line, this.end))
    this.end += line.length
    this.unsynced++
    if (this.unsynced >= this.syncEvery) this.flush()
  }

  /** Returns when everything appended is on the disk. */
  flush(): void {
    withFileFaults(this.path, () => must(this.file, 'open file').sync())
    this.unsynced = 0
  }

  /** Takes back every record whose step is larger. */
  truncateAfter(step: number): void {
    this.flush()
    const kept = readLines(this.fs, this.path).filter((record) => record.step <= step)
    this.file?.close()
    this.file = undefined
    writeAtomically(this.fs, this.path, Buffer.from(kept.map((record) => JSON.stringify(record) + '\n').join('')))
    this.reopen()
  }

  close(): void {
    if (!this.file) return
    this.flush()
    this.file.close()
    this.file = undefined
  }

  private reopen(): void {
    const bytes = readWhole(this.fs, this.path)
    this.end = bytes.lastIndexOf(NEWLINE) + 1
    withFileFaults(this.path, () => {
      this.file = this.fs.open(this.path)
      if (this.end < bytes.length) this.file.truncate(this.end)
    })
  }
}
