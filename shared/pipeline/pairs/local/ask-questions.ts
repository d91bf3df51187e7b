/**
 * @file Questions in situ: passages are drawn, the teacher asks, the question is checked, retrieval enriches the
 * material, and the teacher gives the key fact. What fails is tried again with other passages, then dropped and counted.
 */

import { must } from '../../../base/errors.ts'
import { hashString, Random } from '../../../base/random.ts'
import type { Question } from '../../artifacts.ts'
import { QUESTION_TEMPERATURE, TEACHER_TEMPERATURE, type Ask } from './ask.ts'
import { checkQuestion } from './check-question.ts'
import { cleanText } from './clean-text.ts'
import { checkKey } from './key-fact.ts'
import type { Material } from './material.ts'
import { wordsOf } from './phrase.ts'
import { keyFactPrompt, questionPrompt } from './prompts.ts'

const QUESTION_TOKENS = 256
const KEY_TOKENS = 48

export interface QuestionRequest {
  count: number
  topics?: readonly string[]
  iteration: number
  seed: number
}

export interface AskedQuestions {
  questions: Question[]
  /** Questions that were still refused after every attempt. */
  dropped: number
  /** How often each reason refused an attempt. */
  refusals: Record<string, number>
}

interface Draft {
  slot: number
  topic?: string
  passageIds: string[]
  text: string
}

export async function askQuestions(
  ask: Ask,
  material: Material,
  request: QuestionRequest,
  attempts: number,
): Promise<AskedQuestions> {
  const { count, iteration, seed } = request
  const topics = request.topics ?? []
  const slots: (Question | undefined)[] = Array.from({ length: count }, () => undefined)
  const hints: (string | undefined)[] = slots.map(() => undefined)
  const refusals: Record<string, number> = {}
  const seen = new Set<string>()
  const refuse = (slot: number, reason: string) => {
    hints[slot] = reason
    refusals[reason] = (refusals[reason] ?? 0) + 1
  }

  for (let attempt = 0; attempt < attempts; attempt++) {
    const drafts = slots.flatMap((made, slot): Draft[] => {
      if (made) return []
      const topic = topics[(iteration * count + slot) % Math.max(1, topics.length)]
      const random = new Random(`draw:${seed}:${iteration}:${slot}:${attempt}`)
      return [{ slot, topic, passageIds: material.draw(random, topic), text: '' }]
    })
    if (drafts.length === 0) break
    const prompts = drafts.map((d) => questionPrompt(material.texts(d.passageIds), d.topic, hints[d.slot]))
    const written = await ask(prompts, {
      label: 'asking questions',
      temperature: QUESTION_TEMPERATURE,
      maxNewTokens: QUESTION_TOKENS,
      seed,
      attempt,
    })
    const standing = drafts.flatMap((draft, row): Draft[] => {
      const checked = checkQuestion(cleanText(must(written[row]), must(prompts[row]).instruction))
      if ('refused' in checked) refuse(draft.slot, checked.refused)
      else if (seen.has(sameness(checked.text))) refuse(draft.slot, 'it was asked before')
      else {
        seen.add(sameness(checked.text))
        return [{ ...draft, text: checked.text, passageIds: material.enrich(draft.passageIds, checked.text) }]
      }
      return []
    })
    const keyPrompts = standing.map((d) => keyFactPrompt(material.texts(d.passageIds), d.text))
    const keys = await ask(keyPrompts, {
      label: 'finding key facts',
      temperature: TEACHER_TEMPERATURE,
      maxNewTokens: KEY_TOKENS,
      seed,
      attempt,
    })
    standing.forEach(({ slot, text, passageIds }, row) => {
      const cleaned = cleanText(must(keys[row]), must(keyPrompts[row]).instruction)
      const checked = checkKey(cleaned, text, material.texts(passageIds))
      if ('refused' in checked) return refuse(slot, checked.refused)
      const id = `q${iteration}-${slot}-${(hashString(`${seed}:${text}`) >>> 0).toString(16).padStart(8, '0')}`
      slots[slot] = { id, text, answer: checked.key, factIds: [], passageIds, iteration }
    })
  }
  const questions = slots.filter((slot) => slot !== undefined)
  return { questions, dropped: count - questions.length, refusals }
}

const sameness = (text: string) => wordsOf(text).join(' ')
