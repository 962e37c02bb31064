import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import type { Scenario } from '#backend/cli/agent-score/scenario.ts'
import type { OfficeRecords } from './office-records.ts'

/** How the customers are kept: as contacts whose status is a field of the workspace's own, or as leads with a status. */
export const customerShapes = ['contacts', 'leads'] as const
export type CustomerShape = (typeof customerShapes)[number]

export const sam = { name: 'Sam Carter', email: 'sam@atlas.com' }

/** Our field for a column of the customers. */
export const customerFields: Readonly<Record<CustomerShape, Readonly<Record<string, string>>>> = {
  contacts: {
    customer_name: 'name',
    customer_email: 'email',
    customer_phone: 'phone',
    assigned_to_email: 'owner',
    last_contact_date: 'last_contacted_at',
    product_interest: 'custom.product_interest',
    status: 'custom.status',
    follow_up_by: 'custom.follow_up_by',
    notes: 'custom.notes',
  },
  leads: {
    customer_name: 'name',
    customer_email: 'email',
    customer_phone: 'phone',
    assigned_to_email: 'owner',
    last_contact_date: 'custom.last_contact_date',
    product_interest: 'custom.product_interest',
    status: 'status',
    follow_up_by: 'custom.follow_up_by',
    notes: 'custom.notes',
  },
}

/** Writes the records as files that can be imported. */
export function writeOfficeFiles(folder: string, records: OfficeRecords, shape: CustomerShape): Scenario['files'] {
  const field = customerFields[shape]
  const write = (entity: string, rows: Record<string, unknown>[]) => {
    const path = join(folder, `${entity}.csv`)
    writeFileSync(path, stringify(rows, { header: true }))
    return { entity, path, createMissing: false }
  }
  return [
    write(
      shape,
      records.customers.map((customer) => {
        const [first = '', ...rest] = customer.customer_name.split(' ')
        const values: Record<string, unknown> = { external_id: customer.customer_id, first_name: first, last_name: rest.join(' ') }
        for (const [column, value] of Object.entries(customer)) {
          const name = field[column]
          // The addresses of the set lack their last part.
          if (name !== undefined && name !== 'name') values[name] = name === 'email' ? `${value}.com` : value
        }
        return values
      }),
    ),
    write(
      'tasks',
      records.tasks.map((task) => ({
        external_id: task.task_id,
        title: task.task_name,
        owner: task.assigned_to_email,
        status: task.list_name,
        due_at: task.due_date,
        'custom.board': task.board,
      })),
    ),
    write(
      'events',
      records.events.map((event) => ({
        external_id: event.event_id,
        title: event.event_name,
        owner: sam.email,
        attendees: event.participant_email,
        starts_at: startOf(event.event_start).toISOString(),
        ends_at: endOf(event.event_start, event.duration),
      })),
    ),
    write(
      'emails',
      records.mails.map((mail) => {
        const isIncoming = mail['inbox/outbox'] === 'inbox'
        const other = mail['sender/recipient']
        return {
          external_id: mail.email_id,
          from: isIncoming ? other : sam.email,
          to: isIncoming ? sam.email : other,
          subject: mail.subject,
          body: mail.body,
          sent_at: startOf(mail.sent_datetime).toISOString(),
          direction: isIncoming ? 'inbound' : 'outbound',
        }
      }),
    ),
  ]
}

/** Times of the set are those of its only zone. */
export function startOf(time: string): Date {
  return new Date(`${time.replace(' ', 'T')}Z`)
}

export function endOf(start: string, minutes: string): string {
  return new Date(startOf(start).getTime() + Number(minutes) * 60_000).toISOString()
}

/** Everybody who is named with an address of the company: "nia.johnson@atlas.com" is Nia Johnson. */
export function colleagues(records: OfficeRecords): Scenario['people'] {
  const addresses = new Set([
    ...records.customers.map(({ assigned_to_email }) => assigned_to_email),
    ...records.tasks.map(({ assigned_to_email }) => assigned_to_email),
    ...records.events.map(({ participant_email }) => participant_email),
    ...records.mails.map((mail) => mail['sender/recipient']),
  ])
  return [...addresses].sort().map((email) => ({ name: nameOf(email), email }))
}

function nameOf(email: string): string {
  return (email.split('@')[0] ?? '')
    .split('.')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ')
}
