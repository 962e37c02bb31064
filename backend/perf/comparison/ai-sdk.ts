import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { isStepCount, streamText, tool } from 'ai'
import { z } from 'zod'
import type { Loop, LoopTask } from './task.ts'

/** The library under our loop, by itself: the difference is what ours adds for safety and for the books. */
export function createLoop({ modelUrl, model, instructions, question, lookup }: LoopTask): Loop {
  const languageModel = createOpenAICompatible({ name: 'stand-in', baseURL: modelUrl, includeUsage: true }).chatModel(model)
  const tools = {
    [lookup.name]: tool({
      description: lookup.description,
      inputSchema: z.object({ order: z.string() }),
      execute: async ({ order }) => lookup.run(order),
    }),
  }
  return async () => {
    const result = streamText({ model: languageModel, instructions, prompt: question, tools, stopWhen: isStepCount(5), maxRetries: 0 })
    let text = ''
    for await (const part of result.stream) if (part.type === 'text-delta') text += part.text
    return text
  }
}
