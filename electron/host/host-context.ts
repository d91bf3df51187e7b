/** @file What every host function is given besides its request. */

import type { Logger } from '../../shared/pipeline/ports.ts'

export interface HostContext {
  logger: Logger
  signal: AbortSignal
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Lets the event loop run between steps. */
  breathe: () => Promise<void>
}
