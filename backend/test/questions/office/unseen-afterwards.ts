import type { ScoreTask } from '#backend/cli/agent-score/scenario.ts'
import { createDesk, type Desk, tasksOf, type Wish } from './office-desk.ts'
import type { CustomerShape } from './office-files.ts'
import type { OfficeCustomer, OfficeRecords } from './office-records.ts'

/** Written after the round before was mended; 28 of these 40 were done when they were first tried, and none was harmful. */
export function afterwardsTasks(records: OfficeRecords, shape: CustomerShape): ScoreTask[] {
  const desk = createDesk(records, shape)
  return [
    ...tasksOf('crm', customers(desk)),
    ...tasksOf('calendar', diary(desk)),
    ...tasksOf('email', letters(desk)),
    ...tasksOf('tasks', boards(desk)),
    ...tasksOf('several', together(desk)),
  ]
}

function customers({ deleteCustomers, setCustomers, addCustomer, at, of }: Desk): Wish[] {
  const to = (first: string) => ({ assigned_to_email: at(first) })
  const lead = (name: string, first: string) => addCustomer({ customer_name: name, status: 'Lead', ...to(first) })
  const silent = (interest: string, day: string) =>
    setCustomers((one: OfficeCustomer) => of(undefined, 'Proposal', interest)(one) && one.last_contact_date < day, { status: 'Lost' })
  return [
    ['Morgan Harris switched to a competitor. Please delete their entry in the crm.', deleteCustomers('Morgan Harris')],
    ['Could you make sure Peyton Martin is removed from the crm?', deleteCustomers('Peyton Martin')],
    ['We have a new prospect, Jolie Ferris. Please enter them into the crm with Akira as the owner.', lead('Jolie Ferris', 'akira')],
    ['Please put Owen Barnes into the crm as a new lead. Lena is going to look after them.', lead('Owen Barnes', 'lena')],
    ['Rahul Harris will now be handled by Nadia. Can you update that in the crm?', setCustomers('Rahul Harris', to('nadia'))],
    ['Please switch Casey Wilson to Sofia in the crm', setCustomers('Casey Wilson', to('sofia'))],
    ['Could you move the leads of Nadia who are interested in services over to Lena in the crm?', setCustomers(of('nadia', 'Lead', 'Services'), to('lena'))],
    ["Akira's training leads belong to Sofia now. Please make that change in the crm.", setCustomers(of('akira', 'Lead', 'Training'), to('sofia'))],
    [
      "Please delete every customer of Nadia's who is in the lost stage and was interested in services from our crm",
      deleteCustomers(of('nadia', 'Lost', 'Services')),
    ],
    [
      "All of Akira's customers in the qualified stage with an interest in hardware should be set to lost.",
      setCustomers(of('akira', 'Qualified', 'Hardware'), { status: 'Lost' }),
    ],
    ["There are customers who haven't replied to their services proposal in 5 weeks. Please mark them as lost in the crm.", silent('Services', '2023-10-26')],
    ['Please set customers to lost if they have not responded to a training proposal for 3 weeks', silent('Training', '2023-11-09')],
    ['Avery Thompson called: their phone number is now 268-435-9000', setCustomers('Avery Thompson', { customer_phone: '268-435-9000' })],
    ['If Taylor Thomas is already won, delete them, otherwise move them to won', setCustomers('Taylor Thomas', { status: 'Won' })],
    ['Should Jessie Wilson be a lead, delete them', []],
    [
      "Hand over Raj's won customers who bought training to Lena and his won customers who bought services to Akira",
      [...setCustomers(of('raj', 'Won', 'Training'), to('lena')), ...setCustomers(of('raj', 'Won', 'Services'), to('akira'))],
    ],
    [
      "Lena's leads that have not been contacted since October 15 can be removed",
      deleteCustomers((one) => of('lena', 'Lead')(one) && one.last_contact_date < '2023-10-15'),
    ],
  ]
}

