/**
 * @file The model card: a README.md with the front matter that model hubs read, and everything a reader needs to judge
 * and repeat the run. A pure function; what it is not given it does not claim.
 */

import { parameterCount, type ModelConfig } from '../../model/config.ts'

export interface CardData {
  title: string
  /** One or two sentences. */
  summary?: string
  config: ModelConfig
  dtype: 'F32' | 'F16' | 'BF16'
  /** Of the base model, as its card names it. */
  license?: string
  baseModel?: string
  tags?: readonly string[]
  /** ISO 639-1. */
  language?: string
  /** ISO 8601 date. */
  date?: string
  /** Name and version of the program. */
  madeWith?: string
  /** Thought tokens: which were added to the tokenizer, and whether the embedding grew for them. */
  tokens?: { present: readonly string[]; added: readonly string[]; grown: boolean }
  dataset?: {
    /** SHA-256 over the documents' own, in hex. */
    hash: string
    documents: readonly { title: string; sha256: string }[]
    passages?: number
    pairs?: number
  }
  /** What was done, in order, from the base model on. */
  lineage?: readonly { step: string; detail: string }[]
  settings?: readonly { stage: string; name: string; value: string; paper?: string }[]
  seeds?: Readonly<Record<string, number | string>>
  /** Metrics by step. */
  curves?: readonly Curve[]
  scores?: readonly Score[]
  /** The exported files opened again and compared with the program. */
  check?: { questions: number; identical: number; detail?: string }
  /** A rendered prompt, as text. */
  examplePrompt?: string
}

export interface Curve {
  name: string
  points: readonly number[]
}

/** A share of right answers, 0 to 1, with its interval. */
export interface Score {
  questions: string
  model: string
  score: number
  low: number
  high: number
  count: number
}

/** The card as Markdown. */
export function card(data: CardData): string {
  return (
    [
      frontMatter(data),
      `# ${inline(data.title)}`,
      data.summary && inline(data.summary),
      facts(data),
      lineage(data),
      scores(data.scores ?? []),
      usage(data),
      training(data),
      dataset(data),
      data.check && section('Check after export', [checked(data.check)]),
    ]
      .filter((part) => part)
      .join('\n\n') + '\n'
  )
}

function frontMatter(data: CardData): string {
  const lines = [
    ['license', data.license],
    ['base_model', data.baseModel],
    ['language', data.language],
    ['library_name', 'transformers'],
    ['pipeline_tag', 'text-generation'],
    ['dataset_sha256', data.dataset?.hash],
  ].flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${yamlText(value)}`]))
  const tags = [...new Set(['preflexor', 'preference-optimization', 'reasoning', ...(data.tags ?? [])])]
  return ['---', ...lines, 'tags:', ...tags.map((tag) => `- ${yamlText(tag)}`), '---'].join('\n')
}

/** A YAML scalar: bare when nothing in it could be read as anything else. */
function yamlText(value: string): string {
  const bare = /^[A-Za-z][A-Za-z0-9._/-]*$/.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value)
  return bare ? value : JSON.stringify(value)
}

/** One line of Markdown text: nothing of it starts HTML, a table cell or a heading. */
function inline(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|#~]/g, (c) => `\\${c}`)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function section(title: string, parts: readonly (string | false | undefined)[]): string {
  const kept = parts.filter((part) => part)
  return kept.length === 0 ? '' : [`## ${title}`, ...kept].join('\n\n')
}

function facts(data: CardData): string {
  const { config } = data
  const { tokens } = data
  const rows = [
    ['Parameters', count(parameterCount(config))],
    ['Architecture', `${config.architecture}, ${config.layers} layers, width ${config.hiddenSize}`],
    ['Context', `${count(config.maxPositions)} tokens`],
    ['Vocabulary', `${count(config.vocabSize)} tokens`],
    [
      'Embeddings',
      config.tiedEmbeddings ? 'tied: the head is the embedding' : 'untied: the head has weights of its own',
    ],
    ['Numbers stored as', data.dtype],
    ...(tokens ? [['Thought tokens', thoughtTokens(tokens)]] : []),
    ...(data.license === undefined ? [['Licence', 'not stated by the base model']] : []),
    ...(data.madeWith === undefined ? [] : [['Made with', inline(data.madeWith)]]),
    ...(data.date === undefined ? [] : [['Date', inline(data.date)]]),
  ]
  return table(['', ''], rows)
}

function thoughtTokens(tokens: NonNullable<CardData['tokens']>): string {
  const code = (list: readonly string[]) => list.map((t) => `\`${t.replaceAll('|', '\\|')}\``).join(' ')
  if (tokens.added.length === 0) return `${code(tokens.present)} (all known to the base model)`
  const how = tokens.grown ? 'the embedding grew by as many rows' : 'in rows that the embedding had to spare'
  return `${code(tokens.present)}; added: ${code(tokens.added)} (${how})`
}

