/** @file Model folders as they are found: whole, sharded, cached, damaged, lying. */

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openExportFolder } from '../../../electron/adapters/model-folder/export-folder.ts'
import { openModelFolder } from '../../../electron/adapters/model-folder/open-model-folder.ts'
import { Fault } from '../../../shared/base/errors.ts'
import { expectedWeights } from '../../../shared/model/config.ts'
import { encodeSafetensors } from '../../../shared/model/checkpoint/safetensors.ts'
import { floatTensor } from '../../../shared/model/checkpoint/tensor-type.ts'
import { loadTokenizer } from '../../../shared/model/tokenizer/chat-tokenizer.ts'
import { writeHfFolder, type HfExport } from '../../../shared/pipeline/export/write-hf-folder.ts'
import { tinyConfig, tinyWeights } from '../../fixtures/tiny-model.ts'
import { tinyTokenizer } from '../../fixtures/tiny-tokenizer.ts'

const config = tinyConfig()
const weights = tinyWeights(config)
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'model-folder-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

async function write(name: string, changes: Partial<HfExport> = {}): Promise<string> {
  const path = join(root, name)
  await writeHfFolder(openExportFolder(path), {
    config,
    weights: (weight) => weights.get(weight)!,
    dtype: 'F32',
    tokenizerFiles: tinyTokenizer().toFiles(),
    card: { title: 'Tiny', license: 'mit' },
    ...changes,
  })
  return path
}

async function faultOf(path: string): Promise<Fault> {
  const error = await openModelFolder(path).then(
    () => undefined,
    (e: unknown) => e,
  )
  expect(error).toBeInstanceOf(Fault)
  return error as Fault
}

describe('opening a model folder', () => {
  it('gives configuration, tokenizer, and every weight where it lies', async () => {
    const model = await openModelFolder(await write('tiny'))
    expect(model.config).toEqual(config)
    expect(model.name).toBe('tiny')
    expect(model.license).toBe('mit')
    expect([...model.weights.keys()]).toEqual(expectedWeights(config).map((w) => w.name))
    expect(loadTokenizer(model.tokenizer).renderPrompt('Why?')).toEqual(tinyTokenizer().renderPrompt('Why?'))
    for (const [name, at] of model.weights) {
      const bytes = readFileSync(at.file).subarray(at.byteOffset, at.byteOffset + at.byteLength)
      expect(new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))).toEqual(
        weights.get(name),
      )
      expect(join(model.externalRoot, at.location)).toBe(at.file)
      expect(await model.readWeight(name)).toEqual(weights.get(name))
    }
    expect(model.bytes).toBe(3632 * 4) // parameters of the tiny model
    const sha = createHash('sha256')
    for (const file of ['config.json', 'model.safetensors']) sha.update(readFileSync(join(model.path, file)))
    expect(await model.sha256()).toBe(sha.digest('hex'))
  })

  it.each(['BF16', 'F16'] as const)('widens %s to float32', async (dtype) => {
    // Halves, exact in both types.
    const halves = new Map([...weights].map(([name, w]) => [name, w.map((_, i) => (i % 7) / 2 - 1)]))
    const model = await openModelFolder(await write('half', { dtype, weights: (name) => halves.get(name)! }))
    for (const name of model.weights.keys()) expect(await model.readWeight(name)).toEqual(halves.get(name))
  })

  it('reads shards', async () => {
    const model = await openModelFolder(await write('sharded', { maxShardBytes: 4000 }))
    expect(new Set([...model.weights.values()].map((w) => w.location)).size).toBe(3)
    for (const name of model.weights.keys()) expect(await model.readWeight(name)).toEqual(weights.get(name))
  })

  it('follows the links of the Hugging Face cache, opened at its entry or its snapshot', async () => {
    const plain = await write('plain', { maxShardBytes: 4000 })
    const entry = join(root, 'models--someone--small-model')
    const snapshot = join(entry, 'snapshots', 'abc')
    for (const folder of [snapshot, join(entry, 'blobs'), join(entry, 'refs')]) mkdirSync(folder, { recursive: true })
    writeFileSync(join(entry, 'refs', 'main'), 'abc')
    for (const [i, file] of readdirSync(plain).entries()) {
      writeFileSync(join(entry, 'blobs', `blob${i}`), readFileSync(join(plain, file)))
      symlinkSync(`../../blobs/blob${i}`, join(snapshot, file))
    }
    for (const path of [entry, snapshot]) {
      const model = await openModelFolder(path)
      expect(model.name).toBe('someone/small-model')
      expect(model.externalRoot.endsWith(join('models--someone--small-model', 'blobs'))).toBe(true)
      for (const { location } of model.weights.values()) expect(location).toMatch(/^blob\d+$/)
      expect(await model.readWeight('model.norm.weight')).toEqual(weights.get('model.norm.weight'))
    }
  })

  it('names tensors that the model does not use', async () => {
    const path = await write('more')
    const tensors = expectedWeights(config).map((w) => floatTensor(w.name, w.shape, weights.get(w.name)!))
    const head = floatTensor('lm_head.weight', [1], new Float32Array(1))
    writeFileSync(join(path, 'model.safetensors'), encodeSafetensors([...tensors, head]))
    expect((await openModelFolder(path)).unused).toEqual(['lm_head.weight'])
  })
})

