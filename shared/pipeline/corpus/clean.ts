/**
 * @file From extracted pages to clean ones: characters, running lines, paragraphs, boilerplate, references.
 * A cleaned page holds one paragraph per line, with an empty line between paragraphs.
 */

import type { Page } from '../artifacts.ts'
import { dropCitationMarks, isBoilerplate, isDebris, referencesRange } from './boilerplate.ts'
import { joinLines, joinPair, lineContext } from './join-lines.ts'
import { normaliseText } from './normalise-text.ts'
import { dropRunningLines } from './running-lines.ts'
import { sentenceSpans } from './sentences.ts'

export interface CleanOptions {
  /** Lines are wrapped by a layout (PDF, plain text), so paragraphs have to be found. */
  wrapped: boolean
  /** Text was laid out on pages, so axis labels and broken equations are dropped. */
  laidOut?: boolean
  /** Leave out the reference list and the citation marks that point into it. Default true. */
  dropReferences?: boolean
}

/** Cleans the pages of one document. Pages left without text are dropped; the numbers of the others stay. */
export function cleanPages(pages: readonly Page[], options: CleanOptions): Page[] {
  const normal = pages.map((page) => ({ number: page.number, text: normaliseText(page.text) }))
  const bare = dropRunningLines(normal)
  const context = lineContext(options.wrapped ? bare.map((page) => page.text) : [])
  let paragraphs = bare.flatMap((page) => {
    const found = options.wrapped ? joinLines(withoutLeaders(page.text), context) : page.text.split(/\n+/)
    return found.map((text) => ({ page: page.number, text: (options.wrapped ? withoutMark(text) : text).trim() }))
  })
  paragraphs = paragraphs.filter(({ text }) => {
    return text !== '' && !isBoilerplate(text) && !(options.laidOut && isDebris(text))
  })
  if (options.dropReferences ?? true) {
    const range = referencesRange(paragraphs.map(({ text }) => text))
    if (range) {
      paragraphs = paragraphs
        .filter((_, at) => at < range.from || at >= range.to)
        .map(({ page, text }) => ({ page, text: dropCitationMarks(text) }))
    }
  }
  if (options.laidOut) carrySentencesBack(paragraphs, context.words)
  return pagesOf(paragraphs)
}

/** Text without the lines of a table of contents, which lead to page numbers with rows of dots. */
function withoutLeaders(text: string): string {
  return text.replace(/^.{0,300}?(?:\. ?){5,}.*$/gm, '')
}

/** A paragraph without its bullet, list number or section number: "3. Fibres are spun." and "2.1 Fibres". */
function withoutMark(text: string): string {
  return text.replace(/^(?:[•▪●◦‣∙]\s*|\(?\d{1,2}[.)]\s+(?=\p{Lu})|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=\p{Lu}))/u, '')
}

interface Paragraph {
  page: number
  text: string
}

/** Moves the rest of a sentence that a page break cut to the page on which the sentence began. */
function carrySentencesBack(paragraphs: Paragraph[], words: ReadonlySet<string>): void {
  for (let at = 1; at < paragraphs.length; at++) {
    const before = paragraphs[at - 1] as Paragraph
    const after = paragraphs[at] as Paragraph
    if (before.page === after.page || !/[\p{L}\d,;-]$/u.test(before.text)) continue
    if (!/^\p{Ll}/u.test(after.text) && !(isProse(before.text) && /[.!?]/.test(after.text))) continue
    const end = sentenceSpans(after.text)[0]?.end ?? after.text.length
    before.text = joinPair(before.text, after.text.slice(0, end), words)
    after.text = after.text.slice(end).trim()
  }
}

/** Longer than headings are: what has no full stop at its end was cut off. */
function isProse(text: string): boolean {
  const last = sentenceSpans(text).at(-1)
  return text.length >= 60 && last !== undefined && text.slice(last.start).split(' ').length >= 5
}

function pagesOf(paragraphs: readonly Paragraph[]): Page[] {
  const pages = new Map<number, string[]>()
  for (const { page, text } of paragraphs) {
    if (text === '') continue
    const list = pages.get(page)
    if (list) list.push(text)
    else pages.set(page, [text])
  }
  return [...pages].map(([number, texts]) => ({ number, text: texts.join('\n\n') }))
}
