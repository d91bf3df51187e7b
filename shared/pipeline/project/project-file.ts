/** @file project.json: what a project folder says about itself. */

import { z } from 'zod'
import { Fault } from '../../base/errors.ts'
import { parseSettings } from './check-settings.ts'
import type { Settings } from './settings.ts'

/** Raised when an older program could not read the folder any more. */
export const PROJECT_VERSION = 1

const FORMAT = 'preflexor-lab-project'

const baseSchema = z.object({
  /** For a person. */
  name: z.string().min(1).max(200),
  /** `starter`: shipped with the program. `folder`: a model folder of the user, at `path`. */
  kind: z.enum(['starter', 'folder']),
  path: z.string().max(4096).optional(),
  /** SHA-256 of the weights, so that another machine can tell whether it has the same ones. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})

const headSchema = z.object({ format: z.literal(FORMAT), version: z.int().positive() })

const fileSchema = z.object({
  name: z.string().min(1).max(200),
  /** ISO 8601, UTC. */
  created: z.iso.datetime(),
  base: baseSchema,
  seed: z.int().min(0).max(2_147_483_647),
  settings: z.unknown().optional(),
})

/** The base model that a project starts from. */
export type BaseModel = z.infer<typeof baseSchema>

export interface ProjectFile {
  version: number
  name: string
  created: string
  base: BaseModel
  seed: number
  settings: Settings
}

/**
 * @param text contents of project.json
 * @throws Fault not-a-project, unsupported-file (made by a newer version), corrupt-file, bad-settings
 */
export function parseProjectFile(text: string, where?: string): ProjectFile {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Fault(
      'corrupt-file',
      'The project file is not valid JSON.',
      'Undo the last edit of project.json, or put back a copy of it.',
      where,
    )
  }
  const head = headSchema.safeParse(json)
  if (!head.success) {
    throw new Fault(
      'not-a-project',
      'The file project.json does not belong to a PRefLexOR Lab project.',
      'Open the folder that the lab created, or create a new project.',
      where,
    )
  }
  if (head.data.version > PROJECT_VERSION) {
    throw new Fault(
      'unsupported-file',
      `The project has format version ${head.data.version}; this program reads up to ${PROJECT_VERSION}.`,
      'Open it with the newer version of the lab that made it.',
      where,
    )
  }
  const result = fileSchema.safeParse(json)
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Fault(
      'corrupt-file',
      `The project file is not valid (${faults.join('; ')}).`,
      'Undo the last edit of project.json, or put back a copy of it.',
      where,
    )
  }
  const { settings, ...rest } = result.data
  return { version: head.data.version, ...rest, settings: parseSettings(settings ?? {}, where) }
}

/** The text of project.json, for people to read. */
export function formatProjectFile(project: ProjectFile): string {
  return JSON.stringify({ format: FORMAT, ...project, version: PROJECT_VERSION }, null, 2) + '\n'
}
