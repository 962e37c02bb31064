import type { Logger } from 'pino'
import type { Database } from '#backend/infra/database/database.ts'
import { chatJob } from './chat-job.ts'
import type { CheckedUntil } from './checked-until.ts'
import { listDeletedSessions, readDatabaseTime } from './deleted-sessions.repository.ts'
import type { Transcripts } from './transcripts.ts'

export interface DeletedTranscripts {
  /**
   * Removes the transcripts of conversations that were deleted at another server, or while another process wrote them. Never rejects: what
   * could not be looked at or removed is logged and looked at again.
   * @returns how many were removed
   */
  removeDeletedTranscripts(workspaceIds: readonly string[]): Promise<number>
}

export interface DeletedTranscriptsOptions {
  database: Database
  transcripts: Pick<Transcripts, 'remove'>
  /** Until when, by the database's time, every deletion is known to have been followed in this folder. */
  followedUntil: CheckedUntil
  /** Aborted when the process is about to end. */
  closing: AbortSignal
  logger: Pick<Logger, 'info' | 'error'>
}

const pageSize = 500

export function createDeletedTranscripts({ database, transcripts, followedUntil, closing, logger }: DeletedTranscriptsOptions): DeletedTranscripts {
  async function removeIn(workspaceId: string, since: Date | undefined): Promise<number> {
    let removed = 0
    for (let after: string | undefined; ; ) {
      closing.throwIfAborted()
      const ids = await database.transaction(chatJob(workspaceId), (tx) => listDeletedSessions(tx, { since, after, limit: pageSize }), { readOnly: true })
      for (const id of ids) if (await transcripts.remove(id)) removed += 1
      after = ids.at(-1)
      if (ids.length < pageSize) return removed
    }
  }

  return {
    async removeDeletedTranscripts(workspaceIds) {
      const [first] = workspaceIds
      if (first === undefined) return 0
      let removed = 0
      try {
        const since = await followedUntil.read()
        const startedAt = await database.transaction(chatJob(first), readDatabaseTime, { readOnly: true })
        for (const workspaceId of workspaceIds) removed += await removeIn(workspaceId, since)
        await followedUntil.write(startedAt)
      } catch (error) {
        if (!closing.aborted) logger.error({ err: error }, 'Transcripts of deleted conversations could not be looked for')
      }
      if (removed > 0) logger.info({ transcripts: removed }, 'Transcripts of conversations that were deleted elsewhere were removed')
      return removed
    },
  }
}
