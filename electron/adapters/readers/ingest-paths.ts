/**
 * @file Files and folders to cleaned documents, one outcome per file. No file, however broken, keeps the others from being
 * read. The same paths give the same documents with the same ids in the same order.
 */

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Cancelled, Fault, messageOf } from '../../../shared/base/errors.ts'
import type { Document, FileOutcome } from '../../../shared/pipeline/artifacts.ts'
import { cleanPages } from '../../../shared/pipeline/corpus/clean.ts'
import { duplicateFinder } from '../../../shared/pipeline/corpus/duplicates.ts'
import type { Progress } from '../../../shared/pipeline/ports.ts'
import { formatOfExtension, type Format } from './detect-format.ts'
import { readApart } from './read-apart.ts'
import { checkFileSize } from './read-document.ts'
import { DEFAULT_LIMITS, type RawDocument, type ReaderLimits } from './reader.ts'
import { walkFiles, type FoundFile } from './walk-files.ts'

export interface IngestOptions {
  limits?: Partial<ReaderLimits>
  signal?: AbortSignal
  /** Called before each file, and once at the end. */
  onProgress?: (progress: Progress) => void
  /** Leave out reference lists and citation marks. Default true. */
  dropReferences?: boolean
  /** Documents already in the corpus: repeats of them are skipped. */
  known?: readonly Document[]
}

export interface IngestedFile {
  /** As the user knows it, relative to the folder that was named. */
  path: string
  bytes: number
  /** For a file of many records, `documentId` is that of the first. */
  outcome: FileOutcome
  /** Empty unless the outcome is `read`. */
  documents: Document[]
  /** What was left out of a file that was read. */
  remarks: string[]
}

/**
 * Reads files and folders one after another.
 * @throws Cancelled when `signal` is aborted; nothing else
 */
export async function* ingestPaths(
  paths: readonly string[],
  options: IngestOptions = {},
): AsyncGenerator<IngestedFile, void, undefined> {
  const files = await walkFiles(paths, options.signal)
  const hashes = new Map<string, string>()
  const finder = duplicateFinder()
  for (const document of options.known ?? []) {
    hashes.set(document.sha256, document.path)
    finder.remember(document)
  }
  for (const [at, file] of files.entries()) {
    options.onProgress?.({ done: at, total: files.length, label: file.path })
    if (options.signal?.aborted) throw new Cancelled()
    yield await ingestFile(file, hashes, finder, options)
  }
  options.onProgress?.({ done: files.length, total: files.length, label: 'Documents read' })
}

async function ingestFile(
  file: FoundFile,
  hashes: Map<string, string>,
  finder: ReturnType<typeof duplicateFinder>,
  options: IngestOptions,
): Promise<IngestedFile> {
  const { path, bytes: size } = file
  const skip = (reason: string): IngestedFile => {
    return { path, bytes: size, outcome: { status: 'skipped', reason }, documents: [], remarks: [] }
  }
  try {
    if (!file.named && formatOfExtension(path) === undefined) return skip('not a kind of file that holds documents')
    const bytes = await load(file, { ...DEFAULT_LIMITS, ...options.limits })
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const twin = hashes.get(sha256)
    if (twin !== undefined) return skip(`the same file as ${twin}`)
    const reading = await readApart(bytes, path, options)
    if (reading.skipped !== undefined) return skip(reading.skipped)
    const { documents, repeats, empty } = keepNew(
      reading.documents,
      { path, sha256, format: reading.format },
      finder,
      options,
    )
    const first = documents[0]
    if (!first) return skip(repeats[0] ?? 'nothing readable is left after cleaning')
    hashes.set(sha256, path)
    const remarks = [...reading.remarks]
    if (repeats.length > 0) remarks.push(`${repeats.length} records were left out: ${repeats[0]}`)
    if (empty > 0) remarks.push(`${empty} records were left out: nothing readable is left after cleaning`)
    return { path, bytes: size, outcome: { status: 'read', documentId: first.id }, documents, remarks }
  } catch (error) {
    if (error instanceof Cancelled) throw error
    return { path, bytes: size, outcome: failure(error), documents: [], remarks: [] }
  }
}

/** Cleaned documents that say something new. */
function keepNew(
  raw: readonly RawDocument[],
  origin: { path: string; sha256: string; format: Format },
  finder: ReturnType<typeof duplicateFinder>,
  options: IngestOptions,
): { documents: Document[]; repeats: string[]; empty: number } {
  const documents: Document[] = []
  const repeats: string[] = []
  let empty = 0
  for (const [at, { title, pages }] of raw.entries()) {
    // Markup knows its paragraphs; everywhere else lines may be wrapped.
    const wrapped = origin.format !== 'md' && origin.format !== 'html' && origin.format !== 'docx'
    const laidOut = origin.format === 'pdf'
    const cleaned = cleanPages(pages, { wrapped, laidOut, dropReferences: options.dropReferences })
    if (cleaned.length === 0) {
      empty++
      continue
    }
    const id = origin.sha256.slice(0, 16) + (raw.length > 1 ? `#${at + 1}` : '')
    const document: Document = {
      id,
      path: origin.path,
      title,
      format: origin.format,
      pages: cleaned,
      sha256: origin.sha256,
    }
    const earlier = finder.find(document)
    if (earlier) {
      const where = earlier.path === origin.path ? `record ${earlier.id.split('#')[1]}` : earlier.path
      repeats.push(`${Math.floor(earlier.share * 100)} % of its text stands in ${where} already`)
      continue
    }
    finder.remember(document)
    documents.push(document)
  }
  return { documents, repeats, empty }
}

async function load(file: FoundFile, limits: ReaderLimits): Promise<Uint8Array> {
  if (file.problem === 'not-found') {
    throw new Fault('not-found', 'there is no such file or folder', 'Check the name and add it again.', file.path)
  }
  const unreadable = (cause?: unknown) => {
    const todo = 'Allow reading it, or copy it to a folder of your own.'
    return new Fault('unreadable-file', 'the file may not be opened', todo, file.path, { cause })
  }
  if (file.problem) throw unreadable()
  checkFileSize(file.bytes, file.path, limits)
  try {
    return await readFile(file.absolute)
  } catch (cause) {
    throw unreadable(cause)
  }
}

function failure(error: unknown): FileOutcome {
  if (error instanceof Fault) return { status: 'failed', code: error.code, reason: error.message, todo: error.todo }
  const todo = 'Report this file: it should have been refused with a better reason.'
  return { status: 'failed', code: 'corrupt-file', reason: messageOf(error), todo }
}
