/**
 * @file Word documents through mammoth. The archive is checked first, and the parts that mammoth will read are unpacked once
 * with a bound, so that sizes that lie are found before mammoth trusts them.
 */

import { Fault } from '../../../shared/base/errors.ts'
import { htmlText } from './html-text.ts'
import { checkTime, titleFromPath, type Reader } from './reader.ts'
import { readZipDirectory, readZipEntry } from './zip-archive.ts'

/** XML is parsed as a tree in memory, some twenty times its size. */
const MOST_XML = 40 * 1024 * 1024

/** Reads headings, paragraphs, lists and tables; pictures, comments and tracked deletions are left out. */
export const readDocx: Reader = async (bytes, path, context) => {
  const entries = readZipDirectory(bytes, path, context.limits)
  let total = 0
  let core = ''
  for (const entry of entries) {
    if (!/\.(?:xml|rels)$/i.test(entry.name)) continue
    total += entry.uncompressed
    if (total > MOST_XML) {
      const message = `the document holds more than ${MOST_XML / 1048576} MB of text and markup`
      throw new Fault('too-large', message, 'Split the document, or save it as PDF or .txt.', path)
    }
    const data = readZipEntry(bytes, entry, path)
    if (entry.name === 'docProps/core.xml') core = Buffer.from(data).toString('utf8')
    checkTime(context, path)
  }
  const { title, text } = htmlText(await toHtml(bytes, path), path, context)
  if (text === '') return { documents: [], skipped: 'the document holds no text', remarks: [] }
  const stated = /<dc:title>([^<]{3,300})<\/dc:title>/.exec(core)?.[1]?.trim()
  const first = text.split('\n', 1)[0] ?? ''
  const name = title ?? stated ?? (first.length < 120 && !/[.;,]$/.test(first) ? first : titleFromPath(path))
  return { documents: [{ title: decodeXml(name), pages: [{ number: 1, text: withoutBackLinks(text) }] }], remarks: [] }
}

async function toHtml(bytes: Uint8Array, path: string): Promise<string> {
  const { default: mammoth } = await import('mammoth')
  const noImage = mammoth.images.imgElement(async () => ({ src: '' }))
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return (await mammoth.convertToHtml({ buffer }, { convertImage: noImage, externalFileAccess: false })).value
  } catch (cause) {
    const todo = 'Open it in Word or LibreOffice and save it again.'
    throw new Fault('corrupt-file', 'the Word document is damaged', todo, path, { cause })
  }
}

/** The arrows with which mammoth links footnotes back to the text. */
function withoutBackLinks(text: string): string {
  return text.replace(/\s*↑(?=\n|$)/g, '')
}

function decodeXml(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&')
}
