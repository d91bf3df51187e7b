/** @file One phase of the teacher: one batched call of its model, seeded, cancellable, with progress. */

import { Cancelled, must } from '../../../base/errors.ts'
import { Random } from '../../../base/random.ts'
import type { Completion, Generator, Logger } from '../../ports.ts'
import { SPECIAL_TOKENS } from '../../thought.ts'
import type { TeacherPrompt } from './prompts.ts'

export interface AskOptions {
  model: Generator
  logger?: Logger
  signal?: { readonly aborted: boolean }
}

export interface Phase {
  /** For a person, e.g. "writing Hypothesis". */
  label: string
  temperature: number
  maxNewTokens: number
  seed: number
  attempt: number
}

export type Ask = (prompts: readonly TeacherPrompt[], phase: Phase) => Promise<Completion[]>

/** The paper's temperatures: questions are to differ, everything else is to be exact. */
export const QUESTION_TEMPERATURE = 0.7
export const TEACHER_TEMPERATURE = 0.2

/** @throws Cancelled before or within a call when the signal is aborted */
export function createAsk({ model, logger, signal }: AskOptions): Ask {
  return async (prompts, { label, temperature, maxNewTokens, seed, attempt }) => {
    if (signal?.aborted) throw new Cancelled()
    if (prompts.length === 0) return []
    let done = 0
    const completions = await model.generate(
      prompts.map((prompt) => prompt.text),
      {
        maxNewTokens,
        temperature,
        seed: new Random(`local-teacher:${label}:${seed}:${attempt}`).uint32(),
        // The sections are put together here; a teacher that knows the tokens must not nest its own.
        banned: [...SPECIAL_TOKENS],
      },
      { signal, onRow: () => logger?.progress({ done: ++done, total: prompts.length, label: `teacher: ${label}` }) },
    )
    return prompts.map((_, i) => must(completions[i], 'a completion of the teacher'))
  }
}

/**
 * Asks for every item until `read` accepts its reply, `attempts` times at most.
 * @returns what was accepted, undefined where nothing was
 */
export async function askUntil<Item, Accepted>(
  ask: Ask,
  items: readonly Item[],
  phase: Omit<Phase, 'attempt'> & { attempts: number },
  prompt: (item: Item, index: number) => TeacherPrompt,
  read: (completion: Completion, item: Item, prompt: TeacherPrompt) => Accepted | undefined,
): Promise<(Accepted | undefined)[]> {
  const accepted: (Accepted | undefined)[] = items.map(() => undefined)
  for (let attempt = 0; attempt < phase.attempts; attempt++) {
    const open = items.flatMap((item, index) => (accepted[index] === undefined ? [{ item, index }] : []))
    if (open.length === 0) break
    const prompts = open.map(({ item, index }) => prompt(item, index))
    const completions = await ask(prompts, { ...phase, attempt })
    open.forEach(({ item, index }, row) => {
      accepted[index] = read(must(completions[row]), item, must(prompts[row]))
    })
  }
  return accepted
}
