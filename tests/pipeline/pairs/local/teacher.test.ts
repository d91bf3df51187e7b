import { describe, expect, it } from 'vitest'
import { Cancelled, type Fault } from '../../../../shared/base/errors.ts'
import type { Passage, Question } from '../../../../shared/pipeline/artifacts.ts'
import { createLocalTeacher, type LocalTeacherOptions } from '../../../../shared/pipeline/pairs/local/teacher.ts'
import { CATEGORY_RECIPES } from '../../../../shared/pipeline/pairs/local/prompts.ts'
import type { Logger } from '../../../../shared/pipeline/ports.ts'
import { DEFAULT_CATEGORIES } from '../../../../shared/pipeline/thought.ts'
import { scriptedGenerator } from '../../scripted-generator.ts'

const SUBJECTS = ['nacre', 'silk', 'wood', 'bone', 'chitin', 'antler'] as const
const VALUES = ['aragonite', 'fibroin', 'cellulose', 'hydroxyapatite', 'acetylglucosamine', 'collagen'] as const

const passages: Passage[] = SUBJECTS.map((subject, i) => ({
  id: `p${i}`,
  documentId: `d${i}`,
  index: 0,
  page: 1,
  text: `The main part of ${subject} is ${VALUES[i]}. It carries load by layer ${i}.`,
  tokens: 20,
}))

/** Passages that name a word of the query. */
const search = (query: string, k: number) =>
  passages
    .filter((_, i) => query.toLowerCase().includes(SUBJECTS[i] ?? '-'))
    .slice(0, k)
    .map((p) => p.id)

/** What the prompt is for, by its own wording. */
type Kind = 'question' | 'key' | 'section' | 'answer' | 'wrong' | 'critique'
function kindOf(prompt: string): Kind {
  if (prompt.includes('Write one difficult question')) return 'question'
  if (prompt.includes('What is the key fact')) return 'key'
  if (prompt.includes('The answer must state this')) return 'answer'
  if (prompt.includes('sounds plausible')) return 'wrong'
  if (prompt.includes('Criticise the thinking')) return 'critique'
  return 'section'
}

/** The subject that a prompt asks about: of its question, else of its first passage. */
function subjectOf(prompt: string): number {
  const asked = /Question: (.*)/.exec(prompt)?.[1] ?? prompt
  const at = SUBJECTS.map((s) => asked.indexOf(s)).map((i) => (i < 0 ? Infinity : i))
  return at.indexOf(Math.min(...at))
}

/** A teacher's model that does well, but for what `change` says. */
function goodModel(change: (kind: Kind, prompt: string, call: number) => string | undefined = () => undefined) {
  return scriptedGenerator((prompt, _, call) => {
    const kind = kindOf(prompt)
    const own = change(kind, prompt, call)
    if (own !== undefined) return own
    const i = subjectOf(prompt)
    const replies: Record<Kind, string> = {
      question: `What is the main part of ${SUBJECTS[i]} that carries load?`,
      key: `${VALUES[i]}`,
      section: `Layers of ${SUBJECTS[i]} share the load.`,
      answer: `The main part is ${VALUES[i]}.`,
      wrong: 'It is calcite glue.',
      critique: 'It names no value. Add one.',
    }
    return replies[kind]
  })
}

function journal() {
  const events: Record<string, unknown>[] = []
  const remarks: string[] = []
  const labels = new Set<string>()
  const logger: Logger = {
    progress: ({ label }) => void labels.add(label),
    event: (event) => void events.push(event),
    remark: (text) => void remarks.push(text),
  }
  return { logger, events, remarks, labels }
}

const teacherOf = (options: Partial<LocalTeacherOptions> = {}) =>
  createLocalTeacher({ model: goodModel(), passages, search, ...options })

const NACRE: Question = {
  id: 'q',
  text: 'What is the main part of nacre that carries load?',
  answer: 'aragonite',
  factIds: [],
  passageIds: ['p0'],
  iteration: 0,
}

