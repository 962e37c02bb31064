import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { newId } from '#backend/kernel/ids.ts'
import type { EntityName } from '#contracts/entities.ts'

export interface NewConflict {
  entity: EntityName
  recordId: string
  /** A column, or `custom.<key>`. */
  field: string
  base: unknown
  local: unknown
  remote: unknown
}

/** Notes that a field was changed on both sides; one that is known already learns what the sides have now. */
export async function saveConflict(tx: Transaction, { entity, recordId, field, base, local, remote }: NewConflict, now: Date): Promise<void> {
  await tx.query(sql`
    insert into insightly_conflicts (workspace_id, id, entity, record_id, field, base, local, remote, detected_at)
    values (${tx.workspaceId}, ${newId()}, ${entity}, ${recordId}, ${field}, ${json(base)}::jsonb, ${json(local)}::jsonb, ${json(remote)}::jsonb, ${now.toISOString()})
    on conflict (workspace_id, entity, record_id, field) where resolved_at is null do update set local = excluded.local, remote = excluded.remote`)
}

/** Both sides have come to say the same by themselves. */
export async function settleConflict(tx: Transaction, entity: EntityName, recordId: string, field: string, now: Date): Promise<void> {
  await tx.query(sql`
    update insightly_conflicts set resolved_at = ${now.toISOString()}, resolved_by = 'both sides agree', keep = 'local'
    where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${recordId} and field = ${field} and resolved_at is null`)
}

export function json(value: unknown): string {
  return JSON.stringify(value ?? null)
}
