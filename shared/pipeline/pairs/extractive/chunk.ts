/** @file What a sentence is cut into: noun phrases, verb groups, and the rest. */

import type { Tagged } from './tagger.ts'

export interface NounPhrase {
  kind: 'NP'
  tokens: Tagged[]
  /** Index in `tokens` of the head noun (before any "of"). */
  head: number
  plural: boolean
}

export interface VerbGroup {
  kind: 'VG'
  tokens: Tagged[]
  /** Everything before the main verb, negation included: "has been", "can not". */
  aux: string[]
  /** The main verb as it stands; "" for the copula alone. */
  main: string
  base: string
  copula: boolean
  passive: boolean
  progressive: boolean
  past: boolean
  negated: boolean
  adverbs: string[]
}

export interface Plain {
  kind: 'P' | 'SUB' | 'REL' | 'CC' | 'M' | 'ADJ' | 'ADV' | 'INF' | 'GER' | 'PTC' | 'EX'
  tokens: Tagged[]
}

export type Chunk = NounPhrase | VerbGroup | Plain
