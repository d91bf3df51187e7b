/** @file project.json is read strictly and written legibly. */

import { describe, expect, it } from 'vitest'
import { Fault } from '../../../shared/base/errors.ts'
import { formatProjectFile, parseProjectFile, type ProjectFile } from '../../../shared/pipeline/project/project-file.ts'
import { presetSettings } from '../../../shared/pipeline/project/presets.ts'

const project: ProjectFile = {
  version: 1,
  name: 'Nacre',
  created: '2025-01-31T12:00:00.000Z',
  base: { name: 'Starter', kind: 'starter' },
  seed: 3,
  settings: presetSettings('quick'),
}

function codeOf(text: string): string {
  try {
    parseProjectFile(text)
    return 'none'
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

describe('project.json', () => {
  it('round-trips', () => {
    expect(parseProjectFile(formatProjectFile(project))).toEqual(project)
  })

  it('says why it is refused', () => {
    const json = JSON.parse(formatProjectFile(project)) as Record<string, unknown>
    const change = (patch: object) => codeOf(JSON.stringify({ ...json, ...patch }))
    expect(codeOf('{')).toBe('corrupt-file')
    expect(codeOf('[]')).toBe('not-a-project')
    expect(codeOf('{"name":"some-package"}')).toBe('not-a-project')
    expect(change({ version: 2 })).toBe('unsupported-file')
    expect(change({ seed: -1 })).toBe('corrupt-file')
    expect(change({ base: { name: 'x', kind: 'cloud' } })).toBe('corrupt-file')
    expect(change({ settings: { nonsense: 1 } })).toBe('bad-settings')
    expect(change({ settings: undefined })).toBe('none')
  })
})
