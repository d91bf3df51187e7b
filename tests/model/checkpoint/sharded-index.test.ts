/** @file The index of a sharded model names plain files only. */

import { describe, expect, it } from 'vitest'
import { Fault } from '../../../shared/base/errors.ts'
import { parseShardedIndex } from '../../../shared/model/checkpoint/sharded-index.ts'

describe('the index of a sharded model', () => {
  it('maps tensors to files', () => {
    const text =
      '{"metadata":{"total_size":8},"weight_map":{"a":"model-00002.safetensors","b":"model-00001.safetensors"}}'
    const index = parseShardedIndex(text)
    expect(index.files.get('a')).toBe('model-00002.safetensors')
    expect(index.shards).toEqual(['model-00001.safetensors', 'model-00002.safetensors'])
  })

  it.each([
    '../../secret.safetensors',
    'sub/model.safetensors',
    'sub\\model.safetensors',
    '/etc/model.safetensors',
    'C:model.safetensors',
    '.hidden.safetensors',
    'model.bin',
    'model.safetensors\u0000.png',
    '',
  ])('refuses the file name %j', (name) => {
    const text = JSON.stringify({ weight_map: { a: name } })
    expect(() => parseShardedIndex(text)).toThrow(Fault)
  })

  it.each([
    '',
    '[]',
    'null',
    '{}',
    '{"weight_map":[]}',
    '{"weight_map":{}}',
    '{"weight_map":{"a":1}}',
    '{"weight_map":{"a":"a.safetensors","a":"b.safetensors"}}',
  ])('refuses %s', (text) => {
    expect(() => parseShardedIndex(text)).toThrow(Fault)
  })
})
