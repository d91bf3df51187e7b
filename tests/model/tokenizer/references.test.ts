/**
 * @file Ids, texts and rendered chats against the Python tokenizers and transformers libraries. The numbers, and the
 * script that made them, are in tests/fixtures/tokenizers.
 */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileTemplate } from '../../../shared/model/tokenizer/chat-template.ts'
import { loadTokenizer, type ChatTokenizer } from '../../../shared/model/tokenizer/chat-tokenizer.ts'

interface Reference {
  tokenizer: { added_tokens: { id: number }[] }
  cases: { text: string; ids: number[]; decoded: string }[]
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/tokenizers/${name}.json`, import.meta.url), 'utf8'))

function load(reference: Reference): ChatTokenizer {
  const highest = Math.max(...reference.tokenizer.added_tokens.map((t) => t.id))
  const config = { vocabSize: highest + 1, eosIds: [highest] }
  return loadTokenizer({ tokenizerJson: reference.tokenizer, config })
}

describe.each(['smollm', 'llama3', 'qwen2', 'llama2', 'mistral'])('a tokenizer in the style of %s', (style) => {
  const reference = read(style) as Reference
  const tokenizer = load(reference)

  it.each(reference.cases)('encodes $text as the Python library does', ({ text, ids }) => {
    expect(tokenizer.encode(text)).toEqual(ids)
  })

  it.each(reference.cases)('decodes $text as the Python library does', ({ ids, decoded }) => {
    expect(tokenizer.decode(ids, { keepSpecial: true })).toBe(decoded)
  })

  it.each(reference.cases)('streams $text into the same text', ({ ids, decoded }) => {
    const stream = tokenizer.stream({ keepSpecial: true })
    expect(ids.map((id) => stream.push(id)).join('') + stream.end()).toBe(decoded)
  })

  it('makes files that load into the same tokenizer', () => {
    const files = tokenizer.toFiles()
    const again = loadTokenizer({
      tokenizerJson: files['tokenizer.json'],
      tokenizerConfig: files['tokenizer_config.json'],
      config: { vocabSize: tokenizer.vocabSize, eosIds: [...tokenizer.eosIds] },
    })
    for (const { text, ids } of reference.cases) expect(again.encode(text)).toEqual(ids)
  })
})

const chats = read('chats') as Record<string, { template: string; prompt: string; turn: string; system: string | null }>

describe.each(Object.entries(chats))('the %s chat template', (_, chat) => {
  const template = compileTemplate(chat.template, { bos_token: '<s>', eos_token: '</s>' })
  const question = { role: 'user', content: 'Why is nacre tough?' } as const

  it('renders a prompt, a turn and a system message as transformers does', () => {
    expect(template.render([question], true)).toBe(chat.prompt)
    expect(template.render([question, { role: 'assistant', content: 'Layers slide.' }], false)).toBe(chat.turn)
    if (chat.system !== null)
      expect(template.render([{ role: 'system', content: ' Answer a scientist. ' }, question], true)).toBe(chat.system)
  })
})
