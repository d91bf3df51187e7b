/** @file Running headers, footers and page numbers: lines at page edges that repeat from page to page. */

import type { Page } from '../artifacts.ts'

/** How many non-empty lines at each edge of a page may be running lines. */
const EDGE = 3
const PAGE_NUMBER = /^(?:page\s+)?[-–—[(|]{0,2}\s?(?:\d{1,4}|[ivxl]{1,6})\s?[-–—\])|]{0,2}(?:\s?(?:of|\/)\s?\d{1,4})?$/i

/**
 * Pages without the lines that repeat at their edges, and without page numbers. A line counts as running when it stands,
 * digits aside, at the same edge of at least three pages and of 30 % of them (journals alternate left and right
 * headers), or as the outermost line of both pages of a two-page document.
 */
export function dropRunningLines(pages: readonly Page[]): Page[] {
  if (pages.length < 2) return [...pages]
  const split = pages.map((page) => page.text.split('\n'))
  const edges = split.map((lines) => ({ top: edge(lines, 1), bottom: edge(lines, -1) }))
  const counts = { top: new Map<string, number>(), bottom: new Map<string, number>() }
  for (const [p, page] of edges.entries()) {
    for (const side of ['top', 'bottom'] as const) {
      const candidates = pages.length === 2 ? page[side].slice(0, 1) : page[side]
      const keys = new Set(candidates.map((at) => keyOf(split[p]?.[at] ?? '')))
      for (const key of keys) counts[side].set(key, (counts[side].get(key) ?? 0) + 1)
    }
  }
  const threshold = pages.length === 2 ? 2 : Math.max(3, Math.ceil(pages.length * 0.3))
  return pages.map((page, p) => {
    const lines = split[p] as string[]
    const dropped = new Set<number>()
    for (const side of ['top', 'bottom'] as const) {
      for (const [rank, at] of (edges[p]?.[side] ?? []).entries()) {
        const line = lines[at] as string
        const running = line.length < 160 && (counts[side].get(keyOf(line)) ?? 0) >= threshold
        if (running || (rank < 2 && PAGE_NUMBER.test(line.trim()))) dropped.add(at)
      }
    }
    return { number: page.number, text: lines.filter((_, at) => !dropped.has(at)).join('\n') }
  })
}

/** Indices of the outermost non-empty lines, the outermost first. */
function edge(lines: readonly string[], step: 1 | -1): number[] {
  const found: number[] = []
  for (let at = step === 1 ? 0 : lines.length - 1; at >= 0 && at < lines.length && found.length < EDGE; at += step) {
    if ((lines[at] as string).trim() !== '') found.push(at)
  }
  return found
}

/** What two occurrences of one running line share: digits (page, volume) are left out of the comparison. */
function keyOf(line: string): string {
  return line.toLowerCase().replace(/\d+/g, '#').replace(/\s+/g, ' ').trim()
}
