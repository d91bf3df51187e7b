/**
 * @file What a document is about, and what "it", "the alloy" or "its" stand for. Simple and cautious: recent subjects that
 * agree in number, else the document's topic.
 */

import type { Document } from '../../artifacts.ts'
import { conceptKey, inner, isPerson } from './concepts.ts'
import { plural, singular } from './lexicon.ts'
import { GENERIC_NOUNS, PROPERTY_NOUNS } from './science-words.ts'
import type { Clause } from './clause-spans.ts'
import type { Tagged } from './tagger.ts'

export interface Entity {
  text: string
  plural: boolean
  person: boolean
  /** Number of the sentence it was the subject of. */
  at?: number
}

export interface Scope {
  topic: Entity
  /** Subjects of recent main clauses, latest first. */
  recent: Entity[]
  /** Last full noun phrase for a head noun: "process" to "the kraft process". */
  heads: Map<string, string>
  people: Entity[]
  /** Number of the sentence being read. */
  sentence: number
  /** The last sentence that spoke of the topic. */
  topicAt: number
}

const FILLER =
  /\b(?:how|what|why|from|to|in|on|and|or|with|of|for|the|a|an|its|their|is|are|made|notes?|introduction|overview|review|chapter|part|section|study|history|story|guide|properties|structure|manufacture|production|processing|applications?|uses?|first|new|under|between|about|towards?|using|via|by|at|into)\b/gi

