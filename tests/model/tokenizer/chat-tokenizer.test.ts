/** @file Prompts, turns, streams and added tokens, on a tokenizer small enough to count by hand. */

import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../../shared/base/errors.ts'
import { loadTokenizer } from '../../../shared/model/tokenizer/chat-tokenizer.ts'
import { SPECIAL_TOKENS, TRIGGER } from '../../../shared/pipeline/thought.ts'
import {
  STARTER_TEMPLATE,
  tinyTokenizer,
  tinyTokenizerConfig,
  tinyTokenizerJson,
  tinyVocabSize,
} from '../../fixtures/tiny-tokenizer.ts'

const chats = JSON.parse(
  readFileSync(new URL('../../fixtures/tokenizers/chats.json', import.meta.url), 'utf8'),
) as Record<string, { template: string; prompt: string; turn: string }>

const tiny = tinyTokenizer()
const bytes = (text: string) => [...Buffer.from(text)]
const id = (token: string) => tiny.tokenId(token) ?? -1

/** The tiny tokenizer with further special tokens and a template. */
function withTemplate(template: string, extra: readonly string[], config: Record<string, unknown> = {}) {
  const json = tinyTokenizerJson()
  const base = tinyVocabSize()
  json.added_tokens.push(...extra.map((content, i) => ({ ...json.added_tokens[0]!, id: base + i, content })))
  return loadTokenizer({
    tokenizerJson: json,
    tokenizerConfig: { ...tinyTokenizerConfig(null), ...config },
    chatTemplate: template,
    config: { vocabSize: base + extra.length, eosIds: [] },
  })
}

