import { Agent } from '@mastra/core/agent'
import { noopLogger } from '@mastra/core/logger'
import { createTool } from '@mastra/core/tools'
import { z } from 'zod'

/** The loop of Mastra's agent, without memory and storage. */
export function createLoop({ modelUrl, model, instructions, question, lookup }) {
  const agent = new Agent({
    id: 'orders',
    name: 'Orders',
    instructions,
    model: { id: `stand-in/${model}`, url: modelUrl, apiKey: 'none' },
    maxRetries: 0,
    tools: {
      [lookup.name]: createTool({
        id: lookup.name,
        description: lookup.description,
        inputSchema: z.object({ order: z.string() }),
        execute: async ({ order }) => lookup.run(order),
      }),
    },
  })
  agent.__setLogger(noopLogger)
  return async () => {
    const result = await agent.stream(question)
    let text = ''
    for await (const piece of result.textStream) text += piece
    return text
  }
}
