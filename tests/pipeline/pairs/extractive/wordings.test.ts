/** @file Wordings: many, sound, deterministic, and never holding their answer. */

import { describe, expect, it } from 'vitest'
import { Random } from '../../../../shared/base/random.ts'
import { findJoins, wordJoin } from '../../../../shared/pipeline/pairs/extractive/joins.ts'
import { isSound, wordingsOf, wordQuestion } from '../../../../shared/pipeline/pairs/extractive/wordings.ts'
import { factsOf, smallTeacher } from './extractive-fixtures.ts'

const { facts } = smallTeacher()

describe('wording questions', () => {
  it('gives a property at least a dozen wordings, by name, by adjective and from the other side', () => {
    const fact = factsOf('Obsidian', 'The density of obsidian is 2.4 g/cm3.').find((f) => f.relation === 'density')
    if (!fact) throw new Error('no fact')
    const worded = wordingsOf(fact, new Random(1), 300)
    expect(worded.length).toBeGreaterThanOrEqual(12)
    const texts = worded.map((w) => w.text)
    expect(texts).toContain('What is the density of obsidian?')
    expect(texts).toContain('How dense is obsidian?')
    expect(worded.some((w) => w.answer === 'obsidian')).toBe(true)
  })

  it('gives every fact several wordings', () => {
    for (const fact of facts.filter((f) => f.kind !== 'statement'))
      expect(wordingsOf(fact, new Random(2), 80).length).toBeGreaterThanOrEqual(4)
  })

  it('never holds its answer, asks nothing that does not stand alone', () => {
    for (const fact of facts)
      for (let seed = 0; seed < 12; seed++) {
        const worded = wordQuestion(fact, new Random(seed))
        expect(worded.answer.length).toBeGreaterThan(0)
        expect(
          worded.text
            .toLowerCase()
            .split(/[^\p{L}\p{N}]+/u)
            .join(' '),
        ).not.toContain(` ${worded.answer.toLowerCase()} `)
        expect(worded.text).not.toMatch(/\b(?:this|these|they|the text|the author|undefined)\b/i)
        expect(worded.text).toMatch(/[?.:]$|____/)
      }
  })

  it('draws the same question from the same seed', () => {
    for (const fact of facts) expect(wordQuestion(fact, new Random('s'))).toEqual(wordQuestion(fact, new Random('s')))
  })

  it('calls a question unsound that names its answer or points outside itself', () => {
    expect(isSound({ text: 'Is bakelite made of phenol?', answer: 'phenol' })).toBe(false)
    expect(isSound({ text: 'What do they consist of in general?', answer: 'phenol' })).toBe(false)
    expect(isSound({ text: 'What does bakelite consist of?', answer: 'phenol' })).toBe(true)
  })
})

describe('joining facts', () => {
  const joins = findJoins(facts)

  it('finds pairs that share a concept', () => {
    expect(joins.length).toBeGreaterThan(3)
    for (const { a, b } of joins) expect(a.id).not.toBe(b.id)
  })

  it('hides the bridge and the answer', () => {
    let worded = 0
    for (const { a, b, bridge } of joins) {
      const question = wordJoin(a, b, new Random(5))
      if (!question) continue
      worded++
      expect(question.answer).toBe(b.object)
      expect(question.text.toLowerCase()).not.toContain(` ${bridge.toLowerCase()} `)
      expect(isSound(question)).toBe(true)
    }
    expect(worded).toBeGreaterThan(0)
  })
})
