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
const IRREGULAR: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'make made build built hold held bind bound bend bent cut cut find found grind ground keep kept lead led read read send sent set set ' +
    'shut shut split split spread spread spin spun wind wound feed fed teach taught catch caught sell sold eat eaten give given draw drawn ' +
    'take taken weave woven grow grown drive driven tear torn wear worn sing sung write written freeze frozen bite bitten swim swum ' +
    'fly flown hide hidden break broken choose chosen lay laid pay paid tell told buy bought drink drunk stick stuck shake shaken dig dug ' +
    'steer steered sink sunk burn burnt hang hung know known shrink shrunk thaw thawed overtake overtaken conquer conquered knit knitted ' +
    'breed bred sew sewn mow mown throw thrown hit hit put put let let shed shed strike struck swing swung sling slung feel felt withstand withstood understand understood show shown prove proven'
  )
    .split(' ')
    .reduce<[string, string][]>(
      (pairs, word, i, all) => (i % 2 === 0 ? [...pairs, [word, all[i + 1] as string]] : pairs),
      [],
    ),
)

/** Past participle: "is woven". The generator never needs the simple past, whose irregular forms differ. */
export function participle(verb: string): string {
  const irregular = IRREGULAR[verb]
  if (irregular) return irregular
  if (verb.endsWith('e')) return verb + 'd'
  if (/[^aeiou]y$/.test(verb)) return verb.slice(0, -1) + 'ied'
  return doubles(verb) ? verb + verb.at(-1) + 'ed' : verb + 'ed'
}

export function gerund(verb: string): string {
  if (/[^eo]e$/.test(verb)) return verb.slice(0, -1) + 'ing'
  return doubles(verb) ? verb + verb.at(-1) + 'ing' : verb + 'ing'
}

/** Whether a noun phrase such as "small cracks", "salt and oil", "rust of pipes" takes a plural verb. */
export function isPluralPhrase(phrase: string): boolean {
  const head = phrase.split(/ (?:of|in|into|near|from|for) /)[0] as string
  return / and /.test(head) || /[^s]s$/.test(head)
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

/** Resolves marked verbs (`~has`): the third person singular as written, or its plural. */
export function agree(text: string, isPlural: boolean, mark: '~' | '%' = '~'): string {
  return text.replace(mark === '~' ? /~([a-z]+)/g : /%([a-z]+)/g, (_, verb: string) => {
    if (!isPlural) return verb
    const known = PLURAL_VERBS[verb]
    if (known) return known
    if (/[^aeiou]ies$/.test(verb)) return verb.slice(0, -3) + 'y'
    if (/(?:ss|x|ch|sh|oe)es$/.test(verb)) return verb.slice(0, -2)
    return verb.replace(/s$/, '')
  })
}
