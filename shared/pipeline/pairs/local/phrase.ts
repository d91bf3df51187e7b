/** @file Words of a text for comparing what the teacher wrote with what it was shown. */

import { oneSpelling, sameWord } from '../../../base/word-forms.ts'

/** Lower-case words and numbers; articles and hyphens are left out, 3,000 is 3000. */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=\d),(?=\d{3}\b)/g, '')
  const words = plain.match(/\d+(?:\.\d+)?|\p{L}+|%/gu) ?? []
  return words.filter((word) => !/^(?:a|an|the)$/.test(word)).map(oneSpelling)
}

/** Whether the words of `phrase` stand in a row in `text`; number and spelling of a word do not matter. */
export function containsPhrase(text: string, phrase: string): boolean {
  const wanted = wordsOf(phrase)
  const given = wordsOf(text)
  if (wanted.length === 0) return false
  return given.some((_, at) => wanted.every((word, i) => sameWord(word, given[at + i] ?? '')))
}

/** Sentences of plain prose; decimals and initials are not ends. */
export function sentencesOf(line: string): string[] {
  return line.split(/(?<=[.!?]["”)]?)\s+(?=["“(]?[\p{Lu}\d])/u).filter((sentence) => sentence.trim() !== '')
}
