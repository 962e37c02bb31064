import type { Database } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import { type Actor, actorName, requireScope } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import { requestContext } from '#backend/kernel/request-context.ts'
import type { SecurityEvent } from '#contracts/security.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import { createEventQueue } from './event-queue.ts'
import { type EventRow, toEventRow } from './event-row.ts'
import { createEventWriter } from './event-writer.ts'
import type { SecurityAlerts } from './security-alerts.ts'
import type { SecurityEventSink } from './security-event.ts'
import { countEvents, type EventCount, type EventFilter, hideEvents, listEvents, topAddresses } from './security-events.repository.ts'

export interface SecurityEventStats {
  /** By kind: within the last hour, the last day, and since the list was cleared. */
  counts: EventCount[]
  total: { hour: number; day: number; all: number }
  /** Of the last day. */
  topAddresses: { ip: string; events: number }[]
}

/** What touched security: recorded by everybody, read by a workspace's owners and admins. */
export interface SecurityEvents extends SecurityEventSink {
  list(actor: Actor, filter: EventFilter): Promise<{ events: SecurityEvent[]; total: number }>
  stats(actor: Actor): Promise<SecurityEventStats>
  /** Hides everything up to now from the list; the events stay in the database. Tells how many were hidden. */
  clear(actor: Actor): Promise<number>
  /** Resolves when what was recorded so far is stored, or the database has refused it. */
  flush(): Promise<void>
  close(): Promise<void>
}

export interface SecurityEventsOptions {
  database: Database
  clock: Clock
  homeWorkspaceId: string
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
  audit: AuditTrail
  /** Is told of critical events. */
  alerts?: SecurityAlerts
  maxQueued?: number
}

const levels = { low: 'warn', medium: 'warn', high: 'error', critical: 'error' } as const

/** Each event is a log line at once and a row within a fraction of a second; a critical one raises an alert. */
export function createSecurityEvents(options: SecurityEventsOptions): SecurityEvents {
  const { database, clock, homeWorkspaceId, logger, audit, alerts, maxQueued = 10_000 } = options
  const queue = createEventQueue({ maxEvents: maxQueued, maxMerged: 1000 })
  const writer = createEventWriter({ database, queue, logger })
  let isMerging = false

  function log({ id, workspaceId, type, severity, ip, details, userId }: EventRow): void {
    const fields = { event: { id, workspaceId, type, severity, ip, details, ...(userId === null ? {} : { userId }) } }
    logger[levels[severity]](fields, type === 'rate_limit' ? 'Security event: Rate limit exceeded' : 'Security event')
  }

  return {
    record(event) {
      const row = toEventRow(event, { context: requestContext(), id: newId(), at: clock.now(), homeWorkspaceId })
      log(row)
      const wasMerged = queue.add(row)
      if (wasMerged && !isMerging) logger.error('More security events than can be stored; equal ones are merged and counted, and each is in this log')
      isMerging = wasMerged
      writer.wake()
      if (row.severity === 'critical') alerts?.raise(row)
    },

    async list(actor, filter) {
      requireScope(actor, 'workspace:admin')
      await writer.flush()
      return database.transaction(actor, (tx) => listEvents(tx, filter), { readOnly: true })
    },

    async stats(actor) {
      requireScope(actor, 'workspace:admin')
      await writer.flush()
      const now = clock.now()
      return database.transaction(
        actor,
        async (tx) => {
          const counts = await countEvents(tx, now)
          const total = { hour: 0, day: 0, all: 0 }
          for (const count of counts) for (const span of ['hour', 'day', 'all'] as const) total[span] += count[span]
          return { counts, total, topAddresses: await topAddresses(tx, now) }
        },
        { readOnly: true },
      )
    },

    async clear(actor) {
      requireScope(actor, 'workspace:admin')
      await writer.flush()
      const hidden = await database.transaction(actor, async (tx) => {
        const count = await hideEvents(tx, { now: clock.now().toISOString(), by: actorName(actor) })
        await audit.append(tx, { event: 'SETTING_CHANGE', operation: 'security_events.clear', outcome: 'ok', query: { hidden: count } })
        return count
      })
      this.record({ type: 'configuration', severity: 'medium', workspaceId: actor.workspaceId, details: { what: 'events_cleared', hidden } })
      return hidden
    },

    flush: writer.flush,

    async close() {
      await writer.close()
      await alerts?.close()
    },
  }
}
