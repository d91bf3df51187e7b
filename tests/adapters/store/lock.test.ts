/** @file The lock of a project: held, stale, half-written, and of other machines. */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acquireLock, nodeProcesses, type LockOwner, type Processes } from '../../../electron/adapters/store/lock.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-lock-'))
  path = join(folder, 'project.lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A machine on which these processes run, by id and start. */
function machine(self: LockOwner, running: Record<number, string | null>): Processes {
  return { self, isAlive: (pid) => pid in running, startOf: (pid) => running[pid] ?? null }
}
const owner = (pid: number, started: string | null, host = 'here'): LockOwner => ({ pid, started, host })
const me = (running: Record<number, string | null>) => machine(owner(1, 'a'), running)

describe('the lock', () => {
  it('is held until it is released, also against its own process', () => {
    const lock = acquireLock(path)
    expect(() => acquireLock(path)).toThrow(`process ${process.pid}`)
    lock.release()
    expect(readdirSync(folder)).toEqual([])
    acquireLock(path).release()
  })

  it('is refused while its owner runs', () => {
    writeFileSync(path, JSON.stringify(owner(7, 'b')))
    expect(() => acquireLock(path, me({ 7: 'b' }))).toThrow('process 7 on here')
    expect(readdirSync(folder)).toEqual(['project.lock'])
  })

  it.each([
    ['its owner is gone', JSON.stringify(owner(7, 'b')), {}],
    ['the id belongs to a later process', JSON.stringify(owner(7, 'b')), { 7: 'c' }],
    ['it was half written', '{"pid":7,"sta', { 7: 'b' }],
    ['it is empty', '', { 7: 'b' }],
  ])('is taken over when %s', (_, contents, running) => {
    writeFileSync(path, contents)
    const lock = acquireLock(path, me(running))
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(owner(1, 'a'))
    expect(readdirSync(folder)).toEqual(['project.lock'])
    lock.release()
    expect(existsSync(path)).toBe(false)
  })

  it('is not judged where the start of a process is not known, or on another machine', () => {
    writeFileSync(path, JSON.stringify(owner(7, null)))
    expect(() => acquireLock(path, me({ 7: 'b' }))).toThrow('process 7')
    writeFileSync(path, JSON.stringify(owner(7, 'b', 'elsewhere')))
    expect(() => acquireLock(path, me({}))).toThrow('on elsewhere')
  })

  it('is not released when somebody else has it by now', () => {
    const lock = acquireLock(path, me({}))
    writeFileSync(path, JSON.stringify(owner(9, 'z')))
    lock.release()
    expect(existsSync(path)).toBe(true)
  })

  it('knows its own process', () => {
    expect(nodeProcesses.isAlive(process.pid)).toBe(true)
    expect(nodeProcesses.startOf(process.pid)).toBe(nodeProcesses.self.started)
    expect(nodeProcesses.isAlive(2 ** 22 + 12345)).toBe(false)
  })
})
