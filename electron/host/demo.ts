/** @file `lab demo`: the sample corpus through the whole method, with a table and a report. */

import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault, must } from '../../shared/base/errors.ts'
import { comparePaired } from '../../shared/pipeline/evaluation/compare.ts'
import { reportHtml, type ReportRow } from '../../shared/pipeline/report/report.ts'
import { PRESETS } from '../../shared/pipeline/project/presets.ts'
import { openProject } from '../adapters/store/project.ts'
import { evaluateProject, type ProjectEvaluation } from './evaluate.ts'
import { exportModel } from './export.ts'
import type { HostContext } from './host-context.ts'
import { ingest } from './ingest.ts'
import { knowledgeOf } from './knowledge.ts'
import { mergeSettings } from './merge-settings.ts'
import { newProject } from './new-project.ts'
import type { ModelName, Stage } from './stage-weights.ts'
import { trainStage } from './train.ts'

const SAMPLE = fileURLToPath(new URL('../../resources/sample-corpus', import.meta.url))

export interface DemoRequest {
  out: string
  seed: number
  quick: boolean
}

/** @throws Fault already-exists when `out` holds something that is not an earlier demo */
export async function runDemo({ out, seed, quick }: DemoRequest, host: HostContext) {
  const started = host.clock()
  const project = join(out, 'project')
  await prepare(out)
  const questions = join(SAMPLE, 'questions.jsonl')
  const say = (text: string) => host.logger.remark(text)

  await newProject(project, 'starter', seed, host.clock)
  const opened = await openProject(project)
  opened.update({ settings: mergeSettings(opened.file.settings, PRESETS[quick ? 'quick' : 'standard']) })
  opened.close()
  const corpus = await ingest(project, [join(SAMPLE, 'documents')], '0', host)
  say(`${corpus.documents} documents → ${corpus.passages} passages → ${corpus.facts} facts.`)
  say((await knowledgeOf(project, {}, host)).text.split('\n')[0] ?? '')

  const results: ProjectEvaluation[] = []
  const ask = async (model: ModelName, thinking: 'on' | 'off', rounds = 0) => {
    const result = await evaluateProject(
      project,
      { questions, model, thinking, rounds, recursionGroup: 'two-fact', seed },
      host,
    )
    results.push(result)
    say(`${model}, thinking ${thinking}: ${(100 * result.accuracy).toFixed(1)} % of ${result.total} questions`)
    return result
  }
  await ask('base', 'on')
  for (const stage of [0, 1, 2] as Stage[]) {
    const run = await trainStage(project, { stage, changes: [], seed, resume: false }, host)
    say(`Stage ${stage}: ${run.steps} steps, loss ${run.first.loss?.toFixed(3)} → ${run.last.loss?.toFixed(3)}`)
    if (stage === 1) await ask('stage-1', 'on')
  }
  await ask('stage-2', 'off')
  await ask('stage-2', 'on', quick ? 1 : 2)

  const exported = await exportModel(project, { format: 'hf', out: join(out, 'model') }, host)
  const minutes = (host.clock() - started) / 60_000
  const rows = rowsOf(results)
  const [first, second] = ['stage-1', 'stage-2'].map((m) =>
    must(results.find((r) => r.model === m && r.thinking === 'on')),
  )
  const gain = comparePaired(must(first), must(second), seed)
  const curves = await curvesOf(project)
  const report = join(out, 'report.html')
  const html = reportHtml({
    title: 'PRefLexOR Lab: the sample corpus',
    minutes,
    seed,
    rows,
    curves,
    sections: sampleAnswers(results),
  })
  await writeFile(report, html)
  return {
    text: `${textTable(rows)}\n\nStage II over Stage I: ${(100 * gain.difference.mean).toFixed(1)} points [${(100 * gain.difference.interval.low).toFixed(1)}, ${(100 * gain.difference.interval.high).toFixed(1)}]\nReport: ${report}\nModel: ${exported.path} (log-probabilities within ${exported.check.largest.toExponential(1)})\n${minutes.toFixed(1)} minutes`,
    minutes,
    rows,
    gain,
    report,
    model: exported.path,
    check: exported.check,
  }
}

/** An earlier demo is replaced; anything else is left alone. */
async function prepare(out: string): Promise<void> {
  const marker = join(out, '.preflexor-demo')
  if (existsSync(out) && !existsSync(marker)) {
    throw new Fault(
      'already-exists',
      'The folder for the demo exists and is not an earlier demo.',
      'Name another one with --out.',
      out,
    )
  }
  await rm(out, { recursive: true, force: true })
  await mkdir(out, { recursive: true })
  await writeFile(marker, 'Made by lab demo; replaced by the next one.\n')
}

function rowsOf(results: readonly ProjectEvaluation[]): ReportRow[] {
  return results.flatMap((r): ReportRow[] => {
    const cells = Object.fromEntries(
      [...Object.entries(r.groups), ['all', r] as const].map(([g, s]) => [
        g,
        { accuracy: s.accuracy, ...s.interval, total: s.total },
      ]),
    )
    const row: ReportRow = { model: r.model, thinking: r.thinking, cells, health: r.health.oneThinking }
    const recursive = (r.recursion?.rows ?? []).map((round): ReportRow => {
      const { accuracy, interval, total } = round.score
      return {
        model: `${r.model}, ${round.label}`,
        thinking: 'on',
        cells: { 'two-fact': { accuracy, ...interval, total } },
      }
    })
    const best = r.recursion?.bestOf
    if (best) {
      const { accuracy, interval, total } = best.score
      recursive.push({
        model: `${r.model}, best of ${best.samples.toFixed(1)}`,
        thinking: 'on',
        cells: { 'two-fact': { accuracy, ...interval, total } },
      })
    }
    return [row, ...recursive]
  })
}

function textTable(rows: readonly ReportRow[]): string {
  const groups = [...new Set(rows.flatMap((r) => Object.keys(r.cells)))]
  const cell = (r: ReportRow, g: string) => {
    const c = r.cells[g]
    return c ? `${(100 * c.accuracy).toFixed(1)} [${(100 * c.low).toFixed(0)}–${(100 * c.high).toFixed(0)}]` : ''
  }
  const all = [
    ['model', 'thinking', ...groups],
    ...rows.map((r) => [r.model, r.thinking, ...groups.map((g) => cell(r, g))]),
  ]
  const widths = (all[0] ?? []).map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)))
  return all.map((row) => row.map((c, i) => c.padEnd(widths[i] ?? 0)).join('  ').trimEnd()).join('\n') // prettier-ignore
}

async function curvesOf(directory: string) {
  const project = await openProject(directory)
  try {
    return project.runs().map((run) => ({ stage: run.manifest.stage, rows: run.readLines() }))
  } finally {
    project.close()
  }
}

function sampleAnswers(results: readonly ProjectEvaluation[]) {
  const shown = results.filter((r) => r.thinking === 'on')
  const first = shown[0]
  return (first?.answers.filter((_, i) => i % 25 === 0) ?? []).map((a) => ({
    question: a.question,
    expected: a.expected[0] ?? '',
    replies: shown.map((r) => {
      const own = r.answers.find((b) => b.id === a.id)
      return { model: r.model, text: own?.text ?? '', correct: own?.correct ?? false }
    }),
  }))
}
