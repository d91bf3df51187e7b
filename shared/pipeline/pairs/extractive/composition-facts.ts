/** @file Facts of make-up: parts, their shares and their number. */

import type { AnswerType, FactForm, FactKind } from '../../artifacts.ts'
import { answerText } from './answers.ts'
import type { Draft } from './draft.ts'
import type { Tagged } from './tagger.ts'

/** Notes one fact; how its answer is cut and checked is the caller's. */
export type Add = (
  kind: FactKind,
  relation: string,
  object: string,
  target: FactForm['target'],
  answerType: AnswerType,
  over?: Partial<Draft>,
) => void

/** How many quantities of something a list holds. */
export function shares(tokens: readonly Tagged[]): number {
  return tokens.filter((t, i) => t.tag === 'QTY' && /^(?:N|NS|ADJ|NAME)$/.test(tokens[i + 1]?.tag ?? '')).length
}

/** "about 95 % stone" or "22 % tin". */
export function shareOf(tokens: readonly Tagged[]): { quantity: string; noun: string } | undefined {
  const at = tokens[0]?.tag === 'DET' ? 1 : 0
  const q = tokens[at]
  if (q?.tag !== 'QTY' && !(q?.tag === 'NUM' && /third|half|quarter|tenth/.test(q.lower))) return undefined
  let rest = tokens.slice(at + 1)
  if (rest[0]?.lower === 'of') rest = rest.slice(1)
  const stop = rest.findIndex((t) => /^(?:M|CC|P|REL)$/.test(t.tag))
  if (stop >= 0) rest = rest.slice(0, stop)
  if (!rest.length || !/^(?:N|NS|NAME)$/.test(rest.at(-1)?.tag ?? '') || rest[0]?.tag === 'ADV') return undefined
  return {
    quantity: q.text,
    noun: rest
      .filter((t) => t.tag !== 'DET')
      .map((t) => t.text)
      .join(' '),
  }
}

/** Parts of a composition: the list as a whole, each item, and each item's share. */
export function parts(
  tokens: readonly Tagged[],
  form: FactForm,
  verb: string,
  target: FactForm['target'],
  add: Add,
): void {
  const items: Tagged[][] = [[]]
  for (const t of tokens) {
    if (t.tag === 'M' || (t.tag === 'CC' && /^(?:and|or)$/.test(t.lower))) items.push([])
    else items.at(-1)?.push(t)
  }
  const lists = items.filter((i) => i.length > 0)
  const nouns: string[] = []
  for (const item of lists) {
    const share = shareOf(item)
    if (share) {
      nouns.push(share.noun)
      add(
        'property',
        /^(?:contain|include|have|hold)$/.test(verb) ? `${share.noun} content` : `share of ${share.noun}`,
        share.quantity,
        'property',
        'number',
      )
    } else nouns.push(answerText(item.map((t) => t.text).join(' ')))
  }
  const joined = nouns.length > 1 ? `${nouns.slice(0, -1).join(', ')} and ${nouns.at(-1)}` : (nouns[0] ?? '')
  if (joined && joined.split(' ').length <= 9)
    add('composition', verb, joined.split(' ').length > 6 ? (nouns[0] as string) : joined, target, 'thing')
}

/** "three valence electrons": how many. */
export function counted(tokens: readonly Tagged[], form: FactForm, add: Add): void {
  const at = tokens.findIndex((t) => t.tag === 'NUM')
  if (at < 0 || at > 1 || form.verb?.negated) return
  const noun = tokens[at + 1]
  if (!noun || !/^(?:NS|N|ADJ|VN)$/.test(noun.tag) || !tokens.slice(at + 1).some((t) => t.tag === 'NS')) return
  if (tokens.slice(0, at).some((t) => t.tag !== 'DET')) return
  const number = tokens[at] as Tagged
  if (/^(?:1|one)$/.test(number.lower)) return
  const stop = tokens.findIndex((t, i) => i > at && /^(?:M|CC|REL)$/.test(t.tag))
  const what = tokens
    .slice(at + 1, stop < 0 ? undefined : stop)
    .map((t) => t.text)
    .join(' ')
  if (what.split(' ').length <= 6) add('property', `number of ${what}`, number.text, 'property', 'number')
}
