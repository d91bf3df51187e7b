/** @file `lab ask`: one question, answered at once or recursively. */

import { transcriptToMarkdown } from '../../shared/pipeline/inference/transcript.ts'
import { reasonRecursively } from '../../shared/pipeline/pipeline.ts'
import { parseReply, THINK, withTrigger } from '../../shared/pipeline/thought.ts'
import { withAnswering } from './answering.ts'
import type { HostContext } from './host-context.ts'
import type { ModelName } from './stage-weights.ts'
import { withProject } from './workspace.ts'

export interface AskRequest {
  question: string
  model?: ModelName
  rounds: number
  mode: 'thinking' | 'reflection'
  thinking: 'on' | 'off'
  seed?: number
}

export async function askModel(directory: string, request: AskRequest, host: HostContext) {
  return withProject(directory, (project) =>
    withAnswering(project, request.model, host, async (generator, model) => {
      const { temperature, maxNewTokens } = project.file.settings.inference
      const seed = request.seed ?? project.file.seed
      if (request.rounds > 0) {
        const settings = {
          mode: request.mode,
          rounds: request.rounds,
          integrate: true,
          maxNewTokens,
          temperature,
          seed,
        }
        const [transcript] = await reasonRecursively(generator, [request.question], settings, {
          clock: host.clock,
          signal: host.signal,
          onProgress: (progress) => host.logger.progress(progress),
        })
        return { model, transcript, text: transcript ? transcriptToMarkdown(transcript) : '' }
      }
      const on = request.thinking === 'on'
      const [completion] = await generator.generate(
        [on ? withTrigger(request.question) : request.question],
        { maxNewTokens, temperature, seed, banned: on ? [] : [THINK] },
        { signal: host.signal, onToken: (_, text) => host.logger.event({ type: 'token', text }) },
      )
      const reply = parseReply(completion?.text ?? '')
      const thinking = reply.thinking ? `Thinking:\n${reply.thinking}\n\n` : ''
      const reflection = reply.reflection ? `Reflection:\n${reply.reflection}\n\n` : ''
      return {
        model,
        ...reply,
        tokens: completion?.tokens ?? 0,
        text: `${thinking}${reflection}Answer: ${reply.answer}`,
      }
    }),
  )
}
