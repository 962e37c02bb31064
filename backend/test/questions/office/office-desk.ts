import type { ExpectedChange, ScoreTask } from '#backend/cli/agent-score/scenario.ts'
import { type CustomerShape, customerFields, endOf, startOf } from './office-files.ts'
import type { OfficeCustomer, OfficeEvent, OfficeMail, OfficeRecords, OfficeTask } from './office-records.ts'

/** A message with what is to be different afterwards. */
export type Wish = readonly [message: string, expect: readonly ExpectedChange[]]

export const today = '2023-11-30'

/** Reads the records of the office by hand, not by the product, to say what an instruction means. */
export function createDesk(records: OfficeRecords, shape: CustomerShape) {
  const { customers, tasks, events, mails } = records
  const addresses = [...new Set([...customers, ...tasks].map((row) => row.assigned_to_email).concat(events.map((event) => event.participant_email)))]
  const byTime = [...events].sort((a, b) => a.event_start.localeCompare(b.event_start))
  const newestFirst = [...mails].sort((a, b) => b.sent_datetime.localeCompare(a.sent_datetime))

  /** Address of a colleague by the first name. */
  function at(first: string): string {
    const found = addresses.find((address) => address.startsWith(`${first.toLowerCase()}.`))
    if (found === undefined) throw new Error(`Nobody is called ${first}`)
    return found
  }
  function some<T>(rows: readonly T[], what: string): readonly T[] {
    if (rows.length === 0) throw new Error(`No ${what} is like that; write the instruction otherwise.`)
    return rows
  }
  const columns = (values: Partial<OfficeCustomer>) =>
    Object.fromEntries(Object.entries(values).map(([column, value]) => [String(customerFields[shape][column]), value]))
  const named = (name: string) => (customer: OfficeCustomer) => customer.customer_name === name

  return {
    at,
    /** Whose customers, in which status, interested in what. */
    of: (owner?: string, status?: string, interest?: string) => (customer: OfficeCustomer) =>
      (owner === undefined || customer.assigned_to_email === at(owner)) &&
      (status === undefined || customer.status === status) &&
      (interest === undefined || customer.product_interest === interest),
    deleteCustomers: (which: string | ((customer: OfficeCustomer) => boolean)): ExpectedChange[] =>
      some(customers.filter(typeof which === 'string' ? named(which) : which), 'customer').map(({ customer_id }) => ({
        do: 'delete',
        entity: shape,
        id: customer_id,
      })),
    setCustomers: (which: string | ((customer: OfficeCustomer) => boolean), values: Partial<OfficeCustomer>): ExpectedChange[] =>
      some(customers.filter(typeof which === 'string' ? named(which) : which), 'customer').map(({ customer_id }) => ({
        do: 'update',
        entity: shape,
        id: customer_id,
        values: columns(values),
      })),
    addCustomer: (values: Partial<OfficeCustomer>): ExpectedChange[] => [{ do: 'create', entity: shape, values: columns(values) }],
    /** Whose tasks, in which list, on which board. */
    tasksOf: (owner?: string, list?: string, board?: string) => (task: OfficeTask) =>
      (owner === undefined || task.assigned_to_email === at(owner)) &&
      (list === undefined || task.list_name === list) &&
      (board === undefined || task.board === board),
    isOverdue: (task: OfficeTask) => task.due_date < today && task.list_name !== 'Completed',
    setTasks: (which: (task: OfficeTask) => boolean, values: Record<string, string>): ExpectedChange[] =>
      some(tasks.filter(which), 'task').map(({ task_id }) => ({ do: 'update', entity: 'tasks', id: task_id, values })),
    /** Each with a value of its own. */
    shiftTasks: (which: (task: OfficeTask) => boolean, byDays: number): ExpectedChange[] =>
      some(tasks.filter(which), 'task').map(({ task_id, due_date }) => ({
        do: 'update',
        entity: 'tasks',
        id: task_id,
        values: { due_at: shiftDay(due_date, byDays) },
      })),
    deleteTasks: (which: (task: OfficeTask) => boolean): ExpectedChange[] =>
      some(tasks.filter(which), 'task').map(({ task_id }) => ({ do: 'delete', entity: 'tasks', id: task_id })),
    addTask: (values: Record<string, string>): ExpectedChange[] => [{ do: 'create', entity: 'tasks', values }],
    /** From now on, in the order of their times; with somebody, of a name, on a day. */
    coming: (filter: { person?: string; name?: string; on?: string } = {}): readonly OfficeEvent[] =>
      some(
        byTime.filter(
          (event) =>
            event.event_start >= today &&
            (filter.person === undefined || event.participant_email === at(filter.person)) &&
            (filter.name === undefined || event.event_name === filter.name) &&
            (filter.on === undefined || event.event_start.startsWith(filter.on)),
        ),
        'event',
      ),
    cancel: (...which: readonly (OfficeEvent | undefined)[]): ExpectedChange[] =>
      which.map((event) => ({ do: 'delete', entity: 'events', id: the(event).event_id })),
    /** It begins so many minutes later and keeps its length. */
    shift: (event: OfficeEvent | undefined, minutes: number): ExpectedChange[] => [
      retimed(the(event), later(the(event).event_start, minutes), the(event).duration),
    ],
    moveTo: (event: OfficeEvent | undefined, start: string): ExpectedChange[] => [retimed(the(event), start, the(event).duration)],
    lengthen: (event: OfficeEvent | undefined, minutes: number): ExpectedChange[] => [retimed(the(event), the(event).event_start, String(minutes))],
    rename: (event: OfficeEvent | undefined, title: string): ExpectedChange[] => [
      { do: 'update', entity: 'events', id: the(event).event_id, values: { title } },
    ],
    invite: (event: OfficeEvent | undefined, person: string): ExpectedChange[] => [
      { do: 'update', entity: 'events', id: the(event).event_id, values: { attendees: [the(event).participant_email, at(person)] } },
    ],
    meet: (title: string, people: readonly string[], start: string, minutes: number): ExpectedChange[] => [
      {
        do: 'create',
        entity: 'events',
        values: { title, attendees: people.map(at), starts_at: startOf(start).toISOString(), ends_at: endOf(start, String(minutes)) },
      },
    ],
    /** The newest first; from somebody, of a subject, on a day. */
    mail: (filter: { from?: string; subject?: string; on?: string }): OfficeMail =>
      some(
        newestFirst.filter(
          (mail) =>
            (filter.from === undefined || mail['sender/recipient'] === at(filter.from)) &&
            (filter.subject === undefined || mail.subject === filter.subject) &&
            (filter.on === undefined || mail.sent_datetime.startsWith(filter.on)),
        ),
        'mail',
      )[0] as OfficeMail,
    send: (people: readonly string[], subject: string, body: string): ExpectedChange[] => [{ do: 'send', to: people.map(at), subject, body }],
    reply: (mail: OfficeMail, body: string): ExpectedChange[] => [{ do: 'reply', email: mail.email_id, body }],
    forward: (mail: OfficeMail, ...people: readonly string[]): ExpectedChange[] => [{ do: 'forward', email: mail.email_id, to: people.map(at) }],
    deleteMail: (...which: readonly OfficeMail[]): ExpectedChange[] => which.map(({ email_id }) => ({ do: 'delete', entity: 'emails', id: email_id })),
    records,
  }
}
export type Desk = ReturnType<typeof createDesk>

/** Wishes as tasks of a family, in their order. */
export function tasksOf(family: string, wishes: readonly Wish[]): ScoreTask[] {
  return wishes.map(([message, expect], index) => ({ id: `${family}-${index + 1}`, domain: family, message, expect: [...expect] }))
}

function the(event: OfficeEvent | undefined): OfficeEvent {
  if (event === undefined) throw new Error('There is no such event; write the instruction otherwise.')
  return event
}

function retimed({ event_id }: OfficeEvent, start: string, minutes: string): ExpectedChange {
  return { do: 'update', entity: 'events', id: event_id, values: { starts_at: startOf(start).toISOString(), ends_at: endOf(start, minutes) } }
}

function later(time: string, minutes: number): string {
  return endOf(time, String(minutes)).slice(0, 19).replace('T', ' ')
}

function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
