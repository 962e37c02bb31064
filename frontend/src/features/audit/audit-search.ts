/** What the address says is shown; days are the reader's. */
export interface AuditSearch {
  event?: string | undefined
  operation?: string | undefined
  userId?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

const text = (value: unknown): string | undefined => (value === undefined || value === null || value === '' ? undefined : String(value).slice(0, 200))
const day = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined)

export const parseAuditSearch = (search: Record<string, unknown>): AuditSearch => ({
  event: text(search.event),
  operation: text(search.operation),
  userId: text(search.userId),
  from: day(search.from),
  to: day(search.to),
})
