import { type Desk, today, type Wish } from './office-desk.ts'
import type { OfficeTask } from './office-records.ts'

type Which = (task: OfficeTask) => boolean

/** What is on the boards: made, moved on, handed over, put off. */
export function boardWishes(desk: Desk): Wish[] {
  const { setTasks, shiftTasks, deleteTasks, addTask, tasksOf, isOverdue, at } = desk
  const both =
    (...parts: readonly Which[]): Which =>
    (task) =>
      parts.every((part) => part(task))
  const not =
    (list: string): Which =>
    (task) =>
      task.list_name !== list
  const called =
    (name: string): Which =>
    (task) =>
      task.task_name === name
  const due =
    (day: string): Which =>
    (task) =>
      task.due_date === day
  return [
    [
      "Create a backlog task called 'Write release notes' on the back end board for Fatima, due December 11",
      addTask({ title: 'Write release notes', status: 'Backlog', 'custom.board': 'Back end', owner: at('fatima'), due_at: '2023-12-11' }),
    ],
    [
      "Add 'Redesign icons' to the backlog of the design board for kofi, due next Wednesday",
      addTask({ title: 'Redesign icons', status: 'Backlog', 'custom.board': 'Design', owner: at('kofi'), due_at: '2023-12-06' }),
    ],
    [
      "Make an in progress task 'Check accessibility' on the front end board, assign it to nia and make it due December 15",
      addTask({ title: 'Check accessibility', status: 'In Progress', 'custom.board': 'Front end', owner: at('nia'), due_at: '2023-12-15' }),
    ],
    ["Delete Olga's task 'Improve UX of content creation'", deleteTasks(both(tasksOf('olga'), called('Improve UX of content creation')))],
    ['Delete all completed tasks of Dmitri', deleteTasks(tasksOf('dmitri', 'Completed'))],
    ["Remove Carlos's backlog tasks due after December 10", deleteTasks(both(tasksOf('carlos', 'Backlog'), ({ due_date }) => due_date > '2023-12-10'))],
    ["Yuki's tasks due on December 13 need three more days", shiftTasks(both(tasksOf('yuki'), due('2023-12-13')), 3)],
    [
      "Move the deadline of Amir's task 'Design logo for admin panel' to December 8",
      setTasks(both(tasksOf('amir'), called('Design logo for admin panel')), { due_at: '2023-12-08' }),
    ],
    ["Hand over all of Luis's design tasks in the backlog to Olga", setTasks(tasksOf('luis', 'Backlog', 'Design'), { owner: at('olga') })],
    ["Aisha is leaving; reassign all her tasks that aren't completed to Yuki", setTasks(both(tasksOf('aisha'), not('Completed')), { owner: at('yuki') })],
    ["mark nia's overdue tasks as completed", []],
    ["Mark all of Chenwei's overdue tasks as in progress", setTasks(both(tasksOf('chenwei'), isOverdue, not('In Progress')), { status: 'In Progress' })],
    [
      "Leila has started 'Fix alignment issue in dashboard'. Move it to in progress",
      setTasks(both(tasksOf('leila'), called('Fix alignment issue in dashboard')), { status: 'In Progress' }),
    ],
    [
      'Put everything due tomorrow on the design board into review',
      setTasks(both(tasksOf(undefined, undefined, 'Design'), due('2023-12-01')), { status: 'In Review' }),
    ],
    ['Send all front end tasks that are in review back to in progress', setTasks(tasksOf(undefined, 'In Review', 'Front end'), { status: 'In Progress' })],
    [
      "Rename Kofi's task 'Design logo for blog' to 'Design banner for blog'",
      setTasks(both(tasksOf('kofi'), called('Design logo for blog')), { title: 'Design banner for blog' }),
    ],
    ['If Amir has more than two overdue tasks, give them to Jinsoo', []],
    [
      'If Leila has any overdue tasks in the backlog, move them to in progress',
      setTasks(both(tasksOf('leila', 'Backlog'), isOverdue), { status: 'In Progress' }),
    ],
    ["Extend the due dates of all of Anaya's in review tasks by a week", shiftTasks(tasksOf('anaya', 'In Review'), 7)],
    ["Give Kofi's two tasks that are due first to Luis", setTasks(both(tasksOf('kofi'), due('2023-11-28')), { owner: at('luis') })],
    ['Which of Santiago’s tasks are overdue?', []],
    ['anything of fatimas thats due today goes to dmitri', setTasks(both(tasksOf('fatima'), due(today)), { owner: at('dmitri') })],
  ]
}
