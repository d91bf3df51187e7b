/** @file Concepts: the normal form by which two mentions are the same thing, and tests of what kind of thing a phrase names. */

import { isDemonym, isGivenName, isPersonName, isPlaceName, singular } from './lexicon.ts'
import type { Tagged } from './tagger.ts'
import { textOf } from './tokens.ts'

const ARTICLE =
  /^(?:the|a|an|this|that|these|those|its|their|his|her|our|each|every|some|any|most|many|all|both|such|certain|various|several|another|typical|ordinary|common|modern|other)\s+/i

/** Lower case, no articles or quotation marks, last word singular. */
export function conceptKey(text: string): string {
  let out = text
    .toLowerCase()
    .replace(/[“”"‘’']s?\b/g, '')
    .replace(/[^\p{L}\p{N}%./+-]+/gu, ' ')
    .trim()
  while (ARTICLE.test(out)) out = out.replace(ARTICLE, '')
  const words = out.split(' ')
  const last = words.pop() ?? ''
  return [...words, singular(last)].join(' ')
}

/** The words of a text that carry meaning, singular and lower-case. */
export function contentWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((w) => w.length > 1 && !STOP.has(w))
    .map(singular)
}

const STOP = new Set(
  'the a an of in on at by for from to with and or but nor as is are was were be been being it its they their them this that these those which who whom whose what when where why how than then so such not no do does did has have had can could may might must will would shall should into onto over under about around up down out off only also very more most less least much many few some any all both each every other another one through between among during within without after before because since while although though if until per via we our you your he she his her there here'.split(
    ' ',
  ),
)

const ORGANISATION =
  /^(?:University|Institute|Institution|Laborator(?:y|ies)|Company|Works|Corporation|Corp\.?|Inc\.?|Ltd\.?|College|School|Academy|Society|Museum|Ministry|Department|Agency|Group|Office|Station|Association|Council|Bank|Bros\.?|Electric|Glass|Steel|Chemical|Chemicals|Industries|Motors|Telescope|Bridge|Tower|Prize|Patent|Age|Bath|Lake|River|Mountain|Sea|Ocean|Street|Avenue|Hall|House|Court|Process|Nature|Science|NASA|IBM)$/

/** Nouns for people by what they do. */
export const PERSON_NOUN =
  /^(?:\w*(?:ologists?|chemists?|physicists?|scientists?|artists?|botanists?|metallurgists?|crystallographers?|engineers?|founders?|builders?|smiths?|makers?|researchers?|inventors?|teachers?|manufacturers?|astronomers?|mathematicians?|technicians?|craftsm[ae]n|workm[ae]n|fisherm[ae]n|theorists?|specialists?)|bricklayers?|shepherds?|prisoners?|architects?|soldiers?|sailors?|hunters?|divers?|doctors?|surgeons?|dentists?|students?|professors?|brothers?|sisters?|people|men|women|man|woman|scholars?|alchemists?|curators?|artisans?|officials?|emperors?|kings?|queens?|monks?|merchants?|pupils?|colleagues?|assistants?|refiners?|printers?|experts?|authors?|pioneers?|naturalists?|explorers?|workers?|farmers?|potters?|miners?|weavers?|physicians?|cooks?|gardeners?|clergym[ae]n|apothecar(?:y|ies))$/i

/** Whether the phrase names a person or persons. */
export function isPerson(tokens: readonly Tagged[]): boolean {
  const core = tokens.filter((t) => t.tag !== 'DET' && t.tag !== 'ADV')
  if (!core.length) return false
  const names = core.filter((t) => t.lower !== 'and' && t.text !== ',')
  if (names.every((t) => t.tag === 'NAME')) {
    if (names.length > 8 || names.some((t) => ORGANISATION.test(t.text) || /\d|^[A-Z]{2,}$/.test(t.text))) return false
    const first = names[0] as Tagged
    if (names.length === 1) return isPersonName(first.text) && !isPlaceName(first.text)
    return (
      isGivenName(first.text) ||
      isPersonName((names.at(-1) as Tagged).text) ||
      /^[A-Z]\.$/.test(first.text) ||
      /^(?:Dr|Prof|Sir|Lord|Lady|Mr|Mrs)\.?$/.test(first.text)
    )
  }
  if (
    core.at(-1)?.tag === 'NAME' &&
    core.some((t) => t.tag === 'N' && PERSON_NOUN.test(t.lower)) &&
    core.every((t) => /^(?:NAME|N|ADJ)$/.test(t.tag))
  )
    return true
  const of = core.findIndex((t) => t.tag === 'P')
  const head = (of < 0 ? core : core.slice(0, of)).at(-1)
  if (!head) return false
  if (/^(?:N|NS)$/.test(head.tag) && PERSON_NOUN.test(head.lower)) return true
  return of > 0 && isPerson(core.slice(0, of))
}

/** Whether the phrase is a place by its words. */
export function isPlace(tokens: readonly Tagged[]): boolean {
  const core = tokens.filter((t) => t.tag !== 'DET')
  return (
    core.length > 0 &&
    core.some((t) => t.tag === 'NAME') &&
    !isPerson(tokens) &&
    !core.some((t) => /^(?:DATE|QTY|NUM)$/.test(t.tag))
  )
}

/** Text of tokens as it stands inside a sentence: a sentence-initial capital is lowered unless it is a name. */
export function inner(tokens: readonly Tagged[]): string {
  const first = tokens[0]
  if (!first) return ''
  const text = textOf(tokens)
  if (/^(?:QTY|NUM|DATE)$/.test(first.tag))
    return /^(?:January|February|March|April|May|June|July|August|September|October|November|December|AD|BC)/.test(text)
      ? text
      : (text[0] ?? '').toLowerCase() + text.slice(1)
  if (first.tag === 'GEN' && !/^(?:its|their|his|her|our|my|your|whose)$/.test(first.lower)) return text
  if (first.tag === 'ADJ' && isDemonym(first.lower)) return text
  return first.tag !== 'NAME' &&
    first.capital &&
    !/^(?:I|[A-Z]{2,}.*|[A-Z]-.*|.*\p{Lu}.*\p{Lu}.*|.*\d.*)$/u.test(first.text) &&
    !isPersonName(first.text)
    ? text[0]?.toLowerCase() + text.slice(1)
    : text
}

/** First letter upper-case. */
export function capitalised(text: string): string {
  return /^(?:pH|[a-z]-|mRNA)/.test(text) ? text : (text[0] ?? '').toUpperCase() + text.slice(1)
}
