import type { Database } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import { AppError } from '#backend/kernel/errors.ts'
import type { createEventQueue } from './event-queue.ts'
import type { EventRow } from './event-row.ts'
import { insertEvents } from './security-events.repository.ts'

const pauseMs = 200
const longestPauseMs = 10_000
const batchSize = 1000

export interface EventWriterOptions {
  database: Database
  queue: ReturnType<typeof createEventQueue>
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
}

/** Stores what is queued, in batches a fraction of a second apart; waits longer while the database is away. */
export function createEventWriter({ database, queue, logger }: EventWriterOptions) {
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  let failures = 0
  let isClosed = false

  /** False when the database is away and the events wait for it. */
  async function writeBatch(): Promise<boolean> {
    const batch = queue.take(batchSize)
    const workspaces = Map.groupBy(batch, ({ workspaceId }) => workspaceId)
    for (const [workspaceId, events] of workspaces) {
      try {
        await insert(workspaceId, events)
        workspaces.delete(workspaceId)
      } catch (error) {
        if (error instanceof AppError && error.code === 'UNAVAILABLE') {
          queue.putBack([...workspaces.values()].flat())
          if (failures === 0) logger.warn({ err: error }, 'Security events cannot be stored; they wait in memory')
          failures += 1
          return false
        }
        workspaces.delete(workspaceId)
        await insertOneByOne(workspaceId, events)
      }
    }
    if (failures > 0) logger.info('Security events are stored again')
    failures = 0
    return true
  }

  function insert(workspaceId: string, events: readonly EventRow[]): Promise<void> {
    const actor: Actor = { type: 'system', workspaceId, job: 'security events' }
    return database.transaction(actor, (tx) => insertEvents(tx, events))
  }

  /** One event that the database refuses must not take the others with it. */
  async function insertOneByOne(workspaceId: string, events: readonly EventRow[]): Promise<void> {
    for (const event of events) {
      await insert(workspaceId, [event]).catch((error: unknown) => {
        logger.error({ err: error, event }, 'A security event could not be stored; this line is all that is left of it')
      })
    }
  }

  async function writeAll(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    let isReachable = true
    while (isReachable && queue.size > 0) isReachable = await writeBatch()
  }

  function flush(): Promise<void> {
    writing ??= writeAll().finally(() => {
      writing = undefined
      if (queue.size > 0) wake()
    })
    return writing
  }

  /** Writes soon. */
  function wake(): void {
    if (timer !== undefined || writing !== undefined || isClosed) return
    timer = setTimeout(() => void flush(), Math.min(pauseMs * 2 ** Math.min(failures, 10), longestPauseMs)).unref()
  }

  return {
    wake,
    /** Resolves when everything queued before is stored, or the database is away. */
    async flush(): Promise<void> {
      await writing
      if (queue.size > 0) await flush()
    },
    async close(): Promise<void> {
      await writing
      if (queue.size > 0) await flush()
      isClosed = true
      clearTimeout(timer)
      if (queue.size > 0) logger.error({ events: queue.size }, 'Security events could not be stored before the end; the log has each of them')
    },
  }
}
