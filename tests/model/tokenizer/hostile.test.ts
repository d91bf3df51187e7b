/** @file Damaged and hostile tokenizer files end in a Fault that says what is wrong, soon. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../../shared/base/errors.ts'
import { compileTemplate } from '../../../shared/model/tokenizer/chat-template.ts'
import { loadTokenizer } from '../../../shared/model/tokenizer/chat-tokenizer.ts'
import { patternHazard } from '../../../shared/model/tokenizer/safe-pattern.ts'
import { tinyTokenizerConfig, tinyTokenizerJson } from '../../fixtures/tiny-tokenizer.ts'

const load = (tokenizerJson: unknown, tokenizerConfig: unknown = tinyTokenizerConfig()) =>
  loadTokenizer({ tokenizerJson, tokenizerConfig, config: { vocabSize: 1000, eosIds: [0] } })

/** What is thrown; a tokenizer that loads is used once. */
function outcome(work: () => ReturnType<typeof load>): unknown {
  try {
    work().encodeTurn('Nacre, 3.5 µm?\n', ' Yes <|thinking|>')
    return undefined
  } catch (error) {
    return error
  }
}

type Path = (string | number)[]

/** Every place in a JSON value, the first few of long lists and objects only. */
function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inner = Object.entries(value).slice(0, 16)
  return [path, ...inner.flatMap(([key, v]) => places(v, [...path, key]))]
}

function withValue(root: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  const copy = (Array.isArray(root) ? [...(root as unknown[])] : { ...(root as object) }) as Record<string, unknown>
  copy[key] = withValue(copy[key], rest, value)
  return copy
}

describe('a damaged tokenizer.json', () => {
  const text = JSON.stringify(tinyTokenizerJson())

  it('is refused when cut off anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), (length) => {
        const error = outcome(() => load(text.slice(0, length)))
        expect(error).toBeInstanceOf(Fault)
        expect(error).toMatchObject({ code: 'bad-model' })
      }),
      { seed: 4, numRuns: 100 },
    )
  })

  it('loads or is refused as a bad model when any one value is another', () => {
    const json = tinyTokenizerJson()
    const weird = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(-1, 1e9, 0.5, '', '\u0120', [], {}, null))
    fc.assert(
      fc.property(fc.constantFrom(...places(json)), weird, (path, value) => {
        const error = outcome(() => load(withValue(json, path, value)))
        if (error !== undefined) expect(error).toMatchObject({ name: 'Fault', code: 'bad-model' })
      }),
      { seed: 5, numRuns: 500 },
    )
  })

  it('loads or is refused when any value of tokenizer_config.json is another', () => {
    const config = tinyTokenizerConfig()
    fc.assert(
      fc.property(fc.constantFrom(...places(config)), fc.jsonValue({ maxDepth: 2 }), (path, value) => {
        const error = outcome(() => load(tinyTokenizerJson(), withValue(config, path, value)))
        if (error !== undefined) expect(error).toMatchObject({ name: 'Fault', code: 'bad-model' })
      }),
      { seed: 6, numRuns: 150 },
    )
  })
})

