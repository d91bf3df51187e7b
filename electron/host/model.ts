/**
 * @file A project's base model, ready to be trained or asked: tokenizer with the special tokens, and a weight plan.
 * Small models live in memory; of large ones only what is trained does, the rest stays mapped in the user's files.
 */

import { fileURLToPath } from 'node:url'
import { Fault, must } from '../../shared/base/errors.ts'
import type { DType } from '../../shared/engine/ir.ts'
import { expectedWeights, type ModelConfig } from '../../shared/model/config.ts'
import { initialAdapters } from '../../shared/model/initialise.ts'
import { growRows } from '../../shared/model/merge.ts'
import { loadTokenizer, type ChatTokenizer } from '../../shared/model/tokenizer/chat-tokenizer.ts'
import type { Parameters } from '../../shared/model/trainer.ts'
import type { ExternalWeight, LoraSettings, WeightPlan } from '../../shared/model/weights.ts'
import type { BaseModel } from '../../shared/pipeline/project/project-file.ts'
import { SPECIAL_TOKENS } from '../../shared/pipeline/thought.ts'
import { openModelFolder, type ModelFolder } from '../adapters/model-folder/open-model-folder.ts'

/** Models up to this many bytes as f32 are read into memory whole. */
const IN_MEMORY_BYTES = 2 ** 30
const ONNX_TYPE: Readonly<Record<string, DType>> = { F32: 'f32', F16: 'f16', BF16: 'bf16' }

export const STARTER_FOLDER = fileURLToPath(new URL('../../resources/starter-model', import.meta.url))

export interface LabModel {
  folder: ModelFolder
  /** With the vocabulary that the special tokens need. */
  config: ModelConfig
  tokenizer: ChatTokenizer
  /** A base weight as f32, grown where the vocabulary was. */
  read(name: string): Promise<Float32Array>
}

export interface PlannedModel {
  plan: WeightPlan
  /** Every fed weight. */
  parameters: Parameters
  /** Where external weights are, if any. */
  folder?: string
}

export function modelPath(base: BaseModel): string {
  return base.kind === 'starter' ? STARTER_FOLDER : must(base.path, 'model path')
}

export async function openModel(base: BaseModel): Promise<LabModel> {
  const folder = await openModelFolder(modelPath(base))
  const tokenizer = loadTokenizer({ ...folder.tokenizer, config: folder.config })
  tokenizer.addSpecialTokens(SPECIAL_TOKENS)
  const vocabSize = Math.max(folder.config.vocabSize, tokenizer.vocabSize)
  const config: ModelConfig = { ...folder.config, vocabSize, eosIds: [...tokenizer.eosIds] }
  const grown = vocabSize > folder.config.vocabSize
  return {
    folder,
    config,
    tokenizer,
    async read(name) {
      const weight = await folder.readWeight(name)
      const hasRows = name === 'model.embed_tokens.weight' || name === 'lm_head.weight'
      return grown && hasRows ? growRows(weight, config.hiddenSize, vocabSize) : weight
    },
  }
}

/**
 * @param changed weights that earlier stages changed, whole
 * @param lora train adapters only; otherwise every weight
 */
export async function planModel(
  model: LabModel,
  changed: Parameters,
  lora: LoraSettings | undefined,
  seed: number,
): Promise<PlannedModel> {
  const base = expectedWeights(model.config)
  const bytes = base.reduce((sum, { shape }) => sum + 4 * shape.reduce((a, b) => a * b, 1), 0)
  const external = new Map<string, ExternalWeight>()
  const parameters: Parameters = new Map()
  const mapped = lora !== undefined && bytes > IN_MEMORY_BYTES
  for (const { name, shape } of base) {
    const at = must(model.folder.weights.get(name), name)
    const grown = at.shape[0] !== shape[0]
    const own = changed.get(name)
    if (own) parameters.set(name, own)
    else if (mapped && !grown) {
      const dtype = ONNX_TYPE[at.dtype]
      if (!dtype) {
        const todo = 'Use a version of the model in F32, F16 or BF16.'
        throw new Fault(
          'bad-model',
          `The weight "${name}" is stored as ${at.dtype}, which cannot be mapped.`,
          todo,
          at.file,
        )
      }
      external.set(name, { dtype, file: at.location, offset: at.byteOffset, length: at.byteLength })
    } else parameters.set(name, await model.read(name))
  }
  const plan: WeightPlan = { base, external, lora }
  if (lora) for (const [name, data] of initialAdapters(plan, seed)) parameters.set(name, data)
  return { plan, parameters, folder: external.size > 0 ? model.folder.externalRoot : undefined }
}
