import type { ScoreTask } from '#backend/cli/agent-score/scenario.ts'
import { createDesk, type Desk, tasksOf, type Wish } from './office-desk.ts'
import type { CustomerShape } from './office-files.ts'
import type { OfficeRecords } from './office-records.ts'

/** The last forty; 26 of them were done when they were first tried, and none was harmful. */
export function laterTasks(records: OfficeRecords, shape: CustomerShape): ScoreTask[] {
  const desk = createDesk(records, shape)
  return [...tasksOf('crm', customers(desk)), ...tasksOf('calendar', diary(desk)), ...tasksOf('email', letters(desk)), ...tasksOf('several', work(desk))]
}

function customers({ deleteCustomers, setCustomers, addCustomer, at, of }: Desk): Wish[] {
  const to = (first: string) => ({ assigned_to_email: at(first) })
  const lead = (name: string, first: string) => addCustomer({ customer_name: name, status: 'Lead', ...to(first) })
  const silent = (interest: string, day: string) =>
    setCustomers((one) => of(undefined, 'Proposal', interest)(one) && one.last_contact_date < day, { status: 'Lost' })
  return [
    ['Jordan Robinson ended the relationship with us, so take them out of the crm please', deleteCustomers('Jordan Robinson')],
    ['Avery Brown does not need to be in the crm any longer. Delete them please.', deleteCustomers('Avery Brown')],
    ["I'd like you to delete Shannon Martin from our crm", deleteCustomers('Shannon Martin')],
    ['Someone new: Elena Frost. She is a lead and Sofia will be her contact. Could you add her to the crm?', lead('Elena Frost', 'sofia')],
    ['Can a new lead called Hugo Lind be created in the crm and assigned to Raj?', lead('Hugo Lind', 'raj')],
    ['Hugo Lind should be added to the crm as a lead of Nadia', lead('Hugo Lind', 'nadia')],
    ['The new owner of Angel Jackson is Akira, please update the crm', setCustomers('Angel Jackson', to('akira'))],
    ['Jaden Jackson will go from Akira to Lena. Can you make the change in the crm?', setCustomers('Jaden Jackson', to('lena'))],
    ['Have Nadia take over Quinn Martin in the crm', setCustomers('Quinn Martin', to('nadia'))],
    [
      "We'd like Nadia to take care of all of Sofia's leads that are interested in training. Please reassign them.",
      setCustomers(of('sofia', 'Lead', 'Training'), to('nadia')),
    ],
    ["Any lead of Akira's interested in software should now be with Lena", setCustomers(of('akira', 'Lead', 'Software'), to('lena'))],
    ['All leads of Raj who want services need to be reassigned to Sofia in the crm.', setCustomers(of('raj', 'Lead', 'Services'), to('sofia'))],
    ["Raj's customers in the lost stage who wanted consulting can be removed from the crm", deleteCustomers(of('raj', 'Lost', 'Consulting'))],
    ["There's no point keeping Sofia's lost consulting customers in the crm. Please delete them all.", deleteCustomers(of('sofia', 'Lost', 'Consulting'))],
    [
      "I want all of Nadia's qualified customers that are interested in software to be set to lost in the crm",
      setCustomers(of('nadia', 'Qualified', 'Software'), { status: 'Lost' }),
    ],
    ['Nobody has heard back about some hardware proposals in 4 weeks. Can you move those customers to lost?', silent('Hardware', '2023-11-02')],
    ['Everyone who has had a training proposal for 5 weeks without responding should be moved to lost in the crm', silent('Training', '2023-10-26')],
    ['Change every customer with an unanswered services proposal of more than 6 weeks to lost', silent('Services', '2023-10-19')],
    ['Please update the crm: customers that have not replied to the software proposal in 3 weeks are lost', silent('Software', '2023-11-09')],
    ['If Parker Miller is still in the proposal stage, move them to lost', setCustomers('Parker Miller', { status: 'Lost' })],
  ]
}

