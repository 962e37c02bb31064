import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorName } from '#backend/kernel/actor.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { ImportMapping, ImportRowError, ImportRun } from '#contracts/import.ts'

/** Kept beside the counts: how the file was read, and how far. */
export interface RunOptions {
  mapping: ImportMapping
  ignored: string[]
  createMissing: boolean
}

/** What has become of an import's rows. */
export interface Counts {
  /** Rows dealt with, from the beginning of the file. */
  processed: number
  created: number
  updated: number
  skipped: number
  errorCount: number
  errors: readonly ImportRowError[]
}

export interface Progress extends Counts {
  /** Rows in all, as far as that can be told. */
  total: number
  rowsPerSecond: number | null
  secondsLeft: number | null
}

interface StoredImport extends Record<string, unknown> {
  id: string
  entity: EntityName
  file_name: string | null
  format: string
  status: ImportRun['status']
  options: RunOptions & { rowsPerSecond?: number | null; secondsLeft?: number | null }
  position: number
  total: number
  created: number
  updated: number
  skipped: number
  error_count: number
  errors: ImportRowError[]
  failure: string | null
  actor_name: string
  started_at: string
  finished_at: string | null
  undone_at: string | null
}

/** The lock that a running import holds; whoever can take it knows that nobody runs the import. */
function lockKey(id: string) {
  return sql`hashtextextended(${`import:${id}`}, 0)`
}

/** Takes the import's lock until the transaction ends; false when another process runs the import. */
export async function lockImport(tx: Transaction, id: string): Promise<boolean> {
  const [lock] = await tx.query<{ free: boolean }>(sql`select pg_try_advisory_xact_lock(${lockKey(id)}) as free`)
  return lock?.free === true
}

export interface NewImport {
  id: string
  entity: EntityName
  fileName: string | null
  format: string
  options: RunOptions
  startedAt: Date
  status: 'queued' | 'running'
  /** Its file is kept, so that it goes on when its process dies. */
  durable: boolean
}

export async function insertImport(tx: Transaction, run: NewImport): Promise<void> {
  await tx.query(sql`
    insert into imports (workspace_id, id, entity, file_name, format, status, durable, options, actor_name, started_at)
    values (${tx.workspaceId}, ${run.id}, ${run.entity}, ${run.fileName}, ${run.format}, ${run.status}, ${run.durable}, ${JSON.stringify(run.options)}::jsonb,
      ${actorName(tx.actor)}, ${run.startedAt.toISOString()})`)
}

/** Begins an import, or takes it up where its last process left it; undefined when it has come to its end. */
export async function beginImport(tx: Transaction, id: string, now: Date): Promise<{ counts: Counts; startedAt: Date } | undefined> {
  const [row] = await tx.query<StoredImport>(sql`
    update imports set status = 'running', started_at = case status when 'queued' then ${now.toISOString()}::timestamptz else started_at end
    where workspace_id = ${tx.workspaceId} and id = ${id} and status in ('queued', 'running') returning *`)
  if (row === undefined) return undefined
  const { position: processed, created, updated, skipped, error_count: errorCount, errors } = row
  return { counts: { processed, created, updated, skipped, errorCount, errors }, startedAt: new Date(row.started_at) }
}

/**
 * Written in the transaction of the batch that made the counts, so that they say exactly what landed.
 * @returns whether somebody wants the import to stop
 */
export async function saveProgress(tx: Transaction, id: string, progress: Progress, withErrors: boolean): Promise<boolean> {
  const { processed, rowsPerSecond, secondsLeft } = progress
  const [row] = await tx.query<{ cancelled: boolean }>(sql`
    update imports set position = ${processed}, total = ${progress.total}, created = ${progress.created}, updated = ${progress.updated}, skipped = ${progress.skipped},
      error_count = ${progress.errorCount}, options = options || ${JSON.stringify({ rowsPerSecond, secondsLeft })}::jsonb
      ${withErrors ? sql`, errors = ${JSON.stringify(progress.errors)}::jsonb` : sql``}
    where workspace_id = ${tx.workspaceId} and id = ${id} returning cancel_requested as cancelled`)
  return row?.cancelled === true
}

