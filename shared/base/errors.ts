/** @file The three kinds of failure: something the user can act on, a bug of ours, and a cancellation. */

/** Codes of failures the user can act on. A code is stable: scripts and translations key on it. */
export type FaultCode =
  | 'usage'
  | 'not-found'
  | 'not-a-project'
  | 'already-exists'
  | 'unreadable-file'
  | 'unsupported-file'
  | 'too-large'
  | 'corrupt-file'
  | 'bad-model'
  | 'bad-settings'
  | 'no-documents'
  | 'no-pairs'
  | 'no-scored-tokens'
  | 'missing-stage'
  | 'device-unavailable'
  | 'disk-full'
  | 'locked'
  | 'network'
  | 'diverged'

/** An expected failure: what happened, where, and what the user can do next. */
export class Fault extends Error {
  override readonly name = 'Fault'
  constructor(
    readonly code: FaultCode,
    /** What happened, in one sentence: what, got, wanted. */
    message: string,
    /** What the user can do about it, in one sentence. */
    readonly todo: string,
    /** The file, row or setting it is about. */
    readonly where?: string,
    options?: { cause?: unknown },
  ) {
    super(message, options)
  }
}

/** The user asked to stop. Carries nothing to show. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
  constructor() {
    super('cancelled')
  }
}

/** A broken promise of our own code. */
export class Bug extends Error {
  override readonly name = 'Bug'
}

/** Throws a {@link Bug} unless `condition` holds. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Bug(message)
}

/** Narrows `value`, or throws a {@link Bug}. For look-ups that cannot miss. */
export function must<T>(value: T | null | undefined, what = 'value'): T {
  if (value === null || value === undefined) throw new Bug(`${what} is missing`)
  return value
}

/** Proves at compile time that a union was exhausted. */
export function unreachable(value: never): never {
  throw new Bug(`unexpected value ${JSON.stringify(value)}`)
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
