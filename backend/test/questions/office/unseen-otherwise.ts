import type { ScoreTask } from '#backend/cli/agent-score/scenario.ts'
import { tasksOf, type Wish } from './office-desk.ts'
import type { CustomerShape } from './office-files.ts'
import type { OfficeRecords } from './office-records.ts'
import { createOtherwiseDesk, type OtherwiseDesk } from './otherwise-desk.ts'
import { otherwiseCustomers } from './unseen-otherwise-crm.ts'

/** In words nobody prepared, written without a look at the planner; 42 of these 110 were done when they were first tried, and none was harmful. */
export function otherwiseTasks(records: OfficeRecords, shape: CustomerShape): ScoreTask[] {
  const desk = createOtherwiseDesk(records, shape)
  return [
    ...tasksOf('crm', otherwiseCustomers(desk)),
    ...tasksOf('calendar', meetings(desk)),
    ...tasksOf('email', letters(desk)),
    ...tasksOf('tasks', boards(desk)),
    ...tasksOf('several', together(desk)),
  ]
}

function meetings({ first, next, shift, lengthen, rename, invite, meet, cancel, coming }: OtherwiseDesk): Wish[] {
  return [
    ['Kick off my first meeting with olga on December 5 45 minutes later than planned', shift(first('olga', '2023-12-05'), 45)],
    ["Something's come up on December 6: could my first meeting with aisha start 2 hours later?", shift(first('aisha', '2023-12-06'), 120)],
    ["We won't be doing the next brainstorming session after all, strike it from my calendar", cancel(next('brainstorming session'))],
    ['No need for the next Quarterly Sales Review any more. Get rid of it please', cancel(next('Quarterly Sales Review'))],
    ["Let's call the next introductory call 'Getting to know you' instead", rename(next('introductory call'), 'Getting to know you')],
    ["carlos is down with the flu, so scratch the next meeting I've got with him", cancel(coming({ person: 'carlos' })[0])],
    ['Free me from whatever I have next with amir', cancel(coming({ person: 'amir' })[0])],
    ["We've stopped working with jinsoo, so none of my future meetings with them are needed. Drop them.", cancel(...coming({ person: 'jinsoo' }))],
    ['Could you get nia and me together on December 7 at 4 for an hour? Call it Sprint Retro', meet('Sprint Retro', ['nia'], '2023-12-07 16:00:00', 60)],
    ["I'd love an hour and a half with yuki: December 19, 4pm, titled 'Growth plan'.", meet('Growth plan', ['yuki'], '2023-12-19 16:00:00', 90)],
    [
      "When did I last meet carlos? If it's more than 3 days ago, put a 30-minute 'catch-up' into my first free slot from tomorrow.",
      meet('catch-up', ['carlos'], '2023-12-01 13:00:00', 30),
    ],
    ["In case I haven't seen raj for the past 4 days, set up a 30-minute 'catch-up' at my first free slot from tomorrow.", []],
    ['Have leila join my December 4 meeting with yuki', invite(first('yuki', '2023-12-04'), 'leila')],
    [
      "Tomorrow morning I'm at the dentist: cancel everything before noon",
      cancel(...coming({ on: '2023-12-01' }).filter(({ event_start }) => event_start < '2023-12-01 12')),
    ],
    ["Find the first free hour on December 12 and book it with Luis as 'Budget talk'", meet('Budget talk', ['luis'], '2023-12-12 10:30:00', 60)],
    ['If my meeting with Raj on December 11 is longer than an hour, cut it down to an hour', lengthen(first('raj', '2023-12-11'), 60)],
    ["If there's something in my calendar on December 22, cancel it.", []],
  ]
}

