/**
 * @file Every prompt that a trained model meets at inference time. The starter model is pretrained on these very
 * wordings, so a change here wants a new starter model.
 */

/** The critic reads the thinking and says what is wrong or missing in it. */
export function critiquePrompt(question: string, thinking: string): string {
  return `Question: ${question}\nThinking:\n${thinking}\nCriticise the thinking.`
}

/** The improver rewrites the thinking and keeps its structure. */
export function improvePrompt(question: string, thinking: string, feedback: string): string {
  return `Question: ${question}\nThinking:\n${thinking}\nFeedback: ${feedback}\nRewrite the thinking.`
}

/** The integrator merges several answers, the first one included, into one. */
export function integratePrompt(question: string, answers: readonly string[]): string {
  return `Question: ${question}\n${answers.map((a, i) => `Answer ${i + 1}: ${a}`).join('\n')}\nIntegrate the answers.`
}

/** A question to be answered from a passage given in the prompt. */
export function contextPrompt(question: string, passage: string): string {
  return `Context: ${passage}\nQuestion: ${question}`
}