/** The topic of a document from its title, the words of its file name and what its text says most. */
export function topicOf(document: Document | undefined, text: string): Entity {
  const lower = text.toLowerCase()
  const count = (phrase: string): number => {
    const form = conceptKey(phrase)
    if (form.length < 3) return 0
    let n = 0
    for (const f of new Set([form, plural(form), singular(form)])) {
      let at = lower.indexOf(f)
      while (at >= 0) {
        if (!/\p{L}/u.test(lower[at - 1] ?? ' ') && !/\p{L}/u.test(lower[at + f.length] ?? ' ')) n++
        at = lower.indexOf(f, at + f.length)
      }
    }
    return n
  }
  const stem = (document?.path ?? '')
    .replace(/^.*\//, '')
    .replace(/(?:#.*)?$/, '')
    .replace(/\.\w{1,5}$/, '')
    .replace(/[-_]+/g, ' ')
    .trim()
  let title = (document?.title ?? '').split(/[:;—–|(]/)[0]?.trim() ?? ''
  if (/\p{Lu}{3}/u.test(title) && title === title.toUpperCase() && !lowerless(title)) title = title.toLowerCase()
  const options = new Map<string, number>()
  const offer = (phrase: string, weight: number) => {
    const p = phrase.trim().replace(/\s+/g, ' ')
    if (p.length < 3 || /^\d+$/.test(p) || p.split(' ').length > 4) return
    const words = p.split(' ').length
    options.set(p, Math.max(options.get(p) ?? 0, weight + Math.min(6, count(p)) * (0.5 + 0.25 * words)))
  }
  let position = 0
  for (const part of title
    .replace(/['’]s\b/g, '')
    .split(/\s*(?:,|\b(?:and|in|of|for|with|from|to|on|or|by|under|into|at|the|its|their)\b)\s*/i)) {
    const clean = part.replace(FILLER, ' ').replace(/\s+/g, ' ').trim()
    if (clean)
      offer(
        clean,
        position++ === 0 ? (clean.toLowerCase() === stem.toLowerCase() ? 4.5 : count(clean) >= 3 ? 4 : 2.5) : 2,
      )
    const words = clean.split(' ')
    if (words.length > 1 && position === 1) offer(words.at(-1) ?? '', 1)
  }
  if (/[a-z]{3}/i.test(stem) && !/\d{4}/.test(stem) && stem.split(' ').length <= 4) {
    offer(stem, 2.5)
    for (const word of stem.split(' ')) if (stem.includes(' ') && word.length > 3) offer(word, 1.5)
  }
  let best = ''
  let top = -1
  for (const [phrase, score] of options) {
    if (score <= top) continue
    best = phrase
    top = score
  }
  // no title to speak of: the most frequent noun-like word of the text
  if (best === '') best = frequentWord(lower)
  const cased = surface(best, text)
  const last = cased.split(' ').at(-1) ?? ''
  return {
    text: cased,
    plural:
      /[^su]s$/.test(last) &&
      singular(last.toLowerCase()) !== last.toLowerCase() &&
      !/(?:glass|brass|ics|less)$/.test(last),
    person: false,
  }
}

const lowerless = (title: string) => title.split(' ').every((w) => w.length <= 5)

function frequentWord(lower: string): string {
  const counts = new Map<string, number>()
  for (const w of lower.match(/\p{L}{5,}/gu) ?? []) counts.set(w, (counts.get(w) ?? 0) + 1)
  const ranked = [...counts].filter(
    ([w]) =>
      !/^(?:which|their|there|these|those|about|other|between|through|under|would|could|where|while|being|because|after|before|using|whose|every|first|still)$/.test(
        w,
      ),
  )
  ranked.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return ranked[0]?.[0] ?? 'the subject'
}

/** The topic as the text writes it inside sentences (a title may capitalise it). */
function surface(phrase: string, text: string): string {
  const low = phrase.toLowerCase()
  if (new RegExp(`(?<![\\p{L}])${low.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}])`, 'u').test(text)) return low
  const capital = (phrase[0] ?? '').toUpperCase() + low.slice(1)
  if (!phrase.includes(' ') && text.split(capital).length > 2) return capital
  const inside = new RegExp(`[a-z,] (${phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})`, 'i').exec(text)
  if (inside) return inside[1] as string
  return /\p{Lu}{2}|\d/u.test(phrase) ? phrase : low
}

const THIRD = /^(?:it|they|he|she|them|him|this|that|these|those|itself|themselves|its|their|his|her)$/

/** A phrase with its pronouns replaced; undefined when something in it cannot be resolved. */
export function resolvePhrase(
  tokens: readonly Tagged[],
  scope: Scope,
  role: 'subject' | 'other',
  own?: Entity,
): string | undefined {
  if (tokens.length === 0) return ''
  const first = tokens[0] as Tagged
  const inClause = tokens.some((t) => /^(?:V[ZD0]|BE|HV|MD)$/.test(t.tag))
  if (tokens.length === 1 && first.tag === 'PRO') {
    const entity = pronoun(first.lower, scope, own)
    return entity?.text
  }
  // "the density" alone is a density of something
  const core = tokens.findIndex((t) => t.tag === 'P' || t.tag === 'REL')
  const np = core < 0 ? tokens : tokens.slice(0, core)
  const head = np.at(-1) as Tagged
  if (
    role === 'subject' &&
    first.lower === 'the' &&
    core < 0 &&
    /^(?:N|NS)$/.test(head.tag) &&
    PROPERTY_NOUNS.has(singular(head.lower)) &&
    !/^(?:process|structure|application|drawback|price|effect|composition)$/.test(head.lower)
  ) {
    return `${inner(tokens)} of ${scope.topic.text}`
  }
  const pure = np[1]
  if (
    first.lower === 'the' &&
    core < 0 &&
    np.length === 3 &&
    pure &&
    GENERIC_NOUNS.has(singular(head.lower)) &&
    /^(?:pure|finished|resulting|raw|natural|modern|commercial)$/.test(pure.lower) &&
    !scope.topic.plural
  )
    return `${/^(?:pure|raw|natural|modern|commercial)$/.test(pure.lower) ? `${pure.lower} ` : ''}${scope.topic.text}`
  if (/^(?:the|this|that|these|those|such)$/.test(first.lower) && np.length === 2 && /^(?:N|NS)$/.test(head.tag)) {
    const generic = core < 0 || first.lower !== 'the' ? genericFor(head, first.lower, scope) : undefined
    if (generic)
      return [generic, ...(core < 0 ? [] : [resolvePhrase(tokens.slice(core), scope, 'other', own) ?? ''])].join(' ')
    if (first.lower === 'such') return [head.text, ...tokens.slice(2).map((t) => t.text)].join(' ')
    if (/^(?:this|these|that|those)$/.test(first.lower)) return undefined
  }
  const out: string[] = []
  for (const [i, t] of tokens.entries()) {
    if (
      t.tag === 'GEN' &&
      i > 0 &&
      own &&
      /^(?:its|their)$/.test(t.lower) &&
      own.plural === (t.lower === 'their') &&
      own.text !== scope.topic.text
    ) {
      // within its own clause "its" needs no replacing
      out.push(t.text)
      continue
    }
    if (t.tag === 'GEN' && /^(?:its|their|his|her)$/.test(t.lower)) {
      if (tokens[i + 1]?.lower === 'own') return undefined
      const entity =
        t.lower === 'his' || t.lower === 'her'
          ? pronoun(t.lower, scope)
          : own && own.plural === (t.lower === 'their')
            ? own
            : pronoun(t.lower === 'its' ? 'it' : 'they', scope)
      if (!entity || entity.text.split(' ').length > 5) return undefined
      // "the pores of X" when the phrase begins with it, else "X's pores"
      if (i === 0) {
        const rest = tokens.slice(1)
        const stop = rest.findIndex((r) => /^(?:P|REL|M|CC|ADV|SUB|V.|BE|HV|MD|DO|TO|NOT)$/.test(r.tag))
        const head2 = stop < 0 ? rest : rest.slice(0, stop)
        const tail = stop < 0 ? [] : rest.slice(stop)
        const tailText = tail.length ? resolvePhrase(tail, scope, 'other', own) : ''
        if (tailText === undefined) return undefined
        return entity.person
          ? `${possessive(entity.text)} ${inner(rest)}`
          : `the ${inner(head2)} of ${entity.text}${tailText ? ` ${tailText}` : ''}`
      }
      out.push(possessive(entity.text))
    } else if (t.tag === 'PRO' && THIRD.test(t.lower) && !/^(?:this|that|these|those)$/.test(t.lower)) {
      if (/^(?:itself|themselves)$/.test(t.lower)) {
        out.push(t.text)
        continue
      }
      const entity =
        inClause &&
        own &&
        !own.person &&
        own.plural === /^(?:they|them)$/.test(t.lower) &&
        /^(?:it|they)$/.test(t.lower)
          ? own
          : pronoun(t.lower, scope, own)
      if (!entity) return undefined
      out.push(entity.text)
    } else if (t.tag === 'DET' && /^(?:this|these|such)$/.test(t.lower) && i > 0 && tokens[i + 1]) {
      const generic = genericFor(tokens[i + 1] as Tagged, t.lower, scope)
      if (generic && /^(?:N|NS)$/.test((tokens[i + 1] as Tagged).tag)) {
        out.push(generic)
        return `${joinWords(out, tokens.slice(i + 2))}`
      }
      out.push('the')
    } else out.push(i === 0 ? inner([t]) : t.text)
  }
  return joinWords(out, [])
}

function joinWords(out: readonly string[], rest: readonly Tagged[]): string {
  return [...out, ...rest.map((t) => t.text)].join(' ').replace(/\s+([,.;:])/g, '$1')
}

const possessive = (text: string) => (text.endsWith('s') ? `${text}'` : `${text}'s`)

function pronoun(word: string, scope: Scope, own?: Entity): Entity | undefined {
  if (/^(?:he|him|she|his|her)$/.test(word))
    return (
      scope.people.find((p) => !p.plural && /^\p{Lu}/u.test(p.text) && !/ and /.test(p.text)) ??
      scope.people.find((p) => !p.plural)
    )
  if (/^(?:they|them|their|these|those)$/.test(word)) {
    const found =
      scope.recent.find(
        (e) => e.plural && e.text !== own?.text && (e.at ?? 0) >= scope.sentence - 1 && e.text.split(' ').length <= 7,
      ) ??
      (scope.topic.plural ? scope.topic : undefined) ??
      scope.recent.find((e) => e.plural && e.text !== own?.text && e.text.split(' ').length <= 5)
    return found ?? (scope.topic.plural ? scope.topic : undefined)
  }
  if (/^(?:it|its)$/.test(word)) {
    const fits = (e: Entity) => !e.plural && !e.person && e.text !== own?.text && e.text.split(' ').length <= 6
    const found =
      scope.recent.find((e) => e.at === scope.sentence && fits(e)) ??
      (scope.topicAt >= scope.sentence - 1 && !scope.topic.plural ? scope.topic : undefined) ??
      scope.recent
        .filter((e) => e.at === scope.sentence - 1)
        .reverse()
        .find(fits)
    return found ?? (scope.topic.plural ? { ...scope.topic } : scope.topic)
  }
  return undefined
}

function genericFor(head: Tagged, article: string, scope: Scope): string | undefined {
  const one = singular(head.lower)
  if (article === 'such') return undefined
  const held = scope.heads.get(one)
  if (held && conceptKey(held) !== one) return held
  if (!GENERIC_NOUNS.has(one)) return undefined
  if (head.tag === 'NS' && !scope.topic.plural && article !== 'these') return undefined
  return scope.topic.text
}

/** Notes a clause's subject and phrases, so that later sentences can refer to them. */
export function remember(scope: Scope, clause: Clause, subject: string, said: string): void {
  const person = isPerson(clause.subject)
  const entity: Entity = { text: shortened(subject), plural: clause.plural, person, at: scope.sentence }
  const spoken = said.toLowerCase()
  if (spoken.includes(scope.topic.text.toLowerCase()) || clause.subject.some((t) => /^(?:it|its)$/.test(t.lower)))
    scope.topicAt = scope.sentence
  if (person && (clause.kind === 'main' || clause.kind === 'subordinate')) scope.people.unshift(entity)
  for (const a of clause.adjuncts)
    if (a.word === 'by' && isPerson(a.tokens)) scope.people.unshift({ text: a.text, plural: false, person: true })
  const measure = PROPERTY_NOUNS.has(singular(clause.head.lower))
  const vague =
    measure || (/^(?:NUM|QTY|DATE|ADV|PRO)$/.test(clause.subject[0]?.tag ?? '') && subject.split(' ').length > 1)
  const object = clause.complement
  if (
    object?.kind === 'NP' &&
    object.head?.tag === 'NS' &&
    object.tokens.length <= 4 &&
    clause.kind === 'main' &&
    !object.tokens.some((t) => t.tag === 'PRO' || t.tag === 'GEN')
  )
    scope.recent.unshift({ text: inner(object.tokens), plural: true, person: false, at: scope.sentence })
  if ((clause.kind === 'main' || clause.kind === 'subordinate') && !vague) {
    scope.recent.unshift(entity)
    scope.recent.length = Math.min(scope.recent.length, 5)
  }
  for (const tokens of [
    clause.subject,
    ...(clause.complement?.kind === 'NP' ? [clause.complement.tokens] : []),
    ...clause.adjuncts.filter((a) => a.kind === 'phrase').map((a) => a.tokens),
  ]) {
    const stop = tokens.findIndex((t) => /^(?:P|REL|M|CC|VN|VG|SUB)$/.test(t.tag))
    const np = stop < 0 ? tokens : tokens.slice(0, stop)
    const head = np.at(-1)
    if (!head || !/^(?:N|NS)$/.test(head.tag) || np.length < 2 || np.length > 4) continue
    const specific = np
      .slice(0, -1)
      .some(
        (t) =>
          /^(?:NAME|N|ADJ)$/.test(t.tag) &&
          !/^(?:same|new|other|first|second|whole|different|similar|such|own|next|last)$/.test(t.lower),
      )
    if (
      !specific ||
      np.some(
        (t) =>
          t.tag === 'GEN' ||
          t.tag === 'QTY' ||
          t.tag === 'DATE' ||
          /^(?:this|that|these|those|such|no|another)$/.test(t.lower),
      )
    )
      continue
    const bare = np[0]?.tag === 'DET' ? np.slice(1) : np
    scope.heads.set(singular(head.lower), `${np[0]?.tag === 'DET' && head.tag === 'N' ? 'the ' : ''}${inner(bare)}`)
  }
}

/** A subject without what follows its core, for reference by a pronoun. */
function shortened(subject: string): string {
  const cut =
    subject.split(
      / (?:that|which|who|made|called|named|known|bonded|attached|reinforced|such as|with|from|in|on|at|for) /,
    )[0] ?? subject
  return cut.split(' ').length <= 6 ? cut : subject
}
