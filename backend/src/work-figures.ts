import { type Database, sql } from './infra/database/database.ts'
import type { WorkFigures, WorkQueue } from './infra/metrics/work-metrics.ts'
import { workQueues } from './infra/metrics/work-metrics.ts'
import type { Actor } from './kernel/actor.ts'
import type { Clock } from './kernel/clock.ts'
import type { HealthCheck } from './modules/monitoring/index.ts'

/** Work that waits longer than this although it could be done is not being done. */
const stuckAfterSeconds = 900
/** Mail waits for whoever sends it; nothing here does. */
const worked: readonly WorkQueue[] = workQueues.filter((queue) => queue !== 'mail')

/** Reads what waits and what comes of it, across modules and in the installation's first workspace. */
export function createWorkFigures(database: Database, homeWorkspaceId: string, clock: Clock) {
  const actor: Actor = { type: 'system', workspaceId: homeWorkspaceId, job: 'monitoring' }

  function read(): Promise<WorkFigures> {
    return database.transaction(
      actor,
      async (tx) => {
        const now = sql`${clock.now().toISOString()}::timestamptz`
        const home = sql`workspace_id = ${tx.workspaceId}`
        const rows = await tx.query<{ what: string; of: string; figure: number | null }>(sql`
          with waiting (queue, age) as (
            select 'webhooks', clock_timestamp() - next_at from webhook_deliveries where ${home} and state = 'queued' and next_at <= clock_timestamp()
            union all
            select 'schedules', ${now} - due_at from schedule_runs
              where ${home} and state in ('queued', 'running') and (held_until is null or held_until <= clock_timestamp())
            union all
            select 'workflows', ${now} - due_at from agent_workflows
              where ${home} and status = 'running' and due_at <= ${now} and (held_until is null or held_until <= ${now})
            union all
            select 'insightly_outbox', clock_timestamp() - coalesce(not_before, made_at) from insightly_outbox
              where ${home} and status = 'pending' and (not_before is null or not_before <= clock_timestamp())
            union all
            select 'memory', clock_timestamp() - next_at from memory_queue where ${home} and next_at <= clock_timestamp()
            union all
            select 'mail', ${now} - created_at from email_outbox where ${home} and status = 'queued'
          )
          select 'waiting' as what, queue as of, count(*)::float8 as figure from waiting group by queue
          union all
          select 'oldest', queue, greatest(0, extract(epoch from max(age)))::float8 from waiting group by queue
          union all
          select 'approvals', '', count(*)::float8 from proposals where ${home} and status = 'pending'
          union all
          select 'people', days::text, (
            select count(distinct actor_id) from chat_sessions
            where ${home} and actor_id not like 'system:%' and updated_at > ${now} - make_interval(days => days)
              and not exists (select 1 from schedule_runs r where r.workspace_id = ${tx.workspaceId} and r.session_id = chat_sessions.id)
          )::float8 from unnest(array[1, 7, 30]) as days
          union all
          select 'value', currency, sum(value)::float8 from opportunities
          where ${home} and deleted_at is null and value is not null and currency is not null and id in (
            select c.row_id from proposals p join change_rows c on c.workspace_id = p.workspace_id and c.change_id = p.id
            where p.workspace_id = ${tx.workspaceId} and p.status = 'approved' and p.decided_at > ${now} - interval '30 days'
              and c.table_name = 'opportunities'
          ) group by currency`)
        const figure = (what: string, of = '') => rows.find((row) => row.what === what && row.of === of)?.figure ?? 0
        return {
          queues: Object.fromEntries(
            workQueues.map((queue) => [queue, { waiting: figure('waiting', queue), oldestSeconds: figure('oldest', queue) }]),
          ) as WorkFigures['queues'],
          approvalsWaiting: figure('approvals'),
          peopleActive: { 1: figure('people', '1'), 7: figure('people', '7'), 30: figure('people', '30') },
          approvedValue: Object.fromEntries(rows.filter(({ what }) => what === 'value').map(({ of, figure: value }) => [of, value ?? 0])),
        }
      },
      { readOnly: true },
    )
  }

  return {
    read,
    /** Degraded while work that could be done is not. */
    async checkQueues(): ReturnType<HealthCheck['check']> {
      const beganAt = performance.now()
      const { queues } = await read()
      const isStuck = worked.some((queue) => queues[queue].oldestSeconds > stuckAfterSeconds)
      return { status: isStuck ? 'degraded' : 'healthy', latencyMs: Math.round(performance.now() - beganAt) }
    },
  }
}
