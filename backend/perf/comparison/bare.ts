import type { Loop, LoopTask } from './task.ts'

/** The two requests that any loop has to make, with their answers read to the end and no more. */
export function createLoop({ modelUrl, model, instructions, question, lookup }: LoopTask): Loop {
  const tools = [
    {
      type: 'function',
      function: {
        name: lookup.name,
        description: lookup.description,
        parameters: { type: 'object', properties: { order: { type: 'string' } }, required: ['order'], additionalProperties: false },
      },
    },
  ]
  const call = async (more: object[]): Promise<string> => {
    const messages = [{ role: 'system', content: instructions }, { role: 'user', content: question }, ...more]
    const answer = await fetch(`${modelUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer none' },
      body: JSON.stringify({ model, stream: true, stream_options: { include_usage: true }, messages, tools }),
    })
    const decoder = new TextDecoder()
    let text = ''
    for await (const piece of answer.body ?? []) text += decoder.decode(piece, { stream: true })
    return text
  }
  return async () => {
    await call([])
    const answered = await call([
      { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: lookup.name, arguments: '{"order":"4711"}' } }] },
      { role: 'tool', tool_call_id: 'call_1', content: lookup.run('4711') },
    ])
    return [...answered.matchAll(/"content":"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => JSON.parse(`"${text}"`)).join('')
  }
}
