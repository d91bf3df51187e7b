/**
 * @file A project folder: project.json, the library with its journal, runs, exports, and the lock. project.json is
 * written last, so that a folder is a project only when everything else is there.
 */

import { join } from 'node:path'
import { Fault } from '../../../shared/base/errors.ts'
import type { Clock, Folder } from '../../../shared/pipeline/ports.ts'
import { parseSettings } from '../../../shared/pipeline/project/check-settings.ts'
import {
  formatProjectFile,
  parseProjectFile,
  PROJECT_VERSION,
  type BaseModel,
  type ProjectFile,
} from '../../../shared/pipeline/project/project-file.ts'
import { defaultSettings, type Settings } from '../../../shared/pipeline/project/settings.ts'
import { makeFolderSynced, readWhole, writeAtomically } from './atomic-file.ts'
import { Database } from './database.ts'
import { withFileFaults } from './file-fault.ts'
import { nodeFileSystem as fs } from './file-system.ts'
import { openFolder } from './folder.ts'
import { openLibrary, type Library } from './library.ts'
import { acquireLock, type Lock } from './lock.ts'
import { createRun, listRuns, openRun, type Run } from './runs.ts'

const PROJECT_FILE = 'project.json'
const LIBRARY = 'library.db'
const LOCK = 'project.lock'
/** What a creation that was cut short may have left. */
const OWN_NAMES = /^(library\.(db|journal)(\.tmp)?|project\.(json\.tmp|lock.*)|runs|exports|\.DS_Store|desktop\.ini)$/

export interface Project {
  readonly folder: string
  /** What project.json says now. */
  readonly file: ProjectFile
  readonly library: Library
  /** Below `exports/`. */
  readonly exports: Folder
  /** Changes name, base or settings in project.json. @throws Fault bad-settings */
  update(changes: { name?: string; base?: BaseModel; seed?: number; settings?: Settings }): void
  /** Oldest first. */
  runs(): Run[]
  /** @throws Fault not-found */
  run(id: string): Run
  createRun(manifest: Parameters<typeof createRun>[1]): Run
  /** Compacts the library and gives up the lock. */
  close(): void
}

export interface OpenOptions {
  /** Told of things that went wrong without losing anything. */
  onRemark?: (text: string) => void
}

/**
 * Makes a project in a folder that is missing or empty.
 * @throws Fault already-exists, locked, bad-settings, disk-full
 */
export async function createProject(
  folder: string,
  about: { name: string; base: BaseModel; seed: number; settings?: Settings; clock: Clock },
  options: OpenOptions = {},
): Promise<Project> {
  const settings = parseSettings(about.settings ?? defaultSettings())
  const created = new Date(about.clock()).toISOString()
  const { name, base, seed } = about
  const text = formatProjectFile({ version: PROJECT_VERSION, name, created, base, seed, settings })
  // Refuses here what could not be opened later.
  const file = parseProjectFile(text)
  withFileFaults(folder, () => makeFolderSynced(fs, folder))
  refuseForeign(folder)
  const lock = acquireLock(join(folder, LOCK))
  try {
    // Again, now that nobody else can be creating here.
    refuseForeign(folder)
    withFileFaults(folder, () => {
      for (const left of ['library.db', 'library.journal']) fs.removeFile(join(folder, left))
      for (const part of ['runs', 'exports']) makeFolderSynced(fs, join(folder, part))
    })
    const database = await Database.open(join(folder, LIBRARY), options)
    try {
      writeAtomically(fs, join(folder, PROJECT_FILE), Buffer.from(text))
    } catch (error) {
      database.close()
      throw error
    }
    return projectOver(folder, file, database, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

/**
 * Opens a project; everything that was ever acknowledged is there.
 * @throws Fault not-found, not-a-project, locked, corrupt-file, unsupported-file, bad-settings
 */
export async function openProject(folder: string, options: OpenOptions = {}): Promise<Project> {
  const path = join(folder, PROJECT_FILE)
  if (withFileFaults(folder, () => fs.kind(folder)) === 'missing') {
    throw new Fault(
      'not-found',
      'The project folder does not exist.',
      'Check the name, and that the disk is connected.',
      folder,
    )
  }
  if (fs.kind(path) !== 'file') {
    const todo = 'Choose the folder that holds project.json, or create a project.'
    throw new Fault('not-a-project', 'The folder is not a project of the lab.', todo, folder)
  }
  const read = () => parseProjectFile(Buffer.from(readWhole(fs, path, 2 ** 24)).toString('utf8'), path)
  read()
  const lock = acquireLock(join(folder, LOCK))
  try {
    // Read again: the process that had it open before may have changed it last.
    const file = read()
    for (const part of ['runs', 'exports']) requireFolder(join(folder, part))
    return projectOver(folder, file, await Database.open(join(folder, LIBRARY), options), lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

function projectOver(folder: string, first: ProjectFile, database: Database, lock: Lock): Project {
  let file = first
  const runs = join(folder, 'runs')
  return {
    folder,
    get file() {
      return file
    },
    library: openLibrary(database),
    exports: openFolder(join(folder, 'exports')),
    update(changes) {
      const text = formatProjectFile({ ...file, ...changes })
      const next = parseProjectFile(text)
      writeAtomically(fs, join(folder, PROJECT_FILE), Buffer.from(text))
      file = next
    },
    runs: () => listRuns(runs),
    run: (id) => {
      const found = listRuns(runs).find((run) => run.id === id)
      if (found) return openRun(found.folder)
      const known = listRuns(runs).map((run) => run.id)
      throw new Fault(
        'not-found',
        `There is no run "${id}".`,
        `Runs of this project: ${known.join(', ') || 'none'}.`,
        runs,
      )
    },
    createRun: (manifest) => createRun(runs, manifest),
    close() {
      try {
        database.close()
      } finally {
        lock.release()
      }
    },
  }
}

function refuseForeign(folder: string): void {
  const names = withFileFaults(folder, () => fs.list(folder))
  if (names.includes(PROJECT_FILE)) {
    throw new Fault(
      'already-exists',
      'There is a project in this folder already.',
      'Open it, or choose another folder.',
      folder,
    )
  }
  const foreign = names.find((name) => !OWN_NAMES.test(name))
  if (foreign !== undefined) {
    const message = `The folder is not empty (it holds "${foreign}").`
    throw new Fault('already-exists', message, 'Choose an empty folder or a new name.', folder)
  }
}

/** A link in place of a folder could lead a stranger's project to write elsewhere. */
function requireFolder(path: string): void {
  withFileFaults(path, () => {
    const kind = fs.kind(path)
    if (kind === 'missing') fs.makeFolder(path)
    else if (kind !== 'folder') {
      throw new Fault(
        'unsupported-file',
        'A folder of the project is a link or a file.',
        'Replace it by a folder.',
        path,
      )
    }
  })
}
