/** @file A clause turned into a question: inversion, do-support, agreement, stranded prepositions. */

import type { FactForm } from '../../artifacts.ts'
import { adjunctText, verbPhrase } from './form.ts'
import { conjugate, singular } from './lexicon.ts'

/** Base form, third person, past, participle of a verb that may carry a particle ("set up"). */
function forms(base: string): { base: string; third: string; past: string; participle: string } {
  const [verb = base, ...rest] = base.split(' ')
  const p = conjugate(verb)
  const tail = rest.length ? ` ${rest.join(' ')}` : ''
  return { base: p.base + tail, third: p.third + tail, past: p.past + tail, participle: p.participle + tail }
}

export interface Parts {
  /** Index of the adjunct asked for, or what else is left out. */
  omit: 'subject' | 'complement' | 'second' | 'none' | number
  /** Adjuncts to keep besides; all when undefined. */
  keep?: readonly number[]
}

function tail(form: FactForm, parts: Parts): string {
  const out: string[] = []
  if (form.complement && parts.omit !== 'complement') out.push(form.complement)
  if (form.second && parts.omit !== 'second') out.push(form.second)
  for (const [i, a] of form.adjuncts.entries()) {
    if (i === parts.omit || (parts.keep && !parts.keep.includes(i))) continue
    out.push(adjunctText(a))
  }
  return out.join(' ')
}

/** "did Stephanie Kwolek dissolve an aromatic polyamide": auxiliary, subject, the rest. */
export function inverted(form: FactForm, parts: Parts): string {
  const v = form.verb
  if (!v) return ''
  const not = v.negated ? 'not' : ''
  const [first = '', ...others] = v.aux
  if (first === 'had to') return join('did', form.subject, not, 'have to', ...others, v.main, tail(form, parts))
  if (first && !(first === v.main)) return join(first, form.subject, not, ...others, v.main, tail(form, parts))
  const support = v.past ? 'did' : form.plural ? 'do' : 'does'
  return join(support, form.subject, not, forms(v.base).base, tail(form, parts))
}

/** "Stephanie Kwolek dissolved an aromatic polyamide" with something left out. */
export function plain(form: FactForm, parts: Parts): string {
  return join(form.subject, verbPhrase(form), tail(form, parts))
}

/** "dissolved an aromatic polyamide": predicate for a singular subject such as "who" or "what". */
export function predicateOf(form: FactForm, parts: Parts, plural = false): string {
  const v = form.verb
  if (!v) return ''
  const not = v.negated ? 'not' : ''
  const [first = '', ...others] = v.aux
  if (first) {
    const agreed = plural ? (PLURAL[first] ?? first) : (SINGULAR[first] ?? first)
    return join(agreed, not, ...others, v.main, tail(form, parts))
  }
  const f = forms(v.base)
  const main = v.past ? v.main : plural ? f.base : f.third
  return join(main, tail(form, parts))
}

const SINGULAR: Record<string, string> = { are: 'is', were: 'was', have: 'has', do: 'does' }
const PLURAL: Record<string, string> = { is: 'are', was: 'were', has: 'have', does: 'do' }

/** "is an aromatic polyamide dissolved by Stephanie Kwolek" is asked of the object: active to passive, or "" when not possible. */
export function passiveOf(form: FactForm): { first: string; rest: string; participle: string } | undefined {
  const v = form.verb
  if (
    !v ||
    v.passive ||
    v.aux.length > 1 ||
    v.base === 'be' ||
    v.base === 'have' ||
    v.base === 'become' ||
    !form.complement
  )
    return undefined
  // nobody says "300 mm is measured by the wafer" or "hours are needed by it"
  if (
    /\d/.test(form.complement) ||
    /^(?:measure|weigh|cost|last|stay|remain|take|mean|resemble|fit|suit|equal|exceed|need|lack|turn|grow|go|come|seem|look|feel|act|serve|point|pour)\b/.test(
      v.base,
    )
  )
    return undefined
  const participle = forms(v.base).participle
  const modal = v.aux[0]
  if (modal && /^(?:can|could|may|might|must|shall|should|will|would)$/.test(modal))
    return { first: modal, rest: 'be ', participle }
  if (modal) return undefined
  const plural = pluralPhrase(form.complement)
  return { first: v.past ? (plural ? 'were' : 'was') : plural ? 'are' : 'is', rest: '', participle }
}

/** Whether a noun phrase takes a plural verb, by the ending of its head. */
export function pluralPhrase(text: string): boolean {
  const core = text.split(/ (?:of|in|with|from|that|for|at|on|such as|to|by) /)[0] ?? ''
  const head = core.split(' ').at(-1)?.toLowerCase() ?? ''
  return / and /.test(core) || singular(head) !== head
}

/** The same clause with a synonymous verb. */
export function withVerb(form: FactForm, base: string): FactForm {
  const v = form.verb
  if (!v) return form
  const f = forms(base)
  const old = forms(v.base)
  const main =
    v.main === old.third
      ? f.third
      : v.main === old.participle && (v.passive || v.aux.some((a) => /^(?:has|have|had)$/.test(a)))
        ? f.participle
        : v.main === old.past && v.past
          ? f.past
          : v.main === old.base
            ? f.base
            : v.main === old.participle
              ? f.participle
              : undefined
  return main === undefined ? form : { ...form, verb: { ...v, base, main } }
}

function join(...parts: string[]): string {
  return parts
    .filter(Boolean)
    .join(' ')
    .replace(/\s+([,.;:])/g, '$1')
}
