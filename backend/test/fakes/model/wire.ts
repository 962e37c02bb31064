import type { ModelReply, WireRequest, WireUsage } from './reply.ts'

interface Head {
  id: string
  created: number
  model: string
}

/** The answer as one body. */
export function toCompletion(reply: ModelReply, request: WireRequest, head: Head): string {
  if (reply.raw !== undefined) return reply.raw
  const calls = toolCallsOf(reply, head)
  const message = { role: 'assistant', content: reply.text ?? null, ...(calls.length === 0 ? {} : { tool_calls: calls.map(({ index: _, ...call }) => call) }) }
  return JSON.stringify({
    ...head,
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: finishOf(reply) }],
    ...(reply.usage === null ? {} : { usage: usageOf(reply, request) }),
  })
}

/** The answer as the pieces of a stream, each a line of server-sent events. */
export function toPieces(reply: ModelReply, request: WireRequest, head: Head): string[] {
  const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
  const chunk = (delta: object, finish: string | null = null) =>
    event({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })
  const pieces: string[] = []
  for (const text of inPieces(reply.text ?? '', reply.pieceSize ?? 12))
    pieces.push(chunk(pieces.length === 0 ? { role: 'assistant', content: text } : { content: text }))
  for (const call of toolCallsOf(reply, head)) {
    // Whoever speaks is said once, as OpenAI does; some clients take what comes without it for no answer.
    const speaker = pieces.length === 0 ? { role: 'assistant', content: null } : {}
    pieces.push(chunk({ ...speaker, tool_calls: [{ ...call, function: { name: call.function.name, arguments: '' } }] }))
    for (const part of inPieces(call.function.arguments, reply.pieceSize ?? 12))
      pieces.push(chunk({ tool_calls: [{ index: call.index, function: { arguments: part } }] }))
  }
  if (reply.raw !== undefined) pieces.push(`data: ${reply.raw}\n\n`)
  pieces.push(chunk({}, finishOf(reply)))
  if (reply.usage !== null && request.stream_options?.include_usage)
    pieces.push(event({ ...head, object: 'chat.completion.chunk', choices: [], usage: usageOf(reply, request) }))
  pieces.push('data: [DONE]\n\n')
  return pieces
}

function toolCallsOf({ toolCalls = [] }: ModelReply, { id }: Head) {
  return toolCalls.map(({ name, input }, index) => ({
    index,
    id: `call_${id}_${index}`,
    type: 'function',
    function: { name, arguments: typeof input === 'string' ? input : JSON.stringify(input) },
  }))
}

function finishOf({ finishReason, toolCalls = [] }: ModelReply): string {
  return finishReason ?? (toolCalls.length > 0 ? 'tool_calls' : 'stop')
}

/** Four characters to a token, as good a count as any for a model that is none. */
function usageOf({ usage, text = '', toolCalls = [] }: ModelReply, { messages, tools = [] }: WireRequest): WireUsage {
  const prompt = usage?.prompt_tokens ?? Math.ceil(JSON.stringify([messages, tools]).length / 4)
  const completion = usage?.completion_tokens ?? Math.ceil((text.length + JSON.stringify(toolCalls).length) / 4)
  return { ...usage, prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
}

function inPieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size))
}
