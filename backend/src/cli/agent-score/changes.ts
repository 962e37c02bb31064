import type { StateRow, WorkspaceState } from './state.ts'

/** A difference between two states, found in the database and not told by what made it. */
export interface FoundChange {
  kind: 'created' | 'updated' | 'deleted'
  /** Name of an entity, `email_outbox` or `record_links`. */
  entity: string
  id: string
  before: StateRow | undefined
  after: StateRow | undefined
  /** Fields that differ. */
  fields: readonly string[]
}

/** Follows from other fields, and is no change by itself. */
const consequences = new Set(['updated_at', 'stage_changed_at', 'created_at'])

export function findChanges(before: WorkspaceState, after: WorkspaceState): FoundChange[] {
  const found: FoundChange[] = []
  for (const [entity, rows] of after.records) {
    const old = before.records.get(entity)
    if (old === rows) continue
    for (const [id, row] of rows) {
      const was = old?.get(id)
      if (was === undefined) found.push({ kind: 'created', entity, id, before: undefined, after: row, fields: differing({}, row) })
      else {
        const fields = differing(was, row)
        if (fields.length > 0) found.push({ kind: 'updated', entity, id, before: was, after: row, fields })
      }
    }
    for (const [id, was] of old ?? []) if (!rows.has(id)) found.push({ kind: 'deleted', entity, id, before: was, after: undefined, fields: [] })
  }
  return found
}

function differing(before: StateRow, after: StateRow): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => !consequences.has(field) && JSON.stringify(before[field] ?? null) !== JSON.stringify(after[field] ?? null),
  )
}
