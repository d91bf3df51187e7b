/**
 * @file Parts of speech: candidate tags per word from the lexicon and endings, then the best sequence (Viterbi over tag
 * bigrams). The weights were set by hand; they need only be right about what ends up in which constituent.
 */

import { isNounVerb, isScienceVerb, isPersonName, isVerbForm, lexiconTags, verbBase, conjugate } from './lexicon.ts'
import { REPORT_VERBS } from './science-words.ts'
import type { Token } from './tokens.ts'

export type Tag =
  | 'DET' | 'GEN' | 'PRO' | 'QTY' | 'NUM' | 'DATE' | 'ADJ' | 'ADV' | 'N' | 'NS' | 'NAME'
  | 'V0' | 'VZ' | 'VD' | 'VN' | 'VG' | 'MD' | 'BE' | 'HV' | 'DO' | 'TO' | 'P' | 'SUB' | 'CC' | 'REL' | 'EX' | 'NOT' | 'M' // prettier-ignore

export interface Tagged extends Token {
  tag: Tag
}

type Weights = Partial<Record<Tag, number>>

const CLOSED: Record<string, Weights> = {}
const closed = (tag: Tag, weight: number, text: string) => {
  for (const word of text.trim().split(/\s+/)) (CLOSED[word] ??= {})[tag] = weight
}
closed(
  'DET',
  0,
  'the a an this these those each every some any no both all another either neither such what whatever half several many most few much more less fewer enough other',
)
closed(
  'PRO',
  0,
  'it they he she we i you them him us me itself themselves himself herself one ones others nothing something anything everything everyone nobody none another neither these those this each most many some all both such several much',
)
closed('GEN', 0, 'its their his our my your whose')
CLOSED.her = { GEN: 0, PRO: -0.5 }
closed(
  'P',
  0,
  'of in on at by with without from into onto over under above below between among amongst through throughout during within toward towards against across along around about beneath beside besides beyond despite near inside outside upon via per like unlike than as for until till since before after behind off up down out amid past except plus minus versus opposite unto because_of due_to owing_to thanks_to such_as as_well_as rather_than according_to instead_of in_front_of on_top_of in_spite_of by_means_of in_terms_of along_with together_with apart_from out_of next_to up_to away_from because_of as_a_result_of in_addition_to depending_on including following regarding concerning containing?',
)
closed(
  'SUB',
  0,
  'because if when while whereas although though unless since before after until till once whenever wherever where as that so how why whether so_that in_order_that even_though as_soon_as even_if as_long_as provided lest hence_',
)
closed('REL', 0, 'that which who whom whose where')
closed('CC', 0, 'and or but nor yet & so')
closed('MD', 0.5, 'can could may might must shall should will would cannot')
closed('BE', 1, "is are was were be been being am isn't aren't wasn't weren't")
closed('HV', 0.5, 'has have had having')
closed('DO', 0.3, 'do does did')
closed('NOT', 0.5, "not n't never")
closed(
  'ADV',
  0,
  'very too quite rather also then thus hence however therefore moreover furthermore nevertheless still even often always usually sometimes now later soon once twice ago here there again already almost nearly just only merely so far well more most less least much yet up down out away back together apart instead otherwise indeed perhaps both first afterwards about around enough especially particularly long ever else elsewhere thereby meanwhile likewise scarcely hardly barely forever forward forwards backwards outwards inwards upwards downwards sideways as seldom rarely either alone apiece overnight today nowadays namely altogether',
)
closed(
  'ADJ',
  0,
  'such many few several more most less same other own first last next only main chief due like able certain various whole worth third second such_',
)
closed('EX', 0.5, 'there')
for (const word of ['later', 'earlier']) CLOSED[word] = { ADV: 0.4, ADJ: -0.6 }
CLOSED.to = { TO: 0.3, P: 0 }
CLOSED.that = { REL: 0.3, DET: 0, SUB: 0.2, PRO: -0.5 }
CLOSED.like = { P: 0.3, V0: -1 }
CLOSED.may = { MD: 0.5 }
CLOSED.saw = { VD: 0.2, N: -0.3 }
CLOSED.lay = { VD: 0.1, V0: -0.2 }
CLOSED.ground = { N: 0.2, VN: 0, VD: -0.4 }
CLOSED.wound = { VN: 0, VD: 0, N: -0.3 }
CLOSED.bound = { VN: 0.1, VD: -0.3 }
CLOSED.rose = { VD: 0, N: -0.3 }
CLOSED.fell = { VD: 0.3 }
CLOSED.felt = { VD: 0, VN: 0, N: -0.5 }
CLOSED.clad = { VN: 0.2 }
CLOSED.became = { VD: 0.3 }
CLOSED.become = { VN: 0, V0: 0 }
for (const word of ['off', 'on', 'over', 'through', 'across']) (CLOSED[word] ??= {}).ADV = -0.8
CLOSED.back = { ADV: 0.2, N: -0.1, ADJ: -0.5 }
CLOSED.called = { VN: 0.3, VD: 0 }
CLOSED.using = { VG: 0.5 }
CLOSED.there = { EX: 0.3, ADV: 0 }
CLOSED.including = { P: 0.5 }
CLOSED.following = { P: -0.3, ADJ: 0, VG: -0.5 }
CLOSED.half = { DET: 0, N: 0, ADV: -0.5 }
CLOSED.least = { ADV: 0, ADJ: 0 }
CLOSED.so = { ADV: 0, CC: 0, SUB: -0.2 }
CLOSED.when = { SUB: 0.5 }
CLOSED.which = { REL: 1 }
CLOSED.who = { REL: 1 }
CLOSED.one = { PRO: 0, NUM: 0.1, DET: -0.2 }
CLOSED.alike = { ADV: 0 }
CLOSED.made = { VN: 0, VD: 0 }
CLOSED.found = { VN: 0.2, VD: 0.1, V0: -3 }
CLOSED.left = { VN: 0, VD: 0, ADJ: 0, N: -1 }
CLOSED.open = { ADJ: 0.3, V0: -0.3 }
CLOSED.close = { ADJ: 0.2, ADV: -0.3, V0: -0.7 }
CLOSED.well = { ADV: 0.5, N: -2 }
CLOSED.long = { ADJ: 0.3, ADV: 0 }
CLOSED.due = { ADJ: 0.3 }
CLOSED.her = { GEN: 0.2, PRO: -0.3 }
CLOSED.lies = { VZ: 0.3, NS: -2 }
CLOSED.rings = { NS: 0.2, VZ: -0.5 }
CLOSED.means = { VZ: 0, NS: 0 }
CLOSED.cannot = { MD: 0.5 }
CLOSED.per = { P: 0.5 }
CLOSED.below = { P: 0.3, ADV: 0 }

