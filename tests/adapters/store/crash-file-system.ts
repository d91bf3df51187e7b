/**
 * @file A file system in memory that can stop after any operation and after any byte of a write, and then show what a
 * disk might hold: everything (the process was killed), only what was synced (the power failed), or a mixture.
 */

import type { FileSystem, OpenFile } from '../../../electron/adapters/store/file-system.ts'
import { Random } from '../../../shared/base/random.ts'

interface FileNode {
  kind: 'file'
  live: Uint8Array
  durable: Uint8Array
}
interface FolderNode {
  kind: 'folder'
  live: Map<string, Node>
  durable: Map<string, Node>
}
type Node = FileNode | FolderNode

/** Not a Fault and without `code`: nothing may catch it and go on. */
export class Crash extends Error {}

export interface StopPlan {
  /** Operations that are still done; the next one is not. */
  operations: number
  /** Bytes of that next operation that are done when it is a write. */
  bytes?: number
  /** `crash` stops everything; `error` fails this one operation and goes on. */
  kind?: 'crash' | 'error'
}

export type Aftermath = 'killed' | 'power' | 'mixed'

const folder = (): FolderNode => ({ kind: 'folder', live: new Map(), durable: new Map() })
const fileError = (code: string, path: string) => Object.assign(new Error(`${code} ${path}`), { code })

export class CrashFileSystem implements FileSystem {
  private root = folder()
  /** Whether the planned crash came. */
  dead = false
  /** Operations so far that change the disk, with the bytes of each write. */
  readonly log: { name: string; bytes: number }[] = []

  constructor(private readonly plan?: StopPlan) {
    this.root.live.set('lab', folder())
    this.root.durable = new Map(this.root.live)
  }

  /** The disk as another process finds it after this one stopped. */
  after(aftermath: Aftermath, seed: number, plan?: StopPlan): CrashFileSystem {
    const random = new Random(seed)
    const next = new CrashFileSystem(plan)
    next.root = survive(this.root, aftermath, random) as FolderNode
    return next
  }

  private step(name: string, bytes = 0): 'all' | number {
    if (this.dead) throw new Crash('the process is gone')
    const plan = this.plan
    const number = this.log.length
    this.log.push({ name, bytes })
    if (!plan || number !== plan.operations) return 'all'
    if (plan.kind !== 'error') this.dead = true
    return Math.min(plan.bytes ?? 0, bytes)
  }

  /** Before an operation without bytes. */
  private act(name: string): void {
    if (this.step(name) !== 'all') throw this.failure(name)
  }

  private failure(name: string): Error {
    return this.dead ? new Crash(`stopped before ${name}`) : fileError('ENOSPC', name)
  }

  private find(path: string): Node | undefined {
    if (this.dead) throw new Crash('the process is gone')
    let node: Node | undefined = this.root
    for (const name of path.split('/').filter(Boolean)) node = node?.kind === 'folder' ? node.live.get(name) : undefined
    return node
  }

  private place(path: string): { parent: FolderNode; name: string } {
    const names = path.split('/').filter(Boolean)
    const parent = this.find(names.slice(0, -1).join('/'))
    if (parent?.kind !== 'folder') throw fileError('ENOENT', path)
    return { parent, name: names.at(-1) as string }
  }

  private fileAt(path: string): FileNode {
    const node = this.find(path)
    if (node?.kind !== 'file') throw fileError(node ? 'EISDIR' : 'ENOENT', path)
    return node
  }

  kind(path: string): 'file' | 'folder' | 'missing' {
    return this.find(path)?.kind ?? 'missing'
  }

  size(path: string): number {
    return this.fileAt(path).live.length
  }

  readAt(path: string, at: number, length: number): Uint8Array {
    const { live } = this.fileAt(path)
    if (at + length > live.length) throw fileError('EOF', path)
    return live.slice(at, at + length)
  }

  create(path: string): OpenFile {
    const { parent, name } = this.place(path)
    this.act(`create ${path}`)
    const old = parent.live.get(name)
    if (old?.kind === 'folder') throw fileError('EISDIR', path)
    const node: FileNode = old ?? { kind: 'file', live: new Uint8Array(0), durable: new Uint8Array(0) }
    node.live = new Uint8Array(0)
    parent.live.set(name, node)
    return this.handle(node, path)
  }

