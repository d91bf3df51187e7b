/** @file One phase of the recursion: one call of a generator over all rows that need it, with counts and times. */

import { assert, must } from '../../base/errors.ts'
import type { Clock, Generator, SamplingOptions } from '../ports.ts'
import type { Agent, Step } from './transcript.ts'

export interface AgentCall {
  prompt: string
  prefill?: string
}

/**
 * One step per call, in order; no model is called for no calls.
 * @throws Bug when the generator gave too few replies or ignored a prefill (an answer would then be credited to the
 * wrong thinking)
 */
export async function callAgent(
  model: Generator,
  agent: Agent,
  calls: readonly AgentCall[],
  options: SamplingOptions,
  hooks: { clock: Clock; signal?: AbortSignal; onToken?: (index: number, text: string) => void },
): Promise<Step[]> {
  if (calls.length === 0) return []
  const began = hooks.clock()
  const ended: number[] = []
  const prefilled = calls.some((call) => call.prefill !== undefined)
  const completions = await model.generate(
    calls.map((call) => call.prompt),
    { ...options, ...(prefilled && { prefills: calls.map((call) => call.prefill ?? '') }) },
    {
      ...(hooks.signal && { signal: hooks.signal }),
      ...(hooks.onToken && { onToken: hooks.onToken }),
      onRow: (row) => (ended[row] = hooks.clock()),
    },
  )
  const now = hooks.clock()
  assert(completions.length === calls.length, `${calls.length} prompts gave ${completions.length} completions`)
  return calls.map((call, i) => {
    const { text, tokens, finished } = must(completions[i])
    assert(visible(text).startsWith(visible(call.prefill ?? '')), 'the generator did not write the prefill')
    return {
      agent,
      prompt: call.prompt,
      ...(call.prefill !== undefined && { prefill: call.prefill }),
      text,
      tokens,
      milliseconds: (ended[i] ?? now) - began,
      finished,
    }
  })
}

/** Letters and digits: decoding may change blanks and lose marks, never these. */
function visible(text: string): string {
  return text.replace(/<\|\/?\w+\|>/g, '').replace(/[^\p{L}\p{N}]/gu, '')
}
