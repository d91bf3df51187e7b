/** @file Recursion over scripted models: the prompts of each phase, malformed replies, batching, counts, cancellation. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bug, Cancelled } from '../../../shared/base/errors.ts'
import { recurse } from '../../../shared/pipeline/inference/recursive.ts'
import type { RecursionSettings } from '../../../shared/pipeline/inference/recursive.ts'
import { transcriptToJson, transcriptToMarkdown } from '../../../shared/pipeline/inference/transcript.ts'
import type { Completion } from '../../../shared/pipeline/ports.ts'
import { scriptedGenerator } from '../scripted-generator.ts'

const SETTINGS: RecursionSettings = {
  mode: 'thinking',
  rounds: 1,
  integrate: true,
  maxNewTokens: 100,
  temperature: 0.1,
  seed: 1,
}
const think = (thought: string, answer: string) => `<|thinking|>\n${thought}\n<|/thinking|>\n${answer}`
const clock = () => {
  let now = 0
  return () => (now += 10)
}

type Script = Partial<Record<'first' | 'critic' | 'improver' | 'again' | 'integrator', string | Partial<Completion>>>

/** Tells the phase by the prompt, as a trained model would. */
function model(script: Script) {
  return scriptedGenerator((prompt, { prefill }) => {
    const phase = prompt.endsWith('Criticise the thinking.')
      ? 'critic'
      : prompt.endsWith('Rewrite the thinking.')
        ? 'improver'
        : prompt.endsWith('Integrate the answers.')
          ? 'integrator'
          : prefill
            ? 'again'
            : 'first'
    return (
      script[phase] ??
      {
        first: think('old thought', 'old answer'),
        critic: 'too vague',
        improver: 'new thought',
        again: 'new answer',
        integrator: 'merged answer',
      }[phase]
    )
  })
}

async function run(script: Script, settings: Partial<RecursionSettings> = {}) {
  const generator = model(script)
  const [transcript] = await recurse(
    { reasoner: generator },
    ['Why is nacre tough?'],
    { ...SETTINGS, ...settings },
    { clock: clock() },
  )
  if (!transcript) throw new Error('no transcript')
  return { transcript, calls: generator.calls, last: transcript.rounds.at(-1) }
}

