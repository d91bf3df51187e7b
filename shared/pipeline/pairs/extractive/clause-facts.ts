/** @file One resolved clause to the facts it states: a table of rules, each asking for another part of the clause. */

import type { AnswerType, FactForm, FactKind } from '../../artifacts.ts'
import { answerText, BROKEN, QUANTITY, worthAsking } from './answers.ts'
import type { Clause } from './clause-spans.ts'
import { counted, parts, shareOf, shares, type Add } from './composition-facts.ts'
import type { Draft } from './draft.ts'
import { isPerson } from './concepts.ts'
import { adjunctText, headOf, statementOf } from './form.ts'
import { COMPOSITION_VERBS, PROPERTY_NOUNS, VALUE_VERBS } from './science-words.ts'
import { singular } from './lexicon.ts'
import type { Tagged } from './tagger.ts'

const DIMENSIONS: Record<string, string> = {
  thick: 'thickness', wide: 'width', long: 'length', high: 'height', tall: 'height', deep: 'depth', across: 'diameter', old: 'age', heavy: 'weight', apart: 'spacing', large: 'size',
} // prettier-ignore

/** Intransitive verbs whose temperature is a property with a name. */
const TEMPERATURE_OF: Record<string, string> = {
  melt: 'melting point', boil: 'boiling point', freeze: 'freezing point', decompose: 'decomposition temperature', soften: 'softening temperature', crystallise: 'crystallisation temperature', crystallize: 'crystallization temperature',
  ignite: 'ignition temperature', sublime: 'sublimation temperature', denature: 'denaturation temperature', sinter: 'sintering temperature', shrink: 'shrinkage temperature',
} // prettier-ignore

/** All facts of a clause. */
export function clauseFacts(clause: Clause, form: FactForm): Draft[] {
  const out: Draft[] = []
  const verb = form.verb
  if (!verb) return out
  const complementTokens = clause.complement?.tokens ?? []
  const add = (
    kind: FactKind,
    relation: string,
    object: string,
    target: FactForm['target'],
    answerType: AnswerType,
    over: Partial<Draft> = {},
  ) => {
    const answer =
      answerType === 'number' || answerType === 'temperature' || answerType === 'duration'
        ? object
        : answerText(
            object,
            answerType === 'reason' || answerType === 'purpose' || answerType === 'means' || answerType === 'clause'
              ? 12
              : 6,
          )
    const subject = over.subject ?? form.subject
    if (/^\d/.test(subject)) return
    const most =
      answerType === 'reason' || answerType === 'purpose' || answerType === 'means' || answerType === 'clause' ? 12 : 8
    if (!worthAsking(answer, most) || (subject.toLowerCase().includes(answer.toLowerCase()) && answer.length > 2))
      return
    const statement = over.statement ?? statementOf(form, typeof target === 'number' ? target : -1)
    if (BROKEN.test(statement)) return
    out.push({
      kind,
      subject,
      relation,
      object: answer,
      statement: statementOf(form, typeof target === 'number' ? target : -1),
      form: { ...form, target, answerType },
      ...over,
    })
  }

  if (verb.negated && clause.kind === 'apposition') return out
  // "had" with nothing had is a misreading
  if (verb.base === 'have' && !form.complement) return out
  if (
    clause.complement?.kind === 'CLAUSE' &&
    !clause.complement.tokens.some((t) => /^(?:VZ|VD|V0|BE|HV|MD)$/.test(t.tag))
  )
    return out
  properties(clause, form, add)
  if (clause.verb.copula) copula(clause, form, add)
  else if (form.complement && clause.complement?.kind === 'NP') {
    const composition = COMPOSITION_VERBS[verb.base.split(' ')[0] ?? '']
    if (composition?.includes('') && !verb.passive && !verb.negated)
      parts(complementTokens, form, verb.base, 'complement', add)
    else if (verb.passive && /^(?:call|name|term|dub|nickname|label)$/.test(verb.base))
      add('definition', 'name', form.complement, 'complement', 'thing')
    else if (verb.base === 'have' && /\bof (?:about |around |only |up to |some )?[\d]/.test(form.complement)) void 0
    else {
      const head = headOf(complementTokens)
      const isNumber = head?.tag === 'QTY'
      add(
        'action',
        verb.base,
        form.complement,
        'complement',
        isNumber ? numberType(head) : isPerson(complementTokens) ? 'person' : 'thing',
      )
      if (form.second && worthAsking(form.second))
        add(
          'action',
          `${verb.base} ${answerText(form.complement)}`,
          form.second,
          'second',
          /^(?:a|an|the)\b/.test(form.second) ? 'thing' : 'quality',
        )
    }
    counted(complementTokens, form, add)
  } else if (clause.complement?.kind === 'CLAUSE' && form.complement) {
    // the finding is parsed as a clause of its own; what is asked here is who found it
  } else if (clause.complement?.kind === 'ADJ' && form.complement)
    add('property', verb.base, form.complement, 'complement', 'quality')

  adjuncts(clause, form, add)

  // Who or what does it: asked as a fact of its own when the subject is a name or short and telling
  const subjectWords = form.subject.split(' ').length
  const other = form.complement ?? form.adjuncts.find((a) => a.type === 'thing' || a.type === 'place')?.text
  if (
    !clause.verb.copula &&
    other &&
    !verb.negated &&
    clause.kind !== 'apposition' &&
    subjectWords <= 6 &&
    worthAsking(form.subject)
  ) {
    const person = form.person
    if (person || form.subject.toLowerCase() !== form.topic.toLowerCase())
      add(
        'passive',
        person ? `who ${verb.main}` : `what ${verb.main}`,
        form.subject,
        'subject',
        person ? 'person' : 'thing',
        { subject: clause.complement?.kind === 'CLAUSE' ? form.topic : answerText(other, 8) },
      )
  }
  return out
}

