/**
 * @file config.json and generation_config.json of a Hugging Face model folder → ModelConfig. Reads the layouts before
 * and since transformers 5. Everything wrong or unsupported is told at once, in one Fault.
 */

import { Fault, messageOf } from '../base/errors.ts'
import { ARCHITECTURES, type ModelConfig, type RopeScaling } from './config.ts'

type Json = Record<string, unknown>

/** Defaults of the transformers classes, for keys that old files leave out. */
const BY_ARCHITECTURE: Record<string, { modelType: string; maxPositions: number; rmsNormEps: number }> = {
  LlamaForCausalLM: { modelType: 'llama', maxPositions: 2048, rmsNormEps: 1e-6 },
  MistralForCausalLM: { modelType: 'mistral', maxPositions: 131072, rmsNormEps: 1e-6 },
  Qwen2ForCausalLM: { modelType: 'qwen2', maxPositions: 32768, rmsNormEps: 1e-6 },
}

const MISSING = Symbol('missing')

/**
 * @param config contents of config.json: text, or parsed JSON
 * @param generation contents of generation_config.json, when the folder has one: its end-of-sequence ids count too
 * @throws Fault('bad-model') that lists every problem with what was got and what is wanted
 */
export function parseModelConfig(config: unknown, generation?: unknown, where = 'config.json'): ModelConfig {
  const c = asObject(config, where)
  const g = generation === undefined || generation === null ? {} : asObject(generation, 'generation_config.json')
  const problems: string[] = []
  const read = reader(c, problems)

  const architecture = architectureOf(c, problems)
  const defaults = Object.hasOwn(BY_ARCHITECTURE, architecture) ? BY_ARCHITECTURE[architecture] : undefined
  if (!defaults) throw fault(problems, where)
  if (c['quantization_config'] !== undefined && c['quantization_config'] !== null)
    problems.push('quantization_config: the weights are quantised; use the original model (F32, F16 or BF16)')

  const vocabSize = read.integer('vocab_size', 1, 1 << 22)
  const hiddenSize = read.integer('hidden_size', 1, 1 << 16)
  const layers = read.integer('num_hidden_layers', 1, 1024)
  const heads = read.integer('num_attention_heads', 1, 1024)
  const intermediateSize = read.integer('intermediate_size', 1, 1 << 20)
  const kvHeads = read.integer('num_key_value_heads', 1, 1024, heads)
  const headDim = read.integer('head_dim', 2, 4096, hiddenSize / heads)
  if (heads % kvHeads > 0)
    problems.push(`num_key_value_heads: ${kvHeads} does not divide num_attention_heads (${heads})`)
  if (headDim % 2 === 1) problems.push(`head_dim: got ${headDim}; rotary positions want an even number`)

  read.oneOf('hidden_act', ['silu', 'swish'])
  const maxPositions = read.integer('max_position_embeddings', 1, 1 << 24, defaults.maxPositions)
  const tiedEmbeddings = read.boolean('tie_word_embeddings', false)
  const rope = ropeOf(c, maxPositions, problems)

  const qwen = architecture === 'Qwen2ForCausalLM'
  const llama = architecture === 'LlamaForCausalLM'
  const result: ModelConfig = {
    architecture,
    vocabSize,
    hiddenSize,
    layers,
    heads,
    kvHeads,
    headDim,
    intermediateSize,
    rmsNormEps: read.number('rms_norm_eps', 0, 1, defaults.rmsNormEps),
    ropeTheta: rope.theta,
    ...(rope.scaling ? { ropeScaling: rope.scaling } : {}),
    maxPositions: withinWindow(c, architecture, maxPositions, problems),
    tiedEmbeddings,
    attentionBias: qwen || (llama && read.boolean('attention_bias', false)),
    mlpBias: llama && read.boolean('mlp_bias', false),
    eosIds: unique([
      ...tokenIds(g, 'eos_token_id', vocabSize, problems, 'generation_config.json '),
      ...tokenIds(c, 'eos_token_id', vocabSize, problems),
    ]),
    initializerRange: read.number('initializer_range', 0, 10, 0.02),
  }
  const bosId = tokenIds(c, 'bos_token_id', vocabSize, problems)[0]
  // −1 stands for "none" in some early Llama files.
  const padId = c['pad_token_id'] === -1 ? undefined : tokenIds(c, 'pad_token_id', vocabSize, problems)[0]
  if (bosId !== undefined) result.bosId = bosId
  if (padId !== undefined) result.padId = padId
  if (problems.length) throw fault(problems, where)
  return result
}

