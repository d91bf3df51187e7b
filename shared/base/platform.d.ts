/** @file The few globals of every JavaScript host that shared/ relies on and that the ES2023 library does not declare. */

interface AbortSignal {
  readonly aborted: boolean
}
