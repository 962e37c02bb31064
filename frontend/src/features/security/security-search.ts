import type { SecurityEventType, Severity } from '#contracts/security.ts'

export const securityViews = ['events', 'addresses', 'checks'] as const
export type SecurityView = (typeof securityViews)[number]
export const eventTypes = [
  'authentication',
  'authorization',
  'threat',
  'rate_limit',
  'data_access',
  'configuration',
] as const satisfies readonly SecurityEventType[]
export const severities = ['low', 'medium', 'high', 'critical'] as const satisfies readonly Severity[]

/** What the address says is shown. */
export interface SecuritySearch {
  view?: SecurityView | undefined
  type?: SecurityEventType | undefined
  severity?: Severity | undefined
}

const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined => values.find((one) => one === value)

export const parseSecuritySearch = (search: Record<string, unknown>): SecuritySearch => ({
  view: oneOf(securityViews, search.view),
  type: oneOf(eventTypes, search.type),
  severity: oneOf(severities, search.severity),
})
