import type { ExpectedChange } from '#backend/cli/agent-score/scenario.ts'
import { type Desk, today, type Wish } from './office-desk.ts'

const dayMs = 86_400_000

/** What holds in the office, by hand. */
export function factsOf({ at, records, isOverdue }: Pick<Desk, 'at' | 'records' | 'isOverdue'>) {
  const day = (days: number) => new Date(Date.parse(today) + days * dayMs).toISOString().slice(0, 10)
  const count = <T extends { assigned_to_email: string }>(rows: readonly T[], test: (row: T) => boolean) => {
    const counts = new Map([...new Set(rows.map((row) => row.assigned_to_email))].map((email) => [email, 0]))
    for (const row of rows) if (test(row)) counts.set(row.assigned_to_email, (counts.get(row.assigned_to_email) ?? 0) + 1)
    return [...counts].sort((a, b) => b[1] - a[1])
  }
  const single = (ranking: [string, number][], what: string): string => {
    if (ranking[0]?.[1] === ranking[1]?.[1]) throw new Error(`Several share ${what}; write the instruction otherwise.`)
    return ranking[0]?.[0].split('.')[0] ?? ''
  }
  return {
    hasOverdue: (person: string) => records.tasks.some((task) => task.assigned_to_email === at(person) && isOverdue(task)),
    meetsWithin: (person: string, days: number) =>
      records.events.some(({ participant_email, event_start }) => participant_email === at(person) && event_start >= today && event_start < day(days)),
    metWithin: (person: string, days: number) =>
      records.events.some(({ participant_email, event_start }) => participant_email === at(person) && event_start < today && event_start >= day(-days)),
    wroteWithin: (person: string, days: number) =>
      records.mails.some((mail) => mail['sender/recipient'] === at(person) && mail.sent_datetime < today && mail.sent_datetime >= day(-days)),
    mostOf: (test: (task: Desk['records']['tasks'][number]) => boolean) => single(count(records.tasks, test), 'the most tasks'),
    mostCustomers: (test: (customer: Desk['records']['customers'][number]) => boolean) => single(count(records.customers, test), 'the most customers'),
    fewestCustomers: (test: (customer: Desk['records']['customers'][number]) => boolean) =>
      single(count(records.customers, test).reverse(), 'the fewest customers'),
  }
}

export function conditionWishes(desk: Desk): Record<string, Wish[]> {
  const { at, send, meet, setCustomers, setTasks, tasksOf, isOverdue, addCustomer, cancel, coming, mail, reply, of } = desk
  const facts = factsOf(desk)
  const when = (holds: boolean, then: ExpectedChange[], otherwise: ExpectedChange[] = []): ExpectedChange[] => (holds ? then : otherwise)
  return {
    conditions: [
      [
        "If chenwei has overdue tasks, email him with the title 'Overdue' and the text 'Please catch up.'",
        when(facts.hasOverdue('chenwei'), send(['chenwei'], 'Overdue', 'Please catch up.')),
      ],
      [
        "If nia has any overdue tasks, send her an email titled 'Tasks' saying 'Please have a look.', otherwise one titled 'Well done' saying 'Nothing is late!'",
        when(facts.hasOverdue('nia'), send(['nia'], 'Tasks', 'Please have a look.'), send(['nia'], 'Well done', 'Nothing is late!')),
      ],
      [
        "Check whether I have a meeting with fatima in the next 5 days; if I do not, book a 30 minute meeting with her called 'Sync' on December 6 at 9",
        when(!facts.meetsWithin('fatima', 5), meet('Sync', ['fatima'], '2023-12-06 09:00:00', 30)),
      ],
      [
        "If I have no meeting with luis in the next 5 days, schedule a 30 minute meeting called 'Sync' with him on December 6 at 9:30",
        when(!facts.meetsWithin('luis', 5), meet('Sync', ['luis'], '2023-12-06 09:30:00', 30)),
      ],
      [
        "Has santiago written to me in the last 2 days? If not, email him 'Are you well?' with the title 'Hello'",
        when(!facts.wroteWithin('santiago', 2), send(['santiago'], 'Hello', 'Are you well?')),
      ],
      [
        "If luis has emailed me within the past 3 days, reply to his latest email with 'Got it'",
        when(facts.wroteWithin('luis', 3), reply(mail({ from: 'luis' }), 'Got it')),
      ],
      ['If Raj has more than 5 leads, give all of them to Sofia', setCustomers(of('Raj', 'Lead'), { assigned_to_email: at('sofia') })],
      ['Cancel my next meeting with amir if he has overdue tasks', when(facts.hasOverdue('amir'), cancel(coming({ person: 'amir' })[0]))],
      ['Unless carlos has overdue tasks, cancel my next meeting with him', when(!facts.hasOverdue('carlos'), cancel(coming({ person: 'carlos' })[0]))],
    ],
    superlatives: [
      ['Give Casey White to whoever has the fewest customers', setCustomers('Casey White', { assigned_to_email: at(facts.fewestCustomers(() => true)) })],
      [
        'Add Sydney Marsh as a new lead and assign it to the salesperson with the most won customers',
        addCustomer({ customer_name: 'Sydney Marsh', status: 'Lead', assigned_to_email: at(facts.mostCustomers((customer) => customer.status === 'Won')) }),
      ],
      [
        "Email the person with the most overdue tasks: title 'Backlog', text 'Do you need help?'",
        send([facts.mostOf(isOverdue)], 'Backlog', 'Do you need help?'),
      ],
      [
        "Reassign luis's overdue tasks to the person with the most completed back end tasks",
        setTasks((task) => tasksOf('luis')(task) && isOverdue(task), { owner: at(facts.mostOf(tasksOf(undefined, 'Completed', 'Back end'))) }),
      ],
    ],
    several: [
      [
        "Delete Rahul Moore from the crm and send raj an email titled 'Rahul' saying 'He is gone.'",
        [...desk.deleteCustomers('Rahul Moore'), ...send(['raj'], 'Rahul', 'He is gone.')],
      ],
      [
        "Cancel my next meeting with sofia and email her with the title 'Sorry' and the text 'I cannot make it.'",
        [...cancel(coming({ person: 'sofia' })[0]), ...send(['sofia'], 'Sorry', 'I cannot make it.')],
      ],
      [
        'Reassign Kerry Moore to Lena and set the follow up date to December 6',
        setCustomers('Kerry Moore', { assigned_to_email: at('lena'), follow_up_by: '2023-12-06' }),
      ],
      [
        "Move fatima's in progress tasks to in review and yuki's in progress tasks to completed",
        [...setTasks(tasksOf('fatima', 'In Progress'), { status: 'In Review' }), ...setTasks(tasksOf('yuki', 'In Progress'), { status: 'Completed' })],
      ],
      [
        "Schedule a 1 hour meeting called 'Handover' with yuki on December 22 at 11 and email her 'See you on Friday.' titled 'Handover'",
        [...meet('Handover', ['yuki'], '2023-12-22 11:00:00', 60), ...send(['yuki'], 'Handover', 'See you on Friday.')],
      ],
    ],
  }
}