describe('thinking mode', () => {
  it('answers, criticises, rewrites, answers from the rewritten thinking, and merges', async () => {
    const { transcript, calls } = await run({})
    expect(calls.map((c) => c.prompts[0])).toEqual([
      'Why is nacre tough? Use <|thinking|>.',
      'Question: Why is nacre tough?\nThinking:\nold thought\nCriticise the thinking.',
      'Question: Why is nacre tough?\nThinking:\nold thought\nFeedback: too vague\nRewrite the thinking.',
      'Why is nacre tough? Use <|thinking|>.',
      'Question: Why is nacre tough?\nAnswer 1: old answer\nAnswer 2: new answer\nIntegrate the answers.',
    ])
    expect(calls[3]?.options.prefills).toEqual(['<|thinking|>\nnew thought\n<|/thinking|>\n'])
    expect(transcript.rounds.map((r) => [r.thinking, r.thinkingFrom, r.critique, r.answer])).toEqual([
      ['old thought', 'model', undefined, 'old answer'],
      ['new thought', 'rewritten', 'too vague', 'new answer'],
    ])
    expect(transcript.integration?.merged).toEqual(['old answer', 'new answer'])
    expect(transcript.answer).toBe('merged answer')
    expect(transcript.rounds.flatMap((r) => r.notes)).toEqual([])
  })

  it('keeps tokens and milliseconds of every call and sums them', async () => {
    // words written: first reply 6 (two markers, two and two words), critic 2, improver 2, again 2, integrator 2;
    // the clock adds 10 at the start of a call, 10 at its row, 10 at its end: each row took 10
    const { transcript } = await run({})
    expect(transcript.rounds.map((r) => [r.tokens, r.milliseconds])).toEqual([
      [6, 10],
      [6, 30],
    ])
    expect(transcript.rounds[1]?.steps.map((s) => [s.agent, s.tokens])).toEqual([
      ['critic', 2],
      ['improver', 2],
      ['reasoner', 2],
    ])
    expect(transcript.integration?.tokens).toBe(2)
    expect([transcript.tokens, transcript.milliseconds]).toEqual([14, 50])
  })

  it('works on the thinking of the round before, N times, with another seed in every call', async () => {
    let version = 1
    const generator = scriptedGenerator((prompt, { prefill }) => {
      if (prompt.endsWith('Criticise the thinking.')) return 'more'
      if (prompt.endsWith('Rewrite the thinking.')) return `thought ${++version}`
      return prefill ? `answer ${version}` : think('thought 1', 'answer 1')
    })
    const [transcript] = await recurse(
      { reasoner: generator },
      ['Why?'],
      { ...SETTINGS, rounds: 3, integrate: false },
      { clock: clock() },
    )
    expect(transcript?.rounds.map((r) => r.answer)).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 4'])
    expect(generator.calls[4]?.prompts[0]).toContain('thought 2')
    expect(transcript?.answer).toBe('answer 4')
    expect(transcript?.integration).toBeUndefined()
    expect(new Set(generator.calls.map((c) => c.options.seed)).size).toBe(generator.calls.length)
  })

  it('puts each phase of many questions in one call, and keeps them apart', async () => {
    const generator = scriptedGenerator((prompt, { prefill }) => {
      const name = /(silk|nacre|bone)/.exec(prompt)?.[1] ?? '?'
      if (prompt.endsWith('Criticise the thinking.')) return `critique of ${name}`
      if (prompt.endsWith('Rewrite the thinking.')) return `better ${name}`
      if (prompt.endsWith('Integrate the answers.')) return `all of ${name}`
      return prefill ? `${name} again` : think(`about ${name}`, `${name} first`)
    })
    const questions = ['silk', 'nacre', 'bone']
    const seen: [number, number][] = []
    const transcripts = await recurse({ reasoner: generator }, questions, SETTINGS, {
      clock: clock(),
      onRound: (row, round) => seen.push([row, round.index]),
    })
    expect(generator.calls).toHaveLength(5)
    expect(generator.calls.every((c) => c.prompts.length === 3)).toBe(true)
    transcripts.forEach((t, i) => {
      expect(t.rounds[1]).toMatchObject({
        critique: `critique of ${questions[i]}`,
        thinking: `better ${questions[i]}`,
        answer: `${questions[i]} again`,
      })
      expect(t.answer).toBe(`all of ${questions[i]}`)
    })
    expect(seen).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [0, 1],
      [1, 1],
      [2, 1],
    ])
  })

  it('asks a critic of its own when there is one', async () => {
    const reasoner = model({})
    const critic = model({})
    await recurse({ reasoner, critic }, ['Why?'], SETTINGS, { clock: clock() })
    expect(reasoner.calls).toHaveLength(2)
    expect(critic.calls).toHaveLength(3)
  })
})

describe('reflection mode', () => {
  const reflecting = (note: string) => `<|reflect|>\n${note}\n<|/reflect|>\n`

  it('takes the model’s own reflection as feedback and calls no critic', async () => {
    const { transcript, calls } = await run(
      { first: `<|thinking|>t<|/thinking|>${reflecting('be precise')}a`, again: `${reflecting('better')}b` },
      { mode: 'reflection', rounds: 2, integrate: false },
    )
    expect(calls.some((c) => c.prompts[0]?.endsWith('Criticise the thinking.'))).toBe(false)
    expect(calls[1]?.prompts[0]).toContain('Feedback: be precise')
    expect(calls[3]?.prompts[0]).toContain('Feedback: better')
    expect(transcript.rounds.map((r) => [r.critique, r.critiqueFrom, r.reflection])).toEqual([
      [undefined, undefined, 'be precise'],
      ['be precise', 'reflection', 'better'],
      ['better', 'reflection', 'better'],
    ])
  })

  it('falls back to the critic for the questions without one, and records it', async () => {
    const generator = scriptedGenerator((prompt, { prefill }) => {
      if (prompt.endsWith('Criticise the thinking.')) return 'from the critic'
      if (prompt.endsWith('Rewrite the thinking.')) return 'new'
      if (prefill) return 'b'
      return prompt.startsWith('with') ? `<|thinking|>t<|/thinking|>${reflecting('own')}a` : think('t', 'a')
    })
    const [own, fallen] = await recurse(
      { reasoner: generator },
      ['with', 'bare'],
      { ...SETTINGS, mode: 'reflection', integrate: false },
      { clock: clock() },
    )
    expect(generator.calls[1]?.prompts).toEqual(['Question: bare\nThinking:\nt\nCriticise the thinking.'])
    expect(own?.rounds[1]).toMatchObject({ critique: 'own', critiqueFrom: 'reflection', notes: [] })
    expect(fallen?.rounds[1]).toMatchObject({
      critique: 'from the critic',
      critiqueFrom: 'critic',
      notes: ['reflection-missing'],
    })
  })
})

