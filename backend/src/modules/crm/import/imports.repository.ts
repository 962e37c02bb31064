import { actorName } from '#backend/kernel/actor.ts'
import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { ImportMapping, ImportRowError, ImportRun } from '#contracts/import.ts'

/** Kept beside the counts: how the file was read, and how far. */
export interface RunOptions {
  mapping: ImportMapping
  ignored: string[]
  createMissing: boolean
  rowsPerSecond?: number | null
}

export interface Counts {
  total: number
  created: number
  updated: number
  skipped: number
  errorCount: number
  errors: ImportRowError[]
}

export async function insertImport(tx: Transaction, run: { id: string; entity: EntityName; fileName: string | null; format: string; options: RunOptions; startedAt: Date }): Promise<void> {
  await tx.query(sql`
    insert into imports (workspace_id, id, entity, file_name, format, status, options, actor_name, started_at)
    values (${tx.workspaceId}, ${run.id}, ${run.entity}, ${run.fileName}, ${run.format}, 'running', ${JSON.stringify(run.options)}::jsonb, ${actorName(tx.actor)}, ${run.startedAt.toISOString()})`)
}

/** Written in the transaction of the batch that made the counts, so that they say exactly what landed. */
export async function saveProgress(tx: Transaction, id: string, counts: Counts, rowsPerSecond: number | null, saveErrors: boolean): Promise<void> {
  await tx.query(sql`
    update imports set total = ${counts.total}, created = ${counts.created}, updated = ${counts.updated}, skipped = ${counts.skipped}, error_count = ${counts.errorCount},
      options = options || jsonb_build_object('rowsPerSecond', ${rowsPerSecond}::float8) ${saveErrors ? sql`, errors = ${JSON.stringify(counts.errors)}::jsonb` : sql``}
    where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

export async function finishImport(tx: Transaction, id: string, status: 'done' | 'failed', at: Date, failure: string | null): Promise<void> {
  await tx.query(sql`
    update imports set status = ${status}, finished_at = ${at.toISOString()}, failure = ${failure}, total = created + updated + skipped + coalesce((options->>'failedRows')::int, 0)
    where workspace_id = ${tx.workspaceId} and id = ${id} and status in ('running', 'failed')`)
}
