import { openDatabase } from '#backend/infra/database/database.ts'
import { createClock } from '#backend/kernel/clock.ts'
import { createInsightlyClient } from '#backend/modules/insightly/client/insightly-client.ts'
import { createCallLimiter } from '#backend/modules/insightly/limiter/call-limiter.ts'
import { limitKeyOf } from '#backend/modules/insightly/limiter/limit-key.ts'
import { createOutboxDelivery } from '#backend/modules/insightly/outbox/index.ts'

export interface OutboxTask {
  connectionString: string
  workspaceId: string
  url: string
  key: string
  leaseMs: number
  settleMs: number
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined } as never

/** A process that delivers the outbox of a workspace for as long as it lives. */
async function work({ connectionString, workspaceId, url, key, leaseMs, settleMs }: OutboxTask): Promise<void> {
  const database = openDatabase({ connectionString, maxConnections: 6, connectionTimeoutMs: 5000, onError: () => undefined })
  const clock = createClock()
  const limiter = createCallLimiter({ roundTrip: database.roundTrip, key: limitKeyOf({ url, apiKey: key }), maxRequests: 1000, windowMs: 1000, logger: silent })
  const metrics = { countCall: () => undefined, noteQuota: () => undefined }
  const client = createInsightlyClient({ url, key, limiter, requestTimeoutMs: 5000, clock, logger: silent, metrics })
  const delivery = createOutboxDelivery({ database, clock, logger: silent, leaseMs, settleMs, retryDelayMs: 20, waitMs: 50 })
  for (;;) {
    // As the runner of the server does: what stumbled is tried again.
    await delivery.deliverDue(workspaceId, client).catch((error: unknown) => process.send?.({ stumbled: String(error) }))
    await new Promise((done) => setTimeout(done, 20))
  }
}

process.once('message', (task: OutboxTask) => {
  work(task).catch((error: unknown) => {
    process.send?.({ error: error instanceof Error ? error.stack : String(error) })
    process.exit(1)
  })
})
process.send?.('ready')
