/**
 * @file The local teacher: a language model that writes questions, gold replies, wrong answers and critiques from the
 * passages, as in PRefLexOR's in-situ pairs. It keeps no state: the same request and seed give the same result.
 */

import { Fault, must } from '../../../base/errors.ts'
import type { Passage } from '../../artifacts.ts'
import type { Generator, Logger, Teacher } from '../../ports.ts'
import { renderSections } from '../../thought.ts'
import { askUntil, createAsk, TEACHER_TEMPERATURE } from './ask.ts'
import { askQuestions } from './ask-questions.ts'
import { cleanProse, firstLine } from './clean-text.ts'
import { createMaterial } from './material.ts'
import { containsPhrase } from './phrase.ts'
import { teacherCritiquePrompt, wrongAnswerPrompt } from './prompts.ts'
import { writeReplies } from './write-replies.ts'

export interface LocalTeacherOptions {
  model: Generator
  passages: readonly Passage[]
  /** Passage ids, best first. */
  search(query: string, k: number): readonly string[]
  /** Passages that a question is made from; 3 in the paper. */
  inContext?: number
  /** Further passages found with the question; 3 in the paper. */
  retrieved?: number
  /** Passage tokens in one prompt; further passages are left out. */
  contextTokens?: number
  /** Longest reply in tokens; the paper's 2048. */
  maxTokens?: number
  /** Tries for anything the model writes before it is given up. */
  attempts?: number
  /** `key`: one sentence of at most twelve words with the key fact; `full`: prose, as in the paper. */
  answer?: 'key' | 'full'
  name?: string
  logger?: Logger
  signal?: { readonly aborted: boolean }
}

const WRONG_TOKENS = 64
/** Speaks of being wrong instead of being wrong. */
const CONFESSION =
  /\b(?:wrong|incorrect|false|mistaken|not (?:correct|true|right)|misconception|inaccurate|i (?:cannot|can't))\b/i

/**
 * `questions` may return fewer than asked for; `wrongAnswers` and `critiques` hold '' where the model gave nothing usable.
 * @throws Fault('no-documents') when there is no passage; Cancelled when the signal is aborted
 */
export function createLocalTeacher(options: LocalTeacherOptions): Teacher {
  const { model, passages, search, logger, signal, attempts = 3, maxTokens = 2048 } = options
  const { inContext = 3, retrieved = 3, contextTokens = 3072, answer = 'key' } = options
  const ask = createAsk({ model, logger, signal })
  const material = createMaterial({ passages, search, inContext, retrieved, contextTokens })
  return {
    name: options.name ?? 'local',

    async questions(request) {
      if (passages.length === 0)
        throw new Fault('no-documents', 'There is nothing to ask about.', 'Add documents first.')
      const { questions, dropped, refusals } = await askQuestions(ask, material, request, attempts)
      logger?.event({ type: 'teacher-questions', asked: request.count, made: questions.length, dropped, refusals })
      if (dropped > 0) {
        const reasons = Object.entries(refusals).sort((a, b) => b[1] - a[1])
        const main = reasons[0] ? `, most often because ${reasons[0][0]}` : ''
        logger?.remark(`The teacher failed to write ${dropped} of ${request.count} questions${main}.`)
      }
      return questions
    },

    async replies(questions, categories, seed) {
      const made = await writeReplies(ask, material, questions, categories, { attempts, maxTokens, answer, seed })
      const { replies, missingSections, mendedAnswers } = made
      logger?.event({ type: 'teacher-replies', replies: replies.length, missingSections, mendedAnswers })
      return replies
    },

    async wrongAnswers(questions, seed) {
      const wrong = await askUntil(
        ask,
        questions,
        {
          label: 'writing wrong answers',
          temperature: TEACHER_TEMPERATURE,
          maxNewTokens: WRONG_TOKENS,
          seed,
          attempts,
        },
        ({ passageIds, text, answer: key }) => wrongAnswerPrompt(material.texts(passageIds), text, key),
        (completion, question, prompt) => {
          const text = firstLine(cleanProse(completion, prompt.instruction, 'answer'))
          return text && !CONFESSION.test(text) && !containsPhrase(text, question.answer) ? text : undefined
        },
      )
      return wrong.map((text) => text ?? '')
    },

    async critiques(questions, replies, seed) {
      const critiques = await askUntil(
        ask,
        questions,
        { label: 'writing critiques', temperature: TEACHER_TEMPERATURE, maxNewTokens: maxTokens, seed, attempts },
        (question, i) => teacherCritiquePrompt(question.text, renderSections(must(replies[i]).sections)),
        (completion, _, prompt) => cleanProse(completion, prompt.instruction, 'critique') || undefined,
      )
      return critiques.map((text) => text ?? '')
    },
  }
}
