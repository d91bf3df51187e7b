/**
 * @file Checks a tokenizer.json before any of it is used. A model folder is a stranger's: sizes, ids, patterns and
 * component kinds are bounded here, so that what follows ends in bounded time and memory.
 */

import { Fault, messageOf } from '../../base/errors.ts'
import { patternHazard } from './safe-pattern.ts'

export interface AddedToken {
  id: number
  content: string
  single_word: boolean
  lstrip: boolean
  rstrip: boolean
  normalized: boolean
  special: boolean
}

/** A tokenizer.json that passed. */
export interface TokenizerJson {
  version: '1.0'
  truncation: null
  padding: null
  added_tokens: AddedToken[]
  model: { type: 'BPE' | 'Unigram'; [key: string]: unknown }
  normalizer: Json | null
  pre_tokenizer: Json | null
  post_processor: Json | null
  decoder: Json | null
}

export type Json = Record<string, unknown>

/** Above any published vocabulary (Gemma: 262,144). */
const HIGHEST_ID = 1 << 21
const MOST_COMPONENTS = 64
/** How much longer a text may become by replacement before it is tokenised. */
const MOST_GROWTH = 64

const KINDS: Record<string, readonly string[]> = {
  normalizer: [
    'Sequence',
    'NFC',
    'NFD',
    'NFKC',
    'NFKD',
    'Lowercase',
    'Strip',
    'StripAccents',
    'Replace',
    'Prepend',
    'Precompiled',
    'BertNormalizer',
  ],
  pre_tokenizer: [
    'Sequence',
    'ByteLevel',
    'Split',
    'Digits',
    'Metaspace',
    'Punctuation',
    'Whitespace',
    'WhitespaceSplit',
    'BertPreTokenizer',
  ],
  post_processor: ['Sequence', 'ByteLevel', 'TemplateProcessing', 'BertProcessing', 'RobertaProcessing'],
  decoder: ['Sequence', 'ByteLevel', 'ByteFallback', 'Fuse', 'Metaspace', 'Replace', 'Strip', 'BPEDecoder'],
}

/** Where a `Sequence` keeps its members. */
const MEMBERS: Record<string, string> = {
  normalizer: 'normalizers',
  pre_tokenizer: 'pretokenizers',
  post_processor: 'processors',
  decoder: 'decoders',
}

/**
 * @param value contents of tokenizer.json: text, or parsed JSON
 * @throws Fault('bad-model') with the first problems found
 */
export function checkTokenizerJson(value: unknown): TokenizerJson {
  const problems: string[] = []
  const note = (problem: string) => {
    if (problems.length < 10) problems.push(problem)
  }
  const json = parse(value)
  const model = asObject(json['model'])
  if (!model) throw tokenizerFault(['model: missing, wanted an object'])
  const vocabulary = model['type'] === 'Unigram' ? checkUnigram(model, note) : checkBpe(model, note)
  const added = checkAdded(json['added_tokens'] ?? [], vocabulary, note)
  for (const part of Object.keys(KINDS)) checkComponents(part, json[part] ?? null, note)
  if (problems.length) throw tokenizerFault(problems)
  const component = (part: string) => (json[part] ?? null) as Json | null
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    model: { ...model, type: model['type'] === 'Unigram' ? 'Unigram' : 'BPE' },
    normalizer: component('normalizer'),
    pre_tokenizer: component('pre_tokenizer'),
    post_processor: component('post_processor'),
    decoder: component('decoder'),
  }
}

/** A Fault about the tokenizer. */
export function tokenizerFault(problems: readonly string[], where = 'tokenizer.json', cause?: unknown): Fault {
  return new Fault(
    'bad-model',
    `The tokenizer cannot be used: ${problems.join('; ')}.`,
    'Download the model folder again; it must hold an undamaged tokenizer.json of a byte-pair or Unigram tokenizer.',
    where,
    { cause },
  )
}

function parse(value: unknown): Json {
  let parsed = value
  if (typeof value === 'string') {
    try {
      parsed = JSON.parse(value)
    } catch (error) {
      throw tokenizerFault([`not valid JSON (${messageOf(error)})`], 'tokenizer.json', error)
    }
  }
  const object = asObject(parsed)
  if (!object) throw tokenizerFault([`got ${show(parsed)}, wanted a JSON object`])
  return object
}

