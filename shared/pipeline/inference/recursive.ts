/**
 * @file Recursive inference (PRefLexOR, section "recursive reasoning"): a reasoner answers, its thinking is criticised and
 * rewritten, and it answers again from the rewritten thinking; at last all answers are merged. Many questions go through
 * each phase together, one call of the generator per phase. Nothing a model writes is an error: see {@link RoundNote}.
 */

import { Cancelled, must } from '../../base/errors.ts'
import { Random } from '../../base/random.ts'
import type { Clock, Generator, Progress } from '../ports.ts'
import { critiquePrompt, improvePrompt, integratePrompt } from '../prompts.ts'
import { END_THINK, parseReply, THINK, withTrigger } from '../thought.ts'
import { callAgent } from './call-agent.ts'
import type { AgentCall } from './call-agent.ts'
import { plainReply, readRewrite } from './read-reply.ts'
import type { Agent, Integration, Round, RoundNote, Step, Transcript } from './transcript.ts'

export interface RecursionSettings {
  /** `thinking`: a critic gives the feedback. `reflection`: the model's own reflect section does. */
  mode: 'thinking' | 'reflection'
  /** Rewritings after the first answer; 0 only answers. */
  rounds: number
  /** Merge all answers at the end. */
  integrate: boolean
  maxNewTokens: number
  /** 0.1 in the paper. */
  temperature: number
  topP?: number
  topK?: number
  repetitionPenalty?: number
  seed: number
}

export interface RecursionHooks {
  /** Milliseconds; the only source of time. */
  clock: Clock
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
  /** New text of a reply, as it is written. `row` is the question's index. */
  onToken?: (row: number, agent: Agent, round: number, text: string) => void
  /** A round of a question is complete. What was done before a cancellation is known only from here. */
  onRound?: (row: number, round: Round) => void
}

/** `critic` also improves and integrates; it is the reasoner itself unless another model is given. */
export interface RecursionModels {
  reasoner: Generator
  critic?: Generator
}

/**
 * One transcript per question, in order.
 *
 * Outcomes when a reply is malformed:
 * - no thinking in the first reply: the answer stands in as the thinking to be criticised;
 * - unclosed thinking: all of it counts as thinking; the answer is the one before it, or empty;
 * - no reflection (reflection mode): the critic is asked, for that question and round;
 * - empty critique, or an empty, truncated or looping rewriting: the thinking stays and the reasoner answers from it again;
 * - no answer in a later round: the answer before it stays;
 * - an empty integration: the last round's answer stays.
 *
 * @throws Cancelled between tokens and between phases when the signal is aborted
 */
