/** @file Numbers, units and dates as spans of words. */

import { describe, expect, it } from 'vitest'
import { quantityAt } from '../../../../shared/pipeline/pairs/extractive/quantities.ts'
import { tokenize } from '../../../../shared/pipeline/pairs/extractive/tokens.ts'

const spanOf = (text: string) => {
  const words = text.split(' ')
  const span = quantityAt(words, 0)
  return span ? `${span.kind}: ${words.slice(0, span.length).join(' ')}` : undefined
}

describe('finding quantities', () => {
  it.each([
    ['3.6 GPa along the axis', 'quantity: 3.6 GPa'],
    ['about 5 % of it', 'quantity: about 5 %'],
    ['14 to 20 nm wide', 'quantity: 14 to 20 nm'],
    ['between 200 and 300 °C in air', 'quantity: between 200 and 300 °C'],
    ['0.015 W/(m·K) at most', 'quantity: 0.015 W/(m·K)'],
    ['some 14 kWh for every kilogram', 'quantity: some 14 kWh'],
    ['15 lumens per watt or so', 'quantity: 15 lumens per watt'],
    ['3000 times tougher', 'quantity: 3000 times'],
    ['28 February 1935 a group', 'date: 28 February 1935'],
    ['1907 by Leo', 'date: 1907'],
    ['3300 BC smiths', 'date: 3300 BC'],
    ['six carbon atoms', 'number: six'],
    ['49 has a modulus', 'number: 49'],
  ])('%s', (text, wanted) => expect(spanOf(text)).toBe(wanted))

  it('takes no word for a number', () => expect(spanOf('atoms of carbon')).toBeUndefined())

  it('takes citations and figure references out of a sentence', () => {
    const words = tokenize('Silk [12, 13] is strong (see Fig. 2) and light (Vollrath et al., 2001).').map((t) => t.text)
    expect(words.join(' ')).toBe('Silk is strong and light .')
  })
})
