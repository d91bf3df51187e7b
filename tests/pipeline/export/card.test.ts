/** @file The model card says what it was given, and no text of a user's can break out of its place. */

import { describe, expect, it } from 'vitest'
import { card, sparkline, type CardData } from '../../../shared/pipeline/export/card.ts'
import { curvesSvg } from '../../../shared/pipeline/export/curves-svg.ts'
import { tinyConfig } from '../../fixtures/tiny-model.ts'

const full: CardData = {
  title: 'Nacre reasoner',
  summary: 'Knows nacre.',
  config: tinyConfig(),
  dtype: 'BF16',
  license: 'apache-2.0',
  baseModel: 'someone/small-model',
  tags: ['materials science', 'reasoning'],
  language: 'en',
  tokens: { present: ['<|thinking|>', '<|/thinking|>'], added: ['<|/thinking|>'], grown: true },
  dataset: { hash: '12ab', documents: [{ title: 'Nacre | a review', sha256: 'ff00' }], pairs: 1200 },
  lineage: [{ step: 'Stage I', detail: 'ORPO, 50 questions' }],
  settings: [{ stage: 'I', name: 'learning rate', value: '5e-5', paper: '5e-5' }],
  seeds: { training: 7 },
  curves: [{ name: 'rewards/margins', points: [0, 1, 2] }],
  scores: [{ questions: 'unseen wordings', model: 'Stage II', score: 0.5, low: 0.366, high: 0.634, count: 50 }],
  check: { questions: 10, identical: 9, detail: 'One differs in its last word.' },
  examplePrompt: '<|user|>\nWhy?\n',
}

describe('a model card', () => {
  const text = card(full)

  it('begins with front matter that hubs read', () => {
    expect(text.split('\n').slice(0, 14)).toEqual([
      '---',
      'license: apache-2.0',
      'base_model: someone/small-model',
      'language: en',
      'library_name: transformers',
      'pipeline_tag: text-generation',
      'dataset_sha256: "12ab"',
      'tags:',
      '- preflexor',
      '- preference-optimization',
      '- reasoning',
      '- "materials science"',
      '---',
      '',
    ])
  })

  it('states sizes, scores with intervals, settings beside the paper, seeds, data and the check', () => {
    // Embedding 281·8 = 2248; a layer: q, o 128 each, k, v 64 each, MLP 3·96, norms 16 = 688; twice; last norm 8.
    expect(text).toContain('| Parameters | 3,632 |')
    expect(text).toContain('tied: the head is the embedding')
    expect(text).toContain('| unseen wordings | Stage II | 50.0 % | 36.6 % to 63.4 % | 50 |')
    expect(text).toContain('| I | learning rate | 5e-5 | 5e-5 |')
    expect(text).toContain('Seeds: training 7.')
    expect(text).toContain('1 document, 1,200 preference pairs. SHA-256 of the whole: `12ab`')
    expect(text).toContain('9 of 10 answers equal')
    expect(text).toContain('added: `<\\|/thinking\\|>` (the embedding grew by as many rows)')
    expect(text).toContain('| rewards/margins | 0 | 2 | ▁▅█ |')
    expect(text).toContain('```text\n<|user|>\nWhy?\n```')
  })

  it('claims nothing it was not given', () => {
    const bare = card({ title: 'Bare', config: tinyConfig(), dtype: 'F32' })
    for (const word of ['Scores', 'Training', 'Data', 'Check', 'license:', 'base_model', 'undefined', 'NaN'])
      expect(bare).not.toContain(word)
    expect(bare).toContain('| Licence | not stated by the base model |')
  })

  it('keeps hostile text in its cell', () => {
    const title = '# x | <script>alert(1)</script>\n---\nlicense: mit'
    const hostile = card({
      ...full,
      title,
      license: 'mit\nevil: yes',
      dataset: { hash: 'a', documents: [{ title, sha256: 'b' }] },
      examplePrompt: '```\n<b>',
    })
    expect(hostile).not.toMatch(/(?<!\\)<script/)
    expect(hostile).toContain('license: "mit\\nevil: yes"')
    expect(hostile).toContain('````text\n```\n<b>\n````')
    expect(hostile.split('\n').filter((line) => line.startsWith('license'))).toHaveLength(1)
  })

  it.each(['yes', 'null', '1.0', 'a: b', '- x', ''])('quotes "%s" in YAML', (license) => {
    expect(card({ ...full, license })).toContain(`license: ${JSON.stringify(license)}`)
  })
})

describe('a sparkline', () => {
  it('spans eight heights, is level for a constant, and skips what is not a number', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█')
    expect(sparkline([2, 2, 2])).toBe('▄▄▄')
    expect(sparkline([0, NaN, 7])).toBe('▁█')
    expect(sparkline([])).toBe('')
    expect([...sparkline(Array.from({ length: 1000 }, (_, i) => i))]).toHaveLength(32)
  })
})

describe('the drawing of curves', () => {
  it('has a panel per curve, from the first step to the last', () => {
    const svg = curvesSvg([
      { name: 'loss', points: [2, 1] },
      { name: 'a < b & "c"', points: [] },
      { name: 'flat', points: [1, NaN, 1] },
    ])
    // Panel 320 × 160: x from 56 to 308; y from 28 (high) to 136 (low).
    expect(svg).toContain('points="56.0,28.0 308.0,136.0"')
    expect(svg).toContain('width="640" height="320"')
    expect(svg).toContain('a &#60; b &#38; &#34;c&#34;')
    expect(svg).toContain('points="56.0,82.0 308.0,82.0"')
  })

  it('keeps the peaks of a long run', () => {
    const points = Array.from({ length: 10_000 }, (_, i) => (i === 5000 ? 9 : 0))
    const svg = curvesSvg([{ name: 'spike', points }])
    expect(svg).toContain(',28.0 ')
    expect(svg.length).toBeLessThan(12_000)
  })
})
