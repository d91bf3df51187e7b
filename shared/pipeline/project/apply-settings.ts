/** @file `--set path=value` and the window's edits: typed text becomes new settings; the old ones are not touched. */

import { crossCheck, throwFaults, unknownSetting } from './check-settings.ts'
import { expected, parseFieldText } from './setting-field.ts'
import { SETTINGS_TABLE, type Settings } from './settings.ts'

/**
 * New settings with all changes made, in order.
 * @param changes pairs of path and typed value, e.g. `['stage1.learningRate', '1e-4']`
 * @throws Fault bad-settings naming every fault at once, with near names for unknown paths
 */
export function applySettings(settings: Settings, changes: readonly (readonly [string, string])[]): Settings {
  const changed = structuredCloneOf(settings)
  const faults: string[] = []
  for (const [path, typed] of changes) {
    const field = SETTINGS_TABLE.get(path)
    if (!field) {
      faults.push(unknownSetting(path))
      continue
    }
    const result = field.schema.safeParse(parseFieldText(field, typed))
    if (result.success) setAt(changed, path, result.data)
    else faults.push(`${path} must be ${expected(field)}, got "${typed}"`)
  }
  // Cross-checks on half-applied changes would only confuse.
  throwFaults(faults.length > 0 ? faults : crossCheck(changed))
  return changed
}

/** One change; see {@link applySettings}. */
export function applySetting(settings: Settings, path: string, typed: string): Settings {
  return applySettings(settings, [[path, typed]])
}

/** The value at a path of the table. */
export function settingAt(settings: Settings, path: string): unknown {
  let node: unknown = settings
  for (const name of path.split('.')) node = (node as Record<string, unknown>)[name]
  return node
}

function setAt(settings: Settings, path: string, value: unknown): void {
  const names = path.split('.')
  const last = names.pop() as string
  let node = settings as unknown as Record<string, unknown>
  for (const name of names) node = node[name] as Record<string, unknown>
  node[last] = value
}

/** Settings are plain JSON. */
function structuredCloneOf(settings: Settings): Settings {
  return JSON.parse(JSON.stringify(settings)) as Settings
}
