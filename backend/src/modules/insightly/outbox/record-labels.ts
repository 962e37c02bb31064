import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities } from '#contracts/entities.ts'

/** What these records are called, also those that were deleted; by `<entity> <id>`. */
export async function readLabels(tx: Transaction, records: readonly { entity: EntityName; recordId: string }[]): Promise<Map<string, string>> {
  const labels = new Map<string, string>()
  for (const entity of new Set(records.map((record) => record.entity))) {
    const { table, labelField, fields } = entities[entity]
    const ids = records.flatMap((record) => (record.entity === entity ? [record.recordId] : []))
    // A person without a name is known by the address, a note without a title by how it begins.
    const other = fields.email === undefined ? (fields.body === undefined ? sql`null` : sql`left(body, 80)`) : sql`email`
    const rows = await tx.query<{ id: string; label: string | null }>(sql`
      select id, coalesce(nullif(${sql.identifier(fields[labelField]?.column ?? labelField)}, ''), ${other}) as label from ${sql.identifier(table)}
      where workspace_id = ${tx.workspaceId} and id = any(${sql.param(ids)}::uuid[])`)
    for (const { id, label } of rows) if (label !== null) labels.set(`${entity} ${id}`, label)
  }
  return labels
}