type Note = (problem: string) => void

function checkBpe(model: Json, note: Note): Map<string, number> {
  const type = model['type'] ?? ('merges' in model ? 'BPE' : undefined)
  const vocabulary = new Map<string, number>()
  if (type !== 'BPE') {
    note(`model.type: got ${show(type)}, wanted "BPE" or "Unigram"`)
    return vocabulary
  }
  const vocab = asObject(model['vocab'])
  if (!vocab) {
    note(`model.vocab: got ${show(model['vocab'])}, wanted an object of token to id`)
    return vocabulary
  }
  const seen = new Set<number>()
  for (const [token, id] of Object.entries(vocab)) {
    if (!isId(id)) note(`model.vocab: ${show(token)} has id ${show(id)}, wanted a whole number below ${HIGHEST_ID}`)
    else if (seen.has(id)) note(`model.vocab: id ${id} is given twice`)
    else vocabulary.set(token, id)
    if (isId(id)) seen.add(id)
  }
  if (vocabulary.size === 0) note('model.vocab: empty')
  for (const key of ['unk_token', 'end_of_word_suffix'])
    if (typeof (model[key] ?? '') !== 'string') note(`model.${key}: got ${show(model[key])}, wanted text or null`)
  for (const key of ['continuing_subword_prefix', 'continuing_subword_suffix'])
    if ((model[key] ?? '') !== '') note(`model.${key}: got ${show(model[key])}, which is not supported`)
  checkMerges(model['merges'], vocabulary, note)
  return vocabulary
}

function checkMerges(merges: unknown, vocabulary: ReadonlyMap<string, number>, note: Note): void {
  if (!Array.isArray(merges)) return note(`model.merges: got ${show(merges)}, wanted a list`)
  if (merges.length > HIGHEST_ID) return note(`model.merges: ${merges.length} entries, wanted at most ${HIGHEST_ID}`)
  const inPairs = Array.isArray(merges[0])
  for (const [index, merge] of (merges as unknown[]).entries()) {
    const parts: unknown[] =
      !inPairs && typeof merge === 'string' ? merge.split(' ') : Array.isArray(merge) && inPairs ? merge : []
    const [left, right] = parts
    if (parts.length !== 2 || typeof left !== 'string' || typeof right !== 'string') {
      return note(`model.merges: entry ${index} is ${show(merge)}, wanted two tokens`)
    }
    const missing = [left, right, left + right].find((token) => !vocabulary.has(token))
    if (missing !== undefined)
      return note(`model.merges: entry ${index} uses ${show(missing)}, which is not in the vocabulary`)
  }
}

function checkUnigram(model: Json, note: Note): Map<string, number> {
  const vocabulary = new Map<string, number>()
  const vocab = model['vocab']
  if (!Array.isArray(vocab) || vocab.length === 0 || vocab.length > HIGHEST_ID) {
    note(`model.vocab: got ${show(vocab)}, wanted a list of [token, score]`)
    return vocabulary
  }
  for (const [id, entry] of (vocab as unknown[]).entries()) {
    const [token, score]: unknown[] = Array.isArray(entry) ? entry : []
    if (typeof token !== 'string' || typeof score !== 'number') {
      note(`model.vocab: entry ${id} is ${show(entry)}, wanted [token, score]`)
      return vocabulary
    }
    vocabulary.set(token, id)
  }
  const unknown = model['unk_id']
  if (!isId(unknown) || unknown >= vocab.length)
    note(`model.unk_id: got ${show(unknown)}, wanted an id of the vocabulary`)
  return vocabulary
}

