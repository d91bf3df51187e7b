/**
 * @file The runs of a project: `runs/<id>/` with a manifest, metrics, checkpoints and, when finished, the weights. A run
 * is opened by its folder alone, so that the training process needs nothing else of the project.
 */

import { basename, join } from 'node:path'
import { z } from 'zod'
import { Fault } from '../../../shared/base/errors.ts'
import { safetensorsChunks } from '../../../shared/model/checkpoint/safetensors.ts'
import { parametersOf } from '../../../shared/model/checkpoint/parameters.ts'
import type { NamedTensor } from '../../../shared/model/checkpoint/tensor-type.ts'
import { makeFolderSynced, readWhole, writeAtomically } from './atomic-file.ts'
import {
  checkpointSteps,
  latestCheckpoint,
  saveCheckpoint,
  type Checkpoint,
  type FoundCheckpoint,
} from './checkpoints.ts'
import { withFileFaults } from './file-fault.ts'
import { nodeFileSystem, type FileSystem } from './file-system.ts'
import { JsonLines, readLines, type LineRecord } from './json-lines.ts'
import { readTensors } from './safetensors-file.ts'

const manifestSchema = z.looseObject({
  version: z.literal(1),
  /** What was trained: "stage-0", "stage-1", "stage-2". */
  stage: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/),
  /** ISO 8601. */
  created: z.string(),
  /** ISO 8601; set when the weights are written. */
  finished: z.string().optional(),
  seed: z.number(),
  /** As they were when the run began. */
  settings: z.json(),
  /** Versions of the program and its packages. */
  versions: z.record(z.string(), z.string()).default({}),
  /** SHA-256 of what went in: base weights, pairs, documents. */
  hashes: z.record(z.string(), z.string()).default({}),
})

export type RunManifest = z.infer<typeof manifestSchema>

const ID = /^[a-z0-9][a-z0-9-]{0,60}$/
const WEIGHTS = 'model.safetensors'

export interface Run {
  readonly id: string
  readonly folder: string
  /** As last read or written by this object. */
  readonly manifest: RunManifest
  /** Changes some entries of the manifest. */
  updateManifest(changes: Partial<RunManifest>): void
  /** A file of records, `metrics` or another name, for appending; the caller closes it. */
  openLines(name?: string, syncEvery?: number): JsonLines
  readLines(name?: string): LineRecord[]
  saveCheckpoint(checkpoint: Checkpoint, keep?: number): void
  latestCheckpoint(): FoundCheckpoint | undefined
  /** Newest first. */
  checkpointSteps(): number[]
  /** Writes the weights that this run leaves behind and marks it as finished. @param at ISO 8601 */
  finish(weights: readonly NamedTensor[], at: string): void
  /** What {@link finish} wrote. @throws Fault missing-stage */
  weights(): Map<string, Float32Array>
}

/**
 * Starts a run in a new folder below `runsFolder`, named after its stage and a number.
 * @throws Fault disk-full, unreadable-file
 */
export function createRun(
  runsFolder: string,
  manifest: Omit<RunManifest, 'version' | 'versions' | 'hashes'> & Partial<Pick<RunManifest, 'versions' | 'hashes'>>,
  fs: FileSystem = nodeFileSystem,
): Run {
  const checked = manifestSchema.parse({ ...manifest, version: 1 })
  const folder = withFileFaults(runsFolder, () => {
    makeFolderSynced(fs, runsFolder)
    const numbers = fs.list(runsFolder).map((name) => Number(/-(\d+)$/.exec(name)?.[1] ?? 0))
    const number = Math.max(0, ...numbers) + 1
    const path = join(runsFolder, `${checked.stage}-${String(number).padStart(4, '0')}`)
    makeFolderSynced(fs, path)
    return path
  })
  writeJson(fs, join(folder, 'manifest.json'), checked)
  return openRun(folder, fs)
}

/**
 * @param folder `…/runs/<id>`
 * @throws Fault not-found, corrupt-file
 */
export function openRun(folder: string, fs: FileSystem = nodeFileSystem): Run {
  const path = join(folder, 'manifest.json')
  const checkpoints = join(folder, 'checkpoints')
  const lines = (name: string) => {
    if (!ID.test(name))
      throw new Fault('usage', `"${name}" is not a name for records.`, 'Use letters and digits.', folder)
    return join(folder, `${name}.jsonl`)
  }
  let manifest = readManifest(fs, path)
  const update = (changes: Partial<RunManifest>) => {
    manifest = manifestSchema.parse({ ...manifest, ...changes })
    writeJson(fs, path, manifest)
  }
  return {
    id: basename(folder),
    folder,
    get manifest() {
      return manifest
    },
    updateManifest: update,
    openLines: (name = 'metrics', syncEvery) => new JsonLines(fs, lines(name), syncEvery),
    readLines: (name = 'metrics') => readLines(fs, lines(name)),
    saveCheckpoint: (checkpoint, keep) => saveCheckpoint(fs, checkpoints, checkpoint, keep),
    latestCheckpoint: () => latestCheckpoint(fs, checkpoints),
    checkpointSteps: () => checkpointSteps(fs, checkpoints),
    finish(weights, at) {
      writeAtomically(fs, join(folder, WEIGHTS), safetensorsChunks(weights))
      update({ finished: at })
    },
    weights() {
      const file = join(folder, WEIGHTS)
      if (manifest.finished === undefined || fs.kind(file) !== 'file') {
        throw new Fault(
          'missing-stage',
          `The run ${basename(folder)} is not finished.`,
          'Resume it, or train again.',
          folder,
        )
      }
      return parametersOf(readTensors(fs, file))
    },
  }
}

/** All runs, oldest first. Folders without a valid manifest (a run that never began) are left out. */
export function listRuns(runsFolder: string, fs: FileSystem = nodeFileSystem): Run[] {
  if (fs.kind(runsFolder) !== 'folder') return []
  const folders = fs.list(runsFolder).filter((name) => ID.test(name) && fs.kind(join(runsFolder, name)) === 'folder')
  const runs = folders.flatMap((name) => {
    try {
      return [openRun(join(runsFolder, name), fs)]
    } catch (error) {
      if (error instanceof Fault) return []
      throw error
    }
  })
  const numberOf = (run: Run) => Number(/-(\d+)$/.exec(run.id)?.[1] ?? 0)
  return runs.sort((a, b) => numberOf(a) - numberOf(b))
}

function readManifest(fs: FileSystem, path: string): RunManifest {
  const text = Buffer.from(readWhole(fs, path, 2 ** 24)).toString('utf8')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    json = undefined
  }
  const result = manifestSchema.safeParse(json)
  if (result.success) return result.data
  throw new Fault(
    'corrupt-file',
    'The run’s manifest is not valid.',
    'Put back a copy of the run, or train again.',
    path,
  )
}

function writeJson(fs: FileSystem, path: string, value: unknown): void {
  writeAtomically(fs, path, Buffer.from(JSON.stringify(value, null, 2) + '\n'))
}
