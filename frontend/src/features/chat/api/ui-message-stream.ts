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

/** Reads server-sent events until the stream ends; comments (heartbeats) and unknown chunk types pass by. */
export async function* readChunks(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamChunk> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  let buffer = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      buffer += value ?? ''
      const events = buffer.split(/\r?\n\r?\n/)
      buffer = done ? '' : (events.pop() ?? '')
      for (const event of events) {
        const data = event
          .split(/\r?\n/)
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5).trimStart())
          .join('\n')
        if (data === '[DONE]') return
        if (data !== '') yield JSON.parse(data) as StreamChunk
      }
      if (done) return
    }
  } finally {
    reader.releaseLock()
  }
}