describe('a malformed reply', () => {
  it('without thinking: the answer stands in for it', async () => {
    const { transcript, calls } = await run({ first: 'just an answer' })
    expect(transcript.rounds[0]).toMatchObject({ thinking: '', thinkingFrom: 'none', notes: ['thinking-missing'] })
    expect(calls[1]?.prompts[0]).toContain('Thinking:\njust an answer\n')
  })

  it('with an unclosed thinking: all of it is thinking, and later answers are merged without the empty one', async () => {
    const { transcript, calls } = await run({ first: { text: '<|thinking|>\nendless', finished: 'length' } })
    expect(transcript.rounds[0]).toMatchObject({ thinking: 'endless', answer: '' })
    expect(transcript.rounds[0]?.notes).toEqual(['thinking-unclosed', 'answer-missing', 'answer-truncated'])
    expect(calls.at(-1)?.prompts[0]).toBe('Question: Why is nacre tough?\nAnswer 1: new answer\nIntegrate the answers.')
  })

  it('with two thinkings: the first counts', async () => {
    const { transcript } = await run({ first: think('one', think('two', 'a')) })
    expect(transcript.rounds[0]).toMatchObject({ thinking: 'one', answer: 'a', notes: ['thinking-repeated'] })
  })

  it('with an empty critique: the thinking stays and no rewriting is asked for', async () => {
    const { transcript, calls } = await run({ critic: '  ' })
    expect(calls).toHaveLength(4)
    expect(transcript.rounds[1]).toMatchObject({
      thinking: 'old thought',
      thinkingFrom: 'kept',
      notes: ['critique-missing'],
      answer: 'new answer',
    })
    expect(transcript.rounds[1]?.critique).toBeUndefined()
  })

  it.each([
    ['empty', '<|thinking|><|/thinking|>', 'rewrite-missing'],
    ['cut off', { text: 'half a thou', finished: 'length' as const }, 'rewrite-truncated'],
    ['in circles', { text: 'so so so so', finished: 'repetition' as const }, 'rewrite-looped'],
  ])('with a rewriting that is %s: the thinking stays', async (_, improver, note) => {
    const { last, calls } = await run({ improver })
    expect(last).toMatchObject({ thinking: 'old thought', thinkingFrom: 'kept', notes: [note] })
    expect(calls[3]?.options.prefills?.[0]).toContain('old thought')
  })

  it('with a rewriting in sections of its own: the markers do not get into the prefill', async () => {
    const { last, calls } = await run({ improver: '<|thinking|>\n**Hypothesis**: better\n<|/thinking|>\nThere.' })
    expect(last?.thinking).toBe('**Hypothesis**: better')
    expect(calls[3]?.options.prefills?.[0]?.match(/<\|thinking\|>/g)).toHaveLength(1)
  })

  it('that loses or keeps the structure of the thinking is told apart', async () => {
    const first = think('**Hypothesis**: it is tough', 'a')
    expect((await run({ first, improver: 'no heads at all' })).last?.notes).toEqual(['structure-lost'])
    expect((await run({ first, improver: '**Hypothesis**: it is tougher' })).last?.notes).toEqual([])
    expect((await run({ first, improver: '**Hypothesis**: it is tough' })).last?.notes).toEqual(['rewrite-unchanged'])
  })

  it('without a later answer: the answer before stays', async () => {
    const { last } = await run({ again: '' })
    expect(last).toMatchObject({ answer: 'old answer', notes: ['answer-missing'] })
  })

  it('without an integration: the last answer stays', async () => {
    const { transcript } = await run({ integrator: '' })
    expect(transcript).toMatchObject({ answer: 'new answer', integration: { notes: ['answer-missing'] } })
  })

  it('of nothing at all in every phase: an empty transcript, not an error', async () => {
    const { transcript } = await run({ first: '', critic: '', improver: '', again: '', integrator: '' }, { rounds: 2 })
    expect(transcript).toMatchObject({ answer: '', integration: { merged: [], steps: [] } })
    expect(transcript.rounds).toHaveLength(3)
  })

  it('of any kind never throws', async () => {
    const piece = fc.constantFrom(
      '<|thinking|>',
      '<|/thinking|>',
      '<|reflect|>',
      '<|/reflect|>',
      '**A**: b',
      ' text ',
      '\n',
    )
    const text = fc.array(piece, { maxLength: 7 }).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 5, maxLength: 5 }),
        fc.constantFrom('thinking' as const, 'reflection' as const),
        async (texts, mode) => {
          const [first, critic, improver, again, integrator] = texts
          const { transcript } = await run({ first, critic, improver, again, integrator }, { mode, rounds: 2 })
          expect(transcript.rounds).toHaveLength(3)
          expect(transcriptToMarkdown(transcript)).toContain('## Round 2')
        },
      ),
      { numRuns: 200, seed: 21 },
    )
  })
})

