/** @file The wording of tables as sentences. */

import { describe, expect, it } from 'vitest'
import { tableSentences } from '../../../electron/adapters/readers/table-sentences.ts'

describe('a table as sentences', () => {
  it('long: subject, property, value, unit, with further columns tied to the measurement', () => {
    const header = ['material', 'property', 'value', 'unit', 'condition', 'note']
    const row = ['nacre', 'Work of Fracture', '1.2', 'kJ/m2', 'wet', 'the classic value']
    expect(tableSentences(header, [row])).toEqual([
      [
        'The work of fracture of nacre is 1.2 kJ/m2.',
        'The condition of the work of fracture of nacre is wet.',
        'Note on nacre: the classic value.',
      ],
    ])
  })

  it('wide: names of people keep their capitals, abbreviations and symbols stay', () => {
    expect(
      tableSentences(['', 'Mohs Hardness', "Young's Modulus (GPa)", 'Tg'], [['quartz', '7', '~ 95', '-']]),
    ).toEqual([['The Mohs hardness of quartz is 7.', "The Young's modulus of quartz is ~ 95 GPa."]])
  })

  it('leaves a unit in the name when the cell is no number', () => {
    expect(tableSentences(['Material', 'Colour (dry)'], [['oak', 'brown']])).toEqual([
      ['The colour (dry) of oak is brown.'],
    ])
  })

  it('lets sentences in cells stand as they are', () => {
    const prose = 'The shell of the snail resists cracks by its crossed layers.'
    expect(tableSentences(['Material', 'Remark'], [['shell', prose]])).toEqual([[prose]])
  })

  it('gives nothing for rows without a subject or values', () => {
    expect(
      tableSentences(
        ['a', 'b'],
        [
          ['', '1'],
          ['x', ''],
          ['y', 'N/A'],
        ],
      ),
    ).toEqual([[], [], []])
  })
})
