/**
 * @file One plain spelling for what people and models type: superscripts, minus signs, thousands separators, powers of
 * ten, number words. Everything that compares answers reads this form. Case is kept, because units need it.
 */

import { foldNumberWords } from './number-words.ts'

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const FRACTIONS: Readonly<Record<string, string>> = { '½': '.5', '¼': '.25', '¾': '.75' }

/** `10⁻⁶ m²` → `1e-6 m^2`, `3,000 °C` → `3000 °C`, `20–25 nm` → `20 to 25 nm`, `twenty-five` → `25`. Never throws. */
export function plainText(text: string): string {
  let out = text
    .replace(/([⁺⁻]?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, sign: string, digits: string) => {
      return `^${sign === '⁻' ? '-' : ''}${[...digits].map((d) => SUPERSCRIPTS.indexOf(d)).join('')}`
    })
    .replace(/(\d?)([½¼¾])/g, (_, whole: string, part: string) => `${whole || '0'}${FRACTIONS[part] ?? ''}`)
    .replace(/º/g, '°')
    .replace(/(?<!\p{L})[ÅÅ](?!\p{L})/gu, ' angstrom')
    .normalize('NFKC')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[‘’ʼ′]/g, "'")
    .replace(/[−]/g, '-')
    .replace(/\s+/g, ' ')
  out = out
    .replace(/(?<![\d.,])([1-9]\d{0,2})((?:[, ']\d{3})+)(?!\d)/g, (_, head: string, tail: string) => {
      return head + tail.replace(/[, ']/g, '')
    })
    .replace(/(\d),(\d{1,2})(?![\d,])/g, '$1.$2')
    .replace(/(?<![\d.])0,(\d+)(?!\d)/g, '0.$1')
    .replace(
      /(\d)\s*[×x*·⋅]\s*10(?:\s?\^\(?([-+]?\d{1,3})\)?|([-+]\d{1,3}))(?!\d)/g,
      (_, digit: string, a?: string, b?: string) => {
        return `${digit}e${a ?? b ?? '0'}`
      },
    )
    .replace(/(?<![\p{L}\d.^])10\^\(?([-+]?\d{1,3})\)?(?!\d)/gu, '1e$1')
    .replace(/(\d)\s*[‒–—―]\s*(?=\d)/g, '$1 to ')
    .replace(/(\d)-(?=\d)/g, '$1 to ')
    .replace(/(?<![\p{L}\p{N}])[‒–](?=\d)/gu, '-')
    .replace(/\s[‒–—―]\s|—/g, ' , ')
    .replace(/[‐‑‒–―]/g, '-')
    .replace(/\bminus (?=\d)/gi, '-')
  out = foldNumberWords(out)
  return out
    .replace(/(?<!\d\s?)×\s?(\d+(?:\.\d+)?)/g, '$1 times')
    .replace(
      /\bfactor of ((?:about|around|some|nearly|roughly|approximately) )?(\d+(?:\.\d+)?(?:e\d+)?)/gi,
      '$1$2 times',
    )
    .replace(/\bper\s?cent\b/gi, '%')
    .replace(/\b(?:wt|weight|mass)[.\s-]*%/gi, 'wt%')
    .replace(
      /\b(vol|volume|at|atomic|mol|mole)[.\s-]*%/gi,
      (_, kind: string) => `${kind.slice(0, kind.startsWith('at') ? 2 : 3).toLowerCase()}%`,
    )
    .replace(/% by (?:weight|mass)\b/gi, 'wt%')
    .replace(/% by volume\b/gi, 'vol%')
    .replace(/\s+/g, ' ')
    .trim()
}
