/** @file A real process, killed with SIGKILL in the middle of its work, again and again, loses nothing acknowledged. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { createProject, openProject } from '../../../electron/adapters/store/project.ts'

const child = fileURLToPath(new URL('kill-child.ts', import.meta.url))

/** Runs the child until it has acknowledged `count` more values, kills it, and tells the last that it printed. */
async function runAndKill(folder: string, count: number): Promise<{ opened: number; acknowledged: number }> {
  const process = spawn('node', ['--import', 'tsx', child, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  let opened = -1
  let acknowledged = -1
  const gone = once(process, 'exit')
  onTestFinished(() => void process.kill('SIGKILL'))
  for await (const line of createInterface({ input: process.stdout })) {
    const [word, number] = line.split(' ')
    if (word === 'opened') opened = acknowledged = Number(number)
    // Lines that were in the pipe when the kill came count too: they were printed after the acknowledgement.
    else acknowledged = Number(number)
    if (acknowledged >= opened + count) process.kill('SIGKILL')
  }
  expect((await gone)[1]).toBe('SIGKILL')
  return { opened, acknowledged }
}

it('keeps everything that was acknowledged before a kill', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-kill-'))
  try {
    const about = { name: 'Kill', base: { name: 'Starter', kind: 'starter' as const }, seed: 1, clock: () => 0 }
    ;(await createProject(folder, about)).close()
    let before = 0
    for (const count of [1, 39, 120]) {
      // Opening also takes over the lock of the process killed before.
      const { opened, acknowledged } = await runAndKill(folder, count)
      expect(opened).toBeGreaterThanOrEqual(before)
      before = acknowledged
    }
    const project = await openProject(folder)
    const last = Number(project.library.value('last'))
    // The one in flight may have arrived: its fact, or its fact and its number.
    expect([before, before + 1, before + 2]).toContain(last)
    const ids = project.library.facts().map((fact) => Number(fact.id))
    expect(ids.slice(0, last)).toEqual(Array.from({ length: last }, (_, i) => i + 1))
    expect(ids.length).toBeLessThanOrEqual(last + 1)
    project.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
