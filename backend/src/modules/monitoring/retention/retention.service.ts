import type { Transaction } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import * as repository from './retention.repository.ts'
import { type RetentionDays, retentionKinds } from './retention-kinds.ts'

/** Files of conversations in the data folder of this machine. */
export interface TranscriptFiles {
  remove(sessionIds: readonly string[]): Promise<void>
  /** Conversations whose file nobody has written to since, some at a time. */
  listOld(before: Date): AsyncIterable<readonly string[]>
}

export interface RetentionOptions {
  operations: Operations
  clock: Clock
  homeWorkspaceId: string
  days: RetentionDays
  /** Removes entries from the beginning of the audit chain, which stays whole. */
  retireAudit: (before: Date) => Promise<{ removed: number }>
  transcripts: TranscriptFiles
  observe: (outcome: 'done' | 'failed' | 'cancelled') => void
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
  /** Rows of one transaction. */
  batch?: number
}

export interface FinishedRun {
  dueOn: string
  /** Rows and files that went, by kind; those of which none went are not named. */
  removed: Record<string, number>
}

export type RetentionService = ReturnType<typeof createRetention>

const dayMs = 86_400_000
const firstMs = 60_000
const lookMs = 600_000
const leaseMs = 120_000
const againMs = 3_600_000
const sessionBatch = 100

/** Removes what has been kept for as long as it is to be: once a night, by one process of the installation. */
export function createRetention({ operations, clock, homeWorkspaceId, days, retireAudit, transcripts, observe, logger, batch = 1000 }: RetentionOptions) {
  const kinds = retentionKinds(days)
  const closing = new AbortController()
  const holder = newId()
  let timer: NodeJS.Timeout | undefined
  let working: Promise<unknown> = Promise.resolve()
  let foldersDoneOn: string | undefined

  const asJob = (workspaceId: string): Actor => ({ type: 'system', workspaceId, job: 'retention' })
  const inWorkspace = <T>(workspaceId: string, work: (tx: Transaction) => Promise<T>) =>
    operations.run(asJob(workspaceId), { name: 'retention.run', scope: 'workspace:admin', event: null }, work)
  const atHome = <T>(work: (tx: Transaction) => Promise<T>) => inWorkspace(homeWorkspaceId, work)
  const daysAgo = (number: number) => new Date(clock.now().getTime() - number * dayMs)

  /** One batch after the other, each a transaction of its own, while the run is ours. */
  async function emptied(dueOn: string, atMost: number, remove: () => Promise<number>): Promise<number> {
    for (let sum = 0; ; ) {
      closing.signal.throwIfAborted()
      const removed = await remove()
      sum += removed
      if (removed < atMost) return sum
      if (!(await atHome((tx) => repository.holdRun(tx, { dueOn, holder, leaseMs })))) throw new Error('Another process has taken over.')
    }
  }

  async function removeAll(dueOn: string, removed: Record<string, number>): Promise<void> {
    const count = (kind: string, number: number) => {
      if (number > 0) removed[kind] = (removed[kind] ?? 0) + number
    }
    for (const workspaceId of await atHome(repository.listWorkspaces)) {
      for (const { name, days: number } of kinds) {
        const options = { before: daysAgo(number), now: clock.now(), atMost: batch }
        await emptied(dueOn, batch, async () => {
          const rows = await inWorkspace(workspaceId, (tx) => repository.retireRows(tx, name, options))
          count(name, rows)
          return rows
        })
      }
      await emptied(dueOn, sessionBatch, async () => {
        const ids = await inWorkspace(workspaceId, (tx) => repository.retireSessions(tx, { before: daysAgo(days.session), atMost: sessionBatch }))
        await transcripts.remove(ids)
        count('sessions', ids.length)
        return ids.length
      })
      await emptied(dueOn, batch, async () => {
        const rows = await inWorkspace(workspaceId, (tx) => repository.retireDeletedSessions(tx, { before: daysAgo(days.session), atMost: batch }))
        count('deletedSessions', rows)
        return rows
      })
    }
    count('auditEntries', (await retireAudit(daysAgo(days.audit))).removed)
  }

  /** Conversations went on whichever machine; their files go from this one's folder. One that a restored backup does not know is younger and stays. */
  async function removeFiles(): Promise<number> {
    let removed = 0
    for await (const ids of transcripts.listOld(daysAgo(days.session))) {
      closing.signal.throwIfAborted()
      const known = await atHome((tx) => repository.knownSessions(tx, ids))
      const gone = ids.filter((id) => !known.has(id))
      await transcripts.remove(gone)
      removed += gone.length
    }
    return removed
  }

  /**
   * Does the night's run if nobody has or does.
   * @param options.again whether a run that has ended is made once more
   * @returns undefined when another process does it, or it has been done
   * @throws whatever went wrong; what was removed until then stays removed
   */
  async function run({ again = false }: { again?: boolean } = {}): Promise<FinishedRun | undefined> {
    const { dueOn, isMine } = await atHome((tx) => repository.claimRun(tx, { holder, now: clock.now(), leaseMs, again }))
    const removed: Record<string, number> = {}
    if (isMine) {
      const end = (rest: { finishedAt: Date | null; error: string | null; restMs: number }) =>
        atHome((tx) => repository.endRun(tx, { dueOn, holder, removed, ...rest }))
      try {
        await removeAll(dueOn, removed)
        await end({ finishedAt: clock.now(), error: null, restMs: 0 })
      } catch (error) {
        const isCancelled = closing.signal.aborted
        observe(isCancelled ? 'cancelled' : 'failed')
        // Without the database it cannot be told either; then the lease runs out.
        await end({ finishedAt: null, error: isCancelled ? null : String(error), restMs: isCancelled ? 0 : againMs }).catch((unkept: unknown) =>
          logger.warn({ err: unkept }, 'That the nightly run failed could not be kept'),
        )
        throw error
      }
      observe('done')
      logger.info({ dueOn, removed }, 'What had been kept for long enough was removed')
    }
    if (foldersDoneOn !== dueOn || again) {
      const files = await removeFiles()
      if (files > 0) removed.transcripts = files
      foldersDoneOn = dueOn
    }
    return isMine ? { dueOn, removed } : undefined
  }

  function look(): void {
    working = run()
      .catch((error: unknown) => {
        if (!closing.signal.aborted) logger.error({ err: error }, 'What is kept for a time could not all be removed; it is tried again within the hour')
      })
      .finally(() => {
        if (!closing.signal.aborted) timer = setTimeout(look, lookMs).unref()
      })
  }

  return {
    run,
    /** The last runs, newest first. */
    list: (limit: number) => atHome((tx) => repository.listRuns(tx, limit)),
    /** A start has other things to do first. */
    start(): void {
      timer = setTimeout(look, firstMs).unref()
    },
    async close(): Promise<void> {
      closing.abort()
      clearTimeout(timer)
      await working
    },
  }
}
