import type { ChatAnswer } from '#contracts/chat.ts'
import { type AnswerLog, createAnswerLog } from './answer-log.ts'

/** How an answer ended; with `error` when it failed. */
export interface RunEnd {
  status: 'done' | 'stopped' | 'failed'
  answer: ChatAnswer
  error?: unknown
  /** A model broke it off; what was said stands. */
  isBroken?: boolean
}

/** One answer being made in this process, whoever listens. */
export interface AnswerRun {
  readonly workspaceId: string
  readonly sessionId: string
  readonly log: AnswerLog
  /** Fired by an explicit stop, or when the answer takes too long. */
  readonly abort: AbortController
  /** Never rejects. */
  readonly ended: Promise<RunEnd | undefined>
  end(end: RunEnd | undefined): void
}

export interface RunRegistry {
  /** Undefined when the session has a running answer already. */
  open(workspaceId: string, sessionId: string): AnswerRun | undefined
  find(workspaceId: string, sessionId: string): AnswerRun | undefined
  all(): AnswerRun[]
}

/** The answers of this process by session: at most one each. */
export function createRunRegistry(): RunRegistry {
  const runs = new Map<string, AnswerRun>()
  return {
    open(workspaceId, sessionId) {
      const key = `${workspaceId}/${sessionId}`
      if (runs.has(key)) return undefined
      const { promise, resolve } = Promise.withResolvers<RunEnd | undefined>()
      const log = createAnswerLog()
      const run: AnswerRun = {
        workspaceId,
        sessionId,
        log,
        abort: new AbortController(),
        ended: promise,
        end(end) {
          runs.delete(key)
          log.end()
          resolve(end)
        },
      }
      runs.set(key, run)
      return run
    },
    find: (workspaceId, sessionId) => runs.get(`${workspaceId}/${sessionId}`),
    all: () => [...runs.values()],
  }
}
