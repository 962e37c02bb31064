import type { ScoreTask } from '#backend/cli/agent-score/scenario.ts'
import { tasksOf, type Wish } from './office-desk.ts'
import type { CustomerShape } from './office-files.ts'
import type { OfficeRecords } from './office-records.ts'
import { both, createOtherwiseDesk, not, type OtherwiseDesk } from './otherwise-desk.ts'

/** Picked at random from the same and kept apart until the others were mended; 21 of these 40 were done then, and one was harmful. */
export function heldTasks(records: OfficeRecords, shape: CustomerShape): ScoreTask[] {
  const desk = createOtherwiseDesk(records, shape)
  return [
    ...tasksOf('crm', customers(desk)),
    ...tasksOf('calendar', meetings(desk)),
    ...tasksOf('email', letters(desk)),
    ...tasksOf('tasks', boards(desk)),
    ...tasksOf('several', together(desk)),
  ]
}

function customers({ deleteCustomers, setCustomers, of, to, called, lastBefore, lastIn, noPhone }: OtherwiseDesk): Wish[] {
  return [
    ['Peyton Jones wants nothing more to do with us, so please wipe their entry from the CRM.', deleteCustomers('Peyton Jones')],
    ["It'd be great if somebody could get Dakota Jones off our books.", deleteCustomers('Dakota Jones')],
    ["We can let go of Reese Harris's record in the crm now.", deleteCustomers('Reese Harris')],
    ['pls delete avery brown from crm, they went with a competitor', deleteCustomers('Avery Brown')],
    ['The entry for Jordan Brown is a duplicate. Can somebody delete it?', deleteCustomers('Jordan Brown')],
    ['Would you mind deleting all the customers Raj lost that were after consulting?', deleteCustomers(of('raj', 'Lost', 'Consulting'))],
    ["Of Lena's lost customers, delete those that have no phone number on file.", deleteCustomers(both(of('lena', 'Lost'), noPhone))],
    ["Who's dealing with Jaden Anderson? Whoever it is, make it Akira from now on.", setCustomers('Jaden Anderson', to('akira'))],
    ["Make Quinn Taylor one of Raj's customers", setCustomers('Quinn Taylor', to('raj'))],
    ["We've agreed that Alex Garcia goes to Lena; can you reflect that in the crm", setCustomers('Alex Garcia', to('lena'))],
    ['Akira has left the company, so hand all of his qualified customers to Nadia.', setCustomers(of('akira', 'Qualified'), to('nadia'))],
    ["All leads of Lena's that we last contacted in October are to go to Sofia.", setCustomers(both(of('lena', 'Lead'), lastIn('2023-10')), to('sofia'))],
    [
      "Every hardware proposal of Nadia's except Jamie Miller should go to Akira.",
      setCustomers(both(of('nadia', 'Proposal', 'Hardware'), not(called('Jamie Miller'))), to('akira')),
    ],
    [
      "Give the three of Raj's leads that were contacted longest ago to Akira",
      setCustomers(called('Shannon Martin', 'Alex Wilson', 'Reese Jackson'), to('akira')),
    ],
    ["Reassign Sofia's qualified customers whose follow-up is due this week to Lena", setCustomers(called('Riley Miller', 'Jordan Moore'), to('lena'))],
    ['The person with the most leads should hand their consulting leads over to Sofia', setCustomers(of('lena', 'Lead', 'Consulting'), to('sofia'))],
    ["Nobody's heard from the people with a consulting proposal for three weeks or more - they're lost.", []],
    [
      "We've had no word for a month from some customers with a hardware proposal; mark those as lost.",
      setCustomers(both(of(undefined, 'Proposal', 'Hardware'), lastBefore('2023-10-30')), { status: 'Lost' }),
    ],
    ["Would you set all the qualified software customers of Lena's to proposal?", setCustomers(of('lena', 'Qualified', 'Software'), { status: 'Proposal' })],
    ['Jot down that we spoke to Parker Garcia yesterday', setCustomers('Parker Garcia', { last_contact_date: '2023-11-29' })],
    ['Provided that Akira has at least 3 proposals for services, hand Quinn Thomas over to Sofia.', setCustomers('Quinn Thomas', to('sofia'))],
    ["Any won software customers of Nadia's? If so, give them to Lena.", []],
  ]
}

