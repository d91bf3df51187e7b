/** @file Questions for properties, definitions and compositions, where a noun names what is asked; and gaps to fill. */

import type { Random } from '../../../base/random.ts'
import type { Fact } from '../../artifacts.ts'
import { capitalised } from './concepts.ts'
import { inverted, pluralPhrase } from './grammar.ts'
import { HOW, PROPERTY_SYNONYMS } from './synonyms.ts'

const NUMERIC =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million|half|third|quarter)\b/i

/** Whether a subject phrase takes a plural verb. */
function isPlural(fact: Fact): boolean {
  if (fact.form && fact.form.subject === fact.subject) return fact.form.plural
  return pluralPhrase(fact.subject)
}

/** "The P of X": asked by name, by adjective, or for the owner when `inverse`. */
export function askProperty(fact: Fact, inverse: boolean, random: Random): string {
  const plural = isPlural(fact)
  const be = plural ? 'are' : 'is'
  const have = plural ? 'have' : 'has'
  const does = plural ? 'do' : 'does'
  const x = fact.subject
  const original = fact.relation
  const p = random.chance(0.25) ? random.pick(PROPERTY_SYNONYMS[original.toLowerCase()] ?? [original]) : original
  const v = fact.object
  const numeric = NUMERIC.test(v)
  const share = /^share of (.+)$/.exec(original)?.[1] ?? /^(.+) content$/.exec(original)?.[1]
  const number = /^number of (.+)$/.exec(original)?.[1]
  if (share && !inverse) {
    return random.pick([
      () => `How much ${share} ${does} ${x} contain?`,
      () => `What share of ${x} is ${share}?`,
      () => `What is the ${share} content of ${x}?`,
      () => `What fraction of ${x} is made up of ${share}?`,
      () => `What percentage of ${share} ${does} ${x} have?`,
      () => `How much of ${x} is ${share}?`,
      () => `How high is the share of ${share} in ${x}?`,
      () => `How much ${share} is there in ${x}?`,
      () => `What proportion of ${share} is found in ${x}?`,
      () => `${share} content of ${x}?`,
      () => `${x} ${have} how much ${share}?`,
      () => `Give the proportion of ${share} in ${x}.`,
    ])()
  }
  if (share)
    return random.pick([
      () => `What contains ${v} ${share}?`,
      () => `What has a ${share} share of ${v}?`,
      () => `Which material holds ${v} ${share}?`,
      () => `In what does ${share} make up ${v}?`,
    ])()
  if (number && !inverse) {
    const form = fact.form
    const clause =
      form?.verb && form.complement ? inverted(form, { omit: 'complement', keep: [] }) : `${does} ${x} have`
    return random.pick([
      () => `How many ${number} ${clause}?`,
      () => `How many ${number} ${clause}?`,
      () => `What number of ${number} ${clause}?`,
      () => `Give the number of ${number} in question for ${x}.`.replace(' in question', ''),
      () => `In the case of ${x}, how many ${number} are there?`,
      () => `Say how many ${number} there are in the case of ${x}.`,
    ])()
  }
  if (number) return ''
  if (inverse) {
    return random.pick([
      () => `What has ${article(p)} ${p} of ${v}?`,
      () => `Which material or thing has ${article(p)} ${p} of ${v}?`,
      () => `For what is the ${p} ${v}?`,
      () => `The ${p} of what is ${v}?`,
      () => `What is it whose ${p} is ${v}?`,
      () => `Name what has ${article(p)} ${p} of ${v}.`,
      () => `Of what is ${v} the ${p}?`,
      () => `What shows ${article(p)} ${p} of ${v}?`,
      () => `${capitalised(article(p))} ${p} of ${v} belongs to what?`,
    ])()
  }
  const options: (() => string)[] = [
    () => `What is the ${p} of ${x}?`,
    () => `What is the ${p} of ${x}?`,
    () => `What ${p} ${does} ${x} have?`,
    () => `Which ${p} ${does} ${x} have?`,
    () => `${x} ${have} what ${p}?`,
    () => `Give the ${p} of ${x}.`,
    () => `State the ${p} of ${x}.`,
    () => `Name the ${p} of ${x}.`,
    () => `Tell me the ${p} of ${x}.`,
    () => `The ${p} of ${x} is what?`,
    () => `Do you know the ${p} of ${x}?`,
    () => `What do you know about the ${p} of ${x}?`,
    () => `${p} of ${x}?`,
    () => `What ${p} is typical of ${x}?`,
    () => `What would you give as the ${p} of ${x}?`,
  ]
  if (numeric) {
    options.push(
      () => `How large is the ${p} of ${x}?`,
      () => `How high is the ${p} of ${x}?`,
      () => `What value does the ${p} of ${x} have?`,
      () => `What value does the ${p} of ${x} reach?`,
      () => `How great is the ${p} of ${x}?`,
      () => `What figure is given for the ${p} of ${x}?`,
      () => `How much is the ${p} of ${x}?`,
      () => `What ${p} ${does} ${x} reach?`,
      () => `What is the value of the ${p} of ${x}?`,
    )
    const how = HOW[original.toLowerCase()] ?? HOW[original.split(' ').at(-1)?.toLowerCase() ?? '']
    if (how)
      options.push(
        () => `How ${how} ${be} ${x}?`,
        () => `How ${how} ${be} ${x}?`,
        () => `Just how ${how} ${be} ${x}?`,
      )
  }
  const melts = /^(melting|boiling|freezing|softening) (?:point|temperature)$/.exec(original)?.[1]
  if (melts) {
    const base = melts.replace(/ing$/, '')
    options.push(
      () => `At what temperature ${does} ${x} ${base}?`,
      () => `At what temperature ${does} ${x} ${base}?`,
      () => `When heated, at which temperature ${does} ${x} ${base}?`,
      () => `How hot must ${x} be to ${base}?`,
    )
  }
  if (/^(?:name|term)$/.test(original)) options.push(() => `What is ${x} called?`)
  return random.pick(options)()
}

