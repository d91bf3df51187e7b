/** @file The safetensors reader believes nothing it did not check, and the writer round-trips. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../../shared/base/errors.ts'
import { encodeSafetensors, parseHeaderLength, readSafetensors } from '../../../shared/model/checkpoint/safetensors.ts'
import {
  floatTensor,
  TENSOR_TYPE_BYTES,
  toFloat32,
  type NamedTensor,
  type TensorType,
} from '../../../shared/model/checkpoint/tensor-type.ts'

/** A file with this header text and so many data bytes. */
function file(header: string, dataBytes = 0): Uint8Array {
  const json = new TextEncoder().encode(header)
  const out = new Uint8Array(8 + json.length + dataBytes)
  new DataView(out.buffer).setBigUint64(0, BigInt(json.length), true)
  out.set(json, 8)
  return out
}

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'none'
}

const entry = (shape: unknown, offsets: unknown, dtype: unknown = 'F32') =>
  JSON.stringify({ dtype, shape, data_offsets: offsets })

const anyTensor = fc
  .record({
    name: fc.string({ unit: 'binary', maxLength: 12 }).filter((n) => n !== '__metadata__'),
    dtype: fc.constantFrom(...(Object.keys(TENSOR_TYPE_BYTES) as TensorType[])),
    shape: fc.array(fc.nat(4), { maxLength: 4 }),
    fill: fc.nat(255),
  })
  .map(({ name, dtype, shape, fill }): NamedTensor => {
    const bytes = shape.reduce((a, b) => a * b, TENSOR_TYPE_BYTES[dtype])
    return { name, dtype, shape, data: new Uint8Array(bytes).map((_, i) => fill + i) }
  })

const someTensors = fc.uniqueArray(anyTensor, { selector: (t) => t.name, maxLength: 6 })

