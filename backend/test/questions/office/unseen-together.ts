import type { Desk, Wish } from './office-desk.ts'

/** What takes more than one of customers, calendar, mail and tasks. */
export function togetherWishes(desk: Desk): Wish[] {
  const {
    at,
    send,
    meet,
    coming,
    cancel,
    rename,
    mail,
    forward,
    deleteMail,
    setCustomers,
    deleteCustomers,
    addCustomer,
    setTasks,
    addTask,
    tasksOf,
    isOverdue,
  } = desk
  const overdueOf = (first: string) => (task: Parameters<typeof isOverdue>[0]) => tasksOf(first)(task) && isOverdue(task)
  return [
    [
      "Find out who has the most overdue tasks and send them an email titled 'Overdue' saying 'Please prioritise these.'",
      send(['chenwei'], 'Overdue', 'Please prioritise these.'),
    ],
    ['Reassign Taylor White to the person with the most won customers', setCustomers('Taylor White', { assigned_to_email: at('lena') })],
    [
      "Book a half hour with the sender of the latest email about 'Update on Marketing Strategy Session' on December 6 at 4pm called 'Marketing'",
      meet('Marketing', ['luis'], '2023-12-06 16:00:00', 30),
    ],
    ["Send an email to whoever I'm meeting first tomorrow, titled 'Tomorrow' and saying 'See you then.'", send(['olga'], 'Tomorrow', 'See you then.')],
    [
      "If Olga has any overdue tasks, give them to Amir and email her 'I took some work off you' titled 'Tasks'",
      [...setTasks(overdueOf('olga'), { owner: at('amir') }), ...send(['olga'], 'Tasks', 'I took some work off you')],
    ],
    [
      'Leila is leaving. Cancel all future meetings with her and reassign all her backlog tasks to Nia',
      [...cancel(...coming({ person: 'leila' })), ...setTasks(tasksOf('leila', 'Backlog'), { owner: at('nia') })],
    ],
    [
      "Delete Avery White from the crm and send Raj an email titled 'Avery White' saying 'They are gone.'",
      [...deleteCustomers('Avery White'), ...send(['raj'], 'Avery White', 'They are gone.')],
    ],
    [
      "Move Jessie Jackson to Sofia and let her know with an email titled 'New customer' saying 'Jessie Jackson is yours now.'",
      [...setCustomers('Jessie Jackson', { assigned_to_email: at('sofia') }), ...send(['sofia'], 'New customer', 'Jessie Jackson is yours now.')],
    ],
    ["Forward the latest email from anaya to the attendees of tomorrow's project checkpoint", forward(mail({ from: 'anaya' }), 'nia')],
    [
      "If I have nothing scheduled with Dmitri in the next 5 days, create a backlog task for him called 'Plan with Sam' on the back end board due December 8",
      addTask({ title: 'Plan with Sam', status: 'Backlog', 'custom.board': 'Back end', owner: at('dmitri'), due_at: '2023-12-08' }),
    ],
    ["If Raj has any leads interested in hardware, email him 'Please call them' titled 'Hardware leads'", []],
    [
      "If Sofia has any leads interested in hardware, send her an email titled 'Hardware lead' saying 'Give them a call.' Otherwise send her one titled 'No leads' saying 'Find some.'",
      send(['sofia'], 'Hardware lead', 'Give them a call.'),
    ],
    [
      "Add Jesse Ford as a new lead and assign them to the sender of the latest email about 'Update on project debrief'",
      addCustomer({ customer_name: 'Jesse Ford', status: 'Lead', assigned_to_email: at('raj') }),
    ],
    [
      'Delete the latest email from Fatima and cancel my next meeting with her',
      [...deleteMail(mail({ from: 'fatima' })), ...cancel(coming({ person: 'fatima' })[0])],
    ],
    [
      "Send the attendees of my last event on December 19 an email titled 'Running late' saying 'I will be 10 minutes late.'",
      send(['nia'], 'Running late', 'I will be 10 minutes late.'),
    ],
    [
      "Create a backlog task 'Prepare the call' on the design board due tomorrow for the sender of the latest email about 'Update on introductory call'",
      addTask({ title: 'Prepare the call', status: 'Backlog', 'custom.board': 'Design', owner: at('nia'), due_at: '2023-12-01' }),
    ],
    [
      "If Shannon Harris is still in the proposal stage, book 30 minutes with Lena on December 4 at 2pm called 'Shannon Harris'",
      meet('Shannon Harris', ['lena'], '2023-12-04 14:00:00', 30),
    ],
    [
      "Rename my next meeting with Jinsoo to 'Handover' and move all his in progress tasks to in review",
      [...rename(coming({ person: 'jinsoo' })[0], 'Handover'), ...setTasks(tasksOf('jinsoo', 'In Progress'), { status: 'In Review' })],
    ],
    [
      'Amir is off sick: cancel my meetings with him tomorrow and move his in review tasks to the backlog',
      [...cancel(...coming({ person: 'amir', on: '2023-12-01' })), ...setTasks(tasksOf('amir', 'In Review'), { status: 'Backlog' })],
    ],
    ["If chenwei hasn't emailed me in the past 3 days and has overdue tasks, send him an email titled 'Status?' saying 'How is it going?'", []],
  ]
}
