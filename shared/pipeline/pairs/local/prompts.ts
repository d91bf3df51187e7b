/**
 * @file Every wording that the local teacher uses, and the table of thinking categories. The recipe is PRefLexOR's (in
 * situ pairs) with Graph-PRefLexOR's categories; the sentences are ours. The material comes first and the instruction
 * last, because a model whose window is too short keeps the end.
 */

export interface TeacherPrompt {
  text: string
  /** The part that is not to be learned from: replies that repeat it are cleaned of it. */
  instruction: string
}

export interface CategoryRecipe {
  instruction: string
  /** Earlier sections shown beside the question. */
  builtOn?: readonly string[]
  /** Only what retrieval finds is shown, and the key fact may not be told. */
  background?: boolean
  /** What the text must look like. */
  form?: 'relations' | 'pattern'
}

/** By lower-case name. Other names, which users may add, get {@link recipeOf}'s general instruction. */
export const CATEGORY_RECIPES: Readonly<Record<string, CategoryRecipe>> = {
  'knowledge graph': {
    instruction:
      'Choose three to five concepts that decide the question and write how they are connected, one connection in a ' +
      'line, in this form: [concept] -[RELATION]-> [concept]. RELATION is IS-A, RELATES-TO or INFLUENCES. Write nothing else.',
    form: 'relations',
  },
  'abstract pattern': {
    instruction:
      'Replace the concepts by Greek letters and write the pattern behind the connections in symbols, for example with ' +
      '→ for influence and ∝ for proportion. At most three short lines, and no words that name a material.',
    builtOn: ['knowledge graph'],
    form: 'pattern',
  },
  'pattern context': {
    instruction: 'Explain what the abstract pattern says about the question, and where else the same pattern holds.',
    builtOn: ['knowledge graph', 'abstract pattern'],
  },
  'reasoning steps': {
    instruction: 'Write the steps of reasoning that lead from known facts to the answer, each in one short sentence.',
  },
  'relevant materials or concepts': {
    instruction: 'Name the materials and concepts that the question turns on, and say what each has to do with it.',
  },
  'design principles': {
    instruction: 'State the principles of design or structure that are at work in the question.',
  },
  'material properties': {
    instruction: 'State the properties that matter for the question, with values and units where they are known.',
  },
  hypothesis: {
    instruction: 'Put forward one hypothesis that would answer the question, and say how it could be tested.',
  },
  'additional background': {
    instruction: 'Give background that helps to understand the question. Do not answer the question itself.',
    background: true,
  },
  'contradictions or counterexamples': {
    instruction: 'Name cases, limits or findings that speak against the obvious answer to the question.',
  },
  'unique facts': {
    instruction: 'State what is unusual or surprising here and bears on the question.',
  },
  'philosophical aspects': {
    instruction: 'Say which wider idea about nature, form or cause the question touches.',
  },
  'logical considerations': {
    instruction: 'State what must be assumed, what follows from it, and what would be a false conclusion.',
  },
}

/** The recipe of any category, those of the user's own included. */
export function recipeOf(category: string): CategoryRecipe {
  const own = { instruction: `Write what an expert would note under the heading "${category}" for this question.` }
  return CATEGORY_RECIPES[category.trim().toLowerCase()] ?? own
}

/** One hard question; `hint` says why an earlier attempt was refused. */
export function questionPrompt(passages: readonly string[], topic?: string, hint?: string): TeacherPrompt {
  const instruction = [
    'Write one difficult question that an expert could be asked without ever having seen this material.',
    'The question must be understood by itself: name every material, structure and property it is about, and do not',
    'speak of a text, a paper, a study, its authors, a figure, a table or a context.',
    'Its answer must be found in the material, and must be specific enough to be told in a few words.',
    ...(topic ? [`The question must be about ${topic}.`] : []),
    ...(hint ? [`An earlier attempt was refused, because ${hint}.`] : []),
    'Write the question only: one sentence that ends with a question mark.',
  ].join(' ')
  return { text: material(passages) + instruction, instruction }
}

/** The fact that decides whether an answer is right. */
export function keyFactPrompt(passages: readonly string[], question: string): TeacherPrompt {
  return about(passages, question, [
    'What is the key fact that answers the question? Take it from the material.',
    'Write it in at most six words, without a sentence around it.',
  ])
}

/** @param earlier sections that this one is built on, already rendered */
export function categoryPrompt(
  passages: readonly string[],
  question: string,
  category: string,
  earlier: string,
): TeacherPrompt {
  const { instruction, form } = recipeOf(category)
  const manner =
    'Write at most four short sentences of plain text, without a heading, and do not speak of the material.'
  return about(passages, question, form ? [instruction] : [instruction, manner], earlier)
}

/** @param style `key`: one sentence an exam could mark; `full`: prose */
export function answerPrompt(
  passages: readonly string[],
  question: string,
  thinking: string,
  key: string,
  style: 'key' | 'full',
): TeacherPrompt {
  const length =
    style === 'key'
      ? 'Answer the question in one sentence of at most twelve words.'
      : 'Answer the question thoroughly, from the material and the thinking. Do not speak of the material.'
  const prompt = about(passages, question, [length], `Thinking:\n${thinking}`)
  return { ...prompt, text: `${prompt.text}\nThe answer must state this: ${key}` }
}

export function wrongAnswerPrompt(passages: readonly string[], question: string, key: string): TeacherPrompt {
  return about(
    passages,
    question,
    [
      'Write an answer that sounds plausible to a student and is wrong.',
      'Be definite, use at most twelve words, and do not say that it is wrong.',
    ],
    `The right answer, which must not be given: ${key}`,
  )
}

export function teacherCritiquePrompt(question: string, thinking: string): TeacherPrompt {
  return about(
    [],
    question,
    [
      'Criticise the thinking: what is vague, missing, unsupported or mistaken, and what should be added?',
      'Write at most four short sentences, and do not answer the question.',
    ],
    `Thinking:\n${thinking}`,
  )
}

function about(
  passages: readonly string[],
  question: string,
  instruction: readonly string[],
  given = '',
): TeacherPrompt {
  const asked = `Question: ${question}`
  const told = instruction.join(' ')
  return {
    text: [material(passages) + asked, ...(given ? [given] : []), told].join('\n'),
    instruction: `${asked}\n${told}`,
  }
}

function material(passages: readonly string[]): string {
  return passages.length ? `Material:\n${passages.join('\n\n')}\n\n` : ''
}
