/** @file Checkpoints: whole or passed over, whatever happened while they were written or lay on the disk. */

import { describe, expect, it } from 'vitest'
import {
  checkpointSteps,
  latestCheckpoint,
  saveCheckpoint,
  type Checkpoint,
} from '../../../electron/adapters/store/checkpoints.ts'
import { Random } from '../../../shared/base/random.ts'
import { parametersOf, tensorsOf } from '../../../shared/model/checkpoint/parameters.ts'
import { floatTensor } from '../../../shared/model/checkpoint/tensor-type.ts'
import { Crash, CrashFileSystem, type Aftermath } from './crash-file-system.ts'

const FOLDER = '/lab/checkpoints'

function checkpoint(step: number): Checkpoint {
  const random = new Random(step)
  random.next()
  return {
    model: [floatTensor('w', [3], Float32Array.of(step, step + 0.5, -step))],
    optimizer: [floatTensor('first.w', [3], Float32Array.of(1, 2, step))],
    state: {
      version: 1,
      step,
      random: { data: [...random.state] },
      order: [2, 0, 1],
      position: 1,
      counters: { tokens: 10 * step },
    },
  }
}

const save = (fs: CrashFileSystem, ...steps: number[]) =>
  steps.forEach((s) => saveCheckpoint(fs, FOLDER, checkpoint(s)))

describe('checkpoints', () => {
  it('give back weights, optimiser and random state exactly', () => {
    const fs = new CrashFileSystem()
    expect(latestCheckpoint(fs, FOLDER)).toBeUndefined()
    save(fs, 100)
    const found = latestCheckpoint(fs.after('power', 0), FOLDER)
    expect(found).toEqual({ ...checkpoint(100), step: 100, skipped: [] })
    const twin = new Random(100)
    twin.next()
    expect(new Random(found!.state.random['data']!).next()).toBe(twin.next())
  })

  it('keep the newest two', () => {
    const fs = new CrashFileSystem()
    save(fs, 100, 200, 1_000_000_000)
    expect(checkpointSteps(fs, FOLDER)).toEqual([1_000_000_000, 200])
  })

  it('are passed over for the one before when a byte of any file is changed or missing', () => {
    const base = new CrashFileSystem()
    save(base, 100, 200)
    for (const name of ['model.safetensors', 'optimizer.safetensors', 'state.json', 'manifest.json']) {
      const path = `${FOLDER}/000000200/${name}`
      const size = base.size(path)
      for (let at = 0; at <= size; at += 13) {
        const fs = base.after('killed', 0)
        if (at + 13 > size) fs.removeFile(path)
        else fs.open(path).write(Uint8Array.of(fs.readAt(path, at, 1)[0]! ^ 1), at)
        const found = latestCheckpoint(fs, FOLDER)
        // Blanks of the manifest may change without harm.
        if (name === 'manifest.json' && found?.step === 200) continue
        expect(found?.step, `${name} at ${at}`).toBe(100)
        expect(found?.skipped[0]?.name).toBe('000000200')
      }
    }
  })

  it('refuse a manifest that lists other files', () => {
    const fs = new CrashFileSystem()
    save(fs, 100)
    const path = `${FOLDER}/000000100/manifest.json`
    const text = '{"version":1,"step":100,"files":{"../../x":{"bytes":0,"sha256":""}}}'
    fs.create(path).write(Buffer.from(text), 0)
    expect(latestCheckpoint(fs, FOLDER)).toBeUndefined()
  })

  /** Saves 100, 200 and (again) the steps given, stopping before each operation; hands what is found to `check`. */
  function stopEverywhere(
    steps: number[],
    check: (found: number | undefined, saved: number[], note: string) => void,
  ): void {
    const start = new CrashFileSystem()
    save(start, 100, 200)
    const whole = start.after('killed', 0)
    save(whole, ...steps)
    for (let operations = 0; operations < whole.log.length; operations++) {
      for (const [seed, aftermath] of (['killed', 'power', 'mixed', 'mixed'] as Aftermath[]).entries()) {
        const fs = start.after('killed', 0, { operations, bytes: Math.floor(whole.log[operations]!.bytes / 2) })
        const saved: number[] = []
        try {
          for (const step of steps) {
            saveCheckpoint(fs, FOLDER, checkpoint(step))
            saved.push(step)
          }
        } catch (error) {
          if (!(error instanceof Crash)) throw error
        }
        const after = fs.after(aftermath, operations * 10 + seed)
        const found = latestCheckpoint(after, FOLDER)
        if (found) expect(found).toMatchObject(checkpoint(found.step))
        check(found?.step, saved, `${whole.log[operations]!.name}, ${aftermath}`)
        // The next save clears up and works.
        save(after, 900)
        expect(latestCheckpoint(after, FOLDER)?.step).toBe(900)
        expect(after.list(FOLDER).filter((name) => !/^\d+$/.test(name))).toEqual([])
      }
    }
  }

  it('are never lost once saved, wherever the next one is stopped', () => {
    stopEverywhere([300, 400], (found, saved, note) => {
      const least = saved.at(-1) ?? 200
      expect([least, least + 100], note).toContain(found)
    })
  })

  it('fall back to the step before at worst when a resumed run writes a step again', () => {
    stopEverywhere([200], (found, saved, note) => {
      expect(saved.length ? [200] : [100, 200], note).toContain(found)
    })
  })

  it('leave the earlier ones alone when the disk is full', () => {
    const start = new CrashFileSystem()
    save(start, 100)
    const writes = [...start.log.entries()].filter(([, entry]) => entry.bytes > 0).length
    expect(writes).toBeGreaterThan(3)
    for (let operations = 0; operations < 12; operations++) {
      const fs = start.after('killed', 0, { operations, bytes: 3, kind: 'error' })
      expect(() => save(fs, 200)).toThrow(/disk is full/)
      expect(latestCheckpoint(fs, FOLDER)?.step).toBe(100)
      save(fs, 300)
      expect(latestCheckpoint(fs, FOLDER)?.step).toBe(300)
    }
  })
})

describe('parameters', () => {
  it('go to tensors and back by prefix, without a copy', () => {
    const map = new Map([['a', Float32Array.of(1, 2)]])
    const tensors = [
      ...tensorsOf(map, [{ name: 'a', shape: [2] }], 'first.'),
      floatTensor('other', [], Float32Array.of(3)),
    ]
    expect(parametersOf(tensors, 'first.')).toEqual(map)
    map.get('a')![0] = 9
    expect(parametersOf(tensors, 'first.').get('a')?.[0]).toBe(9)
    expect(() => tensorsOf(map, [{ name: 'b', shape: [2] }])).toThrow('"b"')
  })
})
