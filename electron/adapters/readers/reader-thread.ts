/** @file The thread in which files are parsed: takes bytes, gives back documents or a fault. See `read-apart.ts`. */

import { parentPort } from 'node:worker_threads'
import { Fault, messageOf } from '../../../shared/base/errors.ts'
import { readDocument } from './read-document.ts'
import type { ReaderAnswer, ReaderTask } from './read-apart.ts'

// pdf.js leaves promises of damaged objects unhandled; the read itself goes on or fails by itself.
process.on('unhandledRejection', () => undefined)

parentPort?.on('message', (task: ReaderTask) => {
  void answer(task).then((result) => parentPort?.postMessage(result))
})

async function answer({ bytes, path, limits }: ReaderTask): Promise<ReaderAnswer> {
  try {
    return { reading: await readDocument(bytes, path, { limits }) }
  } catch (error) {
    if (!(error instanceof Fault)) return { bug: messageOf(error) }
    const { code, message, todo, where } = error
    return { fault: { code, message, todo, where } }
  }
}
