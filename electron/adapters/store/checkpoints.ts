/**
 * @file Checkpoints of a run: a folder per step with weights, optimiser state, random states and a manifest of sizes and
 * SHA-256 sums. A folder is written under another name and renamed when everything in it is on the disk; on reading,
 * one that is incomplete or does not match its sums is passed over for the one before it.
 */

import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { assert, Fault, messageOf } from '../../../shared/base/errors.ts'
import { parseCheckpointState, type CheckpointState } from '../../../shared/model/checkpoint/checkpoint-state.ts'
import { safetensorsChunks } from '../../../shared/model/checkpoint/safetensors.ts'
import type { NamedTensor } from '../../../shared/model/checkpoint/tensor-type.ts'
import { makeFolderSynced, readWhole, writeSynced } from './atomic-file.ts'
import { withFileFaults } from './file-fault.ts'
import type { FileSystem } from './file-system.ts'
import { readTensors } from './safetensors-file.ts'

export interface Checkpoint {
  model: NamedTensor[]
  /** Moments of the optimiser. */
  optimizer: NamedTensor[]
  state: CheckpointState
}

export interface FoundCheckpoint extends Checkpoint {
  step: number
  /** Newer ones that could not be used, and why. */
  skipped: { name: string; reason: string }[]
}

const manifestSchema = z.object({
  version: z.literal(1),
  step: z.int().nonnegative(),
  files: z.record(z.string(), z.object({ bytes: z.int().nonnegative(), sha256: z.string() })),
})

const FILES = ['model.safetensors', 'optimizer.safetensors', 'state.json'] as const
const MANIFEST = 'manifest.json'
/** Read at once when a sum is computed. */
const CHUNK = 8 * 2 ** 20

const nameOf = (step: number) => String(step).padStart(9, '0')

/**
 * Writes the checkpoint of `state.step` and removes all but the newest `keep`.
 * @param folder of all checkpoints of the run; made when missing
 * @throws Fault disk-full; the earlier checkpoints are untouched then
 */
export function saveCheckpoint(fs: FileSystem, folder: string, checkpoint: Checkpoint, keep = 2): void {
  assert(keep >= 1, 'at least one checkpoint must be kept')
  const { step } = checkpoint.state
  const state = parseCheckpointState(checkpoint.state)
  const target = join(folder, nameOf(step))
  const draft = `${target}.tmp`
  withFileFaults(target, () => {
    makeFolderSynced(fs, folder)
    sweep(fs, folder)
    fs.makeFolder(draft)
    try {
      const contents: Record<(typeof FILES)[number], Iterable<Uint8Array>> = {
        'model.safetensors': safetensorsChunks(checkpoint.model),
        'optimizer.safetensors': safetensorsChunks(checkpoint.optimizer),
        'state.json': [Buffer.from(JSON.stringify(state))],
      }
      const files = Object.fromEntries(FILES.map((name) => [name, writeSummed(fs, join(draft, name), contents[name])]))
      const manifest = Buffer.from(JSON.stringify({ version: 1, step, files }, null, 2))
      writeSynced(fs, join(draft, MANIFEST), [manifest])
      fs.syncFolder(draft)
    } catch (error) {
      tryRemoveFolder(fs, draft)
      throw error
    }
    // A step that is there already (a run resumed from before it) steps aside until the new one is in place.
    const exists = fs.kind(target) === 'folder'
    if (exists) fs.rename(target, `${target}.old`)
    fs.rename(draft, target)
    fs.syncFolder(folder)
    if (exists) fs.removeFolder(`${target}.old`)
    for (const old of candidates(fs, folder).slice(keep)) fs.removeFolder(join(folder, old))
  })
}

/** The newest checkpoint that is whole; undefined when there is none. Changes nothing on the disk. */
export function latestCheckpoint(fs: FileSystem, folder: string): FoundCheckpoint | undefined {
  if (fs.kind(folder) !== 'folder') return undefined
  const skipped: FoundCheckpoint['skipped'] = []
  for (const name of candidates(fs, folder)) {
    try {
      return { ...readCheckpoint(fs, join(folder, name)), skipped }
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      skipped.push({ name, reason: error.message })
    }
  }
  return undefined
}

/** Steps for which there is a checkpoint, newest first; whether they are whole is not looked at. */
export function checkpointSteps(fs: FileSystem, folder: string): number[] {
  if (fs.kind(folder) !== 'folder') return []
  return [...new Set(candidates(fs, folder).map((name) => Number.parseInt(name, 10)))]
}

/** @throws Fault corrupt-file, not-found */
function readCheckpoint(fs: FileSystem, folder: string): Checkpoint & { step: number } {
  const path = join(folder, MANIFEST)
  const manifest = manifestSchema.safeParse(readJson(fs, path))
  if (!manifest.success) throw corrupt('The checkpoint’s manifest is not valid.', path)
  const { step, files } = manifest.data
  for (const name of FILES) {
    const wanted = files[name]
    const file = join(folder, name)
    const found = withFileFaults(file, () => sumOf(fs, file))
    if (!wanted || found.bytes !== wanted.bytes || found.sha256 !== wanted.sha256) {
      throw corrupt(`The checkpoint’s file ${name} is not the one that was written.`, file)
    }
  }
  const state = parseCheckpointState(readJson(fs, join(folder, 'state.json')), folder)
  if (state.step !== step) throw corrupt('The checkpoint’s state belongs to another step.', folder)
  const tensors = (name: string) => readTensors(fs, join(folder, name))
  return { step, model: tensors('model.safetensors'), optimizer: tensors('optimizer.safetensors'), state }
}

/** Names of finished checkpoints, newest first; one that had stepped aside comes after its replacement. */
function candidates(fs: FileSystem, folder: string): string[] {
  return fs
    .list(folder)
    .filter((name) => /^\d{9,15}(\.old)?$/.test(name))
    .sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10) || a.length - b.length)
}

/** Clears up after a crash. Only the process that writes checkpoints may do so. */
function sweep(fs: FileSystem, folder: string): void {
  for (const name of fs.list(folder)) {
    const path = join(folder, name)
    if (name.endsWith('.tmp')) fs.removeFolder(path)
    if (!name.endsWith('.old')) continue
    const target = path.slice(0, -'.old'.length)
    if (fs.kind(target) === 'missing') fs.rename(path, target)
    else fs.removeFolder(path)
  }
}

function tryRemoveFolder(fs: FileSystem, path: string): void {
  try {
    fs.removeFolder(path)
  } catch {
    // Swept before the next checkpoint is written.
  }
}

function writeSummed(fs: FileSystem, path: string, chunks: Iterable<Uint8Array>): { bytes: number; sha256: string } {
  const hash = createHash('sha256')
  function* hashed() {
    for (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }
  const bytes = writeSynced(fs, path, hashed())
  return { bytes, sha256: hash.digest('hex') }
}

function sumOf(fs: FileSystem, path: string): { bytes: number; sha256: string } {
  const bytes = fs.size(path)
  const hash = createHash('sha256')
  for (let at = 0; at < bytes; at += CHUNK) hash.update(fs.readAt(path, at, Math.min(CHUNK, bytes - at)))
  return { bytes, sha256: hash.digest('hex') }
}

function readJson(fs: FileSystem, path: string): unknown {
  const text = Buffer.from(readWhole(fs, path, 2 ** 28)).toString('utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw corrupt(`The checkpoint holds broken JSON: ${messageOf(error)}.`, path)
  }
}

function corrupt(message: string, where: string): Fault {
  return new Fault('corrupt-file', message, 'Go on from an earlier checkpoint.', where)
}
