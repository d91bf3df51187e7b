/** @file HTML pages, saved from a browser or written by hand. One page of text. */

import { decodeText } from './decode-text.ts'
import { htmlText } from './html-text.ts'
import { titleFromPath, type Reader } from './reader.ts'

/** Reads a web page; its encoding may be declared in the first kilobyte. */
export const readHtml: Reader = async (bytes, path, context) => {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 2048)).toString('latin1')
  const declared = /(?:charset|encoding)\s?=\s?["']?([A-Za-z0-9_:.-]{2,40})/i.exec(head)?.[1]
  const { title, text } = htmlText(decodeText(bytes, path, declared), path, context)
  if (text === '') return { documents: [], skipped: 'the page holds no text', remarks: [] }
  return { documents: [{ title: title ?? titleFromPath(path), pages: [{ number: 1, text }] }], remarks: [] }
}
