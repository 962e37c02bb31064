import type { AnswerMetadata } from '#contracts/chat.ts'
import { partChunks } from './answer-chunks.ts'
import type { AnswerChunk } from './answer-log.ts'
import type { StoredMessage } from './messages.repository.ts'

/** What a reader of an answer has been told. */
export interface Told {
  hasStarted: boolean
  /** Length of the text. */
  said: number
}

/** The chunks of an answer that has ended, from where its reader is. */
export function* endedChunks(
  { id, sessionId, parentId, agent, status, text, parts, citations, metadata }: StoredMessage,
  { hasStarted, said }: Told = { hasStarted: false, said: 0 },
): Generator<AnswerChunk> {
  const { routing, answeredBy, language, coverage, usage, processingTime } = metadata as unknown as AnswerMetadata
  const known = {
    sessionId,
    messageId: id,
    ...(parentId == null ? {} : { questionId: parentId }),
    agent: agent ?? 'crm',
    routing,
    answeredBy,
    ...(language === undefined ? {} : { language }),
  }
  if (!hasStarted) yield { type: 'start', messageId: id, messageMetadata: known }
  if (status === 'done') {
    if (hasStarted) yield { type: 'message-metadata', messageMetadata: known }
    yield* partChunks(parts, said)
    yield { type: 'finish', finishReason: 'stop', messageMetadata: { ...known, status, citations, coverage, usage, processingTime } as AnswerMetadata }
    return
  }
  const failure = typeof metadata.failure === 'string' ? metadata.failure : text
  yield* spokenChunks(status === 'failed' ? text.slice(0, Math.max(0, text.length - failure.length)).trimEnd() : text, said)
  yield {
    type: 'message-metadata',
    messageMetadata: { status: status === 'failed' ? 'failed' : 'stopped', ...(processingTime === undefined ? {} : { processingTime }) },
  }
  if (status === 'failed') yield { type: 'error', errorText: failure }
  else yield { type: 'abort', reason: 'stopped' }
}

/** What was said of an answer that broke off. */
function* spokenChunks(text: string, said: number): Generator<AnswerChunk> {
  if (text !== '' || said > 0) yield* partChunks([{ type: 'text', text }], said)
}