function checkAdded(value: unknown, vocabulary: ReadonlyMap<string, number>, note: Note): AddedToken[] {
  if (!Array.isArray(value) || value.length > HIGHEST_ID) {
    note(`added_tokens: got ${show(value)}, wanted a list`)
    return []
  }
  const added: AddedToken[] = []
  const contents = new Set<string>()
  const ids = new Map([...vocabulary].map(([token, id]) => [id, token]))
  for (const entry of value as unknown[]) {
    const token = asObject(entry) ?? {}
    const { id, content } = token
    if (!isId(id) || typeof content !== 'string' || content === '' || content.length > 1000) {
      note(`added_tokens: got ${show(entry)}, wanted an id below ${HIGHEST_ID} and a text`)
      continue
    }
    if (contents.has(content)) note(`added_tokens: ${show(content)} is listed twice`)
    const held = ids.get(id)
    if (held !== undefined && held !== content)
      note(`added_tokens: id ${id} is both ${show(content)} and ${show(held)}`)
    const inVocabulary = vocabulary.get(content)
    if (inVocabulary !== undefined && inVocabulary !== id)
      note(`added_tokens: ${show(content)} has id ${id}, and ${inVocabulary} in the vocabulary`)
    contents.add(content)
    ids.set(id, content)
    const special = token['special'] === true
    added.push({
      id,
      content,
      single_word: token['single_word'] === true,
      lstrip: token['lstrip'] === true,
      rstrip: token['rstrip'] === true,
      normalized: typeof token['normalized'] === 'boolean' ? token['normalized'] : !special,
      special,
    })
  }
  return added
}

/** Walks a component and the members of its sequences. */
function checkComponents(part: string, root: unknown, note: Note): void {
  let count = 0
  let growth = 1
  const visit = (value: unknown, path: string): void => {
    if (value === null) return
    if (++count > MOST_COMPONENTS) {
      if (count === MOST_COMPONENTS + 1) note(`${part}: more than ${MOST_COMPONENTS} components`)
      return
    }
    const component = asObject(value)
    const type = component?.['type']
    if (!component || typeof type !== 'string' || !KINDS[part]?.includes(type)) {
      return note(`${path}: got ${show(type ?? value)}, wanted one of ${KINDS[part]?.join(', ')}`)
    }
    if (type === 'Sequence') {
      const members = component[MEMBERS[part] as string]
      if (!Array.isArray(members)) return note(`${path}.${MEMBERS[part]}: got ${show(members)}, wanted a list`)
      // The library calls every member, so none may be null here.
      for (const [i, member] of (members as unknown[]).entries()) visit(member ?? false, `${path}[${i}]`)
      return
    }
    if (type === 'Split' || type === 'Replace') growth *= checkPattern(component, path, note)
    if (type === 'Prepend' && typeof component['prepend'] !== 'string') note(`${path}.prepend: wanted a text`)
    if (type === 'Split' && !['Isolated', 'Removed'].includes(String(component['behavior'])))
      note(`${path}.behavior: got ${show(component['behavior'])}, wanted "Isolated" or "Removed"`)
    if (type === 'Metaspace' && typeof (component['replacement'] ?? '') !== 'string')
      note(`${path}.replacement: got ${show(component['replacement'])}, wanted a text`)
  }
  visit(root, part)
  if (growth > MOST_GROWTH) note(`${part}: its replacements can make a text ${growth} times as long`)
}

/** Returns how many times as long a replacement can make a text. */
function checkPattern(component: Json, path: string, note: Note): number {
  const pattern = asObject(component['pattern']) ?? {}
  const content = component['content'] ?? ''
  if (typeof content !== 'string') note(`${path}.content: got ${show(content)}, wanted a text`)
  const length = typeof content === 'string' ? content.length : 0
  const { Regex: regex, String: text } = pattern
  if (typeof regex === 'string') {
    const hazard = patternHazard(regex)
    if (hazard) note(`${path}.pattern: ${show(regex)} is refused: ${hazard}`)
    return Math.max(1, length)
  }
  if (typeof text === 'string' && text !== '') return Math.max(1, length / text.length)
  note(`${path}.pattern: got ${show(component['pattern'])}, wanted {"Regex": …} or {"String": …}`)
  return 1
}

function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < HIGHEST_ID
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value) && value.length > 8) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 12) return 'a large object'
  let text: string
  try {
    text = JSON.stringify(value) ?? String(value)
  } catch {
    return 'something nested too deeply'
  }
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
