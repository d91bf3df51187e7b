/** @file Tagged words to chunks: noun phrases with their "of" phrases, verb groups, infinitives, gerunds and function words. */

import { PERSON_NOUN } from './concepts.ts'
import { isGivenName, isPlaceName, verbBase } from './lexicon.ts'
import type { Chunk, NounPhrase, Plain, VerbGroup } from './chunk.ts'
import type { Tag } from './tag-weights.ts'
import type { Tagged } from './tagger.ts'

const NAMING = /^(?:called|named|termed|dubbed|nicknamed|known as|labelled)$/
/** Particles that change the verb when they follow it at once. */
const PARTICLE = /^(?:up|out|off|away|back)$/

const HEADS = new Set<Tag>(['N', 'NS', 'NAME', 'QTY', 'NUM', 'DATE', 'PRO'])
const INSIDE = new Set<Tag>(['DET', 'GEN', 'ADJ', 'N', 'NS', 'NAME', 'NUM', 'QTY', 'DATE', 'VN', 'VG', 'ADV', 'PRO'])

/** Chunks of one sentence, in order. */
export function chunk(tagged: readonly Tagged[]): Chunk[] {
  const out: Chunk[] = []
  for (let i = 0; i < tagged.length;) {
    const verb = verbGroupAt(tagged, i)
    if (verb) {
      out.push(verb.group)
      i = verb.end
      continue
    }
    const np = nounPhraseAt(tagged, i)
    if (np) {
      out.push(np.phrase)
      i = np.end
      continue
    }
    const t = tagged[i] as Tagged
    if (t.tag === 'TO') {
      let j = i + 1
      while (j < tagged.length && /^(?:ADV|BE|HV|V0|VN|DO|NOT)$/.test((tagged[j] as Tagged).tag)) {
        const done = (tagged[j] as Tagged).tag === 'V0'
        j++
        if (done) break
      }
      out.push({ kind: 'INF', tokens: tagged.slice(i, j) })
      i = j
      continue
    }
    if (t.tag === 'ADV' || t.tag === 'NOT') {
      const adjective = adjectiveAt(tagged, i)
      if (adjective > i) {
        out.push({ kind: 'ADJ', tokens: tagged.slice(i, adjective) })
        i = adjective
        continue
      }
      out.push({ kind: 'ADV', tokens: [t] })
      i++
      continue
    }
    if (t.tag === 'ADJ' || t.tag === 'DET') {
      const end = Math.max(i + 1, adjectiveAt(tagged, i))
      out.push({ kind: 'ADJ', tokens: tagged.slice(i, end) })
      i = end
      continue
    }
    const kind: Plain['kind'] =
      t.tag === 'VG'
        ? 'GER'
        : t.tag === 'VN' || t.tag === 'VD'
          ? 'PTC'
          : t.tag === 'P'
            ? 'P'
            : t.tag === 'SUB'
              ? 'SUB'
              : t.tag === 'REL'
                ? 'REL'
                : t.tag === 'CC'
                  ? 'CC'
                  : t.tag === 'EX'
                    ? 'EX'
                    : t.tag === 'M'
                      ? 'M'
                      : 'ADV'
    out.push({ kind, tokens: [t] })
    i++
  }
  return attachOf(out)
}

/** End of an adjective phrase that begins at `i`: "very hard", "light and strong", "5 mm thick". */
function adjectiveAt(tagged: readonly Tagged[], i: number): number {
  let j = i
  while (/^(?:ADV|NOT)$/.test(tagged[j]?.tag ?? '')) j++
  if (tagged[j]?.tag !== 'ADJ') return i
  j++
  for (;;) {
    let k = j
    if (tagged[k]?.lower === ',' && tagged[k + 1]?.tag === 'ADJ' && /^(?:CC|M)$/.test(tagged[k + 2]?.tag ?? '')) k++
    else if (tagged[k]?.tag === 'CC' || /^(?:but|yet)$/.test(tagged[k]?.lower ?? '')) k++
    while (tagged[k]?.tag === 'ADV' && k > j) k++
    if (k === j || tagged[k]?.tag !== 'ADJ') break
    // "hard and strong fibres" would have been a noun phrase
    if (/^(?:N|NS|NAME)$/.test(tagged[k + 1]?.tag ?? '')) break
    j = k + 1
  }
  return j
}

