/** @file What a chat template writes around an assistant's words, found by rendering a probe conversation. */

import type { ChatMessage, ChatTemplate } from './chat-template.ts'

const USER = 'Zq4userZq4'
const REPLY = 'Zq4replyZq4'

export interface TurnLayout {
  /** Follows the rendered prompt where the template has no generation prompt of its own; else empty. */
  header: string
  /** White space between the prompt and the reply: part of what the model writes. */
  lead: string
  /** From the end of the reply to the token that ends the turn, that token included. */
  ending: string
  /** The token that ends the turn. */
  stop: string
}

/**
 * @param stops strings that are single tokens and may end a turn
 * @param eos ends the turn where the template writes no such token
 * @throws Fault('bad-model') when the template cannot render a question
 */
export function turnLayout(template: ChatTemplate, stops: readonly string[], eos: string): TurnLayout {
  const user: ChatMessage = { role: 'user', content: USER }
  const prompt = template.render([user], true)
  const none: TurnLayout = { header: '', lead: '', ending: eos, stop: eos }
  const full = tryRender(template, [user, { role: 'assistant', content: REPLY }])
  if (full === undefined) return none
  const at = full.lastIndexOf(REPLY)
  if (at < 0) return none
  const between = full.startsWith(prompt) ? full.slice(prompt.length, at) : ''
  const blank = between.trim() === ''
  // Words between an unchanged prompt and the reply are the assistant's header, unless the template asks for
  // something to be skipped in training (an empty thought, say), which differs with the generation flag.
  const ignoresFlag = template.render([user], false) === prompt
  return {
    header: !blank && ignoresFlag ? between : '',
    lead: blank ? between : '',
    ...endingOf(full.slice(at + REPLY.length), stops, eos),
  }
}

function tryRender(template: ChatTemplate, messages: readonly ChatMessage[]): string | undefined {
  try {
    return template.render(messages, false)
  } catch {
    return undefined
  }
}

/** The first stop in `text`, the longest of those that begin at the same place. */
function endingOf(text: string, stops: readonly string[], eos: string): { ending: string; stop: string } {
  let at = Infinity
  let stop = ''
  for (const candidate of stops) {
    const found = text.indexOf(candidate)
    if (found < 0 || found > at || (found === at && candidate.length <= stop.length)) continue
    at = found
    stop = candidate
  }
  return stop === '' ? { ending: eos, stop: eos } : { ending: text.slice(0, at) + stop, stop }
}
