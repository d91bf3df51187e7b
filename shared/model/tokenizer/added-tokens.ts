/** @file Gives token strings ids of their own: an existing id, a reserved slot, or the next free one. */

import type { AddedToken, TokenizerJson } from './tokenizer-json.ts'

/** Unused slots that vocabularies keep for extension: Llama 3, Gemma, Mistral, Phi and others. */
const RESERVED = /^(?:<\|reserved_(?:special_token_)?\d+\|>|<unused\d+>|\[control_\d+\]|<SPECIAL_\d+>|<\|extra_\d+\|>)$/

export interface Addition {
  json: TokenizerJson
  /** Tokens that the tokenizer did not know as one unit. */
  added: string[]
  /** One id for each asked token, in order. */
  ids: number[]
  /** Reserved slots that were renamed: old content to new. */
  renamed: Map<string, string>
}

/**
 * Adds `tokens` as single units. They are not marked special: a thought is text to its reader, and a decoder that
 * drops special tokens must keep it.
 * @param useReserved rename reserved slots, as long as there are any, so that the embedding need not grow
 */
export function addTokens(json: TokenizerJson, tokens: readonly string[], useReserved: boolean): Addition {
  const byContent = new Map(json.added_tokens.map((t) => [t.content, t]))
  const vocabulary = vocabularyOf(json)
  const slots = useReserved ? json.added_tokens.filter((t) => RESERVED.test(t.content)).sort((a, b) => a.id - b.id) : []
  const list = [...json.added_tokens]
  const added: string[] = []
  const renamed = new Map<string, string>()
  let next = highestId(json) + 1
  const ids = tokens.map((content) => {
    const known = byContent.get(content)
    if (known) return known.id
    // A reserved slot that is in the vocabulary proper would keep its old name there.
    const slot = vocabulary.has(content) ? undefined : slots.find((s) => !vocabulary.has(s.content))
    const id = vocabulary.get(content) ?? slot?.id ?? next++
    const token: AddedToken = {
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: false,
    }
    if (slot) {
      slots.splice(slots.indexOf(slot), 1)
      list[list.findIndex((t) => t.id === slot.id)] = token
      renamed.set(slot.content, content)
    } else list.push(token)
    byContent.set(content, token)
    added.push(content)
    return id
  })
  return { json: { ...json, added_tokens: list.sort((a, b) => a.id - b.id) }, added, ids, renamed }
}

/** Token to id, added tokens not included. */
function vocabularyOf(json: TokenizerJson): Map<string, number> {
  const vocab = json.model['vocab']
  if (Array.isArray(vocab)) return new Map((vocab as [string, number][]).map(([token], id) => [token, id]))
  return new Map(Object.entries(vocab as Record<string, number>))
}

/** The highest id in use. */
export function highestId(json: TokenizerJson): number {
  let highest = -1
  for (const id of vocabularyOf(json).values()) if (id > highest) highest = id
  for (const { id } of json.added_tokens) if (id > highest) highest = id
  return highest
}
