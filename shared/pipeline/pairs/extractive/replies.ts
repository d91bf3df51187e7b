/**
 * @file The gold reply: short sections that recall the needed statements, then reason, then answer. A small model learns
 * from their order: what it has to recall comes before what follows from it.
 */

import type { Random } from '../../../base/random.ts'
import type { Fact, Question, StructuredReply, ThoughtSection } from '../../artifacts.ts'
import { askedFor, asksSubject, valueOf } from './asked.ts'
import { capitalised, conceptKey, contentWords } from './concepts.ts'
import { nearestFacts, type FactIndex } from './fact-index.ts'

type Role = 'concepts' | 'recall' | 'design' | 'background' | 'contrast' | 'graph' | 'other' | 'hypothesis' | 'steps'

const ROLES: readonly [RegExp, Role][] = [
  [/concept|relevant|entit|keyword/i, 'concepts'],
  [/propert|^facts?$|recall|evidence|known/i, 'recall'],
  [/design|principle|mechanism|cause/i, 'design'],
  [/background|context/i, 'background'],
  [/contradict|counter|limit/i, 'contrast'],
  [/graph|pattern|triple/i, 'graph'],
  [/hypothes|conclusion|expect/i, 'hypothesis'],
  [/reason|step|logic/i, 'steps'],
]
const ORDER: readonly Role[] = [
  'concepts',
  'recall',
  'design',
  'background',
  'contrast',
  'graph',
  'other',
  'hypothesis',
  'steps',
]

/** What a category's name asks for. */
export function roleOf(category: string): Role {
  return ROLES.find(([pattern]) => pattern.test(category))?.[1] ?? 'other'
}

const MOST_WORDS = 80
const WHY =
  /\b(?:because|so that|therefore|due to|since|allows?|enables?|prevents?|helps?|function|purpose|which makes|serves?|protects?|as a result|in order to|thereby)\b/i

/** The facts a question needs: those it names, else the nearest among the passages found for it. */
export function neededFacts(
  question: Question,
  index: FactIndex,
  search: (query: string, k: number) => readonly string[],
): Fact[] {
  const named = question.factIds.map((id) => index.byId.get(id)).filter((f) => f !== undefined)
  if (named.length > 0) return named
  const passages = [...question.passageIds, ...search(question.text, 3)]
  const pool = passages.flatMap((id) => index.byPassage.get(id) ?? [])
  return nearestFacts(`${question.text} ${question.answer}`, pool, 1)
}

/** One reply. `search` gives passages for background; nothing retrieved may state the answer. */
export function replyTo(
  question: Question,
  categories: readonly string[],
  index: FactIndex,
  search: (query: string, k: number) => readonly string[],
  random: Random,
): StructuredReply {
  const facts = neededFacts(question, index, search)
  const answer = question.answer
  const last = facts.at(-1)
  const subject = facts[0]?.subject ?? answer
  const pool = surroundings(question, facts, index, search)
  const used = new Set(facts.map((f) => f.statement))
  const take = (test: (f: Fact) => boolean): string => {
    const found = pool.find(
      (f) => !used.has(f.statement) && test(f) && f.statement.split(' ').length <= 18 && !states(f.statement, answer),
    )
    if (found) used.add(found.statement)
    return found?.statement ?? ''
  }
  const about = (f: Fact) =>
    facts.some((n) => conceptKey(n.subject) === conceptKey(f.subject) || conceptKey(n.object) === conceptKey(f.subject))
  const sections: (ThoughtSection & { role: Role })[] = []
  const recall = [...new Set(facts.map((f) => f.statement))].join(' ')
  const hasRecall = categories.some((c) => roleOf(c) === 'recall')
  const ordered = [...categories]
    .map((category, i) => ({ category, role: roleOf(category), i }))
    .sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role) || a.i - b.i)
  for (const { category, role } of ordered) {
    let text = ''
    if (role === 'concepts') text = concepts(facts, subject, pool, answer)
    else if (role === 'recall') text = recall
    else if (role === 'design')
      text = take(
        (f) =>
          (about(f) || f.documentId === last?.documentId) &&
          (f.kind === 'cause' || f.kind === 'purpose' || WHY.test(f.statement)),
      )
    else if (role === 'background') text = take(about) || take((f) => f.documentId === last?.documentId)
    else if (role === 'contrast')
      text = take((f) => /\b(?:but|although|unlike|however|not|than|while|whereas)\b/.test(f.statement))
    else if (role === 'graph') text = facts.map((f) => `[${f.subject}] -[${f.relation}]-> [${f.object}]`).join('; ')
    else if (role === 'other') text = take(about) || take(() => true)
    else if (role === 'hypothesis') text = hypothesis(answer, random)
    else text = `${hasRecall ? '' : `${recall} `}${steps(question, facts)}`
    if (text) sections.push({ category, text, role })
  }
  // the thinking stays short: what is not needed goes first
  for (const role of ['other', 'contrast', 'background', 'design'] as const) {
    while (words(sections) > MOST_WORDS) {
      const at = sections.findLastIndex((s) => s.role === role)
      if (at < 0) break
      sections.splice(at, 1)
    }
  }
  return { sections: sections.map(({ category, text }) => ({ category, text })), answer }
}

