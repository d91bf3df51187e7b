/**
 * @file The runner port over onnxruntime-node. Measured choices: the memory pattern is off (a third less memory, same
 * speed); common-subexpression elimination and constant folding are off for training graphs, because they undo the
 * order in which activations are freed; weights are mapped from their files and not prepacked twice.
 */

import { createRequire } from 'node:module'
import { assert, Fault, messageOf, must } from '../../../shared/base/errors.ts'
import { bind, evaluate } from '../../../shared/engine/dim.ts'
import { dimInput, type OnnxModel } from '../../../shared/engine/onnx-writer.ts'
import type { DType } from '../../../shared/engine/ir.ts'
import type { Provider } from '../../../shared/engine/ops/lowerings.ts'
import type { Feeds, HostTensor, Runner, Session, TensorData } from '../../../shared/engine/runner.ts'

// Loaded on first use: a missing driver must be an error the user can read, not a crash at start.
type Ort = typeof import('onnxruntime-node')
let loaded: Ort | undefined
function ort(): Ort {
  if (!loaded) {
    try {
      loaded = createRequire(import.meta.url)('onnxruntime-node') as Ort
    } catch (cause) {
      const todo = 'Install the dependencies again with npm ci; on Windows install the Visual C++ runtime.'
      throw new Fault('device-unavailable', `ONNX Runtime cannot be loaded: ${messageOf(cause)}`, todo, undefined, {
        cause,
      })
    }
  }
  return loaded
}

export interface OrtOptions {
  provider: Provider
  /** Threads for one operator; 0 lets ONNX Runtime take every core. */
  threads?: number
  /** Keep weights in the layout the kernels like best (faster generation, twice the memory for them). */
  prepack?: boolean
}

const ORT_TYPE: Record<DType, string> = {
  f32: 'float32',
  i32: 'int32',
  i64: 'int64',
  bool: 'bool',
  f16: 'float16',
  bf16: 'bfloat16',
}

export function ortRunner({ provider, threads = 0, prepack = false }: OrtOptions): Runner {
  return {
    provider,
    async load(model, folder) {
      const { InferenceSession } = ort()
      const session: Record<string, string> = {
        disable_prepacking: prepack ? '0' : '1',
        ...(folder ? { model_external_initializers_file_folder_path: folder } : {}),
      }
      const native = await InferenceSession.create(model.bytes, {
        executionProviders: [provider],
        enableMemPattern: false,
        intraOpNumThreads: threads,
        logSeverityLevel: 3,
        extra: {
          session,
          optimization: {
            disable_specified_optimizers:
              'ConstantFolding;CommonSubexpressionElimination;FuseFp16InitializerToFp32NodeTransformer',
          },
        },
      })
      return createSession(native, model)
    },
  }
}

function createSession(native: import('onnxruntime-node').InferenceSession, model: OnnxModel): Session {
  const { Tensor } = ort()
  const wrap = (dtype: DType, { data, shape }: HostTensor) =>
    new Tensor(ORT_TYPE[dtype] as 'float32', data as Float32Array, [...shape])

  return {
    async run(feeds: Feeds, fetch, results) {
      const symbols = new Map<string, number>()
      const inputs: Record<string, import('onnxruntime-node').Tensor> = {}
      for (const value of model.inputs) {
        const tensor = feeds.get(value.name)
        assert(tensor, `input "${value.name}" is not fed`)
        bind(value.shape, tensor.shape, symbols, `input "${value.name}"`)
        inputs[value.name] = wrap(value.dtype, tensor)
      }
      for (const dim of model.dims) {
        inputs[dimInput(dim)] = new Tensor('int64', BigInt64Array.of(BigInt(evaluate(dim, symbols))), [1])
      }
      const fetches: Record<string, import('onnxruntime-node').Tensor | null> = {}
      for (const name of fetch) {
        const target = results?.get(name)
        fetches[name] = target ? wrap(must(model.outputs.get(name), name).dtype, target) : null
      }
      const got = await native.run(inputs, fetches)
      const out = new Map<string, HostTensor>()
      for (const name of fetch) {
        const tensor = must(got[name], name)
        out.set(name, results?.get(name) ?? { data: tensor.data as TensorData, shape: tensor.dims })
      }
      return out
    },
    async dispose() {
      await native.release()
    },
  }
}
