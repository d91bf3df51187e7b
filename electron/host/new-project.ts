/** @file `lab new`: a project folder on the starter model or on a model folder of the user. */

import { basename, resolve } from 'node:path'
import type { BaseModel } from '../../shared/pipeline/project/project-file.ts'
import { createProject } from '../adapters/store/project.ts'
import { openModel } from './model.ts'

/** @param base `starter`, or the path of a Hugging Face model folder, which is checked before anything is written */
export async function newProject(
  directory: string,
  base: string,
  seed: number,
  clock: () => number,
): Promise<{ path: string; base: string; parameters: number }> {
  const model: BaseModel =
    base === 'starter'
      ? { name: 'starter', kind: 'starter' }
      : { name: basename(resolve(base)), kind: 'folder', path: resolve(base) }
  const { folder } = await openModel(model)
  const about = { base: { ...model, sha256: await folder.sha256() }, seed, name: basename(resolve(directory)), clock }
  const project = await createProject(directory, about)
  project.close()
  const parameters = [...folder.weights.values()].reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)
  return { path: resolve(directory), base: model.name, parameters }
}
