/** @file The pretraining mixture: reproducible, well formed, thinking exactly when asked, no answer in its question. */

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Random } from '../../../shared/base/random.ts'
import { leaks, readingProblem, recallProblem } from '../../../shared/pipeline/starter/examples.ts'
import {
  DEFAULT_WEIGHTS,
  STARTER_KINDS,
  starterExample,
  starterExampleOf,
  type StarterKind,
} from '../../../shared/pipeline/starter/tasks.ts'
import { flawedThought, rightThought } from '../../../shared/pipeline/starter/thoughts.ts'
import { makeWorld } from '../../../shared/pipeline/starter/world.ts'
import { DEFAULT_CATEGORIES, parseReply, parseSections, TRIGGER } from '../../../shared/pipeline/thought.ts'

const world = makeWorld(new Random(1), 100)
const turnsOf = (kind: StarterKind, count: number, seed = 2) => {
  const random = new Random(seed)
  return Array.from({ length: count }, () => starterExampleOf(kind, world, random)).flatMap((e) =>
    'turns' in e ? e.turns : [],
  )
}
const CHATS = STARTER_KINDS.filter((kind) => !/document|note/.test(kind))

describe('the mixture', () => {
  it('is a function of world and seed', () => {
    const draw = () => {
      const random = new Random(9)
      return Array.from({ length: 40 }, () => starterExample(world, random))
    }
    expect(draw()).toEqual(draw())
  })

  it('draws the kinds by their weights, and none of weight 0', () => {
    const random = new Random(3)
    const kinds = Array.from({ length: 300 }, () => starterExample(world, random, { critique: 1, integrate: 3 }).kind)
    expect(new Set(kinds)).toEqual(new Set(['critique', 'integrate']))
    expect(kinds.filter((kind) => kind === 'integrate').length / 300).toBeCloseTo(0.75, 1)
    expect(Object.values(DEFAULT_WEIGHTS).reduce((a, b) => a + b)).toBeCloseTo(1, 1)
  })

  it('thinks exactly when the prompt ends with the trigger, in known categories, and well formed', () => {
    for (const kind of CHATS)
      for (const { user, assistant } of turnsOf(kind, 15)) {
        const reply = parseReply(assistant)
        expect(reply.answer, kind).not.toBe('')
        if (user.endsWith(TRIGGER)) {
          expect(reply.problems, assistant).toEqual([])
          for (const { category, text } of reply.sections) {
            expect(DEFAULT_CATEGORIES as readonly string[]).toContain(category)
            expect(text).not.toBe('')
          }
        } else expect(assistant).not.toMatch(/<\|/)
      }
  })

  it('answers shortly: the key answer and nothing else', () => {
    for (const kind of CHATS.filter((k) => /recall|reading|facts/.test(k)))
      for (const { assistant } of turnsOf(kind, 15)) {
        const { answer } = parseReply(assistant)
        expect(answer.split(' ').length).toBeLessThanOrEqual(12)
        expect(answer).not.toMatch(/\.$|\n/)
      }
  })

  it('never gives a closed-book answer away in the question', () => {
    const random = new Random(4)
    for (let i = 0; i < 200; i++) {
      const { problem } = recallProblem(world, i % 3 === 0 ? 2 : 1, random)
      expect(leaks(problem.question, problem.answer), problem.question).toBe(false)
    }
  })

  it('puts the answer into what is read, and asks only facts that are meant to be asked', () => {
    const random = new Random(5)
    for (let i = 0; i < 200; i++) {
      const read = readingProblem(i % 3 === 0 ? 2 : 1, i % 2 === 0, random)
      expect(read.passage?.toLowerCase()).toContain(read.problem.answer.toLowerCase())
      expect(recallProblem(world, 1, random).problem.steps.every((fact) => fact.asked)).toBe(true)
    }
  })

  it('keeps the categories when thinking is rewritten', () => {
    for (const { user, assistant } of turnsOf('improve', 60)) {
      const given = /Thinking:\n([\s\S]*)\nFeedback:/.exec(user)?.[1] ?? ''
      const before = parseSections(given).map((s) => s.category)
      const after = parseSections(assistant).map((s) => s.category)
      expect(after.length).toBeGreaterThan(0)
      expect(before.filter((category) => after.includes(category))).toEqual(after)
    }
  })

  it('makes faulty thoughts that are faulty', () => {
    const random = new Random(6)
    let made = 0
    for (let i = 0; i < 200; i++) {
      const { problem, pool } = recallProblem(world, 1, random)
      const flawed = flawedThought(problem, 'subject', pool, random)
      if (!flawed) continue
      made++
      expect(flawed.answer).not.toBe(problem.answer)
      expect(flawed.diagnosis).toContain('but the question asks about')
    }
    expect(made).toBeGreaterThan(50)
    const { problem } = recallProblem(world, 2, random)
    expect(rightThought(problem, random).answer).toBe(problem.answer)
  })

  it('repeats no sentence of the sample corpus and names none of its subjects', () => {
    const folder = new URL('../../../resources/sample-corpus/documents/', import.meta.url)
    const corpus = readdirSync(folder)
      .filter((name) => /\.(md|txt)$/.test(name))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    const sentences = new Set(corpus.flatMap((text) => text.split(/(?<=[.!?])\s+/)).filter((s) => s.length > 20))
    expect(sentences.size).toBeGreaterThan(50)
    const random = new Random(7)
    for (let i = 0; i < 150; i++) {
      const example = starterExample(world, random)
      const text = 'text' in example ? example.text : example.turns.map((t) => `${t.user} ${t.assistant}`).join(' ')
      for (const sentence of text.split(/(?<=[.!?])\s+/)) expect(sentences.has(sentence)).toBe(false)
      expect(text).not.toMatch(/\bnacre|aragonite|spider silk|fibroin|byssus/i)
    }
  })
})
