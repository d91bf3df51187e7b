/** @file Question files: one JSON object per line. All faults of a file are told at once, each with its line number. */

import { Fault, messageOf } from '../../base/errors.ts'
import type { EvaluationQuestion } from '../artifacts.ts'

const KNOWN = new Set(['id', 'question', 'answers', 'group', 'tolerance'])
/** More than this are counted, not listed. */
const MOST_LISTED = 20

/**
 * Reads `{"id","question","answers":[…],"group","tolerance"?}` lines. Blank lines are passed over.
 * @param where the file's name, for the message
 * @throws Fault `corrupt-file` that lists every malformed line and every repeated id
 */
export function parseQuestions(text: string, where = 'questions.jsonl'): EvaluationQuestion[] {
  const questions: EvaluationQuestion[] = []
  const faults: string[] = []
  const seen = new Map<string, number>()
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .forEach((line, i) => {
      if (line.trim() === '') return
      const read = readLine(line)
      if (typeof read === 'string') {
        faults.push(`line ${i + 1}: ${read}`)
        return
      }
      const first = seen.get(read.id)
      if (first !== undefined) faults.push(`line ${i + 1}: the id "${read.id}" is taken by line ${first}`)
      else seen.set(read.id, i + 1)
      questions.push(read)
    })
  if (questions.length === 0 && faults.length === 0) faults.push('it holds no question')
  if (faults.length > 0) {
    const rest = faults.length - MOST_LISTED
    throw new Fault(
      'corrupt-file',
      `${where}: ${faults.slice(0, MOST_LISTED).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`,
      'Correct these lines. Each must be one JSON object with id, question, answers (a list), group and, if wanted, tolerance.',
      where,
    )
  }
  return questions
}

/** The question, or what is wrong with the line. */
function readLine(line: string): EvaluationQuestion | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    return `not JSON (${messageOf(error)})`
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object'
  const { id, question, answers, group, tolerance } = value as Record<string, unknown>
  const wrong: string[] = []
  if (!isText(id)) wrong.push('id must be a non-empty text')
  if (!isText(question)) wrong.push('question must be a non-empty text')
  if (!Array.isArray(answers) || answers.length === 0 || !answers.every(isText)) {
    wrong.push('answers must be a list of non-empty texts')
  }
  if (!isText(group)) wrong.push('group must be a non-empty text')
  if (tolerance !== undefined && (typeof tolerance !== 'number' || !(tolerance >= 0 && tolerance < 1))) {
    wrong.push('tolerance must be a number from 0 to below 1 (0.05 is 5 %)')
  }
  const unknown = Object.keys(value).filter((key) => !KNOWN.has(key))
  if (unknown.length > 0) wrong.push(`unknown field ${unknown.map((key) => `"${key}"`).join(', ')}`)
  if (wrong.length > 0) return wrong.join(', ')
  return {
    id: id as string,
    question: question as string,
    answers: answers as string[],
    group: group as string,
    ...(tolerance !== undefined && { tolerance: tolerance as number }),
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

/** The inverse of {@link parseQuestions}. */
export function renderQuestions(questions: readonly EvaluationQuestion[]): string {
  return questions.map((q) => `${JSON.stringify(q)}\n`).join('')
}
