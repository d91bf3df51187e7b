/**
 * @file Where the transformer's weights come from. Full-parameter training, LoRA, and frozen inference are the same
 * transformer over a different plan: a weight is an input (trained, or kept in memory) or stays in its file.
 * LoRA: Hu et al., 2021; y = x·Wᵀ + (α/r)·(dropout(x)·Aᵀ)·Bᵀ.
 */

import { assert, must } from '../base/errors.ts'
import * as F from '../engine/build.ts'
import type { DType, Graph, Value } from '../engine/ir.ts'

/** Names as in Hugging Face checkpoints: `model.layers.0.self_attn.q_proj.weight`. */
export interface WeightSpec {
  name: string
  shape: readonly number[]
}

export interface ExternalWeight {
  dtype: DType
  file: string
  offset: number
  length: number
}

export interface LoraSettings {
  rank: number
  alpha: number
  dropout: number
  /** Last parts of module names: q_proj, k_proj, …, embed_tokens, lm_head. */
  targets: readonly string[]
}

export interface WeightPlan {
  /** Every weight of the base model. */
  base: readonly WeightSpec[]
  /** Base weights that stay in their file; the others are graph inputs. */
  external: ReadonlyMap<string, ExternalWeight>
  lora?: LoraSettings
}

const EMBEDDING = 'model.embed_tokens.weight'
const HEAD = 'lm_head.weight'

/** `….q_proj.weight` → `q_proj`. */
const moduleOf = (name: string) => must(name.split('.').at(-2), name)
const loraNames = (name: string) => {
  const stem = name.replace(/\.weight$/, '')
  return { a: `${stem}.lora_A.weight`, b: `${stem}.lora_B.weight` }
}

function isAdapted(plan: WeightPlan, spec: WeightSpec): boolean {
  return !!plan.lora && spec.shape.length === 2 && plan.lora.targets.includes(moduleOf(spec.name))
}

/** What is trained under `plan`: the adapters, or everything that is not external. */
export function trainableSpecs(plan: WeightPlan): WeightSpec[] {
  const { lora } = plan
  if (!lora) return plan.base.filter((spec) => !plan.external.has(spec.name))
  return plan.base
    .filter((spec) => isAdapted(plan, spec))
    .flatMap((spec) => {
      const [rows, columns] = spec.shape as [number, number]
      const { a, b } = loraNames(spec.name)
      return [
        { name: a, shape: [lora.rank, columns] },
        { name: b, shape: [rows, lora.rank] },
      ]
    })
}

/** The weights that must be fed: trained ones and whatever is neither trained nor external. */
export function fedSpecs(plan: WeightPlan): WeightSpec[] {
  const kept = plan.lora ? plan.base.filter((spec) => !plan.external.has(spec.name)) : []
  return [...kept, ...trainableSpecs(plan)]
}

/** The weights of one graph under a plan. */
export interface Weights {
  /** f32, whatever the file holds. */
  get(name: string): Value
  has(name: string): boolean
  /** x [n, in] → [n, out]. */
  linear(x: Value, module: string): Value
  /** ids i64 [...] → [..., hidden]. */
  embed(ids: Value): Value
  /** x [n, hidden] → logits [n, vocab]. */
  head(x: Value): Value
  /** Inputs that training updates, by name. */
  readonly trainable: ReadonlyMap<string, Value>
}

/**
 * @param keep for LoRA dropout: builds the 0-or-1/(1−p) mask of an input [n, width]; omit outside training
 */
export function bindWeights(graph: Graph, plan: WeightPlan, keep?: (x: Value, name: string) => Value): Weights {
  const specs = new Map(plan.base.map((spec) => [spec.name, spec]))
  const fed = new Map(fedSpecs(plan).map((spec) => [spec.name, graph.input(spec.name, 'f32', spec.shape)]))
  const trainable = new Map(trainableSpecs(plan).map((spec) => [spec.name, must(fed.get(spec.name))]))
  const read = new Map<string, Value>()

  const get = (name: string): Value => {
    const known = fed.get(name) ?? read.get(name)
    if (known) return known
    const at = plan.external.get(name)
    assert(at, `no weight "${name}"`)
    const stored = graph.external(name, at.dtype, must(specs.get(name)).shape, at)
    const value = F.cast(stored, 'f32')
    read.set(name, value)
    return value
  }

  /** The adapter's output rows for `x` [n, in], scaled and added to `base` [n, out]. */
  const adapt = (base: Value, x: Value, name: string): Value => {
    const spec = specs.get(name)
    const { lora } = plan
    if (!lora || !spec || !isAdapted(plan, spec)) return base
    const { a, b } = loraNames(name)
    const dropped = keep && lora.dropout > 0 ? F.mul(x, keep(x, name)) : x
    const low = F.gemm(dropped, must(fed.get(a)), { transB: true })
    return F.add(base, F.gemm(low, must(fed.get(b)), { transB: true, alpha: lora.alpha / lora.rank }))
  }

  return {
    get,
    has: (name) => specs.has(name),
    trainable,
    linear(x, module) {
      const name = `${module}.weight`
      const bias = specs.has(`${module}.bias`) ? get(`${module}.bias`) : undefined
      return adapt(F.gemm(x, get(name), { transB: true }, bias), x, name)
    },
    embed(ids) {
      const rows = F.gather(get(EMBEDDING), ids)
      const spec = must(specs.get(EMBEDDING))
      if (!plan.lora || !isAdapted(plan, spec)) return rows
      // A row of W + (α/r)·B·A is a row of W plus (α/r) times a row of B times A.
      const { a, b } = loraNames(EMBEDDING)
      const low = F.gather(must(fed.get(b)), ids)
      const scale = plan.lora.alpha / plan.lora.rank
      const extra = F.gemm(F.flatten(low), must(fed.get(a)), { alpha: scale })
      return F.add(rows, F.reshape(extra, rows.shape))
    },
    head(x) {
      const tied = !specs.has(HEAD)
      // A tied head wears the embedding's adapter: merging it must change neither end.
      const name = tied ? EMBEDDING : HEAD
      return adapt(F.gemm(x, get(name), { transB: true }), x, name)
    },
  }
}
