import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities, entityNames } from '#contracts/entities.ts'
import { tableOf } from './storage.ts'

/** Records that other live records point to. */
export async function usedByOthers(tx: Transaction, entity: EntityName, ids: readonly string[]): Promise<Set<string>> {
  const used = new Set<string>()
  const wanted = sql.param([...ids])
  for (const name of entityNames) {
    const other = entities[name]
    if (!other.record) continue
    const columns = new Set(
      Object.values(other.fields).flatMap((field) =>
        field.type === 'reference' && field.entity === entity && field.column !== undefined ? [field.column] : [],
      ),
    )
    for (const column of columns) {
      const rows = await tx.query<{ id: string }>(sql`
        select distinct ${sql.identifier(column)} as id from ${tableOf(name)}
        where workspace_id = ${tx.workspaceId} and ${sql.identifier(column)} = any(${wanted}::uuid[]) and deleted_at is null`)
      for (const { id } of rows) used.add(id)
    }
    if (other.fields.related_id === undefined) continue
    const rows = await tx.query<{ id: string }>(sql`
      select distinct related_id as id from ${tableOf(name)}
      where workspace_id = ${tx.workspaceId} and related_id = any(${wanted}::uuid[]) and related_type = ${entities[entity].singular} and deleted_at is null`)
    for (const { id } of rows) used.add(id)
  }
  return used
}
