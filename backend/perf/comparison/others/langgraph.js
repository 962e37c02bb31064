import { AIMessageChunk, HumanMessage, SystemMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { MessagesAnnotation, START, StateGraph } from '@langchain/langgraph'
import { ToolNode, toolsCondition } from '@langchain/langgraph/prebuilt'
import { ChatOpenAI } from '@langchain/openai'
import { z } from 'zod'

/** The usual graph of a model and its tools, without a checkpointer. */
export function createLoop({ modelUrl, model, instructions, question, lookup }) {
  const tools = [tool(async ({ order }) => lookup.run(order), { name: lookup.name, description: lookup.description, schema: z.object({ order: z.string() }) })]
  const chat = new ChatOpenAI({ model, apiKey: 'none', maxRetries: 0, configuration: { baseURL: modelUrl } }).bindTools(tools)
  const graph = new StateGraph(MessagesAnnotation)
    .addNode('model', async ({ messages }, config) => ({ messages: [await chat.invoke([new SystemMessage(instructions), ...messages], config)] }))
    .addNode('tools', new ToolNode(tools))
    .addEdge(START, 'model')
    .addConditionalEdges('model', toolsCondition)
    .addEdge('tools', 'model')
    .compile()
  return async () => {
    let text = ''
    for await (const [message] of await graph.stream({ messages: [new HumanMessage(question)] }, { streamMode: 'messages' }))
      if (message instanceof AIMessageChunk && typeof message.content === 'string') text += message.content
    return text
  }
}
