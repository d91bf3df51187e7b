/** @file Settings: one table, defaults, every fault in one message. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../../shared/base/errors.ts'
import { applySetting, applySettings, settingAt } from '../../../shared/pipeline/project/apply-settings.ts'
import { parseSettings } from '../../../shared/pipeline/project/check-settings.ts'
import { PRESET_NAMES, presetSettings } from '../../../shared/pipeline/project/presets.ts'
import { defaultSettings, SETTINGS_TABLE } from '../../../shared/pipeline/project/settings.ts'

function faultOf(work: () => unknown): Fault {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('the table of settings', () => {
  it('explains every setting in one sentence and gives a default that it accepts', () => {
    expect(SETTINGS_TABLE.size).toBeGreaterThan(80)
    for (const [path, field] of SETTINGS_TABLE) {
      expect(field.explain, path).toMatch(/^[A-Z][^.!?]*\.$/)
      expect(field.paper, path).not.toBe('')
      expect(field.schema.safeParse(field.default).success, path).toBe(true)
      expect(settingAt(defaultSettings(), path), path).toEqual(field.default)
    }
  })

  it('has the paper’s values where the method fixes them', () => {
    const { stage1, stage2 } = defaultSettings()
    expect([stage1.loss, stage1.beta, stage1.adapter.rank, stage1.adapter.targets.length]).toEqual(['orpo', 0.1, 64, 9])
    expect([stage2.loss, stage2.labelSmoothing, stage2.masking, stage2.maxGradNorm]).toEqual([
      'exo',
      0.005,
      'answerOnly',
      0.3,
    ])
    expect(stage2.adapter.targets).not.toContain('lm_head')
  })

  it('never shares a list between two projects', () => {
    defaultSettings().categories.push('Mine')
    expect(defaultSettings().categories).toHaveLength(6)
  })
})

describe('applySetting', () => {
  const settings = defaultSettings()

  it('reads numbers, choices, flags and lists', () => {
    const changed = applySettings(settings, [
      ['stage1.learningRate', '1e-4'],
      ['stage2.loss', 'dpo'],
      ['stage1.onlyWrongAnswers', 'off'],
      ['stage1.adapter.targets', 'q_proj, v_proj'],
      ['probePrompts', 'What is nacre, really?; Why?'],
      ['categories', '["Knowledge Graph"]'],
    ])
    expect(changed.stage1.learningRate).toBe(1e-4)
    expect(changed.stage2.loss).toBe('dpo')
    expect(changed.stage1.onlyWrongAnswers).toBe(false)
    expect(changed.stage1.adapter.targets).toEqual(['q_proj', 'v_proj'])
    expect(changed.probePrompts).toEqual(['What is nacre, really?', 'Why?'])
    expect(changed.categories).toEqual(['Knowledge Graph'])
    expect(settings).toEqual(defaultSettings())
  })

  it('names the near settings for a mistyped one', () => {
    expect(faultOf(() => applySetting(settings, 'stage1.learningrat', '1')).message).toContain('stage1.learningRate')
    expect(faultOf(() => applySetting(settings, 'beta', '1')).message).toContain('stage1.beta or stage2.beta')
    expect(faultOf(() => applySetting(settings, 'zzz', '1')).message).not.toContain('did you mean')
  })

  it('names all faults in one message', () => {
    const fault = faultOf(() =>
      applySettings(settings, [
        ['stage1.beta', 'large'],
        ['stage2.loss', 'kto'],
        ['stage3.beta', '1'],
        ['seed', '1.5'],
        ['seed', ''],
      ]),
    )
    expect(fault.code).toBe('bad-settings')
    expect(fault.message).toContain('5 settings')
    expect(fault.message).toContain('stage1.beta must be a number from 0.0001 to 100, got "large"')
    expect(fault.message).toContain('one of orpo, dpo, exo')
    expect(fault.message).toContain('stage3.beta')
  })

  it.each([
    ['stage2.labelSmoothing', '0'],
    ['passages.overlap', '200'],
    ['teacher', 'local'],
    ['categories', ''],
    ['categories', 'A; A'],
    ['categories', 'A **b**'],
    ['stage1.maxTokens', '100'],
  ])('refuses %s=%s, which contradicts another setting', (path, value) => {
    expect(faultOf(() => applySetting(settings, path, value)).message).toContain(path.split('.')[0])
  })

  it('cannot be led outside the table', () => {
    for (const path of ['__proto__.polluted', 'stage1', 'stage1.adapter', 'constructor', '']) {
      expect(faultOf(() => applySetting(settings, path, '1')).code).toBe('bad-settings')
    }
  })
})

describe('parseSettings', () => {
  it('fills what is missing and keeps what is there', () => {
    const parsed = parseSettings({ stage1: { beta: 0.2 } })
    expect(parsed).toEqual({ ...defaultSettings(), stage1: { ...defaultSettings().stage1, beta: 0.2 } })
  })

  it('names unknown and wrong settings together', () => {
    const { message } = faultOf(() =>
      parseSettings({ stage1: { betta: 1, iterations: 0, adapter: { targets: [1] } }, stage2: 7 }),
    )
    expect(message).toContain('stage1.betta')
    expect(message).toContain('stage1.beta')
    expect(message).toContain('stage1.iterations must be a whole number from 1 to 10000')
    expect(message).toContain('stage1.adapter.targets must be a list')
    expect(message).toContain('stage2 must be a group of settings')
  })

  it('gives settings or a fault for anything at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ stage1: fc.jsonValue(), seed: fc.jsonValue() })), (value) => {
        try {
          expect(parseSettings(parseSettings(value))).toEqual(parseSettings(value))
        } catch (error) {
          expect(error).toBeInstanceOf(Fault)
        }
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})

describe('presets', () => {
  it.each(PRESET_NAMES)('%s is valid', (name) => {
    expect(parseSettings(presetSettings(name))).toEqual(presetSettings(name))
  })
})
