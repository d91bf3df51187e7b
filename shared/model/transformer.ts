/**
 * @file The Llama-family decoder (Touvron et al., 2023): RMSNorm, rotary positions, grouped-query attention, SwiGLU.
 * Two readings of the same layers: whole sequences for training and scoring, and one chunk after a key-value cache
 * for generation.
 */

import { must } from '../base/errors.ts'
import * as F from '../engine/build.ts'
import { product, type Dim } from '../engine/dim.ts'
import type { Value } from '../engine/ir.ts'
import type { ModelConfig } from './config.ts'
import type { Weights } from './weights.ts'

/** How one layer attends: given normalised x [n, hidden], the attention's output [n, heads·headDim]. */
type Attend = (x: Value, layer: number) => Value

/** All layers over x [n, hidden]; the final norm is left to {@link logits}, after scored positions are gathered. */
function layers(config: ModelConfig, weights: Weights, x: Value, attend: Attend): Value {
  let hidden = x
  for (let i = 0; i < config.layers; i++) {
    const at = `model.layers.${i}`
    const norm = (name: string) => F.rmsNorm(hidden, weights.get(`${at}.${name}.weight`), config.rmsNormEps)
    hidden = F.add(hidden, weights.linear(attend(norm('input_layernorm'), i), `${at}.self_attn.o_proj`))
    const y = norm('post_attention_layernorm')
    const gated = F.mul(F.silu(weights.linear(y, `${at}.mlp.gate_proj`)), weights.linear(y, `${at}.mlp.up_proj`))
    hidden = F.add(hidden, weights.linear(gated, `${at}.mlp.down_proj`))
  }
  return hidden
}

const project = (weights: Weights, x: Value, layer: number, which: 'q' | 'k' | 'v') =>
  weights.linear(x, `model.layers.${layer}.self_attn.${which}_proj`)

/**
 * @param tokens i64 [batch, time], rows padded on the right
 * @param mask additive f32 [time, time]: 0 where position i may see j ≤ i, a large negative number elsewhere
 * @param rope cos and sin tables f32 [positions, headDim/2]
 * @returns hidden states [batch·time, hidden] before the final norm
 */
export function hiddenStates(
  config: ModelConfig,
  weights: Weights,
  tokens: Value,
  mask: Value,
  rope: { cos: Value; sin: Value },
): Value {
  const [batch, time] = tokens.shape as [Dim, Dim]
  const { heads, kvHeads, headDim } = config
  const group = heads / kvHeads
  const rows = product([group, time])

  const attend: Attend = (x, layer) => {
    const split = (which: 'q' | 'k' | 'v', count: number) =>
      F.reshape(project(weights, x, layer, which), [batch, time, count * headDim])
    const q = F.rotary(split('q', heads), rope.cos, rope.sin, heads)
    const k = F.rotary(split('k', kvHeads), rope.cos, rope.sin, kvHeads)
    // Query heads of one group stand as extra rows of one product, so keys and values are never repeated.
    const queries = F.reshape(F.transpose(F.reshape(q, [batch, time, kvHeads, group, headDim]), [0, 2, 3, 1, 4]), [
      batch,
      kvHeads,
      rows,
      headDim,
    ])
    const byHead = (y: Value) => F.transpose(F.reshape(y, [batch, time, kvHeads, headDim]), [0, 2, 1, 3])
    const scores = F.matmul(queries, byHead(k), { transB: true, alpha: headDim ** -0.5 })
    const allowed = F.add(F.reshape(scores, [batch, kvHeads, group, time, time]), mask)
    const attention = F.reshape(F.softmax(allowed), [batch, kvHeads, rows, time])
    const mixed = F.matmul(attention, byHead(split('v', kvHeads)))
    const back = F.transpose(F.reshape(mixed, [batch, kvHeads, group, time, headDim]), [0, 3, 1, 2, 4])
    return F.reshape(back, [product([batch, time]), heads * headDim])
  }
  return layers(config, weights, F.flatten(weights.embed(tokens)), attend)
}

/** Final norm and head: hidden [n, hidden] → logits [n, vocab]. */
export function logits(config: ModelConfig, weights: Weights, hidden: Value): Value {
  return weights.head(F.rmsNorm(hidden, weights.get('model.norm.weight'), config.rmsNormEps))
}

export interface Cache {
  key: Value
  value: Value
}

/**
 * One chunk after the cache. Rows may differ in length: right-padded, with `lengths` the valid length less one.
 * @param tokens i64 [batch, chunk]
 * @param past per layer [batch, kvHeads, past, headDim]
 * @param lengths i32 [batch]; @param total i32 [1], the longest length with this chunk
 * @returns hidden states [batch·chunk, hidden] and the grown cache
 */
export function cachedStates(
  config: ModelConfig,
  weights: Weights,
  inputs: { tokens: Value; past: readonly Cache[]; lengths: Value; total: Value; cos: Value; sin: Value },
): { hidden: Value; present: Cache[] } {
  const { tokens, past, lengths, total, cos, sin } = inputs
  const [batch, chunk] = tokens.shape as [Dim, Dim]
  const { heads, kvHeads, headDim } = config
  const present: Cache[] = []
  const attend: Attend = (x, layer) => {
    const chunked = (which: 'q' | 'k' | 'v', count: number) =>
      F.reshape(project(weights, x, layer, which), [batch, chunk, count * headDim])
    const cache = must(past[layer])
    const { output, key, value } = F.cachedAttention(
      {
        q: chunked('q', heads),
        k: chunked('k', kvHeads),
        v: chunked('v', kvHeads),
        pastKey: cache.key,
        pastValue: cache.value,
        lengths,
        total,
        cos,
        sin,
      },
      { heads, kvHeads, scale: headDim ** -0.5, total: 'total' },
    )
    present.push({ key, value })
    return F.flatten(output)
  }
  const hidden = layers(config, weights, F.flatten(weights.embed(tokens)), attend)
  return { hidden, present }
}
