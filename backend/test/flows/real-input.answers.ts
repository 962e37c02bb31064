import { Decimal } from 'decimal.js'
import type { ChatAnswer, DataTable } from '#contracts/chat.ts'

/** What an answer says, read from its parts the way any client would. */
export function tableOf(answer: ChatAnswer): DataTable {
  const part = answer.parts.find((candidate) => candidate.type === 'data-table')
  if (part === undefined || part.type !== 'data-table')
    throw new Error(`No table in the answer "${answer.text}" (${answer.parts.map(({ type }) => type).join(', ')})`)
  return part.data
}

/** The one figure an answer gives, as a decimal string. */
export function figureOf(answer: ChatAnswer): string {
  const metrics = answer.parts.flatMap((part) => (part.type === 'data-metric' ? [part.data] : []))
  if (metrics.length === 1) return new Decimal(metrics[0]?.value ?? Number.NaN).toString()
  const table = answer.parts.find((part) => part.type === 'data-table')
  if (metrics.length === 0 && table?.type === 'data-table') return String(table.data.total)
  throw new Error(`Not one figure in the answer "${answer.text}" (${answer.parts.map(({ type }) => type).join(', ')})`)
}

/** Names of the records in the table, in its order. */
export function labelsOf(answer: ChatAnswer): string[] {
  return tableOf(answer).rows.map((row) => String(row.name ?? row.title ?? row.subject ?? row.order_id ?? row.description ?? Object.values(row)[0]))
}

/** Two-column tables as an object: the group's label and its figure. */
export function groupsOf(answer: ChatAnswer): Record<string, string> {
  const { columns, rows } = tableOf(answer)
  const measure = columns.findLast(({ type }) => ['integer', 'number', 'money', 'percent'].includes(type))
  const group = columns.find(({ key }) => key !== measure?.key && key !== 'id' && key !== 'currency')
  if (measure === undefined || group === undefined)
    throw new Error(`No groups in the answer "${answer.text}": ${columns.map(({ key, type }) => `${key} ${type}`).join(', ')}`)
  return Object.fromEntries(rows.map((row) => [String(row[group.key]), new Decimal(String(row[measure.key])).toString()]))
}