describe('questions of the local teacher', () => {
  it('come from three passages, are enriched by retrieval, and carry a key answer', async () => {
    const model = goodModel()
    const { logger, labels } = journal()
    const questions = await teacherOf({ model, logger }).questions({ count: 3, iteration: 2, seed: 5 })
    expect(questions).toHaveLength(3)
    // One batched call for the questions, one for their keys (a repeated question is asked anew in a third and fourth).
    expect(kindOf(model.calls[0]?.prompts[0] ?? '')).toBe('question')
    expect(model.calls[0]?.prompts).toHaveLength(3)
    expect(model.calls[0]?.options.temperature).toBe(0.7)
    expect(kindOf(model.calls[1]?.prompts[0] ?? '')).toBe('key')
    expect(model.calls[1]?.options.temperature).toBe(0.2)
    for (const question of questions) {
      const subject = subjectOf(`Question: ${question.text}`)
      expect(question.answer).toBe(VALUES[subject])
      expect(question.passageIds).toContain(`p${subject}`)
      expect(question.passageIds.length).toBeGreaterThanOrEqual(3)
      expect(question).toMatchObject({ iteration: 2, factIds: [] })
    }
    expect(new Set(questions.map((q) => q.id)).size).toBe(3)
    expect([...labels]).toContain('teacher: asking questions')
  })

  it('repeat themselves from their seed and differ between seeds', async () => {
    const ask = (seed: number) => teacherOf().questions({ count: 2, iteration: 0, seed })
    expect(await ask(1)).toEqual(await ask(1))
    const drawn = await Promise.all([1, 2, 3, 4].map(ask))
    expect(new Set(drawn.map((questions) => JSON.stringify(questions.map((q) => q.passageIds)))).size).toBeGreaterThan(
      1,
    )
  })

  it('take the best passages of a topic, topics in turn', async () => {
    const model = goodModel()
    const topics = ['bone', 'wood']
    const questions = await teacherOf({ model }).questions({ count: 2, topics, iteration: 0, seed: 1 })
    expect(questions.map((q) => q.answer)).toEqual(['hydroxyapatite', 'cellulose'])
    expect(questions.map((q) => q.passageIds)).toEqual([['p3'], ['p2']])
    expect(model.calls[0]?.prompts[0]).toContain('The question must be about bone.')
  })

  it('are asked again, with the reason, when they lean on a text', async () => {
    let first = true
    const model = goodModel((kind) => {
      if (kind !== 'question' || !first) return undefined
      first = false
      return 'What does the paper say about the layers of nacre?'
    })
    const { logger, events, remarks } = journal()
    const questions = await teacherOf({ model, logger }).questions({ count: 1, iteration: 0, seed: 1 })
    expect(questions).toHaveLength(1)
    expect(model.calls.map((call) => kindOf(call.prompts[0] ?? ''))).toEqual(['question', 'question', 'key'])
    expect(model.calls[1]?.prompts[0]).toContain('An earlier attempt was refused, because it refers to a paper.')
    expect(model.calls[0]?.options.seed).not.toBe(model.calls[1]?.options.seed)
    expect(events).toEqual([
      { type: 'teacher-questions', asked: 1, made: 1, dropped: 0, refusals: { 'it refers to a paper': 1 } },
    ])
    expect(remarks).toEqual([])
  })

  it('are dropped and counted when every attempt fails', async () => {
    const model = goodModel((kind, prompt) => {
      if (kind === 'question' && prompt.includes('about bone')) return ''
      if (kind === 'key' && /Question: .*wood/.test(prompt)) return 'unobtainium'
      return undefined
    })
    const { logger, events, remarks } = journal()
    const teacher = teacherOf({ model, logger, attempts: 2 })
    const questions = await teacher.questions({ count: 3, topics: ['bone', 'wood', 'silk'], iteration: 0, seed: 1 })
    expect(questions.map((q) => q.answer)).toEqual(['fibroin'])
    const refusals = { 'it was empty': 2, 'its answer is not in the material': 1, 'it was asked before': 1 }
    expect(events[0]).toMatchObject({ made: 1, dropped: 2, refusals })
    expect(remarks).toEqual(['The teacher failed to write 2 of 3 questions, most often because it was empty.'])
  })

  it('are not asked twice in one iteration', async () => {
    const model = goodModel((kind) =>
      kind === 'question' ? 'What is the main part of silk that carries load?' : undefined,
    )
    const questions = await teacherOf({ model }).questions({ count: 4, iteration: 0, seed: 1 })
    expect(questions).toHaveLength(1)
  })

  it('need passages', async () => {
    const asked = teacherOf({ passages: [] }).questions({ count: 1, iteration: 0, seed: 1 })
    await expect(asked).rejects.toMatchObject({ code: 'no-documents' } satisfies Partial<Fault>)
  })

  it('are shown only as many passages as fit', async () => {
    const model = goodModel()
    await teacherOf({ model, contextTokens: 45 }).questions({ count: 1, iteration: 0, seed: 1 })
    // 20 + 20 ≤ 45 < 60 tokens
    expect(model.calls[0]?.prompts[0]?.match(/The main part of/g)).toHaveLength(2)
  })
})

