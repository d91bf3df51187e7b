/**
 * @file Refuses split patterns on which a backtracking matcher could take for ever: a tokenizer.json is a stranger's
 * file, and a regular expression cannot be interrupted. Patterns of published tokenizers pass.
 */

/** Characters of a pattern; published ones stay below 1,000. */
const LONGEST = 4000
/** Parts of varying length in one top-level alternative; published patterns have five at most. */
const MOST_VARIABLE_PARTS = 12

interface Group {
  /** It holds a part that can match in several ways: an alternative, or a repeat that is not a fixed count. */
  varies: boolean
}

/**
 * Says what makes `source` (Oniguruma syntax) unsafe, or nothing. Rule: what is repeated as a group must have one way
 * to match, so `(a+)+`, `(a|a)*` and `(a?){9}` are refused while `(?:\d{3})*` passes.
 */
export function patternHazard(source: string): string | undefined {
  if (source.length > LONGEST) return `it has ${source.length} characters, more than ${LONGEST}`
  const open: Group[] = []
  let variableParts = 0
  let closed: Group | undefined
  for (let i = 0; i < source.length;) {
    const char = source[i] as string
    const quantifier = closed === undefined && i === 0 ? undefined : quantifierAt(source, i)
    if (quantifier) {
      if (quantifier.repeats && closed?.varies) return 'it repeats a group that can match in several ways'
      if (quantifier.varies) {
        for (const group of open) group.varies = true
        if (++variableParts > MOST_VARIABLE_PARTS) return `it has more than ${MOST_VARIABLE_PARTS} repeats in a row`
      }
      closed = undefined
      i += quantifier.length
      continue
    }
    closed = undefined
    if (char === '\\') i += 2
    else if (char === '[') i = endOfClass(source, i)
    else if (char === '(') {
      open.push({ varies: false })
      i += /^\((?:\?(?:<?[=!]|[a-z]*:|>|<\w+>))?/i.exec(source.slice(i))?.[0].length ?? 1
    } else if (char === ')') {
      closed = open.pop()
      // What varies inside varies outside.
      if (closed?.varies) for (const group of open) group.varies = true
      i++
    } else {
      if (char === '|') {
        for (const group of open) group.varies = true
        if (open.length === 0) variableParts = 0
      }
      i++
    }
  }
  return undefined
}

/** `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}` with a lazy or possessive mark. */
function quantifierAt(source: string, at: number): { length: number; varies: boolean; repeats: boolean } | undefined {
  const match = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})[?+]?/.exec(source.slice(at, at + 24))
  if (!match) return undefined
  const [text, from, comma, to] = match
  if (from === undefined) return { length: text.length, varies: true, repeats: text[0] !== '?' }
  const varies = comma === ',' && from !== to
  const most = comma === ',' ? (to === '' ? Infinity : Number(to)) : Number(from)
  return { length: text.length, varies, repeats: most > 1 }
}

/** Index after the `]` that closes the class opened at `from`; classes nest in Oniguruma. */
function endOfClass(source: string, from: number): number {
  let depth = 0
  for (let i = from; i < source.length; i++) {
    const char = source[i]
    if (char === '\\') i++
    else if (char === '[') depth++
    else if (char === ']' && --depth === 0) return i + 1
  }
  return source.length
}
