/** @file Questions made from a clause: for its object, its subject, or any of its adjuncts. */

import type { Random } from '../../../base/random.ts'
import type { Fact, FactForm } from '../../artifacts.ts'
import { adjunctText } from './form.ts'
import { conjugate } from './lexicon.ts'
import { inverted, passiveOf, plain, predicateOf } from './grammar.ts'

/** Which other adjuncts stay as context: those that cannot give the answer away, most of the time. */
function kept(form: FactForm, random: Random, without: number | undefined, need: readonly string[] = []): number[] {
  const out: number[] = []
  for (const [i, a] of form.adjuncts.entries()) {
    if (i === without) continue
    const essential =
      need.includes(a.type) ||
      (!form.complement && i === 0 && without === undefined) ||
      /^(?:of|than|to|into|as|on|from)$/.test(a.word)
    const long = adjunctText(a).split(' ').length > 9 || a.type === 'clause' || a.type === 'reason'
    if (random.chance(essential ? 0.9 : long ? 0.15 : 0.6)) out.push(i)
  }
  return out
}

const EMBED = [
  'Do you know',
  'Can you tell me',
  'Tell me',
  'Please say',
  'State',
  'I would like to know',
  'Say',
  'Explain',
] as const

/** "Do you know what X does?" or "Tell me what X does." */
function embedded(clause: string, random: Random): string {
  const lead = random.pick(EMBED)
  return `${lead} ${clause}${/^(?:Do|Can)/.test(lead) ? '?' : '.'}`
}

/** Asks for the object: "What does X do?" */
export function askComplement(fact: Fact, form: FactForm, random: Random): string {
  const keep = kept(form, random, undefined)
  const at = { omit: 'complement' as const, keep }
  const v = form.verb
  if (!v) return ''
  const number = form.answerType === 'number' || form.answerType === 'temperature'
  if (v.base === 'be') {
    if (form.answerType === 'quality')
      return random.pick([
        () =>
          `What is said of ${form.subject}: how can ${form.plural ? 'they' : 'it'} be described?`.replace(
            /: how.*$/,
            '?',
          ),
        () => `How can ${form.subject} be described?`,
        () => `What ${inverted(form, at)} like?`,
        () => `Which quality ${v.past ? 'did' : form.plural ? 'do' : 'does'} ${form.subject} have?`,
        () => `What word describes ${form.subject}?`,
        () => `How would you describe ${form.subject}?`,
        () =>
          `${form.subject}: ${form.plural ? 'what are they' : 'what is it'} like?`.replace(
            /: what (?:are they|is it) like\?/,
            ` ${v.aux[0] ?? 'is'} what?`,
          ),
      ])()
    if (form.second && /^be \.\.\. /.test(fact.relation)) {
      const be = v.aux[0] ?? 'is'
      return random.pick([
        () => `How many times ${form.second} ${be} ${form.subject}?`,
        () => `By what factor ${be} ${form.subject} ${form.second}?`,
        () => `${form.subject} ${be} how many times ${form.second}?`,
        () =>
          `How much ${/^as/.test(form.second ?? '') ? 'more or less than' : ''} ${form.second} ${be} ${form.subject}?`.replace(
            /more or less than as/,
            'as',
          ),
        () => embedded(`how many times ${form.second} ${form.subject} ${be}`, random),
        () =>
          `How often can one say that ${form.subject} ${be} ${form.second}?`.replace(
            'How often can one say that',
            'By how much can one say that',
          ),
      ])()
    }
    const comparison = fact.relation.replace(/^be /, '')
    if (comparison !== 'be' && comparison !== fact.relation) {
      const be = v.aux[0] ?? 'is'
      return random.pick([
        () => `What ${be} ${form.subject} ${comparison}?`,
        () => `${cap(comparison)} what ${be} ${form.subject}?`,
        () => `${form.subject} ${be} ${comparison} what?`,
        () => embedded(`what ${form.subject} ${be} ${comparison}`, random),
        () => `Complete the comparison: ${form.subject} ${be} ${comparison} ...`,
      ])()
    }
    return random.pick([
      () => `What ${inverted(form, at)}?`,
      () => `${plain(form, at)} what?`,
      () => (number ? `How much ${inverted(form, at)}?` : `What ${inverted(form, at)}?`),
    ])()
  }
  if (form.answerType === 'quality' && /^(?:become|turn|get|grow)$/.test(v.base))
    return random.pick([
      () => `What ${inverted(form, at)}?`,
      () => `How does ${form.subject} change?`,
      () => embedded(`what ${plain(form, at)}`, random),
    ])()
  if (form.answerType === 'quality')
    return random.pick([
      () => `How ${inverted(form, at)}?`,
      () => embedded(`how ${plain(form, at)}`, random),
      () => `In what condition ${inverted(form, at)}?`,
    ])()
  const wh = form.answerType === 'person' ? 'whom' : 'what'
  const passive = passiveOf(form)
  const options: (() => string)[] = [
    () => `${cap(wh)} ${inverted(form, at)}?`,
    () => `${cap(wh)} ${inverted(form, at)}?`,
    () => `What is it that ${plain(form, at)}?`,
    () => `${form.subject} ${predicateOf(form, { omit: 'complement', keep: [] }, form.plural)} ${wh}?`,
    () => embedded(`${wh} ${plain(form, at)}`, random),
    () => `Name what ${plain(form, at)}.`,
  ]
  if (number)
    options.push(
      () => `How much ${inverted(form, at)}?`,
      () => `What amount ${inverted(form, at)}?`,
      () => `What figure ${inverted(form, at)}?`,
      () => `What value ${inverted(form, at)}?`,
    )
  else if (form.answerType === 'thing') {
    options.push(
      () => `Which thing ${inverted(form, at)}?`,
      () => `What exactly ${inverted(form, at)}?`,
    )
    if (v.base === 'become')
      options.push(() => `Into what ${v.past ? 'did' : form.plural ? 'do' : 'does'} ${form.subject} turn?`)
    if (/^(?:use|employ)$/.test(v.base)) options.push(() => `What ${v.past ? 'was' : 'is'} used by ${form.subject}?`)
    if (passive && form.adjuncts.length === 0)
      options.push(
        () =>
          `What ${passive.first.replace('are', 'is').replace('were', 'was')} ${passive.rest}${passive.participle} by ${form.subject}?`,
      )
  }
  return random.pick(options)()
}

