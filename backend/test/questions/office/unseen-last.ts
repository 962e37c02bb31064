import { type Desk, tasksOf, type Wish } from './office-desk.ts'
import type { OfficeCustomer, OfficeMail } from './office-records.ts'

type Which = (customer: OfficeCustomer) => boolean

/** A third round; 34 of these 50 were done when they were first tried, and none was harmful. */
export function lastTasks(desk: Desk) {
  return [
    ...tasksOf('crm last', customers(desk)),
    ...tasksOf('calendar last', meetings(desk)),
    ...tasksOf('email last', letters(desk)),
    ...tasksOf('tasks last', boards(desk)),
    ...tasksOf('several last', together(desk)),
  ]
}

function customers({ deleteCustomers, setCustomers, addCustomer, at, of }: Desk): Wish[] {
  const both =
    (...parts: readonly Which[]): Which =>
    (customer) =>
      parts.every((part) => part(customer))
  const to = (first: string) => ({ assigned_to_email: at(first) })
  return [
    ['Could you wipe Shannon Garcia from our records please?', deleteCustomers('Shannon Garcia')],
    ['Riley Anderson moved abroad, so there is no point in keeping them. Delete.', deleteCustomers('Riley Anderson')],
    ['Lost customers interested in hardware under Raj: delete', deleteCustomers(of('raj', 'Lost', 'Hardware'))],
    [
      "We're dropping everyone in the lost stage who Lena manages and who wanted services. Please delete them.",
      deleteCustomers(of('lena', 'Lost', 'Services')),
    ],
    ['From today Nadia handles Casey Jackson', setCustomers('Casey Jackson', to('nadia'))],
    [
      'Transfer Kerry Thompson and Shannon White from Raj to Sofia',
      setCustomers((one) => ['Kerry Thompson', 'Shannon White'].includes(one.customer_name), to('sofia')),
    ],
    [
      "Nadia's leads interested in hardware and consulting should go to Akira",
      setCustomers((one) => of('nadia', 'Lead', 'Hardware')(one) || of('nadia', 'Lead', 'Consulting')(one), to('akira')),
    ],
    ['Let Sofia take every qualified customer of Raj', setCustomers(of('raj', 'Qualified'), to('sofia'))],
    ['Status of Jamie Moore: qualified', setCustomers('Jamie Moore', { status: 'Qualified' })],
    ['Peyton Miller changed their mind and wants to buy, put them in proposal', setCustomers('Peyton Miller', { status: 'Proposal' })],
    [
      "Sofia's proposals older than a month without any contact are lost. Change them.",
      setCustomers(
        both(of('sofia', 'Proposal'), ({ last_contact_date }) => last_contact_date < '2023-10-30'),
        { status: 'Lost' },
      ),
    ],
    ["All of Akira's leads for software become qualified", setCustomers(of('akira', 'Lead', 'Software'), { status: 'Qualified' })],
    ['Quinn Brown would rather have hardware. Update the product interest.', setCustomers('Quinn Brown', { product_interest: 'Hardware' })],
    ['The phone number of Reese Wilson is wrong, it should be 834-583-2600', setCustomers('Reese Wilson', { customer_phone: '834-583-2600' })],
    ['Follow up date for Jaden Martin: December 20', setCustomers('Jaden Martin', { follow_up_by: '2023-12-20' })],
    ["Set the follow-up date of Raj's proposals for training to December 7", setCustomers(of('raj', 'Proposal', 'Training'), { follow_up_by: '2023-12-07' })],
    [
      'We got a new lead, Kim Porter, who wants training. Raj will look after them.',
      addCustomer({ customer_name: 'Kim Porter', status: 'Lead', product_interest: 'Training', ...to('raj') }),
    ],
    ['Is Avery Smith won? If not, delete them', []],
    ['If Jaden Brown is a won customer of Akira, give them to Lena', setCustomers('Jaden Brown', to('lena'))],
    ['Delete every training customer in the proposal stage that Akira spoke to before October 15', []],
  ]
}

function meetings({ coming, cancel, shift, moveTo, lengthen, rename, meet }: Desk): Wish[] {
  const on = (day: string) => coming({ on: day })
  return [
    ["Find me a 1 hour slot with Leila on December 8 at noon, title 'Planning'", meet('Planning', ['leila'], '2023-12-08 12:00:00', 60)],
    ["I'd like 90 minutes with Jinsoo on Monday at 1pm, call it 'Handover'", meet('Handover', ['jinsoo'], '2023-12-04 13:00:00', 90)],
    ['The first meeting on December 19 has to start an hour earlier', shift(on('2023-12-19')[0], -60)],
    [
      'Postpone my meeting with Nadia on December 11 to December 12 at the same time',
      moveTo(coming({ person: 'nadia', on: '2023-12-11' })[0], '2023-12-12 13:30:00'),
    ],
    ['Scrap the next two meetings with Dmitri', cancel(...coming({ person: 'dmitri' }).slice(0, 2))],
    [
      'I am on holiday from December 18 to December 20, cancel all my meetings on those days',
      cancel(...on('2023-12-18'), ...on('2023-12-19'), ...on('2023-12-20')),
    ],
    ['Get rid of the morning meetings on December 12', cancel(...on('2023-12-12').filter(({ event_start }) => event_start < '2023-12-12 12'))],
    ['The next team orientation should be called Welcome Day', rename(coming({ name: 'team orientation' })[0], 'Welcome Day')],
    ['Extend the next daily stand-up by 15 minutes', lengthen(coming({ name: 'daily stand-up' })[0], 105)],
    ['If there is a meeting with Luis next week, cancel it', []],
  ]
}

