import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { RecordValues } from '#backend/modules/crm/index.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { OutgoingWrite } from '../mapping/index.ts'
import { companionsOf, isSameValue, toFields, without } from './compare-values.ts'
import type { ColumnValues } from './outbox-row.ts'

/** By field what Insightly holds in its stead, once a row has told. */
type Kept = Record<string, { there?: unknown }>

/** Fields of a write that has been sent which have no place there, with columns that go with them. */
export function fieldsThatStay({ keptHere, waitsFor }: OutgoingWrite, values: ColumnValues): string[] {
  const absent = new Set(waitsFor.map(({ recordId }) => recordId))
  const referring = Object.entries(values).flatMap(([field, value]) => (typeof value === 'string' && absent.has(value) ? [field] : []))
  return [...new Set([...keptHere, ...referring].flatMap(companionsOf))]
}

/** The value here has no place there and stays; what Insightly puts in its stead is not taken until somebody changes it there. */
export async function keepFields(tx: Transaction, entity: EntityName, recordId: string, fields: readonly string[]): Promise<void> {
  if (fields.length === 0) return
  await tx.query(sql`
    update insightly_records set kept = kept || ${JSON.stringify(Object.fromEntries(fields.map((field) => [field, {}])))}::jsonb
    where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${recordId}`)
}

/** Fields of a record that were not sent. */
export async function readKept(tx: Transaction, entity: EntityName, recordId: string): Promise<ReadonlySet<string>> {
  const [row] = await tx.query<{ kept: Kept }>(
    sql`select kept from insightly_records where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${recordId}`,
  )
  return new Set(Object.keys(row?.kept ?? {}))
}

/** Takes out of what rows of Insightly say those fields that stay as they are here. */
export async function withoutKept(
  tx: Transaction,
  entity: EntityName,
  records: readonly { recordId: string; values: RecordValues }[],
): Promise<Map<string, RecordValues>> {
  const rows = await tx.query<{ recordId: string; kept: Kept }>(sql`
    select record_id as "recordId", kept from insightly_records where workspace_id = ${tx.workspaceId} and entity = ${entity} and kept <> '{}'
      and record_id = any(${sql.param(records.map(({ recordId }) => recordId))}::uuid[])`)
  const left = new Map<string, RecordValues>()
  for (const { recordId, kept } of rows) {
    const values = records.find((record) => record.recordId === recordId)?.values
    if (values === undefined) continue
    const remote = toFields(values)
    const staying: Kept = {}
    for (const [field, known] of Object.entries(kept)) {
      const there = remote.get(field) ?? null
      if (!('there' in known) || isSameValue(entity, field, known.there, there)) staying[field] = { there }
    }
    left.set(recordId, without(values, new Set(Object.keys(staying).flatMap(companionsOf))))
    if (JSON.stringify(staying) !== JSON.stringify(kept))
      await tx.query(sql`
        update insightly_records set kept = ${JSON.stringify(staying)}::jsonb where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${recordId}`)
  }
  return left
}
