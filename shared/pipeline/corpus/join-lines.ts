/**
 * @file Hard-wrapped lines become paragraphs: lines are joined, hyphenation at line ends is undone, and headings, list
 * items and paragraph ends are kept apart. For PDF and plain text only; other formats know their paragraphs.
 */

const LIST_ITEM = /^(?:[•▪●◦‣∙]|[-*]\s|\(?[a-z0-9]{1,2}\)\s)/
const SENTENCE_END = /[.!?:;]["'”’)\]]*$/
const LOWER_START = /^[\p{Ll},;)\]%]/u
/** Above this many characters a line is a whole paragraph, not a wrapped line. */
const WIDEST_WRAP = 200

/** First halves of compounds that are written with a hyphen when unbroken; single letters (X-ray) count too. */
const COMPOUND_HEADS = new Set(
  (
    'high low self well non cross long short half semi two three four six one multi full large small hard soft fine ' +
    'quasi all ill so state heat time load stress strain temperature water oxygen carbon nickel iron copper silicon'
  ).split(' '),
)

/** What line joining must know of the whole document. */
export interface LineContext {
  /** Typical length of a full line, in characters. */
  width: number
  /** Words met unbroken, in lower case, with their inner hyphens. */
  words: ReadonlySet<string>
}

/** Measures a document's lines: the 90th percentile of line lengths, and its vocabulary. */
export function lineContext(texts: readonly string[]): LineContext {
  const lengths: number[] = []
  const words = new Set<string>()
  for (const text of texts) {
    for (const line of text.split('\n')) {
      if (line !== '') lengths.push(line.length)
      // The last word of a hyphenated line is half a word.
      const whole = line.endsWith('-') ? line.slice(0, line.lastIndexOf(' ') + 1) : line
      for (const [word] of whole.matchAll(/\p{L}+(?:-\p{L}+)*/gu)) words.add(word.toLowerCase())
    }
  }
  lengths.sort((a, b) => a - b)
  return { width: lengths[Math.floor(lengths.length * 0.9)] ?? 0, words }
}

/** The paragraphs of one page, each on one line. */
export function joinLines(text: string, context: LineContext): string[] {
  const paragraphs: string[] = []
  for (const block of text.split(/\n{2,}/)) {
    let current = ''
    let previous = ''
    for (const line of block.split('\n')) {
      if (line === '') continue
      if (current === '') current = line
      else if (continues(previous, line, context)) current = joinPair(current, line, context.words)
      else {
        paragraphs.push(current)
        current = line
      }
      previous = line
    }
    if (current !== '') paragraphs.push(current)
  }
  return paragraphs
}

/** Whether `next` goes on with the paragraph that `line` belongs to. */
function continues(line: string, next: string, { width }: LineContext): boolean {
  if (LIST_ITEM.test(next)) return false
  if (/\p{L}-$/u.test(line) && /^[\p{L}\d]/u.test(next)) return true
  const ended = SENTENCE_END.test(line)
  if (!ended && LOWER_START.test(next)) return true
  if (width > WIDEST_WRAP) return false
  return line.length >= width * (ended ? 0.75 : 0.6)
}

/** Two pieces of a paragraph as one, with hyphenation undone unless the hyphen belongs to the word. */
export function joinPair(left: string, right: string, words: ReadonlySet<string>): string {
  const head = /([\p{L}\d]+(?:-[\p{L}\d]+)*)-$/u.exec(left.slice(-60))?.[1]
  const tail = /^[\p{L}\d]{1,60}/u.exec(right)?.[0]
  if (!head || !tail) return `${left} ${right}`
  return keepsHyphen(head, tail, words) ? left + right : left.slice(0, -1) + right
}

function keepsHyphen(head: string, tail: string, words: ReadonlySet<string>): boolean {
  const first = head.toLowerCase()
  if (words.has(`${first}-${tail.toLowerCase()}`)) return true
  if (words.has(first + tail.toLowerCase())) return false
  if (head.length === 1 || /\d$/.test(head) || /^[\p{Lu}\d]/u.test(tail)) return true
  return COMPOUND_HEADS.has(first)
}
