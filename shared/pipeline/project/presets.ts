/**
 * @file Named sets of settings, by the time they take with the starter model. All numbers of the presets are here.
 * They are for small models trained whole, which want larger learning rates than the paper's 3-billion-parameter ones;
 * LOG.md has the measurements behind them. Time grows with the documents: every fact is asked once an iteration.
 */

import { parseSettings } from './check-settings.ts'
import type { Settings } from './settings.ts'

type DeepPartial<T> = T extends unknown[] ? T : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T

export const PRESET_NAMES = ['quick', 'standard', 'thorough'] as const
export type PresetName = (typeof PRESET_NAMES)[number]

/** Recall, then reasoning: short enough for a model of a few million parameters to learn. */
const SHORT_THINKING = ['Material Properties', 'Reasoning Steps']

/** What the presets share. */
const SMALL_MODEL: DeepPartial<Settings> = {
  categories: SHORT_THINKING,
  passages: { tokens: 256 },
  stage0: { learningRate: 1e-3, rowsPerStep: 8, weightDecay: 0.01 },
  stage1: {
    learningRate: 1e-3,
    schedule: 'linear',
    rowsPerStep: 8,
    nll: 'completion',
    questionsPerIteration: 0,
    passes: 1,
    draws: 1,
    rejectedTokens: 16,
    onlyWrongAnswers: false,
    directShare: 0.15,
    agentShare: 0.05,
  },
  stage2: {
    learningRate: 1e-4,
    rowsPerStep: 8,
    draws: 2,
    rejectedTokens: 120,
    masking: 'fraction',
    beta: 0.1,
  },
  evaluation: { maxNewTokens: 120 },
  inference: { maxNewTokens: 120, rounds: 2 },
}

/** What each preset changes from the defaults. */
export const PRESETS: Record<PresetName, DeepPartial<Settings>> = {
  quick: {
    ...SMALL_MODEL,
    stage0: { ...SMALL_MODEL.stage0, passes: 2 },
    stage1: { ...SMALL_MODEL.stage1, iterations: 1, questionsPerIteration: 200 },
    stage2: { ...SMALL_MODEL.stage2, iterations: 1, questionsPerIteration: 32 },
  },
  standard: {
    ...SMALL_MODEL,
    stage0: { ...SMALL_MODEL.stage0, passes: 8 },
    stage1: { ...SMALL_MODEL.stage1, iterations: 4 },
    stage2: { ...SMALL_MODEL.stage2, iterations: 1, questionsPerIteration: 300 },
  },
  thorough: {
    ...SMALL_MODEL,
    stage0: { ...SMALL_MODEL.stage0, passes: 12 },
    stage1: { ...SMALL_MODEL.stage1, iterations: 20 },
    stage2: { ...SMALL_MODEL.stage2, iterations: 6, questionsPerIteration: 600 },
  },
}

/** Fresh settings of a preset. */
export function presetSettings(name: PresetName): Settings {
  return parseSettings(PRESETS[name])
}
