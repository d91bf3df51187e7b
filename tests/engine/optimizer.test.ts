import { describe, expect, it } from 'vitest'
import { must } from '../../shared/base/errors.ts'
import {
  adamW,
  ADAMW_DEFAULTS,
  clipFactor,
  globalNorm,
  learningRate,
  type AdamW,
  type Schedule,
} from '../../shared/engine/optimizer.ts'
import { compute } from './compute.ts'

async function rates(schedule: Schedule, peak: number, steps: number[]): Promise<number[]> {
  const out = await compute(
    { step: [] },
    ({ step }) => ({ rate: learningRate(schedule, peak, must(step)) }),
    steps.map((step) => ({ step: [step] })),
  )
  return out.map(({ rate }) => must(must(rate)[0]))
}
const expectNear = (got: readonly number[], wanted: readonly number[], digits = 6) =>
  wanted.forEach((value, i) => expect(got[i], `[${i}]`).toBeCloseTo(value, digits))

describe('learning rate', () => {
  it('constant stays at its peak', async () => {
    expectNear(await rates({ kind: 'constant' }, 0.01, [0, 1, 1000]), [0.01, 0.01, 0.01])
  })

  it('linear warms up over its steps and falls to zero at the end', async () => {
    // Warm-up 4 of 14: (step + 1)/4, then 1 − (step − 4)/10.
    const got = await rates({ kind: 'linear', warmup: 4, steps: 14 }, 1, [0, 1, 3, 4, 9, 14, 20])
    expectNear(got, [0.25, 0.5, 1, 1, 0.5, 0, 0])
  })

  it('cosine falls to its floor', async () => {
    // floor + (1 − floor)(1 + cos(π·p))/2 with p = 0, ½, 1: 1, 0.05 + 0.95/2 = 0.525, 0.05.
    const got = await rates({ kind: 'cosine', warmup: 0, steps: 10, floor: 0.05 }, 2, [0, 5, 10, 99])
    expectNear(got, [2, 1.05, 0.1, 0.1])
  })
})

describe('clipping', () => {
  it('takes the norm over all gradients together and only ever shrinks', async () => {
    const [out] = await compute(
      { a: [2], b: [1, 2] },
      ({ a, b }) => {
        const norm = globalNorm([must(a), must(b)])
        return { norm, half: clipFactor(norm, 6.5), whole: clipFactor(norm, 20) }
      },
      [{ a: [3, 4], b: [0, 12] }],
    )
    // √(9 + 16 + 144) = 13; 6.5/13 = ½
    expectNear(must(out?.['norm']), [13])
    expectNear(must(out?.['half']), [0.5])
    expectNear(must(out?.['whole']), [1])
  })

  it('survives a gradient of zero', async () => {
    const [out] = await compute({ a: [2] }, ({ a }) => ({ factor: clipFactor(globalNorm([must(a)]), 1) }), [
      { a: [0, 0] },
    ])
    expect(out?.['factor']).toEqual([1])
  })
})

describe('AdamW', () => {
  const gradients = [
    [0.1, -2],
    [0.3, 1],
    [-0.2, 4],
  ]
  const rate = 0.01

  /** PyTorch's update in double precision. */
  function twin(options: AdamW): number[] {
    const p = [1, -1]
    const [m, v] = [
      [0, 0],
      [0, 0],
    ]
    gradients.forEach((gradient, t) =>
      gradient.forEach((g, i) => {
        p[i]! *= 1 - rate * options.weightDecay
        m[i] = options.beta1 * m[i]! + (1 - options.beta1) * g
        v[i] = options.beta2 * v[i]! + (1 - options.beta2) * g * g
        const first = m[i]! / (1 - options.beta1 ** (t + 1))
        const second = v[i]! / (1 - options.beta2 ** (t + 1))
        p[i]! -= (rate * first) / (Math.sqrt(second) + options.epsilon)
      }),
    )
    return p
  }

  async function updated(options: AdamW): Promise<number[]> {
    let [p, m, v] = [
      [1, -1],
      [0, 0],
      [0, 0],
    ]
    for (const [t, g] of gradients.entries()) {
      const [out] = await compute(
        { p: [2], m: [2], v: [2], g: [2], rate: [], correction1: [], correction2: [] },
        (x) => {
          const state = { parameter: must(x['p']), first: must(x['m']), second: must(x['v']) }
          const corrections = { first: must(x['correction1']), second: must(x['correction2']) }
          const next = adamW(state, must(x['g']), must(x['rate']), corrections, options)
          return { p: next.parameter, m: next.first, v: next.second }
        },
        [
          {
            p,
            m,
            v,
            g,
            rate: [rate],
            correction1: [1 - options.beta1 ** (t + 1)],
            correction2: [1 - options.beta2 ** (t + 1)],
          },
        ],
      )
      ;[p, m, v] = [must(out?.['p']), must(out?.['m']), must(out?.['v'])]
    }
    return p
  }

  it('moves by the rate in the first step, whatever the size of the gradient', async () => {
    // The bias-corrected moments are g and g², so the step is rate·g/|g|.
    const [out] = await compute(
      { p: [2], zero: [2], g: [2], rate: [], correction1: [], correction2: [] },
      ({ p, zero, g, rate, correction1, correction2 }) => {
        const state = { parameter: must(p), first: must(zero), second: must(zero) }
        const corrections = { first: must(correction1), second: must(correction2) }
        return { p: adamW(state, must(g), must(rate), corrections, ADAMW_DEFAULTS).parameter }
      },
      [{ p: [1, -1], zero: [0, 0], g: [1e-3, -50], rate: [0.01], correction1: [0.1], correction2: [0.001] }],
    )
    expectNear(must(out?.['p']), [0.99, -0.99], 5)
  })

  it.each([0, 0.1])('agrees with plain numbers over three steps, weight decay %d', async (weightDecay) => {
    const options = { ...ADAMW_DEFAULTS, weightDecay }
    expectNear(await updated(options), twin(options), 5)
  })
})
