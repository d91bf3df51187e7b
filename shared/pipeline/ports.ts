/** @file What the pipeline asks of the outside world. Adapters implement these; tests fake only these. */

import type { Question, StructuredReply } from './artifacts.ts'

export type { Completion, GenerationHooks, Generator } from '../model/generator.ts'
export type { SamplingOptions } from '../model/sampling.ts'

/** Writes questions and structured replies from passages (the paper's teacher). */
export interface Teacher {
  readonly name: string
  /** Up to `count` questions that stand alone. `seen` holds texts not to be repeated. */
  questions(request: {
    count: number
    topics?: readonly string[]
    iteration: number
    seed: number
  }): Promise<Question[]>
  /** The gold reply for each question: one thought section per category, then the key answer. */
  replies(questions: readonly Question[], categories: readonly string[], seed: number): Promise<StructuredReply[]>
  /** A plausible wrong answer for each question. */
  wrongAnswers(questions: readonly Question[], seed: number): Promise<string[]>
  /** A critique of each reply's thinking, for the reflection section. */
  critiques(questions: readonly Question[], replies: readonly StructuredReply[], seed: number): Promise<string[]>
  /** Turns that teach criticising, rewriting and integrating; for teachers that know a fault when they make one. */
  agentTurns?(count: number, iteration: number, seed: number): Promise<AgentTurn[]>
}

export interface AgentTurn {
  question: Question
  prompt: string
  chosen: string
  rejected: string
}

/** Files below one folder. Paths are relative, with forward slashes. */
export interface Folder {
  read(path: string): Promise<Uint8Array>
  /** Write-temp, fsync, rename: afterwards the path holds all of `data` or what it held before. */
  write(path: string, data: Uint8Array): Promise<void>
  exists(path: string): Promise<boolean>
  list(path: string): Promise<string[]>
  remove(path: string): Promise<void>
}

export interface Progress {
  done: number
  total: number
  /** What is being done, for a person. */
  label: string
}

export interface Logger {
  progress(progress: Progress): void
  event(event: { type: string; [key: string]: unknown }): void
  remark(text: string): void
}

/** Milliseconds since the epoch; injected so that runs can be replayed. */
export type Clock = () => number
