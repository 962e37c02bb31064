import { Agent, OpenAIChatCompletionsModel, run, setTracingDisabled, tool } from '@openai/agents'
import OpenAI from 'openai'
import { z } from 'zod'

/** The loop of the OpenAI Agents SDK, over chat completions as everybody else here. */
export function createLoop({ modelUrl, model, instructions, question, lookup }) {
  // Traces go to another company's server.
  setTracingDisabled(true)
  const agent = new Agent({
    name: 'Orders',
    instructions,
    model: new OpenAIChatCompletionsModel(new OpenAI({ baseURL: modelUrl, apiKey: 'none', maxRetries: 0 }), model),
    tools: [
      tool({
        name: lookup.name,
        description: lookup.description,
        parameters: z.object({ order: z.string() }),
        execute: async ({ order }) => lookup.run(order),
      }),
    ],
  })
  return async () => {
    const result = await run(agent, question, { stream: true })
    let text = ''
    for await (const piece of result.toTextStream()) text += piece
    await result.completed
    return text
  }
}
