import type { EventRow } from './event-row.ts'

export interface EventQueueOptions {
  /** Events kept one by one; beyond them equal ones are merged. */
  maxEvents: number
  /** Kinds of merged events that still tell their addresses apart. */
  maxMerged: number
}

/** Events that are not stored yet: bounded, and what does not fit is merged with its like and counted, never dropped. */
export function createEventQueue({ maxEvents, maxMerged }: EventQueueOptions) {
  let events: EventRow[] = []
  let merged = new Map<string, { event: EventRow; count: number }>()

  function merge(event: EventRow): void {
    const kind = [event.workspaceId, event.type, event.severity, event.details.what].join('\0')
    const precise = `${kind}\0${event.ip}`
    const fits = merged.has(precise) || merged.size < maxMerged
    const key = fits ? precise : kind
    const found = merged.get(key)
    if (found !== undefined) found.count += 1
    else merged.set(key, { event: fits ? event : { ...event, ip: null, userId: null, userAgent: null, details: { what: event.details.what } }, count: 1 })
  }

  return {
    get size() {
      return events.length + merged.size
    },
    /** Whether the event was merged for want of room. */
    add(event: EventRow): boolean {
      if (events.length < maxEvents) {
        events.push(event)
        return false
      }
      merge(event)
      return true
    },
    /** Takes out the oldest; merged ones come last and tell their count. */
    take(atMost: number): EventRow[] {
      const batch = events.slice(0, atMost)
      events = events.slice(atMost)
      if (events.length > 0 || merged.size === 0) return batch
      events = [...merged.values()].map(({ event, count }) => (count === 1 ? event : { ...event, details: { ...event.details, count } }))
      merged = new Map()
      return batch
    },
    /** Puts back what could not be stored, before everything else. */
    putBack(batch: readonly EventRow[]): void {
      events = [...batch, ...events]
    },
  }
}
