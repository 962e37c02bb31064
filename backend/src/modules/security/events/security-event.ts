import type { SecurityEventType, Severity } from '#contracts/security.ts'

/** Something that touches security; address, agent and person come from the request being served. */
export interface NewSecurityEvent {
  type: SecurityEventType
  severity: Severity
  /** What happened, without secrets and bounded; `what` is one word such as "sign_in_failed". */
  details: { what: string } & Record<string, unknown>
  /** The workspace it belongs to; the installation's first one when nobody is known. */
  workspaceId?: string
  userId?: string
}

export interface SecurityEventSink {
  /** Keeps the event; stored within a second, never thrown at the caller. */
  record(event: NewSecurityEvent): void
}
