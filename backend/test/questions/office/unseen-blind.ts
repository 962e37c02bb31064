import type { ScoreTask } from '#backend/cli/agent-score/scenario.ts'
import { createDesk, tasksOf } from './office-desk.ts'
import type { CustomerShape } from './office-files.ts'
import type { OfficeRecords } from './office-records.ts'
import { blindCustomerNeighbours, blindCustomerWishes } from './unseen-blind-crm.ts'
import { blindDiaryWishes } from './unseen-blind-diary.ts'
import { blindMailWishes } from './unseen-blind-mail.ts'
import { blindBoardWishes, blindTogetherWishes } from './unseen-blind-work.ts'

/** Half in the set's own kinds and half beside them, written without a look at the planner; 101 of these 140 were done when they were first tried. */
export function blindTasks(records: OfficeRecords, shape: CustomerShape): ScoreTask[] {
  const desk = createDesk(records, shape)
  return [
    ...tasksOf('crm', [...blindCustomerWishes(desk), ...blindCustomerNeighbours(desk)]),
    ...tasksOf('calendar', blindDiaryWishes(desk)),
    ...tasksOf('email', blindMailWishes(desk)),
    ...tasksOf('tasks', blindBoardWishes(desk)),
    ...tasksOf('several', blindTogetherWishes(desk)),
  ]
}
