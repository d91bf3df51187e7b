/** @file An open project with its library: every host function begins here. */

import { Fault } from '../../shared/base/errors.ts'
import type { Document } from '../../shared/pipeline/artifacts.ts'
import type { Corpus } from '../../shared/pipeline/pipeline.ts'
import { openProject, type Project } from '../adapters/store/project.ts'

/** Opens the project at `directory`, and closes it whatever happens. */
export async function withProject<T>(directory: string, use: (project: Project) => Promise<T>): Promise<T> {
  const project = await openProject(directory)
  try {
    return await use(project)
  } finally {
    project.close()
  }
}

/** Documents that may be trained on: all but the held-out ones. */
export function trainingDocuments({ library }: Project): Document[] {
  const heldOut = library.heldOut()
  return library.documents().filter((document) => !heldOut.has(document.id))
}

/** @throws Fault no-documents */
export function corpusOf(project: Project): Corpus {
  const documents = trainingDocuments(project)
  const ids = new Set(documents.map((d) => d.id))
  if (ids.size === 0) {
    throw new Fault(
      'no-documents',
      'The project has no documents to learn from.',
      'Add some: lab ingest DIR FOLDER.',
      project.folder,
    )
  }
  const { library } = project
  return {
    documents,
    passages: library.passages().filter((p) => ids.has(p.documentId)),
    facts: library.facts().filter((f) => ids.has(f.documentId)),
  }
}
