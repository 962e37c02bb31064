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

export interface Progress {
  /** Rows dealt with. */
  processed: number
  /** Rows in all, as far as that can be told. */
  total: number
  created: number
  updated: number
  skipped: number
  errorCount: number
  errors: readonly ImportRowError[]
  rowsPerSecond: number | null
}

interface StoredImport extends Record<string, unknown> {
  id: string
  entity: EntityName
  file_name: string | null
  format: string
  status: ImportRun['status']
  options: RunOptions & { processed?: number; rowsPerSecond?: number | null }
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

/** The lock that a running import holds; whoever can take it knows that the import's process is gone. */
function lockKey(id: string) {
  return sql`hashtextextended(${`import:${id}`}, 0)`
}

export async function lockImport(tx: Transaction, id: string): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(${lockKey(id)})`)
}

export async function insertImport(
  tx: Transaction,
  run: { id: string; entity: EntityName; fileName: string | null; format: string; options: RunOptions; startedAt: Date },
): Promise<void> {
  await tx.query(sql`
    insert into imports (workspace_id, id, entity, file_name, format, status, options, actor_name, started_at)
    values (${tx.workspaceId}, ${run.id}, ${run.entity}, ${run.fileName}, ${run.format}, 'running', ${JSON.stringify(run.options)}::jsonb, ${actorName(tx.actor)}, ${run.startedAt.toISOString()})`)
}

/** Written in the transaction of the batch that made the counts, so that they say exactly what landed. */
export async function saveProgress(tx: Transaction, id: string, progress: Progress, withErrors: boolean): Promise<void> {
  const { processed, rowsPerSecond } = progress
  await tx.query(sql`
    update imports set total = ${progress.total}, created = ${progress.created}, updated = ${progress.updated}, skipped = ${progress.skipped}, error_count = ${progress.errorCount},
      options = options || ${JSON.stringify({ processed, rowsPerSecond })}::jsonb ${withErrors ? sql`, errors = ${JSON.stringify(progress.errors)}::jsonb` : sql``}
    where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

export async function finishImport(tx: Transaction, id: string, outcome: { status: 'done' | 'failed'; at: Date; failure: string | null }): Promise<void> {
  await tx.query(sql`
    update imports set status = ${outcome.status}, finished_at = ${outcome.at.toISOString()}, failure = ${outcome.failure}, total = coalesce((options ->> 'processed')::int, 0)
    where workspace_id = ${tx.workspaceId} and id = ${id} and status in ('running', 'failed')`)
}

/** Marks imports whose process died as failed; those that run anywhere else hold their lock. */
export async function failAbandoned(tx: Transaction, now: Date): Promise<void> {
  const running = await tx.query<{ id: string }>(sql`select id from imports where workspace_id = ${tx.workspaceId} and status = 'running'`)
  for (const { id } of running) {
    const [lock] = await tx.query<{ free: boolean }>(sql`select pg_try_advisory_xact_lock(${lockKey(id)}) as free`)
    if (!lock?.free) continue
    // Between the first look and the lock it may have come to its own end.
    await tx.query(sql`
      update imports set status = 'failed', finished_at = ${now.toISOString()}, total = coalesce((options ->> 'processed')::int, 0),
        failure = 'The server stopped in the middle of this import. The rows counted here have landed: undo them, or import the file again.'
      where workspace_id = ${tx.workspaceId} and id = ${id} and status = 'running'`)
  }
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
    processed: row.options.processed ?? 0,
    created: row.created,
    updated: row.updated,
    skipped: row.skipped,
    errorCount: row.error_count,
    errors: row.errors,
    rowsPerSecond: row.options.rowsPerSecond ?? null,
    ignored: row.options.ignored ?? [],
    failure: row.failure,
    actor: row.actor_name,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    undoneAt: row.undone_at,
  }
}