describe('encoding', () => {
  it('makes one id of a special token and bytes of what no merge covers', () => {
    // "the" = 257 (th 256, the 257); "µ" is two bytes.
    expect(tiny.encode('the<|thinking|>µ')).toEqual([257, id('<|thinking|>'), 0xc2, 0xb5])
    expect(tiny.encode('')).toEqual([])
    expect(tiny.countTokens('the nacre')).toBe(2) // "the", " nacre"
  })

  it('is undone by decoding, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        expect(tiny.decode(tiny.encode(text), { keepSpecial: true })).toBe(text)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})

describe('decoding', () => {
  const ids = tiny.encode('<|user|>Hi<|thinking|>the<|end|>')

  it('drops special tokens, keeps all, or keeps those named', () => {
    expect(tiny.decode(ids)).toBe('Hi<|thinking|>the')
    expect(tiny.decode(ids, { keepSpecial: true })).toBe('<|user|>Hi<|thinking|>the<|end|>')
    expect(tiny.decode(ids, { keepSpecial: new Set(['<|end|>']) })).toBe('Hi<|thinking|>the<|end|>')
  })

  it('passes over ids that have no token, such as rows that pad an embedding', () => {
    expect(tiny.decode([257, 5000, 257])).toBe('thethe')
    expect(tiny.tokenText(5000)).toBe('')
    expect(tiny.tokenText(id('<|end|>'))).toBe('<|end|>')
  })
})

describe('a stream', () => {
  it('waits for the last byte of a character', () => {
    const stream = tiny.stream()
    // 🙂 is F0 9F 99 82.
    expect([104, 0xf0, 0x9f, 0x99, 0x82, id('<|end|>'), 105].map((t) => stream.push(t))).toEqual([
      'h',
      '',
      '',
      '',
      '🙂',
      '',
      'i',
    ])
    expect(stream.end()).toBe('')
  })

  it('gives at the end what never became a character', () => {
    const stream = tiny.stream()
    expect([stream.push(0xf0), stream.push(0x9f), stream.end()]).toEqual(['', '', '\uFFFD'])
  })

  it('adds up to the decoded whole', () => {
    const token = fc.integer({ min: 0, max: tinyVocabSize() - 1 })
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => tiny.encode(text)),
      fc.array(token, { maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const ids = pieces.flat()
        const stream = tiny.stream()
        expect(ids.map((t) => stream.push(t)).join('') + stream.end()).toBe(tiny.decode(ids))
      }),
      { seed: 2, numRuns: 300 },
    )
  })
})

describe('prompts and turns', () => {
  it('follow the starter template', () => {
    const prompt = tiny.renderPrompt(`Why?${TRIGGER}`, { system: 'Be brief.' })
    expect(prompt.text).toBe('<|system|>\nBe brief.<|end|>\n<|user|>\nWhy? Use <|thinking|>.<|end|>\n<|assistant|>\n')
    expect(prompt.ids).toEqual(tiny.encode(prompt.text))
    expect(prompt.ids.filter((t) => t === id('<|thinking|>'))).toHaveLength(1)
  })

  it('end the completion with the end of turn and nothing after it', () => {
    const turn = tiny.encodeTurn('Why?', 'So.')
    expect(turn.promptIds).toEqual([id('<|user|>'), 10, ...bytes('Why?'), id('<|end|>'), 10, id('<|assistant|>'), 10])
    expect(turn.completionIds).toEqual([...bytes('So.'), id('<|end|>')])
  })

  it('keep the prompt ids of generation, whatever the reply begins with', () => {
    const reply = fc.string({ unit: fc.constantFrom('\n', ' ', 'a', '.', 'é', '<|thinking|>'), maxLength: 8 })
    fc.assert(
      fc.property(reply, (text) => {
        const turn = tiny.encodeTurn('Why?', text)
        expect(turn.promptIds).toEqual(tiny.renderPrompt('Why?').ids)
        expect(tiny.decode(turn.completionIds)).toBe(text)
      }),
      { seed: 3, numRuns: 200 },
    )
  })

  it('understand ChatML', () => {
    const t = withTemplate(chats['chatml']!.template, ['<|im_start|>', '<|im_end|>'], { eos_token: '<|im_end|>' })
    const turn = t.encodeTurn('Why is nacre tough?', 'Layers slide.')
    expect(t.decode(turn.promptIds, { keepSpecial: true })).toBe(chats['chatml']!.prompt)
    expect(t.decode(turn.completionIds, { keepSpecial: true })).toBe('Layers slide.<|im_end|>')
    expect(t.eosIds).toEqual([t.tokenId('<|im_end|>')])
  })

  it('understand Llama 3, where the end of a turn is not the end of a text', () => {
    const extra = ['<|begin_of_text|>', '<|end_of_text|>', '<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>']
    const named = { bos_token: { content: '<|begin_of_text|>' }, eos_token: '<|end_of_text|>' }
    const t = withTemplate(chats['llama3']!.template, extra, named)
    const turn = t.encodeTurn('Why is nacre tough?', ' Layers slide. ')
    expect(t.decode(turn.promptIds, { keepSpecial: true })).toBe(
      chats['llama3']!.prompt.replace('<s>', '<|begin_of_text|>'),
    )
    // The template would trim the reply; what is trained on is the reply itself.
    expect(t.decode(turn.completionIds, { keepSpecial: true })).toBe(' Layers slide. <|eot_id|>')
    expect(t.eosIds).toEqual([t.tokenId('<|end_of_text|>'), t.tokenId('<|eot_id|>')])
  })

  it('understand [INST], where the reply begins with a space', () => {
    const named = { bos_token: '<s>', eos_token: '</s>' }
    const t = withTemplate(chats['mistral']!.template, ['<s>', '</s>'], named)
    const turn = t.encodeTurn('Why is nacre tough?', 'Layers slide.')
    const all = [...turn.promptIds, ...turn.completionIds]
    expect(t.decode(all, { keepSpecial: true })).toBe(chats['mistral']!.turn)
    expect(t.decode(turn.completionIds, { keepSpecial: true })).toBe(' Layers slide.</s>')
  })

  it('put the system text before the question where a template refuses a system turn', () => {
    const t = withTemplate(chats['mistral']!.template, ['<s>', '</s>'], { bos_token: '<s>', eos_token: '</s>' })
    expect(t.renderPrompt('Why?', { system: 'Be brief.' }).text).toBe('<s>[INST] Be brief.\n\nWhy? [/INST]')
  })

  it('leave out an empty thought that a template puts before replies', () => {
    const template = STARTER_TEMPLATE.replace(
      "message['content'] +",
      "('<think>\\n\\n</think>\\n\\n' if message['role'] == 'assistant' else '') + message['content'] +",
    )
    const turn = tinyTokenizer(template).encodeTurn('Why?', 'So.')
    expect(tiny.decode(turn.completionIds)).toBe('So.')
  })

  it("add the assistant's header where a template ignores the generation flag", () => {
    const t = tinyTokenizer(STARTER_TEMPLATE.replace(/\{% if add_generation_prompt.*$/, ''))
    expect(t.renderPrompt('Why?').text).toBe('<|user|>\nWhy?<|end|>\n<|assistant|>\n')
  })

  it('use plain words for a model without a template', () => {
    const t = tinyTokenizer(null)
    expect(t.chatTemplate.fromModel).toBe(false)
    expect(t.renderPrompt('Why?').text).toBe('Question: Why?\nAnswer:')
    expect(tiny.decode(t.encodeTurn('Why?', 'So.').completionIds, { keepSpecial: true })).toBe(' So.<|end|>')
  })

  it('take the default one of several templates', () => {
    const chat_template = [
      { name: 'tool_use', template: 'x' },
      { name: 'default', template: STARTER_TEMPLATE },
    ]
    const t = loadTokenizer({
      tokenizerJson: tinyTokenizerJson(),
      tokenizerConfig: JSON.stringify({ ...tinyTokenizerConfig(null), chat_template }),
      config: { vocabSize: tinyVocabSize(), eosIds: [] },
    })
    expect(t.renderPrompt('Why?').text).toBe('<|user|>\nWhy?<|end|>\n<|assistant|>\n')
  })
})

describe('adding tokens', () => {
  const without = () => {
    const json = tinyTokenizerJson()
    json.added_tokens = json.added_tokens.filter((t) => !t.content.includes('response'))
    return json
  }
  const load = (json: unknown, vocabSize: number) =>
    loadTokenizer({ tokenizerJson: json, tokenizerConfig: tinyTokenizerConfig(), config: { vocabSize, eosIds: [] } })

  it('grows the vocabulary by what is missing', () => {
    const size = tinyVocabSize() - 2
    const t = load(without(), size)
    const { added, ids } = t.addSpecialTokens(SPECIAL_TOKENS)
    expect(added).toEqual(['<|response|>', '<|/response|>'])
    expect(ids.slice(-2)).toEqual([size, size + 1])
    expect(t.vocabSize).toBe(size + 2)
    expect(t.encode('the<|response|>')).toEqual([257, size])
    expect(t.decode([size])).toBe('<|response|>')
    expect(t.addSpecialTokens(SPECIAL_TOKENS)).toEqual({ added: [], ids })
  })

  it('uses rows that pad the embedding before it grows', () => {
    const t = load(without(), 300)
    t.addSpecialTokens(SPECIAL_TOKENS)
    expect(t.vocabSize).toBe(300)
  })

  it('renames reserved slots only when asked', () => {
    const json = without()
    json.added_tokens.push({ ...json.added_tokens[0]!, id: 290, content: '<|reserved_special_token_0|>' })
    expect(load(json, 291).addSpecialTokens(['<|response|>']).ids).toEqual([291])
    const t = load(json, 291)
    expect(t.addSpecialTokens(['<|response|>', '<|/response|>'], { useReserved: true }).ids).toEqual([290, 291])
    expect(t.vocabSize).toBe(292)
    expect(t.tokenId('<|reserved_special_token_0|>')).toBeUndefined()
  })

  it('is kept by the files', () => {
    const t = load(without(), tinyVocabSize() - 2)
    t.addSpecialTokens([...SPECIAL_TOKENS, '<|new|>'])
    const files = t.toFiles()
    const again = loadTokenizer({
      tokenizerJson: files['tokenizer.json'],
      tokenizerConfig: files['tokenizer_config.json'],
      config: { vocabSize: t.vocabSize, eosIds: [] },
    })
    const text = '<|user|>the <|response|><|new|>'
    expect(again.encode(text)).toEqual(t.encode(text))
    expect(again.eosIds).toEqual(t.eosIds)
    expect(again.renderPrompt('Why?')).toEqual(t.renderPrompt('Why?'))
    const settings = JSON.parse(files['tokenizer_config.json']!) as { added_tokens_decoder: Record<string, unknown> }
    expect(settings.added_tokens_decoder[String(t.tokenId('<|new|>'))]).toMatchObject({ content: '<|new|>' })
    expect(JSON.parse(files['special_tokens_map.json']!)).toEqual({ eos_token: '<|end|>', pad_token: '<|endoftext|>' })
  })
})

describe('a model without an end', () => {
  it('is refused, since its replies would never stop', () => {
    const sources = {
      tokenizerJson: tinyTokenizerJson(),
      tokenizerConfig: {},
      chatTemplate: "{{ messages[0]['content'] }}",
      config: { vocabSize: 300, eosIds: [] },
    }
    expect(() => loadTokenizer(sources)).toThrow(Fault)
    expect(loadTokenizer({ ...sources, config: { vocabSize: 300, eosIds: [5] } }).eosIds).toEqual([5])
  })
})