/** Words that belong together and act as one function word. */
const MULTI: readonly [string, Tag][] = [
  ['because of', 'P'], ['due to', 'P'], ['owing to', 'P'], ['thanks to', 'P'], ['such as', 'P'], ['as well as', 'P'], ['rather than', 'P'], ['according to', 'P'], ['instead of', 'P'],
  ['by means of', 'P'], ['in terms of', 'P'], ['along with', 'P'], ['together with', 'P'], ['apart from', 'P'], ['out of', 'P'], ['next to', 'P'], ['away from', 'P'], ['as a result of', 'P'], ['in addition to', 'P'],
  ['in spite of', 'P'], ['by way of', 'P'], ['with respect to', 'P'], ['on account of', 'P'], ['so that', 'SUB'], ['even though', 'SUB'], ['even if', 'SUB'], ['as soon as', 'SUB'], ['as long as', 'SUB'], ['in order to', 'TO'], ['so as to', 'TO'],
  ['provided that', 'SUB'], ['in that', 'SUB'], ['as if', 'SUB'], ['of course', 'ADV'], ['at first', 'ADV'], ['at last', 'ADV'], ['in turn', 'ADV'], ['in part', 'ADV'], ['at once', 'ADV'], ['for example', 'ADV'], ['for instance', 'ADV'], ['by itself', 'ADV'], ['in fact', 'ADV'], ['in general', 'ADV'],
  ['in particular', 'ADV'], ['at all', 'ADV'], ['so far', 'ADV'], ['each other', 'PRO'], ['one another', 'PRO'], ['no one', 'PRO'], ['as such', 'ADV'], ['up to', 'P'], ['in contrast', 'ADV'], ['by contrast', 'ADV'], ['in addition', 'ADV'], ['as a result', 'ADV'], ['side by side', 'ADV'], ['a little', 'ADV'], ['at least', 'ADV'], ['no longer', 'ADV'],
  ['side by side', 'ADV'], ['weight for weight', 'ADV'], ['compared with', 'P'], ['compared to', 'P'], ['depending on', 'P'], ['known as', 'VN'], ['more than', 'ADV'], ['less than', 'ADV'], ['as yet', 'ADV'], ['in situ', 'ADV'], ['in vitro', 'ADV'], ['in vivo', 'ADV'],
] // prettier-ignore

