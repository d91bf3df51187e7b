/**
 * @file Preference pairs in situ: the teacher asks and writes the gold reply, the rejected side comes from the teacher
 * or is sampled from the model in training and judged against the gold answer (rejection sampling).
 */

import { Cancelled, must } from '../../base/errors.ts'
import { Random } from '../../base/random.ts'
import type { LedgerEntry, Pair, Question, StructuredReply } from '../artifacts.ts'
import type { Generator, SamplingOptions, Teacher } from '../ports.ts'
import { renderReply, withTrigger } from '../thought.ts'

export interface PairSettings {
  questionsPerIteration: number
  rejectedFrom: 'model' | 'teacher'
  draws: number
  onlyWrongAnswers: boolean
  rejectedTokens: number
  rejectedTemperature: number
  rejectedTopP: number
  rejectedTopK: number
  reflection: boolean
  /** Share of pairs that ask without the trigger and are answered without thinking. */
  directShare: number
  /** Share of pairs that teach the critic, the improver and the integrator. */
  agentShare: number
}

export interface PairRequest {
  stage: 1 | 2
  iteration: number
  seed: number
  settings: PairSettings
  categories: readonly string[]
  topics: readonly string[]
  teacher: Teacher
  model: Generator
  /** Whether a reply gives the gold answer. */
  isRight(reply: string, answer: string): boolean
  signal?: { readonly aborted: boolean }
  onProgress?: (done: number, total: number, label: string) => void
}

export interface MadePairs {
  pairs: Pair[]
  ledger: LedgerEntry[]
}

export async function makePairs(request: PairRequest): Promise<MadePairs> {
  const { teacher, settings, stage, categories, signal } = request
  const seed = new Random(`pairs:${request.seed}:${stage}:${request.iteration}`).uint32()
  const count = settings.questionsPerIteration
  const agents = teacher.agentTurns ? Math.round(count * settings.agentShare) : 0
  // Stage II's iterations go on counting, so that the teacher does not begin its wordings again.
  const iteration = request.iteration + (stage === 2 ? 1000 : 0)
  const between = () => {
    if (signal?.aborted) throw new Cancelled()
  }
  between()
  const asked = await teacher.questions({ count: count - agents, topics: request.topics, iteration, seed })
  between()
  const { questions, replies } = usable(asked, await teacher.replies(asked, categories, seed), categories)
  between()
  const critiques = settings.reflection ? await teacher.critiques(questions, replies, seed) : undefined
  between()
  const random = new Random(`direct:${seed}`)
  const direct = questions.map(() => random.chance(settings.directShare))
  const gold = replies.map((reply, i): StructuredReply => {
    if (direct[i]) return { sections: [], answer: reply.answer }
    return critiques ? { ...reply, reflection: critiques[i] } : reply
  })
  const prompts = questions.map((q, i) => (direct[i] ? q.text : withTrigger(q.text)))
  const { texts, ledger } =
    settings.rejectedFrom === 'teacher'
      ? await rejectedByTeacher(request, questions, gold, seed)
      : await rejectedByModel(request, questions, prompts, seed)
  const pairs: Pair[] = questions.flatMap((question, i) => {
    const rejected = texts[i]
    const chosen = renderReply(must(gold[i]))
    // Equal sides (a right sample of a direct pair, say) teach nothing.
    if (rejected === undefined || rejected === chosen) return []
    return [pairOf(request, question, must(prompts[i]), chosen, rejected, settings.rejectedFrom)]
  })
  if (agents > 0) {
    between()
    const turns = (await teacher.agentTurns?.(agents, iteration, seed)) ?? []
    turns.forEach(({ question, prompt, chosen, rejected }, i) => {
      const pair = pairOf(request, question, prompt, chosen, rejected, 'teacher')
      // One question may give several turns.
      pairs.push({ ...pair, id: `${pair.id}-agent${i}` })
    })
  }
  return { pairs, ledger }
}