  open(path: string): OpenFile {
    return this.handle(this.fileAt(path), path)
  }

  private handle(node: FileNode, path: string): OpenFile {
    return {
      write: (data, at) => {
        const done = this.step(`write ${path}`, data.length)
        const part = done === 'all' ? data : data.subarray(0, done)
        const grown = new Uint8Array(Math.max(node.live.length, at + part.length))
        grown.set(node.live)
        grown.set(part, at)
        node.live = grown
        if (done !== 'all') throw this.failure(`write ${path}`)
      },
      sync: () => {
        this.act(`sync ${path}`)
        node.durable = node.live
      },
      truncate: (length) => {
        this.act(`truncate ${path}`)
        node.live = node.live.slice(0, length)
      },
      close: () => {},
    }
  }

  rename(from: string, to: string): void {
    const node = this.find(from)
    const source = this.place(from)
    const target = this.place(to)
    if (!node) throw fileError('ENOENT', from)
    const old = target.parent.live.get(target.name)
    if (old && (old.kind === 'folder' || node.kind === 'folder')) throw fileError('ENOTEMPTY', to)
    this.act(`rename ${from} ${to}`)
    source.parent.live.delete(source.name)
    target.parent.live.set(target.name, node)
  }

  removeFile(path: string): void {
    if (this.kind(path) === 'missing') return
    this.act(`remove ${path}`)
    const { parent, name } = this.place(path)
    parent.live.delete(name)
  }

  removeFolder(path: string): void {
    const node = this.find(path)
    if (node?.kind !== 'folder') return
    // One by one, as a real removal: a crash may leave half a folder.
    for (const name of [...node.live.keys()]) {
      if (node.live.get(name)?.kind === 'folder') this.removeFolder(`${path}/${name}`)
      else this.removeFile(`${path}/${name}`)
    }
    this.act(`remove ${path}`)
    const { parent, name } = this.place(path)
    parent.live.delete(name)
  }

  makeFolder(path: string): void {
    const names = path.split('/').filter(Boolean)
    for (let i = 1; i <= names.length; i++) {
      const part = names.slice(0, i).join('/')
      if (this.kind(part) === 'folder') continue
      this.act(`make ${part}`)
      const { parent, name } = this.place(part)
      parent.live.set(name, folder())
    }
  }

  list(path: string): string[] {
    const node = this.find(path)
    if (node?.kind !== 'folder') throw fileError('ENOENT', path)
    return [...node.live.keys()].sort()
  }

  syncFolder(path: string): void {
    const node = this.find(path)
    if (node?.kind !== 'folder') throw fileError('ENOENT', path)
    this.act(`sync ${path}`)
    node.durable = new Map(node.live)
  }
}

function survive(node: Node, aftermath: Aftermath, random: Random): Node {
  if (node.kind === 'file') {
    const bytes = surviveBytes(node, aftermath, random)
    return { kind: 'file', live: bytes, durable: bytes }
  }
  const names = new Map<string, Node>()
  for (const name of new Set([...node.durable.keys(), ...node.live.keys()])) {
    const useLive = aftermath === 'killed' || (aftermath === 'mixed' && random.chance(0.5))
    const kept = (useLive ? node.live : node.durable).get(name)
    if (kept) names.set(name, survive(kept, aftermath, random))
  }
  return { kind: 'folder', live: names, durable: new Map(names) }
}

function surviveBytes(node: FileNode, aftermath: Aftermath, random: Random): Uint8Array {
  if (aftermath === 'killed') return node.live
  if (aftermath === 'power') return node.durable
  // What was not synced may have arrived in part; a block that did not arrive reads as old bytes or zeros.
  const length = random.between(
    Math.min(node.durable.length, node.live.length),
    Math.max(node.durable.length, node.live.length),
  )
  const out = new Uint8Array(length)
  out.set(node.durable.subarray(0, length))
  for (let block = 0; block < length; block += 8) {
    if (random.chance(0.5)) out.set(node.live.subarray(block, Math.min(block + 8, length)), block)
  }
  return out
}