function letters({ from, oldest, thanks, mail, send, reply, forward, deleteMail, which }: OtherwiseDesk): Wish[] {
  return [
    [
      "Could you shoot the most recent mail on 'Update on Risk Management Forum' over to nia?",
      forward(mail({ subject: 'Update on Risk Management Forum' }), 'nia'),
    ],
    ["aisha asked for the last email titled 'Update on project debrief', send it on to her", forward(mail({ subject: 'Update on project debrief' }), 'aisha')],
    [
      "Let carlos have the newest 'Task Update on Design logo for website' mail.",
      forward(mail({ subject: 'Task Update on Design logo for website' }), 'carlos'),
    ],
    [
      "kofi ought to be looped in on the latest email about 'Update on Annual Budget Planning Session'; forward it",
      forward(mail({ subject: 'Update on Annual Budget Planning Session' }), 'kofi'),
    ],
    ['lena and nadia both need what raj last emailed me', forward(mail({ from: 'raj' }), 'lena', 'nadia')],
    ["Tell fatima 'Got it, thank you!' in answer to the last thing she mailed me", reply(mail({ from: 'fatima' }), thanks)],
    ["I haven't answered leila's latest mail yet. Say 'Will do, thanks.'", reply(mail({ from: 'leila' }), 'Will do, thanks.')],
    ["Could somebody reply 'Noted.' to whatever chenwei sent last?", reply(mail({ from: 'chenwei' }), 'Noted.')],
    ["anaya is waiting for a reply to her newest email: 'Yes, please go ahead.'", reply(mail({ from: 'anaya' }), 'Yes, please go ahead.')],
    ["Drop kofi a line titled 'Lunch' that says 'Are you free at noon?'", send(['kofi'], 'Lunch', 'Are you free at noon?')],
    [
      "I'd like an email to go out to Nia. Subject line 'Parking', body 'Your parking space is number 12.'",
      send(['nia'], 'Parking', 'Your parking space is number 12.'),
    ],
    ['Delete the last email olga sent me', deleteMail(mail({ from: 'olga' }))],
    ['Throw away everything yuki mailed me in October', deleteMail(...from('yuki', ({ sent_datetime }) => sent_datetime < '2023-11'))],
    ["Get rid of all the mails on 'Update on monthly overview'", deleteMail(...which(({ subject }) => subject === 'Update on monthly overview'))],
    ['The first email carlos ever sent me can be deleted', deleteMail(oldest(from('carlos')))],
    [
      'Pass on the two most recent emails from dmitri to sofia',
      from('dmitri')
        .slice(0, 2)
        .flatMap((one) => forward(one, 'sofia')),
    ],
    ["If the last email from jinsoo is older than a week, reply 'Any update?' to it.", []],
    ["If nothing has come in from Sofia since November 24, write her 'Is everything ok?' titled 'Hello'.", []],
    ["Did amir mail me yesterday? If so, reply 'Thanks Amir' to that mail.", reply(mail({ from: 'amir', on: '2023-11-29' }), 'Thanks Amir')],
    [
      'Forward all the emails lena has sent me since November 22 to akira',
      from('lena', ({ sent_datetime }) => sent_datetime >= '2023-11-22').flatMap((one) => forward(one, 'akira')),
    ],
    ["Email the owner of Jaden Martin: subject 'Jaden Martin', text 'Please call them.'", send(['lena'], 'Jaden Martin', 'Please call them.')],
  ]
}

