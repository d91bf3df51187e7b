/** @file The library gives back exactly the artifacts it was given, in their order, also after a reopening. */

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Database } from '../../../electron/adapters/store/database.ts'
import { openLibrary, type Library } from '../../../electron/adapters/store/library.ts'
import type { Document, Fact, LedgerEntry, Pair, Passage, Question } from '../../../shared/pipeline/artifacts.ts'
import type { KnowledgeGraph } from '../../../shared/pipeline/knowledge/knowledge-graph.ts'
import { CrashFileSystem } from './crash-file-system.ts'

const PATH = '/lab/library.db'
let fs: CrashFileSystem
let db: Database
let library: Library
beforeEach(async () => {
  fs = new CrashFileSystem()
  db = await Database.open(PATH, { fs })
  library = openLibrary(db)
}, 60_000)
afterEach(() => db.close())

/** Another look at the same files, as after a kill. */
async function reopened<T>(look: (library: Library) => T): Promise<T> {
  const other = await Database.open(PATH, { fs: fs.after('power', 0) })
  try {
    return look(openLibrary(other))
  } finally {
    other.close()
  }
}

const document = (id: string, pages = 1): Document => ({
  id,
  path: `papers/${id}.pdf`,
  title: `Title ${id}`,
  format: 'pdf',
  pages: Array.from({ length: pages }, (_, i) => ({ number: i + 1, text: `page ${i + 1} of ${id}` })),
  sha256: id.repeat(8),
})
const passage = (documentId: string, index: number): Passage => ({
  id: `${documentId}-${index}`,
  documentId,
  index,
  page: 1,
  text: `Passage ${index} – nacre 🐚.`,
  tokens: 7,
})
const fact = (id: string, passageId: string): Fact => ({
  id,
  passageId,
  documentId: passageId.split('-')[0] as string,
  subject: 'nacre',
  relation: 'consists of',
  object: 'aragonite',
  kind: 'composition',
  statement: 'Nacre consists of aragonite.',
  sentence: 'It consists of aragonite.',
  form: {
    topic: 'nacre',
    subject: 'nacre',
    plural: false,
    person: false,
    adjuncts: [],
    target: 0,
    answerType: 'thing',
  },
})
const question = (id: string, iteration = 1): Question => ({
  id,
  text: `What is ${id}?`,
  answer: 'this',
  factIds: ['f1', 'f2'],
  passageIds: [],
  iteration,
})
const pair = (id: string, over: Partial<Pair> = {}): Pair => ({
  id,
  question: question(`q-${id}`),
  prompt: 'p',
  chosen: '<|thinking|>\n**Reasoning Steps**: …\n<|/thinking|>\nyes',
  rejected: 'no',
  rejectedFrom: 'model',
  stage: 1,
  iteration: 1,
  status: 'active',
  ...over,
})

