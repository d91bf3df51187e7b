/** @file Text from tokens as they come, never half a character: a character's bytes may lie in several tokens. */

const INCOMPLETE = '\uFFFD'
/** Bytes that never become a character are shown after so many tokens. */
const LONGEST_WAIT = 32

export interface TokenStream {
  /** Takes a token; returns the text that has become certain, often ''. */
  push(id: number): string
  /** Returns what was held back. */
  end(): string
}

/**
 * Decodes a window that begins one emission back, because some decoders (SentencePiece) treat the first token of a
 * text differently. Pushed texts joined are what `decode` makes of all ids.
 */
export function tokenStream(decode: (ids: readonly number[]) => string, keep: (id: number) => boolean): TokenStream {
  let window: number[] = []
  /** Tokens at the start of the window whose text was returned before. */
  let told = 0
  const take = (final: boolean): string => {
    const before = decode(window.slice(0, told))
    const text = decode(window)
    const waiting = !final && text.endsWith(INCOMPLETE) && window.length - told < LONGEST_WAIT
    if (waiting || text.length <= before.length) return ''
    window = window.slice(told)
    told = window.length
    return text.slice(before.length)
  }
  return {
    push(id) {
      if (!keep(id)) return ''
      window.push(id)
      return take(false)
    },
    end: () => take(true),
  }
}
