import type { Transaction } from '#backend/infra/database/database.ts'
import type { Actor } from '#backend/kernel/actor.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import { AppError, notFound } from '#backend/kernel/errors.ts'
import { isUuid, newId } from '#backend/kernel/ids.ts'
import { getWorkspace } from '#backend/modules/crm/index.ts'
import type { Operations } from '#backend/modules/security/index.ts'
import type { ChangeSchedule, NewSchedule, Schedule, SchedulePreview, ScheduleRun } from '#contracts/automations.ts'
import { nextTime, nextTimes, toCron } from './schedule-times.ts'
import {
  countSchedules,
  deleteSchedule,
  findRun,
  findSchedule,
  insertRun,
  insertSchedule,
  lastRuns,
  listRuns,
  listSchedules,
  type NewScheduleRow,
  type ScheduleRow,
  updateSchedule,
} from './schedules.repository.ts'

/** Questions that are asked by themselves: each is its person's, and nobody else's. */
export interface Schedules {
  list(actor: Actor): Promise<Schedule[]>
  /** When it would ask, without making anything. @throws AppError VALIDATION */
  preview(actor: Actor, said: { when: string; timeZone?: string | undefined }): Promise<SchedulePreview>
  /** @throws AppError VALIDATION, CONFLICT when there are too many */
  create(actor: Actor, schedule: NewSchedule): Promise<Schedule>
  /** @throws AppError NOT_FOUND, VALIDATION */
  change(actor: Actor, id: string, change: ChangeSchedule): Promise<Schedule>
  /** @throws AppError NOT_FOUND */
  delete(actor: Actor, id: string): Promise<void>
  /** Asks now, whatever the time. @throws AppError NOT_FOUND */
  run(actor: Actor, id: string): Promise<ScheduleRun>
  runs(
    actor: Actor,
    id: string,
    page: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: ScheduleRun[]; nextCursor: string | null; total: number }>
}

const mostSchedules = 50
const shownTimes = 3

export function createSchedules({
  operations,
  clock,
  canMail,
  wake,
}: {
  operations: Operations
  clock: Clock
  canMail: boolean
  /** Something is due. */
  wake: () => void
}): Schedules {
  const run = <T>(actor: Actor, name: string, work: (tx: Transaction) => Promise<T>, readOnly = false): Promise<T> =>
    operations.run(actor, { name: `automations.schedules.${name}`, scope: 'chat', event: null, readOnly }, work)

  const get = async (tx: Transaction, id: string): Promise<ScheduleRow> => {
    const row = isUuid(id) ? await findSchedule(tx, id) : undefined
    if (row === undefined) throw notFound('The schedule')
    return row
  }
  const upcomingOf = (cron: string, timeZone: string): string[] => (nextTimes(cron, timeZone, clock.now(), shownTimes) ?? []).map((at) => at.toISOString())
  const toSchedules = async (tx: Transaction, rows: readonly ScheduleRow[]): Promise<Schedule[]> => {
    const last = await lastRuns(
      tx,
      rows.map(({ id }) => id),
    )
    return rows.map(({ userId: _, ...row }) => ({
      ...row,
      upcoming: row.enabled ? upcomingOf(row.cron, row.timeZone) : [],
      lastRun: last.get(row.id) ?? null,
    }))
  }
  const one = async (tx: Transaction, id: string): Promise<Schedule> => {
    const [schedule] = await toSchedules(tx, [await get(tx, id)])
    return schedule as Schedule
  }

  return {
    list: (actor) => run(actor, 'list', async (tx) => toSchedules(tx, await listSchedules(tx)), true),
    preview: (actor, { when, timeZone }) =>
      run(
        actor,
        'preview',
        async (tx) => {
          const zone = timeZone ?? (await getWorkspace(tx)).timeZone
          const cron = toCron(when, zone)
          return { cron, timeZone: zone, upcoming: upcomingOf(cron, zone) }
        },
        true,
      ),
    create: (actor, schedule) =>
      run(actor, 'create', async (tx) => {
        const id = await createIn(tx, schedule, { now: clock.now(), canMail })
        return one(tx, id)
      }),
    change: (actor, id, change) =>
      run(actor, 'change', async (tx) => {
        const row = await get(tx, id)
        const { question = row.question, when = row.when, timeZone = row.timeZone, deliver = row.deliver, enabled = row.enabled } = change
        if (change.deliver === 'email') requireMail(canMail)
        await updateSchedule(tx, toRow(id, { question, when, timeZone, deliver, enabled }, clock.now()))
        return one(tx, id)
      }),
    delete: (actor, id) =>
      run(actor, 'delete', async (tx) => {
        if (!isUuid(id) || !(await deleteSchedule(tx, id))) throw notFound('The schedule')
      }),
    async run(actor, id) {
      const begun = await run(actor, 'run', async (tx) => {
        const { userId } = await get(tx, id)
        const runId = newId()
        await insertRun(tx, { id: runId, scheduleId: id, userId, dueAt: clock.now().toISOString(), reason: 'asked', state: 'queued' })
        return (await findRun(tx, runId)) as ScheduleRun
      })
      wake()
      return begun
    },
    runs: (actor, id, { limit, cursor }) =>
      run(
        actor,
        'runs',
        async (tx) => {
          if (cursor !== undefined && !isUuid(cursor)) throw new AppError('VALIDATION', 'The cursor is not one this list gave out; start from the first page.')
          await get(tx, id)
          const { items, total } = await listRuns(tx, id, { limit: limit + 1, before: cursor })
          const shown = items.slice(0, limit)
          return { items: shown, nextCursor: items.length > limit ? (shown.at(-1)?.id ?? null) : null, total }
        },
        true,
      ),
  }
}

/** Makes a schedule in a transaction of its person; also how an approved proposal does. */
export async function createIn(tx: Transaction, schedule: NewSchedule, { now, canMail }: { now: Date; canMail: boolean }): Promise<string> {
  if (tx.actor.type !== 'user') throw new AppError('FORBIDDEN', 'A schedule belongs to a person.')
  if (schedule.deliver === 'email') requireMail(canMail)
  if ((await countSchedules(tx)) >= mostSchedules) throw new AppError('CONFLICT', `There are ${mostSchedules} schedules already; delete one first.`)
  const id = newId()
  const { question, when, deliver, enabled, timeZone = (await getWorkspace(tx)).timeZone } = schedule
  await insertSchedule(tx, toRow(id, { question, when, timeZone, deliver, enabled }, now))
  return id
}

function toRow(
  id: string,
  { question, when, timeZone, deliver, enabled }: Pick<ScheduleRow, 'question' | 'when' | 'timeZone' | 'deliver' | 'enabled'>,
  now: Date,
): NewScheduleRow {
  const cron = toCron(when, timeZone)
  return {
    id,
    question,
    when,
    cron,
    timeZone,
    deliver,
    enabled,
    nextAt: enabled ? (nextTime(cron, timeZone, now)?.toISOString() ?? null) : null,
    now: now.toISOString(),
  }
}

function requireMail(canMail: boolean): void {
  if (canMail) return
  throw new AppError('VALIDATION', 'Answers cannot be mailed here. Have them kept in a conversation: "deliver": "chat".', {
    details: [{ field: 'deliver', message: 'No mail is set up.' }],
  })
}
