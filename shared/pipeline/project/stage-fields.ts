/**
 * @file Settings that the training stages share. Paper values: arXiv 2410.12375 and its reference code; a value for
 * adapters (LoRA) and one for all weights are given where they differ.
 */

import { choice, flag, integer, list, number } from './setting-field.ts'

/** What differs between the stages. */
export interface TrainingDefaults {
  learningRate: number
  paperRate: string
  maxGradNorm: number
  paperNorm: string
  maxTokens: number
  paperTokens: string
  passes: number
  paperPasses: string
  targets: string[]
  paperTargets: string
}

/** Optimiser, batching and adapter: every stage has these. */
export function trainingFields(d: TrainingDefaults) {
  return {
    learningRate: number(1e-9, 1, {
      default: d.learningRate,
      explain: 'How far the weights move in each step: too small learns nothing, too large destroys the model.',
      paper: d.paperRate,
    }),
    schedule: choice(['constant', 'linear', 'cosine'], {
      default: 'constant',
      explain: 'Whether the learning rate stays the same or falls towards the end of the run.',
      paper: 'constant',
      advanced: true,
    }),
    warmupSteps: integer(0, 1_000_000, {
      default: 0,
      explain: 'Steps over which the learning rate rises from zero at the beginning.',
      paper: '0',
      advanced: true,
    }),
    weightDecay: number(0, 1, {
      default: 0,
      explain: 'Pulls the weights towards zero in every step, which works against learning by heart.',
      paper: '0',
      advanced: true,
    }),
    maxGradNorm: number(0, 1000, {
      default: d.maxGradNorm,
      explain: 'Longest step direction allowed; larger gradients are shortened to it (0 switches this off).',
      paper: d.paperNorm,
      advanced: true,
    }),
    batchTokens: integer(16, 1_000_000, {
      default: 4096,
      explain: 'Tokens computed at once: more is faster and needs more memory, the result is the same.',
      paper: '–',
      advanced: true,
    }),
    rowsPerStep: integer(1, 65_536, {
      default: 8,
      explain: 'Examples that are averaged before the weights move once.',
      paper: '2 (batch 1, accumulation 2)',
    }),
    maxTokens: integer(16, 1_000_000, {
      default: d.maxTokens,
      explain: 'Longest example in tokens; longer ones are cut.',
      paper: d.paperTokens,
    }),
    passes: integer(1, 1000, {
      default: d.passes,
      explain: 'How often each example is trained on.',
      paper: d.paperPasses,
    }),
    checkpointSteps: integer(1, 1_000_000, {
      default: 100,
      explain: 'Steps between two checkpoints, to which a stopped run can return.',
      paper: '–',
      advanced: true,
    }),
    adapter: {
      type: choice(['full', 'lora'], {
        default: 'full',
        explain: 'Train all weights, or only a small adapter (LoRA) beside frozen ones, which needs less memory.',
        paper: 'lora; full also reported',
      }),
      rank: integer(1, 4096, {
        default: 64,
        explain: 'Size of the adapter: a larger one can learn more and needs more memory.',
        paper: '64',
        advanced: true,
      }),
      alpha: number(0.001, 100_000, {
        default: 64,
        explain: 'Strength of the adapter, relative to its rank.',
        paper: '64',
        advanced: true,
      }),
      dropout: number(0, 0.9, {
        default: 0.1,
        explain: 'Share of the adapter’s inputs that is left out at random in each step, against learning by heart.',
        paper: '0.1',
        advanced: true,
      }),
      targets: list(',', {
        default: d.targets,
        explain: 'Parts of the model that get an adapter, separated by commas.',
        paper: d.paperTargets,
        advanced: true,
      }),
    },
  }
}

/** What differs between the two preference stages. */
export interface PreferenceDefaults {
  loss: 'orpo' | 'dpo' | 'exo'
  beta: number
  paperBeta: string
  labelSmoothing: number
  paperSmoothing: string
  masking: 'answerOnly' | 'fraction' | 'none'
  paperMasking: string
  rejectedTokens: number
  paperRejectedTokens: string
}