function nounPhraseAt(tagged: readonly Tagged[], start: number): { phrase: NounPhrase; end: number } | undefined {
  let i = start
  let head = -1
  const first = tagged[i] as Tagged
  if (first.tag === 'PRO')
    return {
      phrase: {
        kind: 'NP',
        tokens: [first],
        head: 0,
        plural: /^(?:they|them|these|those|both|many|some|others|we|us|all|most)$/.test(first.lower),
      },
      end: i + 1,
    }
  if (!INSIDE.has(first.tag) || (first.tag === 'ADV' && !/^(?:DET|ADJ)$/.test(tagged[i + 1]?.tag ?? '')))
    return undefined
  if (first.tag === 'VN' && !/^(?:N|NS|NAME|ADJ)$/.test(tagged[i + 1]?.tag ?? '')) return undefined
  if (first.tag === 'VG') return undefined
  if (first.tag === 'DATE') return { phrase: { kind: 'NP', tokens: [first], head: 0, plural: false }, end: i + 1 }
  if (first.tag === 'VN' && NAMING.test(first.lower)) return undefined
  for (; i < tagged.length; i++) {
    const t = tagged[i] as Tagged
    const next = tagged[i + 1]?.tag ?? 'M'
    const before = tagged[i - 1]?.tag
    if (t.tag === 'CC' || (t.lower === ',' && before === 'ADJ')) {
      // "thin, cloudy liquid", "light and strong fibres": adjectives joined inside the phrase
      if (head < 0 && before === 'ADJ' && /^(?:ADJ|ADV)$/.test(next) && aheadNoun(tagged, i + 1)) continue
      // "amine and acid groups"
      if (
        t.tag === 'CC' &&
        head >= 0 &&
        before === 'N' &&
        next === 'N' &&
        tagged[i + 2]?.tag === 'NS' &&
        /^(?:and|or)$/.test(t.lower) &&
        i - start <= 2
      )
        continue
      break
    }
    if (!INSIDE.has(t.tag)) break
    if (t.tag === 'DET' && i > start && !/^(?:half|all|both|such|DET)$/.test(tagged[i - 1]?.lower ?? '')) break
    if (t.tag === 'PRO') break
    if (
      i > start &&
      t.tag === 'NAME' &&
      (before === 'NS' ||
        (before === 'NAME' &&
          isGivenName(t.text) &&
          isPlaceName((tagged[i - 1] as Tagged).text) &&
          tagged[i + 1]?.tag === 'NAME') ||
        (before === 'N' && isGivenName(t.text) && !PERSON_NOUN.test((tagged[i - 1] as Tagged).lower)))
    )
      break
    if (
      t.tag === 'ADV' &&
      !(
        head < 0 &&
        (next === 'ADJ' || next === 'VN' || (next === 'QTY' && i > start)) &&
        (next === 'QTY' || aheadNoun(tagged, i + 1))
      )
    )
      break
    if (t.tag === 'VN' && (head >= 0 || NAMING.test(t.lower) || !/^(?:N|NS|NAME|ADJ|VN)$/.test(next))) break
    if (t.tag === 'VG' && !(/^(?:N|NS|NAME)$/.test(next) && /^(?:DET|ADJ|GEN|N|NUM)$/.test(before ?? ''))) break
    if (
      t.tag === 'ADJ' &&
      head >= 0 &&
      !(/^(?:N|NS|NAME|ADJ)$/.test(next) && /^(?:QTY|NUM|NAME|N|DATE)$/.test(before ?? '') && aheadNoun(tagged, i))
    )
      break
    if (t.tag === 'DATE' && head >= 0 && !/^(?:DET|ADJ|NAME)$/.test(before ?? '')) break
    if (t.tag === 'QTY' && head >= 0) break
    if (t.tag === 'NUM' && head >= 0 && !/^(?:NAME|N|NS)$/.test(before ?? '')) break
    if (t.tag === 'GEN' && head >= 0 && /^(?:its|their|his|her|our|whose|my)$/.test(t.lower)) break
    if (HEADS.has(t.tag)) head = i
  }
  if (head < 0) return undefined
  const tokens = tagged.slice(start, head + 1)
  const headToken = tagged[head] as Tagged
  const plural =
    headToken.tag === 'NS' ||
    (headToken.tag === 'NAME' &&
      /[^su]s$/.test(headToken.text) &&
      /^(?:these|those|many|several|most|some)$/.test(first.lower))
  return { phrase: { kind: 'NP', tokens, head: head - start, plural }, end: head + 1 }
}

