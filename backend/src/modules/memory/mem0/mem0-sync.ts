import type { Logger } from 'pino'
import type { Database } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Mem0Client } from './mem0-client.ts'
import { dropQueued, listWaitingWorkspaces, noteRemote, postponeQueued, type QueuedChange, readStored, takeQueued } from './mem0-queue.ts'

export interface Mem0Sync {
  /** Tells the server what it has not been told, as far as it is due. */
  flush(workspaceId: string): Promise<void>
  start(): void
  stop(): Promise<void>
}

const batchSize = 20
const lookEveryMs = 5000

/** Under which a person's memories, or those of everybody, are kept there. */
export function mem0User(workspaceId: string, actorId: string | null): string {
  return actorId === null ? `chatsg:${workspaceId}` : `chatsg:${workspaceId}:${actorId}`
}

/** Keeps a Mem0 server in step with the memories here, which remain the register: what is not told yet waits in the database. */
export function createMem0Sync({
  database,
  client,
  homeWorkspaceId,
  logger,
}: {
  database: Database
  client: Mem0Client
  homeWorkspaceId: string
  logger: Pick<Logger, 'warn' | 'debug'>
}): Mem0Sync {
  let timer: NodeJS.Timeout | undefined
  let working = Promise.resolve()
  let isStopped = false
  let isFailing = false

  const jobOf = (workspaceId: string): Actor => ({ type: 'system', workspaceId, job: 'memory' })

  async function tell(workspaceId: string, change: QueuedChange): Promise<void> {
    const job = jobOf(workspaceId)
    const userId = mem0User(workspaceId, change.actorId)
    const stored = change.operation === 'delete' ? undefined : await database.transaction(job, (tx) => readStored(tx, change.memoryId), { readOnly: true })
    if (stored === undefined) {
      // A first attempt that was cut off may have left it there.
      const remoteId = change.remoteId ?? (change.attempts > 1 ? await client.find(userId, change.memoryId) : undefined)
      if (remoteId !== undefined) await client.delete(remoteId)
      return
    }
    const known = stored.remoteId ?? (change.attempts > 1 ? await client.find(userId, change.memoryId) : undefined)
    const isThere = known !== undefined && (await client.update(known, stored.text)) === 'updated'
    const remoteId = isThere ? known : await client.create({ id: change.memoryId, userId, text: stored.text })
    if (!(await database.transaction(job, (tx) => noteRemote(tx, change.memoryId, remoteId)))) await client.delete(remoteId)
  }

  async function flush(workspaceId: string): Promise<void> {
    const job = jobOf(workspaceId)
    for (let taken = batchSize; taken === batchSize && !isStopped; ) {
      const changes = await database.transaction(job, (tx) => takeQueued(tx, batchSize))
      taken = changes.length
      for (const change of changes) {
        try {
          await tell(workspaceId, change)
          await database.transaction(job, (tx) => dropQueued(tx, change.id))
          isFailing = false
        } catch (error) {
          logger[isFailing ? 'debug' : 'warn']({ err: error }, 'The Mem0 server could not be told of a change; it is tried again later')
          isFailing = true
          await database.transaction(job, (tx) => postponeQueued(tx, change, error instanceof Error ? error.message : 'unknown'))
        }
      }
    }
  }

  async function look(): Promise<void> {
    const waiting = await database.transaction(jobOf(homeWorkspaceId), listWaitingWorkspaces, { readOnly: true })
    for (const workspaceId of waiting) await flush(workspaceId)
  }

  const inTurn = (work: () => Promise<void>) => {
    working = working.then(work).catch((error: unknown) => logger.warn({ err: error }, 'The queue for the Mem0 server could not be read; it is tried again'))
    return working
  }

  return {
    flush: (workspaceId) => inTurn(() => flush(workspaceId)),
    start() {
      timer ??= setInterval(() => void inTurn(look), lookEveryMs).unref()
    },
    async stop() {
      isStopped = true
      clearInterval(timer)
      await working
    },
  }
}
