import { type Desk, tasksOf, today, type Wish } from './office-desk.ts'
import type { OfficeCustomer, OfficeMail, OfficeTask } from './office-records.ts'

/** A fourth round; 38 of these 50 were done when they were first tried, and none was harmful. */
export function freshTasks(desk: Desk) {
  return [
    ...tasksOf('crm fresh', customers(desk)),
    ...tasksOf('calendar fresh', meetings(desk)),
    ...tasksOf('email fresh', letters(desk)),
    ...tasksOf('tasks fresh', boards(desk)),
    ...tasksOf('several fresh', together(desk)),
  ]
}

function customers({ deleteCustomers, setCustomers, addCustomer, at, of }: Desk): Wish[] {
  const to = (first: string) => ({ assigned_to_email: at(first) })
  const lastBefore = (day: string) => (one: OfficeCustomer) => one.last_contact_date < day
  return [
    ["Morgan White isn't a customer anymore, please take them off the crm", deleteCustomers('Morgan White')],
    [
      'I want Quinn Jackson and Kerry Moore gone from our customer list',
      deleteCustomers((one) => ['Quinn Jackson', 'Kerry Moore'].includes(one.customer_name)),
    ],
    ["Can you clean out Nadia's lost customers who were interested in services?", deleteCustomers(of('nadia', 'Lost', 'Services'))],
    [
      'Delete any lost customers assigned to Akira that we have not contacted since October 7',
      deleteCustomers((one) => of('akira', 'Lost')(one) && lastBefore('2023-10-07')(one)),
    ],
    ['Raj will be covering Avery Harris while Lena is out. Reassign them please.', setCustomers('Avery Harris', to('raj'))],
    ['Please put Nadia in charge of Peyton Taylor', setCustomers('Peyton Taylor', to('nadia'))],
    ["All of Raj's leads that want consulting need to be moved to Sofia", setCustomers(of('raj', 'Lead', 'Consulting'), to('sofia'))],
    ['Nadia has too much on her plate, so give her won customers interested in hardware to Lena', setCustomers(of('nadia', 'Won', 'Hardware'), to('lena'))],
    [
      'Can you reassign every customer of Lena with a follow-up after December 20 to Akira?',
      setCustomers((one) => of('lena')(one) && one.follow_up_by > '2023-12-20', to('akira')),
    ],
    ['Jordan Garcia is ready for a proposal. Change the status to proposal please', setCustomers('Jordan Garcia', { status: 'Proposal' })],
    ['Angel Robinson accepted our proposal! Mark it as won', setCustomers('Angel Robinson', { status: 'Won' })],
    [
      "Lena's customers that are in the proposal stage for services should be set back to qualified",
      setCustomers(of('lena', 'Proposal', 'Services'), { status: 'Qualified' }),
    ],
    ["I don't think the training leads from before October 15 will reply. Move them to lost", []],
    [
      'Move all training leads we last contacted before October 15 to lost',
      setCustomers((one) => of(undefined, 'Lead', 'Training')(one) && lastBefore('2023-10-15')(one), { status: 'Lost' }),
    ],
    ['Please update the product interest for Casey Garcia to software', setCustomers('Casey Garcia', { product_interest: 'Software' })],
    [
      "We need to follow up with all of Akira's proposals by December 11. Update the follow up date in the crm.",
      setCustomers(of('akira', 'Proposal'), { follow_up_by: '2023-12-11' }),
    ],
    [
      'can you add Frankie Stone to the crm as a lead who is interested in services and assign them to Akira',
      addCustomer({ customer_name: 'Frankie Stone', status: 'Lead', product_interest: 'Services', ...to('akira') }),
    ],
    [
      "I've just met Blair Young, email blair.young@northtech.com. Add them as a new lead for Nadia",
      addCustomer({ customer_name: 'Blair Young', customer_email: 'blair.young@northtech.com', status: 'Lead', ...to('nadia') }),
    ],
    [
      'If Sofia has more than 6 customers in the proposal stage, move the ones interested in training to Raj',
      setCustomers(of('sofia', 'Proposal', 'Training'), to('raj')),
    ],
    [
      "If any of Raj's customers in the proposal stage are interested in training, hand them to Nadia",
      setCustomers(of('raj', 'Proposal', 'Training'), to('nadia')),
    ],
  ]
}

function meetings({ coming, cancel, shift, moveTo, lengthen, rename, meet }: Desk): Wish[] {
  return [
    ['I have a conflict, please move my first meeting on December 13 an hour later', shift(coming({ on: '2023-12-13' })[0], 60)],
    [
      "Can you shift tomorrow's performance evaluation to 4:30?",
      moveTo(coming({ name: 'performance evaluation', on: '2023-12-01' })[0], '2023-12-01 16:30:00'),
    ],
    ['fatima has left the company, please remove all upcoming meetings with them', cancel(...coming({ person: 'fatima' }))],
    ['Something came up. Cancel my last meeting tomorrow', cancel(coming({ on: '2023-12-01' }).at(-1))],
    ['Remove all of the strategic planning meetings from my calendar', cancel(...coming({ name: 'strategic planning meeting' }))],
    ['Cancel the next two Annual Budget Planning Sessions', cancel(...coming({ name: 'Annual Budget Planning Session' }).slice(0, 2))],
    [
      'Please change the name of the next sync up with santiago to roadmap review',
      rename(coming({ name: 'sync up', person: 'santiago' })[0], 'roadmap review'),
    ],
    ['Make the project checkpoint tomorrow half an hour shorter', lengthen(coming({ name: 'project checkpoint', on: '2023-12-01' })[0], 30)],
    ["Could you set up a 45 minute catch-up with nadia called 'Numbers' on December 19 at 4?", meet('Numbers', ['nadia'], '2023-12-19 16:00:00', 45)],
    ["If I'm not meeting carlos in the next 10 days, book a half hour called 'Check in' with him on December 8 at 9:30", []],
  ]
}

