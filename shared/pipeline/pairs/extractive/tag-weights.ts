/** @file The tables of the tagger: closed word classes, function words of several words, and the weights of tag after tag. */

export type Tag =
  | 'DET' | 'GEN' | 'PRO' | 'QTY' | 'NUM' | 'DATE' | 'ADJ' | 'ADV' | 'N' | 'NS' | 'NAME'
  | 'V0' | 'VZ' | 'VD' | 'VN' | 'VG' | 'MD' | 'BE' | 'HV' | 'DO' | 'TO' | 'P' | 'SUB' | 'CC' | 'REL' | 'EX' | 'NOT' | 'M' // prettier-ignore

export type Weights = Partial<Record<Tag, number>>

/** Tags of function words with their weights; every other word gets its tags from the lexicon and its endings. */
export const CLOSED: Record<string, Weights> = {}
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
export const MULTI: readonly [string, Tag][] = [
  ['because of', 'P'], ['due to', 'P'], ['owing to', 'P'], ['thanks to', 'P'], ['such as', 'P'], ['as well as', 'P'], ['rather than', 'P'], ['according to', 'P'], ['instead of', 'P'],
  ['by means of', 'P'], ['in terms of', 'P'], ['along with', 'P'], ['together with', 'P'], ['apart from', 'P'], ['out of', 'P'], ['next to', 'P'], ['away from', 'P'], ['as a result of', 'P'], ['in addition to', 'P'],
  ['in spite of', 'P'], ['by way of', 'P'], ['with respect to', 'P'], ['on account of', 'P'], ['so that', 'SUB'], ['even though', 'SUB'], ['even if', 'SUB'], ['as soon as', 'SUB'], ['as long as', 'SUB'], ['in order to', 'TO'], ['so as to', 'TO'],
  ['provided that', 'SUB'], ['in that', 'SUB'], ['as if', 'SUB'], ['of course', 'ADV'], ['at first', 'ADV'], ['at last', 'ADV'], ['in turn', 'ADV'], ['in part', 'ADV'], ['at once', 'ADV'], ['for example', 'ADV'], ['for instance', 'ADV'], ['by itself', 'ADV'], ['in fact', 'ADV'], ['in general', 'ADV'],
  ['in particular', 'ADV'], ['at all', 'ADV'], ['so far', 'ADV'], ['each other', 'PRO'], ['one another', 'PRO'], ['no one', 'PRO'], ['as such', 'ADV'], ['up to', 'P'], ['in contrast', 'ADV'], ['by contrast', 'ADV'], ['in addition', 'ADV'], ['as a result', 'ADV'], ['side by side', 'ADV'], ['a little', 'ADV'], ['at least', 'ADV'], ['no longer', 'ADV'],
  ['side by side', 'ADV'], ['weight for weight', 'ADV'], ['compared with', 'P'], ['compared to', 'P'], ['depending on', 'P'], ['known as', 'VN'], ['more than', 'ADV'], ['less than', 'ADV'], ['as yet', 'ADV'], ['in situ', 'ADV'], ['in vitro', 'ADV'], ['in vivo', 'ADV'],
] // prettier-ignore

/** Weight of a tag after another: rough log odds, set by hand. */
export const NEXT: Partial<Record<Tag | 'START', Weights>> = {
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
