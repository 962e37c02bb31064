import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorId } from '#backend/kernel/actor.ts'
import type { Schedule, ScheduleRun } from '#contracts/automations.ts'

export type ScheduleRow = Omit<Schedule, 'upcoming' | 'lastRun'> & { userId: string }

const columns = sql`s.id, s.user_id as "userId", s.question, s."when", s.cron, s.time_zone as "timeZone", s.deliver, s.enabled, s.next_at as "nextAt", s.failures,
  s.paused_reason as "pausedReason", s.created_at as "createdAt", s.updated_at as "updatedAt"`
export const runColumns = sql`r.id, r.schedule_id as "scheduleId", r.due_at as "dueAt", r.reason, r.state, r.attempts, r.started_at as "startedAt", r.finished_at as "finishedAt",
  r.session_id as "sessionId", r.message_id as "messageId", r.mail_id as "mailId", r.answer, r.error`
/** One's own: admins, whom no policy binds, see no others here either. */
const mine = (tx: Transaction) => sql`s.workspace_id = ${tx.workspaceId} and s.user_id::text = ${actorId(tx.actor)}`

export async function listSchedules(tx: Transaction): Promise<ScheduleRow[]> {
  return tx.query<ScheduleRow>(sql`select ${columns} from schedules s where ${mine(tx)} order by s.created_at desc, s.id desc`)
}

export async function findSchedule(tx: Transaction, id: string): Promise<ScheduleRow | undefined> {
  const [row] = await tx.query<ScheduleRow>(sql`select ${columns} from schedules s where ${mine(tx)} and s.id = ${id}`)
  return row
}

export async function lastRuns(tx: Transaction, ids: readonly string[]): Promise<Map<string, ScheduleRun>> {
  const rows = await tx.query<ScheduleRun>(sql`
    select distinct on (r.schedule_id) ${runColumns} from schedule_runs r
    where r.workspace_id = ${tx.workspaceId} and r.schedule_id = any(${sql.param([...ids])}::uuid[]) order by r.schedule_id, r.id desc`)
  return new Map(rows.map((run) => [run.scheduleId, run]))
}

export async function countSchedules(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ count: number }>(sql`select count(*) as count from schedules s where ${mine(tx)}`)
  return row?.count ?? 0
}

export type NewScheduleRow = Pick<ScheduleRow, 'id' | 'question' | 'when' | 'cron' | 'timeZone' | 'deliver' | 'enabled'> & {
  nextAt: string | null
  now: string
}

export async function insertSchedule(tx: Transaction, row: NewScheduleRow): Promise<void> {
  await tx.query(sql`
    insert into schedules (workspace_id, id, user_id, question, "when", cron, time_zone, deliver, enabled, next_at, created_at, updated_at)
    values (${tx.workspaceId}, ${row.id}, ${actorId(tx.actor)}::uuid, ${row.question}, ${row.when}, ${row.cron}, ${row.timeZone}, ${row.deliver}, ${row.enabled}, ${row.nextAt}, ${row.now}, ${row.now})`)
}

/** Switched on or changed by its person, it has a clean record. */
export async function updateSchedule(tx: Transaction, row: NewScheduleRow): Promise<void> {
  await tx.query(sql`
    update schedules s set question = ${row.question}, "when" = ${row.when}, cron = ${row.cron}, time_zone = ${row.timeZone}, deliver = ${row.deliver}, enabled = ${row.enabled},
      next_at = ${row.nextAt}, failures = 0, paused_reason = null, updated_at = ${row.now}
    where ${mine(tx)} and s.id = ${row.id}`)
}

export async function deleteSchedule(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.query(sql`delete from schedules s where ${mine(tx)} and s.id = ${id} returning s.id`)
  return rows.length > 0
}

export async function insertRun(
  tx: Transaction,
  run: { id: string; scheduleId: string; userId: string; dueAt: string; reason: ScheduleRun['reason']; state: 'queued' | 'missed'; error?: string },
): Promise<boolean> {
  const rows = await tx.query(sql`
    insert into schedule_runs (workspace_id, id, schedule_id, user_id, due_at, reason, state, held_until, finished_at, error)
    values (${tx.workspaceId}, ${run.id}, ${run.scheduleId}, ${run.userId}, ${run.dueAt}, ${run.reason}, ${run.state}, clock_timestamp(),
      ${run.state === 'missed' ? run.dueAt : null}, ${run.error ?? null})
    on conflict do nothing returning id`)
  return rows.length > 0
}

export async function listRuns(
  tx: Transaction,
  scheduleId: string,
  { limit, before }: { limit: number; before: string | undefined },
): Promise<{ items: ScheduleRun[]; total: number }> {
  const items = await tx.query<ScheduleRun>(sql`
    select ${runColumns} from schedule_runs r where r.workspace_id = ${tx.workspaceId} and r.schedule_id = ${scheduleId}
      ${before === undefined ? sql`` : sql`and r.id < ${before}`} order by r.id desc limit ${limit}`)
  const [row] = await tx.query<{ total: number }>(
    sql`select count(*) as total from schedule_runs r where r.workspace_id = ${tx.workspaceId} and r.schedule_id = ${scheduleId}`,
  )
  return { items, total: row?.total ?? 0 }
}

export async function findRun(tx: Transaction, id: string): Promise<ScheduleRun | undefined> {
  const [row] = await tx.query<ScheduleRun>(sql`select ${runColumns} from schedule_runs r where r.workspace_id = ${tx.workspaceId} and r.id = ${id}`)
  return row
}
