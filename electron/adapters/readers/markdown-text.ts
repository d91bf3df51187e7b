/**
 * @file The readable text of Markdown: markup removed, code left out, wrapped lines joined, tables as sentences. Works line by
 * line with bounded patterns; anything unusual simply stays text. Blocks are separated by an empty line.
 */

import { tableSentences } from './table-sentences.ts'

export interface MarkdownText {
  title?: string
  text: string
}

const FENCE = /^ {0,3}(```|~~~)/
const ATX = /^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$/
const RULE = /^ {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$/
const ITEM = /^\s{0,12}(?:[-*+]|\d{1,3}[.)])\s+/
const TABLE_RULE = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*){0,60}\|?\s*$/
const DEFINITION = /^ {0,3}\[[^\]^]{1,100}\]:\s*\S+/

/** Title (front matter, else the first heading) and text. Never throws. */
export function markdownText(source: string): MarkdownText {
  const { matter, body } = frontMatter(source.replace(/\r\n?/g, '\n').replace(/\f/g, '\n'))
  const lines = withoutCode(withoutComments(body)).split('\n')
  const blocks: string[] = []
  let title = matter
  let open = ''
  const flush = () => {
    const text = inline(open).trim()
    if (text !== '') blocks.push(text)
    open = ''
  }
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] as string).replace(/^ {0,3}(?:>\s?){1,8}/, '')
    const next = lines[at + 1] ?? ''
    const heading = ATX.exec(line)?.[1] ?? setext(line, next, open)
    if (heading !== undefined) {
      flush()
      open = heading
      flush()
      title ??= blocks.at(-1)
      if (!ATX.test(line)) at++
    } else if (line.includes('|') && next.length < 2000 && next.includes('|') && TABLE_RULE.test(next)) {
      flush()
      const rows: string[][] = []
      let end = at + 2
      for (; end < lines.length && (lines[end] as string).includes('|'); end++) rows.push(cells(lines[end] as string))
      for (const sentences of tableSentences(cells(line), rows)) if (sentences.length) blocks.push(sentences.join(' '))
      at = end - 1
    } else if (line.trim() === '' || RULE.test(line) || DEFINITION.test(line)) {
      flush()
    } else if (ITEM.test(line)) {
      flush()
      open = line.replace(ITEM, '').replace(/^\[[ xX]\]\s/, '')
    } else {
      open += (open ? ' ' : '') + line.replace(/\\$/, '').trim()
    }
  }
  flush()
  return { title, text: blocks.join('\n\n') }
}

/** A single line underlined with = or -: a heading in the older style. */
function setext(line: string, next: string, open: string): string | undefined {
  const underlined = open === '' && line.trim() !== '' && /^ {0,3}(?:={3,}|-{3,})\s*$/.test(next)
  return underlined && !ITEM.test(line) ? line.trim() : undefined
}

function frontMatter(source: string): { matter?: string; body: string } {
  const match = /^---\n([\s\S]{0,20000}?)\n(?:---|\.\.\.)(?:\n|$)/.exec(source)
  // Front matter is a list of settings; a rule followed by prose is not.
  if (!match || !/^[A-Za-z_-]+\s*:/m.test(match[1] as string)) return { body: source }
  const title = /^title\s*:\s*["']?(.{1,300}?)["']?\s*$/im.exec(match[1] as string)?.[1]
  return { matter: title, body: source.slice(match[0].length) }
}

/** HTML comments removed; an unclosed one stays. */
function withoutComments(body: string): string {
  let out = ''
  for (let at = 0; ;) {
    const start = body.indexOf('<!--', at)
    const end = start < 0 ? -1 : body.indexOf('-->', start + 4)
    if (end < 0) return out + body.slice(at)
    out += body.slice(at, start)
    at = end + 3
  }
}

/** Fenced code removed; an unclosed fence loses only its own line. */
function withoutCode(body: string): string {
  const lines = body.split('\n')
  const kept: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const fence = FENCE.exec(lines[at] as string)?.[1]
    if (!fence) {
      kept.push(lines[at] as string)
      continue
    }
    let end = at + 1
    while (end < lines.length && FENCE.exec(lines[end] as string)?.[1] !== fence) end++
    kept.push('')
    if (end === lines.length) return [...kept, ...lines.slice(at + 1).filter((line) => !FENCE.test(line))].join('\n')
    at = end
  }
  return kept.join('\n')
}

function cells(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
  return inner.split(/(?<!\\)\|/).map((cell) => inline(cell.replace(/\\\|/g, '|')).trim())
}

const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', deg: '°', micro: 'µ', times: '×', minus: '−', plusmn: '±', ndash: '–', mdash: '—',
} // prettier-ignore

/** One block without inline markup. */
function inline(text: string): string {
  return text
    .replace(/!\[[^\]]{0,500}\](?:\([^()\n]{0,2000}\)|\[[^\]]{0,200}\])/g, '')
    .replace(/\[\^[^\]]{1,60}\]:?/g, '')
    .replace(/\[([^[\]]{1,500})\]\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)/g, '$1')
    .replace(/\[([^[\]]{1,500})\]\[[^\]]{0,200}\]/g, '$1')
    .replace(/<(?:https?:\/\/|mailto:)[^<>\s]{1,1000}>/g, '')
    .replace(/<sup>\s*([23])\s*<\/sup>/gi, (_, digit: string) => (digit === '2' ? '²' : '³'))
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/<\/?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>]{0,500})?\/?>/g, '')
    .replace(/(?<![\\`])`{1,3}([^`\n]{1,1000})`{1,3}/g, '$1')
    .replace(/(?<!\\)(\*\*\*|\*\*|__)(?=\S)([^*_\n]{1,2000}?\S|\S)\1/g, '$2')
    .replace(/(?<![\\*\w])\*(?=\S)([^*\n]{0,1000}?\S)\*(?!\w)/g, '$1')
    .replace(/(?<![\\_\w])_(?=\S)([^_\n]{0,1000}?\S)_(?!\w)/g, '$1')
    .replace(/~~([^~\n]{1,500})~~/g, '$1')
    .replace(/&(#\d{1,7}|[a-z]{2,8});/g, (entity, name: string) => {
      if (!name.startsWith('#')) return ENTITIES[name] ?? entity
      const code = Number(name.slice(1))
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity
    })
    .replace(/\\([\\`*_{}[\]()#+\-.!|~<>])/g, '$1')
}