function diary({ coming, cancel, shift, rename, meet }: Desk): Wish[] {
  return [
    ['My first meeting with santiago on December 12 has to start 30 minutes later', shift(coming({ person: 'santiago', on: '2023-12-12' })[0], 30)],
    ['Please put my first meeting with anaya on December 13 back by an hour', shift(coming({ person: 'anaya', on: '2023-12-13' })[0], 60)],
    ['There will be no next Digital Transformation Conference meeting, please delete it', cancel(coming({ name: 'Digital Transformation Conference' })[0])],
    ['The next annual summary meeting should now be named Yearly Wrap', rename(coming({ name: 'annual summary' })[0], 'Yearly Wrap')],
    ['I have to drop my next meeting with carlos, could you cancel it for me?', cancel(coming({ person: 'carlos' })[0])],
    ['nia is going on maternity leave. Please take all future meetings with her off my calendar.', cancel(...coming({ person: 'nia' }))],
    [
      'Could you arrange a 1.5 hour event with fatima on December 14 at 2 called Budget Deep Dive?',
      meet('Budget Deep Dive', ['fatima'], '2023-12-14 14:00:00', 90),
    ],
    [
      "If it's been more than 4 days since I met with aisha, schedule a 30-minute meeting called 'catch-up' for my first free slot from tomorrow",
      meet('catch-up', ['aisha'], '2023-12-01 13:00:00', 30),
    ],
  ]
}

function letters({ mail, reply, forward }: Desk): Wish[] {
  const thanks = 'Got it, thank you!'
  return [
    [
      "Can the latest email about 'Update on project runway briefing' be forwarded to leila?",
      forward(mail({ subject: 'Update on project runway briefing' }), 'leila'),
    ],
    ["I'd like raj to get the latest email about 'Update on weekly summary'", forward(mail({ subject: 'Update on weekly summary' }), 'raj')],
    [
      "leila is asking for the latest email about 'Update on Machine Learning Chat'. Could you send it to her?",
      forward(mail({ subject: 'Update on Machine Learning Chat' }), 'leila'),
    ],
    ["The last email from santiago should be answered with 'Got it, thank you!'", reply(mail({ from: 'santiago' }), thanks)],
    ["Could you send 'Got it, thank you!' as a reply to the latest email from kofi?", reply(mail({ from: 'kofi' }), thanks)],
    ["amir's latest email: reply with 'Got it, thank you!'", reply(mail({ from: 'amir' }), thanks)],
  ]
}

function work({ tasksOf: by, setTasks, isOverdue, at, addCustomer, send, meet }: Desk): Wish[] {
  return [
    ["Can all of jinsoo's tasks in progress be put into review?", setTasks(by('jinsoo', 'In Progress'), { status: 'In Review' })],
    ["leila's tasks in review are fine, please move all of them to completed", setTasks(by('leila', 'In Review'), { status: 'Completed' })],
    ['Since yuki is on vacation, all unfinished tasks of theirs should be moved to the backlog', setTasks(by('yuki', 'In Progress'), { status: 'Backlog' })],
    [
      'The overdue tasks that santiago has not started should be given to dmitri',
      setTasks((task) => by('santiago', 'Backlog')(task) && isOverdue(task), { owner: at('dmitri') }),
    ],
    [
      'Liv Ross is a new lead, please add them to the crm for the person who has the fewest overdue tasks',
      addCustomer({ customer_name: 'Liv Ross', status: 'Lead', assigned_to_email: at('anaya') }),
    ],
    [
      "Please see if santiago has overdue tasks. In that case book a half hour meeting with them called 'Catch up on overdue tasks' at the earliest time I'm free tomorrow and send them an email titled 'Discuss overdue tasks' saying 'Let us talk tomorrow.' Otherwise email them 'Nice work' titled 'Good work'",
      [...meet('Catch up on overdue tasks', ['santiago'], '2023-12-01 13:00:00', 30), ...send(['santiago'], 'Discuss overdue tasks', 'Let us talk tomorrow.')],
    ],
  ]
}
