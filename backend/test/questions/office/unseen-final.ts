import { type Desk, tasksOf, type Wish } from './office-desk.ts'
import type { OfficeCustomer, OfficeMail } from './office-records.ts'

/** A fifth round; 39 of these 50 were done when they were first tried, and none was harmful. */
export function finalTasks(desk: Desk) {
  return [
    ...tasksOf('crm final', customers(desk)),
    ...tasksOf('calendar final', meetings(desk)),
    ...tasksOf('email final', letters(desk)),
    ...tasksOf('tasks final', boards(desk)),
    ...tasksOf('several final', together(desk)),
  ]
}

function customers({ deleteCustomers, setCustomers, addCustomer, at, of }: Desk): Wish[] {
  const to = (first: string) => ({ assigned_to_email: at(first) })
  const lastBefore = (day: string) => (one: OfficeCustomer) => one.last_contact_date < day
  return [
    ['There is no need to keep Jaden Wilson in our records. Could you delete the entry?', deleteCustomers('Jaden Wilson')],
    ["Riley Johnson's company went bankrupt. Remove them from the crm please.", deleteCustomers('Riley Johnson')],
    ["Raj's customers that we lost and that were interested in services can be deleted", deleteCustomers(of('raj', 'Lost', 'Services'))],
    ['Delete every customer that is lost, interested in training and assigned to Lena', deleteCustomers(of('lena', 'Lost', 'Training'))],
    ['Please switch the owner of Taylor Robinson from Raj to Sofia', setCustomers('Taylor Robinson', to('sofia'))],
    ['Akira asked for Jamie Jackson. Can you assign them to Akira?', setCustomers('Jamie Jackson', to('akira'))],
    ["Sofia's qualified customers interested in services should be looked after by Nadia", setCustomers(of('sofia', 'Qualified', 'Services'), to('nadia'))],
    ['Give Nadia all the proposals for hardware that Sofia is working on', setCustomers(of('sofia', 'Proposal', 'Hardware'), to('nadia'))],
    ['Transfer all leads with no phone number from Akira to Raj', setCustomers((one) => of('akira', 'Lead')(one) && one.customer_phone === '', to('raj'))],
    ['Reese Thomas came back to us and wants a proposal. Set the status to proposal.', setCustomers('Reese Thomas', { status: 'Proposal' })],
    ["Could you mark all of Akira's proposals for training as won?", setCustomers(of('akira', 'Proposal', 'Training'), { status: 'Won' })],
    [
      'Every qualified customer who has not heard from us since October 7 is lost. Update the crm please',
      setCustomers((one) => of(undefined, 'Qualified')(one) && lastBefore('2023-10-07')(one), { status: 'Lost' }),
    ],
    [
      'Set all of Raj’s leads that want training to qualified and follow up with them by December 13',
      setCustomers(of('raj', 'Lead', 'Training'), { status: 'Qualified', follow_up_by: '2023-12-13' }),
    ],
    ['Alex Smith would like consulting instead of software. Please change that in the crm', setCustomers('Alex Smith', { product_interest: 'Consulting' })],
    ["Please correct Cameron White's phone number, it's 948-390-6500", setCustomers('Cameron White', { customer_phone: '948-390-6500' })],
    [
      'Change the email address of Jessie Martinez to jessie@ecoinnovations.com',
      setCustomers('Jessie Martinez', { customer_email: 'jessie@ecoinnovations.com' }),
    ],
    ['Move the follow-up for Peyton Smith to the day after tomorrow', setCustomers('Peyton Smith', { follow_up_by: '2023-12-02' })],
    [
      'Please add Harper Quill, a new lead interested in hardware, and give it to Lena',
      addCustomer({ customer_name: 'Harper Quill', status: 'Lead', product_interest: 'Hardware', ...to('lena') }),
    ],
    ['If Kerry Jackson is still assigned to Lena, reassign them to Sofia, otherwise delete them', setCustomers('Kerry Jackson', to('sofia'))],
    ['If Nadia has no leads interested in training, give her Casey Wilson', setCustomers('Casey Wilson', to('nadia'))],
  ]
}

function meetings({ coming, cancel, shift, moveTo, lengthen, rename, invite, meet }: Desk): Wish[] {
  return [
    ["I'm running late tomorrow, push my first meeting back by 45 minutes", shift(coming({ on: '2023-12-01' })[0], 45)],
    ['Please bring my meeting with dmitri on December 8 forward by an hour', shift(coming({ person: 'dmitri', on: '2023-12-08' })[0], -60)],
    ['Can you move the Health & Wellness Expo to December 15 at 4?', moveTo(coming({ name: 'Health & Wellness Expo' })[0], '2023-12-15 16:00:00')],
    ["I won't need the IT Systems Update Briefing, please cancel it", cancel(coming({ name: 'IT Systems Update Briefing' })[0])],
    ['Delete all meetings with anaya that are coming up', cancel(...coming({ person: 'anaya' }))],
    ['Free up my afternoon on December 13', cancel(...coming({ on: '2023-12-13' }).filter(({ event_start }) => event_start >= '2023-12-13 12'))],
    ["Give my next meeting with yuki the title 'Performance talk'", rename(coming({ person: 'yuki' })[0], 'Performance talk')],
    ['Please add leila to my meeting with nia on December 12', invite(coming({ person: 'nia', on: '2023-12-12' })[0], 'leila')],
    ['My next meeting with luis should last an hour', lengthen(coming({ person: 'luis' })[0], 60)],
    ["Have I met with sofia in the last 5 days? If not, schedule a half hour meeting called 'Catch up' with her for tomorrow at 5", []],
    ["I need an hour with chenwei on December 11 at 4:30, call it 'Design review' please", meet('Design review', ['chenwei'], '2023-12-11 16:30:00', 60)],
  ]
}