export async function recurse(
  models: RecursionModels,
  questions: readonly string[],
  settings: RecursionSettings,
  hooks: RecursionHooks,
): Promise<Transcript[]> {
  const critic = models.critic ?? models.reasoner
  const random = new Random(settings.seed)
  const phases = 1 + settings.rounds * 3 + (settings.integrate ? 1 : 0)
  let phase = 0

  const ask = async (
    model: Generator,
    agent: Agent,
    round: number,
    rows: readonly number[],
    calls: readonly AgentCall[],
  ) => {
    if (hooks.signal?.aborted) throw new Cancelled()
    const { maxNewTokens, temperature, topP, topK, repetitionPenalty } = settings
    const seed = random.fork(`${agent}:${round}`).uint32()
    const steps = await callAgent(
      model,
      agent,
      calls,
      {
        maxNewTokens,
        temperature,
        seed,
        ...(topP !== undefined && { topP }),
        ...(topK !== undefined && { topK }),
        ...(repetitionPenalty !== undefined && { repetitionPenalty }),
      },
      {
        clock: hooks.clock,
        ...(hooks.signal && { signal: hooks.signal }),
        ...(hooks.onToken && { onToken: (i, text) => hooks.onToken?.(must(rows[i]), agent, round, text) }),
      },
    )
    return new Map(rows.map((row, i) => [row, must(steps[i])]))
  }
  const advance = (label: string, by = 1) => {
    phase += by
    hooks.onProgress?.({ done: phase, total: phases, label })
  }
  const all = questions.map((_, row) => row)
  const runs: Round[][] = questions.map(() => [])

  const first = await ask(
    models.reasoner,
    'reasoner',
    0,
    all,
    questions.map((question) => ({ prompt: withTrigger(question) })),
  )
  for (const row of all) close(row, readAnswer(0, must(first.get(row)), undefined, []))
  advance('First answers')

  for (let index = 1; index <= settings.rounds; index++) {
    const drafts = all.map((row) => openRound(must(runs[row]?.at(-1)), settings.mode))
    const criticised = all.filter((row) => must(drafts[row]).critique === undefined)
    const critiques = await ask(
      critic,
      'critic',
      index,
      criticised,
      criticised.map((row) => ({ prompt: critiquePrompt(must(questions[row]), must(drafts[row]).thinking) })),
    )
    for (const [row, step] of critiques) {
      const draft = must(drafts[row])
      const critique = plainReply(step.text)
      draft.steps.push(step)
      if (critique === '') draft.notes.push('critique-missing')
      else Object.assign(draft, { critique, critiqueFrom: 'critic' })
    }
    advance(`Round ${index}: criticised`)

    const improved = all.filter((row) => must(drafts[row]).critique !== undefined)
    const rewrites = await ask(
      critic,
      'improver',
      index,
      improved,
      improved.map((row) => {
        const draft = must(drafts[row])
        return { prompt: improvePrompt(must(questions[row]), draft.thinking, must(draft.critique)) }
      }),
    )
    for (const [row, step] of rewrites) {
      const draft = must(drafts[row])
      const rewrite = readRewrite(step, draft.thinking)
      draft.steps.push(step)
      draft.notes.push(...rewrite.notes)
      if (rewrite.thinking !== undefined)
        Object.assign(draft, { thinking: rewrite.thinking, thinkingFrom: 'rewritten' })
    }
    advance(`Round ${index}: rewritten`)

    const answers = await ask(
      models.reasoner,
      'reasoner',
      index,
      all,
      all.map((row) => ({
        prompt: withTrigger(must(questions[row])),
        prefill: `${THINK}\n${must(drafts[row]).thinking}\n${END_THINK}\n`,
      })),
    )
    for (const row of all) close(row, readAnswer(index, must(answers.get(row)), must(drafts[row]), must(runs[row])))
    advance(`Round ${index}: answered`)
  }

  const integrations = settings.integrate ? await integrateAll() : []
  return questions.map((question, row) => {
    const rounds = must(runs[row])
    const integration = integrations[row]
    const parts = integration ? [...rounds, integration] : rounds
    return {
      question,
      mode: settings.mode,
      rounds,
      ...(integration && { integration }),
      answer: integration?.answer ?? must(rounds.at(-1)).answer,
      tokens: total(parts, 'tokens'),
      milliseconds: total(parts, 'milliseconds'),
    }
  })

  function close(row: number, round: Round) {
    must(runs[row]).push(round)
    hooks.onRound?.(row, round)
  }

  async function integrateAll(): Promise<Integration[]> {
    const merged = runs.map((rounds) => rounds.map((round) => round.answer).filter((answer) => answer !== ''))
    const rows = all.filter((row) => must(merged[row]).length > 0)
    const steps = await ask(
      critic,
      'integrator',
      settings.rounds + 1,
      rows,
      rows.map((row) => ({ prompt: integratePrompt(must(questions[row]), must(merged[row])) })),
    )
    advance('Answers merged')
    return all.map((row) => {
      const step = steps.get(row)
      const text = step ? plainReply(step.text) : ''
      const notes: RoundNote[] = [...(text === '' ? (['answer-missing'] as const) : []), ...endNotes(step)]
      return {
        answer: text || must(runs[row]?.at(-1)).answer,
        merged: must(merged[row]),
        notes,
        steps: step ? [step] : [],
        tokens: step?.tokens ?? 0,
        milliseconds: step?.milliseconds ?? 0,
      }
    })
  }
}

/** A round before its answer: the thinking to work on and, in reflection mode, the feedback that is already there. */
type Draft = Pick<Round, 'thinking' | 'thinkingFrom' | 'critique' | 'critiqueFrom' | 'notes' | 'steps'>

function openRound(previous: Round, mode: RecursionSettings['mode']): Draft {
  const draft: Draft = { thinking: previous.thinking || previous.answer, thinkingFrom: 'kept', notes: [], steps: [] }
  if (mode === 'thinking') return draft
  if (previous.reflection) return { ...draft, critique: previous.reflection, critiqueFrom: 'reflection' }
  return { ...draft, notes: ['reflection-missing'] }
}

function readAnswer(index: number, step: Step, draft: Draft | undefined, before: readonly Round[]): Round {
  const reply = parseReply(step.text)
  const notes: RoundNote[] = [...(draft?.notes ?? [])]
  if (!draft) {
    if (!reply.thinking) notes.push('thinking-missing')
    if (step.text.includes(THINK) && !step.text.includes(END_THINK)) notes.push('thinking-unclosed')
  }
  if (reply.problems.includes('repeated')) notes.push('thinking-repeated')
  if (reply.answer === '') notes.push('answer-missing')
  notes.push(...endNotes(step))
  const steps = [...(draft?.steps ?? []), step]
  return {
    index,
    thinking: draft?.thinking ?? reply.thinking ?? '',
    thinkingFrom: draft?.thinkingFrom ?? (reply.thinking ? 'model' : 'none'),
    ...(reply.reflection && { reflection: reply.reflection }),
    ...(draft?.critique !== undefined && { critique: draft.critique, critiqueFrom: draft.critiqueFrom }),
    answer: reply.answer || (before.at(-1)?.answer ?? ''),
    notes,
    steps,
    tokens: total(steps, 'tokens'),
    milliseconds: total(steps, 'milliseconds'),
  }
}

function endNotes(step: Step | undefined): RoundNote[] {
  return step?.finished === 'length' ? ['answer-truncated'] : step?.finished === 'repetition' ? ['answer-looped'] : []
}

function total<Key extends string>(parts: readonly Record<Key, number>[], key: Key): number {
  return parts.reduce((sum, part) => sum + part[key], 0)
}
