/** @file What every reader takes and gives, and the limits that keep a hostile or broken file from taking the lab down. */

import { Cancelled, Fault } from '../../../shared/base/errors.ts'
import type { Page } from '../../../shared/pipeline/artifacts.ts'

/** Text as extracted, before cleaning. */
export interface RawDocument {
  title: string
  pages: Page[]
}

export interface Reading {
  /** Empty only when `skipped` says why. */
  documents: RawDocument[]
  /** Why a sound file has nothing to give, for example that it holds only images. */
  skipped?: string
  /** What the user should know about a file that was read: bad lines left out, for example. */
  remarks: string[]
}

export interface ReaderLimits {
  /** Bytes of the file. */
  fileBytes: number
  /** Bytes of any one compressed file or stream once decompressed, and of all parts of a document together. */
  decompressedBytes: number
  /** Decompressed over compressed bytes of a zip archive. */
  compressionRatio: number
  /** Entries of a zip archive. */
  entries: number
  pages: number
  /** UTF-16 code units of extracted text. */
  characters: number
  /** Records of a .jsonl or .csv file. */
  records: number
  milliseconds: number
}

export const DEFAULT_LIMITS: ReaderLimits = {
  fileBytes: 200 * 1024 * 1024,
  decompressedBytes: 256 * 1024 * 1024,
  compressionRatio: 200,
  entries: 5000,
  pages: 5000,
  characters: 50_000_000,
  records: 200_000,
  milliseconds: 120_000,
}

export interface ReaderContext {
  limits: ReaderLimits
  signal?: AbortSignal
  /** Milliseconds, as `performance.now()` gives them. */
  now: () => number
  /** When reading began, by the same clock. */
  started: number
}

/** Turns the bytes of one file into documents. @throws Fault for any file that is not as it should be; Cancelled */
export type Reader = (bytes: Uint8Array, path: string, context: ReaderContext) => Promise<Reading>

/** A context that starts now. */
export function readerContext(limits: Partial<ReaderLimits> = {}, signal?: AbortSignal): ReaderContext {
  const now = () => performance.now()
  return { limits: { ...DEFAULT_LIMITS, ...limits }, signal, now, started: now() }
}

/** Stops a reader that was cancelled or takes too long. Cheap enough for every page or row. */
export function checkTime(context: ReaderContext, path: string): void {
  if (context.signal?.aborted) throw new Cancelled()
  if (context.now() - context.started > context.limits.milliseconds) throw tooSlow(context, path)
}

export function tooSlow({ limits }: ReaderContext, path: string): Fault {
  const seconds = Math.round(limits.milliseconds / 1000)
  return new Fault('too-large', `reading took more than ${seconds} s`, 'Split the file into smaller parts.', path)
}

/** @throws Fault too-large when a file holds more text than is allowed */
export function checkCharacters(count: number, context: ReaderContext, path: string): void {
  if (count <= context.limits.characters) return
  const most = `${Math.round(context.limits.characters / 1e6)} million characters`
  throw new Fault('too-large', `the file holds more than ${most} of text`, 'Split the file into smaller parts.', path)
}

/** The file name without folder and extension, underscores and hyphens read as spaces: a title where there is no other. */
export function titleFromPath(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? path
  const stem = name.replace(/\.[A-Za-z0-9]{1,8}$/, '')
  return stem.replace(/[_-]+/g, ' ').trim() || name
}
