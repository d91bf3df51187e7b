import { describe, expect, it } from 'vitest'
import { must } from '../../shared/base/errors.ts'
import { differentiate } from '../../shared/engine/autodiff.ts'
import { reduceSum } from '../../shared/engine/build.ts'
import { log1mexp, logSigmoid } from '../../shared/model/losses/numerics.ts'
import { orpo } from '../../shared/model/losses/orpo.ts'
import { exoTargetMargin, referenceLoss, type ReferenceLoss } from '../../shared/model/losses/reference.ts'
import { compute } from '../engine/compute.ts'

// The same losses in double precision, as written in the papers.
const sigma = (x: number) => 1 / (1 + Math.exp(-x))
const plainLog1mexp = (x: number) => (x < -Math.LN2 ? Math.log1p(-Math.exp(x)) : Math.log(-Math.expm1(x)))
const plainLogSigmoid = (x: number) => (x < 0 ? x - Math.log1p(Math.exp(x)) : -Math.log1p(Math.exp(-x)))
function plainOrpo(nll: number, w: number, l: number, beta: number) {
  const logOdds = w - l - (plainLog1mexp(w) - plainLog1mexp(l))
  return { loss: nll - beta * plainLogSigmoid(logOdds), logOdds, ratio: plainLogSigmoid(logOdds) }
}
function plainReference(delta: number, { kind, beta, labelSmoothing: e }: ReferenceLoss): number {
  const x = beta * delta
  if (kind === 'dpo') return -(1 - e) * plainLogSigmoid(x) - e * plainLogSigmoid(-x)
  const q = sigma(x)
  return q * (plainLogSigmoid(x) - Math.log(1 - e)) + (1 - q) * (plainLogSigmoid(-x) - Math.log(e))
}

/** Losses and dL/dδ of several margins. */
async function reference(deltas: number[], loss: ReferenceLoss) {
  const [out] = await compute(
    { delta: [deltas.length] },
    ({ delta }) => {
      const perPair = referenceLoss(must(delta), loss)
      return { perPair, slope: must(differentiate(reduceSum(perPair), [must(delta)])[0]) }
    },
    [{ delta: deltas }],
  )
  return { perPair: must(out?.['perPair']), slope: must(out?.['slope']) }
}
const near = (got: number | undefined, wanted: number, digits = 5) => expect(got).toBeCloseTo(wanted, digits)

describe('stable numerics', () => {
  it('log σ neither overflows nor underflows', async () => {
    const xs = [-200, -20, -1, 0, 1, 20, 200]
    const [out] = await compute({ x: [7] }, ({ x }) => ({ y: logSigmoid(must(x)) }), [{ x: xs }])
    // log σ(−200) = −200; log σ(0) = −ln 2; log σ(200) = 0
    xs.forEach((x, i) => near(out?.['y']?.[i], plainLogSigmoid(x)))
  })

  it('log(1 − eˣ) keeps its digits near zero and far from it', async () => {
    const xs = [-30, -5, -1, -0.6931472, -0.1, -1e-3, -1e-5]
    const [out] = await compute({ x: [7] }, ({ x }) => ({ y: log1mexp(must(x)) }), [{ x: xs }])
    // log(1 − e^−0.00001) = −11.512930
    xs.forEach((x, i) => near(out?.['y']?.[i], plainLog1mexp(x), 4))
  })

  it('log(1 − eˣ) of a certain token is finite', async () => {
    const [out] = await compute({ x: [2] }, ({ x }) => ({ y: log1mexp(must(x)) }), [{ x: [0, 1e-7] }])
    // Held at x = −1e-6: log(1e-6) = −13.8155
    for (const value of must(out?.['y'])) near(value, -13.8155, 3)
  })
})