/** Pairs and losses: Stage I and Stage II. */
export function preferenceFields(d: PreferenceDefaults) {
  return {
    enabled: flag({ default: true, explain: 'Whether this stage is run.', paper: 'true' }),
    iterations: integer(1, 10_000, {
      default: 5,
      explain: 'How often fresh pairs are made with the current model and trained on.',
      paper: '50',
    }),
    questionsPerIteration: integer(0, 100_000, {
      default: 50,
      explain: 'Questions for which a pair is made in each iteration (0 asks about every fact found).',
      paper: '50',
    }),
    maxPromptTokens: integer(8, 1_000_000, {
      default: 512,
      explain: 'Longest question in tokens; rows with longer ones are left out.',
      paper: '512',
      advanced: true,
    }),
    loss: choice(['orpo', 'dpo', 'exo'], {
      default: d.loss,
      explain:
        'How chosen and rejected answers are compared: ORPO without, DPO and EXO with a frozen copy of the model.',
      paper: d.loss === 'orpo' ? 'orpo' : 'exo or dpo',
      advanced: true,
    }),
    beta: number(1e-4, 100, {
      default: d.beta,
      explain: 'Weight of the preference: larger separates chosen from rejected answers more strictly.',
      paper: d.paperBeta,
    }),
    labelSmoothing: number(0, 0.499, {
      default: d.labelSmoothing,
      explain: 'Share of pairs assumed to be the wrong way round, against overconfidence (DPO and EXO only).',
      paper: d.paperSmoothing,
      advanced: true,
    }),
    nll: choice(['completion', 'full'], {
      default: 'full',
      explain:
        'Whether ORPO’s imitation part also learns to write the question (full) or only the answer (completion).',
      paper: 'full',
      advanced: true,
    }),
    nllWeight: number(0, 100, {
      default: 0,
      explain: 'How much the model also imitates the chosen answer while DPO or EXO compares (0 only compares).',
      paper: '0',
      advanced: true,
    }),
    masking: choice(['answerOnly', 'fraction', 'none'], {
      default: d.masking,
      explain: 'How much of the thinking is hidden from the loss, so that the model is free to find its own.',
      paper: d.paperMasking,
    }),
    maskFraction: number(0, 1, {
      default: 0.2,
      explain: 'Share of each thinking section that is hidden when masking is "fraction".',
      paper: '0.2',
      advanced: true,
    }),
    keepDelimiters: flag({
      default: true,
      explain: 'Whether the marks around the thinking are still learned when the thinking itself is hidden.',
      paper: 'true',
      advanced: true,
    }),
    rejectedFrom: choice(['model', 'teacher'], {
      default: 'model',
      explain: 'Who writes the rejected answer: the model in training, or the teacher on request.',
      paper: 'model',
    }),
    draws: integer(1, 64, {
      default: 4,
      explain: 'Answers sampled per question from which a wrong one is taken as rejected.',
      paper: '1',
    }),
    onlyWrongAnswers: flag({
      default: true,
      explain: 'Leave out a question when every sampled answer is right, instead of rejecting a right one.',
      paper: 'false',
    }),
    rejectedTokens: integer(1, 100_000, {
      default: d.rejectedTokens,
      explain: 'Longest sampled answer in tokens.',
      paper: d.paperRejectedTokens,
      advanced: true,
    }),
    rejectedTemperature: number(0, 5, {
      default: 1,
      explain: 'How freely rejected answers are sampled (0 always takes the likeliest word).',
      paper: '1',
      advanced: true,
    }),
    rejectedTopP: number(0.01, 1, {
      default: 0.9,
      explain: 'Sampling keeps the likeliest words that together have this probability.',
      paper: '0.9',
      advanced: true,
    }),
    rejectedTopK: integer(0, 1_000_000, {
      default: 50,
      explain: 'Sampling keeps this many of the likeliest words (0 keeps all).',
      paper: '50',
      advanced: true,
    }),
    reflection: flag({
      default: false,
      explain: 'Put the teacher’s critique of the thinking between the thinking and the answer.',
      paper: 'a second, separate model',
    }),
    directShare: number(0, 1, {
      default: 0,
      explain: 'Share of the questions that are asked without the thinking mark and answered at once.',
      paper: '0',
      advanced: true,
    }),
    agentShare: number(0, 1, {
      default: 0,
      explain: 'Share of the rows that practise criticising, rewriting and merging, which recursion needs.',
      paper: '0',
      advanced: true,
    }),
    thinkingPads: integer(0, 64, {
      default: 0,
      explain: 'Empty thinking places after every word, an experiment of the reference code (0 switches it off).',
      paper: '0 (2 where tried)',
      advanced: true,
    }),
  }
}