function words(sections: readonly ThoughtSection[]): number {
  return sections.reduce((n, s) => n + s.text.split(' ').length, 0)
}

/** Whether a text gives the answer away. */
export function states(text: string, answer: string): boolean {
  const clean = (t: string) =>
    ` ${t
      .toLowerCase()
      .replace(/[^\p{L}\p{N}%.]+/gu, ' ')
      .replace(/\.(?=\s|$)/g, '')} `
  return clean(text).includes(clean(answer).trimEnd()) || clean(text).includes(` ${conceptKey(answer)} `)
}

/** Facts near the question, best first: same subject, same passage, then what retrieval brings. */
function surroundings(
  question: Question,
  facts: readonly Fact[],
  index: FactIndex,
  search: (query: string, k: number) => readonly string[],
): Fact[] {
  const out: Fact[] = []
  for (const f of facts) out.push(...(index.bySubject.get(conceptKey(f.subject)) ?? []).slice(0, 12))
  const passages = [...new Set([...facts.map((f) => f.passageId), ...search(question.text, 3)])]
  const near = passages.flatMap((id) => index.byPassage.get(id) ?? [])
  out.push(...nearestFacts(`${question.text} ${facts.map((f) => f.subject).join(' ')}`, near, 12))
  return out.filter((f) => f.kind !== 'statement' && !/\b(?:it|they|this|these)\b/i.test(f.statement))
}

function concepts(facts: readonly Fact[], subject: string, pool: readonly Fact[], answer: string): string {
  const names: string[] = []
  const add = (name: string) => {
    const key = conceptKey(name)
    if (
      name.split(' ').length <= 5 &&
      key.length > 1 &&
      conceptKey(answer) !== key &&
      !names.some((n) => conceptKey(n) === key)
    )
      names.push(name.replace(/^(?:the|a|an) /i, ''))
  }
  add(subject)
  for (const f of facts) {
    add(f.subject)
    if (f.form?.answerType === 'thing' || f.form?.answerType === 'person') add(f.object)
    if (f.form?.topic) add(f.form.topic)
  }
  for (const f of pool.slice(0, 6)) if (names.length < 4 && contentWords(f.subject).length <= 3) add(f.subject)
  return names.slice(0, 4).join('; ')
}

const HYPOTHESES: readonly ((answer: string) => string)[] = [
  (a) => `Therefore the answer should be ${a}.`,
  (a) => `So the answer is probably ${a}.`,
  (a) => `This points to ${a}.`,
  (a) => `Hence ${a} should be the answer.`,
  (a) => `It follows that the answer is ${a}.`,
  (a) => `What is known suggests ${a}.`,
  (a) => `I expect the answer ${a}.`,
]

function hypothesis(answer: string, random: Random): string {
  return random.pick(HYPOTHESES)(answer)
}

/** "for the density of X", "when X was invented". */
const wanted = (clause: string) => (/^the /.test(clause) ? `for ${clause}` : clause)

/** "The question asks for ... It is ..."; two steps through the bridge for a join. */
export function steps(question: Question, facts: readonly Fact[]): string {
  const [a, b] = facts
  if (!a) return `The question is answered by ${question.answer}.`
  if (!b) {
    const inverse = asksSubject(a, question)
    return `The question asks ${wanted(askedFor(a, inverse))}. It is ${inverse ? question.answer : question.answer === a.object ? valueOf(a) : question.answer}.`
  }
  const bridge = b.subject
  const viaObject = conceptKey(a.object) === conceptKey(bridge)
  const first = viaObject
    ? `${capitalised(askedFor(a, false))}: that is ${bridge}.`
    : `${capitalised(askedFor(a, true))}: that is ${bridge}.`
  return `First, ${first[0]?.toLowerCase()}${first.slice(1)} Second, the question asks ${wanted(askedFor(b, false))}. It is ${valueOf(b)}.`
}
