/** @file Word forms: singulars and spellings. */

import { describe, expect, it } from 'vitest'
import { oneSpelling, sameWord, singular } from '../../shared/base/word-forms.ts'

describe('sameWord', () => {
  it.each([
    ['phases', 'phase'],
    ['gases', 'gas'],
    ['boxes', 'box'],
    ['ores', 'ore'],
    ['alloys', 'alloy'],
    ['properties', 'property'],
    ['matrices', 'matrix'],
    ['nuclei', 'nucleus'],
    ['analyses', 'analysis'],
    ['fibres', 'fiber'],
    ['sulphides', 'sulfide'],
    ['crystallisation', 'crystallization'],
    ['behaviours', 'behavior'],
  ])('%s is %s', (a, b) => {
    expect(sameWord(a, b)).toBe(true)
    expect(sameWord(b, a)).toBe(true)
  })

  it.each([
    ['glass', 'glas'],
    ['plane', 'plan'],
    ['ore', 'or'],
    ['gas', 'ga'],
    ['sulfate', 'sulfite'],
    ['stress', 'stres'],
    ['basis', 'basi'],
  ])('%s is not %s', (a, b) => {
    expect(sameWord(a, b)).toBe(false)
  })
})

describe('singular', () => {
  it.each([
    ['phases', 'phase'],
    ['gases', 'gas'],
    ['glasses', 'glass'],
    ['properties', 'property'],
    ['series', 'series'],
    ['modulus', 'modulus'],
    ['moduli', 'modulus'],
    ['axes', 'axis'],
  ])('of %s is %s', (plural, one) => {
    expect(singular(plural)).toBe(one)
  })
})

describe('oneSpelling', () => {
  it('leaves short words and look-alikes alone', () => {
    expect(oneSpelling('four')).toBe('four')
    expect(oneSpelling('rise')).toBe('rise')
    expect(oneSpelling('ore')).toBe('ore')
  })
})
