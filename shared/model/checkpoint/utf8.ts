/**
 * @file UTF-8 without the platform: shared code has no TextDecoder. Decoding is strict (RFC 3629): overlong forms,
 * surrogates, code points above U+10FFFF and cut sequences are refused, never replaced.
 */

/** The text, or undefined when `bytes` is not well-formed UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  const parts: string[] = []
  let units: number[] = []
  let i = 0
  while (i < bytes.length) {
    const first = bytes[i] as number
    let point = first
    let length = 1
    if (first >= 0x80) {
      if (first < 0xc2 || first > 0xf4) return undefined
      length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
      if (i + length > bytes.length) return undefined
      point = first & (0xff >> (length + 1))
      for (let k = 1; k < length; k++) {
        const next = bytes[i + k] as number
        if ((next & 0xc0) !== 0x80) return undefined
        point = (point << 6) | (next & 0x3f)
      }
      const smallest = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000
      if (point < smallest || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined
    }
    if (point < 0x10000) units.push(point)
    else units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff))
    // Kept far below the number of arguments a call may have.
    if (units.length >= 8192) {
      parts.push(String.fromCharCode(...units))
      units = []
    }
    i += length
  }
  parts.push(String.fromCharCode(...units))
  return parts.join('')
}

/** The bytes of `text`; a lone surrogate becomes U+FFFD, as in every browser. */
export function encodeUtf8(text: string): Uint8Array {
  // A UTF-16 unit takes at most three bytes.
  const out = new Uint8Array(text.length * 3)
  let at = 0
  for (let i = 0; i < text.length; i++) {
    let point = text.charCodeAt(i)
    if (point >= 0xd800 && point <= 0xdfff) {
      const low = text.charCodeAt(i + 1)
      if (point < 0xdc00 && low >= 0xdc00 && low <= 0xdfff) {
        point = ((point - 0xd800) << 10) + (low - 0xdc00) + 0x10000
        i++
      } else point = 0xfffd
    }
    if (point < 0x80) out[at++] = point
    else if (point < 0x800) {
      out[at++] = 0xc0 | (point >> 6)
      out[at++] = 0x80 | (point & 0x3f)
    } else if (point < 0x10000) {
      out[at++] = 0xe0 | (point >> 12)
      out[at++] = 0x80 | ((point >> 6) & 0x3f)
      out[at++] = 0x80 | (point & 0x3f)
    } else {
      out[at++] = 0xf0 | (point >> 18)
      out[at++] = 0x80 | ((point >> 12) & 0x3f)
      out[at++] = 0x80 | ((point >> 6) & 0x3f)
      out[at++] = 0x80 | (point & 0x3f)
    }
  }
  return out.slice(0, at)
}
