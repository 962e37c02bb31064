import type { Desk, Wish } from './office-desk.ts'

/** Project tasks: the set's own kinds in other words, then neighbouring ones. */
export function blindBoardWishes({ tasksOf, setTasks, deleteTasks, addTask, at, isOverdue }: Desk): Wish[] {
  const owner = (first: string) => ({ owner: at(first) })
  const notStarted = (first: string, to: string) => setTasks((task) => tasksOf(first, 'Backlog')(task) && isOverdue(task), owner(to))
  const titled = (first: string, name: string) => (task: Parameters<typeof isOverdue>[0]) => tasksOf(first)(task) && task.task_name === name
  return [
    ['Everything yuki has in progress can go to in review now', setTasks(tasksOf('yuki', 'In Progress'), { status: 'In Review' })],
    ["Shift fatima's in progress tasks to in review please", setTasks(tasksOf('fatima', 'In Progress'), { status: 'In Review' })],
    ["I'm done reviewing olga's work. Mark all of their tasks in review as completed.", setTasks(tasksOf('olga', 'In Review'), { status: 'Completed' })],
    ['Please complete all tasks of dmitri that are in review', setTasks(tasksOf('dmitri', 'In Review'), { status: 'Completed' })],
    ['anaya is away from today, so return all of their unfinished tasks to the backlog', setTasks(tasksOf('anaya', 'In Progress'), { status: 'Backlog' })],
    ['carlos is on leave, please send all of his unfinished tasks back to the backlog', setTasks(tasksOf('carlos', 'In Progress'), { status: 'Backlog' })],
    ["santiago can take all of leila's overdue tasks that haven't been started, please reassign", notStarted('leila', 'santiago')],
    ["Let anaya have every overdue task chenwei hasn't begun yet", notStarted('chenwei', 'anaya')],
    ["Since luis hasn't got round to his overdue backlog tasks, hand them to kofi", notStarted('luis', 'kofi')],
    ['Reassign to jinsoo the overdue tasks olga has not started', notStarted('olga', 'jinsoo')],
    ["Move Nia's task 'Design UI for homepage' to in progress", setTasks(titled('nia', 'Design UI for homepage'), { status: 'In Progress' })],
    [
      "Push the due date of Luis's 'Create wireframe for homepage' to December 6",
      setTasks(titled('luis', 'Create wireframe for homepage'), { due_at: '2023-12-06' }),
    ],
    ["Delete all of Carlos's completed tasks", deleteTasks(tasksOf('carlos', 'Completed'))],
    [
      "Create a task 'Review the API docs' for Yuki on the back end board, due December 14, in the backlog",
      addTask({ title: 'Review the API docs', status: 'Backlog', 'custom.board': 'Back end', due_at: '2023-12-14', ...owner('yuki') }),
    ],
    [
      "Give Santiago's backlog tasks due on December 1 to Chenwei",
      setTasks((task) => tasksOf('santiago', 'Backlog')(task) && task.due_date === '2023-12-01', owner('chenwei')),
    ],
    ['If Fatima has any task in review, complete it, otherwise do nothing', setTasks(tasksOf('fatima', 'In Review'), { status: 'Completed' })],
    [
      "Unless Kofi has something in progress, move his task 'Design logo for website' to in progress",
      setTasks(titled('kofi', 'Design logo for website'), { status: 'In Progress' }),
    ],
    [
      'Move the due date of everything in review on the design board to December 15',
      setTasks(tasksOf(undefined, 'In Review', 'Design'), { due_at: '2023-12-15' }),
    ],
    ["Assign Santiago's most overdue task to Nia", setTasks(titled('santiago', 'Design UI for settings page'), owner('nia'))],
    ['If Amir has more than 5 tasks in progress, move them to the backlog', []],
  ]
}