/** "X is a Y", "X is called Y". */
export function askDefinition(fact: Fact, inverse: boolean, random: Random): string {
  const plural = isPlural(fact)
  const past = fact.form?.verb?.past ?? false
  const be = past ? (plural ? 'were' : 'was') : plural ? 'are' : 'is'
  const x = fact.subject
  const y = fact.form?.complement ?? fact.object
  if (fact.relation === 'name') {
    if (inverse)
      return random.pick([
        () => `What is called ${fact.object}?`,
        () => `To what is the name ${fact.object} given?`,
        () => `What is meant by the name ${fact.object}?`,
        () => `What does ${fact.object} refer to?`,
        () => `What goes by the name ${fact.object}?`,
      ])()
    return random.pick([
      () => `What ${be} ${x} called?`,
      () => `What ${be} ${x} called?`,
      () => `What name is given to ${x}?`,
      () => `By what name ${be} ${x} known?`,
      () => `What is the term for ${x}?`,
      () => `What do people call ${x}?`,
      () => `How does one call ${x}?`,
      () => `What is the name of ${x}?`,
      () => `Name the term for ${x}.`,
      () => `${x} ${plural ? 'go' : 'goes'} by what name?`,
    ])()
  }
  if (fact.relation === 'stand for')
    return inverse
      ? random.pick([
          () => `What is the abbreviation of ${fact.object}?`,
          () => `How is ${fact.object} abbreviated?`,
          () => `Which letters stand for ${fact.object}?`,
        ])()
      : random.pick([
          () => `What does ${x} stand for?`,
          () => `What is the long form of ${x}?`,
          () => `What do the letters ${x} mean?`,
          () => `Spell out ${x}.`,
          () => `${x} is short for what?`,
        ])()
  const person = fact.form?.person ?? false
  if (inverse) {
    const who = person ? 'Who' : 'What'
    return random.pick([
      () => `${who} ${past ? 'was' : 'is'} ${y}?`,
      () => `${who} can be described as ${y}?`,
      () => `Name ${person ? 'the person who' : 'what'} ${past ? 'was' : 'is'} ${y}.`,
      () => `Which ${person ? 'person' : 'one'} ${past ? 'was' : 'is'} ${y}?`,
    ])()
  }
  if (person)
    return random.pick([
      () => `Who ${be} ${x}?`,
      () => `What ${be} ${x} by profession?`,
      () => `What ${be} ${x}?`,
      () => `As what did ${x} work?`,
      () => `Say who ${x} ${be}.`,
      () => `What is known about ${x}?`,
    ])()
  return random.pick([
    () => `What ${be} ${x}?`,
    () => `What ${be} ${x}?`,
    () => `What kind of thing ${be} ${x}?`,
    () => `How would you define ${x}?`,
    () => `What exactly ${be} ${x}?`,
    () => `${x} ${be} what?`,
    () => `Explain in a few words what ${x} ${be}.`,
    () => `As what can ${x} be described?`,
    () => `What ${be} ${x}, in short?`,
    () => `How can ${x} be characterised?`,
    () => `Tell me what ${x} ${be}.`,
    () => `Describe ${x} in a few words.`,
    () => `What do we know ${x} to be?`,
  ])()
}