function numberType(head: Tagged | undefined): AnswerType {
  return head && /(?:°C|°F|\bK|degrees|kelvins?)$/.test(head.bare ?? head.text) ? 'temperature' : 'number'
}

/** "P of QTY" anywhere after the verb, and melting at a temperature. */
function properties(clause: Clause, form: FactForm, add: Add): void {
  const spans: { tokens: readonly Tagged[]; word: string }[] = []
  if (
    clause.complement?.kind === 'NP' &&
    (VALUE_VERBS.has(form.verb?.base ?? '') || form.verb?.base === 'be' || form.verb?.base === 'need')
  )
    spans.push({ tokens: clause.complement.tokens, word: '' })
  for (const a of clause.adjuncts)
    if (/^(?:with|at|to|from|under|of|by)$/.test(a.word)) spans.push({ tokens: a.tokens, word: a.word })
  for (const { tokens, word } of spans) {
    for (let i = 0; i < tokens.length; i++) {
      const t = tokens[i] as Tagged
      if (t.tag !== 'QTY' && t.tag !== 'NUM') continue
      if (tokens[i - 1]?.lower !== 'of' || i < 2) continue
      let start = i - 2
      while (
        start >= 0 &&
        /^(?:N|ADJ|NS|NAME|VN|VG|GEN)$/.test((tokens[start] as Tagged).tag) &&
        !/^(?:its|their)$/.test((tokens[start] as Tagged).lower)
      )
        start--
      const name = tokens.slice(start + 1, i - 1)
      const head = name.at(-1)
      if (!head || !/^(?:N|NS)$/.test(head.tag)) continue
      if (!PROPERTY_NOUNS.has(singular(head.lower)) && t.tag !== 'QTY') continue
      // "grew whiskers with a strength of 20 GPa": the object has the strength
      const holder =
        word === 'with' && form.complement && form.verb?.base !== 'be' ? answerText(form.complement) : form.subject
      const owner = tokens[i + 1]?.lower === 'of' ? undefined : holder
      if (!owner || !PROPERTY_NOUNS.has(singular(head.lower))) continue
      const relation = name.map((n) => n.text).join(' ')
      add('property', relation, t.text, 'property', numberType(t), { subject: owner })
    }
  }
  // "the softening point of glass lies near 820 °C", "the strength of X reaches 3 GPa"
  const held = /^the (.+?) of (.+)$/.exec(form.subject)
  if (
    held &&
    /^(?:lie|stand|amount|range|reach|average|exceed|measure|come|vary|rise|fall|climb|drop|equal|total|approach)$/.test(
      form.verb?.base ?? '',
    ) &&
    !form.verb?.negated &&
    PROPERTY_NOUNS.has(singular((held[1] ?? '').split(' ').at(-1) ?? ''))
  ) {
    const a = form.adjuncts.find((x) => x.type === 'temperature' || x.type === 'number')
    const head = headOf(clause.complement?.tokens ?? [])
    const value =
      head?.tag === 'QTY' ? form.complement : a ? (/^(?:at|to)$/.test(a.word) ? a.text : adjunctText(a)) : undefined
    if (value)
      add('property', held[1] as string, value, 'property', a?.type ?? numberType(head), { subject: held[2] as string })
  }
  const temperature = TEMPERATURE_OF[form.verb?.base ?? '']
  if (temperature && !form.verb?.negated && !form.complement) {
    const at = form.adjuncts.findIndex(
      (a) => a.type === 'temperature' && /^(?:at|near|around|above|below|between|about)$/.test(a.word),
    )
    const a = form.adjuncts[at]
    if (a) add('property', temperature, a.word === 'at' ? a.text : adjunctText(a), 'property', 'temperature')
  }
}

