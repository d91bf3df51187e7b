/** @file The port to whatever executes ONNX models. */

import type { OnnxModel } from './onnx-writer.ts'

export type TensorData = Float32Array | BigInt64Array | Int32Array | Uint8Array

/** A dense row-major tensor in host memory. */
export interface HostTensor {
  data: TensorData
  shape: readonly number[]
}
export type Feeds = ReadonlyMap<string, HostTensor>

/** One loaded model. */
export interface Session {
  /**
   * Runs once. `results` maps output names to memory that is written in place; other outputs asked for by name in
   * `fetch` are allocated. Blocks the thread until done: cancellation belongs between runs.
   */
  run(
    feeds: Feeds,
    fetch: readonly string[],
    results?: ReadonlyMap<string, HostTensor>,
  ): Promise<Map<string, HostTensor>>
  dispose(): Promise<void>
}

export interface Runner {
  readonly provider: OnnxModel['provider']
  /** @param folder where the model's external files are */
  load(model: OnnxModel, folder?: string): Promise<Session>
}