const NOUN_TAGS = /^(?:Singular|Uncountable|Noun|Actor|Unit|Duration|Currency|Organization)$/
/** Third persons that are hardly ever plural nouns. */
const VERBAL_S = /^(?:conducts|acts|runs|melts|yields|lies|bears|holds|shows|lasts|wears|tears|swells|shrinks|burns|needs|helps|reaches|lacks|leads|keeps|lets|stays|exhibits|permits|absorbs|consists|begins|grows)$/
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

const NEXT: Partial<Record<Tag | 'START', Weights>> = {
  START: { DET: 1, PRO: 1, GEN: 0.7, N: 0.3, NS: 0.7, NAME: 1, ADJ: 0.3, ADV: 0.6, P: 0.8, SUB: 1, VG: -0.2, VN: -0.6, V0: -2.5, VZ: -4, VD: -3.5, QTY: 0.5, NUM: 0.5, DATE: 0, EX: 1, TO: 0.2, CC: 0, MD: -3, BE: -3, HV: -3, REL: -3 },
  DET: { N: 2, NS: 2, ADJ: 1.7, NAME: 1.2, QTY: 1, NUM: 1, VN: 0.8, VG: -0.2, ADV: -0.4, PRO: -1, DET: -0.5, GEN: -1, DATE: 0.6, P: -2, CC: -3, M: -3, BE: -3, HV: -4, MD: -4, REL: -3, V0: -5, VZ: -5, VD: -5, TO: -4, SUB: -4, EX: -5 },
  GEN: { N: 2, NS: 2, ADJ: 1.6, NAME: 1, QTY: 0.6, NUM: 0.6, VN: 0, VG: 0, ADV: -0.8, P: -3, BE: -3, V0: -5, VZ: -5, VD: -5, M: -3, DET: -4, CC: -3 },
  ADJ: { N: 2, NS: 2, ADJ: 0.6, NAME: 0.2, CC: 0.5, P: 0.6, M: 0.6, TO: 0.3, VG: -0.6, VN: -1.2, SUB: 0, REL: -0.6, ADV: -0.6, BE: -1.2, HV: -2, MD: -1.5, DET: -2.5, PRO: -2, V0: -2.5, VZ: -3, VD: -2.5, NUM: -1, QTY: -0.5, DATE: -1 },
  N: { P: 1.2, BE: 1.2, VZ: 1.5, VD: 0.3, VN: 0.2, N: 0.7, NS: 0.8, M: 1, CC: 1, MD: 1, HV: 1, DO: 0.8, V0: -2.6, ADV: 0.3, DET: -1.7, GEN: -2, ADJ: -1.3, REL: 0.9, SUB: 0.5, TO: 0.3, NAME: -0.3, PRO: -1, VG: -0.2, QTY: -1, NUM: -0.2, DATE: -1, NOT: -1 },
  NS: { P: 1.2, BE: 1.2, V0: 1.4, VD: 0.4, VN: 0.3, VZ: -2.4, N: -1.6, NS: -1.8, M: 1, CC: 1, MD: 1, HV: 1, DO: 0.8, ADV: 0.3, DET: -1.6, GEN: -2, ADJ: -0.9, REL: 0.9, SUB: 0.5, TO: 0.4, NAME: -1, PRO: -0.8, VG: 0.1, QTY: -1, NUM: -1, DATE: -1, NOT: -1 },
  NAME: { NAME: 1.5, BE: 1, VZ: 1, VD: 1, VN: 0, V0: -0.8, P: 1, M: 1, CC: 0.9, MD: 0.8, HV: 0.9, N: 0.5, NS: 0.4, NUM: 0.4, REL: 0.5, ADV: 0.2, DET: -1.5, ADJ: -0.7, QTY: -0.8, DATE: -0.3, SUB: 0.2, TO: 0, VG: -0.5, PRO: -1.2, GEN: -1 },
  PRO: { VZ: 1.2, VD: 1.2, V0: 0.9, BE: 1.4, HV: 1.2, MD: 1.3, DO: 1, ADV: 0.7, P: 0.6, M: 0.6, VN: -1, N: -3, NS: -3, ADJ: -0.9, DET: -0.8, CC: 0.2, VG: -0.2, TO: 0, REL: -0.2, NAME: -1.5, SUB: 0, QTY: 0, NUM: -0.8, DATE: -1 },
  QTY: { N: 0.9, NS: 0.9, M: 1, P: 1, CC: 0.8, ADJ: 0.6, BE: 0.5, VZ: 0, VD: 0, ADV: 0.2, TO: 0, REL: 0, SUB: 0.3, DET: -2, VN: -0.5, VG: -0.5, NAME: 0, MD: 0.3, V0: -1 },
  NUM: { N: 1.3, NS: 1.7, ADJ: 1, NAME: 0.2, M: 0.6, P: 0.7, CC: 0.4, BE: 0, VZ: -0.6, VD: -0.5, ADV: -0.5, VN: -0.2, VG: -0.5, DET: -2, TO: -0.2, V0: -1, NUM: -0.5 },
  DATE: { M: 1, P: 1, CC: 0.8, N: 0.3, NS: 0.3, DET: 0, NAME: 0.2, VD: 0.3, VZ: 0.2, BE: 0.5, HV: 0.5, MD: 0.4, ADV: 0, SUB: 0.4, VN: -0.3, ADJ: 0, REL: 0.2, PRO: 0, TO: -0.5, VG: 0 },
  ADV: { ADJ: 1, VN: 0.9, VD: 0.6, VZ: 0.6, V0: 0.4, ADV: 0.5, P: 0.6, M: 0.8, DET: 0.2, BE: 0, HV: -0.2, MD: -0.2, N: -0.7, NS: -0.5, SUB: 0.4, CC: 0.2, VG: 0.2, TO: 0.2, PRO: 0, NAME: 0, QTY: 0.8, NUM: 0.8, DATE: 0.3, GEN: 0, REL: -1 },
  V0: { DET: 1.2, N: 0.2, NS: 0.6, ADJ: 0.5, P: 0.9, ADV: 0.6, PRO: 0.7, GEN: 1, NAME: 0.4, QTY: 0.9, NUM: 0.8, M: 0.3, TO: 0.2, VG: -0.3, SUB: 0, CC: 0, REL: 0, VN: -0.8, VZ: -4, VD: -4, BE: -3, HV: -3, MD: -3, DATE: 0, V0: -2.5 },
  VZ: { DET: 1.2, N: 0.2, NS: 0.6, ADJ: 0.5, P: 0.9, ADV: 0.6, PRO: 0.7, GEN: 1, NAME: 0.4, QTY: 0.9, NUM: 0.8, M: 0.1, TO: 0.5, VG: -0.3, SUB: 0, CC: -0.2, REL: 0.1, VN: -0.8, VZ: -4, VD: -4, BE: -3, HV: -3, MD: -3, DATE: 0, V0: -2.5 },
  VD: { DET: 1.2, N: 0.2, NS: 0.6, ADJ: 0.4, P: 0.9, ADV: 0.6, PRO: 0.7, GEN: 1, NAME: 0.4, QTY: 0.8, NUM: 0.8, M: 0.1, TO: 0.4, VG: -0.3, SUB: 0.5, CC: 0, REL: 0.1, VN: -0.8, VZ: -4, VD: -4, BE: -3, HV: -3, MD: -3, DATE: 0, V0: -2.5 },
  VN: { P: 1.3, ADV: 0.6, M: 0.7, TO: 0.7, CC: 0.4, N: 0.5, NS: 0.6, DET: -0.2, ADJ: -0.2, NAME: 0.2, DATE: 0, SUB: 0.1, QTY: 0.3, NUM: 0.2, VN: -1, VD: -2.5, VZ: -2, BE: -0.7, HV: -1, MD: -1, PRO: -0.7, V0: -2, VG: -0.5, GEN: 0.3, REL: -0.3 },
  VG: { DET: 1, N: 0.6, NS: 0.7, ADJ: 0.5, P: 0.8, ADV: 0.5, PRO: 0.5, GEN: 0.8, NAME: 0.3, QTY: 0.6, NUM: 0.5, M: 0.4, TO: 0.2, VG: -1.5, VZ: -0.4, VD: -0.9, BE: 0.2, MD: 0.2, HV: 0, SUB: 0, CC: 0.4, REL: 0, VN: -0.8, V0: -1.5 },
  MD: { V0: 2, BE: 1.5, HV: 1.2, ADV: 0.8, NOT: 1.2, DO: 0, VN: -3, VD: -3, VZ: -4, N: -2.5, NS: -3, DET: -2, P: -1.5, PRO: 0, ADJ: -2, M: -1, VG: -3 },
  BE: { VN: 1.5, VG: 0.6, ADJ: 1.2, DET: 1, ADV: 0.8, NOT: 1, P: 0.8, N: 0.2, NS: 0.3, QTY: 1, NUM: 0.7, GEN: 0.7, PRO: 0, NAME: 0.4, TO: 0.4, SUB: 0.2, VD: -3, VZ: -4, V0: -3, BE: 0.5, M: -0.3, REL: 0, CC: -0.6, DATE: 0.2, EX: -0.5, MD: -3, HV: -3 },
  HV: { VN: 1.5, BE: 1.5, DET: 1, ADV: 0.8, NOT: 0.8, N: 0.5, NS: 0.6, ADJ: 0.6, QTY: 0.9, NUM: 0.9, GEN: 0.5, PRO: 0, TO: 0.4, P: -0.5, VD: -3, VZ: -4, V0: -3, M: -1, NAME: 0, HV: -1 },
  DO: { NOT: 1.2, V0: 1, ADV: 0.5, DET: 0, PRO: 0, M: 0, P: 0, N: -1 },
  NOT: { V0: 1, VN: 1, BE: 0.5, ADJ: 0.8, ADV: 0.7, DET: 0.6, P: 0.4, HV: 0, VG: 0.2, N: -1.5, VD: 0, VZ: 0, M: -0.5, TO: 0.3 },
  TO: { V0: 2.5, BE: 1.5, HV: 0.8, DO: 0.5, ADV: 0, DET: -3.5, N: -4, NS: -4, NAME: -4, VZ: -5, VD: -5, VN: -4, VG: -4, P: -4, QTY: -4, NUM: -4, PRO: -4, GEN: -4, ADJ: -4, M: -4, SUB: -4, REL: -4 },
  P: { DET: 1.2, N: 0.9, NS: 1, NAME: 1, ADJ: 0.8, VG: 0.5, GEN: 1, QTY: 1, NUM: 0.9, DATE: 1, PRO: 0.3, REL: 0.2, ADV: -0.3, P: -0.7, VN: -1, V0: -4, VZ: -5, VD: -4, BE: -2.5, HV: -4, MD: -4, M: -1.2, CC: -1.5, SUB: -0.8, TO: -3, EX: -3 },
  SUB: { DET: 1.2, PRO: 1.2, N: 0.7, NS: 0.9, NAME: 0.8, ADJ: 0.6, GEN: 0.9, EX: 0.8, NUM: 0.4, QTY: 0.4, VN: 0, VG: -0.2, ADV: 0.2, P: -0.1, V0: -3, VZ: -2.5, VD: -2.5, BE: -1.5, HV: -3, MD: -2.5, TO: -1, M: -1.5, SUB: -0.5, REL: -2, DATE: 0.1 },
  REL: { VZ: 1.2, VD: 1.2, V0: 1, BE: 1.3, HV: 1.1, MD: 1.2, DET: 0.4, PRO: 0.5, ADV: 0.4, NAME: 0.2, NS: 0, N: -0.5, VN: -1, VG: -2, ADJ: -0.8, GEN: 0, P: -0.5, M: -1, TO: -1, DO: 0.5, EX: 0 },
  CC: { DET: 0.8, N: 0.8, NS: 0.8, ADJ: 0.7, NAME: 0.7, VZ: 0.3, VD: 0.4, VN: 0.4, V0: 0, VG: 0.2, GEN: 0.6, PRO: 0.6, P: 0.4, ADV: 0.5, QTY: 0.7, NUM: 0.6, BE: 0, HV: 0, MD: 0, DATE: 0.2, SUB: 0.3, TO: 0.1, NOT: 0.4, REL: 0.1, M: -1, EX: 0.2 },
  EX: { BE: 2, MD: 1, HV: 1, VZ: 0.5, M: -1, N: -3, DET: -3 },
  M: { DET: 0.8, N: 0.5, NS: 0.6, NAME: 0.6, ADJ: 0.5, PRO: 0.7, GEN: 0.6, P: 0.7, REL: 0.7, SUB: 0.7, CC: 1, ADV: 0.5, VG: 0.4, VN: 0.3, VZ: 0.3, VD: -0.2, V0: -1.2, BE: 0, HV: 0, MD: 0, QTY: 0.5, NUM: 0.4, DATE: 0.4, TO: 0.3, EX: 0.4, M: 0, NOT: 0.2, DO: 0 },
} // prettier-ignore

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
    }
    else if (free) {
      free = 0
      // far from the conjunction a participle is likelier: "in a steel vessel filled with argon"
      if (/^(?:N|NS)$/.test(from.tag) && to === 'VD' && CLOSED[items[i + 1]?.token.lower ?? '']?.P !== undefined) score -= 0.7
    }
    else score -= SURPLUS
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
    if (hit && !(hit[0] === 'so far' && tokens[i + 2]?.lower === 'as') && !(hit[0] === 'due to' && i === 0 && false)) {
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
    const at = commas.find((c, n) => n > 0 && part[c + 1]?.tag === 'VN' && part[c + 2]?.lower !== 'by')
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
      (!after || after.lower === '.' || after.lower === ';' || (after.lower === ',' && !/^(?:ADJ|N|NS|NAME|VN)$/.test(tagged[i + 2]?.tag ?? 'M')) || /^(?:P|BE|VZ|VD|MD|HV|REL)$/.test(after.tag)) &&
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