export interface ImportEnd {
  status: 'done' | 'failed' | 'cancelled'
  at: Date
  failure: string | null
  /** Of the whole import; null when unknown. */
  rowsPerSecond?: number | null
}

export async function finishImport(tx: Transaction, id: string, end: ImportEnd): Promise<void> {
  const pace = end.rowsPerSecond === undefined ? sql`` : sql`, options = options || ${JSON.stringify({ rowsPerSecond: end.rowsPerSecond })}::jsonb`
  await tx.query(sql`
    update imports set status = ${end.status}, finished_at = ${end.at.toISOString()}, failure = ${end.failure}, total = position ${pace}
    where workspace_id = ${tx.workspaceId} and id = ${id} and status in ('queued', 'running', 'failed')`)
}

/** Marks imports whose process died as failed, unless their file was kept; those that run anywhere else hold their lock. */
export async function failAbandoned(tx: Transaction, now: Date): Promise<void> {
  const running = await tx.query<{ id: string }>(sql`select id from imports where workspace_id = ${tx.workspaceId} and status = 'running' and not durable`)
  for (const { id } of running) {
    if (!(await lockImport(tx, id))) continue
    // Between the first look and the lock it may have come to its own end.
    await tx.query(sql`
      update imports set status = 'failed', finished_at = ${now.toISOString()}, total = position,
        failure = 'The server stopped in the middle of this import. The rows counted here have landed: undo them, or import the file again.'
      where workspace_id = ${tx.workspaceId} and id = ${id} and status = 'running'`)
  }
}

/** Ends an import that nobody runs at the moment, and asks one that runs to end after its batch. */
export async function requestCancel(tx: Transaction, id: string, now: Date): Promise<void> {
  if (await lockImport(tx, id)) await finishImport(tx, id, { status: 'cancelled', at: now, failure: null })
  else await tx.query(sql`update imports set cancel_requested = true where workspace_id = ${tx.workspaceId} and id = ${id} and status in ('queued', 'running')`)
}

export async function markUndone(tx: Transaction, id: string, at: Date): Promise<void> {
  await tx.query(sql`update imports set status = 'undone', undone_at = ${at.toISOString()} where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

export async function findImport(tx: Transaction, id: string): Promise<ImportRun | undefined> {
  const [row] = await tx.query<StoredImport>(sql`select * from imports where workspace_id = ${tx.workspaceId} and id = ${id}`)
  return row === undefined ? undefined : toRun(row)
}

/** The newest first; errors are left out of lists. */
export async function listImports(tx: Transaction, limit: number, before: string | undefined): Promise<ImportRun[]> {
  const rows = await tx.query<StoredImport>(sql`
    select *, '[]'::jsonb as errors from imports
    where workspace_id = ${tx.workspaceId} ${before === undefined ? sql`` : sql`and id < ${before}`} order by id desc limit ${limit}`)
  return rows.map(toRun)
}

function toRun(row: StoredImport): ImportRun {
  return {
    id: row.id,
    entity: row.entity,
    fileName: row.file_name,
    format: row.format,
    status: row.status,
    total: row.total,
    processed: row.position,
    created: row.created,
    updated: row.updated,
    skipped: row.skipped,
    errorCount: row.error_count,
    errors: row.errors,
    rowsPerSecond: row.options.rowsPerSecond ?? null,
    secondsLeft: row.status === 'running' ? (row.options.secondsLeft ?? null) : null,
    ignored: row.options.ignored ?? [],
    failure: row.failure,
    actor: row.actor_name,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    undoneAt: row.undone_at,
  }
}

/** Whether what the import replaced is not kept any more. */
export async function isUndoExpired(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.query(sql`select 1 from imports where workspace_id = ${tx.workspaceId} and id = ${id} and undo_expired_at is not null`)
  return rows.length > 0
}
