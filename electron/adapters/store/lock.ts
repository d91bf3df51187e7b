/**
 * @file One process at a time has a project open. The lock file names its owner by process id and start time, so that a
 * lock left by a killed process, whose id may belong to another by now, is recognised and taken over.
 */

import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { z } from 'zod'
import { Fault } from '../../../shared/base/errors.ts'
import { errorCode, withFileFaults } from './file-fault.ts'

const ownerSchema = z.object({
  pid: z.int().positive(),
  /** Of the process, where the system tells it; null elsewhere. */
  started: z.string().nullable(),
  host: z.string(),
})
export type LockOwner = z.infer<typeof ownerSchema>

/** What the lock must know about processes; a port, so that tests can invent some. */
export interface Processes {
  self: LockOwner
  isAlive(pid: number): boolean
  startOf(pid: number): string | null
}

export const nodeProcesses: Processes = {
  get self() {
    return { pid: process.pid, started: startOf(process.pid), host: hostname() }
  },
  isAlive(pid) {
    try {
      process.kill(pid, 0)
      return true
    } catch (error) {
      // Somebody else's process is alive all the same.
      return errorCode(error) === 'EPERM'
    }
  },
  startOf,
}

/** Boot and clock ticks since then; only Linux shows them without starting a program. */
function startOf(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name, in parentheses that it may itself contain; the start is the 22nd.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return ticks === undefined ? null : `${boot}:${ticks}`
  } catch {
    return null
  }
}

export interface Lock {
  release(): void
}

/**
 * @param path of the lock file
 * @throws Fault locked
 */
export function acquireLock(path: string, processes: Processes = nodeProcesses): Lock {
  const mine = JSON.stringify(processes.self)
  const draft = `${path}.${processes.self.pid}`
  return withFileFaults(path, () => {
    writeFileSync(draft, mine)
    try {
      // Two rounds: the second after a stale lock was moved away. A third would mean that others keep coming first.
      for (let round = 0; round < 2; round++) {
        // A link appears with its contents or not at all, and never over an existing file.
        if (tryLink(draft, path)) return { release: () => release(path, mine) }
        const held = read(path)
        if (held !== undefined && !isStale(held, processes)) throw lockedBy(held, path)
        if (held !== undefined) takeAway(path, held)
      }
      throw lockedBy(read(path) ?? '', path)
    } finally {
      rmSync(draft, { force: true })
    }
  })
}

function tryLink(draft: string, path: string): boolean {
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    return tryExclusive(draft, path)
  }
}

/** For disks without links (exFAT). */
function tryExclusive(draft: string, path: string): boolean {
  try {
    writeFileSync(path, readFileSync(draft), { flag: 'wx' })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function parse(held: string): LockOwner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(held))
  } catch {
    return undefined
  }
}

function isStale(held: string, processes: Processes): boolean {
  const owner = parse(held)
  // Half a lock: its writer died while writing it.
  if (!owner) return true
  if (owner.host !== processes.self.host) return false
  if (!processes.isAlive(owner.pid)) return true
  const started = processes.startOf(owner.pid)
  return owner.started !== null && started !== null && owner.started !== started
}

/** Moves the stale lock away; gives it back when somebody else had replaced it meanwhile. */
function takeAway(path: string, judged: string): void {
  const aside = `${path}.stale`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return
    throw error
  }
  if (read(aside) !== judged) tryLink(aside, path)
  rmSync(aside, { force: true })
}

function release(path: string, mine: string): void {
  if (read(path) === mine) rmSync(path, { force: true })
}

function lockedBy(held: string, path: string): Fault {
  const owner = parse(held)
  const who = owner ? `process ${owner.pid} on ${owner.host}` : 'another process'
  return new Fault(
    'locked',
    `The project is open in ${who}.`,
    'Close it there. If no lab is running, delete the lock file.',
    path,
  )
}
