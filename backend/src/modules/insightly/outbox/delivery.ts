import type { Database, Transaction } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { InsightlyClient } from '../client/insightly-client.ts'
import { readAsMirror, writeAsMirror } from '../mirror/mirror-actor.ts'
import { judgeFailure } from './judge-failure.ts'
import { holdsLease, releaseLease, renewLease, takeLease } from './lease.ts'
import { findDue } from './outbox.repository.ts'
import { createPass, longestStopMs, type PassCounts } from './pass.ts'
import { LeaseLost } from './row-context.ts'

export interface OutboxDeliveryOptions {
  database: Database
  clock: Clock
  logger: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
  /** Records that are worked on at once. */
  atOnce?: number
  /** Milliseconds for which a process that died keeps the outbox. */
  leaseMs?: number
  /** Milliseconds that a create of unknown end is given to arrive before it is looked for. */
  settleMs?: number
  /** Milliseconds until a change that failed in passing is tried again; doubled each time, up to five minutes. */
  retryDelayMs?: number
  /** Milliseconds until a change that waits for another record looks for it again. */
  waitMs?: number
}

export interface DeliveryResult extends PassCounts {
  /** `elsewhere`: another process delivers. `stopped`: nothing can be sent for now. */
  state: 'done' | 'elsewhere' | 'stopped'
}

export interface OutboxDelivery {
  /** Sends what is due, in order for each record, until nothing is. */
  deliverDue(workspaceId: string, client: InsightlyClient, options?: { signal?: AbortSignal | undefined }): Promise<DeliveryResult>
}

/** Milliseconds that calls under way are given when the server stops. */
const graceMs = 3000
const nothing: PassCounts = { delivered: 0, failed: 0, postponed: 0, waiting: 0, conflicts: 0 }

/** Brings changes that were made here to Insightly, one process at a time for each workspace. */
export function createOutboxDelivery(options: OutboxDeliveryOptions): OutboxDelivery {
  const { database, logger, leaseMs = 10_000, settleMs = 20_000, retryDelayMs = 1000 } = options
  const owners = new WeakMap<InsightlyClient, number>()
  /** Until when nothing is tried in a workspace, in this process's time. */
  const pauses = new Map<string, number>()

  /** Whose key it is; asked for once where the connection does not say. */
  async function ownUserIdOf(client: InsightlyClient, known: number | null): Promise<number> {
    const asked = known ?? owners.get(client) ?? (await client.me({ priority: 'person' })).USER_ID
    owners.set(client, asked)
    return asked
  }

  return {
    async deliverDue(workspaceId, client, { signal } = {}) {
      signal?.throwIfAborted()
      if (performance.now() < (pauses.get(workspaceId) ?? 0)) return { ...nothing, state: 'stopped' }
      const run = <T>(work: (tx: Transaction) => Promise<T>) => writeAsMirror(database, workspaceId, work)
      const [due] = await readAsMirror(database, workspaceId, (tx) => findDue(tx, [], 1))
      if (due === undefined) return { ...nothing, state: 'done' }
      const holder = newId()
      const lease = await run((tx) => takeLease(tx, holder, leaseMs))
      if (lease === undefined) return { ...nothing, state: 'elsewhere' }

      const lost = new AbortController()
      let inFlight: () => number[] = () => []
      const renewing = setInterval(() => {
        run((tx) => renewLease(tx, holder, { leaseMs, settleMs, inFlight: inFlight() })).then(
          (isOurs) => {
            if (!isOurs) lost.abort(new LeaseLost('Another process delivers the outbox by now.'))
          },
          (error: unknown) => logger.warn({ err: error }, 'The outbox could not be kept for this process; another one takes it over'),
        )
      }, leaseMs / 4)
      const calls = new AbortController()
      let grace: NodeJS.Timeout | undefined
      const onStop = () => {
        grace = setTimeout(() => calls.abort(signal?.reason), graceMs)
      }
      signal?.addEventListener('abort', onStop, { once: true })
      const stopFor = (ms: number): void => void pauses.set(workspaceId, performance.now() + ms)
      try {
        const ownUserId = await ownUserIdOf(client, lease.accountUserId).catch((error: unknown) => {
          const { retryAfterMs } = judgeFailure(error)
          logger.warn({ err: error }, 'Insightly does not say whose key it is; changes wait')
          stopFor(Math.min(retryAfterMs ?? retryDelayMs, longestStopMs))
          return undefined
        })
        if (ownUserId === undefined) return { ...nothing, state: 'stopped' }
        const pass = createPass({
          ...options,
          settleMs,
          row: {
            client,
            call: { signal: AbortSignal.any([lost.signal, calls.signal]) },
            ownUserId,
            notInPlan: new Set(lease.notInPlan),
            settleMs,
            now: () => options.clock.now(),
            transact: (work) =>
              run(async (tx) => {
                // Whoever has lost the outbox changes nothing.
                if (!(await holdsLease(tx, holder))) throw new LeaseLost('Another process delivers the outbox by now.')
                return work(tx)
              }),
            throwIfStopped() {
              lost.signal.throwIfAborted()
              signal?.throwIfAborted()
            },
          },
        })
        inFlight = pass.inFlight
        const { counts, stoppedForMs } = await pass.run()
        if (stoppedForMs === undefined) return { ...counts, state: 'done' }
        stopFor(stoppedForMs)
        return { ...counts, state: 'stopped' }
      } finally {
        clearInterval(renewing)
        clearTimeout(grace)
        signal?.removeEventListener('abort', onStop)
        // Should the database be away, the lease ends by itself.
        await run((tx) => releaseLease(tx, holder)).catch((error: unknown) => logger.warn({ err: error }, 'The outbox could not be given back'))
      }
    },
  }
}