describe('safetensors', () => {
  it('writes what the format asks for, byte for byte', () => {
    const bytes = encodeSafetensors([floatTensor('w', [2], Float32Array.of(1, -2))], { made: 'here' })
    const header = '{"__metadata__":{"made":"here"},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
    // 85 characters, padded with spaces to 88, so that the data begins at 96, a multiple of 8.
    expect(header.length).toBe(85)
    expect(bytes.length).toBe(8 + 88 + 8)
    expect(new DataView(bytes.buffer).getBigUint64(0, true)).toBe(88n)
    expect(new TextDecoder().decode(bytes.subarray(8, 96))).toBe(header + '   ')
    expect([...new Float32Array(bytes.buffer, 96)]).toEqual([1, -2])
  })

  it('round-trips any tensors and metadata', () => {
    const texts = fc.dictionary(fc.string(), fc.string(), { maxKeys: 4, noNullPrototype: true })
    fc.assert(
      fc.property(someTensors, texts, (tensors, metadata) => {
        const back = readSafetensors(encodeSafetensors(tensors, metadata))
        expect(back.metadata).toEqual(metadata)
        const byName = (a: NamedTensor, b: NamedTensor) => (a.name < b.name ? -1 : 1)
        expect([...back.tensors].sort(byName)).toEqual([...tensors].sort(byName))
      }),
      { seed: 1, numRuns: 150 },
    )
  })

  it('gives the same bytes whatever the order of the tensors', () => {
    const a = floatTensor('a', [1], Float32Array.of(1))
    const b: NamedTensor = { name: 'b', dtype: 'U8', shape: [1], data: Uint8Array.of(7) }
    expect(encodeSafetensors([a, b])).toEqual(encodeSafetensors([b, a]))
  })

  it('accepts scalars and empty tensors', () => {
    const bytes = file(`{"s":${entry([], [0, 4])},"e":${entry([0, 5], [4, 4])}}`, 4)
    expect(readSafetensors(bytes).tensors.map((t) => [t.name, t.data.length])).toEqual([
      ['s', 4],
      ['e', 0],
    ])
  })

  const good = entry([1], [0, 4])
  it.each([
    ['nothing at all', new Uint8Array(0)],
    ['only a length', new Uint8Array(8)],
    ['a length beyond the file', Uint8Array.of(200, 0, 0, 0, 0, 0, 0, 0, 123, 125)],
    ['a length beyond the limit', Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 123, 125)],
    ['broken JSON', file('{"a":')],
    ['a header that is a list', file('[]')],
    ['a header with blanks in front', file(' {}')],
    ['a header that is not UTF-8', Uint8Array.of(5, 0, 0, 0, 0, 0, 0, 0, 123, 34, 255, 34, 125)],
    ['a name used twice', file(`{"a":${good},"a":${good}}`, 4)],
    ['a name used twice, once escaped', file(`{"a":${good},"\\u0061"\n${' '.repeat(99)}:${good}}`, 4)],
    ['a key used twice in an entry', file('{"a":{"dtype":"F32","dtype":"I32","shape":[1],"data_offsets":[0,4]}}', 4)],
    ['an unknown dtype', file(`{"a":${entry([1], [0, 4], 'F31')}}`, 4)],
    ['a dtype from the prototype', file(`{"a":${entry([1], [0, 4], 'toString')}}`, 4)],
    ['a dtype that cannot be printed', file(`{"a":${entry([1], [0, 4], { toString: 1 })}}`, 4)],
    ['an entry that is null', file('{"a":null}')],
    ['an unknown key', file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}', 4)],
    ['a negative size', file(`{"a":${entry([-1], [0, 4])}}`, 4)],
    ['a broken size', file(`{"a":${entry([0.5], [0, 2])}}`, 2)],
    ['a size that is a text', file(`{"a":${entry(['1'], [0, 4])}}`, 4)],
    ['a product beyond 2^53', file(`{"a":${entry([2 ** 30, 2 ** 30], [0, 4])}}`, 4)],
    ['too many dimensions', file(`{"a":${entry(new Array(33).fill(1), [0, 4])}}`, 4)],
    ['offsets beyond the file', file(`{"a":${entry([2], [0, 8])}}`, 4)],
    ['offsets in reverse', file(`{"a":${entry([1], [4, 0])}}`, 4)],
    ['three offsets', file(`{"a":${entry([1], [0, 4, 4])}}`, 4)],
    ['a size that contradicts the offsets', file(`{"a":${entry([2], [0, 4])}}`, 4)],
    ['an overlap', file(`{"a":${entry([2], [0, 8])},"b":${entry([1], [4, 8])}}`, 8)],
    ['two tensors on the same bytes', file(`{"a":${good},"b":${good}}`, 4)],
    ['a hole', file(`{"a":${good},"b":${entry([1], [8, 12])}}`, 12)],
    ['bytes after the last tensor', file(`{"a":${good}}`, 5)],
    ['metadata that is not text', file('{"__metadata__":{"a":1}}')],
    ['metadata that is a list', file('{"__metadata__":[]}')],
  ])('refuses %s', (_, bytes) => {
    expect(codeOf(() => readSafetensors(bytes, 'model.safetensors'))).toBe('corrupt-file')
  })

  it('never trusts a mutated file: it reads it or gives a corrupt-file fault', () => {
    const mutations = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 })
    let refused = 0
    fc.assert(
      fc.property(someTensors, mutations, fc.nat(), (tensors, changes, cut) => {
        const bytes = encodeSafetensors(tensors, { a: 'b' })
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        const whole = cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes
        const code = codeOf(() => readSafetensors(whole))
        if (code !== 'none') refused++
        expect(['none', 'corrupt-file']).toContain(code)
      }),
      { seed: 2, numRuns: 1500 },
    )
    expect(refused).toBeGreaterThan(300)
  })

  it('never trusts an invented header', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat(64), (text, dataBytes) => {
        const code = codeOf(() => readSafetensors(file(`{"t":${text}}`, dataBytes)))
        expect(code).toBe('corrupt-file')
      }),
      { seed: 3, numRuns: 500 },
    )
  })

  it('reads a length with all eight bytes', () => {
    // 0x0102 = 258, and one bit in the seventh byte makes it 2^48 larger.
    expect(parseHeaderLength(Uint8Array.of(2, 1, 0, 0, 0, 0, 0, 0), 1000)).toBe(258)
    expect(codeOf(() => parseHeaderLength(Uint8Array.of(2, 1, 0, 0, 0, 0, 1, 0), 1000))).toBe('corrupt-file')
  })

  it('widens F16 and BF16 weights at any alignment and refuses integers', () => {
    const bytes = Uint8Array.of(0, 0x00, 0x3c, 0x00, 0xc0).subarray(1)
    expect([...toFloat32({ name: 'a', dtype: 'F16', data: bytes })]).toEqual([1, -2])
    expect([...toFloat32({ name: 'a', dtype: 'BF16', data: Uint8Array.of(0x80, 0x3f) })]).toEqual([1])
    expect(codeOf(() => toFloat32({ name: 'a', dtype: 'I8', data: bytes }))).toBe('unsupported-file')
  })
})
