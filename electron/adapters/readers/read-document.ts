/** @file One file's bytes to raw documents: detects the format, calls its reader, and turns every surprise into a Fault. */

import { Cancelled, Fault } from '../../../shared/base/errors.ts'
import { detectFormat, type Format } from './detect-format.ts'
import { readCsv } from './read-csv.ts'
import { readDocx } from './read-docx.ts'
import { readHtml } from './read-html.ts'
import { readJsonl } from './read-jsonl.ts'
import { readMarkdown } from './read-markdown.ts'
import { readPdf } from './read-pdf.ts'
import { readTxt } from './read-txt.ts'
import { readerContext, type Reader, type ReaderLimits, type Reading } from './reader.ts'

const READERS: Readonly<Record<Format, Reader>> = {
  txt: readTxt,
  md: readMarkdown,
  html: readHtml,
  pdf: readPdf,
  docx: readDocx,
  csv: readCsv,
  jsonl: readJsonl,
}

/**
 * Reads a file that is already in memory. `path` names it in errors and gives its extension; nothing is read from disk.
 * @throws Fault for any file that cannot be read, whatever is wrong with it; Cancelled when `signal` is aborted
 */
export async function readDocument(
  bytes: Uint8Array,
  path: string,
  options: { limits?: Partial<ReaderLimits>; signal?: AbortSignal } = {},
): Promise<Reading & { format: Format }> {
  const context = readerContext(options.limits, options.signal)
  checkFileSize(bytes.length, path, context.limits)
  const format = detectFormat(bytes, path, context.limits)
  if (bytes.length === 0) return { documents: [], skipped: 'the file is empty', remarks: [], format }
  try {
    return { ...(await READERS[format](bytes, path, context)), format }
  } catch (error) {
    if (error instanceof Fault || error instanceof Cancelled) throw error
    // Parsers of untrusted files fail in ways of their own (stack depth, allocation): all mean the file is not sound.
    const todo = 'Open it in its own program and save it again, or convert it to .txt.'
    throw new Fault('corrupt-file', `the ${format} file could not be read`, todo, path, { cause: error })
  }
}

/** @throws Fault too-large; callers check before loading a file, too */
export function checkFileSize(size: number, path: string, limits: ReaderLimits): void {
  if (size <= limits.fileBytes) return
  const megabytes = (bytes: number) => Math.round(bytes / 1048576)
  const message = `the file has ${megabytes(size)} MB, more than ${megabytes(limits.fileBytes)} MB`
  throw new Fault('too-large', message, 'Split the file, or save its text alone.', path)
}