function diary({ coming, cancel, shift, rename, meet, lengthen }: Desk): Wish[] {
  return [
    ['Could you have my first meeting with amir on December 8 begin an hour later?', shift(coming({ person: 'amir', on: '2023-12-08' })[0], 60)],
    ['The next Product Launch Analysis meeting was called off. Remove it from the calendar please.', cancel(coming({ name: 'Product Launch Analysis' })[0])],
    ['Please name the next quarterly tech roundup meeting Tech Friday', rename(coming({ name: 'quarterly tech roundup' })[0], 'Tech Friday')],
    ['anaya is moving to another company, so please clear all my upcoming meetings with them', cancel(...coming({ person: 'anaya' }))],
    ['I need 2 hours with santiago on December 14 at 2, please schedule it as Design Sprint', meet('Design Sprint', ['santiago'], '2023-12-14 14:00:00', 120)],
    ['The meeting with Jinsoo on December 13 should last an hour', lengthen(coming({ person: 'jinsoo', on: '2023-12-13' })[0], 60)],
    ['If my first meeting on December 15 is with Leila, cancel it', []],
  ]
}

function letters({ mail, reply, forward, deleteMail, send }: Desk): Wish[] {
  return [
    [
      "Please let santiago have the latest email about 'Update on Diversity & Inclusion Workshop'",
      forward(mail({ subject: 'Update on Diversity & Inclusion Workshop' }), 'santiago'),
    ],
    [
      "kofi would like to read the newest email about 'Update on Risk Management Forum'. Can you forward it?",
      forward(mail({ subject: 'Update on Risk Management Forum' }), 'kofi'),
    ],
    ["Drop fatima a reply to her latest email: 'Got it, thank you!'", reply(mail({ from: 'fatima' }), 'Got it, thank you!')],
    ["Please reply 'Got it, thank you!' to what luis sent me last", reply(mail({ from: 'luis' }), 'Got it, thank you!')],
    ['Remove the newest email from Chenwei from my inbox', deleteMail(mail({ from: 'chenwei' }))],
    ["Write to Olga that 'The gala starts at 7.' with the subject 'Gala'", send(['olga'], 'Gala', 'The gala starts at 7.')],
  ]
}

function boards({ tasksOf: tasksBy, setTasks, at, isOverdue }: Desk): Wish[] {
  return [
    ["anaya's tasks that are in progress are ready to be moved to in review", setTasks(tasksBy('anaya', 'In Progress'), { status: 'In Review' })],
    [
      "The review of all of nia's tasks is finished, please move them from in review to completed",
      setTasks(tasksBy('nia', 'In Review'), { status: 'Completed' }),
    ],
    ['luis starts his vacation today. Please put his unfinished tasks in the backlog.', setTasks(tasksBy('luis', 'In Progress'), { status: 'Backlog' })],
    [
      'Have olga take over every overdue task that kofi has not started',
      setTasks((task) => tasksBy('kofi', 'Backlog')(task) && isOverdue(task), { owner: at('olga') }),
    ],
    ["Dmitri's in review tasks should be due on December 18", setTasks(tasksBy('dmitri', 'In Review'), { due_at: '2023-12-18' })],
    ['If Carlos has overdue tasks, give them to Yuki', []],
  ]
}

function together({ addCustomer, at, send, meet, setCustomers, of, coming, cancel }: Desk): Wish[] {
  return [
    [
      'We got Mia Torres as a new lead. Please add them to the crm and assign them to the colleague with the fewest overdue tasks.',
      addCustomer({ customer_name: 'Mia Torres', status: 'Lead', assigned_to_email: at('anaya') }),
    ],
    [
      "Please check for overdue tasks of jinsoo. If there are any, email them 'You have a few overdue tasks - can you update me on them?' titled 'Overdue tasks'.",
      send(['jinsoo'], 'Overdue tasks', 'You have a few overdue tasks - can you update me on them?'),
    ],
    [
      "If I haven't received an email from leila in the past 1 day, schedule a half hour meeting with them on Thursday at 1 called 'Catch up with leila'",
      meet('Catch up with leila', ['leila'], '2023-12-07 13:00:00', 30),
    ],
    [
      'Cancel my next meeting with Raj and give all of his hardware proposals to Nadia',
      [...cancel(coming({ person: 'raj' })[0]), ...setCustomers(of('raj', 'Proposal', 'Hardware'), { assigned_to_email: at('nadia') })],
    ],
  ]
}
