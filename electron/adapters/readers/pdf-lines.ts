/**
 * @file The text of one PDF page from its positioned pieces: lines, paragraph breaks, superscripts, page edges. Follows the
 * order of the content stream, which runs column by column in nearly every paper.
 */

/** One piece of text, as pdf.js reports it. */
export interface PdfItem {
  str: string
  /** [a, b, c, d, e, f] in page space, y upwards. */
  transform: number[]
  width: number
  hasEOL: boolean
}

interface Placed {
  text: string
  /** Left edge, baseline (downwards), right edge and font size, in points. */
  x: number
  y: number
  right: number
  size: number
  endsLine: boolean
}

export interface PdfLine {
  text: string
  x: number
  y: number
  right: number
  /** Font size of most of its characters. */
  size: number
}

/** Lines within this share of the page height from its top or bottom may be headers and footers. */
const EDGE = 0.07

const SUPERSCRIPTS = new Map([...'0123456789+-−–'].map((sign, at) => [sign, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻'][at] as string]))

/**
 * The lines of a page, headers first and footers last.
 * @param viewport page space to upright page space with y downwards (pdf.js: `page.getViewport({ scale: 1 }).transform`)
 */
export function pdfLines(items: readonly PdfItem[], viewport: readonly number[], height: number): PdfLine[] {
  const upright: Placed[] = []
  let turned = 0
  let straight = 0
  for (const item of items) {
    const [a, b, c, d, e, f] = multiply(viewport, item.transform)
    // Text up the margin, such as a preprint server's stamp, is no part of the page's text.
    if (Math.abs(b) > Math.abs(a) * 0.3) {
      turned += item.str.length
      continue
    }
    straight += item.str.length
    const size = Math.hypot(c, d)
    upright.push({ text: item.str, x: e, y: f, right: e + item.width, size, endsLine: item.hasEOL })
  }
  if (turned > straight) return unplaced(items)
  const lines = group(upright)
  const top = lines.filter(({ y }) => y < height * EDGE)
  const bottom = lines.filter(({ y }) => y > height * (1 - EDGE))
  const body = lines.filter(({ y }) => y >= height * EDGE && y <= height * (1 - EDGE))
  return [...top, ...body, ...bottom]
}

/** Lines as text, with an empty line where the layout shows a new paragraph. */
export function layOut(lines: readonly PdfLine[], height: number): string {
  const gaps = lines.slice(1).map((line, at) => line.y - (lines[at] as PdfLine).y)
  const pitches = gaps.filter((gap) => gap > 1).sort((a, b) => a - b)
  const pitch = pitches[Math.floor(pitches.length * 0.4)] ?? 12
  let text = ''
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1]
    if (before) text += separated(before, line, pitch, height) ? '\n\n' : '\n'
    text += line.text
  }
  return text
}

function separated(before: PdfLine, line: PdfLine, pitch: number, height: number): boolean {
  if (isEdge(before, height) || isEdge(line, height)) return true
  if (Math.abs(before.size - line.size) > Math.max(before.size, line.size) * 0.12) return true
  const gap = line.y - before.y
  // Upwards: the next column begins, and a paragraph may go on in it.
  if (gap < 0) return false
  if (gap > Math.max(pitch, line.size * 1.1) * 1.22) return true
  // A paragraph begins indented, or the text moves back out after a list.
  const indent = Math.abs(line.x - before.x)
  return indent > line.size * 0.8 && indent < line.size * 6 && /[.!?:]["'”’)\]]*\s*$/.test(before.text)
}

function isEdge(line: PdfLine, height: number): boolean {
  return line.y < height * EDGE || line.y > height * (1 - EDGE)
}

function group(items: readonly Placed[]): PdfLine[] {
  const lines: PdfLine[] = []
  let current: Placed[] = []
  const flush = () => {
    const line = lineOf(current)
    if (line) lines.push(line)
    current = []
  }
  for (const item of items) {
    const last = current.at(-1)
    if (last && item.text.trim() !== '') {
      const size = Math.max(last.size, item.size)
      if (Math.abs(item.y - last.y) > size * 0.7 || item.x < last.x - size) flush()
    }
    current.push(item)
    if (item.endsLine) flush()
  }
  flush()
  return lines
}

function lineOf(items: readonly Placed[]): PdfLine | undefined {
  const inked = items.filter(({ text }) => text.trim() !== '')
  const longest = inked.reduce<Placed | undefined>((best, item) => {
    return !best || item.text.length > best.text.length ? item : best
  }, undefined)
  if (!longest) return undefined
  let text = ''
  let right = Number.NEGATIVE_INFINITY
  for (const item of items) {
    if (item.text === '') continue
    if (item.text.trim() === '') {
      text += ' '
      continue
    }
    if (right !== Number.NEGATIVE_INFINITY && item.x - right > longest.size * 0.2 && !/\s$/.test(text)) text += ' '
    const raised = item.size < longest.size * 0.85 && longest.y - item.y > longest.size * 0.15
    text += raised ? superscript(item.text.trim(), text) : item.text
    right = item.right
  }
  const first = inked[0] as Placed
  return { text: text.replace(/\s+/g, ' ').trim(), x: first.x, y: longest.y, right, size: longest.size }
}

/** An exponent after a number or a short unit becomes superscript; a number after a word or full stop is a citation and is dropped. */
function superscript(raised: string, before: string): string {
  if (!/^[+\-−–]?\d{1,3}$/.test(raised)) return /^[\d,–\s-]+$/.test(raised) ? '' : raised
  const word = /[\p{L}µΩ°]*$/u.exec(before.slice(-40))?.[0] ?? ''
  const isExponent = /\d\s?$/.test(before) || (word.length > 0 && word.length <= 3) || /^[+\-−–]/.test(raised)
  return isExponent ? [...raised].map((sign) => SUPERSCRIPTS.get(sign) ?? sign).join('') : ''
}

/** Every piece in order, when most of a page is turned and positions mean little. */
function unplaced(items: readonly PdfItem[]): PdfLine[] {
  const text = items.map(({ str, hasEOL }) => str + (hasEOL ? '\n' : '')).join('')
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, at) => ({ text: line, x: 0, y: 100 + at * 12, right: 0, size: 10 }))
}

function multiply(m: readonly number[], n: readonly number[]): [number, number, number, number, number, number] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m
  const [p = 1, q = 0, r = 0, s = 1, t = 0, u = 0] = n
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f]
}
