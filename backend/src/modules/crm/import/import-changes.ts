import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { FieldChange } from '../records/history.ts'

/** Keeps what an import changed, by record and field: the value before its first change and after its last. */
export async function rememberChanges(tx: Transaction, entity: EntityName, importId: string | undefined, changes: readonly FieldChange[]): Promise<void> {
  if (importId === undefined || changes.length === 0) return
  const byRecord = new Map<string, { record: string; before: Record<string, unknown>; after: Record<string, unknown> }>()
  for (const { recordId, field, oldValue, newValue } of changes) {
    let entry = byRecord.get(recordId)
    if (entry === undefined) {
      entry = { record: recordId, before: {}, after: {} }
      byRecord.set(recordId, entry)
    }
    entry.before[field] = oldValue ?? null
    entry.after[field] = newValue ?? null
  }
  await tx.query(sql`
    insert into import_changes (workspace_id, import_id, entity, record_id, before, after)
    select ${tx.workspaceId}, ${importId}, ${entity}, x.record, x.before, x.after
    from jsonb_to_recordset(${JSON.stringify([...byRecord.values()])}::jsonb) as x(record uuid, before jsonb, after jsonb)
    on conflict (workspace_id, import_id, entity, record_id) do update
    set before = excluded.before || import_changes.before, after = import_changes.after || excluded.after`)
}
