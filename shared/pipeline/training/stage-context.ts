/** @file What every training stage is given, and what it writes down. */

import type { Runner } from '../../engine/runner.ts'
import type { Schedule } from '../../engine/optimizer.ts'
import type { ModelConfig } from '../../model/config.ts'
import type { ChatTokenizer } from '../../model/tokenizer/chat-tokenizer.ts'
import type { Parameters, TrainerState } from '../../model/trainer.ts'
import type { OptimizerSettings } from '../../model/training-graph.ts'
import type { WeightPlan } from '../../model/weights.ts'
import type { Logger } from '../ports.ts'
import type { Place } from './steps.ts'

export type MetricRow = { step: number; epoch: number } & Record<string, number>

/** Where a run is kept. Every call returns when what it was given is safe. */
export interface RunStore {
  metric(row: MetricRow): Promise<void>
  checkpoint(state: TrainerState, place: Place): Promise<void>
}

export interface StageContext {
  runner: Runner
  config: ModelConfig
  plan: WeightPlan
  folder?: string
  tokenizer: ChatTokenizer
  /** Every fed weight at the start of the stage. */
  parameters: Parameters
  maxLength: number
  seed: number
  resume?: { state: TrainerState; place: Place }
  store: RunStore
  logger: Logger
  signal?: { readonly aborted: boolean }
  /** Lets the event loop run between steps. */
  breathe: () => Promise<void>
  /** Milliseconds, for tokens per second only. */
  clock: () => number
}

/** The settings that every stage shares. */
export interface StepSettings {
  learningRate: number
  schedule: 'constant' | 'linear' | 'cosine'
  warmupSteps: number
  weightDecay: number
  maxGradNorm: number
  batchTokens: number
  rowsPerStep: number
  maxTokens: number
  passes: number
  checkpointSteps: number
}

/** @param steps expected in the whole stage, for schedules that fall */
export function optimizerOf(settings: StepSettings, steps: number): OptimizerSettings {
  const { schedule, warmupSteps: warmup } = settings
  const shape: Schedule =
    schedule === 'cosine'
      ? { kind: 'cosine', warmup, steps, floor: 0.05 }
      : schedule === 'linear' || warmup > 0
        ? { kind: 'linear', warmup, steps: schedule === 'linear' ? steps : Number.MAX_SAFE_INTEGER }
        : { kind: 'constant' }
  return {
    learningRate: settings.learningRate,
    schedule: shape,
    maxGradNorm: settings.maxGradNorm > 0 ? settings.maxGradNorm : 1e9,
    adamW: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: settings.weightDecay },
  }
}
