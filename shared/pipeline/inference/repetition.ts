/**
 * @file Notices text that runs in circles, token by token or afterwards. Two signs: the tail repeats with a fixed period
 * (`a b c a b c a b c …`), or the last stretch is made of very few distinct n-grams (a loop with a changing counter).
 */

export interface RepetitionSettings {
  /** Longest period looked for, in tokens. */
  longestPeriod: number
  /** How many times in a row a period must be seen … */
  repeats: number
  /** … and over how many tokens at least. */
  leastTokens: number
  /** Length of the stretch whose n-grams are counted. */
  window: number
  gram: number
  /** A stretch with a smaller share of distinct n-grams is a loop. */
  leastDistinct: number
}

export const REPETITION_DEFAULTS: RepetitionSettings = {
  longestPeriod: 96,
  repeats: 4,
  leastTokens: 16,
  window: 160,
  gram: 3,
  leastDistinct: 0.35,
}

export interface Repetition {
  kind: 'period' | 'few-distinct'
  /** Tokens in one turn of the loop; 0 when there is no fixed one. */
  period: number
  /** Index of the token that gave it away. */
  at: number
}

export interface RepetitionDetector {
  /** Takes the next token; the loop, once there is one. Costs O(longestPeriod). */
  push(token: number | string): Repetition | undefined
}

/** A detector for one stream of token ids, or of words. Deterministic and without any model. */
export function createRepetitionDetector(settings: Partial<RepetitionSettings> = {}): RepetitionDetector {
  const { longestPeriod, repeats, leastTokens, window, gram, leastDistinct } = { ...REPETITION_DEFAULTS, ...settings }
  const tokens: (number | string)[] = []
  /** runs[p]: how many of the last tokens in a row equal the token p before them. */
  const runs = new Int32Array(longestPeriod + 1)
  const grams: string[] = []
  const counts = new Map<string, number>()
  let found: Repetition | undefined
  return {
    push(token) {
      if (found) return found
      const at = tokens.length
      tokens.push(token)
      for (let period = 1; period <= longestPeriod && period <= at; period++) {
        if (tokens[at - period] !== token) {
          runs[period] = 0
          continue
        }
        const run = (runs[period] ?? 0) + 1
        runs[period] = run
        // A run of r matches covers r + period tokens
        if (run >= period * (repeats - 1) && run + period >= leastTokens) {
          found = { kind: 'period', period, at }
          return found
        }
      }
      if (at + 1 < gram) return undefined
      const key = tokens.slice(at + 1 - gram).join('\u0001')
      grams.push(key)
      counts.set(key, (counts.get(key) ?? 0) + 1)
      const kept = window - gram + 1
      if (grams.length > kept) {
        const old = grams[grams.length - kept - 1] as string
        const left = (counts.get(old) ?? 1) - 1
        if (left === 0) counts.delete(old)
        else counts.set(old, left)
      }
      if (grams.length >= kept && counts.size / kept < leastDistinct) found = { kind: 'few-distinct', period: 0, at }
      return found
    },
  }
}

/** The first loop in a finished text, read as words and marks. */
export function findRepetition(text: string, settings: Partial<RepetitionSettings> = {}): Repetition | undefined {
  const detector = createRepetitionDetector(settings)
  for (const match of text.matchAll(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)) {
    const found = detector.push(match[0].toLowerCase())
    if (found) return found
  }
  return undefined
}

/** Whether a text runs in circles: the check that evaluation takes. */
export function isRepetitive(text: string): boolean {
  return findRepetition(text) !== undefined
}
