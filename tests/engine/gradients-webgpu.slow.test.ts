import { describe, it } from 'vitest'
import { ortRunner } from '../../electron/adapters/onnxruntime/ort-runner.ts'
import { expectGradients } from './finite-differences.ts'
import { gradientCases } from './gradient-cases.ts'
import { whyNoWebGpu } from './software-vulkan.ts'

const reason = whyNoWebGpu()
if (reason) console.warn(`skipped: gradient rules on WebGPU, ${reason}`)

describe.skipIf(reason)('gradient rules on WebGPU', () => {
  const runner = ortRunner({ provider: 'webgpu' })

  for (const [op, cases] of Object.entries(gradientCases)) {
    it(`${op} agrees with central differences`, async () => {
      for (const testCase of cases) await expectGradients(runner, testCase)
    })
  }
})
