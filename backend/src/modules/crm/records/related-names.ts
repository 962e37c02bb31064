import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities, entityBySingular } from '#contracts/entities.ts'
import type { RecordJson } from './record-reader.ts'

/** What other systems call the records that these are about, by id; null for one without such a name, nothing for one that is not here. */
export async function readRelatedNames(tx: Transaction, records: readonly RecordJson[]): Promise<Map<string, string | null>> {
  const idsByType = new Map<string, string[]>()
  for (const { related_type: type, related_id: id } of records)
    if (typeof type === 'string' && typeof id === 'string') idsByType.set(type, [...(idsByType.get(type) ?? []), id])
  const parts = [...idsByType].flatMap(([type, ids]) => {
    const target = entityBySingular(type)
    if (target === undefined) return []
    const column = sql.identifier(target.name === 'orders' ? 'order_number' : 'external_id')
    return sql`select id, ${column} as name from ${sql.identifier(target.table)}
      where workspace_id = ${tx.workspaceId} and id = any(${sql.param(ids)}::uuid[]) and deleted_at is null`
  })
  if (parts.length === 0) return new Map()
  const rows = await tx.query<{ id: string; name: string | null }>(sql.join(parts, sql` union all `))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Adds `related_external_id`, by which a file names the record that a task, event, note or e-mail is about. */
export async function nameRelated(tx: Transaction, entity: EntityName, records: readonly RecordJson[]): Promise<void> {
  if (entities[entity].fields.related_id === undefined) return
  const names = await readRelatedNames(tx, records)
  // Whoever may not see what it is about is not told by another name either.
  for (const record of records) if ('related_id' in record) record.related_external_id = names.get(record.related_id as string) ?? null
}
