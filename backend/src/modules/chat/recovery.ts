import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Database, Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { chatJob } from './chat-job.ts'
import type { CheckedUntil } from './checked-until.ts'
import type { InterruptedAnswers } from './interrupted-answers.ts'
import { listEndedMessageIds } from './messages.repository.ts'
import { transcriptOf } from './session-transcript.ts'
import { listTranscribedSessions, type TranscribedSession } from './sessions.repository.ts'
import type { Transcripts } from './transcripts.ts'

export interface Recovery {
  /**
   * Ends answers that a process left behind, so that they can be asked again: those that nobody holds any more and, for a process that
   * has the data folder to itself, all that were made from this folder. Call it once, before the process serves.
   * @param alone no other process that uses the folder lives
   * @returns how many there were
   */
  failInterrupted(workspaceIds: readonly string[], options?: { alone?: boolean }): Promise<number>
  /**
   * Writes the transcripts anew in which a line is missing or broken, of those used since the last look; may run while the server serves,
   * and never rejects: what cannot be read or written is logged and tried again at the next start.
   * @returns how many were written
   */
  repairTranscripts(workspaceIds: readonly string[]): Promise<number>
}

const pageSize = 20
/** After each page, so that people who ask meanwhile hardly notice. */
const pauseMs = 100

export function createRecovery({
  database,
  transcripts,
  interrupted,
  runnerPrefix,
  checkedUntil,
  wasAnybodyErased,
  closing,
  clock,
  logger,
}: {
  database: Database
  interrupted: InterruptedAnswers
  /** Begins the names of all processes that use the data folder. */
  runnerPrefix: string
  transcripts: Transcripts
  checkedUntil: CheckedUntil
  /** Whether a person was erased since then, perhaps by another server, which cannot reach our files. */
  wasAnybodyErased: (tx: Transaction, since: Date | undefined) => Promise<boolean>
  /** Aborted when the process is about to end: what is left is done at the next start. */
  closing: AbortSignal
  clock: Clock
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
}): Recovery {
  async function isComplete(sessionId: string, ended: readonly string[]): Promise<boolean> {
    const found = await transcripts.inspect(sessionId)
    return found.whole && ended.every((id) => found.ids.has(id))
  }

  async function repairSession(actor: Actor, session: TranscribedSession, ended: readonly string[]): Promise<boolean> {
    if (await isComplete(session.id, ended)) return false
    // What was being written while the file was read is there at the second look.
    await transcripts.settled()
    if (await isComplete(session.id, ended)) return false
    await transcripts.replace(session.id, transcriptOf(database, actor, session))
    return true
  }

  /** @returns how many were written, and whether every one is whole now */
  async function repairWorkspace(workspaceId: string, since: Date | undefined): Promise<{ repaired: number; whole: boolean }> {
    const actor = chatJob(workspaceId)
    const afresh = await database.transaction(actor, (tx) => wasAnybodyErased(tx, since), { readOnly: true })
    const from = afresh ? undefined : since
    let repaired = 0
    let whole = true
    for (let after: string | undefined; ; ) {
      const page = await database.transaction(actor, (tx) => listTranscribedSessions(tx, { since: from, after, limit: pageSize }), { readOnly: true })
      const ids = page.map(({ id }) => id)
      const ended = await database.transaction(actor, (tx) => listEndedMessageIds(tx, ids), { readOnly: true })
      for (const session of page) {
        closing.throwIfAborted()
        try {
          if (afresh) await transcripts.replace(session.id, transcriptOf(database, actor, session))
          else if (await repairSession(actor, session, ended.get(session.id) ?? [])) repaired += 1
        } catch (error) {
          closing.throwIfAborted()
          whole = false
          logger.error({ err: error, sessionId: session.id }, 'A transcript could not be completed')
        }
      }
      after = page.at(-1)?.id
      if (page.length < pageSize) return { repaired, whole }
      await sleep(pauseMs, undefined, { signal: closing })
    }
  }

  return {
    async failInterrupted(workspaceIds, { alone = true } = {}) {
      let failed = 0
      for (const workspaceId of workspaceIds) {
        failed += (await interrupted.end(workspaceId, alone ? { runnerPrefix } : {})).length
      }
      if (failed > 0) logger.warn({ answers: failed }, 'Answers interrupted by the last stop were marked as failed')
      return failed
    },
    async repairTranscripts(workspaceIds) {
      let repaired = 0
      const startedAt = clock.now()
      try {
        const since = await checkedUntil.read()
        let whole = true
        for (const workspaceId of workspaceIds) {
          const found = await repairWorkspace(workspaceId, since)
          repaired += found.repaired
          whole &&= found.whole
        }
        if (whole) await checkedUntil.write(startedAt)
      } catch (error) {
        if (!closing.aborted) logger.error({ err: error }, 'The transcripts could not be checked')
      }
      if (repaired > 0) logger.info({ transcripts: repaired }, 'Transcripts were completed from the database')
      return repaired
    },
  }
}
