/**
 * @file Characters: what extraction leaves behind is turned into plain, composed Unicode.
 * Superscripts and subscripts are kept (m² stays m²), so NFC is used and never NFKC.
 */

/** Presentation ligatures that PDF fonts leave in text. */
const LIGATURES: Readonly<Record<string, string>> = {
  ﬀ: 'ff',
  ﬁ: 'fi',
  ﬂ: 'fl',
  ﬃ: 'ffi',
  ﬄ: 'ffl',
  ﬅ: 'st',
  ﬆ: 'st',
}

// Every kind of space that is not a line break becomes one plain space.
const SPACES = /[\t\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g
// Zero-width characters, direction marks, byte-order marks.
const INVISIBLE = /[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g
// Control characters, replacement characters, private use and lone surrogates carry no readable text.
const UNREADABLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufffd-\uffff\ue000-\uf8ff]|\p{Surrogate}/gu

/** Composed text with `\n` line ends, plain spaces, no ligatures, soft hyphens, control or private-use characters. */
export function normaliseText(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029\f]/g, '\n')
    .replace(/[ﬀ-ﬆ]/g, (ligature) => LIGATURES[ligature] ?? ligature)
    .replace(/\u00ad(?=\n)/g, '-') // a soft hyphen that was used: hyphenation at a line end
    .replace(/\u00ad/g, '')
    .replace(SPACES, ' ')
    .replace(INVISIBLE, '')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(UNREADABLE, '')
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .normalize('NFC')
    .trim()
}
