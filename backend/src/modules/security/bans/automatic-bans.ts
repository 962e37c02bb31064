import type { Database } from '#backend/infra/database/database.ts'
import type { Logger } from '#backend/infra/logger/logger.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { SecurityEventSink } from '../events/security-event.ts'
import type { PointKey } from '../limits/point-key.ts'
import type { PointStore } from '../limits/point-store.ts'
import { type Ban, toBan } from './ban.ts'
import type { createBanMemory } from './ban-memory.ts'
import { type BanRow, countAutomaticBans, replaceBan } from './bans.repository.ts'
import { clientNetwork, toCidr, toText } from './network.ts'

export interface AutomaticBansOptions {
  database: Database
  clock: Clock
  events: SecurityEventSink
  audit: AuditTrail
  store: PointStore
  keyOf: PointKey
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
  homeWorkspaceId: string
  /** AUTO_BAN_THRESHOLD */
  threshold: number
  /** AUTO_BAN_MS */
  autoBanMs: number
}

const threatWindowMs = 3_600_000
const rememberedMs = 30 * 86_400_000
const longestMs = 86_400_000
const reason = 'Repeated attacks'

/** Bans whoever attacks again and again: each ban of a network lasts twice as long as the one before, and never more than a day. */
export function createAutomaticBans(options: AutomaticBansOptions, { system, memory }: { system: Actor; memory: ReturnType<typeof createBanMemory> }) {
  const { database, clock, events, audit, store, keyOf, logger, homeWorkspaceId, threshold, autoBanMs } = options
  const working = new Set<Promise<void>>()
  /** In force here, not yet in the database. */
  const unsaved = new Map<string, BanRow>()
  let saving: Promise<unknown> = Promise.resolve()

  async function count(ip: string): Promise<void> {
    const network = clientNetwork(ip)
    if (network === undefined || memory.isAllowed(ip) || memory.find(ip) !== undefined) return
    const cidr = toCidr(network)
    const { points } = await store.add(keyOf('threat', cidr), 1, threatWindowMs)
    // Points are given out one by one, so exactly one process sees the one that fills the measure.
    if (points % threshold !== 0) return
    const now = clock.now().getTime()
    const ban: BanRow = {
      id: newId(),
      network: cidr,
      reason,
      automatic: true,
      times: 1,
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + Math.min(autoBanMs, longestMs)).toISOString(),
      createdBy: null,
    }
    unsaved.set(ban.id, ban)
    memory.add(toBan(ban))
    try {
      await saveUnsaved()
    } finally {
      const { expiresAt, times } = memory.find(ip) ?? ban
      events.record({
        type: 'threat',
        severity: 'critical',
        workspaceId: homeWorkspaceId,
        details: { what: 'address_banned', ip: toText(network), threats: threshold, times, expiresAt },
      })
    }
  }

  /** Only the database knows how often the network was banned before. */
  async function save(ban: BanRow): Promise<void> {
    const started = Date.parse(ban.createdAt)
    const saved = await database.transaction(system, async (tx) => {
      const before = await countAutomaticBans(tx, ban, new Date(started - rememberedMs).toISOString())
      const lastsMs = Math.min(autoBanMs * 2 ** Math.min(before, 20), longestMs)
      const full = { ...ban, times: before + 1, expiresAt: new Date(started + lastsMs).toISOString() }
      await replaceBan(tx, { ...full, userId: null })
      await audit.append(tx, {
        event: 'SETTING_CHANGE',
        operation: 'address.block',
        outcome: 'ok',
        query: { network: ban.network, minutes: Math.ceil(lastsMs / 60_000), reason },
      })
      return full
    })
    unsaved.delete(ban.id)
    memory.add(toBan(saved))
  }

  /** One after the other, so that no ban is stored twice. */
  function saveUnsaved(): Promise<void> {
    const next = saving.then(async () => {
      for (const ban of [...unsaved.values()]) await save(ban)
    })
    saving = next.catch(() => undefined)
    return next
  }

  return {
    /** @throws when the database does not answer; what is not stored stays in force here */
    saveUnsaved,
    unsaved: (): Ban[] => [...unsaved.values()].map(toBan),
    threatFrom(ip: string): void {
      const work = count(ip)
        .catch((error: unknown) => logger.error({ err: error }, 'A ban could not be stored; it holds in this process and is stored later'))
        .finally(() => working.delete(work))
      working.add(work)
    },
    /** Resolves when every attack told so far is counted. */
    async settled(): Promise<void> {
      await Promise.all(working)
    },
  }
}