function boards({ owner, late, titled, tasksOf: tasksBy, setTasks, shiftTasks, deleteTasks, addTask }: OtherwiseDesk): Wish[] {
  return [
    [
      "What yuki's been working on is ready to be reviewed: shift it from in progress to in review.",
      setTasks(tasksBy('yuki', 'In Progress'), { status: 'In Review' }),
    ],
    ['luis has finished everything he had in progress, so it can go into review', setTasks(tasksBy('luis', 'In Progress'), { status: 'In Review' })],
    ["Sign off all of leila's tasks that are waiting in review", setTasks(tasksBy('leila', 'In Review'), { status: 'Completed' })],
    ["I've looked at all of aisha's work in review and it's fine; it can be closed", setTasks(tasksBy('aisha', 'In Review'), { status: 'Completed' })],
    [
      "jinsoo's off for two weeks. Whatever they've got in progress should return to the backlog.",
      setTasks(tasksBy('jinsoo', 'In Progress'), { status: 'Backlog' }),
    ],
    ["olga has more capacity than dmitri, so pass all the overdue things dmitri hasn't started on to olga", []],
    ["Would you take the overdue tasks that jinsoo hasn't begun and hand them to luis?", setTasks(late('jinsoo', 'Backlog'), owner('luis'))],
    ["amir's overdue backlog goes to kofi", setTasks(late('amir', 'Backlog'), owner('kofi'))],
    ["Delay carlos's in review tasks by three days", shiftTasks(tasksBy('carlos', 'In Review'), 3)],
    [
      "Create a task called 'Write release notes' for fatima, backlog of the back end board, deadline December 21",
      addTask({ title: 'Write release notes', status: 'Backlog', 'custom.board': 'Back end', due_at: '2023-12-21', ...owner('fatima') }),
    ],
    [
      "Trash every completed task of jinsoo's that was due before December 1",
      deleteTasks((task) => tasksBy('jinsoo', 'Completed')(task) && task.due_date < '2023-12-01'),
    ],
    ["Anything on the front end board that's in progress goes to nia", setTasks(tasksBy(undefined, 'In Progress', 'Front end'), owner('nia'))],
    [
      "Move the backlog task of yuki's that is due first to in progress",
      setTasks(titled('yuki', 'Update Node.js to latest version'), { status: 'In Progress' }),
    ],
    [
      "Unless aisha has overdue tasks, give her leila's task 'Design UI for settings page'",
      setTasks(titled('leila', 'Design UI for settings page'), owner('aisha')),
    ],
    [
      "fatima's tasks due on December 5 can wait until December 12",
      setTasks((task) => tasksBy('fatima')(task) && task.due_date === '2023-12-05', { due_at: '2023-12-12' }),
    ],
    ["If none of nia's tasks is overdue, move her tasks in review to completed.", setTasks(tasksBy('nia', 'In Review'), { status: 'Completed' })],
    ['Provided kofi has anything in progress, move it to in review.', []],
  ]
}

function together({ of, to, lead, meet, send, setCustomers, cancel, coming }: OtherwiseDesk): Wish[] {
  return [
    [
      'Sofia is leaving us. Cancel every meeting I still have with her and give her leads to Nadia.',
      [...cancel(...coming({ person: 'sofia' })), ...setCustomers(of('sofia', 'Lead'), to('nadia'))],
    ],
    [
      "See if olga has anything overdue. If she does, mail her 'Please update me.' (title: 'Overdue'), if she doesn't, mail her 'Nice work!' (title: 'Sprint')",
      send(['olga'], 'Overdue', 'Please update me.'),
    ],
    [
      "Should leila have overdue tasks, find the earliest half hour I'm free tomorrow and book it with her as 'Overdue tasks'.",
      meet('Overdue tasks', ['leila'], '2023-12-01 13:00:00', 30),
    ],
    [
      "The mail of November 27 about 'Update on process review': get me an hour with its sender on December 18 at 10, called 'Process review'.",
      meet('Process review', ['anaya'], '2023-12-18 10:00:00', 60),
    ],
    [
      "If I've had no mail from carlos in the last 4 days, book 30 minutes with him on Tuesday at 3 called 'Catch up with carlos'",
      meet('Catch up with carlos', ['carlos'], '2023-12-05 15:00:00', 30),
    ],
    [
      "Do I have a meeting with luis within the next 4 days? If there's none, mail him 'Shall we talk?' titled 'Catch up soon?'",
      send(['luis'], 'Catch up soon?', 'Shall we talk?'),
    ],
    ['Make Robin Castle a new lead and assign them to the colleague with the fewest tasks in review', lead('Robin Castle', 'fatima')],
  ]
}
