/** @file `lab`: the laboratory without a window. Exit codes: 0 done, 1 the user can fix it, 2 our bug, 130 cancelled. */

import { Cancelled, Fault, messageOf } from '../../shared/base/errors.ts'
import { COMMANDS, usage } from './commands.ts'
import { createReporter } from './reporter.ts'

const args = process.argv.slice(2)
const json = args.includes('--json')
const reporter = createReporter({
  json,
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  terminal: process.stderr.isTTY === true,
  clock: () => Date.now(),
})

const stop = new AbortController()
process.on('SIGINT', () => {
  if (stop.signal.aborted) process.exit(130)
  reporter.remark('Stopping after this step; what is done is kept. Press Ctrl-C again to leave at once.')
  stop.abort()
})
process.on('SIGTERM', () => stop.abort())
// A reader that goes away (`lab … | head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2))

async function main(): Promise<number> {
  const [name = 'help', ...rest] = args.filter((arg) => arg !== '--json')
  if (name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(usage())
    return 0
  }
  const command = COMMANDS[name]
  if (!command) {
    throw new Fault('usage', `There is no command "${name}".`, `Commands: ${Object.keys(COMMANDS).join(', ')}.`)
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(usage(name))
    return 0
  }
  const { data, text } = await command.run(rest, {
    reporter,
    signal: stop.signal,
    clock: () => Date.now(),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  })
  reporter.result(name, data, text)
  return 0
}

function explain(error: unknown): number {
  reporter.close()
  if (error instanceof Cancelled || (error instanceof Error && error.name === 'AbortError')) {
    if (json) process.stdout.write(JSON.stringify({ type: 'cancelled' }) + '\n')
    else process.stderr.write('Cancelled. What was done is kept; go on with the same command and --resume.\n')
    return 130
  }
  if (error instanceof Fault) {
    const { code, message, todo, where } = error
    if (json) process.stdout.write(JSON.stringify({ type: 'error', code, message, where, todo }) + '\n')
    else
      process.stderr.write(`Error (${code}): ${message}\n${where ? `  Where: ${where}\n` : ''}  What to do: ${todo}\n`)
    return 1
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : messageOf(error)
  if (json) process.stdout.write(JSON.stringify({ type: 'error', code: 'bug', message: messageOf(error) }) + '\n')
  process.stderr.write(`This is a fault of the program, not yours. Please report it with these lines:\n${detail}\n`)
  return 2
}

process.exitCode = await main().catch(explain)
