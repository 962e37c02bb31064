import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { AnswerMetadata } from '#contracts/chat.ts'
import { partChunks } from './answer-chunks.ts'
import type { AnswerChunk } from './answer-log.ts'
import { findMessage, type StoredMessage } from './messages.repository.ts'

const pollMs = 300

/** An answer that another process makes: its chunks once it has ended and stands in the database. */
export function followStoredAnswer(database: Database, actor: Actor, messageId: string, forMs: number): ReadableStream<AnswerChunk> {
  const gone = new AbortController()
  async function* chunks(): AsyncGenerator<AnswerChunk> {
    for (let waitedMs = 0; waitedMs < forMs && !gone.signal.aborted; waitedMs += pollMs) {
      const message = await database.transaction(actor, (tx) => findMessage(tx, messageId), { readOnly: true })
      if (message === undefined) return
      if (message.status !== 'running') return yield* endedChunks(message)
      await sleep(pollMs, undefined, { signal: gone.signal }).catch(() => undefined)
    }
  }
  const source = chunks()
  return new ReadableStream<AnswerChunk>({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: () => gone.abort(),
  })
}

function* endedChunks({ id, sessionId, agent, status, text, parts, citations, metadata }: StoredMessage): Generator<AnswerChunk> {
  const { routing, answeredBy, coverage, usage, processingTime } = metadata as unknown as AnswerMetadata
  const known = { sessionId, messageId: id, agent: agent ?? 'crm', routing, answeredBy }
  yield { type: 'start', messageId: id, messageMetadata: known }
  yield* partChunks(parts)
  if (status === 'failed') yield { type: 'error', errorText: text }
  else if (status === 'stopped') yield { type: 'abort', reason: 'stopped' }
  else yield { type: 'finish', finishReason: 'stop', messageMetadata: { ...known, status: 'done', citations, coverage, usage, processingTime } as AnswerMetadata }
}
