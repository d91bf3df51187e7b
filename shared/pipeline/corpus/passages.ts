/**
 * @file Documents as passages: whole sentences packed up to a number of tokens, with whole sentences of overlap
 * (the paper: 1024 tokens, 20 of overlap). Paragraphs within a passage stand on lines of their own.
 */

import { assert } from '../../base/errors.ts'
import type { Document, Passage } from '../artifacts.ts'
import { sentenceSpans } from './sentences.ts'

export interface PassageOptions {
  /** Tokens in a text, as the model in training counts them. */
  countTokens: (text: string) => number
  /** Most tokens in a passage. Default 1024. */
  maxTokens?: number
  /** Most tokens repeated from the end of the passage before. Default 20. */
  overlapTokens?: number
}

interface Piece {
  text: string
  page: number
  /** Counted over the pages; a new one begins a new line in the passage. */
  paragraph: number
  tokens: number
}

/**
 * The passages of a document. A sentence longer than `maxTokens` is cut at clauses, then words, then characters; its
 * pieces count as sentences. No passage exceeds `maxTokens` unless a single character does.
 */
export function makePassages(document: Document, options: PassageOptions): Passage[] {
  const { countTokens, maxTokens = 1024, overlapTokens = 20 } = options
  assert(maxTokens >= 1 && overlapTokens >= 0, 'a passage holds at least one token')
  const overlap = Math.min(overlapTokens, Math.floor(maxTokens / 2))
  const pieces = piecesOf(document, countTokens, maxTokens)
  const passages: Passage[] = []
  let from = 0
  while (from < pieces.length) {
    let to = from
    let sum = 0
    while (to < pieces.length && (to === from || sum + (pieces[to] as Piece).tokens <= maxTokens)) {
      sum += (pieces[to++] as Piece).tokens
    }
    // Token counts of joined sentences are not quite additive: count the passage itself and give back what does not fit.
    let text = textOf(pieces, from, to)
    let tokens = countTokens(text)
    while (tokens > maxTokens && to > from + 1) {
      text = textOf(pieces, from, --to)
      tokens = countTokens(text)
    }
    const index = passages.length
    const page = (pieces[from] as Piece).page
    passages.push({ id: `${document.id}:${index}`, documentId: document.id, index, page, text, tokens })
    if (to === pieces.length) break
    from = overlapStart(pieces, from, to, overlap, maxTokens)
  }
  return passages
}

/** Where the next passage begins: as many whole sentences back from `to` as fit the overlap and leave room for a new one. */
function overlapStart(pieces: readonly Piece[], from: number, to: number, overlap: number, maxTokens: number): number {
  const ahead = (pieces[to] as Piece).tokens
  let start = to
  let sum = 0
  while (start > from + 1) {
    const { tokens } = pieces[start - 1] as Piece
    if (sum + tokens > overlap || sum + tokens + ahead > maxTokens) break
    sum += tokens
    start--
  }
  return start
}

function textOf(pieces: readonly Piece[], from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at++) {
    const piece = pieces[at] as Piece
    if (at > from) text += piece.paragraph === pieces[at - 1]?.paragraph ? ' ' : '\n'
    text += piece.text
  }
  return text
}

function piecesOf(document: Document, countTokens: (text: string) => number, maxTokens: number): Piece[] {
  const pieces: Piece[] = []
  let paragraph = 0
  for (const page of document.pages) {
    for (const block of page.text.split(/\n+/)) {
      paragraph++
      for (const { start, end } of sentenceSpans(block)) {
        for (const text of cut(block.slice(start, end), countTokens, maxTokens)) {
          pieces.push({ text, page: page.number, paragraph, tokens: countTokens(text) })
        }
      }
    }
  }
  return pieces
}

/** A text no longer than `maxTokens` as it is; a longer one halved at the best boundary near its middle, repeatedly. */
function cut(text: string, countTokens: (text: string) => number, maxTokens: number): string[] {
  if (text.length <= 1 || countTokens(text) <= maxTokens) return [text]
  const at = boundary(text)
  const left = text.slice(0, at).trim()
  const right = text.slice(at).trim()
  if (left === '' || right === '') return [text]
  return [...cut(left, countTokens, maxTokens), ...cut(right, countTokens, maxTokens)]
}

/** The clause end nearest the middle within the inner half, else the nearest space within the inner 80 %, else the middle. */
function boundary(text: string): number {
  const middle = text.length / 2
  const nearest = (pattern: RegExp, reach: number): number => {
    let best = -1
    for (const match of text.matchAll(pattern)) {
      const at = match.index + match[0].length
      if (Math.abs(at - middle) <= reach && Math.abs(at - middle) < Math.abs(best - middle)) best = at
    }
    return best
  }
  const clause = nearest(/[;:,—–]\s/g, text.length / 4)
  if (clause > 0) return clause
  const space = nearest(/\s/g, text.length * 0.4)
  if (space > 0) return space
  const half = Math.floor(middle)
  // Never between the two halves of a surrogate pair.
  return half > 1 && /[\ud800-\udbff]/.test(text[half - 1] as string) ? half - 1 : half
}
