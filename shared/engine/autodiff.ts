/** @file Reverse-mode differentiation: walks the nodes backwards once and applies each operator's gradient rule. */

import { assert, must } from '../base/errors.ts'
import { add } from './build.ts'
import type { Node, OpName, Value } from './ir.ts'
import { gradients, type GradientRule } from './ops/gradients.ts'

/**
 * Appends to the graph of `loss` (a scalar) the gradients of `loss` by each of `targets`.
 * @returns one value per target, of the target's shape
 * @throws Bug when a target does not influence the loss
 */
export function differentiate(loss: Value, targets: readonly Value[]): Value[] {
  const { graph } = loss
  assert(loss.shape.length === 0, `only a scalar can be differentiated, got [${loss.shape.join(', ')}]`)
  const nodes = [...graph.nodes]

  // Values that depend on a target: only these need gradients.
  const active = new Set<Value>(targets)
  for (const node of nodes) {
    if (gradients[node.op] !== 'none' && node.inputs.some((x) => active.has(x))) {
      for (const y of node.outputs) active.add(y)
    }
  }

  const gradientOf = new Map<Value, Value>([[loss, graph.scalar(1)]])
  for (const node of nodes.reverse()) {
    const g = gradientOf.get(must(node.outputs[0]))
    if (!g || !node.outputs.some((y) => active.has(y))) continue
    const rule = gradients[node.op] as GradientRule<OpName> | 'none'
    assert(rule !== 'none', `${node.op} passes no gradient`)
    const wants = node.inputs.map((x) => active.has(x))
    const partials = rule(node as Node<OpName>, g, wants)
    node.inputs.forEach((x, i) => {
      const partial = partials[i]
      if (!wants[i] || !partial) return
      const sum = gradientOf.get(x)
      gradientOf.set(x, sum ? add(sum, partial) : partial)
    })
  }
  return targets.map((target) => {
    const g = gradientOf.get(target)
    assert(g, `"${target.name}" does not influence the loss`)
    return g
  })
}
