/**
 * @file READ THIS FIRST. The whole method, in order: documents → passages → facts → knowledge → teacher → pairs →
 * Stage 0 → Stage I → Stage II → evaluation → recursive inference. Stages do not know one another; they meet here.
 * Plain data and ports go in, plain data comes out; what is kept where is the host's business.
 */

import type { ChatTokenizer } from '../model/tokenizer/chat-tokenizer.ts'
import type { Parameters, Trainer } from '../model/trainer.ts'
import { must } from '../base/errors.ts'
import { Random } from '../base/random.ts'
import { agentTurns } from './pairs/agent-turns.ts'
import type { Document, EvaluationQuestion, Fact, Pair, Passage, Question } from './artifacts.ts'
import { buildBm25, searchBm25 } from './corpus/bm25.ts'
import { makePassages } from './corpus/passages.ts'
import { evaluate, type EvaluationHooks, type EvaluationResult, type ThinkingMode } from './evaluation/evaluate.ts'
import { matchReply } from './evaluation/match.ts'
import { isRepetitive } from './inference/repetition.ts'
import { recurse, type RecursionHooks, type RecursionSettings } from './inference/recursive.ts'
import type { Transcript } from './inference/transcript.ts'
import { addIteration, buildKnowledge } from './knowledge/build.ts'
import type { KnowledgeGraph } from './knowledge/knowledge-graph.ts'
import { extractFacts } from './pairs/extractive/facts.ts'
import { createExtractiveTeacher } from './pairs/extractive/teacher.ts'
import { createLocalTeacher } from './pairs/local/teacher.ts'
import { makePairs, type MadePairs, type PairSettings } from './pairs/make-pairs.ts'
import type { Generator, Teacher } from './ports.ts'
import type { Settings } from './project/settings.ts'
import { runLanguageStage } from './training/language-stage.ts'
import { runPreferenceStage } from './training/preference-stage.ts'
import type { StageContext } from './training/stage-context.ts'
import { withTrigger } from './thought.ts'

/** What the documents became. */
export interface Corpus {
  documents: readonly Document[]
  passages: readonly Passage[]
  facts: readonly Fact[]
}

/** 1. Documents → passages of whole sentences → facts with provenance. */
export function readCorpus(
  documents: readonly Document[],
  tokenizer: ChatTokenizer,
  settings: Settings,
  wanted: { facts: boolean } = { facts: true },
): Corpus {
  const { tokens: maxTokens, overlap: overlapTokens } = settings.passages
  const countTokens = (text: string) => tokenizer.countTokens(text)
  const passages = documents.flatMap((d) => makePassages(d, { countTokens, maxTokens, overlapTokens }))
  return { documents, passages, facts: wanted.facts ? extractFacts(passages, [...documents]) : [] }
}

/** BM25 over the passages: ids, best first. */
export function searcher({ passages }: Corpus): (query: string, k: number) => string[] {
  const index = buildBm25(passages)
  return (query, k) => searchBm25(index, query, k).map((hit) => hit.passageId)
}

/** 2. Passages and facts → a typed knowledge graph; questions join it as they are made. */
export function corpusKnowledge(corpus: Corpus): KnowledgeGraph {
  const { documents, passages, facts } = corpus
  return buildKnowledge([
    { iteration: 0, documents: [...documents], passages: [...passages], facts: [...facts], questions: [] },
  ])
}

/** The graph after an iteration's questions. */
export function growKnowledge(
  graph: KnowledgeGraph,
  questions: readonly Question[],
  iteration: number,
): KnowledgeGraph {
  return addIteration(graph, { iteration, documents: [], passages: [], facts: [], questions: [...questions] })
}

/** 3. The teacher that needs no language model. Its practice for the agents uses the project's own categories. */
export function extractiveTeacher(corpus: Corpus, categories: readonly string[]): Teacher {
  const { facts, passages, documents } = corpus
  const teacher = createExtractiveTeacher({ facts, passages, documents, search: searcher(corpus) })
  return {
    ...teacher,
    async agentTurns(count, iteration, seed) {
      const questions = await teacher.questions({ count, iteration: iteration + 2000, seed })
      const gold = await teacher.replies(questions, categories, seed)
      const praise = await teacher.critiques(questions, gold, seed)
      const faulty = await teacher.corrupt(questions, gold, seed)
      const examples = questions.map((question, i) => {
        const { faulty: wrong, critique } = must(faulty[i])
        return { question, gold: must(gold[i]), faulty: wrong, critique, praise: must(praise[i]) }
      })
      return agentTurns(examples, seed)
    },
  }
}

