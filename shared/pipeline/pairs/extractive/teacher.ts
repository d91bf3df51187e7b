/**
 * @file The teacher that needs no language model: questions worded from extracted facts, replies that recall and reason over
 * them. Deterministic by seed; which facts an iteration visits depends on the iteration alone, so a resumed run goes on where
 * it stopped.
 */

import { hashString, Random } from '../../../base/random.ts'
import type { Document, Fact, Passage, Question, StructuredReply } from '../../artifacts.ts'
import type { Teacher } from '../../ports.ts'
import { asksSubject } from './asked.ts'
import { corrupt, critiqueOf, type Corrupted } from './critiques.ts'
import { indexFacts } from './fact-index.ts'
import { findJoins, wordJoin, type Join } from './joins.ts'
import { neededFacts, replyTo } from './replies.ts'
import { wordQuestion } from './wordings.ts'
import { wrongAnswer } from './wrong.ts'

export interface ExtractiveTeacherParts {
  facts: readonly Fact[]
  passages: readonly Passage[]
  documents: readonly Document[]
  /** Passage ids for a query, best first. */
  search(query: string, k: number): readonly string[]
  /** Share of two-fact questions. Default 0.25. */
  joins?: number
}

export interface ExtractiveTeacher extends Teacher {
  /** Faulty thinking for each question with the critique that exposes it: used to train reflection. */
  corrupt(questions: readonly Question[], replies: readonly StructuredReply[], seed: number): Promise<Corrupted[]>
  /** The two-fact questions that could be asked. */
  readonly joinCount: number
}

/** Passages put in front of the teacher for one question. */
const CONTEXT = 3

export function createExtractiveTeacher(parts: ExtractiveTeacherParts): ExtractiveTeacher {
  const { facts, search } = parts
  const share = parts.joins ?? 0.25
  const index = indexFacts(facts)
  const joins = findJoins(facts)
  const asked = new Set<string>()

  /** Items `from` to `from + count` of an endless walk in which every item comes up once per round. */
  function* walk<T>(items: readonly T[], from: number, name: string): Generator<T> {
    if (items.length === 0) return
    for (let at = from; ;) {
      const round = Math.floor(at / items.length)
      const order = new Random(`${name}:${round}:${items.length}`).shuffle(items)
      for (let i = at % items.length; i < items.length; i++, at++) yield order[i] as T
    }
  }

  function fresh(
    draw: () => { text: string; answer: string } | undefined,
  ): { text: string; answer: string } | undefined {
    let last: { text: string; answer: string } | undefined
    for (let i = 0; i < 8; i++) {
      const worded = draw()
      if (!worded) return last
      last = worded
      if (!asked.has(worded.text)) break
    }
    if (last) asked.add(last.text)
    return last
  }

  function restrict(topics: readonly string[] | undefined): { facts: readonly Fact[]; joins: readonly Join[] } {
    if (!topics || topics.length === 0) return { facts, joins }
    const passages = new Set(topics.flatMap((t) => search(t, 8)))
    const near = facts.filter((f) => passages.has(f.passageId))
    return near.length > 0 ? { facts: near, joins: joins.filter((j) => passages.has(j.b.passageId)) } : { facts, joins }
  }

  function ask(text: string, answer: string, needed: readonly Fact[], iteration: number): Question {
    const ids = [...new Set([...needed.map((f) => f.passageId), ...search(text, CONTEXT)])].slice(
      0,
      Math.max(CONTEXT, needed.length),
    )
    return {
      id: `q${iteration}-${(hashString(`${iteration}:${text}`) >>> 0).toString(36)}`,
      text,
      answer,
      factIds: needed.map((f) => f.id),
      passageIds: ids,
      iteration,
    }
  }

  return {
    name: 'extractive',
    joinCount: joins.length,

    async questions({ count, topics, iteration, seed }) {
      // Nothing is remembered between calls: a resumed run must be asked what the uninterrupted one was.
      asked.clear()
      const random = new Random(`${seed}:${iteration}:questions`)
      const pool = restrict(topics)
      const doubles = pool.joins.length > 0 ? Math.min(Math.round(count * share), pool.joins.length) : 0
      const out: Question[] = []
      const texts = new Set<string>()
      const put = (worded: { text: string; answer: string } | undefined, needed: readonly Fact[]): boolean => {
        if (!worded || texts.has(worded.text)) return false
        texts.add(worded.text)
        out.push(ask(worded.text, worded.answer, needed, iteration))
        return true
      }
      let tries = 0
      for (const join of walk(pool.joins, iteration * doubles * 2, 'joins')) {
        if (out.length >= doubles || tries++ >= doubles * 4) break
        put(
          fresh(() => wordJoin(join.a, join.b, random)),
          [join.a, join.b],
        )
      }
      const singles = Math.max(0, count - out.length)
      tries = 0
      for (const fact of walk(pool.facts, iteration * (count - doubles), 'facts')) {
        if (out.length >= count || tries++ >= singles * 2) break
        put(
          fresh(() => wordQuestion(fact, random)),
          [fact],
        )
      }
      return random.shuffle(out)
    },

    async replies(questions, categories, seed) {
      return questions.map((q) => replyTo(q, categories, index, search, new Random(`${seed}:${q.id}:reply`)))
    },

    async wrongAnswers(questions, seed) {
      return questions.map((q) => {
        const fact = neededFacts(q, index, search).at(-1)
        return wrongAnswer(
          q.answer,
          fact,
          fact ? asksSubject(fact, q) : false,
          index,
          new Random(`${seed}:${q.id}:wrong`),
        )
      })
    },

    async critiques(questions, replies, seed) {
      return questions.map((q, i) =>
        critiqueOf(
          q,
          neededFacts(q, index, search),
          replies[i] ?? { sections: [], answer: '' },
          new Random(`${seed}:${q.id}:critique`),
        ),
      )
    },

    async corrupt(questions, replies, seed) {
      return questions.map((q, i) =>
        corrupt(
          q,
          neededFacts(q, index, search),
          replies[i] ?? { sections: [], answer: q.answer },
          index,
          new Random(`${seed}:${q.id}:corrupt`),
        ),
      )
    },
  }
}
