/**
 * @file The dictionary behind the tagger: compromise's word lists and inflection tables, and word lists of our own for
 * what a scientist writes. Only this file knows compromise; its tagger is not used (4 ms a sentence is too slow here).
 */

import nlp from 'compromise/two'
import { NOUN_VERBS, SCIENCE_NOUNS, SCIENCE_VERBS } from './science-words.ts'

interface CompromiseModel {
  one: { lexicon: Record<string, string | string[]> }
  two: { switches: Record<string, string> }
}
interface VerbForms {
  Infinitive: string
  PastTense: string
  PresentTense: string
  Gerund: string
  Participle?: string
}
interface CompromiseMethods {
  two: {
    transform: {
      verb: {
        toInfinitive(word: string, model: CompromiseModel, tense: string): string
        conjugate(word: string, model: CompromiseModel): VerbForms
      }
      noun: {
        toSingular(word: string, model: CompromiseModel): string
        toPlural(word: string, model: CompromiseModel): string
      }
    }
  }
}

const model = nlp.model() as CompromiseModel
const methods = nlp.methods() as CompromiseMethods

/** The five forms of a verb. */
export interface VerbParadigm {
  base: string
  third: string
  past: string
  participle: string
  gerund: string
}

const IRREGULAR: Record<string, Partial<VerbParadigm>> = {
  be: { third: 'is', past: 'was', participle: 'been', gerund: 'being' },
  have: { third: 'has', past: 'had', participle: 'had', gerund: 'having' },
  do: { third: 'does', past: 'did', participle: 'done', gerund: 'doing' },
  melt: { past: 'melted', participle: 'melted' },
  lay: { past: 'laid', participle: 'laid' },
  lie: { past: 'lay', participle: 'lain', gerund: 'lying' },
  wind: { past: 'wound', participle: 'wound' },
  bind: { past: 'bound', participle: 'bound' },
  grind: { past: 'ground', participle: 'ground' },
  find: { past: 'found', participle: 'found' },
  found: { past: 'founded', participle: 'founded' },
  hold: { past: 'held', participle: 'held' },
  withstand: { past: 'withstood', participle: 'withstood' },
  overcome: { past: 'overcame', participle: 'overcome' },
  undergo: { past: 'underwent', participle: 'undergone' },
  clad: { past: 'clad', participle: 'clad' },
  cast: { past: 'cast', participle: 'cast' },
  spread: { past: 'spread', participle: 'spread' },
  split: { past: 'split', participle: 'split' },
  set: { past: 'set', participle: 'set' },
  cut: { past: 'cut', participle: 'cut' },
  put: { past: 'put', participle: 'put' },
  spin: { past: 'spun', participle: 'spun' },
  stick: { past: 'stuck', participle: 'stuck' },
  make: { past: 'made', participle: 'made', gerund: 'making' },
  draw: { past: 'drew', participle: 'drawn' },
  grow: { past: 'grew', participle: 'grown' },
  show: { past: 'showed', participle: 'shown' },
  bear: { past: 'bore', participle: 'borne' },
  wear: { past: 'wore', participle: 'worn' },
  tear: { past: 'tore', participle: 'torn' },
  swell: { past: 'swelled', participle: 'swollen' },
  weave: { past: 'wove', participle: 'woven' },
  arise: { past: 'arose', participle: 'arisen' },
  bend: { past: 'bent', participle: 'bent' },
  become: { past: 'became', participle: 'become' },
  sink: { past: 'sank', participle: 'sunk' },
  shrink: { past: 'shrank', participle: 'shrunk' },
  drive: { past: 'drove', participle: 'driven' },
  lend: { past: 'lent', participle: 'lent' },
  lead: { past: 'led', participle: 'led' },
  feed: { past: 'fed', participle: 'fed' },
  win: { past: 'won', participle: 'won', gerund: 'winning' },
  dig: { past: 'dug', participle: 'dug', gerund: 'digging' },
  tie: { gerund: 'tying' },
  die: { gerund: 'dying' },
  see: { past: 'saw', participle: 'seen' },
  saw: { past: 'sawed', participle: 'sawn' },
  heat: { past: 'heated', participle: 'heated' },
  emit: { third: 'emits', past: 'emitted', participle: 'emitted', gerund: 'emitting' },
}

const paradigms = new Map<string, VerbParadigm>()
/** Inflected form to the bases it may belong to, for every verb of both lists. */
const formToBase = new Map<string, string>()
const nounSet = new Set<string>(SCIENCE_NOUNS)
const nounVerbs = new Set<string>(NOUN_VERBS)

/** All forms of the verb `base`. */
export function conjugate(base: string): VerbParadigm {
  const known = paradigms.get(base)
  if (known) return known
  const forms = methods.two.transform.verb.conjugate(base, model)
  const doubled = /^[^aeiou]*[aeiou][bdgmnprt]$/.test(base) ? base + base.at(-1) : base
  const past = forms.PastTense || (base.endsWith('e') ? `${base}d` : `${doubled}ed`)
  const paradigm: VerbParadigm = {
    base,
    third: forms.PresentTense || `${base}s`,
    past,
    participle: forms.Participle || past,
    gerund: forms.Gerund || `${base}ing`,
    ...IRREGULAR[base],
  }
  paradigms.set(base, paradigm)
  return paradigm
}

function learn(base: string): void {
  const p = conjugate(base)
  for (const form of [p.third, p.past, p.participle, p.gerund]) if (!formToBase.has(form)) formToBase.set(form, base)
  formToBase.set(base, base)
}

