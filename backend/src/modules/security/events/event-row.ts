import type { RequestContext } from '#backend/kernel/request-context.ts'
import type { NewSecurityEvent } from './security-event.ts'

/** An event as it is stored. */
export interface EventRow {
  id: string
  workspaceId: string
  type: NewSecurityEvent['type']
  severity: NewSecurityEvent['severity']
  ip: string | null
  userId: string | null
  userAgent: string | null
  details: { what: string } & Record<string, unknown>
  at: string
}

const longestText = 500
const longestDetails = 8000
const mostMembers = 50
const deepest = 5

/** The event with what is known of the request, bounded, and with nothing that PostgreSQL cannot store. */
export function toEventRow(
  event: NewSecurityEvent,
  { context, id, at, homeWorkspaceId }: { context: Partial<RequestContext>; id: string; at: Date; homeWorkspaceId: string },
): EventRow {
  return {
    id,
    workspaceId: event.workspaceId ?? homeWorkspaceId,
    type: event.type,
    severity: event.severity,
    ip: context.ip ?? null,
    userId: event.userId ?? context.userId ?? null,
    userAgent: context.userAgent === undefined ? null : storable(context.userAgent),
    details: boundedDetails(event.details),
    at: at.toISOString(),
  }
}

function boundedDetails(details: NewSecurityEvent['details']): EventRow['details'] {
  const what = storable(details.what)
  const bounded = bound(details, 0) as Record<string, unknown>
  const text = JSON.stringify(bounded)
  return text.length <= longestDetails ? { ...bounded, what } : { what, cut: storable(text) }
}

function bound(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return storable(value)
    case 'number':
      return Number.isFinite(value) ? value : null
    case 'boolean':
      return value
    case 'object': {
      if (value === null) return null
      if (value instanceof Date) return value.toJSON()
      if (value instanceof Error) return storable(value.message)
      if (depth >= deepest) return '[…]'
      if (Array.isArray(value)) return value.slice(0, mostMembers).map((item) => bound(item, depth + 1))
      return Object.fromEntries(
        Object.entries(value)
          .slice(0, mostMembers)
          .map(([key, member]) => [storable(key), bound(member, depth + 1)]),
      )
    }
    case 'undefined':
      return undefined
    default:
      return storable(String(value))
  }
}

function storable(text: string): string {
  return text.slice(0, longestText).replaceAll('\0', '').toWellFormed()
}
