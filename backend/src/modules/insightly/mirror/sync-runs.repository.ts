import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { MirroredEntity } from '../mapping/index.ts'

export const syncModes = ['full', 'incremental', 'reconcile'] as const
export type SyncMode = (typeof syncModes)[number]
export type RunState = 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled'

export interface EntityCounts {
  created: number
  updated: number
  deleted: number
  unchanged: number
}
export type RunCounts = Partial<Record<MirroredEntity, EntityCounts>>
export type RunProgress = Partial<Record<MirroredEntity, { done: number; total: number | null }>>

export interface SyncRun {
  id: string
  mode: SyncMode
  state: RunState
  mayDeleteMost: boolean
  requestedBy: string
  requestedAt: string
  startedAt: string | null
  finishedAt: string | null
  remoteStartedAt: string | null
  apiCalls: number
  counts: RunCounts
  progress: RunProgress
  error: string | null
}

/** A process that died is noticed after so many seconds. */
export const leaseSeconds = 8

const columns = sql`id, mode, state, may_delete_most as "mayDeleteMost", requested_by as "requestedBy", requested_at as "requestedAt", started_at as "startedAt", finished_at as "finishedAt",
  remote_started_at as "remoteStartedAt", api_calls as "apiCalls", counts, progress, error`
const lease = sql`clock_timestamp() + ${sql.raw(String(leaseSeconds))} * interval '1 second'`

export function readRun(tx: Transaction, id: string): Promise<SyncRun | undefined> {
  return tx
    .query<SyncRun & Record<string, unknown>>(sql`select ${columns} from insightly_runs where workspace_id = ${tx.workspaceId} and id = ${id}`)
    .then(([run]) => run)
}

/** The newest first. */
export async function listRuns(tx: Transaction, limit: number): Promise<SyncRun[]> {
  return tx.query<SyncRun & Record<string, unknown>>(
    sql`select ${columns} from insightly_runs where workspace_id = ${tx.workspaceId} order by requested_at desc, id desc limit ${limit}`,
  )
}

export async function findActiveRun(tx: Transaction): Promise<SyncRun | undefined> {
  const [run] = await tx.query<SyncRun & Record<string, unknown>>(
    sql`select ${columns} from insightly_runs where workspace_id = ${tx.workspaceId} and state in ('queued', 'running', 'paused')`,
  )
  return run
}

/** When something last went well, and when it was last tried. */
export interface SyncHistory {
  /** Beginning of the last run that brought everything changed before it. */
  syncedAt: string | null
  triedAt: string | null
  reconciledAt: string | null
  hasFullCopy: boolean
  fullIsWanted: boolean
  /** The database's time. */
  now: string
}

export async function readHistory(tx: Transaction): Promise<SyncHistory> {
  const [row] = await tx.query<SyncHistory & Record<string, unknown>>(sql`
    select max(started_at) filter (where state = 'done' and mode <> 'reconcile') as "syncedAt", max(requested_at) as "triedAt",
      max(started_at) filter (where state = 'done' and mode in ('reconcile', 'full')) as "reconciledAt",
      coalesce(bool_or(mode = 'full' and state = 'done'), false) as "hasFullCopy",
      not coalesce(bool_or(mode = 'full' and state = 'cancelled'), false) as "fullIsWanted", clock_timestamp() as now
    from insightly_runs where workspace_id = ${tx.workspaceId}`)
  return row as SyncHistory
}

/** @returns false when one is active already */
export async function insertRun(tx: Transaction, run: { id: string; mode: SyncMode; requestedBy: string; mayDeleteMost?: boolean }): Promise<boolean> {
  const inserted = await tx.query(sql`
    insert into insightly_runs (workspace_id, id, mode, state, may_delete_most, requested_by, requested_at)
    values (${tx.workspaceId}, ${run.id}, ${run.mode}, 'queued', ${run.mayDeleteMost ?? false}, ${run.requestedBy}, clock_timestamp())
    on conflict (workspace_id) where state in ('queued', 'running', 'paused') do nothing returning id`)
  return inserted.length > 0
}

/** Takes the run that nobody works on; undefined when there is none. */
export async function claimRun(tx: Transaction, holder: string): Promise<SyncRun | undefined> {
  const [run] = await tx.query<SyncRun & Record<string, unknown>>(sql`
    update insightly_runs set state = 'running', holder = ${holder}, held_until = ${lease}, started_at = coalesce(started_at, clock_timestamp())
    where workspace_id = ${tx.workspaceId} and state in ('queued', 'running') and (holder is null or holder = ${holder} or held_until < clock_timestamp())
    returning ${columns}`)
  return run
}

/** What a run has done further, of one kind of record. */
export interface RunStep extends Partial<EntityCounts> {
  entity: MirroredEntity
  /** Rows that were looked at. */
  rows?: number
  /** How many there are in all, where that is news. */
  total?: number | null
}

export interface RunKept {
  apiCalls: number
  step?: RunStep | undefined
  /** What it waits for; null when it goes on. */
  error: string | null
  remoteStartedAt?: string | null
}