/** Asks for what the object is made or called: "What does X make Y?" */
export function askSecond(form: FactForm, random: Random): string {
  const at = { omit: 'second' as const, keep: kept(form, random, undefined) }
  const options: (() => string)[] = [
    () => `What ${inverted(form, at)}?`,
    () => `${plain(form, at)} what?`,
    () => embedded(`what ${plain(form, at)}`, random),
  ]
  if (form.verb?.base === 'make' && form.answerType === 'quality')
    options.push(
      () => `How ${form.verb?.past ? 'did' : form.plural ? 'do' : 'does'} ${form.subject} change ${form.complement}?`,
      () => `What is the effect of ${form.subject} on ${form.complement}?`,
      () => `What does ${form.complement} become through ${form.subject}?`,
    )
  return random.pick(options)()
}

/** Asks who or what does it. */
export function askSubject(fact: Fact, form: FactForm, random: Random): string {
  const keep = kept(form, random, undefined, ['number', 'temperature'])
  const at = { omit: 'subject' as const, keep }
  const v = form.verb
  if (!v) return ''
  const passive = passiveOf(form)
  if (form.person) {
    const who: (() => string)[] = [
      () => `Who ${predicateOf(form, at)}?`,
      () => `Who ${predicateOf(form, at)}?`,
      () => `Who was it that ${predicateOf(form, at)}?`.replace('was it', v.past ? 'was it' : 'is it'),
      () => `Which person ${predicateOf(form, at)}?`,
      () => `Name the person who ${predicateOf(form, at)}.`,
      () => `What is the name of the one who ${predicateOf(form, at)}?`,
      () => embedded(`who ${predicateOf(form, at)}`, random),
      () => `Which scientist, engineer or maker ${predicateOf(form, at)}?`,
    ]
    if (passive)
      who.push(
        () => `By whom ${passive.first} ${form.complement} ${passive.rest}${passive.participle}?`,
        () => `${form.complement} ${passive.first} ${passive.rest}${passive.participle} by whom?`,
        () => `Whom do we owe it to that ${form.complement} ${passive.first} ${passive.rest}${passive.participle}?`,
      )
    return random.pick(who)()
  }
  const options: (() => string)[] = [
    () => `What ${predicateOf(form, at)}?`,
    () => `What ${predicateOf(form, at)}?`,
    () => `What is it that ${predicateOf(form, at)}?`,
    () => `Which ${form.plural ? 'things' : 'thing'} ${predicateOf(form, at, form.plural)}?`,
    () => embedded(`what ${predicateOf(form, at)}`, random),
    () => `Name what ${predicateOf(form, at)}.`,
    () => `Something ${predicateOf(form, at)}: what?`,
  ]
  if (passive)
    options.push(
      () => `By what ${passive.first} ${form.complement} ${passive.rest}${passive.participle}?`,
      () => `${form.complement} ${passive.first} ${passive.rest}${passive.participle} by what?`,
    )
  if (/\p{Lu}/u.test(form.subject) && !form.plural)
    options.push(
      () =>
        `Which ${/(?:Works|Company|University|Laborator|Electric|Group|Inc|Ltd)/.test(form.subject) ? 'organisation' : 'one'} ${predicateOf(form, at)}?`,
    )
  return random.pick(options)()
}

