/**
 * @file The readable text of HTML: scripts, navigation, hidden parts and cookie notices are left out, the main part is
 * preferred where the page marks one, tables become sentences. One paragraph per block, blocks separated by an empty line.
 */

import { Parser } from 'htmlparser2'
import { Fault } from '../../../shared/base/errors.ts'
import { openTable, type TableBuilder } from './html-table.ts'
import { checkCharacters, checkTime, type ReaderContext } from './reader.ts'

/** Deeper nesting than this is an attack on parsers or a broken file. */
const DEEPEST = 1000
const CHUNK = 65536

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))
const SKIPPED = words(
  'script style noscript template svg nav footer aside form button select textarea iframe object canvas audio video ' +
    'annotation annotation-xml map dialog',
)
const BLOCKS = words(
  'address article blockquote body br caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 ' +
    'header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul',
)
/** Elements that may be dropped for their class or id; never the ones that hold whole pages. */
const DROPPABLE = words('div section ul ol header span p a')
const DROPPED_NAMES = words('nav navbar navigation menu sidebar social share sharing footer ads mw-editsection noprint')
const DROPPED_STARTS = /^(?:cookie|consent|gdpr|newsletter|breadcrumb|advert|popup|skip-link)/
const DROPPED_ROLES = words('navigation banner contentinfo search complementary dialog alertdialog menu')

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '-': '⁻', '−': '⁻', '–': '⁻', '+': '⁺', '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴',
  '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹',
} // prettier-ignore

export interface HtmlText {
  /** The page's own title, or its first heading; undefined when it has neither. */
  title?: string
  text: string
}

interface Frame {
  name: string
  skip: boolean
  main: boolean
}

/**
 * Extracts title and text.
 * @throws Fault corrupt-file when nested beyond reason; too-large when the limits are met
 */
export function htmlText(html: string, path: string, context: ReaderContext): HtmlText {
  checkCharacters(html.length, context, path)
  const stack: Frame[] = []
  const blocks: { text: string; main: boolean }[] = []
  const tables: TableBuilder[] = []
  let buffer = ''
  let title = ''
  let heading: string | undefined
  let superscript: string | undefined

  const top = () => stack.at(-1)
  const flush = () => {
    const frame = top()
    for (const part of inPre() ? buffer.split(/\n\s*\n/) : [buffer]) {
      const text = part.replace(/\s+/g, ' ').trim()
      if (text === '') continue
      if (tables.length > 0) tables.at(-1)?.text(text)
      else blocks.push({ text, main: frame?.main ?? false })
      if (heading === '') heading = text
    }
    buffer = ''
  }
  // A head that is never closed ends where the first block begins.
  const inHead = () => stack.findLast(({ name }) => name === 'head' || BLOCKS.has(name))?.name === 'head'
  const inPre = () => stack.some(({ name }) => name === 'pre')

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (stack.length >= DEEPEST) {
          const message = `elements are nested more than ${DEEPEST} deep`
          throw new Fault('corrupt-file', message, 'Open the page in a browser and save its text.', path)
        }
        if (BLOCKS.has(name)) flush()
        const parent = top()
        const main = name === 'main' || name === 'article' || attributes['role'] === 'main' || (parent?.main ?? false)
        stack.push({ name, skip: (parent?.skip ?? false) || isSkipped(name, attributes), main })
        if (top()?.skip) return
        if (name === 'table') tables.push(openTable())
        else if (name === 'tr') tables.at(-1)?.row()
        else if (name === 'td' || name === 'th') tables.at(-1)?.cell(name === 'th', attributes)
        else if (name === 'h1' && heading === undefined) heading = ''
        else if (name === 'sup') superscript = ''
        else if (name === 'a' && superscript !== undefined) superscript = '['
      },
      ontext(text) {
        const frame = top()
        if (frame?.name === 'title' && stack.every(({ name }) => name !== 'svg')) title += text
        else if (frame?.skip || inHead()) return
        else if (superscript !== undefined) superscript += text
        else buffer += text
      },
      onclosetag(name) {
        const skipped = top()?.skip ?? false
        if (!skipped && name === 'sup' && superscript !== undefined) {
          buffer += renderSuperscript(superscript)
          superscript = undefined
        }
        if (BLOCKS.has(name)) flush()
        if (!skipped && name === 'table') {
          const rows = tables.pop()?.close() ?? []
          for (const text of rows) {
            if (tables.length > 0) tables.at(-1)?.text(text)
            else blocks.push({ text, main: top()?.main ?? false })
          }
        }
        stack.pop()
      },
    },
    { decodeEntities: true },
  )
  for (let at = 0; at < html.length; at += CHUNK) {
    checkTime(context, path)
    parser.write(html.slice(at, at + CHUNK))
  }
  parser.end()
  flush()
  for (const row of tables.flatMap((table) => table.close())) blocks.push({ text: row, main: false })

  const inMain = blocks.filter(({ main }) => main)
  const size = (list: typeof blocks) => list.reduce((sum, { text }) => sum + text.length, 0)
  const kept = size(inMain) >= size(blocks) * 0.4 ? inMain : blocks
  const pageTitle = title.replace(/\s+/g, ' ').trim()
  // "Nacre - Wikipedia" says less than the heading "Nacre".
  const named = heading && (pageTitle === '' || pageTitle.startsWith(heading)) ? heading : pageTitle
  return { title: named || undefined, text: kept.map(({ text }) => text).join('\n\n') }
}

function isSkipped(name: string, attributes: Record<string, string>): boolean {
  if (SKIPPED.has(name) || 'hidden' in attributes || attributes['aria-hidden'] === 'true') return true
  if (DROPPED_ROLES.has(attributes['role'] ?? '')) return true
  if (!DROPPABLE.has(name)) return false
  const names = `${attributes['class'] ?? ''} ${attributes['id'] ?? ''}`.toLowerCase().split(/\s+/)
  return names.some((token) => DROPPED_NAMES.has(token) || DROPPED_STARTS.test(token))
}

/** Exponents as superscript characters (10⁻³, m²); citation marks, in brackets or links, as nothing. */
function renderSuperscript(text: string): string {
  const plain = text.trim()
  if (plain.startsWith('[')) return ''
  if (!/^[-−–+]?\d{1,6}$/.test(plain)) return plain
  return [...plain].map((character) => SUPERSCRIPTS[character] ?? character).join('')
}