describe('gold replies of the local teacher', () => {
  it('have a section for every category, in one batched call each, and answer with the key fact', async () => {
    const model = goodModel()
    const silk: Question = {
      ...NACRE,
      id: 's',
      text: NACRE.text.replace('nacre', 'silk'),
      answer: 'fibroin',
      passageIds: ['p1'],
    }
    const replies = await teacherOf({ model }).replies([NACRE, silk], DEFAULT_CATEGORIES, 1)
    expect(replies.map((reply) => reply.sections.map((s) => s.category))).toEqual([
      [...DEFAULT_CATEGORIES],
      [...DEFAULT_CATEGORIES],
    ])
    expect(replies.map((reply) => reply.answer)).toEqual(['The main part is aragonite.', 'The main part is fibroin.'])
    expect(model.calls.map((call) => call.prompts.length)).toEqual([2, 2, 2, 2, 2, 2, 2])
    expect(new Set(model.calls.map((call) => call.options.temperature))).toEqual(new Set([0.2]))
    expect(Math.max(...model.calls.map((call) => call.options.maxNewTokens))).toBe(2048)
    const answer = model.calls.at(-1)?.prompts[0] ?? ''
    expect(answer).toContain('**Hypothesis**: Layers of nacre share the load.')
    expect(answer).toContain('The answer must state this: aragonite')
  })

  it('give background from retrieval only, which does not tell the answer', async () => {
    const model = goodModel((kind) =>
      kind === 'section' ? 'Shells grow outwards. They consist of aragonite.' : undefined,
    )
    const question = { ...NACRE, passageIds: ['p4', 'p5'] }
    const [reply] = await teacherOf({ model }).replies([question], ['Hypothesis', 'Additional Background'], 1)
    expect(reply?.sections).toEqual([
      { category: 'Hypothesis', text: 'Shells grow outwards. They consist of aragonite.' },
      { category: 'Additional Background', text: 'Shells grow outwards.' },
    ])
    const [hypothesis, background] = model.calls.map((call) => call.prompts[0] ?? '')
    expect(hypothesis).toContain('main part of chitin')
    expect(background).toContain('main part of nacre')
    expect(background).not.toContain('main part of chitin')
  })

  it('read the knowledge graph, and build the pattern and its context on it', async () => {
    const model = goodModel((kind, prompt) => {
      if (kind !== 'section') return undefined
      if (prompt.includes('[concept]'))
        return 'Here is the graph:\n1. [nacre] -[is a]-> [composite]\n2. [layers] --[affects]--> [nacre]'
      if (prompt.includes('Greek letters')) return 'I cannot do that.'
      return undefined
    })
    const categories = ['Knowledge Graph', 'Abstract Pattern', 'Pattern Context']
    const [reply] = await teacherOf({ model, attempts: 1 }).replies([NACRE], categories, 1)
    expect(reply?.sections.slice(0, 2)).toEqual([
      { category: 'Knowledge Graph', text: '[nacre] -[IS-A]-> [composite]\n[layers] -[INFLUENCES]-> [nacre]' },
      { category: 'Abstract Pattern', text: 'α ⊂ β, γ → α' },
    ])
    expect(model.calls[2]?.prompts[0]).toContain('**Abstract Pattern**: α ⊂ β, γ → α')
  })

  it('leave out a section that stays empty, and say so', async () => {
    const { logger, events } = journal()
    const model = goodModel((kind, prompt) =>
      kind === 'section' && prompt.includes('hypothesis') ? '<|im_end|>' : undefined,
    )
    const [reply] = await teacherOf({ model, logger, attempts: 2 }).replies(
      [NACRE],
      ['Hypothesis', 'My Own Heading'],
      1,
    )
    expect(reply?.sections.map((s) => s.category)).toEqual(['My Own Heading'])
    expect(model.calls.map((call) => kindOf(call.prompts[0] ?? ''))).toEqual([
      'section',
      'section',
      'section',
      'answer',
    ])
    expect(model.calls[2]?.prompts[0]).toContain('"My Own Heading"')
    expect(events).toEqual([{ type: 'teacher-replies', replies: 1, missingSections: 1, mendedAnswers: 0 }])
  })

  it('answer with the bare key fact when the model does not state it', async () => {
    const { logger, events } = journal()
    const model = goodModel((kind) => (kind === 'answer' ? 'It is all about layers.' : undefined))
    const [reply] = await teacherOf({ model, logger }).replies([NACRE], ['Hypothesis'], 1)
    expect(reply?.answer).toBe('aragonite')
    expect(events[0]).toMatchObject({ mendedAnswers: 1 })
  })

  it('may be long where prose is wanted, and are one short sentence where not', async () => {
    const long = `It is aragonite, ${'which lies in layers and '.repeat(5)}carries load. So it is.`
    const model = goodModel((kind) => (kind === 'answer' ? long : undefined))
    const [full] = await teacherOf({ model, answer: 'full' }).replies([NACRE], [], 1)
    expect(full).toEqual({ sections: [], answer: long })
    const [key] = await teacherOf({ model, answer: 'key' }).replies([NACRE], [], 1)
    expect(key?.answer).toBe('aragonite')
  })

  it('know an instruction for every category of the paper and its successor', () => {
    const optional = [
      'Contradictions or Counterexamples',
      'Unique Facts',
      'Philosophical Aspects',
      'Logical Considerations',
    ]
    const graph = ['Knowledge Graph', 'Abstract Pattern', 'Pattern Context']
    const names = [...DEFAULT_CATEGORIES, ...optional, ...graph].map((name) => name.toLowerCase())
    expect(Object.keys(CATEGORY_RECIPES).sort()).toEqual(names.sort())
  })
})

