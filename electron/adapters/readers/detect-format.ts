/** @file Which reader a file wants: by its first bytes where they are telling, else by its extension. */

import { Fault } from '../../../shared/base/errors.ts'
import type { Document } from '../../../shared/pipeline/artifacts.ts'
import type { ReaderLimits } from './reader.ts'
import { readZipDirectory } from './zip-archive.ts'

export type Format = Document['format']

const EXTENSIONS: Readonly<Record<string, Format>> = {
  txt: 'txt',
  text: 'txt',
  md: 'md',
  markdown: 'md',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  pdf: 'pdf',
  docx: 'docx',
  csv: 'csv',
  tsv: 'csv',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
}

/** What a first-bytes signature shows, and what to do with it. Latin-1 strings. */
const SIGNATURES: readonly { start: string; is: string; todo: string }[] = [
  {
    start: '\xd0\xcf\x11\xe0',
    is: 'an old or encrypted Office document',
    todo: 'Save it as .docx or PDF without a password.',
  },
  { start: '{\\rtf', is: 'a rich-text document', todo: 'Save it as .docx, .txt or PDF.' },
  { start: '\x89PNG', is: 'an image', todo: 'Run text recognition (OCR) on it and add the text.' },
  { start: '\xff\xd8\xff', is: 'an image', todo: 'Run text recognition (OCR) on it and add the text.' },
  { start: 'GIF8', is: 'an image', todo: 'Run text recognition (OCR) on it and add the text.' },
  { start: 'II*\0', is: 'an image', todo: 'Run text recognition (OCR) on it and add the text.' },
  { start: 'MM\0*', is: 'an image', todo: 'Run text recognition (OCR) on it and add the text.' },
  { start: '\x1f\x8b', is: 'a compressed file', todo: 'Unpack it first.' },
  { start: '7z\xbc\xaf', is: 'a compressed file', todo: 'Unpack it first.' },
  { start: 'Rar!', is: 'a compressed file', todo: 'Unpack it first.' },
  { start: '%!PS', is: 'a PostScript file', todo: 'Convert it to PDF.' },
  { start: '\x7fELF', is: 'a program', todo: 'Take it off the list.' },
  { start: 'MZ', is: 'a program', todo: 'Take it off the list.' },
]

/** The format an extension promises, or undefined. Case does not matter. */
export function formatOfExtension(path: string): Format | undefined {
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(path)?.[1]?.toLowerCase()
  return extension === undefined ? undefined : EXTENSIONS[extension]
}

/**
 * The format of a file.
 * @throws Fault unsupported-file when no reader is for it; corrupt-file when its content is not what its name promises
 */
export function detectFormat(bytes: Uint8Array, path: string, limits: ReaderLimits): Format {
  const promised = formatOfExtension(path)
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1')
  if (/^[\s\xef\xbb\xbf]{0,64}%PDF-/.test(head) || (promised === 'pdf' && head.includes('%PDF-'))) return 'pdf'
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return formatOfZip(bytes, path, limits)
  const signature = SIGNATURES.find(
    ({ start }) => head.startsWith(start) && (start.length > 2 || promised === undefined),
  )
  if (signature) throw new Fault('unsupported-file', `the file is ${signature.is}`, signature.todo, path)
  const isPage = /^[\s\xef\xbb\xbf]*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,400}?-->\s*)?<(?:!doctype html|html)\b/i.test(
    head,
  )
  if (promised === 'pdf' || promised === 'docx') {
    const found = isPage ? 'a web page, probably a download or sign-in page' : 'something else or damaged'
    const message = `the file is named .${promised} but its content is ${found}`
    throw new Fault('corrupt-file', message, 'Fetch the document again and open it once to check.', path)
  }
  if (promised) return promised === 'txt' && isPage ? 'html' : promised
  if (isPage) return 'html'
  if (!/\.[A-Za-z0-9]{1,8}$/.test(path)) return 'txt'
  const todo = 'Convert it to PDF, .docx, .html, .md, .txt, .csv or .jsonl.'
  throw new Fault('unsupported-file', 'files of this kind cannot be read', todo, path)
}

function formatOfZip(bytes: Uint8Array, path: string, limits: ReaderLimits): 'docx' {
  const names = new Set(readZipDirectory(bytes, path, limits).map(({ name }) => name))
  if (names.has('word/document.xml') || names.has('word/document2.xml')) return 'docx'
  const has = (start: string) => [...names].some((name) => name.startsWith(start))
  const table = 'Save each sheet as .csv.'
  if (has('xl/')) throw new Fault('unsupported-file', 'the file is a spreadsheet', table, path)
  if (has('ppt/')) throw new Fault('unsupported-file', 'the file is a presentation', 'Save it as PDF.', path)
  if (names.has('mimetype')) {
    throw new Fault('unsupported-file', 'the file is an e-book or OpenDocument file', 'Save it as .docx or PDF.', path)
  }
  throw new Fault('unsupported-file', 'the file is a zip archive', 'Unpack it and add the documents in it.', path)
}
