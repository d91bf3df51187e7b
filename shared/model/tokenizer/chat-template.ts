/**
 * @file Chat templates (Jinja) with their work bounded: a template comes with the model folder and may be hostile, or
 * simply broken. The date a template may print is fixed, so that training and later use see the same prompt.
 */

import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja'
import { Fault, messageOf } from '../../base/errors.ts'

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant'
  content: string
}

export interface ChatTemplate {
  /** The Jinja source. */
  source: string
  /** @throws Fault('bad-model') when the template fails or takes too much work */
  render(messages: readonly ChatMessage[], addGenerationPrompt: boolean): string
}

/** Names a template may print: bos_token, eos_token, pad_token, unk_token. */
export type NamedTokens = Readonly<Record<string, string>>

const LONGEST_SOURCE = 1 << 20
/** Published templates take a few thousand; long values count as several steps. */
const MOST_STEPS = 300_000
const LONGEST_LIST = 100_000
const LONGEST_TEXT = 16 << 20

/** Used for models without a chat template: they were never taught one, so plain words do. */
export const PLAIN_TEMPLATE =
  "{{ bos_token }}{% for message in messages %}{% if message['role'] == 'system' %}{{ message['content'] + '\\n\\n' }}" +
  "{% elif message['role'] == 'user' %}{{ 'Question: ' + message['content'] + '\\n' }}" +
  "{% else %}{{ 'Answer: ' + message['content'] + eos_token + '\\n' }}{% endif %}{% endfor %}" +
  "{% if add_generation_prompt %}{{ 'Answer:' }}{% endif %}"

/** @throws Fault('bad-model') when `source` is not a template */
export function compileTemplate(source: string, tokens: NamedTokens): ChatTemplate {
  const program = attempt('cannot be read', () => {
    if (source.length > LONGEST_SOURCE) throw new Error(`${source.length} characters, more than ${LONGEST_SOURCE}`)
    return parse(tokenize(source, { lstrip_blocks: true, trim_blocks: true }))
  })
  return {
    source,
    render: (messages, addGenerationPrompt) =>
      attempt('failed', () => {
        const environment = globals()
        for (const [name, token] of Object.entries(tokens)) environment.set(name, token)
        environment.set(
          'messages',
          messages.map((m) => ({ ...m })),
        )
        environment.set('add_generation_prompt', addGenerationPrompt)
        environment.set('tools', null)
        environment.set('documents', null)
        const result = bounded(new Interpreter(environment)).run(program)
        return String(result.value)
      }),
  }
}

function attempt<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Fault(
      'bad-model',
      `The model's chat template ${what}: ${messageOf(error)}.`,
      'Correct chat_template.jinja (or chat_template in tokenizer_config.json) in the model folder, or choose another model.',
      'chat_template',
      { cause: error },
    )
  }
}

function globals(): Environment {
  const environment = new Environment()
  for (const [name, value] of [
    ['true', true],
    ['false', false],
    ['none', null],
  ] as const) {
    environment.set(name, value)
    environment.set((name[0] as string).toUpperCase() + name.slice(1), value)
  }
  environment.set('raise_exception', (message: unknown) => {
    throw new Error(`it refuses the conversation (${String(message)})`)
  })
  environment.set('range', range)
  environment.set('strftime_now', fixedDate)
  return environment
}

function range(start: number, stop?: number, step = 1): number[] {
  const [from, to] = stop === undefined ? [0, start] : [start, stop]
  const length = Math.max(0, Math.ceil((to - from) / step))
  if (!(length <= LONGEST_LIST)) throw new Error('range() is too long')
  return Array.from({ length }, (_, i) => from + i * step)
}

/** 26 July 2024, the day Llama 3.1 templates print when no clock is at hand. */
function fixedDate(format: unknown): string {
  const parts: Record<string, string> = {
    d: '26',
    b: 'Jul',
    B: 'July',
    m: '07',
    Y: '2024',
    y: '24',
    H: '00',
    M: '00',
    S: '00',
  }
  return String(format).replace(/%([a-zA-Z])/g, (all, letter: string) => parts[letter] ?? all)
}

/** Counts evaluations and measures results; the interpreter calls `evaluate` for every node. */
function bounded(interpreter: Interpreter): Interpreter {
  const evaluate = interpreter.evaluate.bind(interpreter)
  let steps = 0
  interpreter.evaluate = (statement, environment) => {
    if (++steps > MOST_STEPS) throw new Error('it takes too many steps')
    const result = evaluate(statement, environment)
    const value: unknown = result.value
    if (typeof value === 'string') {
      if (value.length > LONGEST_TEXT) throw new Error('it makes a text that is too long')
      steps += value.length >> 10
    } else if (Array.isArray(value)) {
      if (value.length > LONGEST_LIST) throw new Error('it makes a list that is too long')
      steps += value.length
    }
    return result
  }
  return interpreter
}
