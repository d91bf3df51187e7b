/** @file The key-fact matcher as a table: what counts, what does not, and why. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countAlternatives, matchAnswer, matchReply } from '../../../shared/pipeline/evaluation/match.ts'
import type { MatchReason } from '../../../shared/pipeline/evaluation/match.ts'

type Row = [answer: string, aliases: string[], tolerance?: number]

const RIGHT: Record<string, Row> = {
  'case is ignored': ['Aragonite', ['aragonite']],
  'closing punctuation is ignored': ['Aragonite.', ['aragonite']],
  'a sentence around it': ['It consists of aragonite platelets.', ['aragonite']],
  'articles are dropped': ['The mineral is a carbide of iron.', ['carbide of the iron']],
  'hyphen against blank': ['heat-treated steel', ['heat treated steel']],
  'hyphen against one word': ['nano-wires', ['nanowire']],
  'blank against one word': ['nano wires', ['nanowires']],
  'one word against hyphen': ['nanowire', ['nano-wires']],
  'plural against singular': ['It is made of fibres.', ['fibre']],
  'singular against plural': ['a carbon nanotube', ['carbon nanotubes']],
  'gases and gas': ['noble gases', ['noble gas']],
  'matrices and matrix': ['polymer matrices', ['polymer matrix']],
  'British against American': ['aluminum fiber', ['aluminium fibre']],
  'ise against ize': ['It was vulcanized', ['vulcanised']],
  possessive: ["Young's modulus", ['Young modulus']],
  'curly apostrophe': ['Young’s modulus', ["Young's modulus"]],
  'accents are ignored': ['Marc Gregoire', ['Marc Grégoire']],
  'subscript formula': ['SiO₂', ['SiO2']],
  'Greek letter by name': ['α-alumina', ['alpha alumina']],
  'second alias': ['Teflon', ['PTFE', 'Teflon']],
  'the surname is enough when it is an alias': ['Roy Plunkett', ['Plunkett']],
  'capital A as a name': ['zeolite A', ['Zeolite A']],
  'a number inside a name': ['type 304 stainless steel', ['304 stainless steel']],
  'year in a sentence': ['He published it in 1931.', ['1931']],
  'number word against digits': ['twenty-five', ['25']],
  'digits against number words': ['25', ['twenty five']],
  'hundred and five': ['one hundred and five', ['105']],
  'three thousand times': ['about three thousand times', ['3000 times']],
  'thousands separator': ['3,000 times', ['3000 times']],
  'fold against times': ['a 3000-fold increase', ['3000 times']],
  tenfold: ['tenfold', ['10 times']],
  twice: ['twice as tough', ['2 times']],
  'factor of': ['by a factor of 3000', ['3000 times']],
  'times sign': ['3000×', ['3000 times']],
  'a bare number for times': ['3000', ['3000 times']],
  'about in the alias': ['3000 times that of aragonite', ['about 3000 times that of aragonite']],
  'nm without a blank': ['20nm', ['20 nm']],
  'nm with a hyphen': ['20-nm pores', ['20 nm']],
  'nm written out': ['20 nanometres', ['20 nm']],
  'µm to nm': ['0.02 µm', ['20 nm']],
  'Greek mu to mm': ['500 μm', ['0.5 mm']],
  'mm to cm': ['25 mm', ['2.5 cm']],
  'm to cm': ['1.2 m', ['120 cm']],
  'micrometre written out': ['one micrometre', ['1 µm']],
  'MPa to GPa': ['630,000 MPa', ['630 GPa']],
  'kPa to Pa': ['7.4 kPa', ['7400 Pa']],
  'MPa written out': ['7.4 megapascals', ['7.4 MPa']],
  'lower-case slip': ['7.4 mpa', ['7.4 MPa']],
  'K to °C': ['304 K', ['31 °C']],
  '°C to K': ['31 degrees Celsius', ['304 K']],
  'a lone C is Celsius': ['327 C', ['327 °C']],
  'unicode minus': ['−196 °C', ['-196 °C']],
  'minus as a word': ['minus 196 °C', ['-196 °C']],
  'g/cm3 to kg/m3': ['2200 kg/m³', ['2.2 g/cm3']],
  'superscript against digit': ['2.2 g/cm³', ['2.2 g/cm3']],
  'a unit with an exponent ends the sentence': ['The density is 2.2 g/cm3.', ['2.2 g/cm3']],
  'half in words': ['half a micrometre', ['0.5 µm', 'half a micrometre']],
  'negative exponent': ['2.2 g cm⁻³', ['2.2 g/cm3']],
  'per in words': ['2.2 grams per cubic centimetre', ['2.2 g/cm³']],
  'J/m2 to kJ/m2': ['1.24 kJ/m2', ['1240 J/m2']],
  'J m-2': ['1240 J m^-2', ['1240 J/m²']],
  'thermal conductivity': ['15 mW/(m·K)', ['0.015 W/mK']],
  'thermal conductivity with exponents': ['0.015 W m⁻¹ K⁻¹', ['0.015 W/(m·K)']],
  'toughness with a root': ['5 MPa√m', ['5 MPa·m^0.5']],
  'per cent': ['99 per cent', ['99 %']],
  'percent sign attached': ['99%', ['99 %']],
  'weight percent for percent': ['1.5 wt.%', ['1.5 %']],
  'ppm to percent': ['200 ppm', ['0.02 %']],
  'power of ten': ['1.5 × 10⁻³ m', ['1.5 mm']],
  'bare power of ten': ['10^6', ['1000000']],
  million: ['2.5 million', ['2500000']],
  'within the tolerance': ['21 nm', ['20 nm'], 0.05],
  'uncertainty is passed over': ['20 ± 2 nm', ['20 nm']],
  'the same range': ['20–25 nm', ['20 to 25 nm']],
  'between and': ['between 3 and 25 %', ['3-25 %']],
  'a value inside a wanted range': ['22 nm', ['20 to 25 nm']],
  'more than in the alias only': ['99 % air', ['more than 99 %']],
  'a bare alias takes any unit': ['20 nm', ['20']],
  'kilometres per second': ['6100 m/s', ['6.1 km/s']],
  'three alternatives are allowed': ['calcite, aragonite or vaterite', ['aragonite']],
  'a list that the alias is itself': ['carbon, oxygen, nitrogen, iron', ['carbon, oxygen, nitrogen, iron']],
  'not X but Y gives Y': ['not calcite but aragonite', ['aragonite']],
  'not only X': ['not only aragonite', ['aragonite']],
  'negation in another clause': ['It is not calcite, it is aragonite.', ['aragonite']],
  'an alias that is a negation': ['It is not soluble.', ['not soluble']],
  'twelve words are allowed': ['one of the words among these here is the mineral called aragonite', ['aragonite']],
}

const WRONG: Record<string, [...Row, MatchReason?]> = {
  'another word': ['calcite', ['aragonite'], 0, 'absent'],
  nothing: ['  ', ['aragonite'], 0, 'empty'],
  'part of a word': ['pearlitic', ['pearl'], 0, 'absent'],
  'words in another order': ['steel stainless', ['stainless steel'], 0, 'absent'],
  'another letter case does not save another formula': ['SiO3', ['SiO2'], 0, 'absent'],
  'the article A is no zeolite A': ['a zeolite', ['zeolite A'], 0, 'absent'],
  'another number': ['25 nm', ['20 nm'], 0, 'absent'],
  'another year': ['1932', ['1931'], 0, 'absent'],
  'outside the tolerance': ['22 nm', ['20 nm'], 0.05, 'absent'],
  'another magnitude': ['20 µm', ['20 nm'], 0, 'absent'],
  'milli is not mega': ['20 mPa', ['20 MPa'], 0, 'absent'],
  'incompatible unit': ['20 °C', ['20 nm'], 0, 'absent'],
  'no unit where one is wanted': ['20', ['20 nm'], 0, 'absent'],
  'angle is not temperature': ['45 degrees', ['45 °C'], 0, 'absent'],
  'wt% is not vol%': ['5 vol%', ['5 wt%'], 0, 'absent'],
  'sign lost': ['196 °C', ['-196 °C'], 0, 'absent'],
  'a digit of a longer number': ['1931', ['193'], 0, 'absent'],
  'a decimal part': ['0.15', ['15'], 0, 'absent'],
  'a number inside a formula': ['Al2O3', ['2'], 0, 'absent'],
  'a number inside a code': ['Ti-6Al-4V', ['6'], 0, 'absent'],
  'a range for a value': ['20 to 30 nm', ['20 nm'], 0, 'absent'],
  'another range': ['20 to 40 nm', ['20 to 25 nm'], 0, 'absent'],
  'opposite bound': ['less than 99 %', ['more than 99 %'], 0, 'absent'],
  'percent for times': ['300 %', ['300 times'], 0, 'absent'],
  'negated word': ['not aragonite', ['aragonite'], 0, 'negated'],
  'negated at a distance': ['It is not made of aragonite', ['aragonite'], 0, 'negated'],
  'rather than': ['calcite rather than aragonite', ['aragonite'], 0, 'negated'],
  'negated number': ['not 20 nm', ['20 nm'], 0, 'negated'],
  'four alternatives': ['calcite, aragonite, vaterite or apatite', ['aragonite'], 0, 'too-many-alternatives'],
  'alternatives by slashes': ['iron/tin/zinc/lead', ['zinc'], 0, 'too-many-alternatives'],
  'alternatives by lines': ['iron\ntin\nzinc\nlead', ['zinc'], 0, 'too-many-alternatives'],
  'numbers without commas': ['10 nm 20 nm 30 nm 40 nm', ['20 nm'], 0, 'too-many-alternatives'],
  'thirteen words': [
    'well one of the words among these here is the mineral we call aragonite',
    ['aragonite'],
    0,
    'too-long',
  ],
}

describe('a right answer', () => {
  for (const [name, [answer, aliases, tolerance]] of Object.entries(RIGHT)) {
    it(`${name}: "${answer}" for "${aliases.join('" / "')}"`, () => {
      expect(matchAnswer(answer, aliases, tolerance)).toMatchObject({ correct: true, reason: 'matched' })
    })
  }
})

describe('a wrong answer', () => {
  for (const [name, [answer, aliases, tolerance, reason]] of Object.entries(WRONG)) {
    it(`${name}: "${answer}" for "${aliases.join('" / "')}"`, () => {
      expect(matchAnswer(answer, aliases, tolerance)).toMatchObject({ correct: false, reason })
    })
  }
})

describe('a whole reply', () => {
  const reply = (thinking: string, answer: string) => `<|thinking|>\n${thinking}\n<|/thinking|>\n${answer}`

  it('counts the answer', () => {
    expect(matchReply(reply('It might be calcite.', 'Aragonite.'), ['aragonite']).correct).toBe(true)
  })

  it('does not count what only the thinking says', () => {
    expect(matchReply(reply('It is aragonite.', 'Calcite.'), ['aragonite'])).toMatchObject({
      correct: false,
      reason: 'absent',
    })
  })

  it('does not count an unclosed thinking', () => {
    expect(matchReply('<|thinking|>\nIt is aragonite', ['aragonite'])).toMatchObject({
      correct: false,
      reason: 'empty',
    })
  })

  it('reports which alias was found', () => {
    expect(matchAnswer('Teflon', ['PTFE', 'Teflon']).alias).toBe('Teflon')
  })
})

describe('for any text', () => {
  it('never throws', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ unit: 'grapheme', maxLength: 80 }))
    fc.assert(
      fc.property(
        text,
        fc.array(text, { maxLength: 3 }),
        fc.double({ noNaN: true, min: 0, max: 1 }),
        (answer, aliases, tolerance) => {
          expect(typeof matchReply(answer, aliases, tolerance).correct).toBe('boolean')
        },
      ),
      { numRuns: 500, seed: 7 },
    )
  })

  it('never throws on texts made of numbers and units', () => {
    const piece = fc.constantFrom(
      '1',
      '2.5',
      ',',
      ' ',
      '-',
      '–',
      '10',
      '^',
      'e',
      '×',
      'nm',
      '/',
      '(',
      ')',
      'm',
      'K',
      '%',
      '°',
      'C',
      'to',
      'hundred',
      'and',
      '²',
      '√',
    )
    const text = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text, (answer, alias) => {
        matchAnswer(answer, [alias])
      }),
      { numRuns: 2000, seed: 11 },
    )
  })

  it('finds any short word list in itself', () => {
    const word = fc.constantFrom('iron', 'carbide', 'nanotube', 'gas', 'matrix', 'silica', 'strong')
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (list) => {
        expect(matchAnswer(list.join(' '), [list.join('-')]).correct).toBe(true)
      }),
      { numRuns: 200, seed: 3 },
    )
  })
})

describe('alternatives', () => {
  it('are parts of a list, not of a unit or a number', () => {
    expect(countAlternatives('2.2 g/cm3')).toBe(1)
    expect(countAlternatives('3,000 K')).toBe(1)
    expect(countAlternatives('iron, and tin')).toBe(2)
  })
})
