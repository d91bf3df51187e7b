/** @file Tiny PDF, zip and Word files, written by hand so that tests know every byte of them. */

import { deflateRawSync, deflateSync } from 'node:zlib'

export const bytesOf = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array =>
  new Uint8Array(Buffer.from(text, encoding))

export interface PdfLineSpec {
  text: string
  x?: number
  y: number
  size?: number
}

export interface PdfSpec {
  pages: (readonly PdfLineSpec[])[]
  title?: string
  /** Asks for a password that nobody knows. */
  encrypted?: boolean
  compress?: boolean
  /** States this many pages instead of those there are. */
  statedPages?: number
  /** Raw content stream data used for every page, instead of text. */
  content?: Buffer
}

/** Lines below one another from `top`, 14 points apart. */
export function lines(texts: readonly string[], top = 700, size = 11): PdfLineSpec[] {
  return texts.map((text, at) => ({ text, y: top - at * 14, size }))
}

/** A PDF of US-letter pages in Helvetica. */
export function pdf(spec: PdfSpec): Uint8Array {
  const objects: (string | Buffer)[] = []
  const add = (body: string | Buffer) => objects.push(body)
  const count = spec.pages.length
  const kids = spec.pages.map((_, at) => `${5 + at * 2} 0 R`).join(' ')
  add('<< /Type /Catalog /Pages 2 0 R >>')
  add(`<< /Type /Pages /Kids [${kids}] /Count ${spec.statedPages ?? count} >>`)
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>')
  add(spec.title ? `<< /Title (${spec.title}) >>` : '<< /Producer (test) >>')
  for (const [at, page] of spec.pages.entries()) {
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${6 + at * 2} 0 R ` +
        '/Resources << /Font << /F1 3 0 R >> >> >>',
    )
    add(stream(spec.content ?? Buffer.from(contentOf(page), 'latin1'), spec.compress ?? false, !!spec.content))
  }
  const key = '<28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A>'
  if (spec.encrypted) add(`<< /Filter /Standard /V 1 /R 2 /O ${key} /U ${key} /P -44 >>`)
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')]
  const offsets: number[] = []
  let length = parts[0]!.length
  for (const [at, body] of objects.entries()) {
    offsets.push(length)
    const part = Buffer.concat([Buffer.from(`${at + 1} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')])
    parts.push(part)
    length += part.length
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const security = spec.encrypted ? ` /Encrypt ${objects.length} 0 R /ID [<00112233> <00112233>]` : ''
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}` +
        `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 4 0 R${security} >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  )
  return new Uint8Array(Buffer.concat(parts))
}

function contentOf(page: readonly PdfLineSpec[]): string {
  const escaped = (text: string) => text.replace(/[\\()]/g, '\\$&')
  return page
    .map(({ text, x = 72, y, size = 11 }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${escaped(text)}) Tj ET`)
    .join('\n')
}

function stream(data: Buffer, compress: boolean, packed: boolean): Buffer {
  const body = compress && !packed ? deflateSync(data) : data
  const filter = compress || packed ? ' /Filter /FlateDecode' : ''
  return Buffer.concat([
    Buffer.from(`<< /Length ${body.length}${filter} >>\nstream\n`),
    body,
    Buffer.from('\nendstream'),
  ])
}

export interface ZipSpec {
  name: string
  data: Buffer
  /** Decompressed size written into the headers instead of the true one. */
  statedSize?: number
  encrypted?: boolean
}

/** A zip archive with deflated entries. */
export function zip(entries: readonly ZipSpec[]): Uint8Array {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const data = deflateRawSync(entry.data)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(entry.encrypted ? 1 : 0, 2)
    shared.writeUInt16LE(8, 4)
    shared.writeUInt32LE(crc32(entry.data), 10)
    shared.writeUInt32LE(data.length, 14)
    shared.writeUInt32LE(entry.statedSize ?? entry.data.length, 18)
    shared.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, name, data])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, tail, name]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...locals, directory, end]))
}

const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'

/** A Word document with the given body XML and any further entries. */
export function docx(body: string, extra: readonly ZipSpec[] = [], title?: string): Uint8Array {
  const types =
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
  const rels =
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" ' +
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>' +
    '</Relationships>'
  const core = title ? [{ name: 'docProps/core.xml', data: Buffer.from(`<c><dc:title>${title}</dc:title></c>`) }] : []
  return zip([
    { name: '[Content_Types].xml', data: Buffer.from(types) },
    { name: '_rels/.rels', data: Buffer.from(rels) },
    {
      name: 'word/document.xml',
      data: Buffer.from(`<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`),
    },
    ...core,
    ...extra,
  ])
}

/** A Word paragraph; with a style such as "Heading1" when given. */
export function paragraph(text: string, style?: string): string {
  const properties = style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''
  return `<w:p>${properties}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
}

function crc32(data: Buffer): number {
  let crc = 0xffffffff
  for (const byte of data) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