const YEAR = /^(?:about |around |early |late |mid )?(?:1\d{3}|20\d\d)$/

function questionWords(a: FactForm['adjuncts'][number], passive: boolean): string[] {
  const prep = a.word
  switch (a.type) {
    case 'time':
      if (YEAR.test(a.text) && prep === 'in')
        return ['When', 'In which year', 'In what year', 'What year', 'At what date']
      if (/^(?:since|until|till)$/.test(prep))
        return [`${cap(prep)} when`, `Up to what time`].slice(0, prep === 'since' ? 1 : 2)
      if (/^(?:after|before)$/.test(prep)) return ['When', `${cap(prep)} what`, `${cap(prep)} when`]
      return ['When', 'At what time', 'In what period', 'At which date']
    case 'duration':
      return ['For how long', 'How long', 'Over what time', 'For what length of time']
    case 'place':
      return ['Where', 'At what place', 'In which place', 'Where in the world']
    case 'temperature':
      return /^(?:above|below|near|around|up to|to|from)$/.test(prep)
        ? ['At what temperature', `${cap(prep)} what temperature`, 'At which temperature']
        : ['At what temperature', 'At which temperature', 'At about what temperature'].slice(0, 3)
    case 'number':
      return [`${cap(prep || 'at')} what value`, `${cap(prep || 'at')} how much`, `${cap(prep || 'at')} what figure`]
    case 'person':
      return passive && prep === 'by' ? ['By whom', 'Who'] : prep ? [`${cap(prep)} whom`] : ['Whom']
    case 'reason':
      return ['Why', 'For what reason', 'For which reason', 'Because of what', 'How come']
    case 'purpose':
      return ['For what purpose', 'To what end', 'With what aim', 'Why']
    case 'means':
      return ['How', 'By what means', 'In what way', 'By which method', 'By doing what']
    case 'clause':
      return /^(?:if|when|while|until|before|after)$/.test(prep)
        ? ['When', 'Under what condition', 'In which situation']
        : ['How', 'In what way']
    default:
      return prep
        ? prep === 'as'
          ? ['As what', 'In what role']
          : prep === 'with'
            ? ['With what', 'By means of what']
            : prep === 'by'
              ? ['By what', 'By which thing']
              : prep === 'for'
                ? ['For what', 'For which thing']
                : [`${cap(prep)} what`, `${cap(prep)} which thing`, `${cap(prep)} what`]
        : ['How']
  }
}

