/** @file Facts from hand-written sentences, one rule at a time, and what is thrown away. */

import { describe, expect, it } from 'vitest'
import { extractFacts } from '../../../../shared/pipeline/pairs/extractive/facts.ts'
import { documentOf, factsOf, triples } from './extractive-fixtures.ts'

describe('extracting facts', () => {
  it('reads a definition', () => {
    expect(triples(factsOf('Obsidian', 'Obsidian is a volcanic glass.'))).toContain('obsidian | be | volcanic glass')
  })

  it('reads a property stated of a thing', () => {
    expect(triples(factsOf('Obsidian', 'The density of obsidian is 2.4 g/cm3.'))).toContain(
      'obsidian | density | 2.4 g/cm3',
    )
  })

  it('gives a property without an owner to the topic of the document', () => {
    expect(triples(factsOf('Obsidian', 'Obsidian is a glass. The density is 2.4 g/cm3.'))).toContain(
      'obsidian | density | 2.4 g/cm3',
    )
  })

  it('reads each of several properties behind one verb', () => {
    const found = triples(factsOf('Ramie', 'Ramie has a density of 1.5 g/cm3 and a modulus of 60 GPa.'))
    expect(found).toEqual(expect.arrayContaining(['ramie | density | 1.5 g/cm3', 'ramie | modulus | 60 GPa']))
  })

  it('reads the parts of a mixture and the share of each', () => {
    const found = triples(factsOf('Brass', 'Brass contains about 65 % copper and 35 % zinc.'))
    expect(found).toEqual(
      expect.arrayContaining([
        'brass | contain | copper and zinc',
        'brass | copper content | about 65 %',
        'brass | zinc content | 35 %',
      ]),
    )
  })

  it('asks of an action both what is done and who does it', () => {
    const facts = factsOf('Linoleum', 'Frederick Walton invented linoleum in 1855.')
    expect(facts.some((f) => f.object === 'Frederick Walton' && f.form?.target === 'subject')).toBe(true)
    expect(facts.some((f) => f.kind === 'time' && f.object === '1855')).toBe(true)
  })

  it('reads agent, year and place of a passive, the pronoun resolved', () => {
    const facts = factsOf('Bakelite', 'Bakelite is a resin. It was invented in 1907 by Leo Baekeland in Yonkers.')
    const about = facts.filter((f) => f.sentence.startsWith('It was'))
    expect(about.map((f) => f.object)).toEqual(expect.arrayContaining(['1907', 'Leo Baekeland', 'Yonkers']))
    expect(about.every((f) => f.statement.startsWith('Bakelite was invented'))).toBe(true)
  })

  it('reads a melting point from the verb', () => {
    expect(triples(factsOf('Gallium', 'Gallium melts at 29.8 °C.'))).toContain('gallium | melting point | 29.8 °C')
  })

  it('reads a cause and a purpose', () => {
    const cause = factsOf('Cork', 'Cork floats because its cells hold air.')
    expect(cause.some((f) => f.kind === 'cause' && /cells/.test(f.object))).toBe(true)
    const purpose = factsOf('Talc', 'Talc is used to fill plastics.')
    expect(purpose.some((f) => f.kind === 'purpose' && f.object === 'fill plastics')).toBe(true)
  })

  it('reads a comparison with a factor', () => {
    const facts = factsOf('Amber', 'The shell is about 3000 times tougher than chalk.')
    expect(facts.some((f) => f.object === 'about 3000 times')).toBe(true)
  })

  it('takes an appositive and a reduced relative as statements of their own', () => {
    const found = triples(
      factsOf('Paper', 'Paper comes from the kraft process, devised by Carl Dahl in Danzig in 1879.'),
    )
    expect(found.some((t) => t.endsWith('| Carl Dahl'))).toBe(true)
    expect(found.some((t) => t.endsWith('| 1879'))).toBe(true)
  })

  it('drops what only says who found it out', () => {
    expect(triples(factsOf('Steel', 'Our results show that chromium prevents rust.'))).toContain(
      'chromium | prevent | rust',
    )
  })

  it('spells out an abbreviation', () => {
    const found = triples(factsOf('Imaging', 'Samples were imaged by scanning electron microscopy (SEM).'))
    expect(found).toContain('SEM | stand for | scanning electron microscopy')
  })

  it('leaves no number without a fact', () => {
    const facts = factsOf('Web', 'Yet, oddly enough, some 40 mg of it, all told, at best.')
    expect(facts.some((f) => f.object.includes('40 mg'))).toBe(true)
  })

  it('throws away headings, captions, references and questions', () => {
    const junk = [
      'Materials and methods',
      'Figure 3: the pores of the sample.',
      'Smith et al., 2010, doi.org/10.1000/182.',
      'What is glass made of?',
    ]
    for (const text of junk) expect(factsOf('Glass', text)).toEqual([])
  })

  it('reads a sentence once where passages overlap', () => {
    const { document, passages } = documentOf('Tin', ['Tin melts at 232 °C.', 'Tin melts at 232 °C. Tin is soft.'])
    const facts = extractFacts(passages, [document])
    expect(facts.filter((f) => f.relation === 'melting point')).toHaveLength(1)
    expect(new Set(facts.map((f) => f.id)).size).toBe(facts.length)
  })

  it('keeps objects short and statements whole', () => {
    const facts = factsOf(
      'Nylon',
      'On 28 February 1935 a group at DuPont prepared a polyamide from two small molecules.',
    )
    expect(facts.length).toBeGreaterThanOrEqual(2)
    for (const f of facts) {
      expect(f.object.split(' ').length).toBeLessThanOrEqual(12)
      expect(f.statement).toMatch(/^\p{Lu}.*\.$/u)
    }
  })
})
