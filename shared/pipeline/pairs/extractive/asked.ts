/** @file What a question asks, said in words for the reasoning steps: "when Bakelite was invented", "the density of nitinol". */

import type { Fact, Question } from '../../artifacts.ts'
import { conceptKey } from './concepts.ts'
import { adjunctText } from './form.ts'
import { plain, predicateOf } from './grammar.ts'

/** Whether the question asks for the fact's subject rather than its object. */
export function asksSubject(fact: Fact, question: Pick<Question, 'answer'>): boolean {
  return (
    conceptKey(question.answer) === conceptKey(fact.subject) && conceptKey(fact.object) !== conceptKey(question.answer)
  )
}

/** A noun clause for what is asked. `subject` stands in for the fact's own where a bridge is to be named. */
export function askedFor(fact: Fact, inverse: boolean): string {
  const form = fact.form
  const v = form?.verb
  if (!form || !v || fact.kind === 'statement') return `the missing part about ${fact.subject}`
  const few = form.adjuncts
    .map((_, i) => i)
    .filter((i) => i !== form.target && form.adjuncts[i]?.type !== 'clause')
    .slice(0, 1)
  const noun = fact.kind === 'property' && !/^be\b/.test(fact.relation) && fact.relation !== v.base
  if (inverse) {
    if (noun) return `what has ${/^[aeiou]/.test(fact.relation) ? 'an' : 'a'} ${fact.relation} of ${fact.object}`
    return `${form.person ? 'who' : 'what'} ${predicateOf(form, { omit: 'subject', keep: keepTarget(fact, few) })}`
  }
  if (noun) return `the ${fact.relation} of ${fact.subject}`
  if (fact.relation === 'name') return `the name of ${fact.subject}`
  if (fact.kind === 'composition') return `what ${fact.subject} ${form.plural ? 'consist' : 'consists'} of`
  switch (form.target) {
    case 'subject':
      return `${form.person ? 'who' : 'what'} ${predicateOf(form, { omit: 'subject', keep: few })}`
    case 'complement':
      return form.answerType === 'quality'
        ? `what ${fact.subject} ${v.aux[0] ?? v.main} like`
        : `what ${plain(form, { omit: 'complement', keep: few })}`
    case 'second':
      return `what ${plain(form, { omit: 'second', keep: few })}`
    case 'property':
      return `the ${fact.relation} of ${fact.subject}`
    default: {
      const a = form.adjuncts[form.target]
      const rest = plain(form, { omit: form.target, keep: few })
      const word =
        a?.type === 'time'
          ? 'when'
          : a?.type === 'place'
            ? 'where'
            : a?.type === 'reason' || a?.type === 'purpose'
              ? 'why'
              : a?.type === 'means'
                ? 'how'
                : a?.type === 'temperature'
                  ? 'at what temperature'
                  : a?.type === 'duration'
                    ? 'how long'
                    : a?.type === 'clause'
                      ? 'when'
                      : a?.type === 'person'
                        ? `${a.word} whom`
                        : `${a?.word ?? ''} what`.trim()
      return `${word} ${rest}`
    }
  }
}

function keepTarget(fact: Fact, few: readonly number[]): number[] {
  const target = fact.form?.target
  return typeof target === 'number' ? [target] : [...few]
}

/** The value with what introduces it: "in 1907", "aragonite". */
export function valueOf(fact: Fact): string {
  const target = fact.form?.target
  const a = typeof target === 'number' ? fact.form?.adjuncts[target] : undefined
  return a && fact.object === a.text ? adjunctText(a) : fact.object
}