function lineage(data: CardData): string {
  const steps = data.lineage ?? []
  return section('How it came about', [
    steps.length > 0 && steps.map((s, i) => `${i + 1}. **${inline(s.step)}**: ${inline(s.detail)}`).join('\n'),
  ])
}

function scores(rows: readonly Score[]): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  return section('Scores', [
    rows.length > 0 &&
      table(
        ['Questions', 'Model', 'Right', '95 % interval', 'Count'],
        rows.map((r) => [
          inline(r.questions),
          inline(r.model),
          percent(r.score),
          `${percent(r.low)} to ${percent(r.high)}`,
          String(r.count),
        ]),
      ),
    rows.length > 0 &&
      'An answer is right when it holds the key fact; the intervals do not cover the choice of questions.',
  ])
}

function usage(data: CardData): string {
  const ends = data.config.eosIds.join(', ')
  return section('Use', [
    'Ask in a single user turn through the chat template. The model thinks between `<|thinking|>` and `<|/thinking|>` ' +
      'when the question ends with ` Use <|thinking|>.`, and then answers.',
    data.examplePrompt !== undefined && fence(data.examplePrompt),
    ends !== '' && `A reply ends with token id ${ends}.`,
  ])
}

/** A code block whose fence is longer than any in the text. */
function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((m) => m[0].length))
  const bar = '`'.repeat(longest + 1)
  return `${bar}text\n${text.replace(/\n$/, '')}\n${bar}`
}

function training(data: CardData): string {
  const settings = data.settings ?? []
  const curves = data.curves ?? []
  const seeds = Object.entries(data.seeds ?? {})
  return section('Training', [
    settings.length > 0 &&
      table(
        ['Stage', 'Setting', 'Value', 'Paper'],
        settings.map((s) => [inline(s.stage), inline(s.name), inline(s.value), inline(s.paper ?? '')]),
      ),
    seeds.length > 0 && `Seeds: ${seeds.map(([name, seed]) => `${inline(name)} ${inline(String(seed))}`).join(', ')}.`,
    curves.length > 0 &&
      table(
        ['Metric', 'First', 'Last', 'Course'],
        curves.map((c) => [inline(c.name), short(c.points[0]), short(c.points.at(-1)), sparkline(c.points)]),
      ),
    curves.length > 0 && '![Metrics of the training run by step](curves.svg)',
  ])
}

/** Eight heights between the smallest and the largest value; long courses are averaged into `width` bins. */
export function sparkline(points: readonly number[], width = 32): string {
  const finite = points.filter((p) => Number.isFinite(p))
  const bins = Math.min(width, finite.length)
  const means = Array.from({ length: bins }, (_, i) => {
    const part = finite.slice(Math.floor((i * finite.length) / bins), Math.floor(((i + 1) * finite.length) / bins))
    return part.reduce((sum, p) => sum + p, 0) / part.length
  })
  const low = Math.min(...means)
  const range = Math.max(...means) - low
  return means.map((m) => '▁▂▃▄▅▆▇█'[range === 0 ? 3 : Math.min(7, Math.floor((8 * (m - low)) / range))]).join('')
}

function dataset(data: CardData): string {
  const d = data.dataset
  if (!d) return ''
  const parts = [
    `${count(d.documents.length)} ${d.documents.length === 1 ? 'document' : 'documents'}`,
    ...(d.passages === undefined ? [] : [`${count(d.passages)} passages`]),
    ...(d.pairs === undefined ? [] : [`${count(d.pairs)} preference pairs`]),
  ]
  return section('Data', [
    `${parts.join(', ')}. SHA-256 of the whole: \`${d.hash}\`. The documents themselves are not part of this model.`,
    d.documents.length > 0 &&
      table(
        ['Document', 'SHA-256'],
        d.documents.map((doc) => [inline(doc.title), `\`${doc.sha256}\``]),
      ),
  ])
}

function checked(check: NonNullable<CardData['check']>): string {
  const verdict =
    check.identical === check.questions
      ? `All ${check.questions} answers equal those of the program that trained it.`
      : `${check.identical} of ${check.questions} answers equal those of the program that trained it.`
  return [`The exported files were opened again. ${verdict}`, check.detail && inline(check.detail)]
    .filter(Boolean)
    .join(' ')
}

/** 134515008 → 134,515,008. */
function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',')
}

function short(n: number | undefined): string {
  return n === undefined ? '' : String(Number(n.toPrecision(4)))
}
