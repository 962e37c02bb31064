import type { ExpectedChange, Scenario, ScoreTask } from '#backend/cli/agent-score/scenario.ts'
import { type AnswerCall, readAnswerCalls } from './answer-calls.ts'
import { type CustomerShape, colleagues, customerFields, endOf, sam, startOf, writeOfficeFiles } from './office-files.ts'
import { domains, type OfficeRecords, readOfficeQuestions, readOfficeRecords } from './office-records.ts'

export const officeNow = '2023-11-30T00:00:00Z'

/** Names of the set's domains as the score tells them. */
const shownDomains: Readonly<Record<string, string>> = {
  customer_relationship_manager: 'crm',
  calendar: 'calendar',
  email: 'email',
  project_management: 'tasks',
  multi_domain: 'several',
}

export interface OfficeOptions {
  /** Folder that holds `data/nl_query`. */
  data: string
  /** Where the files for the import are written. */
  folder: string
  shape: CustomerShape
  /** The answers as they stand in the set, with those that do something else than was asked. */
  asWritten?: boolean
}

/** A company's office with its customers, tasks, events and mails, and what its people asked for. */
export function makeOfficeScenario({ data, folder, shape, asWritten = false }: OfficeOptions): Scenario {
  const records = readOfficeRecords(data)
  const tasks = domains.flatMap((domain) => {
    const shown = shownDomains[domain] ?? domain
    return readOfficeQuestions(data, domain).map(({ query, answer }, index): ScoreTask => {
      const calls = readAnswerCalls(answer)
      const corrected = asWritten ? calls : calls.map((call) => correct(call, query))
      return { id: `${shown}-${index + 1}`, domain: shown, message: query, expect: corrected.map((call) => toExpected(call, records, shape)) }
    })
  })
  return { ...officeWorld(records, folder, shape), tasks }
}

/** The office alone, for tasks of one's own. */
export function officeWorld(records: OfficeRecords, folder: string, shape: CustomerShape): Omit<Scenario, 'tasks'> {
  return {
    now: officeNow,
    timeZone: 'UTC',
    currency: 'USD',
    person: sam,
    people: colleagues(records),
    files: writeOfficeFiles(folder, records, shape),
  }
}

/** "Move … to lost" is answered by deleting in the set; who asks for a move wants one. */
function correct(call: AnswerCall, query: string): AnswerCall {
  if (call.name !== 'customer_relationship_manager.delete_customer' || !/\bmove\b.* to lost\b/i.test(query)) return call
  return { name: 'customer_relationship_manager.update_customer', values: { ...call.values, field: 'status', new_value: 'Lost' } }
}

/** How a call of the set looks in our records. */
export function toExpected({ name, values }: AnswerCall, records: OfficeRecords, shape: CustomerShape): ExpectedChange {
  const value = (key: string): string => {
    const found = values[key]
    if (found === undefined) throw new Error(`${name} has no ${key}`)
    return found
  }
  const fields = customerFields[shape]
  switch (name) {
    case 'customer_relationship_manager.add_customer':
      return {
        do: 'create',
        entity: shape,
        values: Object.fromEntries(Object.entries(values).flatMap(([column, text]) => (fields[column] === undefined ? [] : [[fields[column], text]]))),
      }
    case 'customer_relationship_manager.update_customer':
      return { do: 'update', entity: shape, id: value('customer_id'), values: { [String(fields[value('field')])]: value('new_value') } }
    case 'customer_relationship_manager.delete_customer':
      return { do: 'delete', entity: shape, id: value('customer_id') }
    case 'calendar.create_event':
      return {
        do: 'create',
        entity: 'events',
        values: {
          title: value('event_name'),
          attendees: [value('participant_email')],
          starts_at: startOf(value('event_start')).toISOString(),
          ends_at: endOf(value('event_start'), value('duration')),
        },
      }
    case 'calendar.update_event':
      return { do: 'update', entity: 'events', id: value('event_id'), values: eventValues(value('event_id'), value('field'), value('new_value'), records) }
    case 'calendar.delete_event':
      return { do: 'delete', entity: 'events', id: value('event_id') }
    case 'project_management.update_task':
      return { do: 'update', entity: 'tasks', id: value('task_id'), values: { [taskField(value('field'))]: value('new_value') } }
    case 'project_management.create_task':
      return { do: 'create', entity: 'tasks', values: Object.fromEntries(Object.entries(values).map(([column, text]) => [taskField(column), text])) }
    case 'project_management.delete_task':
      return { do: 'delete', entity: 'tasks', id: value('task_id') }
    case 'email.send_email':
      return { do: 'send', to: [value('recipient')], subject: value('subject'), body: value('body') }
    case 'email.reply_email':
      return { do: 'reply', email: value('email_id'), body: value('body') }
    case 'email.forward_email':
      return { do: 'forward', email: value('email_id'), to: [value('recipient')] }
    case 'email.delete_email':
      return { do: 'delete', entity: 'emails', id: value('email_id') }
    default:
      throw new Error(`${name} is not known`)
  }
}

function taskField(column: string): string {
  const fields: Record<string, string> = { task_name: 'title', assigned_to_email: 'owner', list_name: 'status', due_date: 'due_at', board: 'custom.board' }
  const field = fields[column]
  if (field === undefined) throw new Error(`Tasks have no ${column}`)
  return field
}

/** An event that begins at another time keeps its length. */
function eventValues(id: string, column: string, text: string, { events }: OfficeRecords): Record<string, string | string[]> {
  const event = events.find(({ event_id }) => event_id === id)
  if (event === undefined) throw new Error(`There is no event ${id}`)
  if (column === 'event_name') return { title: text }
  if (column === 'participant_email') return { attendees: [text] }
  if (column === 'event_start') return { starts_at: startOf(text).toISOString(), ends_at: endOf(text, event.duration) }
  if (column === 'duration') return { ends_at: endOf(event.event_start, text) }
  throw new Error(`Events have no ${column}`)
}