describe('wrong answers and critiques of the local teacher', () => {
  it('are tried again when right, confessed or empty, and given up as nothing', async () => {
    const replies = ['It is aragonite.', 'That is incorrect: glue.', 'Wrong answer: calcite glue.']
    const model = goodModel((kind, _, call) => (kind === 'wrong' ? replies[call] : undefined))
    expect(await teacherOf({ model }).wrongAnswers([NACRE], 1)).toEqual(['calcite glue.'])
    const stubborn = goodModel((kind) => (kind === 'wrong' ? 'Aragonite' : undefined))
    expect(await teacherOf({ model: stubborn }).wrongAnswers([NACRE], 1)).toEqual([''])
    expect(stubborn.calls).toHaveLength(3)
  })

  it('criticise the thinking that is shown', async () => {
    const model = goodModel()
    const reply = { sections: [{ category: 'Hypothesis', text: 'Layers slide.' }], answer: 'aragonite' }
    expect(await teacherOf({ model }).critiques([NACRE], [reply], 1)).toEqual(['It names no value. Add one.'])
    expect(model.calls[0]?.prompts[0]).toContain('**Hypothesis**: Layers slide.')
  })
})

describe('cancelling the local teacher', () => {
  it('stops before the next call', async () => {
    const signal = { aborted: false }
    const model = goodModel((kind) => {
      if (kind === 'section') signal.aborted = true
      return undefined
    })
    const asked = teacherOf({ model, signal }).replies([NACRE], ['Hypothesis', 'Unique Facts'], 1)
    await expect(asked).rejects.toBeInstanceOf(Cancelled)
    expect(model.calls).toHaveLength(1)
  })
})
