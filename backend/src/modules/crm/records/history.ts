import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { actorId, actorName } from '#backend/kernel/actor.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { EntityName } from '#contracts/entities.ts'

export interface FieldChange {
  recordId: string
  field: string
  oldValue: unknown
  newValue: unknown
}

export type HistoryOperation = 'create' | 'update' | 'delete' | 'restore'

/** Records who changed what and when; the changes of one call share a change id. */
export async function recordHistory(
  tx: Transaction,
  entity: EntityName,
  operation: HistoryOperation,
  changes: readonly (FieldChange | { recordId: string })[],
  now: Date,
): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map((change) =>
    'field' in change
      ? { record: change.recordId, field: change.field, old: change.oldValue ?? null, new: change.newValue ?? null }
      : { record: change.recordId },
  )
  await tx.query(sql`
    insert into field_history (workspace_id, entity, record_id, operation, field, old_value, new_value, actor_type, actor_id, actor_name, at, change_id)
    select ${tx.workspaceId}, ${entity}, x.record, ${operation}, x.field, x.old, x.new, ${tx.actor.type}, ${actorId(tx.actor)}, ${actorName(tx.actor)}, ${now.toISOString()}, ${newId()}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(record uuid, field text, old jsonb, new jsonb)`)
}
