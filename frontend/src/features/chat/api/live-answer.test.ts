import { describe, expect, it } from 'vitest'
import { emptyAnswer, withChunk } from './live-answer.ts'
import { readChunks, type StreamChunk } from './ui-message-stream.ts'

function streamOf(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
      controller.close()
    },
  })
}

async function chunksOf(text: string, size = 7): Promise<StreamChunk[]> {
  const chunks: StreamChunk[] = []
  for await (const chunk of readChunks(streamOf(text, size))) chunks.push(chunk)
  return chunks
}

describe('readChunks', () => {
  it('reads events cut anywhere, even inside a letter, and passes over comments', async () => {
    const text =
      ': heartbeat\n\ndata: {"type":"text-delta","id":"1","delta":"Łódź €"}\n\ndata: {"type":"text-end","id":"1"}\r\n\r\ndata: [DONE]\n\ndata: {"type":"abort"}\n\n'
    for (const size of [1, 2, 3, 1000])
      expect(await chunksOf(text, size)).toEqual([
        { type: 'text-delta', id: '1', delta: 'Łódź €' },
        { type: 'text-end', id: '1' },
      ])
  })
  it('reads an event whose closing blank line never came', async () => {
    expect(await chunksOf('data: {"type":"finish"}')).toEqual([{ type: 'finish' }])
  })
  it('takes half an event at the end of a broken connection for none', async () => {
    expect(await chunksOf('data: {"type":"abort"}\n\ndata: {"type":"fin')).toEqual([{ type: 'abort' }])
  })
})

describe('withChunk', () => {
  const all = (chunks: StreamChunk[]) => chunks.reduce(withChunk, emptyAnswer)
  it('puts parts together in the order in which they began', () => {
    const answer = all([
      { type: 'start', messageId: 'm', messageMetadata: { sessionId: 's', agent: 'crm' } },
      { type: 'text-start', id: 'a' },
      { type: 'text-delta', id: 'a', delta: 'Two ' },
      { type: 'data-metric', data: { label: 'Contacts', value: 2 } },
      { type: 'text-delta', id: 'a', delta: 'contacts.' },
      { type: 'text-end', id: 'a' },
      { type: 'finish', messageMetadata: { processingTime: 12 } },
    ])
    expect(answer.parts).toEqual([
      { type: 'text', text: 'Two contacts.' },
      { type: 'data-metric', data: { label: 'Contacts', value: 2 } },
    ])
    expect(answer).toMatchObject({ id: 'm', ended: 'finished', failure: null, metadata: { sessionId: 's', agent: 'crm', processingTime: 12 } })
  })
  it('replaces a data part that comes again under its id, and keeps two without one', () => {
    const answer = all([
      { type: 'data-metric', id: 'x', data: { label: 'A', value: 1 } },
      { type: 'data-metric', data: { label: 'B', value: 1 } },
      { type: 'data-metric', data: { label: 'C', value: 1 } },
      { type: 'data-metric', id: 'x', data: { label: 'A', value: 9 } },
    ])
    expect(answer.parts.map((part) => part.type === 'data-metric' && [part.data.label, part.data.value])).toEqual([
      ['A', 9],
      ['B', 1],
      ['C', 1],
    ])
  })
  it('keeps what had arrived when the answer fails', () => {
    const answer = all([
      { type: 'text-start', id: 'a' },
      { type: 'text-delta', id: 'a', delta: 'So far' },
      { type: 'error', errorText: 'The database went away.' },
    ])
    expect(answer.parts).toEqual([{ type: 'text', text: 'So far' }])
    expect(answer.failure).toBe('The database went away.')
  })
})
