/**
 * @file Every setting of a project, in one table: type, default, plain sentence, paper's value. The window, the command
 * line (`--set stage1.beta=0.1`) and project.json all read it.
 */

import { z } from 'zod'
import { DEFAULT_CATEGORIES } from '../thought.ts'
import { preferenceFields, trainingFields } from './stage-fields.ts'
import {
  choice,
  flag,
  integer,
  isField,
  list,
  number,
  text,
  type AnyField,
  type FieldTree,
  type ValuesOf,
} from './setting-field.ts'

const PROJECTIONS = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj']

/** The table, nested as the settings are. */
export const SETTINGS_TREE = {
  seed: integer(0, 2_147_483_647, {
    default: 1,
    explain: 'Starting point of all random choices: the same seed repeats a run.',
    paper: '–',
  }),
  teacher: choice(['extractive', 'local'], {
    default: 'extractive',
    explain: 'Who writes questions and model answers: rules that quote your papers, or a language model you name.',
    paper: 'a language model',
  }),
  teacherModel: text({
    default: '',
    explain: 'Folder or address of the teacher when it is a language model.',
    paper: 'Mistral-Nemo, Llama 3.1',
  }),
  categories: list(';', {
    default: [...DEFAULT_CATEGORIES],
    explain: 'Headings that the thinking is structured by, separated by semicolons.',
    paper: 'six: Reasoning Steps to Additional Background',
  }),
  topics: list(';', {
    default: [],
    explain: 'What the questions should be about, separated by semicolons (empty means everything).',
    paper: 'none',
  }),
  probePrompts: list(';', {
    default: [
      'Why do hierarchical structures work so well?',
      'How do biological materials fail gracefully?',
      'How do materials and music relate?',
    ],
    explain: 'Questions that the model answers after every iteration so that you can watch it change.',
    paper: 'five fixed prompts',
  }),
  passages: {
    tokens: integer(16, 8192, {
      default: 256,
      explain: 'Length of the passages that documents are cut into, in tokens.',
      paper: '1024',
    }),
    overlap: integer(0, 4096, {
      default: 20,
      explain: 'Tokens at the end of a passage that the next one repeats.',
      paper: '20',
      advanced: true,
    }),
    inContext: integer(1, 20, {
      default: 3,
      explain: 'Passages put before the teacher for one question.',
      paper: '3',
      advanced: true,
    }),
    retrieved: integer(0, 50, {
      default: 3,
      explain: 'Further passages found with the question itself.',
      paper: '3',
      advanced: true,
    }),
  },
  heldOut: {
    share: number(0, 0.9, {
      default: 0,
      explain: 'Share of the documents that is never trained on, to check that the gain comes from your papers.',
      paper: '–',
    }),
  },
  stage0: {
    enabled: flag({
      default: true,
      explain: 'Whether the model first reads the passages themselves, which gives a small model the knowledge.',
      paper: 'optional',
    }),
    ...trainingFields({
      learningRate: 1e-4,
      paperRate: '–',
      maxGradNorm: 1,
      paperNorm: '–',
      maxTokens: 512,
      paperTokens: '–',
      passes: 3,
      paperPasses: '–',
      targets: PROJECTIONS,
      paperTargets: '–',
    }),
  },
  stage1: {
    ...preferenceFields({
      loss: 'orpo',
      beta: 0.1,
      paperBeta: '0.1',
      labelSmoothing: 0.005,
      paperSmoothing: '–',
      masking: 'none',
      paperMasking: 'none',
      rejectedTokens: 512,
      paperRejectedTokens: '512',
    }),
    ...trainingFields({
      learningRate: 5e-5,
      paperRate: '5e-5 (LoRA), 5e-6 (all weights)',
      maxGradNorm: 1,
      paperNorm: '1',
      maxTokens: 1024,
      paperTokens: '1024 to 2048',
      passes: 2,
      paperPasses: '2 to 3',
      targets: [...PROJECTIONS, 'embed_tokens', 'lm_head'],
      paperTargets: 'all projections, embeddings and head',
    }),
  },
  stage2: {
    ...preferenceFields({
      loss: 'exo',
      beta: 0.1,
      paperBeta: '0.1 to 0.5',
      labelSmoothing: 0.005,
      paperSmoothing: '0.005',
      masking: 'answerOnly',
      paperMasking: 'answerOnly; fraction also reported',
      rejectedTokens: 1500,
      paperRejectedTokens: '1500',
    }),
    ...trainingFields({
      learningRate: 1e-6,
      paperRate: '5e-7 to 1e-6',
      maxGradNorm: 0.3,
      paperNorm: '0.3',
      maxTokens: 2000,
      paperTokens: '2000',
      passes: 1,
      paperPasses: '1 to 2',
      targets: PROJECTIONS,
      paperTargets: 'all projections',
    }),
  },
  evaluation: {
    questions: integer(1, 100_000, {
      default: 200,
      explain: 'Most questions asked in each group of the test.',
      paper: '–',
    }),
    maxNewTokens: integer(1, 100_000, {
      default: 512,
      explain: 'Longest answer in the test, in tokens.',
      paper: '–',
      advanced: true,
    }),
    thinkingUtility: flag({
      default: true,
      explain: 'Also ask without thinking and with the thinking of another question, to see whether thinking helps.',
      paper: '–',
    }),
    recursion: flag({
      default: true,
      explain: 'Also score recursive answers after every round, against the best of as many plain ones.',
      paper: '–',
    }),
  },
  inference: {
    mode: choice(['thinking', 'reflection'], {
      default: 'thinking',
      explain: 'Where the feedback comes from: a separate critic, or the model’s own reflection.',
      paper: 'both',
    }),
    rounds: integer(0, 50, {
      default: 3,
      explain: 'How often the thinking is criticised, rewritten and the question answered again.',
      paper: '3',
    }),
    integrate: flag({
      default: true,
      explain: 'Whether all answers are merged into one at the end.',
      paper: 'true',
    }),
    maxNewTokens: integer(1, 100_000, {
      default: 1024,
      explain: 'Longest answer of one round, in tokens.',
      paper: '3000',
    }),
    temperature: number(0, 5, {
      default: 0.1,
      explain: 'How freely the model writes (0 always takes the likeliest word).',
      paper: '0.1',
    }),
  },
} satisfies FieldTree

export type Settings = ValuesOf<typeof SETTINGS_TREE>

/** The path of each setting, as in `--set`, and its description; in the order of the tree. */
export const SETTINGS_TABLE: ReadonlyMap<string, AnyField> = new Map(flatten(SETTINGS_TREE, ''))

function flatten(tree: FieldTree, prefix: string): [string, AnyField][] {
  return Object.entries(tree).flatMap(([name, node]): [string, AnyField][] =>
    isField(node) ? [[prefix + name, node]] : flatten(node, `${prefix}${name}.`),
  )
}

function schemaOf(tree: FieldTree): z.ZodType {
  const shape = Object.entries(tree).map(([name, node]) => {
    if (!isField(node)) return [name, schemaOf(node)] as const
    const value = node.default
    return [name, (node.schema as z.ZodType).default(Array.isArray(value) ? [...value] : value)] as const
  })
  return z.strictObject(Object.fromEntries(shape)).prefault({})
}

/** Missing settings take their defaults; unknown ones are refused. Cross-checks are in check-settings.ts. */
export const settingsSchema = schemaOf(SETTINGS_TREE) as z.ZodType<Settings>

export function defaultSettings(): Settings {
  return settingsSchema.parse({})
}