describe('a folder that is not a model', () => {
  it.each([
    ['nothing', [], 'no config.json'],
    ['a GGUF file', ['model.Q4.gguf'], 'GGUF'],
    ['a LoRA adapter', ['adapter_config.json', 'adapter_model.safetensors'], 'LoRA adapter'],
  ])('with %s is told from one', async (_, files, words) => {
    const path = join(root, 'other')
    mkdirSync(path)
    for (const file of files) writeFileSync(join(path, file), '{}')
    expect(await faultOf(path)).toMatchObject({ code: 'bad-model', message: expect.stringContaining(words) as string })
  })

  it('is not found when there is none', async () => {
    expect((await faultOf(join(root, 'nowhere'))).code).toBe('not-found')
  })

  it.each([
    ['tokenizer.json', 'no tokenizer.json'],
    ['model.safetensors', 'neither model.safetensors'],
  ])('without %s says so', async (file, words) => {
    const path = await write('less')
    rmSync(join(path, file))
    expect((await faultOf(path)).message).toContain(words)
  })

  it.skipIf(process.platform === 'win32')('is refused when a file is a pipe, without waiting on it', async () => {
    const path = await write('pipe')
    rmSync(join(path, 'tokenizer.json'))
    execFileSync('mkfifo', [join(path, 'tokenizer.json')])
    expect((await faultOf(path)).message).toContain('not a regular file')
  })
})

