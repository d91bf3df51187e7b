/** @file The teacher as a whole: even visits, replies that recall before they conclude, wrong answers, critiques. */

import { describe, expect, it } from 'vitest'
import { DEFAULT_CATEGORIES } from '../../../../shared/pipeline/thought.ts'
import { smallTeacher } from './extractive-fixtures.ts'

describe('the extractive teacher', () => {
  it('visits every fact before any is visited twice', async () => {
    const { facts, teacher } = smallTeacher(0)
    const seen: string[] = []
    const count = 5
    for (let iteration = 0; seen.length + count <= facts.length; iteration++)
      seen.push(...(await teacher.questions({ count, iteration, seed: 3 })).flatMap((q) => q.factIds))
    expect(seen.length).toBeGreaterThanOrEqual(facts.length - count)
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('asks the same questions for the same seed and iteration, and others in the next', async () => {
    const texts = async (iteration: number) =>
      (await smallTeacher().teacher.questions({ count: 8, iteration, seed: 1 })).map((q) => q.text)
    expect(await texts(0)).toEqual(await texts(0))
    expect(await texts(1)).not.toEqual(await texts(0))
  })

  it('mixes in two-fact questions', async () => {
    const { teacher } = smallTeacher(0.5)
    const questions = await teacher.questions({ count: 10, iteration: 0, seed: 1 })
    expect(questions.some((q) => q.factIds.length === 2)).toBe(true)
    expect(new Set(questions.map((q) => q.id)).size).toBe(questions.length)
  })

  it('keeps to a topic', async () => {
    const { teacher, facts } = smallTeacher(0)
    const questions = await teacher.questions({
      count: 4,
      topics: ['Hilaire de Chardonnet patented rayon'],
      iteration: 0,
      seed: 1,
    })
    expect(questions.length).toBe(4)
    for (const q of questions) expect(facts.find((f) => f.id === q.factIds[0])).toBeDefined()
  })

  it('recalls the statement before the hypothesis, and ends in the key answer', async () => {
    const { teacher, facts } = smallTeacher()
    const questions = await teacher.questions({ count: 20, iteration: 0, seed: 2 })
    const replies = await teacher.replies(questions, DEFAULT_CATEGORIES, 2)
    for (const [i, reply] of replies.entries()) {
      const names = reply.sections.map((s) => s.category)
      expect(names.indexOf('Material Properties')).toBeLessThan(names.indexOf('Hypothesis'))
      expect(names.at(-1)).toBe('Reasoning Steps')
      const needed = questions[i]?.factIds.map((id) => facts.find((f) => f.id === id)?.statement ?? '') ?? []
      for (const statement of needed)
        expect(reply.sections.find((s) => s.category === 'Material Properties')?.text).toContain(statement)
      const background = reply.sections.find((s) => s.category === 'Additional Background')?.text ?? ''
      expect(background.toLowerCase()).not.toContain(reply.answer.toLowerCase())
      expect(reply.answer).toBe(questions[i]?.answer)
      expect(
        reply.sections
          .map((s) => s.text)
          .join(' ')
          .split(' ').length,
      ).toBeLessThanOrEqual(110)
    }
  })

  it('fills only the categories asked for, renamed ones too', async () => {
    const { teacher } = smallTeacher()
    const questions = await teacher.questions({ count: 5, iteration: 0, seed: 2 })
    const replies = await teacher.replies(questions, ['My own heading', 'Key facts and properties'], 2)
    for (const reply of replies)
      for (const s of reply.sections) expect(['My own heading', 'Key facts and properties']).toContain(s.category)
  })

  it('never offers the right answer as a wrong one', async () => {
    const { teacher } = smallTeacher()
    const questions = await teacher.questions({ count: 25, iteration: 0, seed: 4 })
    const wrong = await teacher.wrongAnswers(questions, 4)
    for (const [i, answer] of wrong.entries()) {
      const right = questions[i]?.answer.toLowerCase() ?? ''
      expect(answer.toLowerCase()).not.toBe(right)
      expect(` ${answer.toLowerCase()} `).not.toContain(` ${right} `)
    }
  })

  it('approves of the gold thinking and exposes thinking made faulty on purpose', async () => {
    const { teacher } = smallTeacher()
    const questions = await teacher.questions({ count: 20, iteration: 0, seed: 6 })
    const gold = await teacher.replies(questions, DEFAULT_CATEGORIES, 6)
    const praise = await teacher.critiques(questions, gold, 6)
    for (const text of praise) expect(text).not.toMatch(/missing:|but the question|wrong|contradicts/)
    const faulty = await teacher.corrupt(questions, gold, 6)
    for (const [i, f] of faulty.entries()) {
      expect(f.faulty.answer.toLowerCase()).not.toBe(questions[i]?.answer.toLowerCase())
      expect(f.critique).toMatch(/missing|but the|wrong/)
      expect(f.corrected).toEqual(gold[i])
    }
  })
})
