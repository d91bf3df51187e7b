/** @file Plausible wrong answers: another fact's object of the same type, or the number changed. */

import type { Random } from '../../../base/random.ts'
import type { Fact } from '../../artifacts.ts'
import { conceptKey } from './concepts.ts'
import { answerKey, type FactIndex } from './fact-index.ts'
import { states } from './replies.ts'

const FACTORS = [0.2, 0.4, 0.5, 0.6, 0.75, 1.3, 1.5, 2, 2.5, 3, 5, 10]

/** The same phrase with its first number changed; undefined when there is none in digits. */
export function perturbed(answer: string, random: Random): string | undefined {
  const match = /\d[\d,]*(?:\.\d+)?/.exec(answer)
  if (!match) return undefined
  const digits = match[0]
  const value = Number(digits.replace(/,/g, ''))
  let next: string
  if (
    /^(?:1[0-9]{3}|20[0-2]\d)$/.test(digits) &&
    !/[%°]|\s[a-zA-Zµ]/.test(answer.slice(match.index + 4, match.index + 7))
  ) {
    next = String(value + random.pick([-31, -18, -12, -9, -7, -5, -4, -3, 3, 4, 5, 6, 8, 11, 15]))
  } else {
    const decimals = digits.split('.')[1]?.length ?? 0
    const scaled = value * random.pick(FACTORS)
    const rounded = decimals > 0 ? scaled.toFixed(decimals) : String(Math.max(1, Math.round(scaled)))
    next = digits.includes(',') ? Number(rounded).toLocaleString('en-US') : rounded
  }
  if (next === digits || Number(next.replace(/,/g, '')) === value) next = decimalsBump(digits)
  return answer.slice(0, match.index) + next + answer.slice(match.index + digits.length)
}

function decimalsBump(digits: string): string {
  return String(Math.round((Number(digits.replace(/,/g, '')) + 7) * 100) / 100)
}

/** A wrong answer of the same type. Never equal to the right one, never containing it or contained in it. */
export function wrongAnswer(
  answer: string,
  fact: Fact | undefined,
  inverse: boolean,
  index: FactIndex,
  random: Random,
): string {
  const right = conceptKey(answer)
  const fits = (candidate: string) => {
    const key = conceptKey(candidate)
    return (
      key.length > 0 &&
      key !== right &&
      !states(candidate, answer) &&
      !states(answer, candidate) &&
      candidate.split(' ').length <= 8
    )
  }
  const numeric = /\d/.test(answer)
  if (numeric && random.chance(0.7)) {
    for (let i = 0; i < 4; i++) {
      const changed = perturbed(answer, random)
      if (changed && fits(changed)) return changed
    }
  }
  const pools: (readonly Fact[])[] = []
  if (fact) {
    const same = (index.byAnswer.get(answerKey(fact)) ?? []).filter((f) => f.id !== fact.id)
    pools.push(
      same.filter((f) => f.relation === fact.relation),
      same.filter((f) => f.documentId === fact.documentId && f.kind === fact.kind),
      same,
    )
  }
  pools.push(index.all)
  for (const pool of pools) {
    for (let i = 0; i < 8 && pool.length > 0; i++) {
      const other = random.pick(pool)
      const candidate = inverse ? other.subject.replace(/^(?:the|a|an) /i, '') : other.object
      if (fits(candidate) && (!numeric || /\d/.test(candidate))) return candidate
    }
  }
  return perturbed(answer, random) ?? 'something else'
}
