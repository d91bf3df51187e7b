/** @file The report of a whole run as one HTML file: scores with intervals, curves, and answers to read. */

import { lineChart, type Series } from './chart.ts'

export interface ReportCell {
  accuracy: number
  low: number
  high: number
  total: number
}
export interface ReportRow {
  model: string
  thinking: string
  /** By question group. */
  cells: Record<string, ReportCell>
  /** Share of replies with exactly one well-formed thinking section. */
  health?: number
}
export interface ReportData {
  title: string
  minutes: number
  seed: number
  rows: readonly ReportRow[]
  curves: readonly { stage: string; rows: readonly Record<string, unknown>[] }[]
  sections: readonly {
    question: string
    expected: string
    replies: { model: string; text: string; correct: boolean }[]
  }[]
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.3rem .7rem;text-align:right;border-bottom:1px solid #8883}
th:first-child,td:first-child{text-align:left}small{color:#666}pre{white-space:pre-wrap;background:#8881;padding:.6rem;border-radius:6px}
svg{max-width:100%;height:auto}details{margin:.5rem 0}.right{color:#00703c}.wrong{color:#b3261e}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}small{color:#aaa}.right{color:#6fcf97}.wrong{color:#ff8a80}}`

export function reportHtml({ title, minutes, seed, rows, curves, sections }: ReportData): string {
  const groups = [...new Set(rows.flatMap((r) => Object.keys(r.cells)))]
  const cell = (c: ReportCell | undefined) =>
    c
      ? `${(100 * c.accuracy).toFixed(1)} % <small>[${(100 * c.low).toFixed(0)}, ${(100 * c.high).toFixed(0)}] of ${c.total}</small>`
      : ''
  const health = (h: number | undefined) => (h === undefined ? '' : `${(100 * h).toFixed(1)} %`)
  const body = rows.map(
    (r) =>
      `<tr><td>${escape(r.model)}</td><td>${r.thinking}</td>${groups.map((g) => `<td>${cell(r.cells[g])}</td>`).join('')}<td>${health(r.health)}</td></tr>`,
  )
  const answers = sections.map(
    (s) =>
      `<details><summary>${escape(s.question)} <small>(${escape(s.expected)})</small></summary>${s.replies
        .map(
          (r) =>
            `<p class="${r.correct ? 'right' : 'wrong'}">${r.correct ? '✓' : '✗'} ${escape(r.model)}</p><pre>${escape(r.text)}</pre>`,
        )
        .join('')}</details>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${STYLE}</style>
<h1>${escape(title)}</h1><p>Seed ${seed}, ${minutes.toFixed(1)} minutes. Closed-book questions; 95 % Wilson intervals.</p>
<table><tr><th>Model</th><th>Thinking</th>${groups.map((g) => `<th>${escape(g)}</th>`).join('')}<th>One thinking section</th></tr>${body.join('')}</table>
<h2>Training</h2>${curves.map(charts).join('\n')}
<h2>Answers</h2>${answers.join('')}</html>\n`
}

function charts({ stage, rows }: ReportData['curves'][number]): string {
  const series = (metric: string, name = metric): Series => ({
    name,
    points: rows.flatMap((r) =>
      typeof r['step'] === 'number' && typeof r[metric] === 'number' ? [[r['step'], r[metric]] as const] : [],
    ),
  })
  const has = (metric: string) => rows.some((r) => typeof r[metric] === 'number')
  const target = rows.find((r) => typeof r['target_margin'] === 'number')?.['target_margin'] as number | undefined
  const axes = { xLabel: 'step' }
  const out = [
    lineChart([series('loss'), ...(has('rewards/margins') ? [series('nll_loss', 'NLL')] : [])], {
      ...axes,
      title: `${stage}: loss`,
      yLabel: 'loss',
    }),
  ]
  if (has('rewards/margins')) {
    const mark = target === undefined ? undefined : { y: target, name: 'where EXO stops' }
    const lines = [
      series('rewards/margins', 'margin'),
      series('rewards/chosen', 'chosen'),
      series('rewards/rejected', 'rejected'),
    ]
    out.push(
      lineChart(lines, {
        ...axes,
        title: `${stage}: rewards (not comparable between ORPO and EXO)`,
        yLabel: 'reward',
        mark,
      }),
    )
    out.push(
      lineChart([series('rewards/accuracies', 'accuracy')], {
        ...axes,
        title: `${stage}: chosen above rejected`,
        yLabel: 'share',
      }),
    )
  }
  return out.join('\n')
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
