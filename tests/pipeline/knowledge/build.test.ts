/** @file Building: node and edge types, provenance, merging, growth by iterations. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Document, Fact, Passage, Question } from '../../../shared/pipeline/artifacts.ts'
import { addIteration, buildKnowledge, emptyKnowledge } from '../../../shared/pipeline/knowledge/build.ts'
import { displayName, isLiteral, normalForm } from '../../../shared/pipeline/knowledge/concept-name.ts'
import { growth, upTo } from '../../../shared/pipeline/knowledge/growth.ts'
import type { KnowledgeGraph } from '../../../shared/pipeline/knowledge/knowledge-graph.ts'
import { mayBeOneName, trigramCosine } from '../../../shared/pipeline/knowledge/similarity.ts'

const document: Document = { id: 'd1', path: 'nacre.md', title: 'Nacre', format: 'md', pages: [], sha256: '' }
const passage = (id: string, text: string, index = 0): Passage => ({
  id,
  documentId: 'd1',
  index,
  page: 1,
  text,
  tokens: 10,
})
let count = 0
const fact = (subject: string, relation: string, object: string, extra: Partial<Fact> = {}): Fact => ({
  id: `f${++count}`,
  passageId: 'p1',
  documentId: 'd1',
  subject,
  relation,
  object,
  kind: 'statement',
  statement: `${subject} ${relation} ${object}.`,
  sentence: '',
  ...extra,
})
const question = (id: string, text: string, extra: Partial<Question> = {}): Question => ({
  id,
  text,
  answer: '',
  factIds: [],
  passageIds: [],
  iteration: 1,
  ...extra,
})
const concepts = (graph: KnowledgeGraph) => graph.nodes.filter((n) => n.kind === 'concept').map((n) => n.label)
const edges = (graph: KnowledgeGraph, kind: string) =>
  graph.edges.filter((e) => e.kind === kind).map((e) => `${e.source} > ${e.target}`)

describe('buildKnowledge', () => {
  const consists = fact('Nacre', 'consists of', 'aragonite')
  const base = {
    iteration: 0,
    documents: [document],
    passages: [passage('p1', 'Nacre consists of aragonite.'), passage('p2', 'The aragonites of nacre are brittle.', 1)],
    facts: [consists],
  }

  it('makes all four kinds of nodes and five kinds of edges', () => {
    const graph = buildKnowledge([
      base,
      {
        iteration: 1,
        questions: [question('q1', 'What is nacre made of?', { factIds: [consists.id], passageIds: ['p1', 'p2'] })],
      },
    ])
    expect(graph.nodes.map((n) => n.id)).toEqual([
      'document:d1',
      'passage:p1',
      'passage:p2',
      'concept:nacre',
      'concept:aragonite',
      'question:q1',
    ])
    expect(edges(graph, 'contains')).toEqual(['document:d1 > passage:p1', 'document:d1 > passage:p2'])
    expect(edges(graph, 'mentions')).toEqual([
      'passage:p1 > concept:nacre',
      'passage:p1 > concept:aragonite',
      'passage:p2 > concept:aragonite',
      'passage:p2 > concept:nacre',
    ])
    expect(edges(graph, 'relation')).toEqual(['concept:nacre > concept:aragonite'])
    expect(edges(graph, 'about')).toEqual(['question:q1 > concept:nacre', 'question:q1 > concept:aragonite'])
    expect(edges(graph, 'retrieved')).toEqual(['question:q1 > passage:p1', 'question:q1 > passage:p2'])
  })

  it('keeps where a relation comes from', () => {
    const graph = buildKnowledge([base, { iteration: 1, questions: [question('q1', '?', { factIds: [consists.id] })] }])
    expect(graph.edges.find((e) => e.kind === 'relation')).toMatchObject({
      relation: 'consists of',
      wording: 'Nacre consists of aragonite.',
      factId: consists.id,
      passageId: 'p1',
      documentId: 'd1',
      iteration: 0,
      questionIds: ['q1'],
    })
  })

  it('keeps several relations between the same two concepts', () => {
    const graph = buildKnowledge([
      { iteration: 0, facts: [fact('nacre', 'contains', 'aragonite'), fact('nacre', 'needs', 'aragonite')] },
    ])
    expect(graph.edges.map((e) => e.relation)).toEqual(['contains', 'needs'])
  })

  it.each([
    ['case', 'Carbon Nanotubes', 'carbon nanotubes'],
    ['articles', 'the carbon nanotube', 'a carbon nanotube'],
    ['number', 'carbon nanotube', 'carbon nanotubes'],
    ['hyphens', 'heat-treated steel', 'heat treated steel'],
    ['compounds', 'nano-wire', 'nanowires'],
    ['punctuation', '“nacre”.', 'nacre'],
    ['spelling', 'vulcanised fibre', 'vulcanized fiber'],
    ['possessive', "Young's modulus", 'Young’s modulus'],
    [
      'a typing error in a long name',
      'chemical vapour depositon of diamond films',
      'chemical vapour deposition of diamond films',
    ],
  ])('merges concepts that differ in %s', (_, a, b) => {
    const graph = buildKnowledge([
      { iteration: 0, facts: [fact(a, 'is', 'strong stuff'), fact(b, 'is', 'tough stuff')] },
    ])
    expect(concepts(graph)).toHaveLength(3)
  })

  it.each([
    ['numbers', 'type 304 austenitic stainless steel', 'type 316 austenitic stainless steel'],
    ['a substance’s ending', 'anhydrous crystalline copper sulfate', 'anhydrous crystalline copper sulfite'],
    ['a short word', 'hydrogen in annealed palladium foil', 'hydrogen on annealed palladium foil'],
    ['a prefix', 'intergranular stress corrosion cracking', 'intragranular stress corrosion cracking'],
    ['a word more', 'tensile strength of nacre', 'tensile strength of wet nacre'],
    ['everything', 'silk', 'bone'],
  ])('keeps apart concepts that differ in %s', (_, a, b) => {
    const graph = buildKnowledge([
      { iteration: 0, facts: [fact(a, 'is', 'strong stuff'), fact(b, 'is', 'tough stuff')] },
    ])
    expect(concepts(graph)).toHaveLength(4)
  })

  it('remembers the wordings of a concept, the first as its label', () => {
    const graph = buildKnowledge([
      { iteration: 0, facts: [fact('The Carbon Nanotubes', 'is', 'tube'), fact('carbon nanotube', 'is', 'tube')] },
    ])
    expect(graph.nodes[0]).toMatchObject({
      label: 'Carbon Nanotubes',
      wordings: ['Carbon Nanotubes', 'carbon nanotube'],
      forms: ['carbon nanotube'],
    })
  })

  it('makes values literal: neither merged by likeness nor found in text', () => {
    const graph = buildKnowledge([
      {
        iteration: 0,
        documents: [document],
        passages: [passage('p1', 'In 1931 nothing.')],
        facts: [
          fact('aerogel', 'was made in', '1931', { passageId: 'p9', kind: 'time' }),
          fact('nacre', 'work of fracture', 'about 3000 times that of aragonite', { passageId: 'p9' }),
        ],
      },
    ])
    expect(graph.nodes.filter((n) => n.kind === 'concept' && n.literal).map((n) => n.label)).toEqual([
      '1931',
      'about 3000 times that of aragonite',
    ])
    expect(edges(graph, 'mentions')).toEqual([])
  })

  it('joins a clause to the concepts in it', () => {
    const clause = 'the thin layers of aragonite can slide past each other in the protein'
    const graph = buildKnowledge([
      {
        iteration: 0,
        facts: [
          fact('aragonite', 'is a', 'mineral'),
          fact('protein', 'is', 'glue'),
          fact('nacre', 'is tough because', clause),
        ],
      },
    ])
    expect(edges(graph, 'relation').slice(2)).toEqual([
      'concept:nacre > concept:aragonite',
      'concept:nacre > concept:protein',
    ])
  })

  it('refuses pronouns and loops', () => {
    const graph = buildKnowledge([
      { iteration: 0, facts: [fact('It', 'is', 'strong'), fact('nacre', 'is', 'the nacres')] },
    ])
    expect(concepts(graph)).toEqual(['strong', 'nacre'])
    expect(graph.edges).toEqual([])
  })

  it('finds the longest name in a text', () => {
    const graph = buildKnowledge([
      { iteration: 0, facts: [fact('carbon', 'is', 'element'), fact('carbon fibre', 'is', 'strong')] },
      {
        iteration: 1,
        documents: [document],
        passages: [passage('p1', 'Carbon-fibre wings.'), passage('p2', 'Carbon wings.', 1)],
      },
    ])
    expect(edges(graph, 'mentions')).toEqual(['passage:p1 > concept:carbon fiber', 'passage:p2 > concept:carbon'])
  })

  it('takes another measure of likeness', () => {
    const known: string[] = []
    const synonyms = () => ({
      add: (id: string) => void known.push(id),
      nearest: (form: string) => (form === 'mother of pearl' ? { conceptId: 'concept:nacre', score: 0.95 } : undefined),
    })
    const facts = [fact('nacre', 'is', 'tough stuff'), fact('mother of pearl', 'is', 'shiny stuff')]
    expect(concepts(buildKnowledge([{ iteration: 0, facts }], { similarity: synonyms }))).toEqual([
      'nacre',
      'tough stuff',
      'shiny stuff',
    ])
    expect(known[0]).toBe('concept:nacre')
    expect(concepts(buildKnowledge([{ iteration: 0, facts }], { similarity: null }))).toHaveLength(4)
  })
})

describe('addIteration', () => {
  const first = {
    iteration: 0,
    documents: [document],
    passages: [passage('p1', 'Nacre and silk are tough.')],
    facts: [fact('nacre', 'is', 'composite')],
  }
  const second = {
    iteration: 1,
    passages: [passage('p1', 'Nacre and silk are tough.')],
    facts: [fact('silk', 'is', 'fibre'), fact('the nacres', 'has', 'layers')],
  }

  it('gives what building at once gives, also after JSON, and leaves the old graph alone', () => {
    const start = buildKnowledge([first])
    const before = JSON.stringify(start)
    const grown = addIteration(JSON.parse(before) as KnowledgeGraph, second)
    expect(addIteration(start, second)).toEqual(grown)
    expect(JSON.stringify(start)).toBe(before)
    expect(grown).toEqual(buildKnowledge([first, second]))
  })

  it('adds nothing the second time', () => {
    const graph = buildKnowledge([first, second])
    expect(addIteration(graph, second)).toEqual(graph)
  })

  it('finds new concepts in passages that are passed again', () => {
    const graph = addIteration(buildKnowledge([first]), second)
    expect(graph.edges.find((e) => e.id === 'mentions:p1:concept:silk')?.iteration).toBe(1)
  })

  it('keeps the iteration in which a concept was first seen', () => {
    const graph = addIteration(buildKnowledge([first]), second)
    expect(graph.nodes.find((n) => n.id === 'concept:nacre')?.iteration).toBe(0)
    expect(graph.nodes.find((n) => n.id === 'concept:layer')?.iteration).toBe(1)
  })
})

describe('growth', () => {
  it('counts what each iteration added and what there is', () => {
    const graph = buildKnowledge([
      { iteration: 0, facts: [fact('a1', 'r', 'b1')] },
      { iteration: 2, facts: [fact('b1', 'r', 'c1'), fact('x1', 'r', 'y1')], questions: [question('q', 'b1?')] },
    ])
    expect(growth(graph)).toEqual([
      {
        iteration: 0,
        newNodes: 2,
        newEdges: 1,
        nodes: { concept: 2, passage: 0, question: 0, document: 0 },
        edges: { contains: 0, mentions: 0, relation: 1, about: 0, retrieved: 0 },
        meanDegree: 1,
        largestComponent: 1,
      },
      {
        iteration: 2,
        newNodes: 4,
        newEdges: 3,
        nodes: { concept: 5, passage: 0, question: 1, document: 0 },
        edges: { contains: 0, mentions: 0, relation: 3, about: 1, retrieved: 0 },
        meanDegree: 6 / 5,
        largestComponent: 3 / 5,
      },
    ])
    expect(growth(graph, 1)[1]?.modularity).toBeGreaterThan(0)
    expect(upTo(graph, 1).nodes).toHaveLength(2)
    expect(growth(emptyKnowledge())).toEqual([])
  })
})

describe('names', () => {
  it('have a normal form', () => {
    expect(normalForm('The Hierarchical structures')).toBe('hierarchical structure')
    expect(normalForm('these materials')).toBe('material')
    expect(normalForm('−196 °C')).toBe('-196 ° c')
    expect(normalForm('GaAs')).toBe('gaas')
    expect(normalForm('it')).toBe('')
    expect(normalForm('…')).toBe('')
    expect(displayName(' the  Carbon  fibre. ')).toBe('Carbon fibre')
  })

  it('are values when they begin with a number', () => {
    expect(['1931', 'about 3000 times', '~5 nm', '−196 °C'].every(isLiteral)).toBe(true)
    expect(['type 304 steel', 'aragonite'].some(isLiteral)).toBe(false)
  })

  it('are alike by trigrams', () => {
    // "  ab " and "  ac ": trigrams {␣␣a, ␣ab, ab␣} and {␣␣a, ␣ac, ac␣} share one of three: 1/3
    expect(trigramCosine('ab', 'ac')).toBeCloseTo(1 / 3, 12)
    expect(trigramCosine('nacre', 'nacre')).toBeCloseTo(1, 12)
    expect(mayBeOneName('vapor depositon', 'vapor deposition')).toBe(true)
    expect(mayBeOneName('copper sulfate', 'copper sulfite')).toBe(false)
  })

  it('never make building fail', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 })
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const graph = buildKnowledge([
          {
            iteration: 0,
            documents: [document],
            passages: [passage('p1', c)],
            facts: [fact(a, c, b)],
            questions: [question('q', c)],
          },
        ])
        expect(new Set(graph.nodes.map((n) => n.id)).size).toBe(graph.nodes.length)
      }),
      { numRuns: 300, seed: 2 },
    )
  })
})
