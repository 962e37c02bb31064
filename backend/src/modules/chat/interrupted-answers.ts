import type { Logger } from 'pino'
import type { Database } from '#backend/infra/database/database.ts'
import { chatJob } from './chat-job.ts'
import { interruptedText } from './exchange.ts'
import type { StoredMessage } from './messages.repository.ts'
import { type Ending, endLeftBehind, type LeftBehind } from './running-answers.repository.ts'
import { messageLine } from './transcript-lines.ts'
import type { Transcripts } from './transcripts.ts'

/** Answers whose process is gone: ended with what they had said, so that nobody waits for them. */
export interface InterruptedAnswers {
  /** @returns the messages that were ended */
  end(workspaceId: string, left: LeftBehind, ending?: Ending): Promise<StoredMessage[]>
  /** Ends those of every workspace. @returns how many there were */
  endAll(): Promise<number>
  /** Looks for them now and then. */
  start(): void
  close(): void
}

export interface InterruptedAnswersOptions {
  database: Database
  transcripts: Transcripts
  logger: Pick<Logger, 'warn' | 'error'>
  /** Milliseconds between two looks. */
  sweepMs: number
}

const interrupted: Ending = { status: 'failed', sentence: interruptedText }

export function createInterruptedAnswers({ database, transcripts, logger, sweepMs }: InterruptedAnswersOptions): InterruptedAnswers {
  let timer: NodeJS.Timeout | undefined
  let isTroubled = false

  async function end(workspaceId: string, left: LeftBehind, ending = interrupted): Promise<StoredMessage[]> {
    const ended = await database.transaction(chatJob(workspaceId), (tx) => endLeftBehind(tx, left, ending))
    for (const message of ended) {
      await transcripts.append(message.sessionId, [messageLine(message)]).catch((error: unknown) => {
        logger.error(
          { err: error, sessionId: message.sessionId },
          'The transcript could not be written; the database has the message, and the next start adds the line',
        )
      })
    }
    return ended
  }

  async function endAll(): Promise<number> {
    const [row] = await database.roundTrip(
      `set local role chatsg_app; select coalesce(array_agg(id::text), '{}') as ids from chatsg.interrupted_answer_workspaces() as ids(id)`,
    )
    let count = 0
    for (const workspaceId of (row?.ids ?? []) as string[]) count += (await end(workspaceId, {})).length
    if (count > 0) logger.warn({ answers: count }, 'Answers whose process is gone were ended with what they had said')
    return count
  }

  function sweep(): void {
    endAll()
      .then(
        () => {
          isTroubled = false
        },
        (error: unknown) => {
          if (!isTroubled) logger.warn({ err: error }, 'Interrupted answers could not be looked for; it is tried again')
          isTroubled = true
        },
      )
      .finally(() => timer?.refresh())
  }

  return {
    end,
    endAll,
    start() {
      timer ??= setTimeout(sweep, sweepMs).unref()
    },
    close() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
