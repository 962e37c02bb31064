import type { ScoreTask } from '#backend/cli/agent-score/scenario.ts'
import { createDesk, tasksOf } from './office-desk.ts'
import type { CustomerShape } from './office-files.ts'
import type { OfficeRecords } from './office-records.ts'
import { boardWishes } from './unseen-boards.ts'
import { customerWishes } from './unseen-customers.ts'
import { diaryWishes } from './unseen-diary.ts'
import { finalTasks } from './unseen-final.ts'
import { freshTasks } from './unseen-fresh.ts'
import { lastTasks } from './unseen-last.ts'
import { letterWishes } from './unseen-letters.ts'
import { togetherWishes } from './unseen-together.ts'

/** Further rounds of instructions by hand; each was written before any of it was tried, and what it showed was mended afterwards. */
export function everydayTasks(records: OfficeRecords, shape: CustomerShape): ScoreTask[] {
  const desk = createDesk(records, shape)
  return [
    ...tasksOf('crm', customerWishes(desk)),
    ...tasksOf('calendar', diaryWishes(desk)),
    ...tasksOf('email', letterWishes(desk)),
    ...tasksOf('tasks', boardWishes(desk)),
    ...tasksOf('several', togetherWishes(desk)),
    ...[...lastTasks(desk), ...freshTasks(desk), ...finalTasks(desk)].map((task) => ({ ...task, domain: task.domain.split(' ')[0] ?? '' })),
  ]
}
