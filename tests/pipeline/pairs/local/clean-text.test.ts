import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanProse, cleanText, firstLine } from '../../../../shared/pipeline/pairs/local/clean-text.ts'
import { parseReply, renderReply } from '../../../../shared/pipeline/thought.ts'

const INSTRUCTION =
  'Question: Why is nacre tough?\nWrite the question only: one sentence that ends with a question mark.'
const stopped = (text: string) => ({ text, finished: 'stop' as const })
const clean = (text: string, heading = '') => cleanText(stopped(text), INSTRUCTION, heading)

describe('text that a teacher wrote', () => {
  it.each([
    ['special tokens', 'Platelets slide.<|im_end|>\n<|im_start|>user\nNext?', 'Platelets slide.'],
    ['a leading end token', '</s> Platelets slide. </s>', 'Platelets slide.'],
    ['hidden reasoning', '<think>Let me see.</think>Platelets slide.', 'Platelets slide.'],
    ['thinking of our own kind', '<|thinking|>\nhm\n<|/thinking|>\nPlatelets slide.', 'Platelets slide.'],
    ['a greeting', 'Sure! Here is one question:\nWhy do platelets slide?', 'Why do platelets slide?'],
    ['a greeting without a pause', 'Sure here is the text: Platelets slide.', 'Platelets slide.'],
    ['a label', 'Question: Why do platelets slide?', 'Why do platelets slide?'],
    ['a bold label', '**Final Answer:** Platelets slide.', 'Platelets slide.'],
    ['a single number', '1. Why do platelets slide?', 'Why do platelets slide?'],
    ['nested quotes', '"“Platelets slide.”"', 'Platelets slide.'],
    ['a code fence', '```text\nPlatelets slide.\n```', 'Platelets slide.'],
    ['bold words and headings', '## Note\nPlatelets **slide** a lot.', 'Note\nPlatelets slide a lot.'],
    [
      'the instruction',
      'Write the question only: one sentence that ends with a question mark. Platelets slide.',
      'Platelets slide.',
    ],
    ['the question again', 'Why is nacre tough? Because platelets slide.', 'Because platelets slide.'],
    [
      'a loop',
      'Platelets slide. Platelets slide. Platelets slide a lot. Platelets slide a lot.',
      'Platelets slide. Platelets slide a lot.',
    ],
  ])('is freed of %s', (_, text, wanted) => {
    expect(clean(text)).toBe(wanted)
  })

  it.each(['', ' \n ', '<|im_end|>', '<think>never closed', '1.', '""', '****', '```'])(
    'may be nothing: %j',
    (text) => {
      expect(clean(text).replace(/^1\.$/, '')).toBe('')
    },
  )

  it('keeps a list of steps, and words that only look like greetings or labels', () => {
    expect(clean('1. Platelets slide.\n2. Cracks turn.')).toBe('1. Platelets slide.\n2. Cracks turn.')
    expect(clean('Great toughness comes from sliding.')).toBe('Great toughness comes from sliding.')
    expect(clean('"Brick" and "mortar"')).toBe('"Brick" and "mortar"')
    expect(clean('The value is 3.5 GPa.')).toBe('The value is 3.5 GPa.')
  })

  it('loses the heading that was asked for, in the line or above it', () => {
    expect(clean('**Hypothesis**: Platelets slide.', 'Hypothesis')).toBe('Platelets slide.')
    expect(clean('### Hypothesis\nPlatelets slide.', 'Hypothesis')).toBe('Platelets slide.')
    expect(clean('Hypothesis testing is hard.', 'Hypothesis')).toBe('Hypothesis testing is hard.')
  })

  it('loses the sentence that the length limit or a loop cut', () => {
    const cut = (text: string, finished: 'length' | 'repetition' = 'length') =>
      cleanText({ text, finished }, INSTRUCTION)
    expect(cut('Platelets slide. Cracks turn and')).toBe('Platelets slide.')
    expect(cut('Platelets slide.\nCracks turn and', 'repetition')).toBe('Platelets slide.')
    expect(cut('Platelets slide.')).toBe('Platelets slide.')
    expect(cut('Platelets and then')).toBe('')
  })

  it('does not speak of a text that the student never sees', () => {
    const prose = (text: string) => cleanProse(stopped(text), INSTRUCTION)
    expect(prose('According to the passage, platelets slide. The authors disagree.')).toBe('Platelets slide.')
    expect(prose('The text states that platelets slide.')).toBe('Platelets slide.')
    expect(prose('See Figure 3. Cracks turn.')).toBe('Cracks turn.')
    expect(prose('The abstract pattern is a cycle.')).toBe('The abstract pattern is a cycle.')
  })

  it('can be a section of any thinking without breaking its structure', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<|thinking|>',
            '<|/thinking|>',
            '<|reflect|>',
            '**',
            '**A**:',
            '\n',
            ' ',
            'Slide. ',
            '"',
            '1. ',
            '<|x|>',
            '</s>',
            '```',
            '#',
            '<|',
            '|>',
          ),
          { maxLength: 30 },
        ),
        (parts) => {
          const text = cleanProse(stopped(parts.join('')), INSTRUCTION, 'A')
          expect(text).toBe(text.trim())
          if (text === '') return
          const reply = renderReply({
            sections: [
              { category: 'B', text },
              { category: 'C', text: 'end' },
            ],
            answer: 'x',
          })
          const parsed = parseReply(reply)
          expect(parsed.wellFormed).toBe(true)
          expect(parsed.sections.map((s) => s.category)).toEqual(['B', 'C'])
        },
      ),
      { seed: 7, numRuns: 120 },
    )
  })

  it('gives its first line without quotes', () => {
    expect(firstLine('"aragonite"\nbecause')).toBe('aragonite')
  })
})
