import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { entities } from '#contracts/entities.ts'
import type { InsightlyRow } from '../client/records.ts'
import { type MirroredEntity, referencesIn, toRecord } from '../mapping/index.ts'
import { loadLists } from '../mirror/lists.ts'
import { loadLookup } from '../mirror/record-ids.ts'
import { isSameValue, toFields } from './compare-values.ts'
import { readKept } from './kept-fields.ts'
import type { ColumnValues } from './outbox-row.ts'

/** Kept by the mirror, or names of what another column refers to. */
const notCompared = new Set([
  'external_id',
  'created_at',
  'updated_at',
  'stage_changed_at',
  'last_contacted_at',
  'organisation',
  'contact',
  'attendees',
  'author_id',
  'owner_id',
])

/** Whether a row of Insightly says something else than the record holds here, deleted or not. */
export async function differsFromHere(tx: Transaction, entity: MirroredEntity, recordId: string, remote: InsightlyRow): Promise<boolean> {
  const [stored] = await tx.query<{ values: ColumnValues }>(
    sql`select to_jsonb(t) as values from ${sql.identifier(entities[entity].table)} t where workspace_id = ${tx.workspaceId} and id = ${recordId}`,
  )
  if (stored === undefined) return false
  const here = toFields(stored.values)
  const kept = await readKept(tx, entity, recordId)
  const { values } = toRecord(entity, remote, await loadLookup(tx, referencesIn(entity, [remote]), await loadLists(tx)))
  // E-mails are never changed.
  return [...toFields(values)].some(
    ([field, there]) =>
      !notCompared.has(field) && !kept.has(field) && here.has(field) && there !== undefined && !isSameValue(entity, field, here.get(field), there),
  )
}
