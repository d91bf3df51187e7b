/** @file The commands: their arguments, what they call in the host, and how their results read. */

import { Fault } from '../../shared/base/errors.ts'
import type { EvaluationResult, Score } from '../../shared/pipeline/evaluation/evaluate.ts'
import { PRESET_NAMES } from '../../shared/pipeline/project/presets.ts'
import { askModel } from '../host/ask.ts'
import { runDemo } from '../host/demo.ts'
import { evaluateProject } from '../host/evaluate.ts'
import { exportModel } from '../host/export.ts'
import type { HostContext } from '../host/host-context.ts'
import { ingest } from '../host/ingest.ts'
import { knowledgeOf } from '../host/knowledge.ts'
import { preparePairs } from '../host/pairs.ts'
import { newProject } from '../host/new-project.ts'
import { MODEL_NAMES } from '../host/stage-weights.ts'
import { statusOf } from '../host/status.ts'
import { trainStage } from '../host/train.ts'
import { readArguments, type Arguments } from './arguments.ts'
import type { Reporter } from './reporter.ts'
import { percent, table, withInterval } from './table.ts'

export interface CommandContext extends Omit<HostContext, 'logger'> {
  reporter: Reporter
}
export interface CommandResult {
  data: Record<string, unknown>
  text: string
}
interface Command {
  usage: string
  about: string
  run(args: readonly string[], context: CommandContext): Promise<CommandResult>
}

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const texts = { type: 'string', multiple: true } as const

/** @param options the command's option table; @param least positional arguments needed */
function command(
  usage: string,
  about: string,
  options: Parameters<typeof readArguments>[1],
  least: number,
  run: (args: Arguments, host: HostContext, context: CommandContext) => Promise<CommandResult>,
): Command {
  return {
    usage,
    about,
    run: (args, context) => {
      const { reporter, ...rest } = context
      return run(readArguments(args, options, least, `lab ${usage}`), { ...rest, logger: reporter }, context)
    },
  }
}

const at = (args: Arguments, i: number) => args.positionals[i] ?? ''

/** `key=value` pairs of --set. */
function changes(args: Arguments): [string, string][] {
  return args.texts('set').map((entry) => {
    const split = entry.indexOf('=')
    if (split < 1) throw new Fault('usage', `--set wants key=value, got "${entry}".`, 'For example --set beta=0.1.')
    return [entry.slice(0, split), entry.slice(split + 1)]
  })
}

function scoreRows(result: EvaluationResult): string[][] {
  const row = (name: string, s: Score) => [name, `${s.correct}/${s.total}`, withInterval(s.accuracy, s.interval)]
  return [...Object.entries(result.groups).map(([name, s]) => row(name, s)), row('all', result)]
}

