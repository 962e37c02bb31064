import type { ScoreTask } from '#backend/cli/agent-score/scenario.ts'
import { createDesk, tasksOf } from './office-desk.ts'
import type { CustomerShape } from './office-files.ts'
import type { OfficeRecords } from './office-records.ts'
import { calendarWishes } from './unseen-calendar.ts'
import { conditionWishes } from './unseen-conditions.ts'
import { crmWishes } from './unseen-crm.ts'
import { mailWishes } from './unseen-mail.ts'
import { refusals } from './unseen-refusals.ts'
import { taskWishes } from './unseen-tasks.ts'

/** Instructions in other words than the set's, with what they mean by hand. */
export function unseenTasks(records: OfficeRecords, shape: CustomerShape): ScoreTask[] {
  const desk = createDesk(records, shape)
  const families = { ...crmWishes(desk), ...taskWishes(desk), ...calendarWishes(desk), ...mailWishes(desk), ...conditionWishes(desk), ...refusals }
  return Object.entries(families).flatMap(([family, wishes]) => tasksOf(family, wishes))
}
