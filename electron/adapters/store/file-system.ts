/**
 * @file The few file operations the store is built from, as a port: tests replace it with one that stops after any
 * operation, or keeps only what was synced. Synchronous, so that the order of operations on disk is the order of calls.
 */

import {
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'

export interface OpenFile {
  /** Writes all of `data` at byte `at`. */
  write(data: Uint8Array, at: number): void
  /** Returns when the contents are on the disk. */
  sync(): void
  truncate(length: number): void
  close(): void
}

/** Errors are Node's, with `code` ENOENT, ENOSPC, …; {@link fileFault} translates them. */
export interface FileSystem {
  /** Links are not followed. */
  kind(path: string): 'file' | 'folder' | 'other' | 'missing'
  size(path: string): number
  /** Exactly `length` bytes from byte `at`. */
  readAt(path: string, at: number, length: number): Uint8Array
  /** Creates or empties. */
  create(path: string): OpenFile
  /** An existing file, contents kept. */
  open(path: string): OpenFile
  /** Replaces a file at `to`; a folder must not exist there. */
  rename(from: string, to: string): void
  removeFile(path: string): void
  /** With all it holds; a link inside is removed, not followed. */
  removeFolder(path: string): void
  /** Parents included; silent when it exists. */
  makeFolder(path: string): void
  /** Names, sorted. */
  list(path: string): string[]
  /** Returns when the folder's names are on the disk. */
  syncFolder(path: string): void
}

/** Node's read and write calls take at most 2^31 − 1 bytes. */
const LARGEST_CALL = 1 << 30

class NodeFile implements OpenFile {
  constructor(private readonly descriptor: number) {}

  write(data: Uint8Array, at: number): void {
    for (let done = 0; done < data.length;) {
      done += writeSync(this.descriptor, data, done, Math.min(data.length - done, LARGEST_CALL), at + done)
    }
  }

  sync(): void {
    fsyncSync(this.descriptor)
  }

  truncate(length: number): void {
    ftruncateSync(this.descriptor, length)
  }

  close(): void {
    closeSync(this.descriptor)
  }
}

/** The machine's own files. */
export const nodeFileSystem: FileSystem = {
  kind(path) {
    const stat = lstatSync(path, { throwIfNoEntry: false })
    if (!stat) return 'missing'
    return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other'
  },
  size: (path) => lstatSync(path).size,
  readAt(path, at, length) {
    const out = new Uint8Array(length)
    const descriptor = openSync(path, constants.O_RDONLY)
    try {
      for (let done = 0; done < length;) {
        const count = readSync(descriptor, out, done, Math.min(length - done, LARGEST_CALL), at + done)
        if (count === 0) throw Object.assign(new Error(`${path} ended early`), { code: 'EOF' })
        done += count
      }
    } finally {
      closeSync(descriptor)
    }
    return out
  },
  create: (path) => new NodeFile(openSync(path, 'w', 0o644)),
  open: (path) => new NodeFile(openSync(path, 'r+')),
  rename: renameSync,
  removeFile: (path) => rmSync(path, { force: true }),
  removeFolder: (path) => rmSync(path, { recursive: true, force: true }),
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  list: (path) => readdirSync(path).sort(),
  syncFolder(path) {
    // Windows has no such operation; its rename is written through.
    if (process.platform === 'win32') return
    const descriptor = openSync(path, constants.O_RDONLY)
    try {
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  },
}