function letters({ mail, send, reply, forward, deleteMail, at, records }: Desk): Wish[] {
  const from = (first: string, which: (one: OfficeMail) => boolean): OfficeMail[] =>
    records.mails.filter((one) => one['sender/recipient'] === at(first) && which(one))
  return [
    [
      "Pass the newest email about 'Update on Marketing Strategy Session' along to fatima",
      forward(mail({ subject: 'Update on Marketing Strategy Session' }), 'fatima'),
    ],
    ["anaya hasn't seen the latest email from kofi. Forward it to her please", forward(mail({ from: 'kofi' }), 'anaya')],
    ["Write back to the last email from amir and say 'I am free on Tuesday'", reply(mail({ from: 'amir' }), 'I am free on Tuesday')],
    // Two are called so.
    ["Answer 'Works for me' to the email from lena about 'Update on project debrief'", []],
    ["Send carlos a quick email: subject 'Invoice', body 'Please send the invoice.'", send(['carlos'], 'Invoice', 'Please send the invoice.')],
    ["I'd like to email yuki. Title: 'Holiday', text: 'When are you off?'", send(['yuki'], 'Holiday', 'When are you off?')],
    [
      'Delete the three latest emails from aisha',
      deleteMail(
        ...from('aisha', () => true)
          .sort((a, b) => b.sent_datetime.localeCompare(a.sent_datetime))
          .slice(0, 3),
      ),
    ],
    ['Delete all emails nadia sent me before November 1', deleteMail(...from('nadia', ({ sent_datetime }) => sent_datetime < '2023-11'))],
    ["If leila emailed me yesterday, reply to her latest email with 'Thanks Leila'", []],
    ["Unless fatima has written to me in the past 10 days, email her 'Are you there?' with the title 'Hello'", []],
  ]
}

function boards({ tasksOf: tasksBy, setTasks, deleteTasks, addTask, at, isOverdue }: Desk): Wish[] {
  return [
    ["Everything that's overdue for chenwei should go to nia", setTasks((task) => tasksBy('chenwei')(task) && isOverdue(task), { owner: at('nia') })],
    ["Push back the deadlines of dmitri's in review tasks to December 18", setTasks(tasksBy('dmitri', 'In Review'), { due_at: '2023-12-18' })],
    ['Delete all completed design tasks', deleteTasks(tasksBy(undefined, 'Completed', 'Design'))],
    [
      "Please make a task for leila called 'Review icons' on the front end board. Put it in the backlog and make it due next Tuesday",
      addTask({ title: 'Review icons', status: 'Backlog', 'custom.board': 'Front end', owner: at('leila'), due_at: '2023-12-05' }),
    ],
  ]
}

function together({ coming, cancel, send, deleteCustomers, setCustomers, setTasks, tasksOf: tasksBy, at, mail, forward, meet }: Desk): Wish[] {
  return [
    [
      "Reassign Jordan Smith to Nadia and send her an email titled 'Jordan Smith' saying 'This one is yours now.'",
      [...setCustomers('Jordan Smith', { assigned_to_email: at('nadia') }), ...send(['nadia'], 'Jordan Smith', 'This one is yours now.')],
    ],
    [
      "olga is leaving the company. Cancel all future meetings with her, give her backlog tasks to luis and email luis 'You get the tasks of Olga' titled 'Tasks'",
      [
        ...cancel(...coming({ person: 'olga' })),
        ...setTasks(tasksBy('olga', 'Backlog'), { owner: at('luis') }),
        ...send(['luis'], 'Tasks', 'You get the tasks of Olga'),
      ],
    ],
    ['Forward the latest email from leila to whoever owns Casey Brown', forward(mail({ from: 'leila' }), 'akira')],
    [
      "If Raj has any lost customers interested in training, delete them and send him an email titled 'Cleanup' saying 'I deleted them.' Otherwise book 30 minutes with him on December 4 at 4 called 'Lost'",
      [
        ...deleteCustomers((one) => one.assigned_to_email === at('raj') && one.status === 'Lost' && one.product_interest === 'Training'),
        ...send(['raj'], 'Cleanup', 'I deleted them.'),
      ],
    ],
    [
      "Book a 30 minute meeting with the person who has the most tasks in progress on December 5 at 4:30 called 'Focus'",
      meet('Focus', ['fatima'], '2023-12-05 16:30:00', 30),
    ],
  ]
}
