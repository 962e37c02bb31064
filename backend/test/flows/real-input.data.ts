import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { Decimal } from 'decimal.js'
import { skippedSuitesVariable } from '../requirements.ts'

/** Real CRM files beside the checkout, or where `CHATSG_SHARED` says; undefined when this machine has none, and then the suite is named among the skipped ones. */
export function findRealInput(suite: string): string | undefined {
  const folders = process.env.CHATSG_SHARED !== undefined ? [process.env.CHATSG_SHARED] : [resolve(import.meta.dirname, '../../../../shared')]
  const found = folders.find((folder) => existsSync(resolve(folder, 'data/nl_query/processed')))
  const list = process.env[skippedSuitesVariable]
  if (found === undefined && list !== undefined) appendFileSync(list, `${JSON.stringify({ suite, program: 'the folder of real CRM files (CHATSG_SHARED)' })}\n`)
  return found
}

export interface Customer {
  customer_id: string
  assigned_to_email: string
  customer_name: string
  customer_email: string
  customer_phone: string
  last_contact_date: string
  product_interest: string
  status: string
  follow_up_by: string
}
export interface Mail {
  'sender/recipient': string
  subject: string
  sent_datetime: string
  body: string
}
export interface Task {
  task_name: string
  assigned_to_email: string
  list_name: string
  due_date: string
  board: string
}
export interface CalendarEvent {
  event_id: string
  event_name: string
  participant_email: string
  event_start: string
  duration: string
}
export interface OrderLine {
  InvoiceNo: string
  StockCode: string
  Description: string
  Quantity: string
  InvoiceDate: string
  UnitPrice: string
  CustomerID: string
}

/** The files as they are, and their rows as plain objects to reckon with; all empty without a folder. */
export function readRealInput(folder: string | undefined) {
  const bytes = (name: string): Buffer => {
    if (folder === undefined) return Buffer.alloc(0)
    const content = readFileSync(resolve(folder, 'data', name))
    return name.endsWith('.gz') ? gunzipSync(content) : content
  }
  const rows = <T>(content: Buffer): T[] => parse(content, { columns: true })
  const files = {
    customers: bytes('nl_query/processed/customer_relationship_manager_data.csv'),
    mails: bytes('nl_query/processed/emails.csv.gz'),
    events: bytes('nl_query/processed/calendar_events.csv'),
    tasks: bytes('nl_query/processed/project_tasks.csv'),
    orders: bytes('recommendation/online_retail_france.csv.gz'),
  }
  return {
    files,
    customers: rows<Customer>(files.customers),
    mails: rows<Mail>(files.mails),
    events: rows<CalendarEvent>(files.events),
    tasks: rows<Task>(files.tasks),
    orderLines: rows<OrderLine>(files.orders),
  }
}

/** An end for every event: the calendar gives minutes, the CRM keeps times. */
export function withEnds(events: readonly CalendarEvent[]): string {
  const lines = events.map((event) => {
    const start = new Date(`${event.event_start.replace(' ', 'T')}Z`)
    const end = new Date(start.getTime() + Number(event.duration) * 60_000)
    return [event.event_id, event.event_name, event.participant_email, start.toISOString(), end.toISOString()].map((cell) => `"${cell}"`).join(',')
  })
  return ['external_id,title,attendees,starts_at,ends_at', ...lines].join('\n')
}

/** "12/1/2010 8:45" is the first of December, as the file's own 12/31 proves. */
export function monthOf(line: OrderLine): string {
  const [month, , year] = (line.InvoiceDate.split(' ')[0] as string).split('/')
  return `${year}-${(month as string).padStart(2, '0')}`
}

export function amountOf(line: OrderLine): Decimal {
  return new Decimal(line.Quantity).mul(line.UnitPrice)
}

export function total(lines: readonly OrderLine[]): string {
  return lines.reduce((sum, line) => sum.add(amountOf(line)), new Decimal(0)).toString()
}

/** Keys with their sums, the largest first. */
export function ranking<T>(rows: readonly T[], key: (row: T) => string, value: (row: T) => Decimal): [string, Decimal][] {
  const sums = new Map<string, Decimal>()
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? new Decimal(0)).add(value(row)))
  return [...sums].sort((a, b) => b[1].comparedTo(a[1]))
}

export function countBy<T>(rows: readonly T[], key: (row: T) => string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const row of rows) counts[key(row)] = (counts[key(row)] ?? 0) + 1
  return counts
}