/** Keeps how far a run has come; only for the process that holds it. @returns undefined when it is not held any more */
export async function keepRun(tx: Transaction, id: string, holder: string, kept: RunKept): Promise<Pick<SyncRun, 'counts' | 'progress'> | undefined> {
  const { step, apiCalls, error, remoteStartedAt = null } = kept
  const [row] = await tx.query<Pick<SyncRun, 'counts' | 'progress'> & Record<string, unknown>>(sql`
    update insightly_runs r set held_until = ${lease}, api_calls = greatest(api_calls, ${apiCalls}), error = ${error},
      remote_started_at = coalesce(remote_started_at, ${remoteStartedAt}::timestamptz) ${step === undefined ? sql`` : advance(step)}
    where workspace_id = ${tx.workspaceId} and id = ${id} and holder = ${holder} and state = 'running' returning counts, progress`)
  return row
}

/** Pages land beside each other, so each adds its own to what the others have added. */
function advance({ entity, rows = 0, total, created = 0, updated = 0, deleted = 0, unchanged = 0 }: RunStep) {
  const added = (name: string, by: number) => sql`${name}::text, coalesce((counts -> ${entity}::text ->> ${name}::text)::int, 0) + ${by}::int`
  const done = sql`'done', coalesce((progress -> ${entity}::text ->> 'done')::int, 0) + ${rows}::int`
  const inAll = total === undefined ? sql`progress -> ${entity}::text -> 'total'` : sql`to_jsonb(${total}::int)`
  return sql`,
      counts = counts || jsonb_build_object(${entity}::text, jsonb_build_object(${added('created', created)}, ${added('updated', updated)}, ${added('deleted', deleted)}, ${added('unchanged', unchanged)})),
      progress = progress || jsonb_build_object(${entity}::text, jsonb_build_object(${done}, 'total', ${inAll}))`
}

/** Ends a run, or lets go of it for another process. */
export async function endRun(
  tx: Transaction,
  id: string,
  holder: string,
  ended: { state: 'done' | 'failed' | 'queued'; apiCalls: number; error: string | null },
): Promise<void> {
  await tx.query(sql`
    update insightly_runs set state = ${ended.state}, finished_at = ${ended.state === 'queued' ? sql`null` : sql`clock_timestamp()`}, holder = null, held_until = null,
      api_calls = ${ended.apiCalls}, error = ${ended.error}
    where workspace_id = ${tx.workspaceId} and id = ${id} and holder = ${holder} and state = 'running'`)
  if (ended.state !== 'done') return
  await tx.query(sql`select note_as_of(started_at) from insightly_runs where workspace_id = ${tx.workspaceId} and id = ${id} and mode <> 'reconcile'`)
  await tx.query(sql`delete from insightly_pages where workspace_id = ${tx.workspaceId} and run_id = ${id}`)
}

/** A person pauses, resumes or cancels the active run. @returns the run, or undefined when there is none in that state */
export async function changeRun(tx: Transaction, change: 'pause' | 'resume' | 'cancel'): Promise<SyncRun | undefined> {
  const { from, to } = {
    pause: { from: sql`('queued', 'running')`, to: 'paused' },
    resume: { from: sql`('paused')`, to: 'queued' },
    cancel: { from: sql`('queued', 'running', 'paused')`, to: 'cancelled' },
  }[change]
  const [run] = await tx.query<SyncRun & Record<string, unknown>>(sql`
    update insightly_runs set state = ${to}, holder = null, held_until = null, finished_at = ${to === 'cancelled' ? sql`clock_timestamp()` : sql`null`}
    where workspace_id = ${tx.workspaceId} and state in ${from} returning ${columns}`)
  return run
}

/** Runs that ended a month ago, but for the last that went well of each kind and the last of all: they tell how old the copy is. */
export async function removeOldRuns(tx: Transaction): Promise<void> {
  await tx.query(sql`
    delete from insightly_runs r where workspace_id = ${tx.workspaceId} and finished_at < clock_timestamp() - interval '30 days'
      and exists (select from insightly_runs n where n.workspace_id = r.workspace_id and n.mode = r.mode and n.state = 'done' and n.requested_at > r.requested_at)`)
}

export interface LandedPage {
  object: MirroredEntity
  page: number
  rows: number
  total: number | null
  lastId: number | null
  newest: string | null
}

export async function savePage(tx: Transaction, runId: string, page: LandedPage): Promise<void> {
  await tx.query(sql`
    insert into insightly_pages (workspace_id, run_id, object, page, rows, total, last_id, newest)
    values (${tx.workspaceId}, ${runId}, ${page.object}, ${page.page}, ${page.rows}, ${page.total}, ${page.lastId}, ${page.newest})`)
}

export async function listPages(tx: Transaction, runId: string): Promise<LandedPage[]> {
  return tx.query<LandedPage & Record<string, unknown>>(
    sql`select object, page, rows, total, last_id as "lastId", newest from insightly_pages where workspace_id = ${tx.workspaceId} and run_id = ${runId} order by object, page`,
  )
}

export async function readCursors(tx: Transaction): Promise<Map<string, string>> {
  const rows = await tx.query<{ object: string; changedAfter: string }>(
    sql`select object, changed_after as "changedAfter" from insightly_cursors where workspace_id = ${tx.workspaceId}`,
  )
  return new Map(rows.map(({ object, changedAfter }) => [object, changedAfter]))
}

export async function saveCursor(tx: Transaction, object: string, changedAfter: string): Promise<void> {
  await tx.query(sql`
    insert into insightly_cursors (workspace_id, object, changed_after) values (${tx.workspaceId}, ${object}, ${changedAfter})
    on conflict (workspace_id, object) do update set changed_after = excluded.changed_after`)
}
