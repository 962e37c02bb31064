import type { DataMetric, DataTable, MessagePart } from '#contracts/chat.ts'

const mostRows = 50
const longest = 20_000

export interface MailedAnswer {
  subject: string
  body: string
}

/** An answer as a mail in plain text: what was asked, what is said, and the rows of its tables. */
export function toMail({ question, text, parts, link }: { question: string; text: string; parts: readonly MessagePart[]; link: string }): MailedAnswer {
  const data = parts.flatMap((part) => (part.type === 'data-table' ? [tableText(part.data)] : part.type === 'data-metric' ? [metricText(part.data)] : []))
  const body = [text, ...data].filter((block) => block !== '').join('\n\n')
  const oneLine = question.replace(/\s+/g, ' ').trim()
  return { subject: oneLine.length > 150 ? `${oneLine.slice(0, 149)}…` : oneLine, body: `${body.slice(0, longest)}\n\n--\n${link}\n` }
}

function metricText({ label, value, unit, currency }: DataMetric): string {
  return [`${label}:`, value ?? '-', currency ?? unit ?? ''].join(' ').trim()
}

function tableText({ title, columns, rows, total }: DataTable): string {
  const lines = rows.slice(0, mostRows).map((row) => columns.map(({ key }) => cell((row as Record<string, unknown>)[key])).join(' | '))
  const more = total > Math.min(rows.length, mostRows) ? [`… ${total - Math.min(rows.length, mostRows)} more`] : []
  return [title, columns.map(({ label }) => label).join(' | '), ...lines, ...more].join('\n')
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value).replace(/\s+/g, ' ')
}
