/** @file Stage 0: next-token training on the passages, so that a small model holds the knowledge it will reason about. */

import { Cancelled, Fault, must } from '../../base/errors.ts'
import { Random } from '../../base/random.ts'
import { packRows, type Sequence } from '../../model/batch.ts'
import { Trainer, type TrainingBatch } from '../../model/trainer.ts'
import { optimizerOf, type StageContext, type StepSettings } from './stage-context.ts'
import { START, stepsOf, type Place } from './steps.ts'

/** @param texts what one pass reads; asked for at each pass, so that it may be put in another order */
export async function runLanguageStage(
  context: StageContext,
  settings: StepSettings,
  texts: (pass: number) => readonly string[],
): Promise<Trainer> {
  const { tokenizer, logger, seed, store } = context
  const rowsOf = (pass: number) =>
    texts(pass).flatMap((text) => cut(tokenizer.encode(text), tokenizer.padId, settings.maxTokens))
  const perPass = Math.ceil(rowsOf(0).length / settings.rowsPerStep)
  if (perPass === 0) throw new Fault('no-documents', 'There is no text to read.', 'Add documents first.')
  const total = perPass * settings.passes
  const trainer = new Trainer({
    runner: context.runner,
    graph: { config: context.config, plan: context.plan, maxLength: context.maxLength },
    objective: { kind: 'language' },
    optimizer: optimizerOf(settings, total),
    parameters: context.resume?.state.parameters ?? context.parameters,
    resume: context.resume?.state,
    folder: context.folder,
    seed,
  })
  let place: Place = context.resume?.place ?? START
  for (; place.pass < settings.passes; place = { iteration: 0, pass: place.pass + 1, index: 0 }) {
    const rows = rowsOf(place.pass)
    const random = new Random(`stage-0:${seed}:${place.pass}`)
    const lengths = rows.map((row) => row.ids.length)
    const steps = stepsOf(lengths, settings.rowsPerStep, settings.batchTokens, random)
    for (; place.index < steps.length; place = { ...place, index: place.index + 1 }) {
      if (context.signal?.aborted) {
        await store.checkpoint(trainer.state, place)
        throw new Cancelled()
      }
      const parts = must(steps[place.index]).map((group) => group.map((i) => must(rows[i])))
      const tokens = parts.flat().reduce((sum, row) => sum + row.ids.length, 0)
      const start = context.clock()
      const result = await trainer.train(languageBatches(parts, tokenizer.padId))
      const seconds = Math.max(1e-3, (context.clock() - start) / 1000)
      await store.metric({
        step: trainer.step,
        epoch: place.pass + (place.index + 1) / steps.length,
        loss: result.scalars.loss,
        nll_loss: result.scalars.nll,
        grad_norm: result.gradNorm,
        learning_rate: result.learningRate,
        tokens_per_second: tokens / seconds,
      })
      logger.progress({ done: trainer.step, total, label: 'reading the documents' })
      if (trainer.step % settings.checkpointSteps === 0) {
        await store.checkpoint(trainer.state, { ...place, index: place.index + 1 })
      }
      await context.breathe()
    }
  }
  await store.checkpoint(trainer.state, place)
  return trainer
}

/** Rows of at most `maxTokens`; every token but the first is scored, the end of the text included. */
function cut(ids: readonly number[], endId: number, maxTokens: number): Sequence[] {
  const all = [...ids, endId]
  const rows: Sequence[] = []
  for (let at = 0; at < all.length; at += maxTokens) {
    const part = all.slice(at, at + maxTokens)
    if (part.length > 1) rows.push({ ids: part, scored: part.map((_, i) => i).slice(1) })
  }
  return rows
}

/** All parts of a step share one mean over its tokens. */
function languageBatches(parts: readonly Sequence[][], padId: number): TrainingBatch[] {
  const scored = parts.flat().reduce((sum, row) => sum + row.scored.length, 0)
  return parts.map((rows) => {
    const batch = packRows(rows, padId)
    return { ...batch, nllWeights: new Float32Array(batch.labels.length).fill(1 / scored) }
  })
}
