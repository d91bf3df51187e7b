/** @file What the stages hand to each other. Plain data: every type here survives JSON. */

/** Where a file ended up after ingestion. */
export type FileOutcome =
  | { status: 'read'; documentId: string }
  | { status: 'skipped'; reason: string }
  | { status: 'failed'; code: string; reason: string; todo: string }

/** One page (or the whole of an unpaged file) as cleaned text. */
export interface Page {
  /** 1-based; 1 for formats without pages. */
  number: number
  text: string
}

export interface Document {
  /** First 16 hex digits of the SHA-256 of the file's bytes (plus `#n` for one record of many in a file). */
  id: string
  /** As the user named it, relative to what was ingested. */
  path: string
  title: string
  format: 'txt' | 'md' | 'html' | 'pdf' | 'docx' | 'csv' | 'jsonl'
  pages: Page[]
  sha256: string
}

/** A run of whole sentences of one document. */
export interface Passage {
  id: string
  documentId: string
  /** Position within the document, from 0. */
  index: number
  /** 1-based page on which the passage begins. */
  page: number
  text: string
  tokens: number
}

/** A statement found in a passage: `subject — relation — object`. */
export interface Fact {
  id: string
  passageId: string
  documentId: string
  /** Canonical surface form of what the fact is about, e.g. "nacre". */
  subject: string
  /** Normalised relation, e.g. "consists of", "work of fracture", "prevents". */
  relation: string
  /** The value or object, short, e.g. "aragonite", "about 3000 times that of aragonite". */
  object: string
  /** How questions about it are worded. */
  kind: FactKind
  /** One declarative sentence that stands alone (pronouns resolved) and states the fact. */
  statement: string
  /** The sentence of the passage it came from, verbatim. */
  sentence: string
  /** Parts of the clause it was found in, for wording questions. Only the extractive teacher sets it. */
  form?: FactForm
}

/** A clause taken apart; its texts have their pronouns resolved. */
export interface FactForm {
  /** What the document is about, e.g. "float glass". */
  topic: string
  subject: string
  plural: boolean
  person: boolean
  verb?: {
    /** Auxiliaries without negation: ["has", "been"]. Empty for a plain verb; the copula itself for "be". */
    aux: string[]
    /** Main verb as it stands, "" for the copula. */
    main: string
    base: string
    past: boolean
    passive: boolean
    negated: boolean
  }
  complement?: string
  /** What follows the complement and belongs to it: "makes it *brittle*". */
  second?: string
  adjuncts: { word: string; text: string; type: AnswerType; front: boolean }[]
  /** What the fact's object is in the clause. */
  target: 'subject' | 'complement' | 'second' | 'property' | number
  /** What is asked for: decides the question word. */
  answerType: AnswerType
}

export type AnswerType =
  | 'person'
  | 'place'
  | 'time'
  | 'duration'
  | 'temperature'
  | 'number'
  | 'thing'
  | 'quality'
  | 'reason'
  | 'purpose'
  | 'means'
  | 'clause'

export type FactKind =
  | 'definition' // X is a Y
  | 'property' // the P of X is V
  | 'composition' // X consists of / contains Y
  | 'action' // X verbs Y
  | 'passive' // X is verbed by Y
  | 'place' // X is found in Y
  | 'time' // X was verbed in 1998
  | 'cause' // X because Y
  | 'purpose' // X is used for Y
  | 'statement' // anything else: a cloze

/** A question with what is needed to teach its answer. */
export interface Question {
  id: string
  text: string
  /** Short key answer. */
  answer: string
  /** Facts needed, in the order of reasoning: one, or two when joined. */
  factIds: string[]
  /** Passages that were in front of the teacher. */
  passageIds: string[]
  iteration: number
}

/** One block of a structured thought. */
export interface ThoughtSection {
  category: string
  text: string
}

/** What a model writes: any part may be missing. */
export interface StructuredReply {
  sections: ThoughtSection[]
  reflection?: string
  answer: string
}

/** A preference pair as trained: texts are final, special tokens included. */
export interface Pair {
  id: string
  question: Question
  /** The user turn, trigger included or not. */
  prompt: string
  chosen: string
  rejected: string
  rejectedFrom: 'teacher' | 'model'
  stage: 1 | 2
  iteration: number
  status: 'active' | 'dropped'
}

/** Why a draw was or was not kept as a rejected answer. */
export interface LedgerEntry {
  questionId: string
  iteration: number
  draw: number
  text: string
  verdict: 'kept' | 'right' | 'empty' | 'duplicate' | 'not-needed'
}

export interface EvaluationQuestion {
  id: string
  question: string
  /** Aliases; any one counts. */
  answers: string[]
  group: string
  /** Relative tolerance for numbers. */
  tolerance?: number
}
