/** @file Plain text. Form feeds separate pages, as old converters and RFCs have them. */

import { decodeText } from './decode-text.ts'
import { checkCharacters, titleFromPath, type Reader } from './reader.ts'

const LONGEST_TITLE = 120

/** Reads plain text in any encoding. The title is the first line when it stands alone and is no sentence. */
export const readTxt: Reader = async (bytes, path, context) => {
  const text = decodeText(bytes, path)
  checkCharacters(text.length, context, path)
  if (text.trim() === '') return { documents: [], skipped: 'the file is empty', remarks: [] }
  const pages = text.split('\f').map((part, at) => ({ number: at + 1, text: part }))
  return { documents: [{ title: firstLineTitle(text) ?? titleFromPath(path), pages }], remarks: [] }
}

function firstLineTitle(text: string): string | undefined {
  const [first = '', second = ''] = text.trimStart().split(/\r\n|\r|\n/, 2)
  const line = first.trim()
  const alone = line.length <= LONGEST_TITLE && second.trim() === ''
  return alone && /\p{L}{2}/u.test(line) && !/[.;,:]$/.test(line) ? line : undefined
}