describe('the run', () => {
  it('stops between phases when cancelled, with the finished rounds handed out', async () => {
    const abort = new AbortController()
    const generator = model({})
    const rounds: number[] = []
    const running = recurse({ reasoner: generator }, ['Why?'], SETTINGS, {
      clock: clock(),
      signal: abort.signal,
      onRound: (_, round) => {
        rounds.push(round.index)
        abort.abort()
      },
    })
    await expect(running).rejects.toBeInstanceOf(Cancelled)
    expect(generator.calls).toHaveLength(1)
    expect(rounds).toEqual([0])
  })

  it('refuses a generator that ignores prefills', async () => {
    const deaf = {
      generate: async (prompts: readonly string[]) =>
        prompts.map((prompt) => ({
          text: prompt.endsWith('Rewrite the thinking.') ? 'rewritten' : think('never changed', 'x'),
          tokens: 1,
          finished: 'stop' as const,
        })),
    }
    await expect(recurse({ reasoner: deaf }, ['Why?'], SETTINGS, { clock: clock() })).rejects.toBeInstanceOf(Bug)
  })

  it('streams tokens by question, agent and round, and tells progress to the end', async () => {
    const streamed: string[] = []
    const progress: number[] = []
    await recurse({ reasoner: model({}) }, ['Why?'], SETTINGS, {
      clock: clock(),
      onToken: (row, agent, round, text) => streamed.push(`${row} ${agent} ${round} ${text.length > 0}`),
      onProgress: (p) => progress.push(p.done / p.total),
    })
    expect(streamed).toEqual([
      '0 reasoner 0 true',
      '0 critic 1 true',
      '0 improver 1 true',
      '0 reasoner 1 true',
      '0 integrator 2 true',
    ])
    expect(progress.at(-1)).toBe(1)
  })

  it('gives the same transcript for the same seed', async () => {
    expect((await run({})).transcript).toEqual((await run({})).transcript)
  })

  it('does nothing for no questions', async () => {
    const generator = model({})
    expect(await recurse({ reasoner: generator }, [], SETTINGS, { clock: clock() })).toEqual([])
    expect(generator.calls).toHaveLength(0)
  })
})

describe('the transcript', () => {
  it('reads as Markdown', async () => {
    const { transcript } = await run({ first: think('# a heading\nold', 'old answer'), again: '' })
    const markdown = transcriptToMarkdown(transcript)
    expect(markdown).toContain('## Round 1\n\n### Critique\n\n> too vague')
    expect(markdown).toContain('> # a heading\n> old')
    expect(markdown).toContain('### Thinking (rewritten)\n\n> new thought')
    expect(markdown).toContain('- There is no answer outside the sections')
    expect(markdown).toContain('Merged from 2 answers.')
    expect(markdown).toContain('new tokens, 0.1 s')
  })

  it('is whole as JSON', async () => {
    const { transcript } = await run({})
    const { format, version, ...rest } = JSON.parse(transcriptToJson(transcript)) as Record<string, unknown>
    expect([format, version]).toEqual(['preflexor-lab/transcript', 1])
    expect(rest).toEqual(transcript)
  })
})
