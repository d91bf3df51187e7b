/** @file A preset laid over a project's settings. */

import { parseSettings } from '../../shared/pipeline/project/check-settings.ts'
import type { Settings } from '../../shared/pipeline/project/settings.ts'

type Plain = { readonly [key: string]: unknown }
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

function over(below: Plain, above: Plain): Plain {
  const out: Record<string, unknown> = { ...below }
  for (const [key, value] of Object.entries(above)) {
    const old = out[key]
    out[key] = isPlain(old) && isPlain(value) ? over(old, value) : value
  }
  return out
}

/** @throws Fault bad-settings when the result is not valid */
export function mergeSettings(settings: Settings, changes: object): Settings {
  return parseSettings(over(settings, changes as Plain))
}