/** Asks for an adjunct: when, where, at what temperature, by whom, why. */
export function askAdjunct(fact: Fact, form: FactForm, index: number, random: Random): string {
  const a = form.adjuncts[index]
  const v = form.verb
  if (!a || !v) return ''
  const at = { omit: index, keep: kept(form, random, index) }
  const words = random.pick(questionWords(a, v.passive))
  if (a.type === 'person' && v.passive && a.word === 'by') {
    const active = v.base
    const options = [
      () => `By whom ${inverted(form, at)}?`,
      () => `Who ${v.past ? conjugatedPast(active) : conjugatedThird(active)} ${form.subject}?`,
      () => `${plain(form, at)} by whom?`,
      () => `Name the person by whom ${plain(form, at)}.`,
      () => `Who is the person that ${form.subject} ${v.aux.join(' ')} ${v.main} by?`,
      () => `Who was it that ${v.past ? conjugatedPast(active) : conjugatedThird(active)} ${form.subject}?`,
      () => embedded(`by whom ${plain(form, at)}`, random),
    ]
    return random.pick(options)()
  }
  const lower = words[0]?.toLowerCase() + words.slice(1)
  const options: (() => string)[] = [
    () => `${words} ${inverted(form, at)}?`,
    () => `${words} ${inverted(form, at)}?`,
    () => `${words} ${inverted(form, at)}?`,
    () => embedded(`${lower} ${plain(form, at)}`, random),
    () => `${plain(form, at)} ${lower}?`,
  ]
  if (a.type === 'time')
    options.push(
      () => `What is the date when ${plain(form, at)}?`,
      () => `Give the ${YEAR.test(a.text) ? 'year' : 'time'} in which ${plain(form, at)}.`,
    )
  if (a.type === 'place')
    options.push(
      () => `Name the place where ${plain(form, at)}.`,
      () => `What is the place where ${plain(form, at)}?`,
    )
  if (a.type === 'temperature')
    options.push(
      () => `What temperature is it at which ${plain(form, at)}?`.replace('is it at', 'is that at'),
      () => `Give the temperature at which ${plain(form, at)}.`,
      () => `What is the temperature at which ${plain(form, at)}?`,
      () => `How hot must it be when ${plain(form, at)}?`,
    )
  if (a.type === 'reason')
    options.push(
      () => `What is the reason that ${plain(form, at)}?`,
      () => `What explains that ${plain(form, at)}?`,
      () => `Give the reason why ${plain(form, at)}.`,
      () => `What causes it that ${plain(form, at)}?`,
    )
  if (a.type === 'purpose')
    options.push(
      () => `What is the purpose for which ${plain(form, at)}?`,
      () => `What is achieved when ${plain(form, at)}?`,
    )
  if (a.type === 'thing' && a.word && !/^(?:such as|as)$/.test(a.word) && plain(form, at).split(' ').length <= 9)
    options.push(
      () => `What ${inverted(form, at)} ${a.word}?`,
      () => `What is it that ${plain(form, at)} ${a.word}?`,
    )
  if (a.type === 'thing' && a.word === 'by' && v.passive)
    options.push(
      () => `What ${v.past ? conjugatedPast(v.base) : conjugatedThird(v.base)} ${form.subject}?`,
      () => `What is responsible for the fact that ${plain(form, at)}?`,
    )
  if (a.type === 'thing' && a.word === 'for' && /^(?:use|employ)$/.test(v.base))
    options.push(
      () => `What is the use of ${form.subject}?`,
      () => `What is ${form.subject} good for?`,
    )
  return random.pick(options)()
}

function conjugatedPast(base: string): string {
  return predicateOf(
    { ...EMPTY, verb: { aux: [], main: pastOf(base), base, past: true, passive: false, negated: false } },
    { omit: 'none' },
  )
}
function conjugatedThird(base: string): string {
  return predicateOf(
    { ...EMPTY, verb: { aux: [], main: base, base, past: false, passive: false, negated: false } },
    { omit: 'none' },
  )
}

const EMPTY: FactForm = {
  topic: '',
  subject: '',
  plural: false,
  person: false,
  adjuncts: [],
  target: 'complement',
  answerType: 'thing',
}

function pastOf(base: string): string {
  const [verb = base, ...rest] = base.split(' ')
  return [conjugate(verb).past, ...rest].join(' ')
}

function cap(text: string): string {
  return (text[0] ?? '').toUpperCase() + text.slice(1)
}
