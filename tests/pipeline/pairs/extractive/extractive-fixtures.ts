/** @file One way from hand-written sentences to facts and a teacher, for the tests of the extractive teacher. */

import type { Document, Fact, Passage } from '../../../../shared/pipeline/artifacts.ts'
import { extractFacts } from '../../../../shared/pipeline/pairs/extractive/facts.ts'
import { createExtractiveTeacher } from '../../../../shared/pipeline/pairs/extractive/teacher.ts'

/** A document with one passage per paragraph. */
export function documentOf(title: string, paragraphs: readonly string[]): { document: Document; passages: Passage[] } {
  const id = title.toLowerCase().replace(/\W+/g, '-')
  const document: Document = {
    id,
    path: `${id}.txt`,
    title,
    format: 'txt',
    pages: [{ number: 1, text: paragraphs.join('\n\n') }],
    sha256: id,
  }
  const passages = paragraphs.map((text, index) => ({
    id: `${id}:${index}`,
    documentId: id,
    index,
    page: 1,
    text,
    tokens: 50,
  }))
  return { document, passages }
}

/** The facts of sentences that belong to a document of that title. */
export function factsOf(title: string, ...paragraphs: string[]): Fact[] {
  const { document, passages } = documentOf(title, paragraphs)
  return extractFacts(passages, [document])
}

/** "subject | relation | object" of every fact. */
export function triples(facts: readonly Fact[]): string[] {
  return facts.map((f) => `${f.subject} | ${f.relation} | ${f.object}`)
}

export const BAKELITE = [
  'Bakelite is a thermosetting resin. It was invented in 1907 by Leo Baekeland in Yonkers. The resin consists of phenol and formaldehyde.',
  'The density of Bakelite is 1.3 g/cm3. Bakelite insulates electrical wires. It decomposes at about 300 °C. Heat hardens the resin because chains link to a network.',
  'Formaldehyde is a pungent gas. August Wilhelm von Hofmann discovered formaldehyde in 1867. Formaldehyde preserves tissue samples.',
]
export const RAYON = [
  'Rayon is a regenerated fibre. Rayon is made from cellulose. The tensile strength of rayon is 0.4 GPa, and it absorbs 13 % water.',
  'Hilaire de Chardonnet patented rayon in 1884. Cellulose is a polysaccharide. Anselme Payen isolated cellulose in 1838.',
]

/** A teacher over two small documents; retrieval by shared words. */
export function smallTeacher(joins?: number) {
  const parts = [documentOf('Bakelite', BAKELITE), documentOf('Rayon', RAYON)]
  const passages = parts.flatMap((p) => p.passages)
  const documents = parts.map((p) => p.document)
  const facts = extractFacts(passages, documents)
  const search = (query: string, k: number): string[] => {
    const wanted = new Set(query.toLowerCase().match(/\p{L}{4,}/gu) ?? [])
    const score = (p: Passage) => (p.text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).filter((w) => wanted.has(w)).length
    return [...passages]
      .sort((a, b) => score(b) - score(a))
      .slice(0, k)
      .map((p) => p.id)
  }
  return { facts, passages, documents, teacher: createExtractiveTeacher({ facts, passages, documents, search, joins }) }
}
