/**
 * @file Reads files in a thread of its own, so that a file which crashes, hangs or exhausts its parser costs that file and
 * nothing else, and the lab stays responsive meanwhile. The thread is kept for the next file and given up when idle.
 */

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { Bug, Cancelled, Fault, type FaultCode } from '../../../shared/base/errors.ts'
import type { Format } from './detect-format.ts'
import { readDocument } from './read-document.ts'
import { DEFAULT_LIMITS, type ReaderLimits, type Reading } from './reader.ts'

export interface ReaderTask {
  bytes: Uint8Array
  path: string
  limits: ReaderLimits
}

export type ReaderAnswer =
  | { reading: Reading & { format: Format }; fault?: undefined; bug?: undefined }
  | { fault: { code: FaultCode; message: string; todo: string; where?: string }; reading?: undefined; bug?: undefined }
  | { bug: string; reading?: undefined; fault?: undefined }

/** Old-generation heap of the thread; buffers come on top. */
const HEAP_MEGABYTES = 2048
/** Time on top of the file's own limit for starting the thread and giving up in an orderly way. */
const GRACE = 15_000
const IDLE = 20_000

let thread: Worker | undefined
let idle: NodeJS.Timeout | undefined
/** The read in progress; the next one waits for it. */
let turn: Promise<unknown> = Promise.resolve()

/**
 * As `readDocument`, in a thread of its own; one file at a time.
 * @throws Fault for any file that cannot be read, one that brings its parser down included; Cancelled
 */
export async function readApart(
  bytes: Uint8Array,
  path: string,
  options: { limits?: Partial<ReaderLimits>; signal?: AbortSignal } = {},
): Promise<Reading & { format: Format }> {
  const script = threadScript()
  // A bundle without the thread's script still reads files, only less safely.
  if (!script) return readDocument(bytes, path, options)
  const task = { bytes, path, limits: { ...DEFAULT_LIMITS, ...options.limits } }
  const mine = turn.then(() => run(script, task, options.signal))
  turn = mine.catch(() => undefined)
  return mine
}

/** Ends the thread now. Reading again starts a new one. */
export async function closeReaderThread(): Promise<void> {
  clearTimeout(idle)
  const ending = thread
  thread = undefined
  await ending?.terminate()
}

function threadScript(): URL | undefined {
  const name = import.meta.url.endsWith('.ts') ? './reader-thread-boot.mjs' : './reader-thread.js'
  const url = new URL(name, import.meta.url)
  return existsSync(fileURLToPath(url)) ? url : undefined
}

async function run(script: URL, task: ReaderTask, signal?: AbortSignal): Promise<Reading & { format: Format }> {
  if (signal?.aborted) throw new Cancelled()
  clearTimeout(idle)
  const worker = (thread ??= start(script))
  worker.ref()
  const answer = await ask(worker, task, signal)
  worker.unref()
  idle = setTimeout(() => void closeReaderThread(), IDLE).unref()
  if (answer.fault) {
    const { code, message, todo, where } = answer.fault
    throw new Fault(code, message, todo, where)
  }
  if (answer.bug !== undefined) throw new Bug(answer.bug)
  return answer.reading
}

function start(script: URL): Worker {
  // Arguments such as --inspect or test runners' loaders are not for this thread.
  return new Worker(script, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES } })
}

/** One question to the thread. Whatever ends it early ends the thread, too. */
async function ask(worker: Worker, task: ReaderTask, signal?: AbortSignal): Promise<ReaderAnswer> {
  const listeners = new AbortController()
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<ReaderAnswer>((resolve, reject) => {
      const once = <T>(event: string, then: (value: T) => void) => {
        worker.once(event, then)
        listeners.signal.addEventListener('abort', () => worker.off(event, then))
      }
      once<ReaderAnswer>('message', resolve)
      once<Error & { code?: string }>('error', (cause) => reject(crashed(task, cause)))
      once('exit', () => reject(crashed(task)))
      signal?.addEventListener('abort', () => reject(new Cancelled()), { signal: listeners.signal })
      timer = setTimeout(() => reject(stuck(task)), Math.max(0, task.limits.milliseconds) + GRACE)
      worker.postMessage(task)
    })
  } catch (error) {
    await closeReaderThread()
    throw error
  } finally {
    clearTimeout(timer)
    listeners.abort()
  }
}

function crashed({ path }: ReaderTask, cause?: Error & { code?: string }): Fault {
  const todo = 'Convert it to .txt, or print it to a new PDF, and add that.'
  if (cause?.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new Fault('too-large', 'reading the file would take too much memory', todo, path, { cause })
  }
  return new Fault('corrupt-file', 'the file is damaged in a way that stops its reader', todo, path, { cause })
}

function stuck({ path, limits }: ReaderTask): Fault {
  const seconds = Math.round(limits.milliseconds / 1000)
  return new Fault('too-large', `reading took more than ${seconds} s`, 'Split the file into smaller parts.', path)
}
