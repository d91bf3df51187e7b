import { describe, expect, it } from 'vitest'
import { checkQuestion } from '../../../../shared/pipeline/pairs/local/check-question.ts'
import { checkKey } from '../../../../shared/pipeline/pairs/local/key-fact.ts'
import { containsPhrase } from '../../../../shared/pipeline/pairs/local/phrase.ts'
import { patternOf, readRelations, writeRelations } from '../../../../shared/pipeline/pairs/local/relation-lines.ts'

describe('a question that stands alone', () => {
  it.each([
    'What does the paper report about the strength of nacre?',
    'According to Currey, how strong is nacre when wet?',
    'Which mineral did the authors find in limpet teeth?',
    'How do the values in Table 2 explain the toughness of bone?',
    'Why, as mentioned above, does nacre resist cracks?',
    'What does the given context say about silk strength?',
    'Which result of this study concerns the modulus of wood?',
    'Why does nacre resist cracks so well [12]?',
    'Why does this material resist cracks so well?',
    'How do they resist the growth of cracks?',
    'Which mineral does the following passage name for nacre?',
  ])('is not: %s', (text) => {
    expect(checkQuestion(text)).toHaveProperty('refused')
  })

  it.each([
    'Why is the work of fracture of nacre larger than that of aragonite?',
    'How does the cross section 3 mm above the root of a quill carry load?',
    'What role does silk play in the context of filtration membranes?',
    'Why does paper lose stiffness when it is wet?',
    'How do fibres in the wall of the paper tube share load?',
    'Why does slip along [111] differ from slip along [100] in iron?',
    'Why do researchers anneal steel before drawing it into wire?',
    'What figure of merit governs the choice of wood for a mast?',
    'How fast is the passage of water through an aquaporin?',
  ])('is: %s', (text) => {
    expect(checkQuestion(text)).toEqual({ text })
  })

  it('is one question, with what leads to it', () => {
    expect(checkQuestion('nacre is mostly mineral. Why is it still tough? And bone?')).toEqual({
      text: 'Nacre is mostly mineral. Why is it still tough?',
    })
    expect(checkQuestion('Some thoughts.\nWhy is nacre so tough?')).toEqual({ text: 'Why is nacre so tough?' })
  })

  it('says why it is refused', () => {
    const refused = (text: string) => (checkQuestion(text) as { refused: string }).refused
    expect(refused('')).toBe('it was empty')
    expect(refused('Nacre is tough.')).toBe('it was no question')
    expect(refused('Why so?')).toBe('it was too short')
    expect(refused(`Why is ${'very '.repeat(60)}tough nacre?`)).toBe('it was too long')
    expect(refused('Which mineral did the authors find in teeth?')).toBe('it refers to an author')
  })
})

describe('a key fact', () => {
  const material = ['Nacre consists of aragonite platelets. Its work of fracture is 3,000 times that of the mineral.']
  const key = (text: string, question = 'Why is nacre tough?') => checkKey(text, question, material)

  it('is short, found in the material, and freed of the words around it', () => {
    expect(key('aragonite platelets.')).toEqual({ key: 'aragonite platelets' })
    expect(key('It is "aragonite"')).toEqual({ key: 'aragonite' })
    expect(key('3000 times')).toEqual({ key: '3000 times' })
    expect(key('The answer is aragonite')).toEqual({ key: 'aragonite' })
  })

  it.each([
    ['', 'it has no short answer'],
    ['…', 'it has no short answer'],
    ['Yes.', 'its answer is not in the material'],
    ['Not stated in the material', 'its answer is not in the material'],
    ['calcite prisms', 'its answer is not in the material'],
    ['2000 times', 'its answer is not in the material'],
    ['What is nacre?', 'it was answered by a question'],
    ['the aragonite platelets that nacre consists of', 'its answer does not fit into a few words'],
    ['tough nacre', 'it gives its own answer away'],
    ['nacre', 'it gives its own answer away'],
  ])('%j is refused: %s', (text, refused) => {
    expect(key(text)).toEqual({ refused })
  })

  it('is recognised in any number, spelling and case', () => {
    expect(containsPhrase('It is an Aragonite platelet.', 'aragonite platelets')).toBe(true)
    expect(containsPhrase('collagen fibers', 'Fibre')).toBe(true)
    expect(containsPhrase('3,000 times', '3000 times')).toBe(true)
    expect(containsPhrase('aragonite and platelets', 'aragonite platelets')).toBe(false)
    expect(containsPhrase('13000 times', '3000 times')).toBe(false)
    expect(containsPhrase('anything', '—')).toBe(false)
  })
})

describe('connections of concepts', () => {
  it('are read from the forms that models use, and written in one', () => {
    const text = [
      '[nacre] -[IS-A]-> [composite]',
      '1. [protein layer] --[influences]--> [toughness]',
      '- nacre -[relates to]-> toughness.',
      '[nacre] —[CONSISTS OF]→ [protein layer]',
      '[brick-and-mortar order] -[INFLUENCES]-> [nacre]',
    ].join('\n')
    expect(writeRelations(readRelations(text)).split('\n')).toEqual([
      '[nacre] -[IS-A]-> [composite]',
      '[protein layer] -[INFLUENCES]-> [toughness]',
      '[nacre] -[RELATES-TO]-> [toughness]',
      '[nacre] -[RELATES-TO]-> [protein layer]',
      '[brick-and-mortar order] -[INFLUENCES]-> [nacre]',
    ])
  })

  it('leave out prose, loops, repeats and everything beyond five concepts', () => {
    const chain = 'abcdefg'.split('').map((c, i, all) => `[${c}] -[INFLUENCES]-> [${all[i + 1] ?? 'h'}]`)
    // a–b, b–c, c–d, d–e hold five concepts
    expect(readRelations(chain.join('\n'))).toHaveLength(4)
    expect(readRelations('-'.repeat(10_000))).toEqual([])
    expect(
      readRelations('Nacre is tough.\n[a] -[IS-A]-> [A]\n[a] -[IS-A]-> [b]\n[A] -[is a]-> [B]\n[a] -[]-> [c]'),
    ).toEqual([{ from: 'a', relation: 'IS-A', to: 'b' }])
  })

  it('have a pattern in Greek letters, one letter a concept', () => {
    const lines = readRelations(
      '[nacre] -[IS-A]-> [composite]\n[layers] -[INFLUENCES]-> [nacre]\n[nacre] -[RELATES-TO]-> [bone]',
    )
    expect(patternOf(lines)).toBe('α ⊂ β, γ → α, α ↔ δ')
  })
})
