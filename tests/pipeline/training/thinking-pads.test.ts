import { describe, expect, it } from 'vitest'
import { Random } from '../../../shared/base/random.ts'
import { pairRow } from '../../../shared/pipeline/training/preference-batches.ts'
import {
  padCompletion,
  PAD_TEXTS,
  removePads,
  withoutThinkingPads,
} from '../../../shared/pipeline/training/thinking-pads.ts'
import { tinyTokenizer } from '../../fixtures/tiny-tokenizer.ts'
import { scriptedGenerator } from '../scripted-generator.ts'

const TOKENS = { open: 91, pad: 92, close: 93 }

describe('thinking after every token', () => {
  it('puts opening, N pads and closing after every token but the one that ends the turn', () => {
    // 3 tokens, N = 2: 3 + 2 · (2 + 2) = 11
    const { ids, scored } = padCompletion([5, 6, 2], 2, TOKENS)
    expect(ids).toEqual([5, 91, 92, 92, 93, 6, 91, 92, 92, 93, 2])
    expect(scored).toEqual([0, 5, 10])
    expect(scored.map((i) => ids[i])).toEqual([5, 6, 2])
  })

  it('leaves a completion alone when there are no pads to add', () => {
    expect(padCompletion([5, 6, 2], 0, TOKENS)).toEqual({ ids: [5, 6, 2], scored: [0, 1, 2] })
    expect(padCompletion([], 2, TOKENS)).toEqual({ ids: [], scored: [] })
  })

  it('replaces the pads of a model that writes them already', () => {
    const once = padCompletion([5, 6, 2], 2, TOKENS)
    expect(padCompletion(once.ids, 2, TOKENS)).toEqual(once)
    expect(padCompletion(once.ids, 1, TOKENS)).toEqual(padCompletion([5, 6, 2], 1, TOKENS))
  })

  it('keeps the prompt out of every label and compares words only, while the imitation learns the pads too', () => {
    const chosen = padCompletion([5, 6, 2], 1, TOKENS)
    const rejected = padCompletion([7, 2], 1, TOKENS)
    const options = {
      masking: { kind: 'none' as const },
      tokens: { sections: [] },
      keepDelimiters: true,
      nll: 'completion' as const,
      maxPrompt: 8,
      maxTotal: 64,
    }
    const comparable = { chosen: chosen.scored, rejected: rejected.scored }
    const row = pairRow(
      { prompt: [1, 3, 4], chosen: chosen.ids, rejected: rejected.ids, comparable },
      options,
      new Random(1),
    )
    // prompt 0–2; 5 at 3, its filler at 4–6; 6 at 7, filler at 8–10; end at 11
    expect(row.chosen.ids).toEqual([1, 3, 4, 5, 91, 92, 93, 6, 91, 92, 93, 2])
    expect(row.chosen.scored).toEqual([3, 7, 11])
    expect(row.rejected.scored).toEqual([3, 7])
    expect(row.nll).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  it('has its tokens in the tokenizer, and a padded reply decodes to the same words', () => {
    const tokenizer = tinyTokenizer()
    const id = (text: string) => tokenizer.tokenId(text) ?? -1
    const tokens = { open: id(PAD_TEXTS.open), pad: id(PAD_TEXTS.pad), close: id(PAD_TEXTS.close) }
    expect(Math.min(...Object.values(tokens))).toBeGreaterThan(-1)
    const text = '<|thinking|>\nnacre is tough\n<|/thinking|>\n3000 times'
    const { ids } = padCompletion(tokenizer.encode(text), 2, tokens)
    expect(ids.length).toBeGreaterThan(tokenizer.encode(text).length * 4)
    expect(removePads(tokenizer.decode(ids, { keepSpecial: true }))).toBe(text)
  })

  it('lets judges and watchers see a model’s words without pads, in room for the pads', async () => {
    const { open, pad, close } = PAD_TEXTS
    const model = scriptedGenerator(() => `30${open}${pad}${close}00${open}${pad}`)
    const seen: string[] = []
    const [completion] = await withoutThinkingPads(model, 1).generate(
      ['q'],
      { maxNewTokens: 10, temperature: 0, seed: 1 },
      { onToken: (_, text) => seen.push(text) },
    )
    expect(completion?.text).toBe('3000')
    expect(seen).toEqual(['3000'])
    expect(model.calls[0]?.options.maxNewTokens).toBe(40) // each word takes 1 + 3 places
    expect(withoutThinkingPads(model, 0)).toBe(model)
  })
})