describe('ORPO', () => {
  const run = async (nll: number, chosen: number[], rejected: number[], pairWeights: number[], beta: number) => {
    const shape = [chosen.length]
    const [out] = await compute(
      { nll: [], chosen: shape, rejected: shape, pairWeights: shape },
      (x) => {
        const terms = { chosen: must(x['chosen']), rejected: must(x['rejected']) }
        const result = orpo({ nll: must(x['nll']), ...terms, pairWeights: must(x['pairWeights']) }, beta)
        const [byChosen, byRejected] = differentiate(result.loss, [terms.chosen, terms.rejected])
        return { ...result, byChosen: must(byChosen), byRejected: must(byRejected) }
      },
      [{ nll: [nll], chosen, rejected, pairWeights }],
    )
    return must(out)
  }

  it('has the golden value', async () => {
    // log odds = (−1 + 1.5) − (log(1 − e^−1) − log(1 − e^−1.5)) = 0.5 − (−0.458675 + 0.252482) = 0.706193
    // log σ(0.706193) = −0.401135; loss = 1.5 + 0.1·0.401135 = 1.540114
    const out = await run(1.5, [-1], [-1.5], [1], 0.1)
    near(out['logOdds']?.[0], 0.706193)
    near(out['ratio']?.[0], -0.401135)
    near(out['loss']?.[0], 1.540114)
    near(plainOrpo(1.5, -1, -1.5, 0.1).loss, 1.540114)
  })

  it('agrees with plain numbers for pairs of every kind, averaged by their weights', async () => {
    const [chosen, rejected] = [
      [-0.01, -1, -3, -0.5],
      [-4, -1, -0.2, -0.500001],
    ]
    const out = await run(2, chosen, rejected, [0.25, 0.25, 0.25, 0.25], 0.5)
    const wanted = chosen.map((w, i) => plainOrpo(0, w, must(rejected[i]), 0.5))
    wanted.forEach(({ logOdds }, i) => near(out['logOdds']?.[i], logOdds, 4))
    near(out['loss']?.[0], 2 + wanted.reduce((sum, { loss }) => sum + loss, 0) / 4)
  })

  it('falls as the chosen side rises and as the rejected side falls', async () => {
    // dL/ds_w = −β·σ(−log odds)/(1 − e^{s_w}) = −0.1·(1 − 0.669560)/0.632121 = −0.052275
    const out = await run(1.5, [-1], [-1.5], [1], 0.1)
    near(out['byChosen']?.[0], (-0.1 * (1 - sigma(0.706193))) / (1 - Math.exp(-1)))
    near(out['byRejected']?.[0], (0.1 * (1 - sigma(0.706193))) / (1 - Math.exp(-1.5)))
    expect(out['byChosen']?.[0]).toBeLessThan(0)
    expect(out['byRejected']?.[0]).toBeGreaterThan(0)
  })
})

describe('losses against a reference', () => {
  const dpo: ReferenceLoss = { kind: 'dpo', beta: 0.1, labelSmoothing: 0 }
  const exo: ReferenceLoss = { kind: 'exo', beta: 0.5, labelSmoothing: 0.005 }

  it('DPO has the golden value', async () => {
    // βδ = 0.1·2 = 0.2: −log σ(0.2) = log(1 + e^−0.2) = 0.598139
    near((await reference([2], dpo)).perPair[0], 0.598139)
    near(plainReference(2, dpo), 0.598139)
  })

  it('DPO starts at ln 2', async () => {
    near((await reference([0], dpo)).perPair[0], Math.LN2)
  })

  it('DPO with label smoothing weighs both sides', async () => {
    // 0.9·0.598139 + 0.1·0.798139 = 0.618139, because −log σ(−0.2) = 0.598139 + 0.2
    near((await reference([2], { ...dpo, labelSmoothing: 0.1 })).perPair[0], 0.618139)
  })

  it.each([
    [2, 0.5, 0.005, 0.846398],
    [-2, 0.5, 0.005, 3.292525],
    [2, 0.1, 0.001, 2.422015],
  ])('EXO of δ %d, β %d, ε %d has the golden value', async (delta, beta, labelSmoothing, wanted) => {
    const loss: ReferenceLoss = { kind: 'exo', beta, labelSmoothing }
    near((await reference([delta], loss)).perPair[0], wanted)
    near(plainReference(delta, loss), wanted)
  })

  it('EXO starts at 1.9585', async () => {
    // q = ½: ½(ln ½ − ln 0.995) + ½(ln ½ − ln 0.005) = 1.9585
    near((await reference([0], exo)).perPair[0], 1.9585, 4)
  })

  it('EXO has the slope βq(1 − q)(βδ − ln((1 − ε)/ε)) and rests at the target margin', async () => {
    // ln(0.995/0.005) = 5.293305
    near(exoTargetMargin(0.005), 5.293305)
    const target = exoTargetMargin(0.005)
    const deltas = [-4, 0, 3, target / exo.beta, 15]
    const { slope, perPair } = await reference(deltas, exo)
    deltas.forEach((delta, i) => {
      const q = sigma(exo.beta * delta)
      near(slope[i], exo.beta * q * (1 - q) * (exo.beta * delta - target), 4)
    })
    near(slope[3], 0, 4)
    near(perPair[3], 0, 4)
    expect(slope[2]).toBeLessThan(0)
    expect(slope[4]).toBeGreaterThan(0)
  })

  it('DPO has the slope −βσ(−βδ), which never changes its sign', async () => {
    const deltas = [-30, -1, 0, 1, 30]
    const { slope } = await reference(deltas, dpo)
    deltas.forEach((delta, i) => near(slope[i], -0.1 * sigma(-0.1 * delta)))
  })

  it('agree with plain numbers far from the start', async () => {
    const deltas = [-100, -10, -0.3, 0.3, 10, 100]
    for (const loss of [dpo, { ...dpo, labelSmoothing: 0.2 }, exo]) {
      const { perPair, slope } = await reference(deltas, loss)
      deltas.forEach((delta, i) => near(perPair[i], plainReference(delta, loss), 4))
      expect(slope.every(Number.isFinite)).toBe(true)
    }
  })

  it('EXO refuses to do without label smoothing', async () => {
    await expect(reference([1], { ...exo, labelSmoothing: 0 })).rejects.toThrow('EXO needs label smoothing above 0')
  })
})
