/**
 * @file "Thinking after every token", an experiment of the PRefLexOR reference code: every completion token is followed
 * by an opening token, N pads and a closing token, so that the model computes N + 2 positions more per word. The
 * scratchpad tokens are used, because thinking tokens here would end the real thinking section.
 */

import type { Generator } from '../../model/generator.ts'

export interface PadTokens {
  open: number
  pad: number
  close: number
}

/** The tokens that stand for {@link PadTokens}; all of them are in every tokenizer of the project. */
export const PAD_TEXTS = { open: '<|scratchpad|>', pad: '<|response|>', close: '<|/scratchpad|>' } as const

export interface PaddedCompletion {
  ids: number[]
  /** Indices of the completion's own tokens in `ids`: the preference compares these, the imitation learns all. */
  scored: number[]
}

/**
 * @param completion token ids of a reply; pads that a model wrote by itself are replaced, never padded again
 * @param pads pads between an opening and a closing token; 0 switches it off and leaves even old pads alone
 * The last token ends the turn, and nothing follows it. n tokens become n + (n − 1)(N + 2).
 */
export function padCompletion(completion: readonly number[], pads: number, tokens: PadTokens): PaddedCompletion {
  if (pads === 0) return { ids: [...completion], scored: completion.map((_, i) => i) }
  const { open, pad, close } = tokens
  const own = completion.filter((id) => id !== open && id !== pad && id !== close)
  const filler = [open, ...Array.from({ length: pads }, () => pad), close]
  const ids = own.flatMap((id, i) => (i === own.length - 1 ? [id] : [id, ...filler]))
  return { ids, scored: own.map((_, i) => i * (1 + filler.length)) }
}

/**
 * A generator whose replies are read as if it wrote no pads: judges and parsers see words. `maxNewTokens` grows by the
 * room that pads take, so a model that has not learned to write them may say more.
 */
export function withoutThinkingPads(model: Generator, pads: number): Generator {
  if (pads === 0) return model
  return {
    async generate(prompts, options, hooks) {
      const roomy = { ...options, maxNewTokens: options.maxNewTokens * (pads + 3) }
      const onToken = hooks?.onToken
      const cleaned = onToken && ((row: number, text: string) => onToken(row, removePads(text)))
      const completions = await model.generate(prompts, roomy, hooks && { ...hooks, onToken: cleaned })
      return completions.map((completion) => ({ ...completion, text: removePads(completion.text) }))
    },
  }
}

/** A reply without its pads. */
export function removePads(text: string): string {
  return Object.values(PAD_TEXTS).reduce((rest, token) => rest.replaceAll(token, ''), text)
}
