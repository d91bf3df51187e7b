/**
 * @file Finds wording that leans on a text the reader does not see: "the paper", "Figure 3", "according to the authors".
 * Words of the field stay allowed: the work of fracture, a cross section, in the context of membranes.
 */

const TEXTS = 'text|passage|excerpt|document|paragraph|article|manuscript|publication|material above'
const WORKS = 'study|studies|research|investigation|review|report|experiments?|findings|dataset|researchers'
const SAYS = 'report|describ|sa(?:y|id)|show|propos|present|discuss|mention|claim|investigat|stud|explain|suggest|stat'

/** Reason, worded to follow "because", and what shows it. */
const REFERENCES: readonly (readonly [string, RegExp])[] = [
  [
    'it refers to a text',
    new RegExp(
      String.raw`\b(?:this|these|the|provided|given|above|following)\s+(?:\w+\s+)?(?:${TEXTS})s?\b(?!\s+of\b)|` +
        String.raw`\b(?:provided|given|above|following)\s+(?:information|material|data|details)\b`,
      'i',
    ),
  ],
  [
    // Paper is a material too: "the fibres of the paper" may stay.
    'it refers to a paper',
    new RegExp(
      String.raw`\b(?:this|these|our|present|in the|by the|provided|given)\s+papers?\b|\bthe\s+papers?\s+(?:${SAYS})`,
      'i',
    ),
  ],
  [
    'it refers to "the context"',
    /\b(?:this|the|provided|given|above)\s+context\b(?!\s+of)|\bin (?:this )?context\b(?!\s+of)/i,
  ],
  [
    'it refers to a study',
    new RegExp(
      String.raw`\b(?:this|these|present|current|the|our)\s+(?:${WORKS})\b(?!\s+of)|\b(?:this|present|our)\s+work\b`,
      'i',
    ),
  ],
  ['it refers to an author', /\bauthors?\b|\bet al\b|\b(?:our|we)\s+(?:results?|findings?|show|find|report)\b/i],
  [
    'it refers to a figure or table',
    /(?<!cross[ -])\b(?:figs?\.|figures?|tables?|eqs?\.|equations?|sections?|chapters?|appendix)\s+[([]?\d/i,
  ],
  [
    'it refers to a figure or table',
    /\b(?:this|the|above|following)\s+(?:figure(?!\s+of)|table|diagram|image|plot)\b/i,
  ],
  // Three digits in brackets are a crystal direction.
  ['it cites a source', /\[\d{1,2}(?:\s*[,–-]\s*\d{1,3})*\]|\(\s*(?:[A-Z]\w+,?\s+)?(?:19|20)\d\d\s*\)|\bdoi\b|https?:/],
  [
    'it refers to something said before',
    /\b(?:mentioned|described|discussed|stated|reported|noted|shown|given)\s+(?:above|earlier|here)\b/i,
  ],
  ['it says "according to"', /\baccording to\b/i],
]

/** Why a text does not stand alone; undefined when it does. */
export function referenceIn(text: string): string | undefined {
  return REFERENCES.find(([, pattern]) => pattern.test(text))?.[0]
}

/** Takes off what can be taken off: "According to the passage, nacre …" → "Nacre …". */
export function withoutLeadIn(sentence: string): string {
  const lead = new RegExp(
    String.raw`^(?:according to|based on|as (?:stated|described|mentioned|noted|explained) in|in|from)\s+` +
      String.raw`(?:this|the)\s+(?:(?:provided|given|above|following)\s+)?(?:${TEXTS}|paper|study|context|material|information)s?(?:\s+above)?,\s*|` +
      String.raw`^(?:this|the)\s+(?:(?:provided|given|above|following)\s+)?(?:${TEXTS}|paper|study|context|material)s?\s+` +
      String.raw`(?:states?|says?|explains?|mentions?|notes?|shows?|describes?|suggests?|indicates?)\s+that\s+`,
    'i',
  )
  const rest = sentence.replace(lead, '')
  return rest === sentence ? sentence : rest.charAt(0).toUpperCase() + rest.slice(1)
}
