import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { CustomFieldDefinition, EntityName } from '#contracts/entities.ts'

/** The workspace's own fields, of one entity or of all, in order of creation. */
export async function listCustomFields(tx: Transaction, entity?: EntityName): Promise<CustomFieldDefinition[]> {
  return tx.query<CustomFieldDefinition & Record<string, unknown>>(sql`
    select entity, key, label, type, choices from custom_fields
    where workspace_id = ${tx.workspaceId} ${entity === undefined ? sql`` : sql`and entity = ${entity}`}
    order by created_at, key`)
}

/** Adds a field where its key is new; an existing definition stays as it is. */
export async function ensureCustomField(tx: Transaction, field: CustomFieldDefinition): Promise<void> {
  await tx.query(sql`
    insert into custom_fields (workspace_id, entity, key, label, type, choices)
    values (${tx.workspaceId}, ${field.entity}, ${field.key}, ${field.label}, ${field.type}, ${sql.param([...field.choices])})
    on conflict do nothing`)
}
