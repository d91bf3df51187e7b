/**
 * @file Which documents are held out for evaluation. Decided from the hashes of the files before anything is indexed, so
 * that no held-out text can reach a question, a retrieval result or a knowledge graph; frozen by a hash over the ids.
 */

import { Fault } from '../../base/errors.ts'
import type { Document } from '../artifacts.ts'
import { sha256 } from './sha256.ts'

export interface Split {
  /** Document ids that are never trained on, sorted. */
  heldOut: string[]
  /** Document ids that are trained on, sorted. */
  training: string[]
  /** SHA-256 over both sorted lists: changes when a document moves, appears or disappears. */
  hash: string
}

export type SplitRequest =
  /** This share of the files, at random by seed; at least one and never all when there are two or more. */
  | { fraction: number; seed: number | string }
  /** Exactly the documents with these ids or paths. */
  | { heldOut: readonly string[] }

type Identified = Pick<Document, 'id' | 'path' | 'sha256'>

/**
 * Splits documents. Records of one file stay together. With a fraction, every file has a place in a seeded order that
 * depends on its own hash alone, so adding a document never swaps the others about.
 * @throws Fault bad-settings when a listed document does not exist, or nothing is left to train on
 */
export function splitDocuments(documents: readonly Identified[], request: SplitRequest): Split {
  const chosen = 'heldOut' in request ? listed(documents, request.heldOut) : drawn(documents, request)
  const heldOut = documents.filter((document) => chosen.has(document.sha256))
  const training = documents.filter((document) => !chosen.has(document.sha256))
  if (documents.length > 0 && training.length === 0) {
    const message = `all ${documents.length} documents would be held out, so none is left to train on`
    throw new Fault('bad-settings', message, 'Hold out fewer documents, or add more.')
  }
  return freeze(
    heldOut.map(({ id }) => id),
    training.map(({ id }) => id),
  )
}

/**
 * Checks that a split still describes these documents and was not edited.
 * @throws Fault bad-settings when it does not: evaluation on it would not be closed-book
 */
export function checkSplit(split: Split, documents: readonly Pick<Document, 'id'>[]): void {
  const todo = 'Make the split again, then redo the stages after it.'
  if (freeze(split.heldOut, split.training).hash !== split.hash) {
    throw new Fault('bad-settings', 'the held-out split was changed after it was frozen', todo)
  }
  const known = new Set([...split.heldOut, ...split.training])
  const added = documents.filter(({ id }) => !known.has(id)).length
  const missing = known.size - (documents.length - added)
  if (added > 0 || missing > 0) {
    const message = `the corpus changed since the split was frozen: ${added} documents added, ${missing} missing`
    throw new Fault('bad-settings', message, todo)
  }
}

function drawn(
  documents: readonly Identified[],
  { fraction, seed }: { fraction: number; seed: number | string },
): Set<string> {
  if (!(fraction >= 0 && fraction < 1)) {
    throw new Fault(
      'bad-settings',
      `the held-out share is ${fraction}`,
      'Choose a share from 0 up to, not including, 1.',
    )
  }
  const files = [...new Set(documents.map((document) => document.sha256))]
  if (fraction === 0 || files.length < 2) return new Set()
  const count = Math.min(files.length - 1, Math.max(1, Math.round(fraction * files.length)))
  const ranked = files.map((file) => ({ file, rank: sha256(`${seed}:${file}`) }))
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1))
  return new Set(ranked.slice(0, count).map(({ file }) => file))
}

function listed(documents: readonly Identified[], names: readonly string[]): Set<string> {
  const files = new Set<string>()
  for (const name of names) {
    const found = documents.filter(({ id, path }) => id === name || path === name)
    if (found.length === 0) {
      const message = `the held-out document ${name} is not in the corpus`
      throw new Fault('bad-settings', message, 'Add the document, or take it off the held-out list.', name)
    }
    for (const document of found) files.add(document.sha256)
  }
  return files
}

function freeze(heldOut: readonly string[], training: readonly string[]): Split {
  const sorted = { heldOut: [...heldOut].sort(), training: [...training].sort() }
  return { ...sorted, hash: sha256(`held out\n${sorted.heldOut.join('\n')}\ntraining\n${sorted.training.join('\n')}`) }
}
