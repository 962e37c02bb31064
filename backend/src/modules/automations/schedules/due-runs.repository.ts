import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Role } from '#backend/kernel/actor.ts'
import type { Schedule } from '#contracts/automations.ts'

export interface DueSchedule {
  id: string
  userId: string
  cron: string
  timeZone: string
  nextAt: string
}

/** Schedules whose time has come, held until the transaction ends; another process passes over them. */
export async function lockDueSchedules(tx: Transaction, now: Date, limit: number): Promise<DueSchedule[]> {
  return tx.query<DueSchedule & Record<string, unknown>>(sql`
    select id, user_id as "userId", cron, time_zone as "timeZone", next_at as "nextAt" from schedules
    where workspace_id = ${tx.workspaceId} and enabled and next_at <= ${now.toISOString()} order by next_at, id limit ${limit} for update skip locked`)
}

export async function planNext(tx: Transaction, id: string, nextAt: Date | null): Promise<void> {
  await tx.query(sql`update schedules set next_at = ${nextAt?.toISOString() ?? null} where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

export interface ClaimedRun {
  id: string
  scheduleId: string
  attempts: number
  dueAt: string
  question: string
  timeZone: string
  deliver: Schedule['deliver']
  userId: string
  userName: string
  email: string | null
  role: Role
  active: boolean
}

/** Takes the next run that nobody works on. */
export async function claimRun(tx: Transaction, holder: string, leaseMs: number): Promise<ClaimedRun | undefined> {
  const [run] = await tx.query<ClaimedRun & Record<string, unknown>>(sql`
    with taken as (
      update schedule_runs r set state = 'running', holder = ${holder}, attempts = attempts + 1, held_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond',
        started_at = coalesce(started_at, clock_timestamp())
      where r.workspace_id = ${tx.workspaceId} and r.id = (
        select id from schedule_runs where workspace_id = ${tx.workspaceId} and state in ('queued', 'running') and held_until <= clock_timestamp()
        order by held_until, id limit 1 for update skip locked)
      returning r.*)
    select t.id, t.schedule_id as "scheduleId", t.attempts, t.due_at as "dueAt", s.question, s.time_zone as "timeZone", s.deliver, t.user_id as "userId", u.name as "userName",
      u.email, u.role, u.active
    from taken t join schedules s on s.workspace_id = t.workspace_id and s.id = t.schedule_id join users u on u.workspace_id = t.workspace_id and u.id = t.user_id`)
  return run
}

export async function holdRun(tx: Transaction, id: string, holder: string, leaseMs: number): Promise<void> {
  await tx.query(sql`
    update schedule_runs set held_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    where workspace_id = ${tx.workspaceId} and id = ${id} and holder = ${holder} and state = 'running'`)
}

/** Lets go of a run for a while: what stands in its way goes by itself. */
export async function postponeRun(tx: Transaction, id: string, holder: string, { waitMs, error }: { waitMs: number; error: string }): Promise<void> {
  await tx.query(sql`
    update schedule_runs set state = 'queued', holder = null, held_until = clock_timestamp() + ${waitMs} * interval '1 millisecond', error = ${error}
    where workspace_id = ${tx.workspaceId} and id = ${id} and holder = ${holder} and state = 'running'`)
}

export interface RunEnd {
  state: 'done' | 'failed'
  sessionId?: string
  messageId?: string
  mailId?: string
  answer?: string
  error?: string
}

/** Ends a run, once: false when another process has taken it over. */
export async function endRun(tx: Transaction, id: string, holder: string, end: RunEnd): Promise<boolean> {
  const rows = await tx.query(sql`
    update schedule_runs set state = ${end.state}, holder = null, held_until = null, finished_at = clock_timestamp(), session_id = ${end.sessionId ?? null},
      message_id = ${end.messageId ?? null}, mail_id = ${end.mailId ?? null}, answer = ${end.answer ?? null}, error = ${end.error ?? null}
    where workspace_id = ${tx.workspaceId} and id = ${id} and holder = ${holder} and state = 'running' returning id`)
  return rows.length > 0
}

/** Whether the run is still its holder's; held until the transaction ends. */
export async function isHeld(tx: Transaction, id: string, holder: string): Promise<boolean> {
  const rows = await tx.query(
    sql`select 1 from schedule_runs where workspace_id = ${tx.workspaceId} and id = ${id} and holder = ${holder} and state = 'running' for update`,
  )
  return rows.length > 0
}

/** Counts failures in a row, and switches a schedule off after too many. */
export async function noteOutcome(tx: Transaction, scheduleId: string, isDone: boolean, { most, reason }: { most: number; reason: string }): Promise<void> {
  await tx.query(
    isDone
      ? sql`update schedules set failures = 0 where workspace_id = ${tx.workspaceId} and id = ${scheduleId}`
      : sql`update schedules set failures = failures + 1, enabled = enabled and failures + 1 < ${most}, next_at = case when failures + 1 < ${most} then next_at end,
          paused_reason = case when failures + 1 < ${most} then paused_reason else ${reason} end where workspace_id = ${tx.workspaceId} and id = ${scheduleId}`,
  )
}

/** Keeps the newest runs of each schedule. */
export async function tidyRuns(tx: Transaction, scheduleId: string, keep: number): Promise<void> {
  await tx.query(sql`
    delete from schedule_runs where workspace_id = ${tx.workspaceId} and schedule_id = ${scheduleId} and state in ('done', 'failed', 'missed')
      and id < (select id from schedule_runs where workspace_id = ${tx.workspaceId} and schedule_id = ${scheduleId} order by id desc offset ${keep} limit 1)`)
}
