/**
 * @file The gold reply, one batched call per category over all questions: sections of the thinking in the user's order,
 * then the answer from thinking and material.
 */

import { must } from '../../../base/errors.ts'
import type { Completion } from '../../ports.ts'
import type { Question, StructuredReply, ThoughtSection } from '../../artifacts.ts'
import { renderSections } from '../../thought.ts'
import { askUntil, TEACHER_TEMPERATURE, type Ask } from './ask.ts'
import { cleanProse, cleanText, firstLine } from './clean-text.ts'
import type { Material } from './material.ts'
import { containsPhrase, sentencesOf } from './phrase.ts'
import { answerPrompt, categoryPrompt, recipeOf, type TeacherPrompt } from './prompts.ts'
import { patternOf, readRelations, writeRelations } from './relation-lines.ts'

const MOST_ANSWER_WORDS = 12

export interface ReplyOptions {
  attempts: number
  maxTokens: number
  answer: 'key' | 'full'
  seed: number
}

export interface WrittenReplies {
  replies: StructuredReply[]
  /** Sections that stayed empty after every attempt. */
  missingSections: number
  /** Answers that the key fact had to be put in for. */
  mendedAnswers: number
}

export async function writeReplies(
  ask: Ask,
  material: Material,
  questions: readonly Question[],
  categories: readonly string[],
  options: ReplyOptions,
): Promise<WrittenReplies> {
  const { attempts, maxTokens, seed } = options
  const sections: ThoughtSection[][] = questions.map(() => [])
  const shown = questions.map((question) => material.texts(passagesOf(material, question)))
  const found = questions.map((question) => material.texts(material.retrieve(question.text)))
  let missingSections = 0
  for (const category of categories) {
    const recipe = recipeOf(category)
    const texts = await askUntil(
      ask,
      questions,
      { label: `writing ${category}`, temperature: TEACHER_TEMPERATURE, maxNewTokens: maxTokens, seed, attempts },
      (question, i) => {
        const passages = recipe.background && must(found[i]).length > 0 ? must(found[i]) : must(shown[i])
        const earlier = must(sections[i]).filter((s) => recipe.builtOn?.includes(s.category.trim().toLowerCase()))
        return categoryPrompt(passages, question.text, category, renderSections(earlier))
      },
      (completion, question, prompt) => readSection(completion, category, question, prompt) || undefined,
    )
    texts.forEach((text, i) => {
      const own = must(sections[i])
      const made = text ?? (recipe.form === 'pattern' ? patternFrom(own) : '')
      if (made) own.push({ category, text: made })
      else missingSections++
    })
  }
  const { answers, mended } = await writeAnswers(ask, shown, questions, sections, options)
  const replies = questions.map((_, i) => ({ sections: must(sections[i]), answer: must(answers[i]) }))
  return { replies, missingSections, mendedAnswers: mended }
}

/** What was before the teacher when it asked; for a question that somebody typed, what retrieval finds. */
function passagesOf(material: Material, question: Question): string[] {
  return question.passageIds.length > 0 ? question.passageIds : material.retrieve(question.text)
}

function readSection(completion: Completion, category: string, question: Question, prompt: TeacherPrompt): string {
  const { form, background } = recipeOf(category)
  if (form === 'relations') return writeRelations(readRelations(cleanText(completion, '', category)))
  if (form === 'pattern') {
    const text = cleanText(completion, prompt.instruction, category)
    // Prose without a symbol is no pattern; one is then made from the connections.
    return /[→←↔⇒∝⊂∘≈]|->|[α-ω]/u.test(text) ? text.replace(/->/g, '→') : ''
  }
  const text = cleanProse(completion, prompt.instruction, category)
  return background ? withoutKey(text, question.answer) : text
}

/** Background must not give the answer away. */
function withoutKey(text: string, key: string): string {
  return text
    .split('\n')
    .map((line) =>
      sentencesOf(line)
        .filter((sentence) => !containsPhrase(sentence, key))
        .join(' '),
    )
    .filter((line) => line !== '')
    .join('\n')
}

function patternFrom(sections: readonly ThoughtSection[]): string {
  const graph = sections.find((s) => recipeOf(s.category).form === 'relations')
  return graph ? patternOf(readRelations(graph.text)) : ''
}

/** The judge looks for the key fact, so every gold answer states it. */
async function writeAnswers(
  ask: Ask,
  shown: readonly string[][],
  questions: readonly Question[],
  sections: readonly ThoughtSection[][],
  { attempts, maxTokens, answer: style, seed }: ReplyOptions,
) {
  const written = await askUntil(
    ask,
    questions,
    { label: 'writing answers', temperature: TEACHER_TEMPERATURE, maxNewTokens: maxTokens, seed, attempts },
    (question, i) =>
      answerPrompt(must(shown[i]), question.text, renderSections(must(sections[i])), question.answer, style),
    (completion, question, prompt) => {
      const prose = cleanProse(completion, prompt.instruction, 'answer')
      const text = style === 'key' ? firstLine(prose) : prose
      const fits = style === 'full' || text.split(/\s+/).length <= MOST_ANSWER_WORDS
      return fits && containsPhrase(text, question.answer) ? text : undefined
    },
  )
  let mended = 0
  const answers = written.map((text, i) => {
    if (text !== undefined) return text
    mended++
    return must(questions[i]).answer
  })
  return { answers, mended }
}