function aheadNoun(tagged: readonly Tagged[], from: number): boolean {
  for (let j = from; j < from + 6 && j < tagged.length; j++) {
    const tag = (tagged[j] as Tagged).tag
    if (/^(?:N|NS|NAME)$/.test(tag)) return true
    if (!/^(?:ADJ|ADV|CC|M|VN|VG)$/.test(tag) || /^[;:.]$/.test((tagged[j] as Tagged).lower)) return false
  }
  return false
}

function verbGroupAt(tagged: readonly Tagged[], start: number): { group: VerbGroup; end: number } | undefined {
  let i = start
  const aux: string[] = []
  const adverbs: string[] = []
  let passive = false
  let progressive = false
  let past = false
  let negated = false
  let sawBe = false
  let sawAux = false
  let first: Tagged | undefined
  let mainToken: Tagged | undefined
  for (; i < tagged.length; i++) {
    const t = tagged[i] as Tagged
    if (t.tag === 'ADV' || t.tag === 'NOT') {
      // adverbs only between the parts of a group, or in front of it when the verb comes at once
      let j = i
      while (/^(?:ADV|NOT)$/.test(tagged[j]?.tag ?? '')) j++
      const follow = tagged[j]?.tag ?? 'M'
      const inGroup = sawAux
        ? /^(?:VN|VG|V0|BE|HV)$/.test(follow) && !(follow === 'VN' && !sawBe && aux.length === 0)
        : /^(?:VZ|VD|V0|BE|HV|MD|DO)$/.test(follow) && follow !== 'BE'
      if (t.tag !== 'NOT' && !inGroup) break
      if (t.tag === 'NOT') {
        if (!sawAux) return undefined
        negated = true
        aux.push('not')
      } else adverbs.push(t.text)
      continue
    }
    if (t.tag === 'MD' && !first) {
      first = t
      aux.push(t.lower)
      sawAux = true
    } else if (
      t.tag === 'HV' &&
      !first &&
      tagged[i + 1]?.tag === 'TO' &&
      /^(?:V0|BE)$/.test(tagged[i + 2]?.tag ?? '')
    ) {
      // "has to be ground"
      first = t
      aux.push(t.lower === 'had' ? 'had to' : 'must')
      past = t.lower === 'had'
      sawAux = true
      i++
    } else if (t.tag === 'HV' && (!first || sawAux) && t.lower !== 'having') {
      first ??= t
      aux.push(t.lower)
      sawAux = true
      if (t.lower === 'had') past = true
    } else if (t.tag === 'DO' && !first) {
      first = t
      aux.push(t.lower)
      sawAux = true
      if (t.lower === 'did') past = true
    } else if (
      (t.tag === 'BE' && (!first || sawAux) && !/^(?:being)$/.test(t.lower)) ||
      (t.tag === 'BE' && t.lower === 'being' && sawBe)
    ) {
      if (!first && /^(?:be|been|being)$/.test(t.lower)) return undefined
      first ??= t
      aux.push(t.lower)
      sawBe = true
      sawAux = true
      if (/^(?:was|were)$/.test(t.lower)) past = true
    } else if (
      t.tag === 'VN' &&
      sawAux &&
      (sawBe || /^(?:has|have|had)$/.test(aux.at(-1) ?? '') || aux.at(-1) === 'not')
    ) {
      // "was dried aggregate" does not occur: a participle after an auxiliary is the verb
      mainToken = t
      passive = sawBe
      i++
      break
    } else if (t.tag === 'VG' && sawBe) {
      mainToken = t
      progressive = true
      i++
      break
    } else if (t.tag === 'V0' && sawAux && !sawBe) {
      mainToken = t
      i++
      break
    } else if (/^(?:VZ|VD|V0)$/.test(t.tag) && !first) {
      first = t
      mainToken = t
      past = t.tag === 'VD'
      i++
      break
    } else break
  }
  if (!first) return undefined
  const lastAux = aux.filter((a) => a !== 'not').at(-1) ?? ''
  let main = mainToken?.text ?? ''
  let base = mainToken ? verbBase(mainToken.lower) : ''
  let copula = false
  if (!mainToken) {
    if (/^(?:is|are|was|were|be|been|am)$/.test(lastAux)) {
      copula = true
      base = 'be'
    } else if (/^(?:has|have|had)$/.test(lastAux)) {
      base = 'have'
      main = lastAux
      aux.splice(aux.lastIndexOf(lastAux), 1)
    } else if (/^(?:do|does|did)$/.test(lastAux)) {
      base = 'do'
      main = lastAux
      aux.splice(aux.lastIndexOf(lastAux), 1)
    } else return undefined
  }
  const particle = tagged[i]
  if (
    !copula &&
    particle &&
    PARTICLE.test(particle.lower) &&
    /^(?:DET|N|NS|ADJ|NAME|GEN|M|CC|P|NUM)$/.test(tagged[i + 1]?.tag ?? 'M') &&
    tagged[i + 1]?.lower !== 'of'
  ) {
    main = `${main} ${particle.lower}`
    base = `${base} ${particle.lower}`
    i++
  }
  return {
    group: {
      kind: 'VG',
      tokens: tagged.slice(start, i),
      aux,
      main: main.toLowerCase(),
      base,
      copula,
      passive,
      progressive,
      past,
      negated,
      adverbs,
    },
    end: i,
  }
}

