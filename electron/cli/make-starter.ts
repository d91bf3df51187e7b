/**
 * @file Pretrains the starter model from the invented world: `node --import tsx electron/cli/make-starter.ts [steps]`.
 * Goes on from its last checkpoint in .cache/starter when it was stopped. Examples are made as they are needed: the
 * whole data set is a function of the seed.
 */

import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { must } from '../../shared/base/errors.ts'
import { Random } from '../../shared/base/random.ts'
import { groupByLength, packRows, type Sequence } from '../../shared/model/batch.ts'
import { encodeSafetensors, readSafetensors } from '../../shared/model/checkpoint/safetensors.ts'
import { floatTensor, toFloat32 } from '../../shared/model/checkpoint/tensor-type.ts'
import { expectedWeights, parameterCount, type ModelConfig } from '../../shared/model/config.ts'
import { initialWeights } from '../../shared/model/initialise.ts'
import { loadTokenizer } from '../../shared/model/tokenizer/chat-tokenizer.ts'
import { Trainer, type Parameters, type TrainingBatch } from '../../shared/model/trainer.ts'
import { starterExample } from '../../shared/pipeline/starter/tasks.ts'
import { makeWorld } from '../../shared/pipeline/starter/world.ts'
import { ortRunner } from '../adapters/onnxruntime/ort-runner.ts'
import { STARTER_CONFIG } from './starter-config.ts'

const SEED = 1
const STEPS = Number(process.argv[2] ?? 3600)
const BATCH_TOKENS = 4096
/** Examples made at a time; rows of like length among them share a batch. */
const BLOCK = 600
/** The user's turn is learnt a little: questions are language too. */
const USER_WEIGHT = 0.2
const RESOURCES = 'resources/starter-model'
const CACHE = process.env['STARTER_CACHE'] ?? '.cache/starter'

const config: ModelConfig = { ...STARTER_CONFIG }

const read = (file: string) => readFile(`${RESOURCES}/${file}`, 'utf8')
const tokenizerFiles = {
  tokenizerJson: JSON.parse(await read('tokenizer.json')) as unknown,
  tokenizerConfig: JSON.parse(await read('tokenizer_config.json')) as unknown,
  chatTemplate: await read('chat_template.jinja'),
}
const draft = loadTokenizer({ ...tokenizerFiles, config })
config.eosIds = [must(draft.tokenId('<|end|>'))]
config.padId = must(draft.tokenId('<|endoftext|>'))
const tokenizer = loadTokenizer({ ...tokenizerFiles, config })

interface Example extends Sequence {
  kind: string
  /** Weight of each scored token. */
  weights: number[]
}

function encodeExample(example: ReturnType<typeof starterExample>): Example {
  const ids: number[] = []
  const weights: number[] = []
  const push = (tokens: readonly number[], weight: number) => {
    for (const id of tokens) {
      ids.push(id)
      weights.push(weight)
    }
  }
  if ('text' in example) push([...tokenizer.encode(example.text), must(config.padId)], 1)
  else {
    for (const { user, assistant } of example.turns) {
      const { promptIds, completionIds } = tokenizer.encodeTurn(user, assistant)
      push(promptIds, USER_WEIGHT)
      push(completionIds, 1)
    }
  }
  const scored = ids.map((_, i) => i).slice(1)
  return { kind: example.kind, ids, scored, weights: scored.map((i) => must(weights[i])) }
}

const world = makeWorld(new Random(`world:${SEED}`))

function block(index: number, seed = SEED): Example[][] {
  const random = new Random(`starter:${seed}:${index}`)
  const examples = Array.from({ length: BLOCK }, () => encodeExample(starterExample(world, random)))
  const groups = groupByLength(
    examples.map((e) => e.ids.length),
    BATCH_TOKENS,
  )
  return random.shuffle(groups).map((group) => group.map((i) => must(examples[i])))
}

