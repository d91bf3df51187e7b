/** @file What follows a verb: its complement, its adjuncts, and the clauses that hang on them. */

import type { Chunk, NounPhrase } from './chunk.ts'
import { apposition, attachRelative, reduced } from './clause-derived.ts'
import {
  clauseEdge,
  flat,
  is,
  listEnd,
  ownVerb,
  phraseAdjunct,
  phraseEnd,
  type Adjunct,
  type Clause,
  type Cursor,
} from './clause-spans.ts'
import { verbBase } from './lexicon.ts'
import { CHAIN_VERBS } from './science-words.ts'
import type { Tagged } from './tagger.ts'
import { textOf } from './tokens.ts'

/** Reads complement and adjuncts after the verb; returns where the clause ends. */
export function predicate(cursor: Cursor, clause: Clause, from: number): number {
  const { chunks } = cursor
  let i = from
  let lastNoun: NounPhrase | undefined
  // a phrase between commas was read last: "saw, by X-ray scattering, the discs"
  let parenthesis = false
  const setComplement = (value: NonNullable<Clause['complement']>) => {
    if (!clause.complement) clause.complement = value
    else if (
      clause.complement.kind !== 'CLAUSE' &&
      !clause.second &&
      value.kind !== 'CLAUSE' &&
      !is(chunks[i - 1], 'M') &&
      value.tokens[0]?.tag !== 'PRO'
    )
      clause.second = value.tokens
  }
  while (i < chunks.length) {
    const c = chunks[i] as Chunk
    const next = chunks[i + 1]
    if (c.kind === 'NP') {
      const isDate = c.tokens.every((t) => t.tag === 'DATE' || t.tag === 'DET')
      if (
        (isDate && (clause.complement || !clause.verb.copula)) ||
        (c.tokens[c.head]?.tag === 'QTY' && is(next, 'ADV', /^(?:later|ago|earlier)$/))
      ) {
        const end = is(next, 'ADV', /^(?:later|ago|earlier)$/) ? i + 2 : i + 1
        const span = flat(chunks.slice(i, end))
        clause.adjuncts.push({ word: '', text: textOf(span), tokens: span, kind: 'bare', front: false })
        i = end
        continue
      }
      // a noun phrase with a verb of its own starts the next clause (no conjunction: object clause or relative without "that")
      if (clause.complement && next?.kind === 'VG' && !is(chunks[i - 1], 'P')) return i
      const end = listEnd(chunks, i)
      const tokens = flat(chunks.slice(i, end))
      if (is(chunks[i - 1], 'M') && c.tokens[c.head]?.tag === 'QTY' && lastNoun && clause.complement) {
        apposition(
          cursor,
          lastNoun.tokens,
          lastNoun.tokens[lastNoun.head] as Tagged,
          lastNoun.plural,
          chunks.slice(i, end),
        )
        i = end
        continue
      }
      const place = clause.adjuncts.at(-1)
      if (
        is(chunks[i - 1], 'M') &&
        place &&
        place.tokens.at(-1)?.tag === 'NAME' &&
        c.tokens.every((t) => t.tag === 'NAME' || t.tag === 'DET') &&
        /^(?:in|at|near|from|of)$/.test(place.word) &&
        end === i + 1
      ) {
        // "Stockton, California"
        place.text += `, ${textOf(c.tokens)}`
        place.tokens = [...place.tokens, ...c.tokens]
        i = end
        continue
      }
      if (!/^(?:QTY|DATE|PRO)$/.test(c.tokens[c.head]?.tag ?? '')) lastNoun = cursor.noun = c
      setComplement({ kind: 'NP', tokens, head: c.tokens[c.head] as Tagged })
      // "200 nm wide", "5 mm in diameter"
      const quantity = c.tokens[c.head]?.tag === 'QTY' && clause.complement?.tokens === tokens
      if (quantity && is(chunks[end], 'ADJ') && is(chunks[end + 1], 'P', /^(?:than|as)$/)) {
        // "3000 times tougher than aragonite"
        const stop = phraseEnd(chunks, end + 1, chunks.length)
        clause.second = flat(chunks.slice(end, stop))
        i = stop
        continue
      }
      if (quantity && is(chunks[end], 'P', /^as$/) && is(chunks[end + 1], 'ADJ') && is(chunks[end + 2], 'P', /^as$/)) {
        const stop = phraseEnd(chunks, end + 2, chunks.length)
        clause.second = flat(chunks.slice(end, stop))
        i = stop
        continue
      }
      if (c.tokens[c.head]?.tag === 'QTY' && is(chunks[end], 'ADJ')) {
        const adjective = chunks[end] as Chunk
        if (clause.complement) clause.complement.tokens = [...clause.complement.tokens, ...adjective.tokens]
        i = end + 1
        continue
      }
      i = end
    } else if (c.kind === 'ADJ') {
      if (is(chunks[i - 1], 'M') && clause.adjuncts.some((a) => !a.front && a.tokens.some((t) => t.tag === 'QTY'))) {
        i++
        if (is(next, 'P')) i = phraseEnd(chunks, i, chunks.length)
        continue
      }
      setComplement({ kind: 'ADJ', tokens: c.tokens })
      i++
      // "narrower than the path", "as strong as steel", "soluble in water"
      if (
        is(next, 'P', /^(?:than|as|to|in|with|for|from|of|at|under|by|on|against)$/) &&
        (clause.complement?.tokens === c.tokens || clause.second === c.tokens)
      ) {
        const end = phraseEnd(chunks, i, chunks.length)
        const span = flat(chunks.slice(i, end))
        const np = chunks.slice(i, end).find((x) => x.kind === 'NP')
        if (np?.kind === 'NP') lastNoun = cursor.noun = np
        if (is(next, 'P', /^(?:than|as|to|of)$/)) {
          if (clause.second === c.tokens) clause.second = [...c.tokens, ...span]
          else if (clause.complement) clause.complement.tokens = [...clause.complement.tokens, ...span]
          i = end
        }
      }
    } else if (c.kind === 'P') {
      if (is(next, 'REL')) {
        // "in which chips are cooked": belongs to the last noun, too tangled to keep
        let end = i + 2
        let verbs = 0
        while (end < chunks.length && !(is(chunks[end], 'M', /^,$/) && verbs > 0)) {
          if (chunks[end]?.kind === 'VG') verbs++
          end++
        }
        cursor.rules.segment({ ...cursor, chunks: chunks.slice(i + 2, end) })
        i = end
        continue
      }
      // "for it fluoresces"
      if (is(c, 'P', /^for$/) && next?.kind === 'NP' && next.tokens[0]?.tag === 'PRO' && chunks[i + 2]?.kind === 'VG') {
        i = cursor.rules.subordinate(cursor, i, clause.adjuncts, false)
        continue
      }
      parenthesis = is(chunks[i - 1], 'M')
      let end = phraseEnd(chunks, i, chunks.length)
      if (end === i + 1 && !is(next, 'M') && next === undefined) end = i + 1
      const adjunct = phraseAdjunct(chunks, i, end, false)
      const np = chunks.slice(i + 1, end).find((x) => x.kind === 'NP')
      if (np?.kind === 'NP' && !/^(?:QTY|DATE|PRO)$/.test(np.tokens[np.head]?.tag ?? '')) lastNoun = cursor.noun = np
      if (adjunct.tokens.length === 0) {
        // a particle: "put up", "carried on"
        clause.verb = { ...clause.verb, main: clause.verb.main, adverbs: [...clause.verb.adverbs] }
        clause.adjuncts.push({ word: '', text: adjunct.word, tokens: c.tokens, kind: 'bare', front: false })
      } else {
        const list = listEnd(chunks, end - 1)
        if (np && list > end && adjunct.kind !== 'gerund') {
          adjunct.tokens = flat(chunks.slice(i + 1, list))
          adjunct.text = textOf(adjunct.tokens)
          end = list
        }
        clause.adjuncts.push(adjunct)
      }
      i = end
    } else if (
      c.kind === 'INF' &&
      i === from &&
      !clause.verb.copula &&
      CHAIN_VERBS.has(clause.verb.base.split(' ')[0] ?? '') &&
      c.tokens.length > 1
    ) {
      // "seems to have", "is said to have carried": one verb
      const words = textOf(c.tokens)
      clause.verb = {
        ...clause.verb,
        main: `${clause.verb.main} ${words}`,
        base: `${clause.verb.base} ${words}`,
        passive: false,
      }
      i++
    } else if (c.kind === 'INF') {
      let end = i + 1
      while (
        end < chunks.length &&
        !/^(?:M|SUB|REL)$/.test((chunks[end] as Chunk).kind) &&
        !(is(chunks[end], 'CC') && (is(chunks[end + 1], 'VG') || ownVerb(chunks, end + 1) >= 0))
      )
        end++
      const tokens = flat(chunks.slice(i, end))
      clause.adjuncts.push({
        word: 'to',
        text: textOf(tokens.slice(1)),
        tokens: tokens.slice(1),
        kind: 'infinitive',
        front: false,
      })
      i = end
    } else if (c.kind === 'SUB') {
      const word = c.tokens[0]?.lower ?? ''
      if (/^(?:that|how|whether|why)$/.test(word) && !clause.complement && !clause.verb.copula) {
        const holder: Adjunct[] = []
        const end = cursor.rules.subordinate(cursor, i, holder, false)
        const inner = holder[0]
        if (inner) setComplement({ kind: 'CLAUSE', tokens: [...c.tokens, ...inner.tokens] })
        i = end
      } else if (chunks.slice(i + 1).some((x) => x.kind === 'VG'))
        i = cursor.rules.subordinate(cursor, i, clause.adjuncts, false)
      else {
        const end = phraseEnd(chunks, i, chunks.length)
        clause.adjuncts.push(phraseAdjunct(chunks, i, Math.max(end, i + 1), false))
        i = Math.max(end, i + 1)
      }
    } else if (c.kind === 'REL') {
      i = attachRelative(cursor, clause, lastNoun, i, false)
    } else if (c.kind === 'PTC') {
      const end = clauseEdge(chunks, i)
      if (clause.verb.passive && is(chunks[i - 1], 'CC')) {
        // "is cut, etched and polished by"
        const word = c.tokens[0]?.lower ?? ''
        const copy: Clause = {
          ...clause,
          verb: { ...clause.verb, main: word, base: verbBase(word) },
          complement: undefined,
          second: undefined,
          adjuncts: [],
        }
        cursor.clauses.push(copy)
        cursor.rules.predicate({ ...cursor, chunks: chunks.slice(i + 1, end) }, copy, 0)
      } else if (lastNoun && !is(chunks[i - 1], 'M'))
        reduced(
          cursor,
          lastNoun.tokens,
          lastNoun.tokens[lastNoun.head] as Tagged,
          lastNoun.plural,
          flat(chunks.slice(i, end)),
          clause.verb.past,
        )
      i = end
    } else if (c.kind === 'GER') {
      const end = clauseEdge(chunks, i)
      const span = flat(chunks.slice(i, end))
      if (!clause.complement && !is(chunks[i - 1], 'M') && !clause.verb.passive)
        setComplement({ kind: 'NP', tokens: span, head: span[0] })
      else if (lastNoun && !is(chunks[i - 1], 'M') && !is(chunks[i - 1], 'CC'))
        reduced(
          cursor,
          lastNoun.tokens,
          lastNoun.tokens[lastNoun.head] as Tagged,
          lastNoun.plural,
          span,
          clause.verb.past,
        )
      else clause.adjuncts.push({ word: '', text: textOf(span), tokens: span, kind: 'gerund', front: false })
      i = end
    } else if (c.kind === 'ADV') {
      if (
        !/^(?:also|then|thus|therefore|however|only|even|still|hence|too|now|already|yet|so)$/.test(
          c.tokens[0]?.lower ?? '',
        )
      )
        clause.adjuncts.push({ word: '', text: textOf(c.tokens), tokens: c.tokens, kind: 'bare', front: false })
      i++
    } else if (c.kind === 'VG') return i
    else if (c.kind === 'M' || c.kind === 'CC') {
      const j = c.kind === 'M' && is(next, 'CC') ? i + 2 : i + 1
      const after = chunks[j]
      const joined = c.kind === 'CC' || j === i + 2
      if (!after) return chunks.length
      if (after.kind === 'VG') return j
      if (after.kind === 'SUB') {
        if (
          c.kind === 'M' &&
          !joined &&
          /^(?:as|although|though|because|since|while|whereas|when|where|so that|if|until|before|after)$/.test(
            after.tokens[0]?.lower ?? '',
          )
        ) {
          i = cursor.rules.subordinate(cursor, j, clause.adjuncts, false)
          continue
        }
        return j
      }
      if (after.kind === 'REL') {
        i = attachRelative(cursor, clause, lastNoun, j, true)
        continue
      }
      if (
        after.kind === 'NP' ||
        after.kind === 'ADV' ||
        (after.kind === 'P' && joined) ||
        (after.kind === 'GER' && joined)
      ) {
        const verbAt = ownVerb(chunks, j)
        const nextComma = chunks.findIndex((x, k) => k > j && is(x, 'M', /^,$/))
        if (
          verbAt >= 0 &&
          (joined || nextComma < 0 || verbAt < nextComma || is(chunks[nextComma + 1], 'REL') || after.kind === 'ADV')
        )
          return j
        if (
          after.kind === 'NP' &&
          verbAt >= 0 &&
          !joined &&
          chunks.slice(nextComma + 1, verbAt).every((x) => x.kind !== 'CC')
        ) {
          // ", NP, ... VERB": apposition, then more
          const end = nextComma
          if (lastNoun)
            apposition(
              cursor,
              lastNoun.tokens,
              lastNoun.tokens[lastNoun.head] as Tagged,
              lastNoun.plural,
              chunks.slice(j, end),
            )
          i = end
          continue
        }
        if (
          after.kind === 'NP' &&
          !joined &&
          parenthesis &&
          !clause.complement &&
          !clause.verb.copula &&
          !clause.verb.passive
        ) {
          i = j
          continue
        }
        if (after.kind === 'NP' && !joined && lastNoun) {
          let end = j
          while (end < chunks.length && !is(chunks[end], 'M') && !(is(chunks[end], 'CC') && ownVerb(chunks, end) >= 0))
            end++
          apposition(
            cursor,
            lastNoun.tokens,
            lastNoun.tokens[lastNoun.head] as Tagged,
            lastNoun.plural,
            chunks.slice(j, end),
          )
          i = end
          continue
        }
        if (after.kind === 'NP' && joined && clause.complement?.kind === 'ADJ') {
          i = j + 1
          continue
        }
      }
      if (after.kind === 'PTC' && !joined) {
        const end = clauseEdge(chunks, j)
        const span = flat(chunks.slice(j, end))
        if (clause.verb.copula) reduced(cursor, clause.subject, clause.head, clause.plural, span, clause.verb.past)
        else if (lastNoun)
          reduced(
            cursor,
            lastNoun.tokens,
            lastNoun.tokens[lastNoun.head] as Tagged,
            lastNoun.plural,
            span,
            clause.verb.past,
          )
        i = end
        continue
      }
      i = j
    } else i++
  }
  return i
}
