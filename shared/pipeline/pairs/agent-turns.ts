/**
 * @file Practice for the critic, the improver and the integrator: faulty thinking that the teacher made knowingly, with
 * the critique that exposes it and the thinking put right. The prompts are those of recursive inference.
 */

import { must } from '../../base/errors.ts'
import { Random } from '../../base/random.ts'
import type { Question, StructuredReply } from '../artifacts.ts'
import type { AgentTurn } from '../ports.ts'
import { critiquePrompt, improvePrompt, integratePrompt } from '../prompts.ts'
import { renderSections } from '../thought.ts'

export interface FaultyThinking {
  question: Question
  gold: StructuredReply
  faulty: StructuredReply
  critique: string
  /** What a critic says of the gold thinking. */
  praise: string
}

/** One turn per example, the three agents by turns. Rejected is what the agent must not write. */
export function agentTurns(examples: readonly FaultyThinking[], seed: number): AgentTurn[] {
  const random = new Random(`agents:${seed}`)
  return examples.map((example, i) => {
    const { question, gold, faulty, critique, praise } = example
    const [good, bad] = [renderSections(gold.sections), renderSections(faulty.sections)]
    const agent = i % 3
    if (agent === 0) {
      const fine = random.chance(0.4)
      const prompt = critiquePrompt(question.text, fine ? good : bad)
      return { question, prompt, chosen: fine ? praise : critique, rejected: fine ? critique : praise }
    }
    if (agent === 1)
      return { question, prompt: improvePrompt(question.text, bad, critique), chosen: good, rejected: bad }
    const answers = random.shuffle([gold.answer, gold.answer, faulty.answer])
    const prompt = integratePrompt(
      question.text,
      answers.map((a) => must(a)),
    )
    return { question, prompt, chosen: gold.answer, rejected: faulty.answer }
  })
}