/** "X consists of Y". */
export function askComposition(fact: Fact, inverse: boolean, random: Random): string {
  const plural = isPlural(fact)
  const be = plural ? 'are' : 'is'
  const does = plural ? 'do' : 'does'
  const x = fact.subject
  const y = fact.object
  const several = /,| and /.test(y)
  const includes = /include/.test(fact.relation)
  if (inverse)
    return random.pick([
      () => `What ${includes ? 'includes' : 'contains'} ${y}?`,
      () => `Which material consists of ${y}?`,
      () => `What is made of ${y}?`,
      () => `What is built from ${y}?`,
      () => `In what ${several ? 'are' : 'is'} ${y} found?`,
      () => `Of what ${several ? 'are' : 'is'} ${y} a part?`,
      () => `Name what is composed of ${y}.`,
    ])()
  if (includes)
    return random.pick([
      () => `What ${does} ${x} include?`,
      () => `What belongs to ${x}?`,
      () => `${x} ${plural ? 'include' : 'includes'} what?`,
      () => `Name what ${x} ${plural ? 'include' : 'includes'}.`,
      () => `What is part of ${x}?`,
    ])()
  const options: (() => string)[] = [
    () => `What ${does} ${x} consist of?`,
    () => `What ${be} ${x} made of?`,
    () => `What ${be} ${x} made from?`,
    () => `Of what ${be} ${x} composed?`,
    () => `What ${does} ${x} contain?`,
    () => `${x} ${plural ? 'consist' : 'consists'} of what?`,
    () => `What is found in ${x}?`,
    () => `From what ${be} ${x} built?`,
    () => `What ${be} ${x} built from?`,
    () => `What is ${x} composed of?`.replace('is', be),
    () => `Tell me what ${x} ${be} made of.`,
    () => `Which ${several ? 'substances make' : 'substance makes'} up ${x}?`,
    () => `What makes up ${x}?`,
    () => `Name the ${several ? 'components' : 'main component'} of ${x}.`,
    () => `What is the composition of ${x}?`,
  ]
  if (several)
    options.push(
      () => `What are the components of ${x}?`,
      () => `What are the ingredients of ${x}?`,
      () => `Which constituents ${does} ${x} have?`,
    )
  else
    options.push(
      () => `What is the main component of ${x}?`,
      () => `What is the chief constituent of ${x}?`,
      () => `Which material ${be} ${x} made of?`,
    )
  return random.pick(options)()
}

const GAP = '____'

/** A sentence with a gap: what is left when no other wording fits. Never holds the answer. */
export function askGap(fact: Fact, random: Random): { text: string; answer: string } {
  const at = fact.statement.toLowerCase().indexOf(fact.object.toLowerCase())
  const body = at < 0 ? '' : `${fact.statement.slice(0, at)}${GAP}${fact.statement.slice(at + fact.object.length)}`
  const again = body.toLowerCase().includes(fact.object.toLowerCase())
  if (at < 0 || again) {
    const masked = fact.statement.split(new RegExp(escapeRegExp(fact.object), 'gi')).join(GAP)
    const text =
      at < 0
        ? `What is the ${fact.relation.replace(/^be\b ?/, '') || 'nature'} of ${fact.subject}?`
        : `Fill the gaps: ${masked}`
    return { text, answer: fact.object }
  }
  const type = fact.form?.answerType
  const lead =
    type === 'number' || type === 'temperature'
      ? ['Which value completes the sentence', 'What number belongs in the gap', 'Which figure is missing']
      : type === 'time'
        ? ['Which date completes the sentence', 'What time belongs in the gap']
        : ['What completes the sentence', 'What belongs in the gap', 'Which words are missing']
  return {
    text: random.pick([
      () => `${random.pick(lead)}: ${body}`,
      () => `Complete: ${body}`,
      () => `Fill in the blank: ${body}`,
    ])(),
    answer: fact.object,
  }
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function article(noun: string): string {
  return /^[aeiou]/i.test(noun) ? 'an' : 'a'
}
