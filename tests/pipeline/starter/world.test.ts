/** @file The invented world: same seed, same world; many relations, many wordings; nothing real. */

import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Random } from '../../../shared/base/random.ts'
import { fixArticles, agree, gerund, participle, plural, third } from '../../../shared/pipeline/starter/morphology.ts'
import { RELATIONS } from '../../../shared/pipeline/starter/relations.ts'
import { knownWords } from '../../../shared/pipeline/starter/train-tokenizer.ts'
import { ask, say } from '../../../shared/pipeline/starter/wording.ts'
import { freshThing, makeWorld } from '../../../shared/pipeline/starter/world.ts'

const world = makeWorld(new Random(11), 120)

describe('the invented world', () => {
  it('is a function of the seed', () => {
    const names = (seed: number) => makeWorld(new Random(seed), 30).facts.map((fact) => fact.statement)
    expect(names(3)).toEqual(names(3))
    expect(names(3)).not.toEqual(names(4))
  })

  it('has more than 60 relations, each with 8 wordings and 15 questions at least', () => {
    expect(new Set(RELATIONS.map((relation) => relation.id)).size).toBe(RELATIONS.length)
    expect(RELATIONS.length).toBeGreaterThan(60)
    const random = new Random(5)
    for (const relation of RELATIONS) {
      const fact = world.facts.find((f) => f.relation === relation)
      if (!fact) continue
      const draws = Array.from({ length: 150 }, () => [say(fact, random), ask(fact, random)] as const)
      expect(new Set(draws.map(([s]) => s)).size, relation.id).toBeGreaterThanOrEqual(8)
      expect(new Set(draws.map(([, q]) => q)).size, relation.id).toBeGreaterThanOrEqual(15)
    }
  })

  it('fills every slot and mark of every wording', () => {
    const random = new Random(6)
    for (const fact of world.facts)
      for (const text of [say(fact, random), ask(fact, random), fact.statement])
        expect(text).not.toMatch(/[{}~[\]|]|undefined|%[a-z]/)
  })

  it('states the value in every statement, and names the subject', () => {
    const random = new Random(7)
    for (const fact of world.facts) {
      const text = say(fact, random).toLowerCase()
      expect(text).toContain(fact.value.toLowerCase())
      expect(text).toContain(fact.subject.name.toLowerCase())
    }
  })

  it('knows more than 2,500 English words', () => {
    expect(knownWords().length).toBeGreaterThan(2500)
  })

  it('never has a real thing as its subject', () => {
    const folder = new URL('../../../resources/sample-corpus/documents', import.meta.url)
    const real = readdirSync(folder).map((name) => name.replace(/\.\w+$/, '').replaceAll('-', ' '))
    expect(real.length).toBeGreaterThan(5)
    const random = new Random(8)
    const things = [...world.things, ...Array.from({ length: 300 }, () => freshThing(random, 'material', 2))]
    for (const thing of things) expect(real).not.toContain(thing.name.replace(/^the /, '').toLowerCase())
  })
})

describe('morphology', () => {
  it('inflects', () => {
    expect(['story', 'box', 'leaf', 'glass plate'].map(plural)).toEqual(['stories', 'boxes', 'leaves', 'glass plates'])
    expect(['carry', 'press', 'melt'].map(third)).toEqual(['carries', 'presses', 'melts'])
    expect(['stop', 'melt', 'weave', 'carry', 'withstand'].map(participle)).toEqual([
      'stopped',
      'melted',
      'woven',
      'carried',
      'withstood',
    ])
    expect(['stop', 'make', 'see', 'melt'].map(gerund)).toEqual(['stopping', 'making', 'seeing', 'melting'])
  })

  it('agrees and picks articles', () => {
    expect(agree('{X} ~has; ~carries; ~passes; ~melts', true)).toBe('{X} have; carry; pass; melt')
    expect(agree('{X} ~has', false)).toBe('{X} has')
    expect(fixArticles('a index, a unit, A alloy')).toBe('an index, a unit, An alloy')
  })
})