describe('weights that do not fit', () => {
  it('are listed all at once', async () => {
    const path = await write('wrong')
    const tensors = expectedWeights(config)
      .filter((w) => w.name !== 'model.layers.1.mlp.up_proj.weight')
      .map((w) => floatTensor(w.name, w.shape, weights.get(w.name)!))
      .map((t) => (t.name === 'model.norm.weight' ? { ...t, shape: [2, 4] } : t))
      .map((t) => (t.name === 'model.layers.0.input_layernorm.weight' ? { ...t, dtype: 'I32' as const } : t))
    writeFileSync(join(path, 'model.safetensors'), encodeSafetensors(tensors))
    const { code, message } = await faultOf(path)
    expect(code).toBe('bad-model')
    expect(message).toContain('model.layers.1.mlp.up_proj.weight is missing (wanted [12, 8])')
    expect(message).toContain('model.norm.weight has shape [2, 4], wanted [8]')
    expect(message).toContain('model.layers.0.input_layernorm.weight holds I32 numbers, wanted F32, F16, BF16')
  })

  it('suggest tying when only the head is missing', async () => {
    const path = await write('untied')
    const text = readFileSync(join(path, 'config.json'), 'utf8')
    writeFileSync(
      join(path, 'config.json'),
      text.replace('"tie_word_embeddings": true', '"tie_word_embeddings": false'),
    )
    expect((await faultOf(path)).todo).toContain('tie_word_embeddings')
  })

  it('name every missing shard', async () => {
    const path = await write('holes', { maxShardBytes: 4000 })
    for (const n of [1, 3]) rmSync(join(path, `model-0000${n}-of-00003.safetensors`))
    expect((await faultOf(path)).message).toContain(
      'model-00001-of-00003.safetensors is missing; model-00003-of-00003.safetensors is missing',
    )
  })

  it('are not looked for outside the folder', async () => {
    const path = await write('escape', { maxShardBytes: 4000 })
    const index = join(path, 'model.safetensors.index.json')
    writeFileSync(index, readFileSync(index, 'utf8').replaceAll('model-00001', '../plain/model-00001'))
    expect((await faultOf(path)).message).toContain('plain .safetensors file name')
  })

  it('must lie in the shard that the index names', async () => {
    const path = await write('moved', { maxShardBytes: 4000 })
    const index = join(path, 'model.safetensors.index.json')
    writeFileSync(index, readFileSync(index, 'utf8').replaceAll('model-00001', 'model-00002'))
    expect((await faultOf(path)).message).toContain('model.embed_tokens.weight is not in model-00002-of-00003')
  })
})

describe('a damaged weight file', () => {
  const cases: [string, (file: string) => void][] = [
    ['is empty', (file) => writeFileSync(file, '')],
    ['ends inside its header', (file) => truncateSync(file, 100)],
    ['ends inside its data', (file) => truncateSync(file, 9000)],
    ['has a header that claims 90 MB', (file) => overwrite(file, 0, lengthBytes(90_000_000n))],
    ['has a header that claims 2^63 bytes', (file) => overwrite(file, 0, lengthBytes(2n ** 63n))],
    ['has a header that is not JSON', (file) => overwrite(file, 8, Buffer.from('[['))],
    ['has trailing bytes', (file) => writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.alloc(3)]))],
  ]
  it.each(cases)('that %s is refused, and nothing large is allocated', async (_, damage) => {
    const path = await write('damaged')
    damage(join(path, 'model.safetensors'))
    const before = process.memoryUsage().arrayBuffers
    const fault = await faultOf(path)
    expect(fault.code).toBe('corrupt-file')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 << 20)
  })

  it('that shrinks after it was opened is a Fault when read', async () => {
    const path = await write('shrinks')
    const model = await openModelFolder(path)
    truncateSync(join(path, 'model.safetensors'), 4000)
    await expect(model.readWeight('model.norm.weight')).rejects.toMatchObject({ code: 'corrupt-file' })
  })
})

function lengthBytes(length: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(length)
  return bytes
}

function overwrite(file: string, at: number, bytes: Buffer): void {
  const data = readFileSync(file)
  bytes.copy(data, at)
  writeFileSync(file, data)
}

describe('an export folder', () => {
  it('leaves neither a part nor a temporary file when writing fails', async () => {
    const path = join(root, 'failing')
    const spoilt = (name: string) => (name === 'model.norm.weight' ? new Float32Array(8).fill(NaN) : weights.get(name)!)
    await expect(write('failing', { weights: spoilt })).rejects.toMatchObject({ code: 'diverged' })
    expect(readdirSync(path)).toEqual([])
  })

  it('refuses names that lead out of it', async () => {
    const folder = openExportFolder(join(root, 'inside'))
    const none = (async function* (): AsyncGenerator<Uint8Array> {})()
    await expect(folder.writeChunks?.('../x', none)).rejects.toMatchObject({ code: 'usage' })
  })
})
