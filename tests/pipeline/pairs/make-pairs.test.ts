import { describe, expect, it } from 'vitest'
import { Cancelled } from '../../../shared/base/errors.ts'
import type { Question } from '../../../shared/pipeline/artifacts.ts'
import { makePairs, type PairRequest, type PairSettings } from '../../../shared/pipeline/pairs/make-pairs.ts'
import type { Teacher } from '../../../shared/pipeline/ports.ts'
import { END_REFLECT, END_THINK, parseReply, REFLECT, THINK } from '../../../shared/pipeline/thought.ts'
import { scriptedGenerator } from '../scripted-generator.ts'

const FACTS = [
  ['What is nacre made of?', 'aragonite'],
  ['What stiffens wood?', 'cellulose'],
  ['What makes silk strong?', 'beta sheets'],
  ['What hardens teeth of limpets?', 'goethite'],
] as const

/** A teacher by rote; everything it is asked is written down. */
function roteTeacher(change: Partial<Teacher> = {}) {
  const asked: { count: number; iteration: number; seed: number }[] = []
  const teacher: Teacher = {
    name: 'rote',
    questions: async (request) => {
      asked.push(request)
      return FACTS.slice(0, request.count).map(([text, answer], i): Question => ({
        id: `q${i}`,
        text,
        answer,
        factIds: [],
        passageIds: ['p'],
        iteration: request.iteration,
      }))
    },
    replies: async (questions, categories) =>
      questions.map((q) => ({
        sections: categories.map((category) => ({ category, text: q.text })),
        answer: q.answer,
      })),
    wrongAnswers: async (questions) => questions.map((q) => `not the ${q.id}`),
    critiques: async (questions) => questions.map((q) => `weak: ${q.id}`),
    ...change,
  }
  return { teacher, asked }
}

const SETTINGS: PairSettings = {
  questionsPerIteration: 4,
  rejectedFrom: 'model',
  draws: 3,
  onlyWrongAnswers: true,
  rejectedTokens: 16,
  rejectedTemperature: 1,
  rejectedTopP: 0.9,
  rejectedTopK: 50,
  reflection: false,
  directShare: 0,
  agentShare: 0,
}

type Asked = Partial<Omit<PairRequest, 'settings'>> & { settings?: Partial<PairSettings> }

function request({ settings, ...rest }: Asked = {}): PairRequest {
  return {
    stage: 1,
    iteration: 0,
    seed: 1,
    categories: ['Reasoning Steps'],
    topics: [],
    teacher: roteTeacher().teacher,
    model: scriptedGenerator(() => 'calcite'),
    isRight: (reply, answer) => parseReply(reply).answer.includes(answer),
    ...rest,
    settings: { ...SETTINGS, ...settings },
  }
}

/** Draw number `n` of the model is entry n of the question's list; the last one is repeated. */
const drawing = (answers: Record<string, string[]>) =>
  scriptedGenerator((prompt, _, call) => {
    const list = Object.entries(answers).find(([text]) => prompt.startsWith(text))?.[1] ?? ['calcite']
    return list[Math.min(call, list.length - 1)] ?? ''
  })

