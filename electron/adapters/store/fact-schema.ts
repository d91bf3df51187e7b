/** @file What the library accepts as a fact when it reads one back. Typed against artifacts.ts, so that both stay alike. */

import { z } from 'zod'
import type { AnswerType, FactForm, FactKind } from '../../../shared/pipeline/artifacts.ts'

export const FACT_KINDS = [
  'definition',
  'property',
  'composition',
  'action',
  'passive',
  'place',
  'time',
  'cause',
  'purpose',
  'statement',
] as const satisfies readonly FactKind[]

const ANSWER_TYPES = [
  'person',
  'place',
  'time',
  'duration',
  'temperature',
  'number',
  'thing',
  'quality',
  'reason',
  'purpose',
  'means',
  'clause',
] as const satisfies readonly AnswerType[]

const answerType: z.ZodType<AnswerType> = z.enum(ANSWER_TYPES)

export const factFormSchema: z.ZodType<FactForm> = z.object({
  topic: z.string(),
  subject: z.string(),
  plural: z.boolean(),
  person: z.boolean(),
  verb: z
    .object({
      aux: z.array(z.string()),
      main: z.string(),
      base: z.string(),
      past: z.boolean(),
      passive: z.boolean(),
      negated: z.boolean(),
    })
    .optional(),
  complement: z.string().optional(),
  second: z.string().optional(),
  adjuncts: z.array(z.object({ word: z.string(), text: z.string(), type: answerType, front: z.boolean() })),
  target: z.union([z.enum(['subject', 'complement', 'second', 'property']), z.number()]),
  answerType,
})
