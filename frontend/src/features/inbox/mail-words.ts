import type { EmailMessage, OutboxMail } from '#contracts/email.ts'

export const messageStatusNames: Readonly<Record<EmailMessage['status'], string>> = {
  pending: 'New',
  analysed: 'Analysed',
  drafted: 'Drafted',
  approved: 'Answer approved',
  sent: 'Sent',
  rejected: 'Rejected',
  failed: 'Failed',
}

export const outboxStatusNames: Readonly<Record<OutboxMail['status'], string>> = {
  queued: 'Queued',
  sent: 'Sent',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

export const outboxKindNames: Readonly<Record<OutboxMail['kind'], string>> = { send: 'New', reply: 'Reply', forward: 'Forward' }

/** A list of addresses, cut after the second. */
export function addressesOf(addresses: readonly string[]): string {
  const rest = addresses.length - 2
  return addresses.slice(0, 2).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}
