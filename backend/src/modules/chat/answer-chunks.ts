import type { MessagePart } from '#contracts/chat.ts'
import type { AnswerChunk } from './answer-log.ts'
import { proposalChunks } from './proposal-chunks.ts'

/**
 * The parts of an answer as stream chunks in reading order: text word by word, data whole.
 * @param alreadySaid length of the first text that was streamed before, under the id `text-0`
 */
export function* partChunks(parts: readonly MessagePart[], alreadySaid = 0): Generator<AnswerChunk> {
  let texts = 0
  for (const part of parts) {
    if (part.type !== 'text') {
      yield { type: part.type, data: part.data }
      if (part.type === 'data-proposals') yield* proposalChunks(part.data)
      continue
    }
    const id = `text-${texts}`
    const skipped = texts === 0 ? alreadySaid : 0
    if (skipped === 0) yield { type: 'text-start', id }
    for (const delta of words(part.text.slice(skipped))) yield { type: 'text-delta', id, delta }
    yield { type: 'text-end', id }
    texts += 1
  }
}

/** Each word with the white space before it; joined again they are the text. */
function words(text: string): string[] {
  return text.match(/\s*\S+|\s+$/gu) ?? []
}
