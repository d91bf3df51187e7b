/** @file A generator that answers by script: the fake that evaluation and inference tests share. */

import { Cancelled } from '../../shared/base/errors.ts'
import type { Completion, Generator, SamplingOptions } from '../../shared/pipeline/ports.ts'

export interface Call {
  prompts: readonly string[]
  options: SamplingOptions
}

/** `reply` gives the new text for a prompt (prefill excluded) or a whole completion; tokens default to words. */
export function scriptedGenerator(
  reply: (prompt: string, options: SamplingOptions & { prefill: string }, call: number) => string | Partial<Completion>,
): Generator & { calls: Call[] } {
  const calls: Call[] = []
  return {
    calls,
    generate: async (prompts, options, hooks) => {
      calls.push({ prompts: [...prompts], options })
      return prompts.map((prompt, row) => {
        if (hooks?.signal?.aborted) throw new Cancelled()
        const prefill = options.prefills?.[row] ?? options.prefill ?? ''
        const made = reply(prompt, { ...options, prefill }, calls.length - 1)
        const partial = typeof made === 'string' ? { text: made } : made
        const fresh = partial.text ?? ''
        hooks?.onToken?.(row, fresh)
        hooks?.onRow?.(row)
        return {
          text: prefill + fresh,
          tokens: partial.tokens ?? fresh.split(/\s+/).filter(Boolean).length,
          finished: partial.finished ?? 'stop',
        }
      })
    },
  }
}
