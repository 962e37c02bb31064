/** The AI SDK's UI message stream, as far as an answer uses it. */
export type StreamChunk =
  | { type: 'start'; messageId?: string; messageMetadata?: Record<string, unknown> }
  | { type: 'text-start'; id: string }
  | { type: 'text-delta'; id: string; delta: string }
  | { type: 'text-end'; id: string }
  | { type: 'message-metadata'; messageMetadata: Record<string, unknown> }
  | { type: 'finish'; messageMetadata?: Record<string, unknown> }
  | { type: 'abort' }
  | { type: 'error'; errorText: string }
  | { type: `data-${string}`; id?: string; data: unknown; transient?: boolean }

const dataOf = (event: string): string =>
  event
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(5).trimStart())
    .join('\n')

function isWhole(data: string): boolean {
  try {
    JSON.parse(data)
    return true
  } catch {
    // What a broken connection leaves of an event is none.
    return false
  }
}

/** Reads server-sent events until the stream ends; comments (heartbeats), unknown chunk types and half an event at the end pass by. */
export async function* readChunks(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamChunk> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let buffer = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      buffer += value ?? ''
      const events = buffer.split(/\r?\n\r?\n/)
      buffer = events.pop() ?? ''
      if (done && isWhole(dataOf(buffer))) events.push(buffer)
      for (const event of events) {
        const data = dataOf(event)
        if (data === '[DONE]') return
        if (data !== '') yield JSON.parse(data) as StreamChunk
      }
      if (done) return
    }
  } finally {
    reader.releaseLock()
  }
}