/** Joins "X of Y" (and "between A and B", "to N of M") into one phrase. */
function attachOf(chunks: Chunk[]): Chunk[] {
  const out: Chunk[] = []
  for (let i = 0; i < chunks.length; i++) {
    const c = chunks[i] as Chunk
    const last = out.at(-1)
    const next = chunks[i + 1]
    if (
      c.kind === 'P' &&
      /^(?:of|such as)$/.test(c.tokens[0]?.lower ?? '') &&
      last?.kind === 'NP' &&
      next?.kind === 'NP'
    ) {
      last.tokens = [...last.tokens, ...c.tokens, ...next.tokens]
      i++
      // "of A and B" belongs together when the phrase wants several: "a mixture of sand and lime"
      const joiner = chunks[i + 1]
      const second = chunks[i + 2]
      if (
        joiner?.kind === 'CC' &&
        joiner.tokens[0]?.lower === 'and' &&
        second?.kind === 'NP' &&
        chunks[i + 3]?.kind !== 'VG' &&
        /^(?:mixture|combination|blend|pair|composite|mix|alloy|number|amounts?|kinds?|contents?)$/.test(
          last.tokens[last.head]?.lower ?? '',
        )
      ) {
        last.tokens = [...last.tokens, ...joiner.tokens, ...second.tokens]
        i += 2
      }
      continue
    }
    out.push(c)
  }
  return out
}
