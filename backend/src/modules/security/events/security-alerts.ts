import type { Logger } from '#backend/infra/logger/logger.ts'
import { type Delivery, deliver } from './alert-delivery.ts'
import type { EventRow } from './event-row.ts'

/** Tells people of critical events while they happen. */
export interface SecurityAlerts {
  raise(event: EventRow): void
  /** Sends what is gathered, within a time limit. */
  close(): Promise<void>
}

/** One alert: an event, and how many of its kind it stands for. */
export interface SecurityAlert {
  event: EventRow
  count: number
}

export interface SecurityAlertsOptions {
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
  /** Each way out; one that fails does not stop the others. */
  deliveries: readonly Delivery[]
  /** Milliseconds within which repeats of one kind are gathered. */
  gatherMs?: number
  /** Milliseconds before each further attempt. */
  retryDelaysMs?: readonly number[]
  timeLimitMs?: number
}

const mostKinds = 200
const closingMs = 5000

/** The first of a kind is sent at once; its repeats within a minute are sent as one when the minute is over. */
export function createSecurityAlerts(options: SecurityAlertsOptions): SecurityAlerts {
  const { logger, deliveries, gatherMs = 60_000, retryDelaysMs = [1000, 4000, 16_000], timeLimitMs = 5000 } = options
  const gathering = new Map<string, { timer: NodeJS.Timeout; repeats: SecurityAlert | undefined }>()
  const sending = new Set<Promise<unknown>>()
  const closing = new AbortController()

  function send(alert: SecurityAlert): void {
    logger.error({ event: alert.event, count: alert.count }, 'Security alert')
    for (const delivery of deliveries) {
      const work = deliver(delivery, alert, { logger, retryDelaysMs, timeLimitMs, closing: closing.signal }).finally(() => sending.delete(work))
      sending.add(work)
    }
  }

  function endGathering(kind: string): void {
    const gathered = gathering.get(kind)
    gathering.delete(kind)
    clearTimeout(gathered?.timer)
    if (gathered?.repeats !== undefined) send(gathered.repeats)
  }

  return {
    raise(event) {
      const precise = [event.workspaceId, event.type, event.details.what].join('\0')
      const kind = gathering.has(precise) || gathering.size < mostKinds ? precise : event.workspaceId
      const gathered = gathering.get(kind)
      if (gathered === undefined) {
        gathering.set(kind, { repeats: undefined, timer: setTimeout(() => endGathering(kind), gatherMs).unref() })
        send({ event, count: 1 })
      } else if (gathered.repeats === undefined) gathered.repeats = { event, count: 1 }
      else gathered.repeats = { event, count: gathered.repeats.count + 1 }
    },

    async close() {
      for (const kind of [...gathering.keys()]) endGathering(kind)
      const limit = setTimeout(() => closing.abort(), closingMs)
      await Promise.all(sending)
      clearTimeout(limit)
    },
  }
}
