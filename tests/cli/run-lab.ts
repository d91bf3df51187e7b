/** @file Runs the command line as a script would: with --json, reading events from stdout. */

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type Event = { type: string } & Record<string, unknown>

export interface LabRun {
  code: number | null
  signal: NodeJS.Signals | null
  events: Event[]
  result: Event | undefined
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** @param onEvent may return a signal to send to the process */
export function runLab(
  args: readonly string[],
  onEvent?: (event: Event) => NodeJS.Signals | undefined,
): Promise<LabRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'electron/cli/lab.ts', ...args, '--json'], { cwd: root })
    const events: Event[] = []
    let buffer = ''
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (chunk: string) => {
      buffer += chunk
      const lines = buffer.split('\n')
      buffer = lines.pop() ?? ''
      for (const line of lines) {
        const event = JSON.parse(line) as Event
        events.push(event)
        const signal = onEvent?.(event)
        if (signal) child.kill(signal)
      }
    })
    child.stderr.resume()
    child.on('error', reject)
    child.on('close', (code, signal) => {
      resolve({ code, signal, events, result: events.findLast((e) => e.type === 'result') })
    })
  })
}
