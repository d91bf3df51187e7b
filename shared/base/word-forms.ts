/**
 * @file Whether two English words are the same word: plural against singular, British against American spelling.
 * Small rules and a table of the irregular plurals that materials papers use; no dictionary.
 */

const IRREGULAR: Readonly<Record<string, string>> = {
  analyses: 'analysis',
  axes: 'axis',
  bases: 'basis',
  bacteria: 'bacterium',
  children: 'child',
  crises: 'crisis',
  criteria: 'criterion',
  data: 'datum',
  equilibria: 'equilibrium',
  feet: 'foot',
  fungi: 'fungus',
  helices: 'helix',
  hypotheses: 'hypothesis',
  indices: 'index',
  leaves: 'leaf',
  loci: 'locus',
  maxima: 'maximum',
  matrices: 'matrix',
  media: 'medium',
  men: 'man',
  mice: 'mouse',
  minima: 'minimum',
  moduli: 'modulus',
  nuclei: 'nucleus',
  phenomena: 'phenomenon',
  radii: 'radius',
  spectra: 'spectrum',
  stimuli: 'stimulus',
  strata: 'stratum',
  syntheses: 'synthesis',
  teeth: 'tooth',
  vertices: 'vertex',
  women: 'woman',
}

/** Words in -s that are singular. */
const SINGULAR_IN_S = new Set([
  'chaos',
  'gas',
  'lens',
  'series',
  'species',
  'atlas',
  'bias',
  'canvas',
  'always',
  'perhaps',
])

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/aluminium/g, 'aluminum'],
  [/sulph/g, 'sulf'],
  [/caesium/g, 'cesium'],
  [/fibre/g, 'fiber'],
  [/^grey/, 'gray'],
  [/mould/g, 'mold'],
  [/^tyre/, 'tire'],
  [/(cent|met|lit|lust|theat|calib|meag)re(s?)$/, '$1er$2'],
  [/(\p{L}{3,})our(s|ed|ing|less|al|able)?$/u, '$1or$2'],
  [/(\p{L}{2,})is(e|es|ed|ing|er|ers|ation|ations)$/u, '$1iz$2'],
  [/(\p{L}{3,})ys(e|es|ed|ing|er|ers)$/u, '$1yz$2'],
]

/** A lower-case word in one spelling: `vulcanised` and `vulcanized` give the same. */
export function oneSpelling(word: string): string {
  if (word.length < 4 || word === 'analyses') return word
  let out = word
  for (const [pattern, replacement] of SPELLINGS) out = out.replace(pattern, replacement)
  return out
}

/** Every singular a lower-case word may stand for, itself included: `gases` gives gases, gase, gas. */
export function singularCandidates(word: string): string[] {
  const irregular = IRREGULAR[word]
  const found = irregular === undefined ? [word] : [word, irregular]
  if (word.length <= 3 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word) || SINGULAR_IN_S.has(word)) return found
  found.push(word.slice(0, -1))
  if (/(?:s|x|z|ch|sh)es$/.test(word)) found.push(word.slice(0, -2))
  if (/[^aeiou]ies$/.test(word)) found.push(`${word.slice(0, -3)}y`)
  if (/[lra]ves$/.test(word)) found.push(`${word.slice(0, -3)}f`)
  return found
}

/** The one most likely singular of a lower-case word: for names that need a single key. */
export function singular(word: string): string {
  const irregular = IRREGULAR[word]
  if (irregular !== undefined) return irregular
  if (word.length <= 3 || !word.endsWith('s') || /(?:ss|us|is)$/.test(word) || SINGULAR_IN_S.has(word)) return word
  if (/(?:ss|x|zz|ch|sh)es$/.test(word) || word === 'gases' || word === 'lenses') return word.slice(0, -2)
  if (/[^aeiou]ies$/.test(word) && word.length > 5) return `${word.slice(0, -3)}y`
  return word.slice(0, -1)
}

/** Whether two lower-case words are the same word in number and spelling. */
export function sameWord(a: string, b: string): boolean {
  if (a === b) return true
  const left = singularCandidates(oneSpelling(a))
  return singularCandidates(oneSpelling(b)).some((form) => left.includes(form))
}