describe('pairs in situ', () => {
  it('asks with the trigger, and chooses thinking before the answer', async () => {
    const { pairs } = await makePairs(request())
    expect(pairs).toHaveLength(4)
    expect(pairs[0]).toMatchObject({
      id: 's1-i0-q0',
      prompt: `What is nacre made of? Use ${THINK}.`,
      chosen: `${THINK}\n**Reasoning Steps**: What is nacre made of?\n${END_THINK}\naragonite`,
      rejected: 'calcite',
      rejectedFrom: 'model',
      status: 'active',
    })
  })

  it('samples rejected answers without the trigger in Stage I and with it in Stage II', async () => {
    const model = scriptedGenerator(() => 'calcite')
    await makePairs(request({ model, settings: { rejectedTokens: 7 } }))
    expect(model.calls[0]?.prompts[0]).toBe('What is nacre made of?')
    expect(model.calls[0]?.options).toMatchObject({ maxNewTokens: 7, temperature: 1, topP: 0.9, topK: 50 })
    await makePairs(request({ model, stage: 2 }))
    expect(model.calls[1]?.prompts[0]).toBe(`What is nacre made of? Use ${THINK}.`)
  })

  it('draws again only for questions without a wrong answer, and says in the ledger why', async () => {
    const model = drawing({
      'What is nacre made of?': ['it is aragonite', 'calcite'],
      'What stiffens wood?': ['', '  ', 'lignin'],
      'What makes silk strong?': ['beta sheets', 'beta sheets', 'many beta sheets'],
    })
    const { pairs, ledger } = await makePairs(request({ model }))
    // Open questions per draw: all 4; then q0, q1, q2; then q1, q2.
    expect(model.calls.map((call) => call.prompts.length)).toEqual([4, 3, 2])
    const verdicts = (id: string) => ledger.filter((entry) => entry.questionId === id).map((entry) => entry.verdict)
    expect(verdicts('q0')).toEqual(['right', 'kept'])
    expect(verdicts('q1')).toEqual(['empty', 'empty', 'kept'])
    expect(verdicts('q2')).toEqual(['right', 'duplicate', 'right'])
    expect(verdicts('q3')).toEqual(['kept'])
    expect(ledger.map((entry) => entry.draw)).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 2])
    expect(pairs.map((pair) => [pair.question.id, pair.rejected])).toEqual([
      ['q0', 'calcite'],
      ['q1', 'lignin'],
      ['q3', 'calcite'],
    ])
  })

  it('seeds every draw anew, so that a second draw is not the first again', async () => {
    const model = drawing({ 'What is nacre made of?': ['aragonite'] })
    await makePairs(request({ model }))
    const seeds = model.calls.map((call) => call.options.seed)
    expect(seeds).toHaveLength(3)
    expect(new Set(seeds).size).toBe(3)
  })

  it('never rejects a right answer while only wrong ones are wanted', async () => {
    const model = scriptedGenerator((prompt) => FACTS.find(([text]) => prompt.startsWith(text))?.[1] ?? '')
    const { pairs, ledger } = await makePairs(request({ model }))
    expect(pairs).toEqual([])
    expect(ledger.map((entry) => entry.verdict).filter((v) => v === 'kept')).toEqual([])
    expect(ledger).toHaveLength(12)
  })

  it('falls back on a right answer when the filter is off, the first one drawn', async () => {
    const model = drawing({ 'What is nacre made of?': ['aragonite plates', 'aragonite'] })
    const { pairs } = await makePairs(request({ model, settings: { onlyWrongAnswers: false } }))
    expect(pairs.map((pair) => pair.rejected)).toEqual(['aragonite plates', 'calcite', 'calcite', 'calcite'])
  })

  it('makes no pair whose two sides are equal', async () => {
    const model = drawing({ 'What is nacre made of?': ['aragonite'] })
    const { pairs } = await makePairs(request({ model, settings: { onlyWrongAnswers: false, directShare: 1 } }))
    expect(pairs.map((pair) => pair.question.id)).toEqual(['q1', 'q2', 'q3'])
  })

  it('asks a share of the questions directly: no trigger, no thinking, no reflection', async () => {
    const all = await makePairs(request({ settings: { directShare: 1, reflection: true } }))
    expect(all.pairs.map((pair) => [pair.prompt, pair.chosen])).toEqual(FACTS.map(([text, answer]) => [text, answer]))
    const none = await makePairs(request({ settings: { directShare: 0 } }))
    expect(none.pairs.every((pair) => pair.chosen.startsWith(THINK))).toBe(true)
    // 40 iterations of 4 questions at p = 0.3: 48 expected, standard deviation √(160 · 0.3 · 0.7) = 5.8; 4 of them is 23
    let direct = 0
    for (let iteration = 0; iteration < 40; iteration++) {
      const { pairs } = await makePairs(request({ iteration, settings: { directShare: 0.3 } }))
      direct += pairs.filter((pair) => !pair.chosen.includes(THINK)).length
    }
    expect(Math.abs(direct - 48)).toBeLessThan(23)
  })

  it('puts the critique between thinking and answer when reflection is on', async () => {
    const { pairs } = await makePairs(request({ settings: { reflection: true } }))
    expect(pairs[0]?.chosen).toContain(`${END_THINK}\n${REFLECT}\nweak: q0\n${END_REFLECT}\naragonite`)
    expect(parseReply(pairs[0]?.chosen ?? '').wellFormed).toBe(true)
  })

  it('leaves out questions that the teacher could not answer or think about', async () => {
    const { teacher } = roteTeacher({
      replies: async (questions) =>
        questions.map((q, i) => ({
          sections: i === 0 ? [] : [{ category: 'Reasoning Steps', text: 't' }],
          answer: i === 1 ? ' ' : q.answer,
        })),
    })
    const made = await makePairs(request({ teacher }))
    expect(made.pairs.map((pair) => pair.question.id)).toEqual(['q2', 'q3'])
    expect(made.ledger.map((entry) => entry.questionId)).toEqual(['q2', 'q3'])
  })
})

