/**
 * @file Parts of speech: candidate tags per word from the lexicon and endings, then the best sequence (Viterbi over tag
 * bigrams). The weights were set by hand; they need only be right about what ends up in which constituent.
 */

import { isNounVerb, isScienceVerb, isPersonName, isVerbForm, lexiconTags, verbBase, conjugate } from './lexicon.ts'
import { REPORT_VERBS } from './science-words.ts'
import { CLOSED, MULTI, NEXT, type Tag, type Weights } from './tag-weights.ts'
import type { Token } from './tokens.ts'

export interface Tagged extends Token {
  tag: Tag
}

const NOUN_TAGS = /^(?:Singular|Uncountable|Noun|Actor|Unit|Duration|Currency|Organization)$/
/** Third persons that are hardly ever plural nouns. */
const VERBAL_S =
  /^(?:conducts|acts|runs|melts|yields|lies|bears|holds|shows|lasts|wears|tears|swells|shrinks|burns|needs|helps|reaches|lacks|leads|keeps|lets|stays|exhibits|permits|absorbs|consists|begins|grows)$/
const ADJ_ENDING =
  /(?:ous|ic|ical|ive|able|ible|ary|less|ful|ish|ular|oid|ant|ent|al|ar|ian|ese|like|based|free|rich|proof|resistant|shaped|sized|scale|type|friendly)$/

