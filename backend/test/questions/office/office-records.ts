import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'

export interface OfficeCustomer {
  customer_id: string
  assigned_to_email: string
  customer_name: string
  customer_email: string
  customer_phone: string
  last_contact_date: string
  product_interest: string
  status: string
  follow_up_by: string
  notes: string
}
export interface OfficeTask {
  task_id: string
  task_name: string
  assigned_to_email: string
  list_name: string
  due_date: string
  board: string
}
export interface OfficeEvent {
  event_id: string
  event_name: string
  participant_email: string
  event_start: string
  duration: string
}
export interface OfficeMail {
  email_id: string
  'inbox/outbox': string
  'sender/recipient': string
  subject: string
  sent_datetime: string
  body: string
}
export interface OfficeQuestion {
  query: string
  answer: string
  domains: string
}

export interface OfficeRecords {
  customers: readonly OfficeCustomer[]
  tasks: readonly OfficeTask[]
  events: readonly OfficeEvent[]
  mails: readonly OfficeMail[]
}

export const domains = ['customer_relationship_manager', 'calendar', 'email', 'project_management', 'multi_domain'] as const
export type Domain = (typeof domains)[number]

/** @param folder that holds `data/nl_query` */
export function readOfficeRecords(folder: string): OfficeRecords {
  const read = (name: string) => rowsOf(join(folder, 'data/nl_query/processed', name))
  return {
    customers: read('customer_relationship_manager_data.csv') as unknown as OfficeCustomer[],
    tasks: read('project_tasks.csv') as unknown as OfficeTask[],
    events: read('calendar_events.csv') as unknown as OfficeEvent[],
    mails: (read('emails.csv.gz') as unknown as OfficeMail[]).map((mail) => ({ ...mail, body: mail.body.replaceAll('\\n', '\n') })),
  }
}

/** What is asked in a domain; charts of website figures are no business of a CRM and are left out. */
export function readOfficeQuestions(folder: string, domain: Domain): OfficeQuestion[] {
  const rows = rowsOf(join(folder, 'data/nl_query/processed/queries_and_answers', `${domain}_queries_and_answers.csv`)) as unknown as OfficeQuestion[]
  return rows.filter(({ domains: named }) => !named.includes('analytics'))
}

function rowsOf(path: string): Record<string, string>[] {
  const bytes = readFileSync(path)
  return parse(path.endsWith('.gz') ? gunzipSync(bytes) : bytes, { columns: true, bom: true }) as Record<string, string>[]
}
