/**
 * @file Inverted dropout of adapter inputs. The mask is a hash of (row, column, step) made of additions, products and
 * floors, which every provider rounds alike: a run resumed on another device drops the same elements.
 */

import { must } from '../base/errors.ts'
import * as F from '../engine/build.ts'
import type { Graph, Value } from '../engine/ir.ts'

/** Large enough that neighbouring rows differ, small enough that (a + b + s)²·K < 4096 keeps 12 bits of fraction. */
const K = 454.7

/**
 * Declares the inputs `dropoutSeed` (scalar) and `dropoutRows` [batch·time, 1], uniform in [0, 1).
 * @param positions rows that the head sees, i64 [scored]
 * @returns a function from an input [n, width] to its mask: 0 with probability p, 1/(1−p) otherwise. Every call
 * drops other columns.
 */
export function loraDropout(graph: Graph, p: number, positions: Value): (x: Value) => Value {
  const seed = graph.input('dropoutSeed', 'f32', [])
  const rows = F.add(graph.input('dropoutRows', 'f32', ['batch*time', 1]), seed)
  let calls = 0
  return (x) => {
    const width = must(x.shape.at(-1)) as number
    const salt = calls++
    // Multiples of the golden ratio are spread evenly, and no two calls meet the same ones.
    const columns = graph.constant(
      Float32Array.from({ length: width }, (_, j) => (j * 0.6180339887 + salt * 0.4142135624) % 1),
      [1, width],
    )
    const own = x.shape[0] === positions.shape[0] ? F.gather(rows, positions) : rows
    const place = F.add(own, columns)
    const wave = F.mul(F.mul(place, place), K)
    const uniform = F.sub(wave, F.floor(wave))
    return F.where(F.less(uniform, p), graph.scalar(0), 1 / (1 - p))
  }
}
