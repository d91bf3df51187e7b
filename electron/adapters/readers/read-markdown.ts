/** @file Markdown files. One page of text. */

import { decodeText } from './decode-text.ts'
import { markdownText } from './markdown-text.ts'
import { checkCharacters, titleFromPath, type Reader } from './reader.ts'

/** Reads Markdown; the title is that of the front matter, else the first heading. */
export const readMarkdown: Reader = async (bytes, path, context) => {
  const source = decodeText(bytes, path)
  checkCharacters(source.length, context, path)
  const { title, text } = markdownText(source)
  if (text === '') return { documents: [], skipped: 'the file holds no text', remarks: [] }
  return { documents: [{ title: title ?? titleFromPath(path), pages: [{ number: 1, text }] }], remarks: [] }
}
