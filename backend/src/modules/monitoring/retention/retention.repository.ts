import { sql, type Transaction } from '#backend/infra/database/database.ts'

/** Begins when nearly nobody works, where the installation is. */
const nightBeginsAt = '3 hours'

export interface Claim {
  /** The night that is to be done, `YYYY-MM-DD`. */
  dueOn: string
  isMine: boolean
}

/**
 * Takes the night's run, which nobody else does then.
 * @param again whether a run that has ended is made once more
 */
export async function claimRun(
  tx: Transaction,
  { holder, now, leaseMs, again }: { holder: string; now: Date; leaseMs: number; again: boolean },
): Promise<Claim> {
  const at = now.toISOString()
  const [claim] = await tx.query<{ dueOn: string; isMine: boolean }>(sql`
    with due as (select ((${at}::timestamptz at time zone w.time_zone) - ${nightBeginsAt}::interval)::date as day from workspaces w where w.id = ${tx.workspaceId}),
    taken as (
      insert into maintenance_runs as r (workspace_id, due_on, holder, held_until, started_at)
        select ${tx.workspaceId}, day, ${holder}, clock_timestamp() + ${leaseMs} * interval '1 millisecond', ${at} from due
      on conflict (workspace_id, due_on) do update set holder = excluded.holder, held_until = excluded.held_until, started_at = excluded.started_at,
        finished_at = null, error = null where r.held_until <= clock_timestamp() and (r.finished_at is null or ${again})
      returning due_on)
    select day as "dueOn", exists (select from taken) as "isMine" from due`)
  if (claim === undefined) throw new Error('The first workspace is not there.')
  return claim
}

/** False when somebody else has taken over. */
export async function holdRun(tx: Transaction, { dueOn, holder, leaseMs }: { dueOn: string; holder: string; leaseMs: number }): Promise<boolean> {
  const rows = await tx.query(sql`
    update maintenance_runs set held_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    where workspace_id = ${tx.workspaceId} and due_on = ${dueOn} and holder = ${holder} and finished_at is null returning due_on`)
  return rows.length === 1
}

export interface RunEnd {
  dueOn: string
  holder: string
  removed: Record<string, number>
  /** Null when it did not come to its end. */
  finishedAt: Date | null
  error: string | null
  /** Milliseconds until it may be taken again. */
  restMs: number
}

export async function endRun(tx: Transaction, { dueOn, holder, removed, finishedAt, error, restMs }: RunEnd): Promise<void> {
  // What an attempt before this one removed counts too.
  await tx.query(sql`
    update maintenance_runs r set finished_at = ${finishedAt?.toISOString() ?? null}, error = ${error}, held_until = clock_timestamp() + ${restMs} * interval '1 millisecond',
      removed = (select coalesce(jsonb_object_agg(kind, n), '{}') from (select kind, sum(n) as n from (
        select key as kind, value::bigint as n from jsonb_each_text(r.removed) union all select key, value::bigint from jsonb_each_text(${JSON.stringify(removed)}::jsonb)) both_parts
        group by kind) sums)
    where workspace_id = ${tx.workspaceId} and due_on = ${dueOn} and holder = ${holder}`)
}

export interface MaintenanceRun {
  dueOn: string
  startedAt: string
  finishedAt: string | null
  removed: Record<string, number>
  error: string | null
}

export async function listRuns(tx: Transaction, limit: number): Promise<MaintenanceRun[]> {
  return await tx.query<MaintenanceRun>(sql`
    select due_on as "dueOn", started_at as "startedAt", finished_at as "finishedAt", removed, error from maintenance_runs
    where workspace_id = ${tx.workspaceId} order by due_on desc limit ${limit}`)
}

export async function listWorkspaces(tx: Transaction): Promise<string[]> {
  return (await tx.query<{ id: string }>(sql`select id from chatsg.retention_workspaces() as id`)).map(({ id }) => id)
}

export async function retireRows(tx: Transaction, kind: string, { before, now, atMost }: { before: Date; now: Date; atMost: number }): Promise<number> {
  const [row] = await tx.query<{ removed: number }>(
    sql`select chatsg.retire_rows(${kind}, ${before.toISOString()}, ${now.toISOString()}, ${atMost}) as removed`,
  )
  return row?.removed ?? 0
}

/** @returns ids of the conversations that are gone */
export async function retireSessions(tx: Transaction, { before, atMost }: { before: Date; atMost: number }): Promise<string[]> {
  return (await tx.query<{ id: string }>(sql`select id from chatsg.retire_sessions(${before.toISOString()}, ${atMost}) as id`)).map(({ id }) => id)
}

/** What was noted of conversations deleted before: a folder nobody has looked into for so long loses their files by its age. */
export async function retireDeletedSessions(tx: Transaction, { before, atMost }: { before: Date; atMost: number }): Promise<number> {
  const rows = await tx.query(sql`
    delete from deleted_sessions where workspace_id = ${tx.workspaceId} and session_id in (select d.session_id from deleted_sessions d
      where d.workspace_id = ${tx.workspaceId} and d.deleted_at < ${before.toISOString()} order by d.deleted_at limit ${atMost}) returning session_id`)
  return rows.length
}

/** Those of the conversations that some workspace has. */
export async function knownSessions(tx: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(sql`select id from chatsg.retention_known_sessions(${sql.param([...ids])}::uuid[]) as id`)
  return new Set(rows.map(({ id }) => id))
}
