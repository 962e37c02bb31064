import { createDesk, type Desk } from './office-desk.ts'
import type { CustomerShape } from './office-files.ts'
import type { OfficeCustomer, OfficeEvent, OfficeMail, OfficeRecords, OfficeTask } from './office-records.ts'

type Which<T> = (row: T) => boolean

/** The desk with what the instructions in words nobody prepared need besides. */
export function createOtherwiseDesk(records: OfficeRecords, shape: CustomerShape) {
  const desk = createDesk(records, shape)
  const { at, coming, isOverdue, tasksOf, addCustomer } = desk
  const to = (first: string) => ({ assigned_to_email: at(first) })
  const which = (test: Which<OfficeMail>) => records.mails.filter(test).sort((a, b) => b.sent_datetime.localeCompare(a.sent_datetime))
  const from = (first: string, test: Which<OfficeMail> = () => true) => which((mail) => mail['sender/recipient'] === at(first) && test(mail))
  return {
    ...desk,
    to,
    owner: (first: string) => ({ owner: at(first) }),
    lead: (name: string, first: string, values: Partial<OfficeCustomer> = {}) => addCustomer({ customer_name: name, status: 'Lead', ...to(first), ...values }),
    called:
      (...names: readonly string[]): Which<OfficeCustomer> =>
      ({ customer_name }) =>
        names.includes(customer_name),
    lastBefore:
      (day: string): Which<OfficeCustomer> =>
      ({ last_contact_date }) =>
        last_contact_date < day,
    lastIn:
      (month: string): Which<OfficeCustomer> =>
      ({ last_contact_date }) =>
        last_contact_date.startsWith(month),
    noPhone: ({ customer_phone }: OfficeCustomer) => customer_phone === '',
    first: (person: string, on: string): OfficeEvent | undefined => coming({ person, on })[0],
    next: (name: string): OfficeEvent | undefined => coming({ name })[0],
    which,
    from,
    oldest: (mails: readonly OfficeMail[]): OfficeMail => mails.at(-1) as OfficeMail,
    late: (first: string, list?: string) => (task: OfficeTask) => tasksOf(first, list)(task) && isOverdue(task),
    titled: (first: string, name: string) => (task: OfficeTask) => tasksOf(first)(task) && task.task_name === name,
    /** The colleague with the most overdue tasks. */
    mostOverdue: 'chenwei',
    thanks: 'Got it, thank you!',
  }
}
export type OtherwiseDesk = Desk & ReturnType<typeof createOtherwiseDesk>

export const both =
  <T>(...parts: readonly Which<T>[]): Which<T> =>
  (row) =>
    parts.every((part) => part(row))
export const either =
  <T>(...parts: readonly Which<T>[]): Which<T> =>
  (row) =>
    parts.some((part) => part(row))
export const not =
  <T>(part: Which<T>): Which<T> =>
  (row) =>
    !part(row)