export const COMMANDS: Readonly<Record<string, Command>> = {
  demo: command(
    'demo [--out DIR] [--seed N] [--quick]',
    'The sample corpus through the whole method, with a table and a report at the end',
    { out: text, seed: text, quick: flag },
    0,
    async (args, host) => {
      const result = await runDemo(
        { out: args.text('out') ?? 'demo', seed: args.integer('seed') ?? 1, quick: args.flag('quick') },
        host,
      )
      return { data: { ...result }, text: result.text }
    },
  ),
  new: command(
    'new DIR [--base starter|MODEL_DIR] [--seed N]',
    'A new project folder',
    { base: text, seed: text },
    1,
    async (args, host) => {
      const project = await newProject(
        at(args, 0),
        args.text('base') ?? 'starter',
        args.integer('seed') ?? 1,
        host.clock,
      )
      return {
        data: project,
        text: `Created ${project.path} on the model "${project.base}".\nNext: lab ingest ${at(args, 0)} FOLDER`,
      }
    },
  ),
  ingest: command(
    'ingest DIR PATH… [--hold-out SHARE]',
    'Reads documents: txt, md, html, pdf, docx, csv, jsonl; files or folders',
    { 'hold-out': text },
    2,
    async (args, host) => {
      const result = await ingest(at(args, 0), args.positionals.slice(1), args.text('hold-out'), host)
      const problems = result.files.filter((f) => f.outcome.status !== 'read')
      const lines = problems.map((f) => {
        const { outcome } = f
        const how =
          outcome.status === 'failed'
            ? `${outcome.reason} ${outcome.todo}`
            : outcome.status === 'skipped'
              ? outcome.reason
              : ''
        return `  ${outcome.status}: ${f.path}: ${how}`
      })
      const summary = `${result.read} files read, ${result.skipped} skipped, ${result.failed} failed: ${result.documents} documents, ${result.passages} passages, ${result.facts} facts.`
      return { data: { ...result }, text: [...lines, summary].join('\n') }
    },
  ),
  pairs: command(
    'pairs DIR [--count N] [--topics FILE] [--teacher extractive|local] [--seed N]',
    'Makes preference pairs with the current model, to read and edit before training',
    { count: text, topics: text, teacher: text, seed: text },
    1,
    async (args, host) => {
      const request = {
        count: args.integer('count', 1) ?? 50,
        topicsFile: args.text('topics'),
        teacher: args.choice('teacher', ['extractive', 'local'] as const),
        seed: args.integer('seed'),
      }
      const result = await preparePairs(at(args, 0), request, host)
      const shown = result.pairs
        .slice(0, 3)
        .map((p) => `Q: ${p.prompt}\n+ ${p.chosen.replaceAll('\n', '\n  ')}\n- ${p.rejected.replaceAll('\n', '\n  ')}`)
      return {
        data: { count: result.pairs.length, ledger: result.verdicts },
        text: [...shown, `${result.pairs.length} pairs made. Draws: ${JSON.stringify(result.verdicts)}.`].join('\n\n'),
      }
    },
  ),
  train: command(
    'train DIR --stage 0|1|2 [--preset quick|standard|thorough] [--iterations N] [--set key=value …] [--from MODEL] [--seed N] [--resume]',
    'Trains one stage: 0 reads the passages, 1 is ORPO, 2 is EXO or DPO',
    { stage: text, preset: text, iterations: text, set: texts, from: text, seed: text, resume: flag },
    1,
    async (args, host) => {
      const stage = args.choice('stage', ['0', '1', '2'] as const)
      if (stage === undefined) throw new Fault('usage', 'The stage is missing.', 'Add --stage 0, 1 or 2.')
      const result = await trainStage(
        at(args, 0),
        {
          stage: Number(stage) as 0 | 1 | 2,
          preset: args.choice('preset', PRESET_NAMES),
          iterations: args.integer('iterations', 1),
          changes: changes(args),
          from: args.choice('from', MODEL_NAMES),
          seed: args.integer('seed'),
          resume: args.flag('resume'),
        },
        host,
      )
      const { first, last } = result
      return {
        data: { ...result },
        text: `Stage ${stage} is done: ${result.steps} steps, loss ${first.loss?.toFixed(3)} → ${last.loss?.toFixed(3)} (run ${result.run}).`,
      }
    },
  ),
  evaluate: command(
    'evaluate DIR --questions FILE.jsonl [--model base|stage-0|stage-1|stage-2] [--thinking on|off] [--rounds N]',
    'Asks closed-book questions and counts right answers',
    { questions: text, model: text, thinking: text, rounds: text, seed: text },
    1,
    async (args, host) => {
      const questions = args.text('questions')
      if (!questions) throw new Fault('usage', 'The question file is missing.', 'Add --questions FILE.jsonl.')
      const result = await evaluateProject(
        at(args, 0),
        {
          questions,
          model: args.choice('model', MODEL_NAMES),
          thinking: args.choice('thinking', ['on', 'off', 'shuffled'] as const) ?? 'on',
          rounds: args.integer('rounds') ?? 0,
          seed: args.integer('seed'),
        },
        host,
      )
      const { health } = result
      const rounds = result.recursion
        ? '\n\n' +
          table(
            ['after', 'accuracy', 'tokens'],
            result.recursion.rows.map((r) => [
              r.label,
              withInterval(r.score.accuracy, r.score.interval),
              r.tokens.toFixed(0),
            ]),
          )
        : ''
      return {
        data: { ...result },
        text: `${result.model}, thinking ${result.thinking}\n${table(['group', 'correct', 'accuracy'], scoreRows(result))}\none well-formed thinking section: ${percent(health.oneThinking)}; mean ${health.tokens.toFixed(0)} tokens${rounds}`,
      }
    },
  ),
  ask: command(
    'ask DIR "question" [--model …] [--rounds N] [--mode thinking|reflection] [--thinking on|off]',
    'Asks one question; with rounds, recursively',
    { model: text, rounds: text, mode: text, thinking: text, seed: text },
    2,
    async (args, host) => {
      const request = {
        question: args.positionals.slice(1).join(' '),
        model: args.choice('model', MODEL_NAMES),
        rounds: args.integer('rounds') ?? 0,
        mode: args.choice('mode', ['thinking', 'reflection'] as const) ?? 'thinking',
        thinking: args.choice('thinking', ['on', 'off'] as const) ?? 'on',
        seed: args.integer('seed'),
      }
      const result = await askModel(at(args, 0), request, host)
      return { data: { ...result }, text: result.text }
    },
  ),
  knowledge: command(
    'knowledge DIR [--stats] [--export graphml|csv|json --out PATH]',
    'The knowledge graph: its measures, and files for other programs',
    { stats: flag, export: text, out: text },
    1,
    async (args, host) => {
      const format = args.choice('export', ['graphml', 'csv', 'json'] as const)
      const out = args.text('out')
      if (format && !out) throw new Fault('usage', 'The export needs a place.', 'Add --out PATH.')
      const result = await knowledgeOf(at(args, 0), { format, out }, host)
      return { data: { ...result.data }, text: result.text }
    },
  ),
  export: command(
    'export DIR --format hf --out PATH [--model …]',
    'Writes the finished model for other programs, and checks it by loading it back',
    { format: text, out: text, model: text },
    1,
    async (args, host) => {
      const out = args.text('out')
      const format = args.choice('format', ['hf'] as const) ?? 'hf'
      if (!out) throw new Fault('usage', 'The place to write to is missing.', 'Add --out PATH.')
      const result = await exportModel(at(args, 0), { format, out, model: args.choice('model', MODEL_NAMES) }, host)
      return {
        data: { ...result },
        text: `Wrote ${result.model} to ${result.path} (${(result.bytes / 1e6).toFixed(1)} MB). Loaded back: largest difference of log-probabilities ${result.check.largest.toExponential(1)} over ${result.check.tokens} tokens.`,
      }
    },
  ),
  status: command('status DIR', 'Where a project stands', {}, 1, async (args, host) => {
    const status = await statusOf(at(args, 0), host)
    return { data: { ...status.data }, text: status.text }
  }),
}

export function usage(name?: string): string {
  const one = name ? COMMANDS[name] : undefined
  if (one) return `lab ${one.usage}\n  ${one.about}\n`
  const lines = Object.values(COMMANDS).map((c) => `  lab ${c.usage}\n      ${c.about}`)
  return `PRefLexOR Lab: teach a small language model to reason about your documents.\n\n${lines.join('\n')}\n\nEvery command takes --json: one event per line, the result last.\n`
}