describe('rejected answers by the teacher', () => {
  it('are bare in Stage I and stand behind the gold thinking in Stage II', async () => {
    const model = scriptedGenerator(() => 'unused')
    const first = await makePairs(request({ model, settings: { rejectedFrom: 'teacher' } }))
    expect(first.pairs[0]).toMatchObject({ rejected: 'not the q0', rejectedFrom: 'teacher' })
    const second = await makePairs(request({ model, stage: 2, settings: { rejectedFrom: 'teacher' } }))
    expect(second.pairs[0]?.rejected).toBe(
      `${THINK}\n**Reasoning Steps**: What is nacre made of?\n${END_THINK}\nnot the q0`,
    )
    expect(model.calls).toEqual([])
  })

  it('are left out when they are empty or right', async () => {
    const { teacher } = roteTeacher({ wrongAnswers: async () => ['', 'cellulose', 'alpha helices', 'steel'] })
    const { pairs, ledger } = await makePairs(request({ teacher, settings: { rejectedFrom: 'teacher' } }))
    expect(ledger.map((entry) => entry.verdict)).toEqual(['empty', 'right', 'kept', 'kept'])
    expect(pairs.map((pair) => pair.rejected)).toEqual(['alpha helices', 'steel'])
  })
})

describe('turns for the critic, the improver and the integrator', () => {
  it('take their share of an iteration and keep their own prompts and ids', async () => {
    const calls: [number, number][] = []
    const { teacher, asked } = roteTeacher({
      agentTurns: async (count, iteration) => {
        calls.push([count, iteration])
        const question: Question = { id: 'q9', text: 't', answer: 'a', factIds: [], passageIds: [], iteration }
        return Array.from({ length: count }, (_, i) => ({ question, prompt: `p${i}`, chosen: 'c', rejected: 'r' }))
      },
    })
    // 4 · 0.5 = 2 turns, 2 questions
    const { pairs } = await makePairs(request({ teacher, settings: { agentShare: 0.5 } }))
    expect(asked[0]?.count).toBe(2)
    expect(calls).toEqual([[2, 0]])
    expect(pairs.map((pair) => pair.prompt.slice(0, 2))).toEqual(['Wh', 'Wh', 'p0', 'p1'])
    expect(pairs[2]).toMatchObject({ chosen: 'c', rejected: 'r', rejectedFrom: 'teacher' })
    expect(new Set(pairs.map((pair) => pair.id)).size).toBe(4)
    await makePairs(request({ teacher, stage: 2, settings: { agentShare: 0.5 } }))
    expect(calls[1]?.[1]).toBe(asked[1]?.iteration)
  })

  it('are not asked of a teacher that gives none', async () => {
    const { teacher, asked } = roteTeacher()
    const { pairs } = await makePairs(request({ teacher, settings: { agentShare: 0.5 } }))
    expect(asked[0]?.count).toBe(4)
    expect(pairs).toHaveLength(4)
  })
})

describe('a run', () => {
  it('repeats itself from its seed, and differs by seed, stage and iteration', async () => {
    const seedsOf = async (change: Asked) => {
      const { teacher, asked } = roteTeacher()
      const model = scriptedGenerator((prompt, options) => `${prompt.length}-${options.seed}`)
      const made = await makePairs(request({ teacher, model, settings: { directShare: 0.5 }, ...change }))
      return { made, seed: asked[0]?.seed, iteration: asked[0]?.iteration }
    }
    const first = await seedsOf({})
    expect(await seedsOf({})).toEqual(first)
    const others = await Promise.all([seedsOf({ seed: 2 }), seedsOf({ stage: 2 }), seedsOf({ iteration: 1 })])
    expect(new Set([first, ...others].map((run) => run.seed)).size).toBe(4)
    // The teacher's wordings go on in Stage II, the pairs' own count begins again.
    expect(others[1]).toMatchObject({ iteration: 1000, made: { pairs: [{ iteration: 0 }, {}, {}, {}] } })
  })

  it('stops before the next phase when it is cancelled', async () => {
    const signal = { aborted: false }
    const { teacher } = roteTeacher({
      critiques: () => Promise.reject(new Error('asked after the cancellation')),
    })
    const stopping: Teacher = {
      ...teacher,
      replies: async (...all) => {
        signal.aborted = true
        return teacher.replies(...all)
      },
    }
    const made = makePairs(request({ teacher: stopping, signal, settings: { reflection: true } }))
    await expect(made).rejects.toBeInstanceOf(Cancelled)
  })

  it('is well with a teacher that has no question', async () => {
    const { teacher } = roteTeacher({ questions: async () => [] })
    expect(await makePairs(request({ teacher }))).toEqual({ pairs: [], ledger: [] })
  })
})
