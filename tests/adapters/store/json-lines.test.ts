/** @file Metrics: appended lines survive, torn ones are dropped, later ones are taken back on resume. */

import { describe, expect, it } from 'vitest'
import { JsonLines, readLines } from '../../../electron/adapters/store/json-lines.ts'
import { CrashFileSystem } from './crash-file-system.ts'

const PATH = '/lab/metrics.jsonl'
const steps = (fs: CrashFileSystem) => readLines(fs, PATH).map((record) => record.step)

function write(fs: CrashFileSystem, bytes: string): void {
  fs.open(PATH).write(Buffer.from(bytes), fs.size(PATH))
}

describe('a file of records', () => {
  it('appends, also after a reopening', () => {
    const fs = new CrashFileSystem()
    expect(readLines(fs, PATH)).toEqual([])
    const first = new JsonLines(fs, PATH)
    first.append({ step: 1, loss: 0.5, label: 'ünïcode' })
    first.close()
    const second = new JsonLines(fs, PATH)
    second.append({ step: 2, loss: NaN })
    second.close()
    expect(readLines(fs, PATH)).toEqual([
      { step: 1, loss: 0.5, label: 'ünïcode' },
      { step: 2, loss: null },
    ])
    expect(() => second.append({ step: 3 })).toThrow()
  })

  it('is on the disk every few records, and when told', () => {
    const fs = new CrashFileSystem()
    const lines = new JsonLines(fs, PATH, 3)
    for (let step = 1; step <= 5; step++) lines.append({ step })
    expect(steps(fs.after('power', 0))).toEqual([1, 2, 3])
    lines.flush()
    expect(steps(fs.after('power', 0))).toEqual([1, 2, 3, 4, 5])
  })

  it('drops a torn last line and goes on in its place', () => {
    const fs = new CrashFileSystem()
    new JsonLines(fs, PATH).close()
    write(fs, '{"step":1}\n{"step":2,"lo')
    expect(steps(fs)).toEqual([1])
    const lines = new JsonLines(fs, PATH)
    lines.append({ step: 2 })
    lines.close()
    expect(steps(fs)).toEqual([1, 2])
  })

  it('leaves out lines that are no records', () => {
    const fs = new CrashFileSystem()
    new JsonLines(fs, PATH).close()
    write(fs, '{"step":1}\n\0\0\0\n[]\n{"loss":1}\n{"step":2}\n')
    expect(steps(fs)).toEqual([1, 2])
  })

  it('takes back what came after a checkpoint', () => {
    const fs = new CrashFileSystem()
    const lines = new JsonLines(fs, PATH)
    for (let step = 1; step <= 6; step++) lines.append({ step })
    lines.truncateAfter(4)
    lines.append({ step: 5, again: true })
    lines.close()
    expect(readLines(fs.after('power', 0), PATH).at(-1)).toEqual({ step: 5, again: true })
    expect(steps(fs)).toEqual([1, 2, 3, 4, 5])
  })

  it('has the old or the new records when the taking back is cut short', () => {
    for (let operations = 0; operations < 5; operations++) {
      const whole = new CrashFileSystem()
      const lines = new JsonLines(whole, PATH)
      for (let step = 1; step <= 4; step++) lines.append({ step })
      lines.close()
      const fs = whole.after('killed', 0, { operations, bytes: 7 })
      expect(() => new JsonLines(fs, PATH).truncateAfter(2)).toThrow()
      expect([
        [1, 2, 3, 4],
        [1, 2],
      ]).toContainEqual(steps(fs.after('power', 0)))
    }
  })
})
