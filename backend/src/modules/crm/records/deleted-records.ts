import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { recordHistory } from './history.ts'
import { refuseKeptElsewhere } from './kept-elsewhere.ts'
import { hasSoftDelete } from './record-reader.ts'
import { hasUpdatedAt, reindexRecords, type WriteOptions } from './record-writer.ts'
import { unindexRecords } from './search-index.ts'
import { tableOf } from './storage.ts'

/** Soft-deletes records; returns the ids of those that were there. */
export async function deleteRecords(tx: Transaction, entity: EntityName, ids: readonly string[], options: WriteOptions): Promise<string[]> {
  return setDeleted(tx, entity, ids, true, options)
}

/** Brings soft-deleted records back; returns the ids of those that were deleted. */
export async function restoreRecords(tx: Transaction, entity: EntityName, ids: readonly string[], options: WriteOptions): Promise<string[]> {
  return setDeleted(tx, entity, ids, false, options)
}

async function setDeleted(tx: Transaction, entity: EntityName, ids: readonly string[], deleted: boolean, options: WriteOptions): Promise<string[]> {
  if (ids.length === 0 || !hasSoftDelete(entity)) return []
  await refuseKeptElsewhere(tx, entity)
  const now = options.now.toISOString()
  const rows = await tx
    .query<{ id: string }>(sql`
    update ${tableOf(entity)} set deleted_at = ${deleted ? now : null} ${hasUpdatedAt(entity) ? sql`, updated_at = ${now}` : sql``}
    where workspace_id = ${tx.workspaceId} and id = any(${sql.param([...ids])}::uuid[]) and deleted_at is ${deleted ? sql`null` : sql`not null`} returning id`)
    .catch((cause: Error & { code?: string }) => {
      // The one who has taken it may be hidden from this writer, who could not have looked.
      if (cause.code === '23505')
        throw new AppError('CONFLICT', `Another ${entities[entity].singular} has taken its external id or number meanwhile; nothing was restored.`, { cause })
      throw cause
    })
  const changed = rows.map(({ id }) => id)
  if (changed.length === 0) return []
  if (entity === 'orders')
    await tx.query(
      sql`update order_lines set deleted_at = ${deleted ? now : null} where workspace_id = ${tx.workspaceId} and order_ref = any(${sql.param(changed)}::uuid[])`,
    )
  if (deleted) await unindexRecords(tx, entity, changed)
  else await reindexRecords(tx, entity, changed)
  await recordHistory(
    tx,
    entity,
    deleted ? 'delete' : 'restore',
    changed.map((recordId) => ({ recordId })),
    options.now,
  )
  return changed
}
