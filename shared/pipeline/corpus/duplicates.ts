/**
 * @file Finds documents that say again what an earlier one says: the same normalised text, or more than 90 % of
 * their runs of eight words. Long documents are compared on a fixed sample of one run in sixteen.
 */

import type { Document } from '../artifacts.ts'

const RUN = 8
const LIMIT = 0.9
/** Documents with more words than this are sampled. */
const SAMPLED_ABOVE = 2000
const SAMPLE_MASK = 15

/** The earlier document that a later one repeats, and how much of it. */
export interface Repeat {
  id: string
  path: string
  /** Share of the later document's runs that stand in the earlier one, 0 to 1. */
  share: number
}

/** Remembers documents and recognises repeats among later ones. */
export interface DuplicateFinder {
  /** The earlier document that `document` repeats, if any. The document is not remembered. */
  find(document: Pick<Document, 'pages'>): Repeat | undefined
  remember(document: Pick<Document, 'id' | 'path' | 'pages'>): void
}

/** A finder that knows no document yet. */
export function duplicateFinder(): DuplicateFinder {
  const known: { id: string; path: string; sampled: boolean }[] = []
  /** Run hash → positions in `known`. */
  const runs = new Map<number, number[]>()
  /** Whole normalised text, for texts too short to hold a run. */
  const short = new Map<string, number>()

  return {
    find(document) {
      const words = wordsOf(document)
      if (words.length < RUN) {
        const at = short.get(words.join(' '))
        const earlier = at === undefined ? undefined : known[at]
        return earlier && words.length > 0 ? { id: earlier.id, path: earlier.path, share: 1 } : undefined
      }
      const hashes = runHashes(words)
      const sampledHashes = [...hashes].filter(isSampled).length
      const all = new Map<number, number>()
      const sampled = new Map<number, number>()
      for (const hash of hashes) {
        for (const at of runs.get(hash) ?? []) {
          all.set(at, (all.get(at) ?? 0) + 1)
          if (isSampled(hash)) sampled.set(at, (sampled.get(at) ?? 0) + 1)
        }
      }
      let best: Repeat | undefined
      for (const [at, count] of all) {
        const earlier = known[at] as (typeof known)[number]
        const share = earlier.sampled ? (sampled.get(at) ?? 0) / Math.max(1, sampledHashes) : count / hashes.size
        if (share > LIMIT && share > (best?.share ?? 0)) best = { id: earlier.id, path: earlier.path, share }
      }
      return best
    },
    remember(document) {
      const words = wordsOf(document)
      const at = known.length
      known.push({ id: document.id, path: document.path, sampled: words.length > SAMPLED_ABOVE })
      if (words.length < RUN) {
        if (!short.has(words.join(' '))) short.set(words.join(' '), at)
        return
      }
      for (const hash of runHashes(words)) {
        const list = runs.get(hash)
        if (list) list.push(at)
        else runs.set(hash, [at])
      }
    },
  }
}

function isSampled(hash: number): boolean {
  return (hash & SAMPLE_MASK) === 0
}

/** Lower-case letters and digits of the text, as words. */
function wordsOf(document: Pick<Document, 'pages'>): string[] {
  const words: string[] = []
  for (const page of document.pages) {
    for (const [word] of page.text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) words.push(word)
  }
  return words
}

/** Hashes of the runs of eight words, sampled when the text is long. */
function runHashes(words: readonly string[]): Set<number> {
  const each = words.map(hashWord)
  const out = new Set<number>()
  for (let at = 0; at + RUN <= each.length; at++) {
    let hash = 0x811c9dc5
    for (let k = 0; k < RUN; k++) hash = mix(Math.imul(hash, 31) + (each[at + k] as number))
    if (words.length <= SAMPLED_ABOVE || isSampled(hash)) out.add(hash)
  }
  return out
}

function hashWord(word: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193)
  return hash
}

/** Avalanche, so that the low bits that choose the sample depend on every word. */
function mix(value: number): number {
  let z = value | 0
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
  return z ^ (z >>> 16)
}
