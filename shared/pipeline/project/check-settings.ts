/** @file Whole settings: what a file or a person gave becomes valid settings, or one message that names every fault. */

import { Fault } from '../../base/errors.ts'
import { nearNames } from './near-names.ts'
import { expected } from './setting-field.ts'
import { SETTINGS_TABLE, settingsSchema, type Settings } from './settings.ts'

/** Faults that no single setting shows; empty when all is well. Each begins with the setting's path. */
export function crossCheck(settings: Settings): string[] {
  const faults: string[] = []
  const { passages, categories } = settings
  if (passages.overlap >= passages.tokens / 2) {
    faults.push(`passages.overlap (${passages.overlap}) must be below half of passages.tokens (${passages.tokens})`)
  }
  if (settings.teacher === 'local' && settings.teacherModel.trim() === '') {
    faults.push('teacherModel must name a folder or an address when teacher is "local"')
  }
  if (categories.length === 0) faults.push('categories must name at least one heading')
  if (new Set(categories).size !== categories.length) faults.push('categories must not name a heading twice')
  for (const category of categories) {
    if (/[*\n]|<\|/.test(category)) faults.push(`categories: "${category}" must not contain *, <| or a line break`)
  }
  for (const stage of ['stage1', 'stage2'] as const) {
    const s = settings[stage]
    if (s.loss === 'exo' && s.labelSmoothing === 0) {
      faults.push(`${stage}.labelSmoothing must be above 0 for the loss "exo"`)
    }
    if (s.maxPromptTokens >= s.maxTokens) {
      faults.push(`${stage}.maxPromptTokens (${s.maxPromptTokens}) must be below ${stage}.maxTokens (${s.maxTokens})`)
    }
  }
  for (const stage of ['stage0', 'stage1', 'stage2'] as const) {
    const { adapter } = settings[stage]
    if (adapter.type === 'lora' && adapter.targets.length === 0) {
      faults.push(`${stage}.adapter.targets must name at least one part of the model`)
    }
  }
  return faults
}

/**
 * Settings read from a file or sent by the window; what is missing takes its default.
 * @throws Fault bad-settings naming every fault at once
 */
export function parseSettings(value: unknown, where?: string): Settings {
  const result = settingsSchema.safeParse(value)
  if (result.success) {
    throwFaults(crossCheck(result.data), where)
    return result.data
  }
  const faults = result.error.issues.flatMap((issue) => {
    const path = issue.path.map(String)
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownSetting([...path, key].join('.')))
    // An item of a list is reported under the list.
    const name = [path.join('.'), path.slice(0, -1).join('.')].find((p) => SETTINGS_TABLE.has(p))
    const field = name === undefined ? undefined : SETTINGS_TABLE.get(name)
    return [
      field ? `${name} must be ${expected(field)}` : `${path.join('.') || 'settings'} must be a group of settings`,
    ]
  })
  throwFaults([...new Set(faults)], where)
  return throwFaults(['settings are not valid'], where) as never
}

export function unknownSetting(path: string): string {
  const near = nearNames(path, [...SETTINGS_TABLE.keys()])
  return `there is no setting "${path}"` + (near.length ? ` (did you mean ${near.join(' or ')}?)` : '')
}

/** @throws Fault bad-settings unless `faults` is empty */
export function throwFaults(faults: readonly string[], where?: string): void {
  if (faults.length === 0) return
  const count = faults.length === 1 ? 'A setting is not valid' : `${faults.length} settings are not valid`
  throw new Fault('bad-settings', `${count}: ${faults.join('; ')}.`, 'Correct the settings named above.', where)
}