/** The paper's teacher: a language model reads the passages. */
export function localTeacher(
  model: Generator,
  corpus: Corpus,
  settings: Settings,
  signal?: { readonly aborted: boolean },
): Teacher {
  const { inContext, retrieved } = settings.passages
  return createLocalTeacher({
    model,
    passages: corpus.passages,
    search: searcher(corpus),
    inContext,
    retrieved,
    signal,
  })
}

export interface StageRequest {
  context: StageContext
  settings: Settings
  corpus: Corpus
  teacher: Teacher
  /** A generator over live weights. */
  generator(parameters: () => Parameters): Generator
  /** Pairs of an iteration that are already kept, when a run goes on. */
  keptPairs(stage: 1 | 2, iteration: number): Promise<readonly Pair[] | undefined>
  keepPairs(made: MadePairs, stage: 1 | 2, iteration: number): Promise<void>
  /** Answers to the probe prompts after an iteration. */
  keepProbes(stage: 1 | 2, iteration: number, answers: { prompt: string; text: string }[]): Promise<void>
}

/** Zero asks about every fact. */
export function questionCount(wanted: number, corpus: Corpus): number {
  return wanted > 0 ? wanted : Math.max(1, corpus.facts.length)
}

/** 4. Pairs in situ, with the current model; a reply is right when its answer matches the gold one within 2 %. */
export function pairsFor(
  stage: 1 | 2,
  iteration: number,
  { categories, topics }: Pick<Settings, 'categories' | 'topics'>,
  settings: PairSettings,
  seed: number,
  teacher: Teacher,
  model: Generator,
  { logger, signal }: Pick<StageContext, 'logger' | 'signal'>,
): Promise<MadePairs> {
  return makePairs({
    stage,
    iteration,
    seed,
    settings,
    categories,
    topics,
    teacher,
    model,
    isRight: (reply, answer) => matchReply(reply, [answer], 0.02).correct,
    signal,
    onProgress: (done, total, label) => logger.progress({ done, total, label }),
  })
}

/**
 * 5. Stage 0: next-token training on the passages, and on the facts' stand-alone statements in another order every
 * pass: with pronouns resolved, they tie each value to its subject.
 */
export function stageZero({ context, settings, corpus }: StageRequest): Promise<Trainer> {
  const perRow = 6
  return runLanguageStage(context, settings.stage0, (pass) => {
    const statements = new Random(`statements:${context.seed}:${pass}`).shuffle([
      ...new Set(corpus.facts.map((f) => f.statement)),
    ])
    const rows: string[] = []
    for (let i = 0; i < statements.length; i += perRow) rows.push(statements.slice(i, i + perRow).join(' '))
    return [...corpus.passages.map((p) => p.text), ...rows]
  })
}

/** 6. and 7. Stage I (ORPO) and Stage II (EXO or DPO against the finished Stage I model). */
export function preferenceStage(stage: 1 | 2, request: StageRequest, reference?: Parameters): Promise<Trainer> {
  const { context, teacher } = request
  const own = stage === 1 ? request.settings.stage1 : request.settings.stage2
  const settings = { ...own, questionsPerIteration: questionCount(own.questionsPerIteration, request.corpus) }
  return runPreferenceStage(context, {
    stage,
    settings,
    reference: settings.loss === 'orpo' ? undefined : reference,
    generator: request.generator,
    hooks: {
      async pairs(iteration, model) {
        const kept = await request.keptPairs(stage, iteration)
        if (kept) return kept
        const made = await pairsFor(stage, iteration, request.settings, settings, context.seed, teacher, model, context)
        await request.keepPairs(made, stage, iteration)
        return made.pairs
      },
      async probe(iteration, model) {
        const { probePrompts } = request.settings
        if (probePrompts.length === 0) return
        const options = { maxNewTokens: settings.rejectedTokens, temperature: 0, seed: context.seed }
        const completions = await model.generate(probePrompts.map(withTrigger), options, { signal: context.signal })
        await request.keepProbes(
          stage,
          iteration,
          completions.map(({ text }, i) => ({ prompt: probePrompts[i] ?? '', text })),
        )
      },
    },
  })
}

/** 8. Closed-book questions, thinking on, off, or lent from another question. */
export function evaluateModel(
  model: Generator,
  questions: readonly EvaluationQuestion[],
  thinking: ThinkingMode,
  settings: Settings,
  seed: number,
  hooks: EvaluationHooks = {},
): Promise<EvaluationResult> {
  const { maxNewTokens } = settings.evaluation
  return evaluate(model, questions, { thinking, maxNewTokens, seed, batch: 64 }, { loops: isRepetitive, ...hooks })
}

/** 9. Recursive inference: reason, criticise, rewrite, answer again, integrate. */
export function reasonRecursively(
  model: Generator,
  questions: readonly string[],
  settings: RecursionSettings,
  hooks: RecursionHooks,
): Promise<Transcript[]> {
  return recurse({ reasoner: model }, questions, settings, hooks)
}