function letters({ mail, send, reply, forward, deleteMail, at, records }: Desk): Wish[] {
  const from = (first: string, which: (one: OfficeMail) => boolean): OfficeMail[] =>
    records.mails.filter((one) => one['sender/recipient'] === at(first) && which(one))
  return [
    [
      "luis needs the latest email about 'Update on Annual Budget Planning Session', please send it to him",
      forward(mail({ subject: 'Update on Annual Budget Planning Session' }), 'luis'),
    ],
    [
      "Please answer the most recent email from dmitri with 'Let me check and get back to you.'",
      reply(mail({ from: 'dmitri' }), 'Let me check and get back to you.'),
    ],
    ["Can you let aisha know that 'the demo is postponed' in an email titled 'Demo'?", send(['aisha'], 'Demo', 'the demo is postponed')],
    ['Delete my most recent email from chenwei', deleteMail(mail({ from: 'chenwei' }))],
    ["I don't need lena's emails from October anymore, delete them", deleteMail(...from('lena', ({ sent_datetime }) => sent_datetime < '2023-11'))],
    ["Delete all emails from raj about 'Update on monthly overview'", deleteMail(...from('raj', ({ subject }) => subject === 'Update on monthly overview'))],
    [
      'Forward the email from jinsoo about Update on Project Initiation Meeting from November 25 to carlos',
      forward(mail({ from: 'jinsoo', subject: 'Update on Project Initiation Meeting', on: '2023-11-25' }), 'carlos'),
    ],
    [
      "Email both Raj and Sofia with the title 'Targets' and say 'Please send me your targets.'",
      send(['raj', 'sofia'], 'Targets', 'Please send me your targets.'),
    ],
    ["Has olga emailed me in the last week? If so, respond to her latest one with 'Thank you Olga'", reply(mail({ from: 'olga' }), 'Thank you Olga')],
    [
      "If I haven't heard from santiago in 2 days, send him an email with the subject 'Status' that says 'How is it going?'",
      send(['santiago'], 'Status', 'How is it going?'),
    ],
  ]
}

function boards({ tasksOf: tasksBy, setTasks, deleteTasks, addTask, at, isOverdue }: Desk): Wish[] {
  const called = (name: string) => (task: OfficeTask) => task.task_name === name
  return [
    [
      'anaya is sick today. Move her tasks due today to chenwei',
      setTasks((task) => tasksBy('anaya')(task) && task.due_date === today, { owner: at('chenwei') }),
    ],
    [
      "Assign luis's overdue backlog tasks to kofi and santiago's to dmitri",
      [
        ...setTasks((task) => tasksBy('luis', 'Backlog')(task) && isOverdue(task), { owner: at('kofi') }),
        ...setTasks((task) => tasksBy('santiago', 'Backlog')(task) && isOverdue(task), { owner: at('dmitri') }),
      ],
    ],
    [
      "yuki's task 'Update Vue.js to latest version' isn't needed anymore, please delete it",
      deleteTasks((task) => tasksBy('yuki')(task) && called('Update Vue.js to latest version')(task)),
    ],
    [
      "Please add a new task called 'Write tests' to amir's backlog on the design board with a deadline of December 20",
      addTask({ title: 'Write tests', status: 'Backlog', 'custom.board': 'Design', owner: at('amir'), due_at: '2023-12-20' }),
    ],
    [
      "Can you mark all of fatima's in progress tasks on the back end board as completed?",
      setTasks(tasksBy('fatima', 'In Progress', 'Back end'), { status: 'Completed' }),
    ],
  ]
}

function together({ coming, cancel, send, meet, setCustomers, setTasks, tasksOf: tasksBy, isOverdue, of, at, mail, reply }: Desk): Wish[] {
  return [
    [
      "kofi is off sick. Cancel my next meeting with him and send him an email titled 'Get well' saying 'Get well soon!'",
      [...cancel(coming({ person: 'kofi' })[0]), ...send(['kofi'], 'Get well', 'Get well soon!')],
    ],
    [
      "If jinsoo has more than 3 overdue tasks, book a half hour meeting with him called 'Workload' on December 4 at 4 and reassign his overdue backlog tasks to kofi",
      [
        ...meet('Workload', ['jinsoo'], '2023-12-04 16:00:00', 30),
        ...setTasks((task) => tasksBy('jinsoo', 'Backlog')(task) && isOverdue(task), { owner: at('kofi') }),
      ],
    ],
    [
      "Reassign all of Lena's leads interested in hardware to Raj and email both of them titled 'Handover' saying 'Raj takes the hardware leads.'",
      [
        ...setCustomers(of('lena', 'Lead', 'Hardware'), { assigned_to_email: at('raj') }),
        ...send(['lena', 'raj'], 'Handover', 'Raj takes the hardware leads.'),
      ],
    ],
    [
      "Reply to the latest email from nadia with 'Let's discuss' and schedule a 30 minute meeting with her called 'Discussion' on December 5 at 4:30",
      [...reply(mail({ from: 'nadia' }), "Let's discuss"), ...meet('Discussion', ['nadia'], '2023-12-05 16:30:00', 30)],
    ],
    [
      "Did leila finish all her overdue tasks? If not, email her 'Please update your overdue tasks' with the title 'Overdue tasks'",
      send(['leila'], 'Overdue tasks', 'Please update your overdue tasks'),
    ],
  ]
}
