/** @file Comparisons: paired differences, thinking utility, recursion against best-of-N. */

import { describe, expect, it } from 'vitest'
import type { EvaluationQuestion } from '../../../shared/pipeline/artifacts.ts'
import { bestOf } from '../../../shared/pipeline/evaluation/best-of.ts'
import { comparePaired, thinkingUtility } from '../../../shared/pipeline/evaluation/compare.ts'
import { evaluate } from '../../../shared/pipeline/evaluation/evaluate.ts'
import { compareRecursion, scoreRecursion, tokensSpent } from '../../../shared/pipeline/evaluation/recursion-score.ts'
import { majority, voteKey } from '../../../shared/pipeline/evaluation/vote.ts'
import { scriptedGenerator } from '../scripted-generator.ts'

const judged = (marks: string, group = 'g') => ({
  answers: [...marks].map((mark, i) => ({ id: `q${i}`, group, correct: mark === '1' })),
})
const QUESTIONS: EvaluationQuestion[] = ['pearl', 'alloy', 'silica', 'carbon'].map((answer, i) => ({
  id: `q${i}`,
  question: `Question ${i}?`,
  answers: [answer],
  group: i < 2 ? 'a' : 'b',
}))

describe('comparePaired', () => {
  it('counts what was gained and lost', () => {
    const comparison = comparePaired(judged('1100'), judged('0111'), 1)
    expect(comparison.gained).toEqual(['q2', 'q3'])
    expect(comparison.lost).toEqual(['q0'])
    expect(comparison.difference.mean).toBe(0.25)
    expect(comparison.p).toBe(1) // 1 of 3: 2·(1 + 3)/8 = 1
    expect(comparison.unpaired).toBe(0)
  })

  it('leaves out questions that only one has', () => {
    const comparison = comparePaired(judged('110'), judged('11001'), 1)
    expect(comparison.difference.pairs).toBe(3)
    expect(comparison.unpaired).toBe(2)
  })

  it('refuses results without a common question', () => {
    expect(() => comparePaired({ answers: [] }, judged('1'), 1)).toThrow('no question in common')
  })
})

describe('thinkingUtility', () => {
  it('compares on with off and with shuffled', async () => {
    const generator = scriptedGenerator((prompt, { prefill }) => {
      const i = Number(/Question (\d)/.exec(prompt)?.[1])
      const right = QUESTIONS[i]?.answers[0] ?? ''
      if (prefill) return i === 0 ? right : 'wrong'
      return prompt.includes('<|thinking|>') ? `<|thinking|>thought ${i}<|/thinking|>${right}` : i < 2 ? right : 'wrong'
    })
    const settings = { maxNewTokens: 8, seed: 1 }
    const on = await evaluate(generator, QUESTIONS, { ...settings, thinking: 'on' })
    const off = await evaluate(generator, QUESTIONS, { ...settings, thinking: 'off' })
    const shuffled = await evaluate(generator, QUESTIONS, { ...settings, thinking: 'shuffled' }, { lender: on })
    const utility = thinkingUtility({ on, off, shuffled }, 1)
    expect(utility.rows.map((r) => [r.thinking, r.score.accuracy])).toEqual([
      ['on', 1],
      ['off', 0.5],
      ['shuffled', 0.25],
    ])
    expect(utility.onMinusOff.difference.mean).toBe(0.5)
    expect(utility.onMinusShuffled?.difference.mean).toBe(0.75)
  })
})

describe('majority', () => {
  it('counts different spellings as one answer', () => {
    expect(majority(['calcite', 'The nano-wires.', 'nano wires'])).toMatchObject({
      answer: 'The nano-wires.',
      votes: 2,
      candidates: 2,
    })
    expect(voteKey('20 nm')).toBe(voteKey('about 0.02 µm.'))
    expect(voteKey('304 K')).toBe(voteKey('31 °C'))
    expect(voteKey('20 nm')).not.toBe(voteKey('20 mm'))
  })

  it('takes the earlier of equals and lets empty answers abstain', () => {
    expect(majority(['', '', 'b', 'a', 'a', 'b'])).toEqual({ answer: 'b', votes: 2, candidates: 2 })
    expect(majority(['', ' '])).toEqual({ answer: '', votes: 0, candidates: 0 })
  })
})

describe('bestOf', () => {
  it('draws while the budget lasts and votes', async () => {
    // each sample costs 10 tokens; budgets 35 and 5: samples at 0, 10, 20 (25 < 35), 30 (35 is not < 35) → 3; and 1
    const answers = ['wrong', 'pearl', 'pearl']
    const generator = scriptedGenerator((_, __, call) => ({ text: answers[call] ?? 'x', tokens: 10 }))
    const result = await bestOf(generator, QUESTIONS.slice(0, 2), {
      maxNewTokens: 16,
      temperature: 1,
      seed: 1,
      samples: 8,
      budgets: [35, 5],
    })
    expect(result[0]).toMatchObject({
      samples: ['wrong', 'pearl', 'pearl'],
      answer: 'pearl',
      votes: 2,
      correct: true,
      tokens: 30,
    })
    expect(result[1]).toMatchObject({ samples: ['wrong'], correct: false, tokens: 10 })
    expect(new Set(generator.calls.map((c) => c.options.seed)).size).toBe(3)
  })

  it('draws N without a budget', async () => {
    const generator = scriptedGenerator(() => 'pearl')
    const result = await bestOf(generator, QUESTIONS.slice(0, 1), {
      maxNewTokens: 4,
      temperature: 1,
      seed: 1,
      samples: 5,
    })
    expect(result[0]?.samples).toHaveLength(5)
  })
})

describe('scoreRecursion', () => {
  const run = (answers: string[], integrated: string) => ({
    rounds: answers.map((answer) => ({ answer, tokens: 10 })),
    integration: { answer: integrated, tokens: 5 },
  })
  const runs = [
    run(['x', 'pearl'], 'pearl'),
    run(['alloy', 'x'], 'alloy'),
    run(['x', 'x'], 'silica'),
    run(['x', 'x'], 'x'),
  ]

  it('scores every round and the integration, with tokens so far', () => {
    const rows = scoreRecursion(QUESTIONS, runs)
    expect(rows.map((r) => [r.label, r.score.correct, r.tokens])).toEqual([
      ['round 0', 1, 10],
      ['round 1', 1, 20],
      ['integration', 3, 25],
    ])
    expect(tokensSpent(runs)).toEqual([25, 25, 25, 25])
  })

  it('sets the last row against the first and against best-of-N', () => {
    const control = QUESTIONS.map((q, i) => ({
      id: q.id,
      samples: ['s', 's'],
      answer: 's',
      votes: 2,
      correct: i === 0,
      tokens: 24,
    }))
    const comparison = compareRecursion(QUESTIONS, runs, 1, control)
    expect(comparison.gain.difference.mean).toBe(0.5)
    expect(comparison.bestOf).toMatchObject({ tokens: 24, samples: 2, score: { correct: 1 } })
    expect(comparison.overBestOf?.difference.mean).toBe(0.5)
  })

  it('has no rows for no questions', () => {
    expect(scoreRecursion([], [])).toEqual([])
  })
})