describe('the library', () => {
  it('keeps documents, passages and outcomes', async () => {
    const documents = [document('b', 12), document('a')]
    const passages = [passage('b', 0), passage('b', 1), passage('a', 0)]
    const outcomes = {
      'papers/b.pdf': { status: 'read', documentId: 'b' },
      'papers/x.exe': { status: 'skipped', reason: 'not a text' },
      'papers/y.pdf': { status: 'failed', code: 'corrupt-file', reason: 'cut short', todo: 'Download it again.' },
    } as const
    library.saveIngest(documents, passages, outcomes)
    library.saveIngest(documents, passages, outcomes)
    await reopened((l) => {
      expect(l.documents()).toEqual(documents)
      expect(l.passages()).toEqual(passages)
      expect(l.passages('a')).toEqual([passage('a', 0)])
      expect(l.outcomes()).toEqual(outcomes)
      expect(l.counts()).toMatchObject({ documents: 2, passages: 3, facts: 0 })
    })
  })

  it('drops the facts of passages that are gone when a document is read again, and only those', () => {
    library.saveIngest([document('a'), document('b')], [passage('a', 0), passage('a', 1), passage('b', 0)])
    library.saveFacts([fact('f1', 'a-0'), fact('f2', 'a-1'), fact('f3', 'b-0')])
    library.saveIngest([document('a', 3)], [passage('a', 0)])
    expect(library.facts()).toEqual([fact('f1', 'a-0'), fact('f3', 'b-0')])
    expect(library.documents().map((d) => [d.id, d.pages.length])).toEqual([
      ['a', 3],
      ['b', 1],
    ])
  })

  it('removes documents with all that was read from them', () => {
    library.saveIngest([document('a'), document('b')], [passage('a', 0), passage('b', 0)], {
      'papers/a.pdf': { status: 'read', documentId: 'a' },
    })
    library.saveFacts([fact('f1', 'a-0'), fact('f3', 'b-0')])
    library.saveHeldOut(['a', 'b'])
    library.removeDocuments(['a'])
    expect(library.documents().map((d) => d.id)).toEqual(['b'])
    expect(library.passages().map((p) => p.id)).toEqual(['b-0'])
    expect(library.facts().map((f) => f.id)).toEqual(['f3'])
    expect([...library.heldOut()]).toEqual(['b'])
    expect(library.outcomes()).toEqual({})
  })

  it('keeps any fact through a crash', async () => {
    const word = fc.string({ unit: 'binary', maxLength: 20 })
    const anyFact: fc.Arbitrary<Fact> = fc.record({
      id: word,
      passageId: word,
      documentId: word,
      subject: word,
      relation: word,
      object: word,
      kind: fc.constantFrom('definition' as const, 'statement' as const),
      statement: word,
      sentence: word,
    })
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(anyFact, { selector: (f) => f.id, maxLength: 5 }), async (facts) => {
        library.replaceFacts(facts)
        expect(await reopened((l) => l.facts())).toEqual(facts)
      }),
      { seed: 9, numRuns: 15 },
    )
  })

  it('replaces half characters, which have no UTF-8 form', () => {
    library.saveFacts([{ ...fact('f', 'a-0'), subject: 'a\ud83d!' }])
    expect(library.facts()[0]?.subject).toBe('a\ufffd!')
  })

  it('filters pairs and keeps each with the question as it was asked', () => {
    const again = pair('2', { question: question('q-1', 2), iteration: 2, stage: 2, status: 'dropped' })
    library.savePairs([pair('1', { question: question('q-1', 1) }), again])
    expect(library.pairs({ stage: 2 })).toEqual([again])
    expect(library.pairs({ status: 'active', iteration: 1 })[0]?.question.iteration).toBe(1)
    expect(library.questions()).toEqual([question('q-1', 2)])
  })

  it('never overwrites or removes a pair that a person edited, and keeps its versions', async () => {
    library.savePairs([pair('1'), pair('2')])
    library.editPairs([pair('1', { chosen: 'mine' })], '2025-01-01T00:00:00Z')
    library.editPairs([pair('1', { chosen: 'mine', status: 'dropped' })], '2025-01-02T00:00:00Z')
    library.savePairs([pair('1', { chosen: 'regenerated' }), pair('2', { chosen: 'regenerated' })])
    library.removePairs(1)
    await reopened((l) => {
      expect(l.pairs()).toEqual([pair('1', { chosen: 'mine', status: 'dropped' })])
      expect(l.pairVersions('1')).toEqual([
        { pair: pair('1'), replaced: '2025-01-01T00:00:00Z' },
        { pair: pair('1', { chosen: 'mine' }), replaced: '2025-01-02T00:00:00Z' },
      ])
      expect(l.pairVersions('2')).toEqual([])
    })
  })

  it('keeps the ledgers of the two stages apart', () => {
    const entry = (draw: number, verdict: LedgerEntry['verdict']): LedgerEntry => {
      return { questionId: 'q', iteration: 1, draw, text: 'answer', verdict }
    }
    library.saveLedger([entry(0, 'right'), entry(1, 'kept')], 1)
    library.saveLedger([entry(0, 'kept')], 2)
    library.saveLedger([entry(0, 'kept')], 2)
    expect(library.ledger({ stage: 1 })).toEqual([entry(0, 'right'), entry(1, 'kept')])
    expect(library.ledger({ stage: 2, questionId: 'q', iteration: 1 })).toEqual([entry(0, 'kept')])
    expect(library.ledger().length).toBe(3)
  })

  it('keeps the knowledge graph in its order, also when nodes are updated', async () => {
    const graph: KnowledgeGraph = {
      nodes: [
        { id: 'document:a', label: 'A', iteration: 0, kind: 'document', documentId: 'a', path: 'a.pdf' },
        { id: 'concept:x', label: 'x', iteration: 1, kind: 'concept', forms: ['x'], wordings: ['X'], literal: false },
      ],
      edges: [
        { id: 'e1', kind: 'relation', source: 'concept:x', target: 'concept:x', iteration: 1, relation: 'is a' },
        { id: 'e0', kind: 'about', source: 'concept:x', target: 'document:a', iteration: 2, questionIds: ['q'] },
      ],
    }
    library.saveKnowledge(graph)
    graph.nodes[0]!.label = 'renamed'
    library.saveKnowledge({ nodes: graph.nodes.slice(0, 1), edges: [] })
    expect(await reopened((l) => l.knowledge())).toEqual(graph)
    library.replaceKnowledge({ nodes: [], edges: [] })
    expect(library.knowledge()).toEqual({ nodes: [], edges: [] })
  })

  it('keeps evaluations, their questions, and values', async () => {
    const questions = [
      { id: '1', question: 'How strong?', answers: ['3 GPa', '3000 MPa'], group: 'trained', tolerance: 0.05 },
      { id: '2', question: 'What?', answers: ['silk'], group: 'held out' },
    ]
    library.saveEvaluationQuestions(questions)
    const run = { id: 'r1', model: 'stage1', created: '2025-01-01T00:00:00Z', result: { right: 3, of: 4 } }
    library.saveEvaluation(run)
    library.saveValue('generation', { mine: true })
    await reopened((l) => {
      expect(l.evaluationQuestions()).toEqual(questions)
      expect(l.evaluations('stage1')).toEqual([run])
      expect(l.evaluations('base')).toEqual([])
      expect(l.value('generation')).toEqual({ mine: true })
      expect(l.value('other')).toBeUndefined()
    })
  })

  it('refuses rows that this program did not write', () => {
    library.saveFacts([fact('f', 'a-0')])
    db.transact([{ sql: `UPDATE facts SET kind = 'rumour'` }])
    expect(() => library.facts()).toThrow(/"facts".*"kind"/)
    library.savePairs([pair('1')])
    db.transact([{ sql: `UPDATE pairs SET question = '{"id":1}'` }])
    expect(() => library.pairs()).toThrow(/"question"/)
  })
})
