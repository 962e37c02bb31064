import { type EmailMessage, messageStatuses, type OutboxMail, outboxStatuses } from '#contracts/email.ts'

/** What the address says is shown. */
export interface InboxSearch {
  view?: 'outbox' | undefined
  q?: string | undefined
  status?: EmailMessage['status'] | undefined
  sending?: OutboxMail['status'] | undefined
}

const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined => values.find((one) => one === value)

export const parseInboxSearch = (search: Record<string, unknown>): InboxSearch => ({
  view: oneOf(['outbox'], search.view),
  q: search.q === undefined || search.q === '' ? undefined : String(search.q),
  status: oneOf(messageStatuses, search.status),
  sending: oneOf(outboxStatuses, search.sending),
})
