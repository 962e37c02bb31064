import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type RecordJson, readRecords } from '#backend/modules/crm/index.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { ColumnValues } from './outbox-row.ts'

/** A record by its columns: references as ids, without the names that stand beside them. */
export function toColumnValues(entity: EntityName, record: RecordJson): ColumnValues {
  const { id: _id, ...values }: ColumnValues = { ...record }
  for (const [name, { type, column }] of Object.entries(entities[entity].fields)) if (type === 'reference' && column !== name) delete values[name]
  return values
}

/** What a record holds now; undefined when it was deleted. */
export async function readValues(tx: Transaction, entity: EntityName, recordId: string): Promise<ColumnValues | undefined> {
  const [record] = await readRecords(tx, entity, [recordId])
  return record === undefined ? undefined : toColumnValues(entity, record)
}

/** Whether Insightly's id can be this record's external id: no other record has it. */
export async function isFreeExternalId(tx: Transaction, entity: EntityName, recordId: string, externalId: string): Promise<boolean> {
  const rows = await tx.query(sql`
    select from ${sql.identifier(entities[entity].table)}
    where workspace_id = ${tx.workspaceId} and external_id = ${externalId} and deleted_at is null and id <> ${recordId}`)
  return rows.length === 0
}
