import { describe, expect, it } from 'vitest'
import { ortRunner } from '../../electron/adapters/onnxruntime/ort-runner.ts'
import type { OpName } from '../../shared/engine/ir.ts'
import { gradients } from '../../shared/engine/ops/gradients.ts'
import { expectGradients } from './finite-differences.ts'
import { gradientCases } from './gradient-cases.ts'

describe('gradient rules on the CPU', () => {
  const runner = ortRunner({ provider: 'cpu', threads: 1 })

  it('has a case for every operator that passes a gradient', () => {
    const passing = Object.entries(gradients).filter(([, rule]) => rule !== 'none')
    expect(passing.map(([op]) => op).filter((op) => !gradientCases[op as OpName])).toEqual([])
  })

  for (const [op, cases] of Object.entries(gradientCases)) {
    it(`${op} agrees with central differences`, async () => {
      for (const testCase of cases) await expectGradients(runner, testCase)
    })
  }
})
