/**
 * @file What the command line shows: progress on stderr (a bar with ETA on a terminal, a line now and then elsewhere),
 * or one JSON event per line on stdout.
 */

import type { Logger, Progress } from '../../shared/pipeline/ports.ts'

export interface Reporter extends Logger {
  /** The result, for a person and for a script. */
  result(command: string, data: Record<string, unknown>, text: string): void
  /** Ends a progress line. */
  close(): void
}

export interface ReporterOptions {
  json: boolean
  stdout: (text: string) => void
  stderr: (text: string) => void
  terminal: boolean
  clock: () => number
}

const WIDTH = 24
/** A line for pipes and logs at most this often, in milliseconds. */
const QUIET = 10_000
const REDRAW = 100

export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–'
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

export function createReporter({ json, stdout, stderr, terminal, clock }: ReporterOptions): Reporter {
  let label = ''
  let started = 0
  let startedAt = 0
  let shown = 0
  let open = false

  const close = () => {
    if (open) stderr('\n')
    open = false
  }
  const line = ({ done, total }: Progress, now: number) => {
    const share = total > 0 ? Math.min(1, done / total) : 0
    const filled = Math.round(share * WIDTH)
    const rate = (done - startedAt) / Math.max(1e-3, (now - started) / 1000)
    const eta = done > startedAt && done < total ? `, ${duration((total - done) / rate)} left` : ''
    const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`
    return `${bar} ${String(Math.round(share * 100)).padStart(3)} %  ${label} (${done}/${total}${eta})`
  }

  return {
    progress(progress) {
      const now = clock()
      if (progress.label !== label) {
        close()
        ;({ label } = progress)
        started = now
        startedAt = progress.done
        shown = 0
      }
      const finished = progress.done >= progress.total
      if (json) {
        if (!finished && now - shown < REDRAW) return
        shown = now
        stdout(JSON.stringify({ type: 'progress', ...progress }) + '\n')
      } else if (terminal) {
        if (!finished && now - shown < REDRAW) return
        shown = now
        stderr(`\r\x1b[2K${line(progress, now)}`)
        open = true
        if (finished) close()
      } else if (finished || now - shown >= QUIET) {
        shown = now
        stderr(line(progress, now) + '\n')
      }
    },
    event(event) {
      if (json) stdout(JSON.stringify(event) + '\n')
    },
    remark(text) {
      close()
      if (json) stdout(JSON.stringify({ type: 'remark', text }) + '\n')
      else stderr(`${text}\n`)
    },
    result(command, data, text) {
      close()
      stdout(json ? JSON.stringify({ type: 'result', command, ...data }) + '\n' : `${text}\n`)
    },
    close,
  }
}
