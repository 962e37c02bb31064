import type { AnswerMetadata, MessagePart } from '#contracts/chat.ts'
import type { StreamChunk } from './ui-message-stream.ts'

/** An answer while it arrives. */
export interface LiveAnswer {
  id: string | null
  parts: MessagePart[]
  metadata: Partial<AnswerMetadata>
  /** Where each text block and named data part stands in `parts`. */
  places: Readonly<Record<string, number>>
  /** What a model's tool is doing meanwhile. */
  activity: string | null
  ended: 'finished' | 'aborted' | null
  failure: string | null
}

export const emptyAnswer: LiveAnswer = { id: null, parts: [], metadata: {}, places: {}, activity: null, ended: null, failure: null }

function place(answer: LiveAnswer, key: string, part: MessagePart): LiveAnswer {
  const index = answer.places[key]
  if (index !== undefined) return { ...answer, parts: answer.parts.with(index, part) }
  return { ...answer, parts: [...answer.parts, part], places: { ...answer.places, [key]: answer.parts.length } }
}

/** What a tool is about, while it runs. */
function activityOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('state' in data) || !('title' in data)) return null
  return data.state === 'start' && typeof data.title === 'string' ? data.title : null
}

/** The answer after one more chunk. */
export function withChunk(answer: LiveAnswer, chunk: StreamChunk): LiveAnswer {
  switch (chunk.type) {
    case 'start':
      return { ...answer, id: chunk.messageId ?? answer.id, metadata: { ...answer.metadata, ...chunk.messageMetadata } }
    case 'message-metadata':
      return { ...answer, metadata: { ...answer.metadata, ...chunk.messageMetadata } }
    case 'text-start':
      return place({ ...answer, activity: null }, `text:${chunk.id}`, { type: 'text', text: '' })
    case 'text-delta': {
      const index = answer.places[`text:${chunk.id}`]
      const part = index === undefined ? undefined : answer.parts[index]
      return place(answer, `text:${chunk.id}`, { type: 'text', text: (part?.type === 'text' ? part.text : '') + chunk.delta })
    }
    case 'finish':
      return { ...answer, ended: 'finished', metadata: { ...answer.metadata, ...chunk.messageMetadata } }
    case 'abort':
      return { ...answer, ended: 'aborted' }
    case 'error':
      return { ...answer, failure: chunk.errorText }
    case 'text-end':
      return answer
    default:
      if (chunk.type === 'data-tool') return { ...answer, activity: activityOf(chunk.data) }
      if (!chunk.type.startsWith('data-') || chunk.transient === true) return answer
      return place(answer, `${chunk.type}:${chunk.id ?? answer.parts.length}`, { type: chunk.type, data: chunk.data } as MessagePart)
  }
}
