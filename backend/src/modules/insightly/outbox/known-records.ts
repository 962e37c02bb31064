import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { EntityName } from '#contracts/entities.ts'

/** Insightly's id of a record of ours; undefined when it is not there, or no longer. */
export async function findInsightlyId(tx: Transaction, entity: EntityName, recordId: string): Promise<number | undefined> {
  const [row] = await tx.query<{ id: number }>(sql`
    select insightly_id as id from insightly_records
    where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${recordId} and not gone`)
  return row?.id
}

/** Our record of one of Insightly's. */
export async function findOwner(tx: Transaction, entity: EntityName, insightlyId: number): Promise<string | undefined> {
  const [row] = await tx.query<{ recordId: string }>(
    sql`select record_id as "recordId" from insightly_records where workspace_id = ${tx.workspaceId} and entity = ${entity} and insightly_id = ${insightlyId}`,
  )
  return row?.recordId
}

/** Notes which record a new one there is; false when either of the two is known as another already. */
export async function claimInsightlyId(tx: Transaction, entity: EntityName, insightlyId: number, recordId: string): Promise<boolean> {
  const rows = await tx.query(sql`
    insert into insightly_records (workspace_id, entity, insightly_id, record_id)
    values (${tx.workspaceId}, ${entity}, ${insightlyId}, ${recordId}) on conflict do nothing returning insightly_id`)
  return rows.length > 0
}

/** Forgets what a record is there. */
export async function forgetInsightlyId(tx: Transaction, entity: EntityName, recordId: string): Promise<void> {
  await tx.query(sql`delete from insightly_records where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${recordId}`)
}

/** When Insightly changed a record, as it was last copied; null when nothing has been copied of it. */
export async function readRemoteTime(tx: Transaction, entity: EntityName, recordId: string): Promise<string | null> {
  const [row] = await tx.query<{ at: string | null }>(
    sql`select remote_updated_at as at from insightly_records where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${recordId}`,
  )
  return row?.at ?? null
}

/** A record that is back here missed what was changed there meanwhile: it is fetched again. */
export async function lookAgain(tx: Transaction, entity: EntityName, recordId: string): Promise<void> {
  await tx.query(sql`
    with known as (update insightly_records set remote_updated_at = null where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${recordId} returning insightly_id)
    insert into insightly_hints (workspace_id, object, insightly_id, at) select ${tx.workspaceId}, ${entity}, insightly_id, clock_timestamp() from known on conflict do nothing`)
}
