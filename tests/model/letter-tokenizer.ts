/** @file A tokenizer for tiny models: the letters a–z are ids 2–27; 0 pads, 1 ends. */

import type { GenerationTokenizer } from '../../shared/model/generator.ts'

const encode = (text: string) => [...text].map((c) => c.charCodeAt(0) - 95)

export const letterTokenizer: GenerationTokenizer = {
  renderPrompt: (text) => ({ ids: encode(text) }),
  encode,
  decode: (ids) => ids.map((id) => String.fromCharCode(id + 95)).join(''),
  tokenId: (token) => (token.length === 1 ? token.charCodeAt(0) - 95 : undefined),
  eosIds: [1],
  padId: 0,
}
