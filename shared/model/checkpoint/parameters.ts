/** @file Parameters by name, as the trainer holds them, to and from the tensors of a file. */

import { assert } from '../../base/errors.ts'
import { floatTensor, toFloat32, type NamedTensor } from './tensor-type.ts'

/**
 * Tensors over the parameters' own memory, in the order of `specs`.
 * @param prefix put before every name, e.g. `first.` for first moments
 */
export function tensorsOf(
  parameters: ReadonlyMap<string, Float32Array>,
  specs: readonly { name: string; shape: readonly number[] }[],
  prefix = '',
): NamedTensor[] {
  return specs.map(({ name, shape }) => {
    const values = parameters.get(name)
    assert(values, `parameter "${name}" is missing`)
    return floatTensor(prefix + name, shape, values)
  })
}

/**
 * Parameters by name; F32 tensors are used where they are when their memory is aligned, others are converted.
 * @param prefix only tensors whose name begins with it, which is taken off
 */
export function parametersOf(tensors: readonly NamedTensor[], prefix = ''): Map<string, Float32Array> {
  const out = new Map<string, Float32Array>()
  for (const tensor of tensors) {
    if (!tensor.name.startsWith(prefix)) continue
    const { data } = tensor
    const inPlace = tensor.dtype === 'F32' && data.byteOffset % 4 === 0
    const values = inPlace ? new Float32Array(data.buffer, data.byteOffset, data.length / 4) : toFloat32(tensor)
    out.set(tensor.name.slice(prefix.length), values)
  }
  return out
}