function meetings({ first, next, shift, moveTo, lengthen, rename, meet, cancel, coming }: OtherwiseDesk): Wish[] {
  return [
    ['Set the project debrief with kofi on Dec 4 back an hour', shift(first('kofi', '2023-12-04'), 60)],
    ['Bring the performance evaluation on December 15 forward to 8:30.', moveTo(first('dmitri', '2023-12-15'), '2023-12-15 08:30:00')],
    ['The next Digital Transformation Conference is going to be known as Digital Day', rename(next('Digital Transformation Conference'), 'Digital Day')],
    ["chenwei's last day was yesterday. Take all the meetings with them that are still ahead out of my diary", cancel(...coming({ person: 'chenwei' }))],
    ['Pencil in 90 minutes with fatima on December 14 at 2pm, name it Security Audit', meet('Security Audit', ['fatima'], '2023-12-14 14:00:00', 90)],
    ['Trim the next daily stand-up to half an hour', lengthen(next('daily stand-up'), 30)],
    ['My meeting with sofia on December 15 needs an extra half hour', lengthen(first('sofia', '2023-12-15'), 90)],
    ['Cancel the shortest meeting I have on December 13', cancel(first('jinsoo', '2023-12-13'))],
  ]
}

function letters({ thanks, mail, send, reply }: OtherwiseDesk): Wish[] {
  return [
    ["Get back to luis's latest email with 'Got it, thank you!'", reply(mail({ from: 'luis' }), thanks)],
    ["Thank santiago for his last email by replying 'Thank you, much appreciated.'", reply(mail({ from: 'santiago' }), 'Thank you, much appreciated.')],
    [
      "Write to Akira, Lena and Raj: 'The numbers are due on Monday.' The subject should be 'Numbers'.",
      send(['akira', 'lena', 'raj'], 'Numbers', 'The numbers are due on Monday.'),
    ],
    [
      "Whoever mailed me about 'Update on process review' on November 27 should get the reply 'See you there.'",
      reply(mail({ subject: 'Update on process review', on: '2023-11-27' }), 'See you there.'),
    ],
  ]
}

function boards({ owner, titled, setTasks, addTask }: OtherwiseDesk): Wish[] {
  return [
    ["Santiago's 'Design UI for dashboard' is done, tick it off.", setTasks(titled('santiago', 'Design UI for dashboard'), { status: 'Completed' })],
    [
      "Put a new task on olga's plate: 'Draw icons', design board, due December 19, in the backlog",
      addTask({ title: 'Draw icons', status: 'Backlog', 'custom.board': 'Design', due_at: '2023-12-19', ...owner('olga') }),
    ],
    [
      "If dmitri has more tasks in review than carlos, give dmitri's task 'Add authentication for file upload' to carlos",
      setTasks(titled('dmitri', 'Add authentication for file upload'), owner('carlos')),
    ],
  ]
}

function together({ mostOverdue, send }: OtherwiseDesk): Wish[] {
  return [
    ["Whoever has the most overdue tasks should get an email titled 'Overdue' saying 'Please catch up.'", send([mostOverdue], 'Overdue', 'Please catch up.')],
    [
      "Let everybody who's coming to my first event on December 12 know by email 'Please be on time.' and use the name of the event as the title.",
      send(['aisha'], 'casual catch-up', 'Please be on time.'),
    ],
    ["If amir has no overdue tasks, delete my next meeting with him and email him 'Well done!' titled 'Tasks'", []],
  ]
}
