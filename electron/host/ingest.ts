/** @file `lab ingest`: documents into the project, the held-out split frozen, passages, facts and knowledge made. */

import type { Document, FileOutcome } from '../../shared/pipeline/artifacts.ts'
import { splitDocuments } from '../../shared/pipeline/corpus/split.ts'
import { corpusKnowledge, readCorpus } from '../../shared/pipeline/pipeline.ts'
import { applySettings } from '../../shared/pipeline/project/apply-settings.ts'
import { ingestPaths } from '../adapters/readers/ingest-paths.ts'
import { Cancelled, Fault } from '../../shared/base/errors.ts'
import type { HostContext } from './host-context.ts'
import { openModel } from './model.ts'
import { withProject } from './workspace.ts'

export interface IngestResult {
  files: { path: string; outcome: FileOutcome }[]
  read: number
  skipped: number
  failed: number
  documents: number
  passages: number
  facts: number
  heldOut: string[]
}

/** @param share of the documents that is kept out of training; the project's setting when undefined */
export async function ingest(
  directory: string,
  paths: readonly string[],
  share: string | undefined,
  host: HostContext,
): Promise<IngestResult> {
  return withProject(directory, async (project) => {
    const { library } = project
    const settings =
      share === undefined ? project.file.settings : applySettings(project.file.settings, [['heldOut.share', share]])
    const { tokenizer } = await openModel(project.file.base)
    const files: IngestResult['files'] = []
    const before = library.documents()
    const fresh: Document[] = []
    let cancelled = false
    try {
      for await (const file of ingestPaths(paths, {
        signal: host.signal,
        known: before,
        onProgress: (progress) => host.logger.progress({ ...progress, label: 'reading documents' }),
      })) {
        files.push({ path: file.path, outcome: file.outcome })
        fresh.push(...file.documents)
        host.logger.event({ type: 'file', path: file.path, ...file.outcome })
        // Acknowledged file by file: a later crash loses nothing that was reported.
        const { passages } = readCorpus(file.documents, tokenizer, settings, { facts: false })
        library.saveIngest(file.documents, passages, { [file.path]: file.outcome })
      }
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error
      cancelled = true
    }
    const documents = library.documents()
    if (documents.length === 0) {
      const why = files[0]?.outcome
      const reason = why?.status === 'failed' || why?.status === 'skipped' ? ` The first file: ${why.reason}` : ''
      throw new Fault(
        'no-documents',
        `No document could be read.${reason}`,
        'Choose txt, md, html, pdf, docx, csv or jsonl files.',
        paths[0],
      )
    }
    // The split comes before anything is indexed, so that held-out text reaches neither facts nor search.
    const split =
      settings.heldOut.share > 0
        ? splitDocuments(documents, { fraction: settings.heldOut.share, seed: project.file.seed })
        : { heldOut: [], training: documents.map((d) => d.id), hash: '' }
    library.saveHeldOut(split.heldOut)
    library.saveValue('split', split)
    const training = new Set(split.training)
    host.logger.progress({ done: 0, total: 1, label: 'finding facts' })
    await host.breathe()
    const corpus = readCorpus(
      documents.filter((d) => training.has(d.id)),
      tokenizer,
      settings,
    )
    library.replaceFacts(corpus.facts)
    library.replaceKnowledge(corpusKnowledge(corpus))
    host.logger.progress({ done: 1, total: 1, label: 'finding facts' })
    if (cancelled) throw new Cancelled()
    const count = (status: FileOutcome['status']) => files.filter((f) => f.outcome.status === status).length
    return {
      files,
      read: count('read'),
      skipped: count('skipped'),
      failed: count('failed'),
      documents: documents.length,
      passages: corpus.passages.length,
      facts: corpus.facts.length,
      heldOut: split.heldOut,
    }
  })
}