for (const base of Object.keys(IRREGULAR)) learn(base)
for (const base of [...SCIENCE_VERBS, ...NOUN_VERBS]) learn(base)
for (const [word, tag] of Object.entries(model.one.lexicon))
  if (tag === 'Infinitive' && /^[a-z]+$/.test(word)) learn(word)
for (const [word, pair] of Object.entries(model.two.switches))
  if (pair === 'Noun|Verb' && /^[a-z]{3,}$/.test(word)) {
    nounVerbs.add(word)
    learn(word)
  }

const PAST_OF: Record<string, string> = {
  saw: 'see',
  lay: 'lie',
  found: 'find',
  ground: 'grind',
  wound: 'wind',
  bound: 'bind',
  rose: 'rise',
  fell: 'fall',
  left: 'leave',
  felt: 'feel',
  bore: 'bear',
  clad: 'clad',
  dove: 'dive',
  became: 'become',
  lies: 'lie',
  lied: 'lie',
  leaves: 'leave',
}

/** Base form of an inflected verb; unknown forms are taken apart by their endings. */
export function verbBase(form: string): string {
  const known = PAST_OF[form] ?? formToBase.get(form)
  if (known) return known
  for (const [ending, tense] of [
    ['ing', 'Gerund'],
    ['ed', 'PastTense'],
    ['s', 'PresentTense'],
  ] as const)
    if (form.endsWith(ending)) return methods.two.transform.verb.toInfinitive(form, model, tense) || form
  return form
}

/** Whether the word is a form of a listed verb. */
export function isVerbForm(form: string): boolean {
  return formToBase.has(form)
}

/** Whether a verb's base form is also an everyday noun ("heat", "line"). */
export function isNounVerb(base: string): boolean {
  return nounVerbs.has(base)
}

const scienceVerbs = new Set<string>(SCIENCE_VERBS)
/** Whether a verb is in our own list of verbs that science uses as verbs. */
export function isScienceVerb(base: string): boolean {
  return scienceVerbs.has(base)
}

const SAME = new Set([
  'gas',
  'lens',
  'glass',
  'mass',
  'stress',
  'series',
  'species',
  'brass',
  'basis',
  'axis',
  'bus',
  'process',
  'canvas',
  'kudzu',
])
const PLURALS: Record<string, string> = {
  axes: 'axis',
  bases: 'base',
  fibres: 'fibre',
  matrices: 'matrix',
  analyses: 'analysis',
  hypotheses: 'hypothesis',
  hyphae: 'hypha',
  setae: 'seta',
  spectra: 'spectrum',
  phenomena: 'phenomenon',
  media: 'medium',
  data: 'data',
  criteria: 'criterion',
  nuclei: 'nucleus',
  moduli: 'modulus',
  radii: 'radius',
  vertices: 'vertex',
  indices: 'index',
  leaves: 'leaf',
  halves: 'half',
  lattices: 'lattice',
  dice: 'dice',
  aerogels: 'aerogel',
  gases: 'gas',
  lenses: 'lens',
  dies: 'die',
  women: 'woman',
  men: 'man',
  people: 'person',
  teeth: 'tooth',
  feet: 'foot',
  mice: 'mouse',
  bacteria: 'bacterium',
  larvae: 'larva',
  fungi: 'fungus',
}

/** Singular of a lower-case noun. */
export function singular(word: string): string {
  const listed = PLURALS[word]
  if (listed) return listed
  if (SAME.has(word) || !word.endsWith('s') || /(ss|us|is|ics)$/.test(word)) return word
  if (/(ches|shes|sses|xes|zzes)$/.test(word)) return word.slice(0, -2)
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`
  return word.slice(0, -1)
}

/** Plural of a lower-case noun. */
export function plural(word: string): string {
  const irregular = Object.entries(PLURALS).find(([, one]) => one === word)
  if (irregular) return irregular[0]
  if (/(s|x|ch|sh|z)$/.test(word)) return `${word}es`
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return `${word}s`
}

/** What the lists say of a lower-case word: tags as compromise names them. */
export function lexiconTags(word: string): readonly string[] {
  const tag = Object.hasOwn(model.one.lexicon, word) ? model.one.lexicon[word] : undefined
  const tags = tag === undefined ? [] : Array.isArray(tag) ? [...tag] : [tag]
  const pair = Object.hasOwn(model.two.switches, word) ? model.two.switches[word] : undefined
  if (pair) tags.push(...pair.split('|').map((t) => `${t}?`))
  if (nounSet.has(word)) tags.push('Singular')
  return tags
}

/** Whether a capitalised word is listed as a given name or a surname. */
export function isPersonName(word: string): boolean {
  return lexiconTags(word.toLowerCase()).some((t) => /^(FirstName|MaleName|FemaleName|LastName|Person)$/.test(t))
}

/** Whether a word names people by their country: "american". */
export function isDemonym(word: string): boolean {
  return lexiconTags(word).includes('Demonym')
}

/** Whether a word is listed as a given name. */
export function isGivenName(word: string): boolean {
  return lexiconTags(word.toLowerCase()).some((t) => /^(FirstName|MaleName|FemaleName)$/.test(t))
}

/** Whether a name is listed as a town, region or country. */
export function isPlaceName(name: string): boolean {
  return lexiconTags(name.toLowerCase()).some((t) => /^(City|Country|Region|Place)$/.test(t))
}
