/** @file What a checkpoint holds besides tensors: enough for a resumed run to equal an uninterrupted one. */

import { z } from 'zod'
import { Fault } from '../../base/errors.ts'

const word = z.int().min(-2147483648).max(2147483647)

export const checkpointStateSchema = z.object({
  version: z.literal(1),
  /** Optimiser steps done. */
  step: z.int().nonnegative(),
  /** State of every random generator, by purpose. */
  random: z.record(z.string(), z.tuple([word, word, word, word])),
  /** Order in which the rows of the current pass are visited, and how many of them were. */
  order: z.array(z.int().nonnegative()),
  position: z.int().nonnegative(),
  /** Epochs, iterations, tokens seen, …; finite numbers. */
  counters: z.record(z.string(), z.number()),
  /** Anything else the recipe must remember, as plain JSON. */
  extra: z.record(z.string(), z.json()).optional(),
})

export type CheckpointState = z.infer<typeof checkpointStateSchema>

/** @throws Fault corrupt-file when `json` is not a checkpoint's state */
export function parseCheckpointState(json: unknown, where?: string): CheckpointState {
  const result = checkpointStateSchema.safeParse(json)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new Fault(
    'corrupt-file',
    `The checkpoint's state is not valid: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`,
    'Go on from an earlier checkpoint.',
    where,
  )
}