function copula(clause: Clause, form: FactForm, add: Add): void {
  const tokens = clause.complement?.tokens ?? []
  const split = /^(?:the|a|an)\s+(.+?)\s+of\s+(.+)$/i.exec(form.subject)
  const owner = /^(.+?)(?:'s|s')\s+(.+)$/.exec(form.subject)
  const head = headOf(tokens)
  const numeric = head?.tag === 'QTY' || head?.tag === 'NUM'
  const near = form.adjuncts.find(
    (a) =>
      (a.type === 'number' || a.type === 'temperature') &&
      /^(?:near|around|about|below|above|between|under|over|at|up to)$/.test(a.word),
  )
  if (clause.complement && shares(tokens) > 1) {
    const owner =
      split && /composition|recipe|mixture|make-up|makeup/i.test(split[1] ?? '')
        ? split[2]
        : /composition|recipe|mixture|formula/i.test(form.subject)
          ? form.topic
          : form.subject
    parts(tokens, form, 'contain', 'complement', (kind, relation, object, target, type2, over) =>
      add(kind, relation, object, target, type2, { subject: owner as string, ...over }),
    )
    return
  }
  const value = form.complement ?? (near ? (near.word === 'at' ? near.text : adjunctText(near)) : undefined)
  const type: AnswerType = numeric
    ? numberType(head)
    : !form.complement && near
      ? near.type
      : clause.complement?.kind === 'ADJ'
        ? 'quality'
        : isPerson(tokens)
          ? 'person'
          : 'thing'
  if (form.verb?.negated) return
  if (value) {
    // "about five times as strong as steel wire", "3000 times tougher than aragonite"
    if (head?.tag === 'QTY' && form.second && /^as |\bthan /.test(form.second)) {
      add('property', `be ... ${form.second}`, value, 'complement', 'number')
      return
    }
    // "7 micrometres across", "some 20 nm wide"
    const dimension =
      DIMENSIONS[tokens.at(-1)?.lower ?? ''] ??
      DIMENSIONS[form.second ?? ''] ??
      DIMENSIONS[form.adjuncts.find((a) => a.word === '' && DIMENSIONS[a.text])?.text ?? '']
    const inAxis = form.adjuncts.find(
      (a) =>
        a.word === 'in' && /^(?:diameter|length|width|thickness|height|size|depth|radius|circumference)$/.test(a.text),
    )?.text
    if (head?.tag === 'QTY' && (dimension || inAxis)) {
      add(
        'property',
        inAxis ?? (dimension as string),
        tokens
          .filter((t) => !DIMENSIONS[t.lower])
          .map((t) => t.text)
          .join(' '),
        'property',
        'number',
      )
      return
    }
    const last = split?.[1]?.split(' ').at(-1) ?? ''
    if (
      split &&
      (numeric || PROPERTY_NOUNS.has(singular(last.toLowerCase())) || type === 'number' || type === 'temperature') &&
      !/^(?:most|one|some|many|all|half|each|number)$/.test(split[1] ?? '')
    ) {
      add('property', split[1] as string, value, 'complement', type, { subject: split[2] as string })
      return
    }
    if (owner && PROPERTY_NOUNS.has(singular((owner[2] ?? '').split(' ').at(-1) ?? ''))) {
      add('property', owner[2] as string, value, 'complement', type, { subject: owner[1] as string })
      return
    }
    if (clause.complement?.kind === 'ADJ') {
      const than = /^(.*\b(?:than|as|to)) (.+)$/.exec(form.complement as string)
      if (than && worthAsking(than[2] as string) && !/^that of/.test(than[2] as string))
        add('property', `be ${than[1]}`, than[2] as string, 'complement', 'thing')
      else add('property', 'be', value, 'complement', 'quality')
    } else if (clause.complement) {
      const share = shareOf(tokens)
      if (share) {
        add('composition', 'consist of', share.noun, 'complement', 'thing')
        add('property', `share of ${share.noun}`, share.quantity, 'property', 'number')
      } else if (head?.tag === 'QTY' || type === 'number' || type === 'temperature')
        add('property', 'be', value, 'complement', type)
      else if (clause.kind === 'apposition' && /^(?:a|an)\b/.test(form.subject))
        add('definition', 'be', value, 'complement', type)
      else add('definition', 'be', value, 'complement', type)
      counted(tokens, form, add)
    } else add('property', 'be', value, form.adjuncts.indexOf(near as FactForm['adjuncts'][number]), type)
  }
}

