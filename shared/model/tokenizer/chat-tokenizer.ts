/**
 * @file A model's tokenizer together with its chat template: text to ids and back, prompts, training turns, added
 * tokens, and the files of all that. Tokenising itself is @huggingface/tokenizers.
 */

import { Tokenizer } from '@huggingface/tokenizers'
import { assert, Fault, messageOf } from '../../base/errors.ts'
import type { ModelConfig } from '../config.ts'
import { addTokens, highestId } from './added-tokens.ts'
import { compileTemplate, PLAIN_TEMPLATE, type ChatMessage, type ChatTemplate } from './chat-template.ts'
import { tokenStream, type TokenStream } from './token-stream.ts'
import { checkTokenizerConfig, tokenizerFiles, type TokenizerConfig } from './tokenizer-config.ts'
import { checkTokenizerJson, tokenizerFault, type TokenizerJson } from './tokenizer-json.ts'
import { turnLayout, type TurnLayout } from './turn-layout.ts'

export interface DecodeOptions {
  /** Special tokens to keep: all, none (default), or those named. Tokens not marked special are always kept. */
  keepSpecial?: boolean | ReadonlySet<string>
}

export interface Prompt {
  text: string
  ids: number[]
}

export interface Turn {
  promptIds: number[]
  /** The reply and the token that ends the turn. */
  completionIds: number[]
}

export interface ChatTokenizer {
  /** Rows the embedding must have: what the model has, or more when tokens were added. */
  readonly vocabSize: number
  /** Any of these ends a reply: the model's own and the one its chat template writes. Never empty. */
  readonly eosIds: readonly number[]
  readonly padId: number
  readonly bosId: number | undefined
  /** The Jinja source in use, and whether it came with the model. */
  readonly chatTemplate: { source: string; fromModel: boolean }
  /** Special tokens in the text become single ids; nothing is put before or after. */
  encode(text: string): number[]
  decode(ids: readonly number[], options?: DecodeOptions): string
  /** Decodes tokens one by one as they are generated. */
  stream(options?: DecodeOptions): TokenStream
  tokenId(token: string): number | undefined
  /** What one id shows, special or not; '' for an id without a token. */
  tokenText(id: number): string
  countTokens(text: string): number
  /** The prompt for one user turn, up to where the assistant begins to write. */
  renderPrompt(user: string, options?: { system?: string }): Prompt
  /** A turn to train on. `promptIds` equals what `renderPrompt` gives. */
  encodeTurn(user: string, assistant: string, options?: { system?: string }): Turn
  /**
   * Makes each of `tokens` a single unit from now on. `ids` follow `tokens`; `added` are those that were none before.
   * With `useReserved`, slots such as `<|reserved_special_token_0|>` are renamed before the vocabulary grows.
   */
  addSpecialTokens(tokens: readonly string[], options?: { useReserved?: boolean }): { added: string[]; ids: number[] }
  /** File name to contents: tokenizer.json, tokenizer_config.json, special_tokens_map.json, chat_template.jinja. */
  toFiles(): Record<string, string>
}

export interface TokenizerSources {
  /** Contents of tokenizer.json: text or parsed JSON. */
  tokenizerJson: unknown
  /** Contents of tokenizer_config.json, when there is one. */
  tokenizerConfig?: unknown
  /** Contents of chat_template.jinja, when there is one. Wins over the template in tokenizerConfig. */
  chatTemplate?: string
  config: Pick<ModelConfig, 'vocabSize' | 'eosIds' | 'bosId' | 'padId'>
}

