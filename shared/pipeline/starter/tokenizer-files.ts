/** @file The four files of a Hugging Face tokenizer folder, from learned merges. */

import { SPECIAL_TOKENS } from '../thought.ts'
import { SPLIT_PATTERN, type BpeModel } from './bpe.ts'

/** Pads, and separates documents in pretraining. */
export const PAD = '<|endoftext|>'
/** Ends a turn. */
export const END = '<|end|>'

/** Control tokens of the chat format; hidden when text is decoded for a reader. */
export const CONTROL_TOKENS = [PAD, '<|user|>', '<|assistant|>', END, '<|system|>'] as const

/** All added tokens, in the order of their ids, after the BPE vocabulary. */
export const ADDED_TOKENS: readonly string[] = [...CONTROL_TOKENS, ...SPECIAL_TOKENS]

/** `<|role|>`, newline, content, `<|end|>`, newline; generation begins after `<|assistant|>` and a newline. */
export const CHAT_TEMPLATE =
  "{%- for message in messages -%}{{ '<|' + message['role'] + '|>\\n' + message['content'] + '<|end|>\\n' }}{%- endfor -%}" +
  "{%- if add_generation_prompt -%}{{ '<|assistant|>\\n' }}{%- endif -%}"

/** The chat template in TypeScript, for pretraining text. A test holds the two together. */
export function renderChat(turns: readonly { user: string; assistant: string }[]): string {
  return turns.map((t) => `<|user|>\n${t.user}<|end|>\n<|assistant|>\n${t.assistant}<|end|>\n`).join('')
}

/** Contents of tokenizer.json, tokenizer_config.json, special_tokens_map.json (JSON values) and chat_template.jinja. */
export function tokenizerFiles(model: BpeModel, contextLength: number) {
  const added = ADDED_TOKENS.map((content, i) => ({
    id: model.vocabulary.size + i,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    // Thought tokens are text to the reader: a decoder that drops special tokens must keep them.
    special: (CONTROL_TOKENS as readonly string[]).includes(content),
  }))
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false }
  return {
    'tokenizer.json': {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: added,
      normalizer: null,
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          { type: 'Split', pattern: { Regex: SPLIT_PATTERN }, behavior: 'Isolated', invert: false },
          byteLevel,
        ],
      },
      post_processor: null,
      decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      model: {
        type: 'BPE',
        dropout: null,
        unk_token: null,
        continuing_subword_prefix: null,
        end_of_word_suffix: null,
        fuse_unk: false,
        byte_fallback: false,
        ignore_merges: false,
        vocab: Object.fromEntries(model.vocabulary),
        merges: model.merges.map(([a, b]) => `${a} ${b}`),
      },
    },
    'tokenizer_config.json': {
      tokenizer_class: 'PreTrainedTokenizerFast',
      bos_token: null,
      eos_token: END,
      pad_token: PAD,
      unk_token: null,
      model_max_length: contextLength,
      clean_up_tokenization_spaces: false,
      added_tokens_decoder: Object.fromEntries(added.map(({ id, ...rest }) => [String(id), rest])),
      chat_template: CHAT_TEMPLATE,
    },
    'special_tokens_map.json': { eos_token: END, pad_token: PAD },
    'chat_template.jinja': CHAT_TEMPLATE,
  }
}