const RELATION_OF: Partial<Record<AnswerType, FactKind>> = {
  time: 'time',
  duration: 'time',
  place: 'place',
  reason: 'cause',
  purpose: 'purpose',
  means: 'passive',
}

function adjuncts(clause: Clause, form: FactForm, add: Add): void {
  const verb = form.verb
  if (!verb || (verb.negated && clause.kind !== 'main')) return
  for (const [i, a] of form.adjuncts.entries()) {
    const words = a.text.split(' ').length
    const prep = a.word.split(' ')[0] ?? ''
    const relation = [verb.passive || clause.verb.copula ? `be ${verb.main}`.trim() : verb.base, a.word]
      .filter(Boolean)
      .join(' ')
    if (clause.verb.copula && !form.complement && /^(?:near|about|around|below|above|between)$/.test(a.word)) continue
    if (a.type === 'clause') {
      if (
        a.word &&
        a.word !== 'that' &&
        words <= 9 &&
        /^(?:if|when|while|until|before|after|where|without)$/.test(prep)
      )
        add('cause', relation, adjunctText(a), i, 'clause')
      continue
    }
    const composition = COMPOSITION_VERBS[verb.base.split(' ')[0] ?? '']
    if (
      composition?.includes(a.word) &&
      a.word !== '' &&
      (verb.passive || verb.base === 'consist') &&
      a.type === 'thing'
    ) {
      const raw = clause.adjuncts.find((x) => x.word === a.word && x.tokens.length > 0)
      if (raw) parts(raw.tokens, form, verb.passive ? `be ${verb.main} ${a.word}` : `${verb.base} ${a.word}`, i, add)
      continue
    }
    const kind = RELATION_OF[a.type] ?? (verb.passive ? 'passive' : 'action')
    if (a.type === 'purpose' && words > 12) continue
    if (a.type === 'reason' && words > 14) continue
    if (
      /^(?:like|unlike|as|except|per|than|besides|despite)$/.test(prep) &&
      a.type === 'thing' &&
      !(prep === 'as' && words <= 5)
    )
      continue
    const numeric = a.type === 'number' || a.type === 'temperature' || a.type === 'duration'
    const text =
      numeric && /^(?:above|below|between|under|over|near|around|up|within)$/.test(prep) ? adjunctText(a) : a.text
    if (numeric && !QUANTITY.test(text)) continue
    add(kind, relation, text, i, a.type)
  }
}
