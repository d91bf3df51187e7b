/**
 * @file PDF through pdf.js, page by page, with page numbers. Nothing is rendered and no script in the file is run. Scans without
 * text are skipped with a reason; encrypted, cut-off and oversized files are refused.
 */

import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { Cancelled, Fault } from '../../../shared/base/errors.ts'
import type { Page } from '../../../shared/pipeline/artifacts.ts'
import { guardPdf } from './pdf-guard.ts'
import { layOut, pdfLines, type PdfItem, type PdfLine } from './pdf-lines.ts'
import { checkCharacters, checkTime, titleFromPath, tooSlow, type Reader, type ReaderContext } from './reader.ts'

type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs')
type PdfDocument = Awaited<ReturnType<PdfJs['getDocument']>['promise']>
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>

/** Fewer letters than this on the average page means a scan with a stamp on it. */
const FEWEST_LETTERS = 12

/** Reads every page of a PDF. */
export const readPdf: Reader = async (bytes, path, context) => {
  guardPdf(bytes, path, context.limits)
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const assets = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  const task = pdfjs.getDocument({
    // pdf.js takes the buffer away from its owner, so it gets a copy.
    data: Uint8Array.from(bytes),
    cMapUrl: join(assets, 'cmaps') + sep,
    cMapPacked: true,
    standardFontDataUrl: join(assets, 'standard_fonts') + sep,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
    enableXfa: false,
  })
  try {
    const document = await inTime(task.promise, context, path)
    return await readPages(document, path, context)
  } catch (error) {
    throw asFault(error, path)
  } finally {
    await task.destroy().catch(() => undefined)
  }
}

async function readPages(document: PdfDocument, path: string, context: ReaderContext): ReturnType<Reader> {
  if (document.numPages > context.limits.pages) {
    const message = `the PDF has ${document.numPages} pages, more than ${context.limits.pages}`
    throw new Fault('too-large', message, 'Split it into smaller files.', path)
  }
  const pages: Page[] = []
  let characters = 0
  let largest: string | undefined
  let broken = 0
  for (let number = 1; number <= document.numPages; number++) {
    checkTime(context, path)
    let text = ''
    try {
      const page = await inTime(document.getPage(number), context, path)
      const [, , , height = 792] = page.view
      const viewport = page.getViewport({ scale: 1 })
      const items = await readItems(page, context, path)
      const lines = pdfLines(items, viewport.transform, viewport.height || height)
      if (number === 1) largest = largestText(lines, viewport.height)
      text = layOut(lines, viewport.height)
      page.cleanup()
    } catch (error) {
      // One broken page loses its own text only.
      if (error instanceof Fault || error instanceof Cancelled) throw error
      broken++
    }
    characters += text.length
    checkCharacters(characters, context, path)
    pages.push({ number, text })
  }
  if (broken === document.numPages && broken > 0) throw damaged(path)
  const all = pages.map(({ text }) => text).join('\n')
  const letters = all.match(/\p{L}/gu)?.length ?? 0
  const remarks = broken > 0 ? [`${broken} of ${document.numPages} pages are damaged and were left out`] : []
  if (letters === 0 || (document.numPages >= 3 && letters < FEWEST_LETTERS * document.numPages)) {
    const undecoded = all.match(/[\ue000-\uf8ff\ufffd\u0000-\u0008]/g)?.length ?? 0
    const reason =
      undecoded > letters ? 'its fonts do not say which letters they show; needs OCR' : 'only images; needs OCR'
    return { documents: [], skipped: reason, remarks }
  }
  return { documents: [{ title: (await statedTitle(document)) ?? largest ?? titleFromPath(path), pages }], remarks }
}

async function readItems(page: PdfPage, context: ReaderContext, path: string): Promise<PdfItem[]> {
  const items: PdfItem[] = []
  let characters = 0
  const reader = page.streamTextContent({ includeMarkedContent: false }).getReader()
  for (;;) {
    const { done, value } = await inTime(reader.read(), context, path)
    if (done) return items
    for (const item of value.items as PdfItem[]) {
      items.push(item)
      characters += item.str.length
    }
    checkCharacters(characters, context, path)
    checkTime(context, path)
  }
}

/** The title in the file's metadata, unless a program put its own name or a file name there. */
async function statedTitle(document: PdfDocument): Promise<string | undefined> {
  const metadata = await document.getMetadata().catch(() => undefined)
  const title = String((metadata?.info as { Title?: unknown } | undefined)?.Title ?? '')
    .replace(/\s+/g, ' ')
    .trim()
  const useless =
    /^(?:untitled|microsoft word|powerpoint|document\d*$|slide \d|title$|doi:|pii:)|\.(?:docx?|tex|dvi|pdf|indd|qxd)$/i
  return title.length >= 6 && title.length <= 300 && /\p{L}{3}/u.test(title) && !useless.test(title) ? title : undefined
}

/** The lines in the largest letters of the upper 60 % of the first page. */
function largestText(lines: readonly PdfLine[], height: number): string | undefined {
  const candidates = lines.filter(({ y, text }) => y < height * 0.6 && /\p{L}{3}/u.test(text))
  const size = Math.max(0, ...candidates.map((line) => line.size))
  const typical = candidates.map((line) => line.size).sort((a, b) => a - b)[Math.floor(candidates.length / 2)] ?? size
  if (size < typical * 1.15) return undefined
  const title = candidates.filter((line) => line.size > size * 0.97).slice(0, 4)
  const text = title.map((line) => line.text).join(' ')
  return text.length >= 4 && text.length <= 300 ? text : undefined
}

/** `promise`, unless the time for this file runs out first. */
async function inTime<T>(promise: Promise<T>, context: ReaderContext, path: string): Promise<T> {
  const left = context.limits.milliseconds - (context.now() - context.started)
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow(context, path)), Math.max(0, left))
  })
  try {
    return await Promise.race([promise, timeout])
  } finally {
    clearTimeout(timer)
  }
}

function asFault(error: unknown, path: string): Error {
  if (error instanceof Fault || error instanceof Cancelled) return error
  return (error as Error)?.name === 'PasswordException' ? locked(path) : damaged(path, error)
}

function locked(path: string): Fault {
  return new Fault('unreadable-file', 'the PDF is protected by a password', 'Save a copy without a password.', path)
}

function damaged(path: string, cause?: unknown): Fault {
  const todo = 'Open it in a PDF viewer and print it to a new PDF, or download it again.'
  return new Fault('corrupt-file', 'the PDF is damaged', todo, path, { cause })
}
