/** @file Text as search terms: folded, without stop words, lightly stemmed, so that "tubules" finds "tubule". */

const STOP_WORDS = new Set(
  (
    'a an the and or but nor if then than that this these those it its is are was were be been being am do does did ' +
    'have has had having of in on at by for from with without to into onto as about which who whom whose what when ' +
    'where why how can could will would shall should may might must not no so such very too also there here their ' +
    'they them he she his her we our you your i me my us each any some all both more most other only own same just'
  ).split(' '),
)

/** The terms of a text in order, repeats kept. Numbers keep their decimals; accents and super- and subscripts are folded. */
export function searchTerms(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
  const terms: string[] = []
  for (const [word] of folded.matchAll(/\d+(?:[.,]\d+)+|[\p{L}\p{N}]+/gu)) {
    if (!STOP_WORDS.has(word)) terms.push(stem(word))
  }
  return terms
}

/** Plural, -ing, -ed and final -e removed where at least three letters with a vowel stay. Digits are left alone. */
export function stem(word: string): string {
  if (word.length < 4 || word.length > 40 || /\d/.test(word)) return word
  let out = word
  if (/(?:ss|us|is)$/.test(out)) out = word
  else if (/ies$/.test(out) && out.length > 4) out = `${out.slice(0, -3)}y`
  else if (/(?:ch|sh|x|z|ss)es$/.test(out)) out = out.slice(0, -2)
  else if (out.endsWith('s')) out = out.slice(0, -1)
  const root = /^(.*[aeiouy].*?)(?:ing|ed)$/.exec(out)?.[1]
  if (root && root.length >= 3) out = /([b-df-hj-np-rtv-z])\1$/.test(root) ? root.slice(0, -1) : root
  if (out.length > 4 && out.endsWith('e')) out = out.slice(0, -1)
  return out.length > 3 && out.endsWith('y') ? `${out.slice(0, -1)}i` : out
}
