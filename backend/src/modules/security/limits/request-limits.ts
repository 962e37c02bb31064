import type { Actor } from '#backend/kernel/actor.ts'
import type { SecurityEventSink } from '../events/security-event.ts'
import { chunkOf, createCountedLimit, type LimitVerdict } from './counted-limit.ts'
import { clientOf, type PointKey } from './point-key.ts'
import type { PointStore } from './point-store.ts'

/** How many requests somebody may still make. */
export interface RequestLimits {
  /** Counts a request of somebody who is not signed in, by address (IPv6 by its network of 64 bits): exactly `max` in a window. */
  countStranger(ip: string): Promise<LimitVerdict>
  /** Counts a request of a person or a key: at most ten times as many in a window. */
  countActor(actor: Actor): Promise<LimitVerdict>
}

export interface AdjustableLimits extends RequestLimits {
  /** Other limits from now on; what was counted of a window that goes on still counts. */
  configure(bounds: RequestBounds): void
}

export interface RequestBounds {
  /** RATE_LIMIT_MAX */
  max: number
  /** RATE_LIMIT_WINDOW_MS */
  windowMs: number
}

export interface RequestLimitsOptions extends RequestBounds {
  store: PointStore
  keyOf: PointKey
  events: SecurityEventSink
}

/** Limits shared by all processes through the store; a refusal is one event for each key and window. */
export function createRequestLimits({ store, keyOf, events, ...bounds }: RequestLimitsOptions): AdjustableLimits {
  function create({ max, windowMs }: RequestBounds) {
    const record = (who: 'stranger' | 'actor', limit: number) => () =>
      events.record({ type: 'rate_limit', severity: who === 'stranger' ? 'low' : 'medium', details: { what: 'rate_limited', who, limit, windowMs } })
    const actorLimit = max * 10
    return {
      strangers: createCountedLimit({ store, limit: max, windowMs, chunk: 1, onExceeded: record('stranger', max) }),
      actors: createCountedLimit({ store, limit: actorLimit, windowMs, chunk: chunkOf(actorLimit), onExceeded: record('actor', actorLimit) }),
    }
  }

  let limits = create(bounds)
  return {
    countStranger: (ip) => limits.strangers.count(keyOf('stranger', clientOf(ip))),
    countActor: (actor) => limits.actors.count(keyOf('actor', nameOf(actor))),
    configure(changed) {
      limits = create(changed)
    },
  }
}

function nameOf(actor: Actor): string {
  if (actor.type === 'system') return `job:${actor.workspaceId}:${actor.job}`
  if (actor.key !== undefined) return `key:${actor.key.id}`
  return actor.via === 'adminKey' ? `admin key:${actor.workspaceId}` : `user:${actor.workspaceId}:${actor.userId}`
}
