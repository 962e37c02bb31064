import type { LanguageModel } from 'ai'
import type { z } from 'zod'
import type { Actor } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { LanguageModels } from './model-runner.ts'
import { loadSdk } from './sdk.ts'

export interface ObjectRequest<T> {
  /** Id of the agent whose model is asked. */
  agent: string
  actor: Actor
  /** What for, in a word. */
  purpose: string
  instructions: string
  /** What it is about; it may hold words of others, and then so may the answer. */
  text: string
  schema: z.ZodType<T>
  signal?: AbortSignal
}

const mostTries = 2

/**
 * Asks a model for an answer of a shape, once more when the first is not of it; no tools, and nothing is done with it here.
 * @throws AppError UNAVAILABLE without a model, UPSTREAM when it gives no such answer, and what its provider does wrong
 */
export async function askForObject<T>(models: LanguageModels, { agent, actor, purpose, instructions, text, schema, signal }: ObjectRequest<T>): Promise<T> {
  const model: LanguageModel | undefined = models.languageModel(agent, { actor, purpose })
  if (model === undefined) throw new AppError('UNAVAILABLE', 'No language model is configured.')
  const { generateText, NoObjectGeneratedError, Output } = await loadSdk()
  for (let attempt = 1; ; attempt++) {
    try {
      const again = attempt === 1 ? '' : '\n\nThe last answer was not of the shape that is asked for. Answer with that JSON alone.'
      const { output } = await generateText({
        model,
        instructions: `${instructions}${again}`,
        prompt: text,
        output: Output.object({ schema }),
        maxRetries: 0,
        ...(signal === undefined ? {} : { abortSignal: signal }),
      })
      return output as T
    } catch (error) {
      if (!NoObjectGeneratedError.isInstance(error)) throw error
      if (attempt === mostTries) throw new AppError('UPSTREAM', 'The language model did not answer in the form that was asked for.', { cause: error })
    }
  }
}
