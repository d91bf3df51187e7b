/** @file Evaluation over a scripted generator: modes, judging, health, shuffling, cancellation. */

import { describe, expect, it } from 'vitest'
import { Cancelled, Fault } from '../../../shared/base/errors.ts'
import type { EvaluationQuestion } from '../../../shared/pipeline/artifacts.ts'
import { evaluate } from '../../../shared/pipeline/evaluation/evaluate.ts'
import { formatOf } from '../../../shared/pipeline/evaluation/health.ts'
import { lendThinking } from '../../../shared/pipeline/evaluation/shuffle.ts'
import { scriptedGenerator } from '../scripted-generator.ts'

const question = (id: string, answer: string, group = 'trained'): EvaluationQuestion => ({
  id,
  question: `What is ${id}?`,
  answers: [answer],
  group,
})
const QUESTIONS = [question('nacre', 'pearl'), question('steel', 'alloy'), question('glass', 'silica', 'held out')]
const think = (thought: string, answer: string) => `<|thinking|>\n${thought}\n<|/thinking|>\n${answer}`

describe('evaluate', () => {
  it('judges answers, groups and totals', async () => {
    const generator = scriptedGenerator((prompt) =>
      think('Let me see.', prompt.includes('steel') ? 'a rock' : prompt.includes('nacre') ? 'Pearl.' : 'silica'),
    )
    const result = await evaluate(generator, QUESTIONS, { thinking: 'on', maxNewTokens: 64, seed: 1 })
    expect(result).toMatchObject({ total: 3, correct: 2, accuracy: 2 / 3 })
    expect(result.groups['trained']).toMatchObject({ total: 2, correct: 1, accuracy: 0.5 })
    expect(result.groups['held out']).toMatchObject({ total: 1, correct: 1 })
    expect(result.interval.low).toBeCloseTo(0.2077, 3)
    expect(result.answers.map((a) => [a.id, a.correct, a.reason])).toEqual([
      ['nacre', true, 'matched'],
      ['steel', false, 'absent'],
      ['glass', true, 'matched'],
    ])
    expect(result.health.healthy).toBe(1)
  })

  it('asks with the trigger when thinking is on, and without it, the token banned, when off', async () => {
    const generator = scriptedGenerator(() => 'pearl')
    await evaluate(generator, QUESTIONS, { thinking: 'on', maxNewTokens: 8, seed: 1 })
    await evaluate(generator, QUESTIONS, { thinking: 'off', maxNewTokens: 8, seed: 1 })
    expect(generator.calls[0]?.prompts[0]).toBe('What is nacre? Use <|thinking|>.')
    expect(generator.calls[0]?.options.banned).toBeUndefined()
    expect(generator.calls[1]?.prompts[0]).toBe('What is nacre?')
    expect(generator.calls[1]?.options.banned).toEqual(['<|thinking|>'])
    expect(generator.calls[1]?.options.temperature).toBe(0)
  })

  it('prefills another question’s thinking when shuffled, and never the own', async () => {
    const generator = scriptedGenerator((prompt, options) => {
      if (options.prefill) return 'pearl'
      const name = /What is (\w+)/.exec(prompt)?.[1] ?? ''
      return think(`thought about ${name}`, 'x')
    })
    const result = await evaluate(generator, QUESTIONS, { thinking: 'shuffled', maxNewTokens: 8, seed: 3 })
    expect(generator.calls).toHaveLength(2)
    for (const answer of result.answers) {
      expect(answer.thinkingFrom).not.toBe(answer.id)
      expect(answer.thinking).toBe(`thought about ${answer.thinkingFrom}`)
      expect(answer.answer).toBe('pearl')
    }
  })

  it('notices a generator that ignores the prefill', async () => {
    const deaf = scriptedGenerator(() => '')
    const ignoring = {
      generate: async (prompts: readonly string[]) =>
        prompts.map((p) => ({ text: think(`thought about ${p}`, 'x'), tokens: 3, finished: 'stop' as const })),
    }
    await expect(evaluate(ignoring, QUESTIONS, { thinking: 'shuffled', maxNewTokens: 8, seed: 3 })).rejects.toThrow(
      'prefill',
    )
    await expect(evaluate(deaf, QUESTIONS, { thinking: 'shuffled', maxNewTokens: 8, seed: 3 })).rejects.toBeInstanceOf(
      Fault,
    )
  })

  it('works in batches, tells progress, and gives the same records as one batch', async () => {
    const script = (prompt: string) => think('so', prompt.includes('nacre') ? 'pearl' : 'silica')
    const done: number[] = []
    const small = await evaluate(
      scriptedGenerator(script),
      QUESTIONS,
      { thinking: 'on', maxNewTokens: 8, seed: 1, batch: 2 },
      {
        onProgress: (p) => done.push(p.done),
      },
    )
    const large = await evaluate(scriptedGenerator(script), QUESTIONS, { thinking: 'on', maxNewTokens: 8, seed: 1 })
    expect(done).toEqual([2, 3])
    expect(small.answers).toEqual(large.answers)
  })

  it('stops when cancelled', async () => {
    const abort = new AbortController()
    const generator = scriptedGenerator(() => 'pearl')
    const run = evaluate(
      generator,
      QUESTIONS,
      { thinking: 'on', maxNewTokens: 8, seed: 1, batch: 1 },
      {
        signal: abort.signal,
        onAnswer: () => abort.abort(),
      },
    )
    await expect(run).rejects.toBeInstanceOf(Cancelled)
    expect(generator.calls).toHaveLength(1)
  })

  it('gives zero of zero for no questions', async () => {
    const result = await evaluate(
      scriptedGenerator(() => ''),
      [],
      { thinking: 'on', maxNewTokens: 8, seed: 1 },
    )
    expect(result).toMatchObject({ total: 0, accuracy: 0, interval: { low: 0, high: 1 } })
  })
})

