import type { RecordJson } from '#backend/modules/crm/index.ts'

const answered = /^\s*(re|aw|antw|sv)\s*(\[\d+\])?\s*:/i
const forwarded = /^\s*(fwd?|wg|tr)\s*:/i
const longestQuote = 100_000

/** "Re: Offer", said once. */
export function replySubject(subject: unknown): string {
  const text = oneLine(subject)
  return answered.test(text) ? text : `Re: ${text}`.trim()
}

/** "Fwd: Offer", said once. */
export function forwardSubject(subject: unknown): string {
  const text = oneLine(subject)
  return forwarded.test(text) ? text : `Fwd: ${text}`.trim()
}

/** A mail as it is passed on below a text of one's own. */
export function forwardBody(text: string, mail: RecordJson): string {
  const head = [
    '---------- Forwarded message ----------',
    `From: ${oneLine(mail.from)}`,
    ...(typeof mail.sent_at === 'string' ? [`Date: ${mail.sent_at}`] : []),
    `Subject: ${oneLine(mail.subject)}`,
    `To: ${(mail.to as string[]).join(', ')}`,
  ].join('\n')
  const body = typeof mail.body === 'string' ? mail.body.slice(0, longestQuote) : ''
  return [text.trim(), `${head}\n\n${body}`.trimEnd()].filter((part) => part !== '').join('\n\n')
}

function oneLine(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : ''
}

/** "ada@example.com and 2 more" */
export function listRecipients(addresses: readonly string[]): string {
  const [first = '', ...rest] = addresses
  return rest.length === 0 ? first : `${first} and ${rest.length} more`
}