function letters({ mail, send, reply, forward, deleteMail, at, records }: Desk): Wish[] {
  const from = (first: string, which: (one: OfficeMail) => boolean): OfficeMail[] =>
    records.mails.filter((one) => one['sender/recipient'] === at(first) && which(one))
  return [
    ['Bin the two latest emails from Aisha', deleteMail(...from('aisha', ({ sent_datetime }) => sent_datetime >= '2023-11-24 15'))],
    ["Delete all of Nia's emails from October", deleteMail(...from('nia', ({ sent_datetime }) => sent_datetime < '2023-11'))],
    ['Clean up: remove emails from Olga sent before November 10', deleteMail(...from('olga', ({ sent_datetime }) => sent_datetime < '2023-11-10'))],
    ["Shoot Jinsoo an email: 'Where are we with the logo?', subject 'Logo'", send(['jinsoo'], 'Logo', 'Where are we with the logo?')],
    ["Let Kofi know by email that 'The launch is off' under the title 'Launch'", send(['kofi'], 'Launch', 'The launch is off')],
    ["Respond to Yuki's newest email: 'Let us talk tomorrow.'", reply(mail({ from: 'yuki' }), 'Let us talk tomorrow.')],
    [
      "Reply to the email about 'Update on process review' from November 27 with 'Thanks Anaya'",
      reply(mail({ subject: 'Update on process review', on: '2023-11-27' }), 'Thanks Anaya'),
    ],
    ['Santiago should see the latest email from Nadia, forward it to him', forward(mail({ from: 'nadia' }), 'santiago')],
    ['Share the most recent mail about Update on Product Launch Analysis with Lena', forward(mail({ subject: 'Update on Product Launch Analysis' }), 'lena')],
    ["If Amir hasn't written to me since November 1, send him an email titled 'Ping' saying 'Hello?'", []],
  ]
}

function boards({ tasksOf: tasksBy, setTasks, deleteTasks, addTask, at, isOverdue }: Desk): Wish[] {
  return [
    [
      "New backlog task for Anaya on the front end board: 'Test the carousel', due on December 18",
      addTask({ title: 'Test the carousel', status: 'Backlog', 'custom.board': 'Front end', owner: at('anaya'), due_at: '2023-12-18' }),
    ],
    [
      'Take all of the overdue tasks away from Kofi and give them to Dmitri',
      setTasks((task) => tasksBy('kofi')(task) && isOverdue(task), { owner: at('dmitri') }),
    ],
    ['Everything Santiago has in review is done', setTasks(tasksBy('santiago', 'In Review'), { status: 'Completed' })],
    ['Delete the completed front end tasks', deleteTasks(tasksBy(undefined, 'Completed', 'Front end'))],
    [
      "Jinsoo's tasks due before December 5 that are still in the backlog are now due on December 8",
      setTasks((task) => tasksBy('jinsoo', 'Backlog')(task) && task.due_date < '2023-12-05', { due_at: '2023-12-08' }),
    ],
  ]
}

function together({ coming, cancel, send, meet, setCustomers, setTasks, tasksOf: tasksBy, forward, mail, at }: Desk): Wish[] {
  return [
    [
      "Cancel my next meeting with Santiago and email him 'Sorry, something came up' with the subject 'Our meeting'",
      [...cancel(coming({ person: 'santiago' })[0]), ...send(['santiago'], 'Our meeting', 'Sorry, something came up')],
    ],
    ["If Fatima has no overdue tasks, send her an email titled 'Thanks' saying 'Great work.'", send(['fatima'], 'Thanks', 'Great work.')],
    [
      "Give Angel Robinson to Lena and book a 30 minute meeting with her called 'Angel Robinson' on December 6 at 10am",
      [...setCustomers('Angel Robinson', { assigned_to_email: at('lena') }), ...meet('Angel Robinson', ['lena'], '2023-12-06 10:00:00', 30)],
    ],
    [
      "Forward the latest email about 'Update on annual summary' to the person I'm meeting last on December 20",
      forward(mail({ subject: 'Update on annual summary' }), 'lena'),
    ],
    [
      "Move Nia's in review tasks to completed and send her an email titled 'Reviewed' saying 'All done.'",
      [...setTasks(tasksBy('nia', 'In Review'), { status: 'Completed' }), ...send(['nia'], 'Reviewed', 'All done.')],
    ],
  ]
}