function toBatch(examples: readonly Example[]): TrainingBatch {
  const weights = examples.flatMap((e) => e.weights)
  const total = weights.reduce((a, b) => a + b, 0)
  return { ...packRows(examples, must(config.padId)), nllWeights: Float32Array.from(weights, (w) => w / total) }
}

const base = expectedWeights(config)
const shapes = new Map(base.map((w) => [w.name, w.shape]))
async function save(file: string, parameters: Parameters): Promise<void> {
  const tensors = [...parameters].map(([name, data]) => floatTensor(name, must(shapes.get(name)), data))
  await writeFile(`${file}.tmp`, encodeSafetensors(tensors))
  await rename(`${file}.tmp`, file)
}
async function load(file: string): Promise<Parameters> {
  return new Map(readSafetensors(new Uint8Array(await readFile(file))).tensors.map((t) => [t.name, toFloat32(t)]))
}

interface Place {
  step: number
  block: number
  batch: number
  tokens: number
  seconds: number
}
await mkdir(CACHE, { recursive: true })
let place: Place = { step: 0, block: 0, batch: 0, tokens: 0, seconds: 0 }
let parameters: Parameters = initialWeights(base, config, SEED)
let resume: { step: number; first: Parameters; second: Parameters } | undefined
if (existsSync(`${CACHE}/place.json`)) {
  place = JSON.parse(await readFile(`${CACHE}/place.json`, 'utf8')) as Place
  const at = `${CACHE}/${place.step}`
  parameters = await load(`${at}.model.safetensors`)
  resume = {
    step: place.step,
    first: await load(`${at}.first.safetensors`),
    second: await load(`${at}.second.safetensors`),
  }
  console.error(`going on from step ${place.step}`)
}

const trainer = new Trainer({
  runner: ortRunner({ provider: 'cpu' }),
  graph: { config, plan: { base, external: new Map() }, maxLength: 512 },
  objective: { kind: 'language' },
  optimizer: {
    learningRate: 3e-3,
    schedule: { kind: 'cosine', warmup: 100, steps: STEPS, floor: 0.05 },
    maxGradNorm: 1,
    adamW: { beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay: 0.05 },
  },
  parameters,
  resume,
  seed: SEED,
})

async function checkpoint(): Promise<void> {
  const { step, parameters, first, second } = trainer.state
  const at = `${CACHE}/${step}`
  await save(`${at}.model.safetensors`, parameters)
  await save(`${at}.first.safetensors`, first)
  await save(`${at}.second.safetensors`, second)
  await writeFile(`${CACHE}/place.json.tmp`, JSON.stringify(place))
  await rename(`${CACHE}/place.json.tmp`, `${CACHE}/place.json`)
}

console.error(`${(parameterCount(config) / 1e6).toFixed(2)} M parameters, ${STEPS} steps`)
let batches = block(place.block)
while (place.step < STEPS) {
  const examples = batches[place.batch]
  if (!examples) {
    place = { ...place, block: place.block + 1, batch: 0 }
    batches = block(place.block)
    continue
  }
  const start = performance.now()
  const batch = toBatch(examples)
  const result = await trainer.train([batch])
  const seconds = (performance.now() - start) / 1000
  place = {
    ...place,
    step: trainer.step,
    batch: place.batch + 1,
    tokens: place.tokens + batch.size,
    seconds: place.seconds + seconds,
  }
  const row = {
    step: place.step,
    loss: result.scalars.loss,
    grad: result.gradNorm,
    lr: result.learningRate,
    tokens: place.tokens,
    seconds: place.seconds,
  }
  await appendFile(`${CACHE}/metrics.jsonl`, JSON.stringify(row) + '\n')
  if (place.step % 25 === 0) {
    console.error(
      `step ${place.step} loss ${result.scalars.loss.toFixed(4)} ${(batch.size / seconds).toFixed(0)} tokens/s`,
    )
  }
  if (place.step % 200 === 0 || place.step === STEPS) await checkpoint()
}
await trainer.dispose()
