/**
 * @file What a language model wrote, made fit to be trained on: leftover special tokens, hidden reasoning, headings,
 * greetings, repeats of the instruction, loops, quotes and a cut-off end are removed. Any input gives a result; '' when
 * nothing is left.
 */

import { parseReply } from '../../thought.ts'
import { sentencesOf, wordsOf } from './phrase.ts'
import { referenceIn, withoutLeadIn } from './references.ts'

export interface Written {
  text: string
  finished: 'stop' | 'length' | 'repetition'
}

/** Marks of chat formats; what follows one is a turn that nobody asked for. */
const MARKERS = /<\|[^|<>\n]{1,40}\|>|<\/?s>|\[\/?INST\]|<\/?(?:start_of_turn|end_of_turn|bos|eos|pad|unk|endoftext)>/g
const GREETING = /^(?:sure|certainly|of course|okay|ok|absolutely|great)(?:[!,.]+\s*|\s+(?=(?:here|below)\b))/i
const PREAMBLE = /^(?:here(?:['’]s| is| are)|below (?:is|are)|the following (?:is|are))\b[^:\n]{0,120}:\s*/i
const LABEL =
  /^(?:(?:final|wrong|incorrect|right|short|key|one|possible|the)\s+)*(?:question|answer|fact|critique|criticism|feedback|response|thinking)\s*\d{0,2}\s*:\s*/i
const NUMBER = /^(?:\(?\d{1,2}[.)]|[-*•])\s+/
const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ['“', '”'],
  ["'", "'"],
  ['`', '`'],
  ['«', '»'],
]

/**
 * @param instruction what the model was told: sentences of it that come back are dropped
 * @param heading the category asked for, when the model may have written it as a heading
 */
export function cleanText({ text, finished }: Written, instruction: string, heading = ''): string {
  const told = ` ${wordsOf(instruction).join(' ')} `
  const isEcho = (sentence: string) => {
    const words = wordsOf(sentence)
    return words.length >= 4 && told.includes(` ${words.join(' ')} `)
  }
  const seen = new Set<string>()
  const isNew = (sentence: string) => {
    const words = wordsOf(sentence)
    // Short lines may differ in their symbols alone: α → β, α ∝ β.
    const key = words.length < 4 ? sentence.toLowerCase().trim() : words.join(' ')
    return !seen.has(key) && seen.add(key)
  }
  const lines = withoutMarks(text)
    .split('\n')
    .map((line) => withoutLabels(line.replace(/\s+/g, ' ').trim(), heading))
  const kept = lines
    .map((line) => sentencesOf(line).filter((s) => !isEcho(s.replace(NUMBER, '')) && isNew(s.replace(NUMBER, ''))))
    .filter((sentences) => sentences.length > 0)
    .map((sentences) => sentences.join(' '))
  const whole = finished === 'stop' ? kept : withoutCutEnd(kept)
  // A single number in front of a single item is no list.
  const numbered = whole.filter((line) => NUMBER.test(line)).length > 1
  return unquoted((numbered ? whole : whole.map((line) => line.replace(NUMBER, ''))).join('\n'))
}

/** The same for thinking and answers: sentences that speak of a text the student never sees are dropped too. */
export function cleanProse(written: Written, instruction: string, heading = ''): string {
  return cleanText(written, instruction, heading)
    .split('\n')
    .map((line) => sentencesOf(line).map(withoutLeadIn))
    .map((sentences) => sentences.filter((sentence) => referenceIn(sentence) === undefined).join(' '))
    .filter((line) => line.trim() !== '')
    .join('\n')
}

/** A single line: for questions and short answers. */
export function firstLine(text: string): string {
  return unquoted(text.split('\n')[0] ?? '')
}

/** Takes wrapping quotes off, pairs of them only. */
export function unquoted(text: string): string {
  const inner = text.trim()
  const pair = QUOTES.find(([open, close]) => inner.length > 1 && inner.startsWith(open) && inner.endsWith(close))
  if (!pair || inner.slice(1, -1).includes(pair[0])) return inner
  return unquoted(inner.slice(1, -1))
}

function withoutMarks(text: string): string {
  // Models that reason first: what stands outside their reasoning is the reply; unclosed reasoning leaves none.
  const spoken = parseReply(text.replace(/<think>[\s\S]*?(?:<\/think>|$)/g, '')).answer
  const turn = spoken.split(MARKERS).find((part) => part.trim() !== '') ?? ''
  return turn
    .replace(/^```.*$/gm, '')
    .replace(/(\*\*|__)(?=\S)(.+?)\1/g, '$2')
    .replace(/\*\*|<\|/g, '')
    .replace(/^#{1,6}\s+/gm, '')
}

function withoutLabels(line: string, heading: string): string {
  let rest = line.replace(GREETING, '').replace(PREAMBLE, '')
  const name = heading.trim().toLowerCase()
  if (name && rest.toLowerCase().startsWith(name)) {
    const after = rest.slice(name.length)
    if (after.trim() === '') return ''
    if (/^\s*[:–—-]\s/.test(after)) rest = after.replace(/^\s*[:–—-]\s+/, '')
    else if (/^\s*:\s*$/.test(after)) return ''
  }
  return rest.replace(LABEL, '')
}

/** Without the sentence that the length limit or a loop cut; a single unfinished sentence is all there is, and goes. */
function withoutCutEnd(lines: readonly string[]): string[] {
  const last = lines.at(-1)
  if (last === undefined || /[.!?]["”)]?$/.test(last)) return [...lines]
  const rest = sentencesOf(last).slice(0, -1).join(' ')
  return rest ? [...lines.slice(0, -1), rest] : lines.slice(0, -1)
}
