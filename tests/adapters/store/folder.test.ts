/** @file The Folder port stays inside its folder and replaces files whole. */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeAtomically } from '../../../electron/adapters/store/atomic-file.ts'
import { openFolder } from '../../../electron/adapters/store/folder.ts'
import { Fault } from '../../../shared/base/errors.ts'
import { CrashFileSystem } from './crash-file-system.ts'

let outer: string
let root: string
beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), 'lab-folder-'))
  root = join(outer, 'root')
  mkdirSync(root)
  writeFileSync(join(outer, 'secret.txt'), 'secret')
})
afterEach(() => rmSync(outer, { recursive: true }))

const bytes = (text: string) => new Uint8Array(Buffer.from(text))

describe('a folder', () => {
  it('writes, reads, lists and removes, making folders on the way', async () => {
    const folder = openFolder(root)
    await folder.write('a/b/c.txt', bytes('one'))
    await folder.write('a/b/c.txt', bytes('two'))
    expect(Buffer.from(await folder.read('a/b/c.txt')).toString()).toBe('two')
    expect(await folder.list('')).toEqual(['a'])
    expect(await folder.list('a/b')).toEqual(['c.txt'])
    expect(await folder.exists('a/b')).toBe(true)
    await folder.remove('a')
    expect(await folder.exists('a/b/c.txt')).toBe(false)
    await expect(folder.read('a/b/c.txt')).rejects.toMatchObject({ code: 'not-found' })
  })

  it.each(['../secret.txt', 'a/../../secret.txt', '/etc/passwd', 'a//b', './a', '..', 'a\\..\\b', 'C:x', 'a\0b', ''])(
    'refuses the path %j',
    async (path) => {
      const folder = openFolder(root)
      await expect(folder.read(path)).rejects.toBeInstanceOf(Fault)
      await expect(folder.write(path, bytes('x'))).rejects.toMatchObject({ code: 'usage' })
      await expect(folder.remove(path)).rejects.toMatchObject({ code: 'usage' })
      expect(readFileSync(join(outer, 'secret.txt'), 'utf8')).toBe('secret')
    },
  )

  it('does not go through links, to files or to folders', async () => {
    symlinkSync(outer, join(root, 'out'))
    symlinkSync(join(outer, 'secret.txt'), join(root, 'link.txt'))
    const folder = openFolder(root)
    for (const path of ['out/secret.txt', 'link.txt', 'out/new.txt', 'out']) {
      await expect(folder.read(path)).rejects.toMatchObject({ code: 'usage' })
      await expect(folder.write(path, bytes('x'))).rejects.toMatchObject({ code: 'usage' })
      await expect(folder.remove(path)).rejects.toMatchObject({ code: 'usage' })
    }
    expect(existsSync(join(outer, 'new.txt'))).toBe(false)
    expect(readFileSync(join(outer, 'secret.txt'), 'utf8')).toBe('secret')
  })
})

describe('writeAtomically', () => {
  it('leaves the old contents or the new, wherever it is stopped', () => {
    for (let operations = 0; operations < 5; operations++) {
      for (const aftermath of ['killed', 'power', 'mixed'] as const) {
        const start = new CrashFileSystem()
        writeAtomically(start, '/lab/f', bytes('old contents'))
        const fs = start.after('killed', 0, { operations, bytes: 4 })
        expect(() => writeAtomically(fs, '/lab/f', bytes('new'))).toThrow()
        const after = fs.after(aftermath, operations)
        expect(['old contents', 'new']).toContain(
          Buffer.from(after.readAt('/lab/f', 0, after.size('/lab/f'))).toString(),
        )
      }
    }
  })

  it('says that the disk is full and removes its temporary file', () => {
    const fs = new CrashFileSystem({ operations: 1, bytes: 2, kind: 'error' })
    expect(() => writeAtomically(fs, '/lab/f', bytes('new'))).toThrow('The disk is full')
    expect(fs.list('/lab')).toEqual([])
  })
})
