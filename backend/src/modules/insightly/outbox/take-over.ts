import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { ensureCustomField, updateRecords } from '#backend/modules/crm/index.ts'
import { entities } from '#contracts/entities.ts'
import type { InsightlyRow } from '../client/records.ts'
import { idOf, type MirroredEntity, referencesIn, toRecord } from '../mapping/index.ts'
import { loadLists } from '../mirror/lists.ts'
import { loadLookup } from '../mirror/record-ids.ts'
import { isSameValue, toColumns, toFields } from './compare-values.ts'
import { deliveryStep, stepOf } from './delivery-steps.ts'
import { isFreeExternalId, readValues } from './record-values.ts'

/** Kept by the mirror, or by calls of their own. */
const notDefaults = new Set(['external_id', 'created_at', 'updated_at', 'completed_at', 'stage_changed_at', 'contact', 'organisation'])

/**
 * A record of ours that is there now gets Insightly's id as its external id, and what Insightly filled in by itself, such as a status: else
 * that would look like somebody's change of it there.
 */
export async function takeOver(tx: Transaction, entity: MirroredEntity, recordId: string, row: InsightlyRow, now: Date): Promise<void> {
  // Whoever changes the record now waits, so that each of its changes says what it was before.
  await tx.query(sql`select from ${sql.identifier(entities[entity].table)} where workspace_id = ${tx.workspaceId} and id = ${recordId} for update`)
  const local = await readValues(tx, entity, recordId)
  if (local === undefined) return
  const record = toRecord(entity, row, await loadLookup(tx, referencesIn(entity, [row]), await loadLists(tx)))
  const here = toFields(local)
  const filled = new Map<string, unknown>()
  const isChanged = await hasOpenChanges(tx, entity, recordId)
  for (const [field, value] of toFields(record.values)) {
    if (notDefaults.has(field) || stepOf(field) !== deliveryStep.record || isSameValue(entity, field, value, null)) continue
    if (isChanged) await correctBefore(tx, entity, recordId, field, value)
    if (isSameValue(entity, field, here.get(field), null)) filled.set(field, value)
  }
  for (const field of record.extraFields) if (filled.has(`custom.${field.key}`)) await ensureCustomField(tx, field)
  const id = String(idOf(entity, row))
  const external_id = (await isFreeExternalId(tx, entity, recordId, id)) ? id : `insightly-${id}`
  await updateRecords(tx, entity, [{ id: recordId, values: { ...toColumns(filled), external_id, updated_at: local.updated_at } }], { now, keepsTimes: true })
}

async function hasOpenChanges(tx: Transaction, entity: MirroredEntity, recordId: string): Promise<boolean> {
  const rows = await tx.query(sql`
    select from insightly_outbox where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${recordId}
      and operation = 'update' and status in ('pending', 'failed') limit 1`)
  return rows.length > 0
}

/** Changes that are still to be sent and say that the field was empty before. */
async function correctBefore(tx: Transaction, entity: MirroredEntity, recordId: string, field: string, value: unknown): Promise<void> {
  const path = sql.param(field.startsWith('custom.') ? ['custom', field.slice('custom.'.length)] : [field])
  await tx.query(sql`
    update insightly_outbox set before = jsonb_set(before, ${path}::text[], ${JSON.stringify(value)}::jsonb)
    where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${recordId} and operation = 'update' and status in ('pending', 'failed')
      and after #> ${path}::text[] is not null and coalesce(before #> ${path}::text[], 'null') in ('null', '""', '[]')`)
}
