/** @file Enough English morphology for the generator: plurals, verb forms, articles, capitals, agreement. */

const IRREGULAR_PLURALS: Readonly<Record<string, string>> = {
  leaf: 'leaves',
  shelf: 'shelves',
  knife: 'knives',
  half: 'halves',
  wolf: 'wolves',
  life: 'lives',
  foot: 'feet',
  tooth: 'teeth',
  mouse: 'mice',
  man: 'men',
  woman: 'women',
  child: 'children',
  person: 'people',
  fish: 'fish',
  sheep: 'sheep',
  axis: 'axes',
  matrix: 'matrices',
  crisis: 'crises',
  hypothesis: 'hypotheses',
  analysis: 'analyses',
  criterion: 'criteria',
  phenomenon: 'phenomena',
  bacterium: 'bacteria',
  series: 'series',
  species: 'species',
}

export function plural(noun: string): string {
  const last = noun.lastIndexOf(' ') + 1
  const head = noun.slice(last)
  const irregular = IRREGULAR_PLURALS[head]
  if (irregular) return noun.slice(0, last) + irregular
  if (/[^aeiou]y$/.test(head)) return noun.slice(0, -1) + 'ies'
  if (/(s|x|z|ch|sh)$/.test(head)) return noun + 'es'
  return noun + 's'
}

/** Third person singular. */
export function third(verb: string): string {
  if (verb === 'have') return 'has'
  if (verb === 'be') return 'is'
  if (/[^aeiou]y$/.test(verb)) return verb.slice(0, -1) + 'ies'
  if (/(s|x|z|ch|sh|o)$/.test(verb)) return verb + 'es'
  return verb + 's'
}

/** Verbs that double their last consonant although longer than one syllable, or that do not although short. */
const DOUBLED = new Set(['control', 'prefer', 'transfer', 'admit', 'emit', 'permit', 'submit', 'repel', 'propel'])
const doubles = (verb: string) => DOUBLED.has(verb) || /^[^aeiou]*[aeiou][bdgklmnprt]$/.test(verb)
const IRREGULAR_PASTS: Readonly<Record<string, string>> = {
  make: 'made',
  build: 'built',
  hold: 'held',
  bind: 'bound',
  bend: 'bent',
  cut: 'cut',
  find: 'found',
  grind: 'ground',
  heat: 'heated',
  keep: 'kept',
  lead: 'led',
  melt: 'melted',
  read: 'read',
  send: 'sent',
  set: 'set',
  shut: 'shut',
  split: 'split',
  spread: 'spread',
  spin: 'spun',
  wind: 'wound',
  feed: 'fed',
  teach: 'taught',
  catch: 'caught',
  sell: 'sold',
  store: 'stored',
}

/** Regular past and past participle (irregular verbs with one form for both are listed). */
export function past(verb: string): string {
  const irregular = IRREGULAR_PASTS[verb]
  if (irregular) return irregular
  if (verb.endsWith('e')) return verb + 'd'
  if (/[^aeiou]y$/.test(verb)) return verb.slice(0, -1) + 'ied'
  return doubles(verb) ? verb + verb.at(-1) + 'ed' : verb + 'ed'
}

export function gerund(verb: string): string {
  if (/[^eo]e$/.test(verb)) return verb.slice(0, -1) + 'ing'
  return doubles(verb) ? verb + verb.at(-1) + 'ing' : verb + 'ing'
}

/** `a` before vowel sounds becomes `an`. */
export function fixArticles(text: string): string {
  return text.replace(/\b([Aa]) (?=[aeiouAEIOU])(?!(?:uni|use|usu|eu|one|ut|ur))/g, '$1n ')
}

/** Upper-cases the first letter, unless the word begins with a lower-case symbol that must stay. */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const PLURAL_VERBS: Readonly<Record<string, string>> = { is: 'are', was: 'were', has: 'have', does: 'do' }

/** Resolves `~verb` marks: the third person singular as written, or its plural. */
export function agree(text: string, isPlural: boolean): string {
  return text.replace(/~([a-z]+)/g, (_, verb: string) => {
    if (!isPlural) return verb
    const known = PLURAL_VERBS[verb]
    if (known) return known
    if (/[^aeiou]ies$/.test(verb)) return verb.slice(0, -3) + 'y'
    if (/(?:ss|x|ch|sh|oe)es$/.test(verb)) return verb.slice(0, -2)
    return verb.replace(/s$/, '')
  })
}
