import type { AnswerMetadata, MessagePart } from '#contracts/chat.ts'
import type { AnswerChunk } from './answer-log.ts'

/** What the chunks of a running answer have told so far. */
export interface PartialAnswer {
  text: string
  /** The text first. */
  parts: MessagePart[]
  metadata: Partial<AnswerMetadata>
}

/** Reads an answer that is not whole out of its chunks. */
export function readPartialAnswer(chunks: Iterable<AnswerChunk>): PartialAnswer {
  let text = ''
  const data: MessagePart[] = []
  let metadata: Partial<AnswerMetadata> = {}
  for (const chunk of chunks) {
    if (chunk.type === 'text-delta') text += chunk.delta
    else if (chunk.type === 'start' || chunk.type === 'message-metadata') metadata = { ...metadata, ...chunk.messageMetadata }
    // Data that stays is made of checked parts; the rest only told what was going on.
    else if (chunk.type.startsWith('data-') && 'data' in chunk && chunk.transient !== true) data.push({ type: chunk.type, data: chunk.data } as MessagePart)
  }
  return { text, parts: text === '' ? data : [{ type: 'text', text }, ...data], metadata }
}

/** The same chunks with the texts that follow one another as one. */
export function joinTexts(chunks: readonly AnswerChunk[]): AnswerChunk[] {
  const joined: AnswerChunk[] = []
  for (const chunk of chunks) {
    const last = joined.at(-1)
    if (chunk.type === 'text-delta' && last?.type === 'text-delta' && last.id === chunk.id)
      joined[joined.length - 1] = { ...last, delta: last.delta + chunk.delta }
    else joined.push(chunk)
  }
  return joined
}
