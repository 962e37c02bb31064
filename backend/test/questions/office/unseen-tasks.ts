import type { Desk, Wish } from './office-desk.ts'

export function taskWishes({ at, tasksOf, isOverdue, setTasks, shiftTasks, deleteTasks, addTask }: Desk): Record<string, Wish[]> {
  return {
    'tasks move': [
      ["Put all of jinsoo's in review tasks into completed", setTasks(tasksOf('jinsoo', 'In Review'), { status: 'Completed' })],
      ['everything Fatima has in progress is ready for review, so move it to in review', setTasks(tasksOf('fatima', 'In Progress'), { status: 'In Review' })],
      ["Please mark all of Olga's tasks that are in review as completed", setTasks(tasksOf('olga', 'In Review'), { status: 'Completed' })],
      ["Move chenwei's overdue tasks back to the backlog", setTasks((t) => tasksOf('chenwei')(t) && isOverdue(t), { status: 'Backlog' })],
      [
        "Start all of kofi's backlog tasks that are due before December 4: set them to in progress",
        setTasks((t) => tasksOf('kofi', 'Backlog')(t) && t.due_date < '2023-12-04', { status: 'In Progress' }),
      ],
      ["Set the status of Dmitri's in progress tasks to In Review", setTasks(tasksOf('dmitri', 'In Progress'), { status: 'In Review' })],
    ],
    'tasks assign': [
      ["Reassign all of luis's backlog tasks to kofi", setTasks(tasksOf('luis', 'Backlog'), { owner: at('kofi') })],
      ['Yuki is ill. Give all her in review tasks to Carlos, please.', setTasks(tasksOf('yuki', 'In Review'), { owner: at('carlos') })],
      ["hand leila's overdue tasks over to nia", setTasks((t) => tasksOf('leila')(t) && isOverdue(t), { owner: at('nia') })],
      ['Assign every overdue design task of Jinsoo to Amir', setTasks((t) => tasksOf('jinsoo', undefined, 'Design')(t) && isOverdue(t), { owner: at('amir') })],
      ["Carlos takes over Aisha's tasks that are in review", setTasks(tasksOf('aisha', 'In Review'), { owner: at('carlos') })],
      [
        "All of Anaya's tasks that are not completed go to Santiago now. Can you reassign them?",
        setTasks((t) => tasksOf('anaya')(t) && t.list_name !== 'Completed', { owner: at('santiago') }),
      ],
    ],
    'tasks due': [
      ["Postpone all of santiago's overdue tasks by 3 days", shiftTasks((t) => tasksOf('santiago')(t) && isOverdue(t), 3)],
      ["push the due dates of leila's overdue tasks back by a week", shiftTasks((t) => tasksOf('leila')(t) && isOverdue(t), 7)],
      ['Set the due date of all overdue tasks of Luis to December 15', setTasks((t) => tasksOf('luis')(t) && isOverdue(t), { due_at: '2023-12-15' })],
    ],
    'tasks create and delete': [
      [
        "Create a backlog task 'Check the cookie banner' for nia on the front-end board, due December 8",
        addTask({ title: 'Check the cookie banner', status: 'Backlog', owner: at('nia'), 'custom.board': 'Front end', due_at: '2023-12-08' }),
      ],
      [
        'Make a task called "Renew the TLS certificate" on the back end board in the backlog, assign it to carlos with a deadline of next Friday',
        addTask({ title: 'Renew the TLS certificate', status: 'Backlog', owner: at('carlos'), 'custom.board': 'Back end', due_at: '2023-12-08' }),
      ],
      ["Delete all of kofi's completed tasks", deleteTasks(tasksOf('kofi', 'Completed'))],
      ["please remove amir's overdue tasks", deleteTasks((t) => tasksOf('amir')(t) && isOverdue(t))],
    ],
  }
}
