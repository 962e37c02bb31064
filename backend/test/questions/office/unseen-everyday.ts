import type { ScoreTask } from '#backend/cli/agent-score/scenario.ts'
import { createDesk, tasksOf } from './office-desk.ts'
import type { CustomerShape } from './office-files.ts'
import type { OfficeRecords } from './office-records.ts'
import { boardWishes } from './unseen-boards.ts'
import { customerWishes } from './unseen-customers.ts'
import { diaryWishes } from './unseen-diary.ts'
import { letterWishes } from './unseen-letters.ts'
import { togetherWishes } from './unseen-together.ts'

/** A second round of instructions by hand, which were written before any of them was tried. */
export function everydayTasks(records: OfficeRecords, shape: CustomerShape): ScoreTask[] {
  const desk = createDesk(records, shape)
  return [
    ...tasksOf('crm', customerWishes(desk)),
    ...tasksOf('calendar', diaryWishes(desk)),
    ...tasksOf('email', letterWishes(desk)),
    ...tasksOf('tasks', boardWishes(desk)),
    ...tasksOf('several', togetherWishes(desk)),
  ]
}
