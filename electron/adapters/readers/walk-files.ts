/** @file The files below what the user named, in a fixed order. Links are followed once and never in a circle. */

import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Cancelled } from '../../../shared/base/errors.ts'

export interface FoundFile {
  /** Where it is. */
  absolute: string
  /** How the user knows it: relative to the folder that was named, with forward slashes. */
  path: string
  /** Named by the user, not found in a folder. */
  named: boolean
  bytes: number
  /** Why it cannot be opened, when it cannot. */
  problem?: 'not-found' | 'unreadable'
}

/** Deeper folders than this are left out. */
const DEEPEST = 40

/**
 * Walks files and folders. Hidden files, `node_modules`, and files met before under another name are left out; folders are
 * walked in code-point order of names, so that every machine finds the same order.
 */
export async function walkFiles(paths: readonly string[], signal?: AbortSignal): Promise<FoundFile[]> {
  const found: FoundFile[] = []
  const seen = new Set<string>()
  const folders = paths.length > 1
  const visit = async (absolute: string, path: string, named: boolean, depth: number): Promise<void> => {
    if (signal?.aborted) throw new Cancelled()
    let real: string
    let info: Awaited<ReturnType<typeof stat>>
    try {
      real = await realpath(absolute)
      info = await stat(real)
    } catch (error) {
      // A dangling link inside a folder is nobody's document.
      const code = (error as NodeJS.ErrnoException).code
      const problem = code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' ? 'not-found' : 'unreadable'
      if (named || problem === 'unreadable')
        found.push({ absolute, path: path || basename(absolute), named, bytes: 0, problem })
      return
    }
    if (seen.has(real)) return
    seen.add(real)
    if (info.isFile()) {
      found.push({ absolute: real, path: path || basename(absolute), named, bytes: info.size })
    } else if (info.isDirectory() && depth < DEEPEST) {
      const names = await readdir(real).catch(() => undefined)
      if (!names) {
        found.push({ absolute, path: path || basename(absolute), named, bytes: 0, problem: 'unreadable' })
        return
      }
      const prefix = path || (folders ? basename(real) : '')
      for (const name of names.sort((a, b) => (a < b ? -1 : 1))) {
        if (name.startsWith('.') || name.startsWith('~$') || name === 'node_modules') continue
        await visit(join(real, name), prefix ? `${prefix}/${name}` : name, false, depth + 1)
      }
    }
  }
  for (const path of paths) await visit(path, '', true, 0)
  return found
}