/** Leaves out what the teacher could not answer, or not think about although it was asked to. */
function usable(questions: readonly Question[], replies: readonly StructuredReply[], categories: readonly string[]) {
  const kept = questions.flatMap((_, i) => {
    const { answer, sections } = must(replies[i])
    return answer.trim() !== '' && (sections.length > 0 || categories.length === 0) ? [i] : []
  })
  return { questions: kept.map((i) => must(questions[i])), replies: kept.map((i) => must(replies[i])) }
}

function pairOf(
  { stage, iteration }: PairRequest,
  question: Question,
  prompt: string,
  chosen: string,
  rejected: string,
  rejectedFrom: Pair['rejectedFrom'],
): Pair {
  const id = `s${stage}-i${iteration}-${question.id}`
  return { id, question, prompt, chosen, rejected, rejectedFrom, stage, iteration, status: 'active' }
}

/**
 * The gold thinking with a wrong end would teach the wrong lesson: a teacher's rejected reply is a bare wrong answer in
 * Stage I. A wrong answer that is empty or right gives no pair.
 */
async function rejectedByTeacher(
  { teacher, stage, iteration, isRight }: PairRequest,
  questions: readonly Question[],
  gold: readonly StructuredReply[],
  seed: number,
) {
  const wrong = await teacher.wrongAnswers(questions, seed)
  const ledger: LedgerEntry[] = []
  const texts = questions.map((question, i) => {
    const answer = (wrong[i] ?? '').trim()
    const verdict = answer === '' ? 'empty' : isRight(answer, question.answer) ? 'right' : 'kept'
    ledger.push({ questionId: question.id, iteration, draw: 0, text: answer, verdict })
    if (verdict !== 'kept') return undefined
    return stage === 1 ? answer : renderReply({ ...must(gold[i]), answer })
  })
  return { texts, ledger }
}

async function rejectedByModel(
  request: PairRequest,
  questions: readonly Question[],
  prompts: readonly string[],
  seed: number,
) {
  const { settings, stage, iteration, model } = request
  const texts: (string | undefined)[] = questions.map(() => undefined)
  const fallback: (string | undefined)[] = questions.map(() => undefined)
  const ledger: LedgerEntry[] = []
  const seen = questions.map(() => new Set<string>())
  for (let draw = 0; draw < settings.draws; draw++) {
    const open = questions.flatMap((_, i) => (texts[i] === undefined ? [i] : []))
    if (open.length === 0) break
    const options: SamplingOptions = {
      maxNewTokens: settings.rejectedTokens,
      temperature: settings.rejectedTemperature,
      topP: settings.rejectedTopP,
      topK: settings.rejectedTopK,
      seed: seed + draw,
    }
    // Stage I samples without the trigger, Stage II with it (the paper's recipe).
    const asked = open.map((i) => (stage === 1 ? must(questions[i]).text : must(prompts[i])))
    let rows = 0
    const completions = await model.generate(asked, options, {
      signal: request.signal,
      onRow: () => request.onProgress?.(++rows, open.length, `sampling answers, draw ${draw + 1}`),
    })
    open.forEach((i, row) => {
      const question = must(questions[i])
      const text = must(completions[row]).text.trim()
      const verdict: LedgerEntry['verdict'] =
        text === ''
          ? 'empty'
          : must(seen[i]).has(text)
            ? 'duplicate'
            : request.isRight(text, question.answer)
              ? 'right'
              : 'kept'
      must(seen[i]).add(text)
      ledger.push({ questionId: question.id, iteration, draw, text, verdict })
      if (verdict === 'kept') texts[i] = text
      else if (verdict === 'right') fallback[i] ??= text
    })
  }
  // Without the filter, a question that the model always gets right still gives a pair, as in the paper.
  if (!settings.onlyWrongAnswers) texts.forEach((text, i) => (texts[i] = text ?? fallback[i]))
  return { texts, ledger }
}
