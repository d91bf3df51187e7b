/** @file A project folder from creation to resumption, and the folders it refuses. */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createProject, openProject } from '../../../electron/adapters/store/project.ts'
import { openRun } from '../../../electron/adapters/store/runs.ts'
import { Fault } from '../../../shared/base/errors.ts'
import { floatTensor } from '../../../shared/model/checkpoint/tensor-type.ts'
import { applySetting } from '../../../shared/pipeline/project/apply-settings.ts'
import { presetSettings } from '../../../shared/pipeline/project/presets.ts'

let outer: string
let folder: string
beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), 'lab-project-'))
  folder = join(outer, 'nacre')
})
afterEach(() => rmSync(outer, { recursive: true }))

const about = {
  name: 'Nacre',
  base: { name: 'Starter', kind: 'starter' as const },
  seed: 3,
  settings: presetSettings('quick'),
  clock: () => Date.UTC(2025, 0, 31),
}
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof Fault ? error.code : Promise.reject(error)),
  )

describe('a project', () => {
  it('is created, locked, changed, closed and opened again', async () => {
    const project = await createProject(folder, about)
    expect(project.file).toMatchObject({ name: 'Nacre', seed: 3, created: '2025-01-31T00:00:00.000Z' })
    expect(await code(openProject(folder))).toBe('locked')
    expect(await code(createProject(folder, about))).toBe('already-exists')
    project.library.saveValue('theme', 'dark')
    project.update({ settings: applySetting(project.file.settings, 'stage1.beta', '0.3') })
    await project.exports.write('card.md', new Uint8Array([35]))
    project.close()
    const again = await openProject(folder)
    expect(again.file.settings.stage1.beta).toBe(0.3)
    expect(again.library.value('theme')).toBe('dark')
    expect(existsSync(join(folder, 'exports/card.md'))).toBe(true)
    again.close()
    expect(existsSync(join(folder, 'project.lock'))).toBe(false)
  })

  it('refuses settings that could not be opened again, and keeps the old ones', async () => {
    const project = await createProject(folder, about)
    const settings = structuredClone(project.file.settings)
    settings.stage1.beta = -1
    expect(() => project.update({ settings })).toThrow('stage1.beta')
    expect(project.file.settings.stage1.beta).toBe(0.1)
    project.close()
    ;(await openProject(folder)).close()
  })

  it('is not created over anything of the user, but over a creation that was cut short', async () => {
    mkdirSync(folder)
    writeFileSync(join(folder, 'thesis.docx'), 'x')
    expect(await code(createProject(folder, about))).toBe('already-exists')
    expect(readFileSync(join(folder, 'thesis.docx'), 'utf8')).toBe('x')
    rmSync(join(folder, 'thesis.docx'))
    writeFileSync(join(folder, 'library.db'), 'half')
    writeFileSync(join(folder, 'project.json.tmp'), 'half')
    const project = await createProject(folder, about)
    project.close()
  })

  it('says what is wrong with a folder', async () => {
    expect(await code(openProject(folder))).toBe('not-found')
    mkdirSync(folder)
    expect(await code(openProject(folder))).toBe('not-a-project')
    writeFileSync(join(folder, 'project.json'), '{"name":"a package"}')
    expect(await code(openProject(folder))).toBe('not-a-project')
    writeFileSync(join(folder, 'project.json'), '{')
    expect(await code(openProject(folder))).toBe('corrupt-file')
    rmSync(folder, { recursive: true })
    const bad = { ...about, settings: { ...about.settings, seed: -1 } }
    expect(await code(createProject(folder, bad))).toBe('bad-settings')
    expect(existsSync(folder)).toBe(false)
  })

  it('does not follow a link in place of its folders', async () => {
    ;(await createProject(folder, about)).close()
    rmSync(join(folder, 'runs'), { recursive: true })
    mkdirSync(join(outer, 'elsewhere'))
    symlinkSync(join(outer, 'elsewhere'), join(folder, 'runs'))
    expect(await code(openProject(folder))).toBe('unsupported-file')
    expect(existsSync(join(folder, 'project.lock'))).toBe(false)
  })
})

describe('the runs of a project', () => {
  const manifest = { stage: 'stage-1', created: '2025-02-01T00:00:00Z', seed: 3, settings: { beta: 0.1 } }

  it('are numbered, resumed and finished', async () => {
    const project = await createProject(folder, about)
    const run = project.createRun(manifest)
    project.createRun({ ...manifest, stage: 'stage-2' })
    expect(project.runs().map((r) => r.id)).toEqual(['stage-1-0001', 'stage-2-0002'])

    const metrics = run.openLines()
    for (let step = 1; step <= 5; step++) metrics.append({ step, loss: 1 / step })
    const state = { version: 1 as const, step: 3, random: {}, order: [], position: 0, counters: {} }
    run.saveCheckpoint({ model: [floatTensor('w', [1], Float32Array.of(3))], optimizer: [], state })
    metrics.close()

    // As the training process does after a crash: by the folder alone.
    const resumed = openRun(run.folder)
    const found = resumed.latestCheckpoint()
    const lines = resumed.openLines()
    lines.truncateAfter(found!.step)
    lines.close()
    expect(resumed.readLines().map((r) => r.step)).toEqual([1, 2, 3])

    expect(() => project.run('stage-1-0001').weights()).toThrow('not finished')
    resumed.finish([floatTensor('w', [2], Float32Array.of(1, 2))], '2025-02-02T00:00:00Z')
    const finished = project.run('stage-1-0001')
    expect(finished.manifest).toMatchObject({ ...manifest, finished: '2025-02-02T00:00:00Z' })
    expect(finished.weights()).toEqual(new Map([['w', Float32Array.of(1, 2)]]))
    expect(() => project.run('stage-1-0009')).toThrow(
      expect.objectContaining({ todo: expect.stringContaining('stage-1-0001, stage-2-0002') as string }),
    )
    expect(() => run.readLines('../../project')).toThrow(Fault)
    project.close()
  })

  it('leave out folders whose manifest was never written', async () => {
    const project = await createProject(folder, about)
    mkdirSync(join(folder, 'runs', 'stage-1-0001'))
    expect(project.runs()).toEqual([])
    expect(project.createRun(manifest).id).toBe('stage-1-0002')
    project.close()
  })
})