function fault(problems: readonly string[], where: string): Fault {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`
  return new Fault(
    'bad-model',
    `The model configuration has ${count}: ${problems.join('; ')}.`,
    `Choose a model folder of one of these kinds: ${ARCHITECTURES.join(', ')}. Or download the folder again if it should be one.`,
    where,
  )
}

/** Text or a parsed value → object. */
function asObject(value: unknown, where: string): Json {
  let parsed = value
  if (typeof value === 'string') {
    try {
      parsed = JSON.parse(value)
    } catch (error) {
      throw fault([`not valid JSON (${messageOf(error)})`], where)
    }
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw fault([`got ${show(parsed)}, wanted a JSON object`], where)
  return parsed as Json
}

function architectureOf(c: Json, problems: string[]): string {
  const listed = c['architectures']
  const first: unknown = Array.isArray(listed) ? listed[0] : undefined
  if (typeof first === 'string') {
    if (!Object.hasOwn(BY_ARCHITECTURE, first))
      problems.push(`architectures: got ${show(first)}, wanted one of ${ARCHITECTURES.join(', ')}`)
    return first
  }
  const byType = Object.entries(BY_ARCHITECTURE).find(([, d]) => d.modelType === c['model_type'])
  if (byType) return byType[0]
  problems.push(
    `architectures: got ${show(listed)} (model_type ${show(c['model_type'])}), wanted one of ${ARCHITECTURES.join(', ')}`,
  )
  return ''
}

/** Typed look-ups that note a problem and go on with NaN, so that one pass finds them all. */
function reader(c: Json, problems: string[]) {
  const get = (key: string): unknown => (c[key] === undefined || c[key] === null ? MISSING : c[key])
  const number = (key: string, low: number, high: number, fallback?: number, integer = false): number => {
    const value = get(key)
    const kind = integer ? 'a whole number' : 'a number'
    if (value === MISSING) {
      if (fallback === undefined) problems.push(`${key}: missing, wanted ${kind}`)
      else if (integer && Number.isFinite(fallback) && !Number.isInteger(fallback))
        problems.push(`${key}: missing, and what it defaults to (${fallback}) is not a whole number`)
      return fallback ?? NaN
    }
    const fits = typeof value === 'number' && Number.isFinite(value) && (!integer || Number.isInteger(value))
    if (fits && value >= low && value <= high && (integer || value > low)) return value
    problems.push(`${key}: got ${show(value)}, wanted ${kind} ${integer ? 'from' : 'above'} ${low} to ${high}`)
    return NaN
  }
  return {
    number,
    integer: (key: string, low: number, high: number, fallback?: number) => number(key, low, high, fallback, true),
    boolean(key: string, fallback: boolean): boolean {
      const value = get(key)
      if (value === MISSING) return fallback
      if (typeof value !== 'boolean') problems.push(`${key}: got ${show(value)}, wanted true or false`)
      return value === true
    },
    oneOf(key: string, allowed: readonly unknown[]): void {
      const value = get(key)
      if (value !== MISSING && !allowed.includes(value))
        problems.push(`${key}: got ${show(value)}, wanted ${allowed.join(' or ')}`)
    },
  }
}

/** Old files: `rope_theta` and `rope_scaling` beside the rest. Since transformers 5: both inside `rope_parameters`. */
function ropeOf(c: Json, maxPositions: number, problems: string[]): { theta: number; scaling?: RopeScaling } {
  const isNew = c['rope_parameters'] !== undefined && c['rope_parameters'] !== null
  const key = isNew ? 'rope_parameters' : 'rope_scaling'
  const raw = c[key] ?? {}
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    problems.push(`${key}: got ${show(raw)}, wanted an object or null`)
    return { theta: NaN }
  }
  const r = raw as Json
  const inner: string[] = []
  const read = reader(r, inner)
  const theta = reader({ rope_theta: r['rope_theta'] ?? c['rope_theta'] }, problems).number(
    'rope_theta',
    0,
    1e12,
    10000,
  )
  const partial = r['partial_rotary_factor'] ?? c['partial_rotary_factor'] ?? 1
  if (partial !== 1) problems.push(`partial_rotary_factor: got ${show(partial)}, wanted 1`)
  const type = r['rope_type'] ?? r['type'] ?? 'default'
  const scaling = ((): RopeScaling | undefined => {
    switch (type) {
      case 'default':
      // Stretches only sequences beyond max_position_embeddings, which the product never makes.
      case 'dynamic':
        return undefined
      case 'linear':
        return { type: 'linear', factor: read.number('factor', 0, 1e6) }
      case 'llama3': {
        const low = read.number('low_freq_factor', 0, 1e6)
        const high = read.number('high_freq_factor', 0, 1e6)
        if (high <= low) inner.push(`high_freq_factor: got ${high}, wanted more than low_freq_factor (${low})`)
        return {
          type: 'llama3',
          factor: read.number('factor', 0, 1e6),
          lowFreqFactor: low,
          highFreqFactor: high,
          originalMaxPositions: read.integer('original_max_position_embeddings', 1, 1 << 24, maxPositions),
        }
      }
      default:
        inner.push(`rope_type: got ${show(type)}, wanted default, linear or llama3`)
        return undefined
    }
  })()
  problems.push(...inner.map((p) => `${key}.${p}`))
  return { theta, ...(scaling ? { scaling } : {}) }
}

/** A sliding window changes nothing for sequences that fit into it, so the context is held to the window. */
function withinWindow(c: Json, architecture: string, maxPositions: number, problems: string[]): number {
  // MistralConfig's default; later models write null.
  const missing = architecture === 'MistralForCausalLM' ? 4096 : null
  const window = c['sliding_window'] === undefined ? missing : c['sliding_window']
  const off =
    architecture === 'LlamaForCausalLM' || (architecture === 'Qwen2ForCausalLM' && c['use_sliding_window'] !== true)
  if (off || window === null) return maxPositions
  if (typeof window !== 'number' || !Number.isInteger(window) || window < 1) {
    problems.push(`sliding_window: got ${show(window)}, wanted a whole number of at least 1, or null`)
    return maxPositions
  }
  return Math.min(maxPositions, window)
}

function tokenIds(c: Json, key: string, vocabSize: number, problems: string[], file = ''): number[] {
  const value = c[key]
  if (value === undefined || value === null) return []
  const list: unknown[] = Array.isArray(value) ? value : [value]
  const bad = list.filter((id) => typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= vocabSize)
  if (bad.length === 0) return list as number[]
  problems.push(`${file}${key}: got ${show(value)}, wanted token ids from 0 to below vocab_size (${vocabSize})`)
  return []
}

function unique(ids: readonly number[]): number[] {
  return [...new Set(ids)]
}

/** A value for a message, shortened. */
function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
