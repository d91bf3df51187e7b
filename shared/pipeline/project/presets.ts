/** @file Named sets of settings, by the time they take with the starter model. All numbers of the presets are here. */

import { parseSettings } from './check-settings.ts'
import type { Settings } from './settings.ts'

type DeepPartial<T> = T extends unknown[] ? T : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T

export const PRESET_NAMES = ['quick', 'standard', 'thorough'] as const
export type PresetName = (typeof PRESET_NAMES)[number]

/** What each preset changes from the defaults. */
export const PRESETS: Record<PresetName, DeepPartial<Settings>> = {
  quick: {
    stage0: { passes: 2 },
    stage1: { iterations: 2, questionsPerIteration: 20, passes: 2, draws: 2, rejectedTokens: 128 },
    stage2: { iterations: 1, questionsPerIteration: 20, passes: 1, draws: 2, rejectedTokens: 256 },
    evaluation: { questions: 40, maxNewTokens: 256 },
    inference: { rounds: 1, maxNewTokens: 256 },
  },
  standard: {},
  thorough: {
    stage0: { passes: 6 },
    stage1: { iterations: 20, passes: 3, draws: 8 },
    stage2: { iterations: 20, passes: 2, draws: 8 },
    evaluation: { questions: 1000 },
    inference: { maxNewTokens: 3000 },
  },
}

/** Fresh settings of a preset. */
export function presetSettings(name: PresetName): Settings {
  return parseSettings(PRESETS[name])
}
