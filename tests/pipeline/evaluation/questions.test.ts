/** @file Question files: what is read, and that every fault is told at once. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../../shared/base/errors.ts'
import { parseQuestions, renderQuestions } from '../../../shared/pipeline/evaluation/questions.ts'

const good = (id: string) =>
  JSON.stringify({ id, question: 'What is nacre?', answers: ['mother of pearl'], group: 'trained' })

function faultOf(text: string): Fault {
  try {
    parseQuestions(text, 'mine.jsonl')
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('no fault')
}

describe('parseQuestions', () => {
  it('reads lines, passing over a byte order mark, blank lines and Windows line ends', () => {
    const questions = parseQuestions(`\uFEFF${good('a')}\r\n\r\n${good('b')}\r\n`)
    expect(questions.map((q) => q.id)).toEqual(['a', 'b'])
    expect(questions[0]).toEqual({
      id: 'a',
      question: 'What is nacre?',
      answers: ['mother of pearl'],
      group: 'trained',
    })
  })

  it('keeps the tolerance', () => {
    expect(
      parseQuestions('{"id":"a","question":"q","answers":["20 nm"],"group":"g","tolerance":0.05}')[0]?.tolerance,
    ).toBe(0.05)
  })

  it('reports every malformed line with its number in one fault', () => {
    const fault = faultOf(
      [
        good('a'),
        '{"id":"b"',
        '["not", "an object"]',
        good('a'),
        '{"id":"","question":"q","answers":[],"group":"g","tolerance":2}',
        '{"id":"c","question":"q","answers":["x"],"group":"g","tolerence":0.1}',
      ].join('\n'),
    )
    expect(fault.code).toBe('corrupt-file')
    expect(fault.where).toBe('mine.jsonl')
    expect(fault.message).toMatch(/line 2: not JSON/)
    expect(fault.message).toContain('line 3: not an object')
    expect(fault.message).toContain('line 4: the id "a" is taken by line 1')
    expect(fault.message).toContain('line 5: id must be')
    expect(fault.message).toContain('answers must be')
    expect(fault.message).toContain('tolerance must be')
    expect(fault.message).toContain('line 6: unknown field "tolerence"')
    expect(fault.message).not.toContain('line 1:')
  })

  it('counts what it does not list', () => {
    expect(faultOf(Array.from({ length: 25 }, () => '{}').join('\n')).message).toContain('and 5 more')
  })

  it('refuses an empty file', () => {
    expect(faultOf('\n\n').message).toContain('holds no question')
  })

  it('throws nothing but faults, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          parseQuestions(text)
        } catch (error) {
          expect(error).toBeInstanceOf(Fault)
        }
      }),
      { numRuns: 300, seed: 5 },
    )
  })

  it('reads what it wrote', () => {
    const questions = parseQuestions(`${good('a')}\n${good('b')}`)
    expect(parseQuestions(renderQuestions(questions))).toEqual(questions)
  })
})