describe('a hostile tokenizer.json', () => {
  const json = tinyTokenizerJson()
  const token = json.added_tokens[0]!
  const repeat = (n: number, value: unknown) => Array.from({ length: n }, () => value)
  const nested = (depth: number): unknown =>
    depth === 0 ? { type: 'NFC' } : { type: 'Sequence', normalizers: [nested(depth - 1)] }
  const replace = { type: 'Replace', pattern: { String: 'a' }, content: 'aa' }

  it.each([
    ['an id beyond any vocabulary', { ...json, added_tokens: [{ ...token, id: 4294967294 }] }, 'added_tokens'],
    ['an id given twice', { ...json, added_tokens: [token, { ...token, content: '<x>' }] }, 'is both'],
    ['an id of the vocabulary', { ...json, added_tokens: [{ ...token, id: 65 }] }, 'is both "<|endoftext|>" and "A"'],
    ['ids above the embedding', { ...json, added_tokens: [{ ...token, id: 1000 }] }, 'vocab_size is 1000'],
    ['a merge out of the vocabulary', { ...json, model: { ...json.model, merges: ['q z'] } }, '"qz"'],
    ['two tokens with one id', { ...json, model: { ...json.model, vocab: { a: 1, b: 1 } } }, 'given twice'],
    ['a word-piece model', { ...json, model: { ...json.model, type: 'WordPiece' } }, '"WordPiece"'],
    [
      'replacements that multiply a text',
      { ...json, normalizer: { type: 'Sequence', normalizers: repeat(40, replace) } },
      'times as long',
    ],
    ['endless nesting', { ...json, normalizer: nested(2000) }, 'more than 64 components'],
    [
      'a pattern that backtracks for ever',
      { ...json, pre_tokenizer: { type: 'Split', pattern: { Regex: '(a+)+$' }, behavior: 'Isolated' } },
      'repeats a group',
    ],
    [
      'an unsupported split',
      { ...json, pre_tokenizer: { type: 'Split', pattern: { String: ' ' }, behavior: 'MergedWithPrevious' } },
      'MergedWithPrevious',
    ],
    ['an unknown component', { ...json, decoder: { type: 'Magic' } }, '"Magic"'],
  ])('with %s is refused', (_, hostile, words) => {
    const started = performance.now()
    const error = outcome(() => load(hostile))
    expect(error).toMatchObject({ code: 'bad-model' })
    expect((error as Fault).message).toContain(words)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('the pattern check', () => {
  it.each(['(a+)+', '(a|a)*b', '(?:a?){20}a', '((a*)b)*', '(?:\\s*x)+', '(?<n>a+){2,}', 'a?'.repeat(40)])(
    'refuses %s',
    (pattern) => expect(patternHazard(pattern)).toBeDefined(),
  )

  it.each([
    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
    "(?i:'s|'t)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
    "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}]*[\\p{Ll}\\p{M}]+(?i:'s|'t|'re)?|\\p{N}{1,3}| ?[^\\s]+[\\r\\n/]*",
    '\\d{1,3}(?=(?:\\d{3})*\\b)',
    '[()+*]+\\(\\+',
  ])('passes %s', (pattern) => expect(patternHazard(pattern)).toBeUndefined())
})

describe('a hostile chat template', () => {
  const render = (source: string) => {
    try {
      return compileTemplate(source, {}).render([{ role: 'user', content: 'Hi' }], true)
    } catch (error) {
      return error
    }
  }

  it.each([
    ['a syntax error', '{% for m in messages %}'],
    ['a refusal', "{{ raise_exception('no') }}"],
    ['a huge range', '{% for i in range(1000000000) %}x{% endfor %}'],
    ['nested loops', '{% for i in range(50000) %}{% for j in range(50000) %}x{% endfor %}{% endfor %}'],
    [
      'a doubling list',
      '{% set ns = namespace(a=[1]) %}{% for i in range(60) %}{% set ns.a = ns.a + ns.a %}{% endfor %}',
    ],
    [
      'a doubling text',
      "{% set ns = namespace(a='ab') %}{% for i in range(60) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}",
    ],
    ['endless recursion', '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}'],
  ])('with %s ends in a Fault', (_, source) => {
    const started = performance.now()
    expect(render(source)).toMatchObject({ name: 'Fault', code: 'bad-model', where: 'chat_template' })
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('cannot reach the host', () => {
    expect(render("{{ messages.constructor }}{{ ''.constructor }}{{ process }}{{ globalThis }}")).not.toContain(
      'function',
    )
  })

  it('sees the same date every day', () => {
    expect(render("{{ strftime_now('%d %b %Y') }}")).toBe('26 Jul 2024')
  })
})
