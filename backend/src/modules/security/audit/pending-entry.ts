import type { Actor } from '#backend/kernel/actor.ts'
import { addMember } from '#backend/kernel/json-text.ts'
import { requestContext } from '#backend/kernel/request-context.ts'
import type { NewAuditEntry } from './audit-trail.ts'
import { type Secrecy, sanitiseQuery, toSafeJson } from './sanitise-query.ts'

/** An entry on its way into the chain. */
export interface PendingEntry {
  workspaceId: string
  at: string
  event: string
  operation: string
  outcome: NewAuditEntry['outcome']
  userId: string | null
  /** JSON of the other members of its line. */
  rest: string
}

const longest = 300

/** The entry with whoever did it and the request it was part of. */
export function toPendingEntry(actor: Actor, { event, operation, outcome, query }: NewAuditEntry, now: Date, secrecy: Secrecy): PendingEntry {
  const { sessionId, ip, userAgent, requestId } = requestContext()
  return {
    workspaceId: actor.workspaceId,
    at: now.toISOString(),
    event,
    operation: operation.slice(0, 100),
    outcome,
    userId: actor.type === 'user' ? actor.userId : null,
    rest: addMember(
      toSafeJson({
        userName: (actor.type === 'user' ? actor.name : `system: ${actor.job}`).slice(0, longest),
        ...(actor.type === 'user' && actor.key !== undefined ? { keyId: actor.key.id } : {}),
        sessionId: sessionId ?? null,
        ip: ip?.slice(0, longest) ?? null,
        userAgent: userAgent === undefined ? null : secrecy.text(userAgent.slice(0, longest)),
        requestId: requestId?.slice(0, longest) ?? null,
      }),
      'query',
      sanitiseQuery(query, secrecy),
    ),
  }
}
