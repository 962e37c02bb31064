import { AppError } from '#backend/kernel/errors.ts'
import type { Change, ChangedRecord } from '#backend/modules/crm/index.ts'
import { type NewSchedule, newScheduleSchema } from '#contracts/automations.ts'
import { deleteSchedule, findSchedule, type ScheduleRow } from './schedules.repository.ts'
import { createIn } from './schedules.service.ts'

/** `schedules.create`: a question that is asked by itself from then on, proposed like every other change. */
export function scheduleChanges({ canMail }: { canMail: boolean }): Change<NewSchedule>[] {
  return [
    {
      effect: 'proposes',
      name: 'schedules.create',
      title: 'Ask a question on a schedule',
      description:
        'Proposes to ask a question by itself at given times and to keep, mail or publish the answer. `when` is plain words such as "every Monday 8:00", or cron.',
      scope: 'crm:read',
      // A mail goes to the person themselves; a webhook is what an admin has set up.
      sends: true,
      input: newScheduleSchema,
      risk: () => 'low',
      async apply(tx, input, { now }) {
        const id = await createIn(tx, input, { now, canMail })
        const made = (await findSchedule(tx, id)) as ScheduleRow
        return { title: `Ask "${input.question}" ${input.when}`, records: [toRecord(made)] }
      },
      async undo(tx, { records }) {
        for (const { id, after } of records) {
          const now = await findSchedule(tx, id)
          if (now === undefined) throw new AppError('CONFLICT', 'This schedule is deleted already; nothing was undone.')
          const changed = Object.entries(toRecord(now).after ?? {}).filter(([field, value]) => after?.[field] !== value)
          if (changed.length > 0)
            throw new AppError('CONFLICT', `The schedule has been changed since (${changed.map(([field]) => field).join(', ')}); delete it by hand.`)
          await deleteSchedule(tx, id)
        }
      },
    },
  ]
}

function toRecord({ id, question, when, timeZone, deliver, enabled }: ScheduleRow): ChangedRecord {
  return { entity: 'schedules', id, label: question, before: null, after: { question, when, timeZone, deliver, enabled } }
}
