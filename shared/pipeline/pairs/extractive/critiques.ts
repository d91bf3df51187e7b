/** @file Critiques of thinking against the facts a question needs, and faulty thinking made on purpose to learn from. */

import type { Random } from '../../../base/random.ts'
import type { Fact, Question, StructuredReply, ThoughtSection } from '../../artifacts.ts'
import { asksSubject } from './asked.ts'
import { conceptKey, contentWords } from './concepts.ts'
import type { FactIndex } from './fact-index.ts'
import { roleOf, states, steps } from './replies.ts'
import { wrongAnswer } from './wrong.ts'

/** Share of a statement's words that the thinking holds. */
function recalled(statement: string, thinking: ReadonlySet<string>): number {
  const words = contentWords(statement)
  return words.length === 0 ? 1 : words.filter((w) => thinking.has(w)).length / words.length
}

/** One or two sentences that check subject, statements and conclusion. */
export function critiqueOf(question: Question, facts: readonly Fact[], reply: StructuredReply, random: Random): string {
  const text = reply.sections.map((s) => s.text).join(' ')
  if (text.trim() === '')
    return 'There is no thinking to check: the subject and the statement that answers the question are missing.'
  const words = new Set(contentWords(text))
  const [first] = facts
  const last = facts.at(-1)
  if (!first || !last)
    return states(text, question.answer)
      ? 'The thinking leads to its answer, but no statement supports it.'
      : 'The thinking never comes to an answer.'
  const subject = first.subject.replace(/^(?:the|a|an) /i, '')
  const named = contentWords(subject).every((w) => words.has(w))
  const missing = facts.findIndex((f) => recalled(f.statement, words) < 0.7)
  if (!named) {
    const spoken =
      (reply.sections.find((s) => roleOf(s.category) === 'concepts') ?? reply.sections[0])?.text
        .split(/[;.]/)[0]
        ?.trim() ?? 'something else'
    return `The thinking speaks of ${spoken}, but the question asks about ${subject}. Needed is: ${last.statement}`
  }
  if (missing >= 0) {
    const needed = facts[missing] as Fact
    if (facts.length > 1) return `The ${missing === 0 ? 'first' : 'second'} step is missing: ${needed.statement}`
    return states(text, question.answer)
      ? `The thinking names ${subject}, as it should, but the statement that answers the question is missing: ${needed.statement}`
      : `The thinking names ${subject}, but the statement does not answer the question. Needed is: ${needed.statement}`
  }
  if (!states(text, question.answer))
    return `The statement is right, but the conclusion does not follow from it: the answer should be ${question.answer}.`
  const wrong = conclusion(reply, question.answer)
  if (wrong) return `The recalled statement is right, but the conclusion contradicts it: it says ${question.answer}.`
  return random.pick(
    facts.length > 1
      ? [
          `The thinking names ${subject}, as it should. Both statements are there and lead to the answer.`,
          `Both steps are there: the first finds ${last.subject}, the second answers the question.`,
          `The two statements fit together through ${last.subject}. Nothing is missing.`,
        ]
      : [
          `The thinking names ${subject}, as it should. The stated fact answers the question.`,
          `The statement about ${subject} is the right one, and the conclusion follows from it.`,
          `The subject is right and the statement answers the question. Nothing is missing.`,
        ],
  )
}

/** Whether the hypothesis leaves the right answer out although it names one. */
function conclusion(reply: StructuredReply, answer: string): boolean {
  const hypothesis = reply.sections.find((s) => roleOf(s.category) === 'hypothesis')
  return hypothesis !== undefined && !states(hypothesis.text, answer)
}

export type Flaw = 'wrong-subject' | 'wrong-fact' | 'missing-step' | 'wrong-value'

export interface Corrupted {
  flaw: Flaw
  faulty: StructuredReply
  /** Names what is wrong in the faulty thinking. */
  critique: string
  corrected: StructuredReply
}

/**
 * Realistic faulty thinking with the critique that exposes it; the corrected reply is the gold one. Trains reflection.
 * The flaw is drawn among those the question allows; the faulty answer follows from the faulty thinking.
 */
export function corrupt(
  question: Question,
  facts: readonly Fact[],
  gold: StructuredReply,
  index: FactIndex,
  random: Random,
): Corrupted {
  const last = facts.at(-1)
  const inverse = last ? asksSubject(last, question) : false
  const options: Flaw[] = ['wrong-value']
  const sameSubject = last
    ? (index.bySubject.get(conceptKey(last.subject)) ?? []).filter(
        (f) => f.statement !== last.statement && !states(f.statement, question.answer),
      )
    : []
  const others = last
    ? index.all.filter(
        (f) => f.kind === last.kind && f.documentId !== last.documentId && !states(f.statement, question.answer),
      )
    : []
  if (others.length > 0) options.push('wrong-subject')
  if (sameSubject.length > 0) options.push('wrong-fact')
  if (facts.length > 1) options.push('missing-step', 'missing-step')
  const flaw = random.pick(options)
  if (!last || flaw === 'wrong-value') {
    const value = wrongAnswer(question.answer, last, inverse, index, random)
    const swap = (text: string) => text.split(question.answer).join(value)
    const sections = gold.sections.map((s) =>
      /^(?:recall|hypothesis|steps|graph|other)$/.test(roleOf(s.category)) ? { ...s, text: swap(s.text) } : s,
    )
    return {
      flaw: 'wrong-value',
      faulty: { sections, answer: value },
      critique: `The value ${value} is wrong. ${last ? `Correct is: ${last.statement}` : `It should be ${question.answer}.`}`,
      corrected: gold,
    }
  }
  if (flaw === 'missing-step') {
    const kept = facts[0] as Fact
    const answer = wrongAnswer(question.answer, last, inverse, index, random)
    const sections = replaced(gold.sections, {
      recall: kept.statement,
      steps: steps({ ...question, answer: kept.object }, [kept]),
      hypothesis: `Therefore the answer should be ${answer}.`,
    })
    return {
      flaw,
      faulty: { sections, answer },
      critique: `The second step is missing: ${last.statement}`,
      corrected: gold,
    }
  }
  const wrong = random.pick(flaw === 'wrong-fact' ? sameSubject : others)
  const answer = inverse ? wrong.subject.replace(/^(?:the|a|an) /i, '') : wrong.object
  const sections = replaced(gold.sections, {
    recall: wrong.statement,
    steps: steps({ ...question, answer }, [wrong]),
    hypothesis: `Therefore the answer should be ${answer}.`,
    ...(flaw === 'wrong-subject' ? { concepts: wrong.subject.replace(/^(?:the|a|an) /i, '') } : {}),
  })
  const subject = last.subject.replace(/^(?:the|a|an) /i, '')
  const critique =
    flaw === 'wrong-subject'
      ? `The thinking speaks of ${wrong.subject}, but the question asks about ${subject}. Needed is: ${last.statement}`
      : `The thinking names ${subject}, but the statement does not answer the question. Needed is: ${last.statement}`
  return { flaw, faulty: { sections, answer }, critique, corrected: gold }
}

function replaced(
  sections: readonly ThoughtSection[],
  texts: Partial<Record<ReturnType<typeof roleOf>, string>>,
): ThoughtSection[] {
  return sections.map((s) => ({ ...s, text: texts[roleOf(s.category)] ?? s.text }))
}
