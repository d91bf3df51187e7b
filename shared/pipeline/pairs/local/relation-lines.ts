/**
 * @file The Knowledge Graph section of Graph-PRefLexOR (arXiv 2501.08120): lines `[A] -[RELATION]-> [B]`, read from
 * whatever a model wrote and written again in one form.
 */

export type RelationName = 'IS-A' | 'RELATES-TO' | 'INFLUENCES'

export interface RelationLine {
  from: string
  relation: RelationName
  to: string
}

export const MOST_CONCEPTS = 5
const LONGEST_LINE = 300

const LINE =
  /^\[?([^\][<>\n]{1,80}?)\]?\s*[-–—=]+\s*[[({]?\s*([A-Za-z][A-Za-z _-]{1,40}?)\s*[\])}]?\s*[-–—=]*(?:>|→)\s*\[?([^\][<>\n]{1,80}?)\]?\s*[.;,]?$/

const RELATIONS: readonly (readonly [RelationName, RegExp])[] = [
  ['IS-A', /^(?:is[ _-]?an?|is|type[ _-]of|kind[ _-]of|instance[ _-]of)$/i],
  [
    'INFLUENCES',
    /^(?:influences?|affects?|causes?|controls?|determines?|increases?|decreases?|enhances?|improves?|reduces?|governs?|leads[ _-]to|drives?)$/i,
  ],
]

/** Relations in order; loops, repeats and concepts beyond the fifth are left out. Other relations are RELATES-TO. */
export function readRelations(text: string): RelationLine[] {
  const lines: RelationLine[] = []
  const concepts = new Set<string>()
  for (const line of text.split('\n')) {
    if (line.length > LONGEST_LINE) continue
    const match = LINE.exec(line.replace(/^\s*(?:\(?\d{1,2}[.)]|[-*•])\s+/, '').trim())
    if (!match) continue
    const [from, name, to] = [match[1] ?? '', match[2] ?? '', match[3] ?? ''].map((part) => part.trim())
    if (!from || !to || !name || from.toLowerCase() === to.toLowerCase()) continue
    const fresh = [from, to].map((c) => c.toLowerCase()).filter((c) => !concepts.has(c))
    if (concepts.size + fresh.length > MOST_CONCEPTS) continue
    const relation = RELATIONS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'RELATES-TO'
    const known = lines.some((l) => same(l.from, from) && same(l.to, to) && l.relation === relation)
    if (known) continue
    fresh.forEach((c) => concepts.add(c))
    lines.push({ from, relation, to })
  }
  return lines
}

export function writeRelations(lines: readonly RelationLine[]): string {
  return lines.map(({ from, relation, to }) => `[${from}] -[${relation}]-> [${to}]`).join('\n')
}

/** The pattern behind the lines in Greek letters, for a teacher that did not manage to write one. */
export function patternOf(lines: readonly RelationLine[]): string {
  const concepts = [...new Set(lines.flatMap(({ from, to }) => [from.toLowerCase(), to.toLowerCase()]))]
  const letter = (concept: string) => 'αβγδε'[concepts.indexOf(concept.toLowerCase())] ?? 'ω'
  const sign: Record<RelationName, string> = { 'IS-A': '⊂', 'RELATES-TO': '↔', INFLUENCES: '→' }
  return lines.map(({ from, relation, to }) => `${letter(from)} ${sign[relation]} ${letter(to)}`).join(', ')
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
