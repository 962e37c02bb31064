import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { AnswerMetadata } from '#contracts/chat.ts'
import { partChunks } from './answer-chunks.ts'
import type { AnswerChunk } from './answer-log.ts'
import { findMessage, type StoredMessage } from './messages.repository.ts'

const pollMs = 300

export interface StoredAnswer {
  database: Database
  actor: Actor
  messageId: string
  /** Milliseconds after which nobody makes it any more. */
  forMs: number
  closing: AbortSignal
}

/** An answer that another process makes: its chunks once it has ended and stands in the database. */
export function followStoredAnswer({ database, actor, messageId, forMs, closing }: StoredAnswer): ReadableStream<AnswerChunk> {
  const left = new AbortController()
  const gone = AbortSignal.any([left.signal, closing])
  async function* chunks(): AsyncGenerator<AnswerChunk> {
    for (let waitedMs = 0; waitedMs < forMs && !gone.aborted; waitedMs += pollMs) {
      const message = await database.transaction(actor, (tx) => findMessage(tx, messageId), { readOnly: true })
      if (message === undefined) return
      if (message.status !== 'running') return yield* endedChunks(message)
      // Waking early is what the signal is for.
      await sleep(pollMs, undefined, { signal: gone }).catch(() => undefined)
    }
  }
  const source = chunks()
  return new ReadableStream<AnswerChunk>({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: () => left.abort(),
  })
}

function* endedChunks({ id, sessionId, agent, status, text, parts, citations, metadata }: StoredMessage): Generator<AnswerChunk> {
  const { routing, answeredBy, language, coverage, usage, processingTime } = metadata as unknown as AnswerMetadata
  const known = { sessionId, messageId: id, agent: agent ?? 'crm', routing, answeredBy, ...(language === undefined ? {} : { language }) }
  yield { type: 'start', messageId: id, messageMetadata: known }
  yield* partChunks(parts)
  if (status === 'failed') yield { type: 'error', errorText: text }
  else if (status === 'stopped') yield { type: 'abort', reason: 'stopped' }
  else
    yield { type: 'finish', finishReason: 'stop', messageMetadata: { ...known, status: 'done', citations, coverage, usage, processingTime } as AnswerMetadata }
}
