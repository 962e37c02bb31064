import type { Logger } from 'pino'
import type { Database } from '#backend/infra/database/database.ts'
import { type AnswerChunk, type AnswerLog, createAnswerLog } from './answer-log.ts'
import { chatJob } from './chat-job.ts'
import { endedChunks } from './ended-chunks.ts'
import type { InterruptedAnswers } from './interrupted-answers.ts'
import { findMessage } from './messages.repository.ts'
import { type WatchedAnswer, watchAnswers } from './running-answers.repository.ts'

/** Answers that other processes make, followed through the database: each is looked at once for all its readers. */
export interface AnswerWatch {
  /** All chunks of an answer from its beginning; whoever calls may read the session. */
  follow(workspaceId: string, messageId: string): ReadableStream<AnswerChunk>
  /** Ends every stream where it is; its reader asks again, here or elsewhere. */
  close(): void
}

export interface AnswerWatchOptions {
  database: Database
  interrupted: InterruptedAnswers
  logger: Pick<Logger, 'warn'>
  /** Milliseconds between two looks. */
  lookMs: number
}

interface Watched {
  workspaceId: string
  messageId: string
  log: AnswerLog
  after: number
  hasStarted: boolean
  /** Length of the text so far. */
  said: number
}

export function createAnswerWatch({ database, interrupted, logger, lookMs }: AnswerWatchOptions): AnswerWatch {
  const watched = new Map<string, Watched>()
  let timer: NodeJS.Timeout | undefined
  let isTroubled = false

  function arm(delayMs: number): void {
    timer ??= setTimeout(look, delayMs).unref()
  }

  function look(): void {
    const byWorkspace = new Map<string, Watched[]>()
    for (const answer of watched.values()) {
      if (answer.log.readers() === 0) watched.delete(answer.messageId)
      else byWorkspace.set(answer.workspaceId, [...(byWorkspace.get(answer.workspaceId) ?? []), answer])
    }
    const looked = [...byWorkspace].map(([workspaceId, answers]) => lookIn(workspaceId, answers))
    Promise.all(looked)
      .then(
        () => {
          isTroubled = false
        },
        (error: unknown) => {
          if (!isTroubled) logger.warn({ err: error }, 'Answers of other processes could not be followed; it is tried again')
          isTroubled = true
        },
      )
      .finally(() => {
        timer = undefined
        if (watched.size > 0) arm(lookMs)
      })
  }

  async function lookIn(workspaceId: string, answers: readonly Watched[]): Promise<void> {
    const known = answers.map(({ messageId, after }) => ({ id: messageId, after }))
    const standings = await database.transaction(chatJob(workspaceId), (tx) => watchAnswers(tx, known), { readOnly: true })
    for (const standing of standings) {
      const answer = watched.get(standing.id)
      if (answer !== undefined) await goOn(answer, standing)
    }
  }

  async function goOn(answer: Watched, { status, isHeld, last, batches }: WatchedAnswer): Promise<void> {
    for (const chunk of batches.flat()) tell(answer, chunk)
    answer.after = last
    if (status === 'running') {
      if (!isHeld) await interrupted.end(answer.workspaceId, { messageId: answer.messageId })
      return
    }
    const message =
      status === null ? undefined : await database.transaction(chatJob(answer.workspaceId), (tx) => findMessage(tx, answer.messageId), { readOnly: true })
    if (message === undefined) answer.log.write({ type: 'abort', reason: 'deleted' })
    else answer.log.writeLater(endedChunks(message, answer))
    watched.delete(answer.messageId)
    answer.log.end()
  }

  return {
    follow(workspaceId, messageId) {
      const answer = watched.get(messageId) ?? { workspaceId, messageId, log: createAnswerLog(), after: -1, hasStarted: false, said: 0 }
      watched.set(messageId, answer)
      const stream = answer.log.read()
      arm(0)
      return stream
    },
    close() {
      clearTimeout(timer)
      timer = undefined
      for (const { log } of watched.values()) log.end()
      watched.clear()
    },
  }
}

function tell(answer: Watched, chunk: AnswerChunk): void {
  if (chunk.type === 'start') answer.hasStarted = true
  else if (chunk.type === 'text-delta') answer.said += chunk.delta.length
  answer.log.write(chunk)
}