describe('lendThinking', () => {
  it('prefers a lender with another answer', () => {
    const questions = [question('a', 'pearl'), question('b', 'the pearls'), question('c', 'silica')]
    const replies = questions.map((q) => ({ id: q.id, thinking: `about ${q.id}` }))
    for (let seed = 0; seed < 20; seed++) {
      const loans = lendThinking(questions, replies, seed)
      expect(loans[0]?.from).toBe('c')
      expect(loans[1]?.from).toBe('c')
      expect(loans[2]?.from).not.toBe('c')
    }
  })

  it('passes over questions without thinking', () => {
    const questions = ['a', 'b', 'c', 'd'].map((id) => question(id, id.repeat(5)))
    const loans = lendThinking(
      questions,
      [{ id: 'a', thinking: 'A' }, { id: 'b' }, { id: 'c', thinking: 'C' }, { id: 'd', thinking: ' ' }],
      2,
    )
    expect(loans.map((l) => l.from).every((from) => from === 'a' || from === 'c')).toBe(true)
    expect(loans[0]?.from).toBe('c')
    expect(loans[2]?.from).toBe('a')
  })
})

describe('formatOf', () => {
  const of = (text: string, wants = true, finished: 'stop' | 'length' | 'repetition' = 'stop') =>
    formatOf({ text, tokens: 1, finished }, wants, (t) => t.includes('loop loop loop'))

  it('finds a well-formed reply healthy', () => {
    expect(of(think('t', 'a'))).toEqual({
      healthy: true,
      oneThinking: true,
      ordered: true,
      complete: true,
      noLoop: true,
    })
  })

  it.each([
    ['no thinking', 'a', { oneThinking: false }],
    ['an unclosed thinking', '<|thinking|>t', { oneThinking: false, ordered: false }],
    ['two thinkings', think('t', think('u', 'a')), { oneThinking: false }],
    ['a reflection before the thinking', `<|reflect|>r<|/reflect|>${think('t', 'a')}`, { ordered: false }],
    ['words before the thinking', `Well ${think('t', 'a')}`, { ordered: false }],
    ['no answer', '<|thinking|>t<|/thinking|>', { ordered: false }],
    ['a loop', think('loop loop loop', 'a'), { noLoop: false }],
  ])('finds %s', (_, text, expected) => {
    expect(of(text)).toMatchObject({ ...expected, healthy: false })
  })

  it('finds truncation and repetition that the generator reported', () => {
    expect(of(think('t', 'a'), true, 'length')).toMatchObject({ complete: false, healthy: false })
    expect(of(think('t', 'a'), true, 'repetition')).toMatchObject({ noLoop: false, healthy: false })
  })

  it('wants no section when the question was put without the trigger', () => {
    expect(of('a', false).healthy).toBe(true)
    expect(of(think('t', 'a'), false).oneThinking).toBe(false)
  })
})
