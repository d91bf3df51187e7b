/** @file Collects one HTML table and turns it into blocks of sentences; tables used for layout stay plain text. */

import { tableSentences } from './table-sentences.ts'

/** A cell longer than this holds prose: the table is for layout. */
const LONGEST_CELL = 300
const WIDEST_SPAN = 50

export interface TableBuilder {
  row(): void
  cell(isHeader: boolean, attributes: Record<string, string>): void
  /** Text of the current cell, or of the caption before any. */
  text(text: string): void
  /** The finished blocks: one per row for a data table, one per cell for a layout table. */
  close(): string[]
}

interface Cell {
  text: string
  isHeader: boolean
}

/** An empty table. */
export function openTable(): TableBuilder {
  const caption: string[] = []
  const rows: Cell[][] = []
  let current: Cell[] = []
  let spans = false
  return {
    row() {
      rows.push([])
      current = []
    },
    cell(isHeader, attributes) {
      if (rows.length === 0) rows.push([])
      if (Number(attributes['rowspan'] ?? 1) > 1) spans = true
      const width = Math.min(WIDEST_SPAN, Math.max(1, Number(attributes['colspan'] ?? 1) || 1))
      current = Array.from({ length: width }, () => ({ text: '', isHeader }))
      rows.at(-1)?.push(...current)
    },
    text(text) {
      if (current.length === 0) caption.push(text)
      for (const cell of current) cell.text += (cell.text ? ' ' : '') + text
    },
    close() {
      return [
        ...caption,
        ...blocksOf(
          rows.filter((row) => row.length > 0),
          spans,
        ),
      ]
    },
  }
}

function blocksOf(rows: readonly Cell[][], spans: boolean): string[] {
  const [header, ...body] = rows
  if (!header) return []
  const cells = rows.flat()
  const isLayout = header.length < 2 || cells.some(({ text }) => text.length > LONGEST_CELL)
  if (isLayout) return cells.map(({ text }) => text).filter((text) => text !== '')
  // Boxes of facts: a heading cell, then its value, in every row.
  if (
    rows.every((row) => row.length <= 2) &&
    rows.some(([first, second]) => first?.isHeader && second && !second.isHeader)
  ) {
    return rows.map((row) => row.map(({ text }) => text).join(': ')).filter((text) => text !== '')
  }
  if (spans || body.length === 0) return rows.map((row) => row.map(({ text }) => text).join('; '))
  const texts = (row: readonly Cell[]) => row.map(({ text }) => text)
  return tableSentences(texts(header), body.map(texts))
    .map((sentences) => sentences.join(' '))
    .filter((text) => text !== '')
}
