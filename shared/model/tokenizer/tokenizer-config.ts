/** @file tokenizer_config.json and its companions: named tokens and chat template in, the exported set of files out. */

import { messageOf } from '../../base/errors.ts'
import { tokenizerFault, type Json, type TokenizerJson } from './tokenizer-json.ts'

const NAMED = ['bos_token', 'eos_token', 'pad_token', 'unk_token'] as const

export interface TokenizerConfig {
  /** The file as it came. */
  raw: Json
  /** Token strings by name; a name that is not set is absent. */
  named: Readonly<Partial<Record<(typeof NAMED)[number], string>>>
  /** Where the file has several templates: the one called `default`, else the first. */
  chatTemplate: string | undefined
  /** Follows renamed reserved tokens in the lists that name tokens. */
  rename(renamed: ReadonlyMap<string, string>): void
}

/**
 * @param value contents of tokenizer_config.json: text, parsed JSON, or nothing
 * @throws Fault('bad-model')
 */
export function checkTokenizerConfig(value: unknown): TokenizerConfig {
  const file = 'tokenizer_config.json'
  let parsed = value ?? {}
  if (typeof parsed === 'string') {
    try {
      parsed = JSON.parse(parsed)
    } catch (error) {
      throw tokenizerFault([`not valid JSON (${messageOf(error)})`], file, error)
    }
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw tokenizerFault(['wanted a JSON object'], file)
  const raw: Json = { ...(parsed as Json) }
  const named: Partial<Record<(typeof NAMED)[number], string>> = {}
  for (const name of NAMED) {
    const given = raw[name] ?? undefined
    if (given === undefined) continue
    const text = contentOf(given)
    if (text === undefined) throw tokenizerFault([`${name}: wanted a text or an object with "content"`], file)
    named[name] = text
  }
  return {
    raw,
    named,
    chatTemplate: templateOf(raw['chat_template'], file),
    rename(renamed) {
      const list = raw['additional_special_tokens']
      // A renamed slot is a thought token from now on, and those are not special.
      if (Array.isArray(list)) raw['additional_special_tokens'] = list.filter((t) => !renamed.has(contentOf(t) ?? ''))
    },
  }
}

/** A token is written as text, or as an object that holds it. */
function contentOf(token: unknown): string | undefined {
  if (typeof token === 'string') return token
  const content = typeof token === 'object' && token !== null ? (token as Json)['content'] : undefined
  return typeof content === 'string' ? content : undefined
}

function templateOf(value: unknown, file: string): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string') return value
  const entries = Array.isArray(value) ? (value as unknown[]) : []
  const templates = entries.flatMap((entry) => {
    const { name, template } = (typeof entry === 'object' && entry !== null ? entry : {}) as Json
    return typeof name === 'string' && typeof template === 'string' ? [{ name, template }] : []
  })
  const chosen = templates.find((t) => t.name === 'default') ?? templates[0]
  if (!chosen) throw tokenizerFault(['chat_template: wanted a text, or a list of {"name", "template"}'], file)
  return chosen.template
}

/** The files that make the tokenizer again, in transformers as here. `eosToken` fills a missing end token in. */
export function tokenizerFiles(
  json: TokenizerJson,
  config: TokenizerConfig,
  chatTemplate: string,
  eosToken: string | undefined,
): Record<string, string> {
  const named = { ...(eosToken === undefined ? {} : { eos_token: eosToken }), ...config.named }
  const decoder = Object.fromEntries(json.added_tokens.map(({ id, ...token }) => [String(id), token]))
  const extra = config.raw['additional_special_tokens']
  const settings = {
    tokenizer_class: 'PreTrainedTokenizerFast',
    clean_up_tokenization_spaces: false,
    ...config.raw,
    ...named,
    added_tokens_decoder: decoder,
    chat_template: chatTemplate,
  }
  return {
    'tokenizer.json': JSON.stringify(json, null, 1) + '\n',
    'tokenizer_config.json': JSON.stringify(settings, null, 2) + '\n',
    'special_tokens_map.json':
      JSON.stringify({ ...named, ...(extra === undefined ? {} : { additional_special_tokens: extra }) }, null, 2) +
      '\n',
    'chat_template.jinja': chatTemplate,
  }
}