/** Across domains: the set's own kinds in other words, then neighbouring ones. */
export function blindTogetherWishes(desk: Desk): Wish[] {
  const { addCustomer, deleteCustomers, setCustomers, of, setTasks, tasksOf, isOverdue, coming, cancel, meet, send, forward, mail, at } = desk
  const late = (first: string) => (task: Parameters<typeof isOverdue>[0]) => tasksOf(first)(task) && isOverdue(task)
  const remember = 'Remember to attend this event.'
  const lead = (name: string) => addCustomer({ customer_name: name, status: 'Lead', assigned_to_email: at('anaya') })
  return [
    ['Put Reese Kane in the crm as a new lead and give them to whoever has the fewest overdue tasks', lead('Reese Kane')],
    ['Who has the smallest number of overdue tasks? Assign Jules Marlow to them as a new lead in the crm.', lead('Jules Marlow')],
    [
      "Look up the mail from November 28 about 'Update on project checkpoint' and book an hour with whoever sent it at 4 on December 14, named 'Update on project checkpoint'.",
      meet('Update on project checkpoint', ['nia'], '2023-12-14 16:00:00', 60),
    ],
    [
      `Email the attendees of the first event on December 8 with the event's name as subject and the text '${remember}'`,
      send(['dmitri'], 'Product Launch Analysis', remember),
    ],
    [
      `Remind the people coming to my first event on December 18 by email: the title is the name of the event, the text '${remember}'`,
      send(['dmitri'], 'team evaluation', remember),
    ],
    [
      "In case sofia hasn't written to me in the last 3 days, put a 30 minute meeting with them in for Monday at 11:30 named 'Catch up with sofia'",
      meet('Catch up with sofia', ['sofia'], '2023-12-04 11:30:00', 30),
    ],
    [
      "Are there any meetings with yuki in my calendar for the next 5 days? If there aren't any, email them 'We have not caught up in a while - can you send some availability over next week?' with the title 'Catch up soon?'",
      [],
    ],
    [
      "Check if luis has overdue tasks: if yes, email them 'You have a few overdue tasks - can you update me on them?' with the subject 'Overdue tasks', if not, email them 'Nice work keeping on top of your tasks this sprint!' with the subject 'Good work this sprint'",
      send(['luis'], 'Overdue tasks', 'You have a few overdue tasks - can you update me on them?'),
    ],
    [
      "Does kofi have overdue tasks? Then book half an hour with them at the first time I'm free tomorrow, name it 'Catch up on overdue tasks'",
      meet('Catch up on overdue tasks', ['kofi'], '2023-12-01 13:00:00', 30),
    ],
    [
      "Email Raj 'Sofia takes your won customers for hardware.' with the title 'Handover' and reassign all of his won hardware customers to Sofia",
      [
        ...send(['raj'], 'Handover', 'Sofia takes your won customers for hardware.'),
        ...setCustomers(of('raj', 'Won', 'Hardware'), { assigned_to_email: at('sofia') }),
      ],
    ],
    ["If Kerry Jackson is a won customer, email Lena 'Congratulations!' titled 'Well done'", send(['lena'], 'Well done', 'Congratulations!')],
    [
      'Cancel my next meeting with Leila and give her overdue tasks to Santiago',
      [...cancel(coming({ person: 'leila' })[0]), ...setTasks(late('leila'), { owner: at('santiago') })],
    ],
    ["If I have no meeting with Jinsoo next week, send them an email titled 'Sync' saying 'Can we talk next week?'", []],
    [
      'Forward the latest email from Amir to Lena and delete Rahul Taylor from the crm',
      [...forward(mail({ from: 'amir' }), 'lena'), ...deleteCustomers('Rahul Taylor')],
    ],
    [
      "If Amir has overdue tasks, move all of them to Kofi and email Amir 'I passed your overdue tasks to Kofi.' titled 'Tasks'",
      [...setTasks(late('amir'), { owner: at('kofi') }), ...send(['amir'], 'Tasks', 'I passed your overdue tasks to Kofi.')],
    ],
  ]
}