/** @throws Fault('bad-model') when a file is damaged, hostile or of an unsupported kind */
export function loadTokenizer(sources: TokenizerSources): ChatTokenizer {
  const { config } = sources
  const settings = checkTokenizerConfig(sources.tokenizerConfig)
  let json = checkTokenizerJson(sources.tokenizerJson)
  let library = build(json)
  let special = specialIds(json)
  let highest = highestId(json)
  if (highest >= config.vocabSize)
    throw tokenizerFault([`it has ids up to ${highest}, and the model's vocab_size is ${config.vocabSize}`])

  const encode = (text: string): number[] => {
    if (text === '') return []
    const { ids } = guarded('encode', () => library.encode(text, { add_special_tokens: false })) as { ids: unknown[] }
    if (ids.some((id) => typeof id !== 'number'))
      throw tokenizerFault(['it has no token for a part of the text, and no token for the unknown'])
    return ids as number[]
  }
  const keeper = (keep: boolean | ReadonlySet<string> = false) => {
    const kept = (id: number) =>
      keep === true || !special.has(id) || (keep !== false && keep.has(library.id_to_token(id) ?? ''))
    return (id: number) => library.id_to_token(id) !== undefined && kept(id)
  }
  const decodeAll = (ids: readonly number[]): string =>
    ids.length === 0
      ? ''
      : guarded('decode', () =>
          library.decode([...ids], { skip_special_tokens: false, clean_up_tokenization_spaces: false }),
        )

  const chat = chatOf(sources, settings, json, library, encode)
  const { template, layout } = chat
  const stopId = library.token_to_id(layout.stop)
  const eosIds = [
    ...new Set([
      ...config.eosIds,
      ...idOf(library, settings.named['eos_token']),
      ...(stopId === undefined ? [] : [stopId]),
    ]),
  ]
  const [firstEos] = eosIds
  if (firstEos === undefined)
    throw tokenizerFault(['neither the model nor its chat template names a token that ends a reply'], 'config.json')
  // A template may end a turn without any token of its own; then the model's first one does.
  const stopIds = stopId === undefined ? [firstEos] : encode(layout.ending)

  const renderPrompt = (user: string, options: { system?: string } = {}): Prompt => {
    const text = renderUser(template, user, options.system) + layout.header
    return { text, ids: encode(text) }
  }
  const tokenizer: ChatTokenizer = {
    get vocabSize() {
      return Math.max(config.vocabSize, highest + 1)
    },
    eosIds,
    padId: idOf(library, settings.named['pad_token'])[0] ?? config.padId ?? firstEos,
    bosId: idOf(library, settings.named['bos_token'])[0] ?? config.bosId,
    chatTemplate: { source: template.source, fromModel: chat.fromModel },
    encode,
    decode: (ids, options) => decodeAll(ids.filter(keeper(options?.keepSpecial))),
    stream: (options) => tokenStream(decodeAll, keeper(options?.keepSpecial)),
    tokenId: (token) => library.token_to_id(token),
    tokenText: (id) => (library.id_to_token(id) === undefined ? '' : decodeAll([id])),
    countTokens: (text) => encode(text).length,
    renderPrompt,
    encodeTurn(user, assistant, options) {
      const { text, ids: promptIds } = renderPrompt(user, options)
      // Encoded with its prompt where that keeps the prompt's ids: tokenizers that mark word starts want the context.
      const whole = encode(text + layout.lead + assistant)
      const together = promptIds.every((id, i) => whole[i] === id)
      const reply = together ? whole.slice(promptIds.length) : encode(layout.lead + assistant)
      return { promptIds, completionIds: [...reply, ...stopIds] }
    },
    addSpecialTokens(tokens, options = {}) {
      assert(
        tokens.every((token) => token !== ''),
        'a token needs a text',
      )
      const { json: grown, added, ids, renamed } = addTokens(json, tokens, options.useReserved === true)
      if (added.length > 0) {
        json = grown
        library = build(json)
        special = specialIds(json)
        highest = highestId(json)
        settings.rename(renamed)
      }
      return { added, ids }
    },
    toFiles: () => tokenizerFiles(json, settings, template.source, library.id_to_token(firstEos)),
  }
  selfTest(tokenizer)
  return tokenizer
}

function build(json: TokenizerJson): Tokenizer {
  return guarded('load', () => new Tokenizer(json, {}))
}

function guarded<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Fault) throw error
    throw tokenizerFault([`it fails to ${what} (${messageOf(error)})`], 'tokenizer.json', error)
  }
}

function specialIds(json: TokenizerJson): ReadonlySet<number> {
  return new Set(json.added_tokens.filter((t) => t.special).map((t) => t.id))
}

function idOf(library: Tokenizer, token: string | undefined): number[] {
  const id = token === undefined ? undefined : library.token_to_id(token)
  return id === undefined ? [] : [id]
}

/** The template in use, and what it writes around a reply. */
function chatOf(
  sources: TokenizerSources,
  settings: TokenizerConfig,
  json: TokenizerJson,
  library: Tokenizer,
  encode: (text: string) => number[],
): { template: ChatTemplate; layout: TurnLayout; fromModel: boolean } {
  const source = sources.chatTemplate ?? settings.chatTemplate
  const own = settings.named
  const firstEos = sources.config.eosIds[0]
  const eos = own['eos_token'] ?? (firstEos === undefined ? undefined : library.id_to_token(firstEos)) ?? ''
  // Without a template of the model's own, its text begins as its tokenizer begins any text.
  const [begins] = guarded('encode', () => library.encode('a', { add_special_tokens: true })).ids
  const bare = encode('a')[0]
  const bos = own['bos_token'] ?? (begins !== bare && begins !== undefined ? library.id_to_token(begins) : undefined)
  const named = { ...own, eos_token: eos, bos_token: source === undefined && begins === bare ? '' : (bos ?? '') }
  const template = compileTemplate(source ?? PLAIN_TEMPLATE, named)
  const stops = [...json.added_tokens.map((t) => t.content), ...(eos ? [eos] : [])]
  return { template, layout: turnLayout(template, stops, eos), fromModel: source !== undefined }
}

/** Templates that refuse a system turn get its text at the head of the user's. */
function renderUser(template: ChatTemplate, user: string, system: string | undefined): string {
  const turn: ChatMessage = { role: 'user', content: user }
  if (system === undefined) return template.render([turn], true)
  try {
    return template.render([{ role: 'system', content: system }, turn], true)
  } catch {
    return template.render([{ role: 'user', content: `${system}\n\n${user}` }], true)
  }
}

/** Faults that a damaged file can hide until first use come out here. */
function selfTest(tokenizer: ChatTokenizer): void {
  const { promptIds, completionIds } = tokenizer.encodeTurn('Why is nacre tough? 3.5 µm', 'Layers.\n')
  tokenizer.decode([...promptIds, ...completionIds], { keepSpecial: true })
}