function candidates(token: Token, first: boolean): Weights {
  if (token.shape === 'mark') return { M: 0 }
  if (token.shape === 'quantity') return { QTY: 0 }
  if (token.shape === 'number') return { NUM: 0 }
  if (token.shape === 'date') return { DATE: 0 }
  const w = token.lower
  const fixed = CLOSED[w]
  if (fixed && !(token.capital && !first && w !== 'i')) return fixed
  if (/[’']s?$/.test(w) && w.length > 2) return { GEN: 0 }
  const out: Weights = {}
  const put = (tag: Tag, weight: number) => {
    out[tag] = Math.max(out[tag] ?? -99, weight)
  }
  const acronym = /\p{Lu}.*\p{Lu}|\p{L}\d|[₀-₉]/u.test(token.text)
  if (acronym) return { NAME: 0, N: -0.3, ADJ: -1.5 }
  const tags = lexiconTags(w)
  if (token.capital && !first) {
    put('NAME', 0.5)
    if (tags.includes('Demonym')) put('ADJ', 0.5)
    return out
  }
  if (token.capital && first && isPersonName(token.text) && !tags.some((t) => /Infinitive|Singular|Adjective/.test(t)))
    put('NAME', 0.6)
  for (const tag of tags) {
    if (NOUN_TAGS.test(tag) && !(tag === 'Actor' && tags.includes('Plural'))) put('N', 0)
    else if (tag === 'Noun?') put('N', -0.1)
    else if (tag === 'Plural') put('NS', 0)
    else if (tag === 'Plural?') put('NS', -0.2)
    else if (tag === 'Adjective' || tag === 'Comparative' || tag === 'Superlative' || tag === 'Demonym') put('ADJ', 0.2)
    else if (tag === 'Adj?') put('ADJ', 0)
    else if (tag === 'Adverb') put('ADV', 0.1)
    else if (tag === 'Preposition') put('P', 0)
    else if (tag === 'Ordinal') put('ADJ', 0)
    else if (tag === 'TextValue' || tag === 'Multiple') put('NUM', 0)
    else if (/Name$|^City$|^Country$|^Region$|^Place$|^ProperNoun$/.test(tag) && first && token.capital)
      put('NAME', 0.2)
  }
  if (tags.includes('Comparative')) put('ADV', -0.6)
  if (isVerbForm(w)) {
    const base = verbBase(w)
    const p = conjugate(base)
    const rare = isNounVerb(base) && !isScienceVerb(base) ? -0.9 : 0
    if (w === p.base) put('V0', isNounVerb(base) ? -0.4 + rare : 0)
    if (w === p.third) put('VZ', isNounVerb(base) ? -0.2 + rare : 0)
    if (w === p.past) put('VD', 0)
    if (w === p.participle) put('VN', 0)
    if (w === p.gerund) put('VG', 0)
    if (isNounVerb(base) && w === p.base) put('N', 0)
    if (isNounVerb(base) && w === p.third) put('NS', -0.3)
  } else if (/[a-z]{2}ed$/.test(w) && !out.ADJ && !out.N) {
    put('VD', -0.2)
    put('VN', 0)
  } else if (/[a-z]{3}ing$/.test(w) && !out.N) put('VG', 0)
  if (out.VG !== undefined) {
    put('N', -0.7)
    put('ADJ', -1.5)
  }
  if (/ing$/.test(w) && isVerbForm(w) && out.N !== undefined && !lexiconTags(w).includes('Singular'))
    out.N = Math.min(out.N, -0.7)
  if (VERBAL_S.test(w) && out.NS !== undefined) out.NS = -1.2
  if (out.VN !== undefined) put('ADJ', -0.8)
  if (/(?:ed|ing)$/.test(w) && isVerbForm(w) && out.ADJ !== undefined && !/-/.test(w)) out.ADJ = Math.min(out.ADJ, -0.8)
  if (out.N !== undefined && out.ADJ !== undefined) out.ADJ = Math.min(out.ADJ, 0)
  if (/-/.test(w) && /(?:ed|ing|en|shaped|like|based|free|rich|bound|made|grown|spun|drawn)$/.test(w)) put('ADJ', 0.4)
  if (
    /^(?:non|self|multi|cross|high|low|single|double|two|three|four|wear|well|long|short|face|body|close|cold|hot|large|small|wide|deep)-/.test(
      w,
    )
  )
    put('ADJ', 0)
  const adverb =
    /ly$/.test(w) &&
    w.length > 4 &&
    !out.N &&
    !out.ADJ &&
    !/^(?:assembly|anomaly|butterfly|dragonfly|firefly|monopoly|supply|jelly|belly|family)$/.test(w)
  if (adverb) return { ADV: 0.5, ...(tags.includes('Adjective') ? { ADJ: 0.2 } : {}) }
  const unknown = Object.keys(out).length === 0
  if (unknown && isVerbForm(singularVerb(w)) && verbBase(singularVerb(w)) === singularVerb(w)) put('VZ', -0.2)
  if ((unknown || !(out.N !== undefined || out.V0 !== undefined)) && ADJ_ENDING.test(w) && w.length > 4 && !out.ADV)
    put('ADJ', 0.1)
  if (unknown || (token.capital && first && !tags.length)) {
    if (/[^su]s$/.test(w) && !/(?:is|ics)$/.test(w)) {
      put('NS', 0)
      if (!token.capital && w.length > 4 && !/ies$/.test(w)) put('VZ', -1.5)
    }
    if (!/[^su]s$/.test(w) || /(?:is|ics)$/.test(w)) put('N', ADJ_ENDING.test(w) && w.length > 4 ? -0.5 : 0)
    if (token.capital) put('NAME', tags.length ? -1 : -0.1)
    if (/(?:ise|ize|ify)$/.test(w)) put('V0', 0)
    if (/(?:ises|izes|ifies)$/.test(w)) put('VZ', 0.2)
  }
  if (out.V0 !== undefined && out.N === undefined && out.ADJ === undefined) put('N', isVerbForm(w) ? -1 : -0.5)
  if (Object.keys(out).length === 0) put('N', 0)
  return out
}

const singularVerb = (w: string) => (w.endsWith('es') ? w.slice(0, -2) : w.endsWith('s') ? w.slice(0, -1) : '')

const MISSING = -1.8
const TAG_INDEX = Object.fromEntries(
  'DET GEN PRO QTY NUM DATE ADJ ADV N NS NAME V0 VZ VD VN VG MD BE HV DO TO P SUB CC REL EX NOT M'
    .split(' ')
    .map((t, i) => [t, i]),
) as Record<Tag, number>

/** The tokens with their most likely tags; multi-word function words are joined into one token. */
export function tag(tokens: readonly Token[]): Tagged[] {
  const joined = joinFunctionWords(tokens)
  const options = joined.map(({ token, fixed }, i) => (fixed ? { [fixed]: 0.5 } : candidates(token, i === 0)))
  // State: tag, finite verbs still owed (0-2), whether a conjunction or comma has freed another one.
  let states: State[] = [{ tag: 'START', owed: 1, free: 0, score: 0 }]
  for (const [i, weights] of options.entries()) {
    const next = new Map<number, State>()
    for (const [key, weight] of Object.entries(weights)) {
      const to = key as Tag
      for (const from of states) {
        const state = step(joined, i, from, to)
        state.score += weight + (NEXT[from.tag]?.[to] ?? MISSING) + context(joined, i, from.tag, to)
        const id = TAG_INDEX[to] * 8 + state.owed * 2 + state.free
        const held = next.get(id)
        if (!held || state.score > held.score) next.set(id, state)
      }
    }
    states = [...next.values()]
  }
  let best: State | undefined
  for (const state of states) if (!best || state.score - OWED * state.owed > best.score - OWED * best.owed) best = state
  const tags: Tag[] = []
  for (let i = joined.length - 1; i >= 0 && best; i--) {
    tags[i] = best.tag as Tag
    best = best.back
  }
  return repair(joined.map(({ token }, i) => ({ ...token, tag: tags[i] as Tag })))
}

interface State {
  tag: Tag | 'START'
  owed: number
  free: number
  score: number
  back?: State
}

/** Cost of a clause left without its finite verb. */
const OWED = 1.6
/** Cost of a finite verb that no clause waits for. */
const SURPLUS = 1.2

function step(items: readonly { token: Token }[], i: number, from: State, to: Tag): State {
  let { owed, free } = from
  let score = from.score
  const word = items[i]?.token.lower ?? ''
  if (to === 'SUB' || to === 'REL' || word === 'whose') owed = Math.min(3, owed + 1)
  else if (to === 'CC') free = 1
  else if (to === 'M') {
    if (word === ',') free = 1
    else if (/^[;:.—!?]$/.test(word)) {
      score -= OWED * owed
      owed = word === '.' ? 0 : 1
      free = 0
    }
  } else if (
    FINITE.has(to) &&
    !/^(?:been|being|be)$/.test(word) &&
    from.tag !== 'TO' &&
    !(to === 'V0' && /^(?:MD|DO|NOT|ADV)$/.test(from.tag)) &&
    !(to === 'BE' && from.tag === 'HV')
  ) {
    if (owed > 0) {
      owed -= 1
      free = 0
    } else if (free) {
      free = 0
      // far from the conjunction a participle is likelier: "in a steel vessel filled with argon"
      if (/^(?:N|NS)$/.test(from.tag) && to === 'VD' && CLOSED[items[i + 1]?.token.lower ?? '']?.P !== undefined)
        score -= 0.7
    } else score -= SURPLUS
  }
  return { tag: to, owed, free, score, back: from }
}

/** Agreement between neighbours that a tag bigram cannot see. */
function context(items: readonly { token: Token }[], i: number, prev: Tag | 'START', to: Tag): number {
  const before = items[i - 1]?.token.lower ?? ''
  const word = items[i]?.token.lower ?? ''
  if (prev === 'DET' && /^(?:a|an|this|that|each|every|another)$/.test(before) && to === 'NS') return -2.5
  if (prev === 'DET' && /^(?:these|those|both|several|many|few)$/.test(before) && to === 'N') return -0.8
  if (prev === 'PRO' && to === 'V0' && /^(?:it|he|she|this|that|one)$/.test(before)) return -2.5
  if (prev === 'PRO' && to === 'VZ' && /^(?:they|we|these|those|both|many|i|you)$/.test(before)) return -2.5
  if (prev === 'P' && before === 'of' && to === 'VG') return -0.3
  if (prev === 'N' && to === 'V0' && items.slice(Math.max(0, i - 6), i).some((t) => t.token.lower === 'and')) return 1.5
  if (prev === 'P' && to === 'PRO' && /^(?:they|he|she|we|i)$/.test(word)) return -4
  if (prev === 'P' && to === 'PRO' && word === 'it' && before === 'as') return -2
  if (word === 'as' && to === 'SUB' && /^(?:they|it|he|she|we|i)$/.test(items[i + 1]?.token.lower ?? '')) return 2
  if (word === 'that' && to === 'SUB' && /^V[ZD0N]$/.test(prev) && REPORT_VERBS.has(verbBase(before))) return 1.8
  if (word === 'as' && to === 'SUB' && items[i + 1] && /^(?:a|an)$/.test(items[i + 1]?.token.lower ?? '')) return -1
  return 0
}

function joinFunctionWords(tokens: readonly Token[]): { token: Token; fixed?: Tag }[] {
  const out: { token: Token; fixed?: Tag }[] = []
  for (let i = 0; i < tokens.length;) {
    const hit = MULTI.find(([phrase]) => phrase.split(' ').every((w, k) => tokens[i + k]?.lower === w))
    if (hit && !(hit[0] === 'so far' && tokens[i + 2]?.lower === 'as')) {
      const n = hit[0].split(' ').length
      const span = tokens.slice(i, i + n)
      out.push({
        token: { ...(span[0] as Token), text: span.map((t) => t.text).join(' '), lower: hit[0] },
        fixed: hit[1],
      })
      i += n
    } else out.push({ token: tokens[i++] as Token })
  }
  return out
}

const FINITE = new Set<Tag>(['VZ', 'VD', 'BE', 'MD', 'HV', 'DO', 'V0'])

/** A participle, or an adjective that could be one. */
function participle(t: Tagged | undefined): boolean {
  return t !== undefined && (t.tag === 'VN' || (t.tag === 'ADJ' && t.lower.endsWith('ed') && isVerbForm(t.lower)))
}

/**
 * "A probe, launched in 1999, held out a tray": of two participles behind commas with no finite verb before them the second
 * is the verb, and so is one that follows an apposition, unless a verb comes behind a later comma.
 */
function finishAppositions(tagged: Tagged[]): void {
  let start = 0
  for (let end = 0; end <= tagged.length; end++) {
    if (end < tagged.length && !/^[;:.]$/.test(tagged[end]?.lower ?? '')) continue
    const part = tagged.slice(start, end)
    start = end + 1
    if (/^(?:VN|SUB|VG)$/.test(part[0]?.tag ?? '')) continue
    const commas = part.flatMap((t, i) => (t.lower === ',' ? [i] : []))
    const at = commas.find((c, n) => n > 0 && participle(part[c + 1]) && part[c + 2]?.lower !== 'by')
    if (at === undefined) continue
    const before = part.slice(0, at)
    const finiteBefore = before.some((t) => FINITE.has(t.tag)) || before.some((t) => t.tag === 'SUB' || t.tag === 'REL')
    const finiteAfter = commas.some((c) => c > at && FINITE.has(part[c + 1]?.tag ?? 'M'))
    const verb = part[at + 1]
    if (!finiteBefore && !finiteAfter && verb) verb.tag = 'VD'
  }
}

/** A sentence needs a finite verb: when none was found, the likeliest word that could be one becomes it. */
function repair(tagged: Tagged[]): Tagged[] {
  const finite = tagged.some(
    (t, i) =>
      FINITE.has(t.tag) &&
      !/^(?:be|been|being|having)$/.test(t.lower) &&
      !(t.tag === 'V0' && tagged[i - 1]?.tag === 'TO'),
  )
  if (!finite) {
    const at = tagged.findIndex((t, i) => {
      if (i === 0 || t.shape !== 'word' || t.capital) return false
      const before = tagged[i - 1] as Tagged
      if (!/^(?:N|NS|NAME|PRO|ADV)$/.test(before.tag)) return false
      const options = candidates(t, false)
      return before.tag === 'NS'
        ? options.V0 !== undefined || options.VD !== undefined
        : options.VZ !== undefined || options.VD !== undefined
    })
    const token = tagged[at]
    if (token) {
      const options = candidates(token, false)
      token.tag =
        tagged[at - 1]?.tag === 'NS' && options.V0 !== undefined ? 'V0' : options.VZ !== undefined ? 'VZ' : 'VD'
    }
  }
  finishAppositions(tagged)
  for (const [i, t] of tagged.entries()) {
    const before = tagged[i - 1]
    const after = tagged[i + 1]
    // "Edmund de Smedt"
    if (
      before?.tag === 'NAME' &&
      after?.capital &&
      /^(?:de|von|van|der|den|la|le|del|di|da|du|bin|ibn|ter|ten)$/.test(t.lower)
    )
      t.tag = 'NAME'
    // "a rival from ...": an adjective with a determiner and no noun is the noun
    if (
      t.tag === 'ADJ' &&
      before &&
      /^(?:DET|GEN|ADJ)$/.test(before.tag) &&
      (!after ||
        after.lower === '.' ||
        after.lower === ';' ||
        (after.lower === ',' && !/^(?:ADJ|N|NS|NAME|VN)$/.test(tagged[i + 2]?.tag ?? 'M')) ||
        /^(?:P|BE|VZ|VD|MD|HV|REL)$/.test(after.tag)) &&
      !/^(?:than|as)$/.test(after?.lower ?? '')
    ) {
      let k = i - 1
      while (tagged[k]?.tag === 'ADJ') k--
      if (/^(?:DET|GEN)$/.test(tagged[k]?.tag ?? '') && !/^(?:as|so|too)$/.test(tagged[k - 1]?.lower ?? '')) t.tag = 'N'
    }
    // "in 751" with no noun to count is a year
    if (
      t.tag === 'NUM' &&
      /^\d{3,4}$/.test(t.text) &&
      before &&
      /^(?:in|by|since|until|before|after)$/.test(before.lower) &&
      !/^(?:N|NS|ADJ|NAME|P)$/.test(tagged[i + 1]?.tag ?? 'M')
    ) {
      t.tag = 'DATE'
      t.shape = 'date'
    }
    // a past form straight after a form of "be" or "have" is a participle, whatever the tagger thought
    if (t.tag === 'VD' && before && /^(?:BE|HV)$/.test(before.tag)) t.tag = 'VN'
    if (
      t.tag === 'VN' &&
      before?.tag === 'PRO' &&
      !tagged.slice(0, i).some((b) => FINITE.has(b.tag)) &&
      /^(?:it|he|she|they)$/.test(before.lower)
    )
      t.tag = 'VD'
  }
  return tagged
}
