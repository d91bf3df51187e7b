/** @file The shipped tokenizer as Hugging Face's own reader sees it. */

import { readFileSync } from 'node:fs'
import { Template } from '@huggingface/jinja'
import { Tokenizer } from '@huggingface/tokenizers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../../shared/base/random.ts'
import { starterExample } from '../../../shared/pipeline/starter/tasks.ts'
import { ADDED_TOKENS, CHAT_TEMPLATE, renderChat } from '../../../shared/pipeline/starter/tokenizer-files.ts'
import { makeWorld } from '../../../shared/pipeline/starter/world.ts'

const file = (name: string) =>
  readFileSync(new URL(`../../../resources/starter-model/${name}`, import.meta.url), 'utf8')
const tokenizer = new Tokenizer(JSON.parse(file('tokenizer.json')), JSON.parse(file('tokenizer_config.json')))
const encode = (text: string): number[] => tokenizer.encode(text, { add_special_tokens: false }).ids

describe('the starter tokenizer', () => {
  it('gives back any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (text) => {
        expect(
          tokenizer.decode(encode(text), { skip_special_tokens: false, clean_up_tokenization_spaces: false }),
        ).toBe(text)
      }),
    )
  })

  it('has 4096 tokens, the added ones last and one id each', () => {
    const vocabulary = JSON.parse(file('tokenizer.json')).model.vocab as Record<string, number>
    expect(Object.keys(vocabulary).length + ADDED_TOKENS.length).toBe(4096)
    for (const [i, token] of ADDED_TOKENS.entries()) expect(encode(token)).toEqual([4096 - ADDED_TOKENS.length + i])
    expect(encode('a<|thinking|>b<|end|>')).toHaveLength(4)
  })

  it('keeps thought tokens when special ones are dropped', () => {
    const ids = encode('<|thinking|>x<|/thinking|>y<|end|>')
    expect(tokenizer.decode(ids, { skip_special_tokens: true })).toBe('<|thinking|>x<|/thinking|>y')
  })

  it('writes every digit as a token of its own', () => {
    expect(encode('2019')).toHaveLength(4)
  })

  it('renders chats as the template does', () => {
    const template = new Template(file('chat_template.jinja'))
    const turns = [
      { user: 'What is tarvel?\nSay it.', assistant: ' a "foam" ' },
      { user: 'And {{ osk }}?', assistant: 'a shell' },
    ]
    const messages = turns.flatMap((t) => [
      { role: 'user', content: t.user },
      { role: 'assistant', content: t.assistant },
    ])
    expect(template.render({ messages, add_generation_prompt: false })).toBe(renderChat(turns))
    expect(template.render({ messages: messages.slice(0, 1), add_generation_prompt: true })).toBe(
      '<|user|>\nWhat is tarvel?\nSay it.<|end|>\n<|assistant|>\n',
    )
    expect(file('chat_template.jinja')).toBe(CHAT_TEMPLATE)
  })

  it('needs less than 1.8 tokens a word on the generator, and no example is longer than 400', () => {
    const world = makeWorld(new Random('other world'), 60)
    const random = new Random(4)
    let tokens = 0
    let words = 0
    for (let i = 0; i < 200; i++) {
      const example = starterExample(world, random)
      const text = 'text' in example ? example.text : renderChat(example.turns)
      const length = encode(text).length
      expect(length).toBeLessThanOrEqual(400)
      tokens += length
      words += text.split(/\s+/).length
    }
    expect(tokens / words).toBeLessThan(1.8)
    expect(tokens / 200).toBeLessThan(150)
  })
})
