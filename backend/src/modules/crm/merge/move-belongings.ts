import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { labelOf } from '../changes/change-texts.ts'
import { getRecord } from '../records/get-record.ts'
import type { RecordValues } from '../records/parse-record.ts'
import { updateRecords } from '../records/record-writer.ts'
import { tableOf } from '../records/storage.ts'
import type { MergeableEntity } from './merge-records.ts'

export interface Move {
  entity: MergeableEntity
  keepId: string
  /** Of the records that become part of the kept one. */
  ids: readonly string[]
}

/** Columns that refer to a record of this kind, by the kind that has them. */
const references: Readonly<Record<MergeableEntity, readonly [EntityName, string][]>> = {
  contacts: [
    ['opportunities', 'contact_id'],
    ['orders', 'contact_id'],
    ['quotes', 'contact_id'],
  ],
  organisations: [
    ['contacts', 'organisation_id'],
    ['opportunities', 'organisation_id'],
    ['orders', 'organisation_id'],
    ['quotes', 'organisation_id'],
  ],
  leads: [],
}
const activities: readonly EntityName[] = ['tasks', 'events', 'notes', 'emails']
const chunkSize = 1000

/** Whatever belongs to the merged records belongs to the kept one, what was deleted softly as well. */
export async function moveBelongings(tx: Transaction, move: Move, now: Date): Promise<void> {
  const { entity, keepId } = move
  for (const [name, column] of references[entity]) {
    const values: RecordValues = { [column]: keepId }
    if (name === 'orders') values.customer = await customerOf(tx, entity, keepId)
    await moveRecords(tx, name, sql`${sql.identifier(column)}`, move, values, now)
    await tx.query(sql`
      update ${tableOf(name)} set ${sql.identifier(column)} = ${keepId}
      where workspace_id = ${tx.workspaceId} and ${sql.identifier(column)} = any(${sql.param([...move.ids])}::uuid[]) and deleted_at is not null`)
    if (name === 'orders') await moveLines(tx, column, move, values.customer as string)
  }
  const type = sql`related_type = ${entities[entity].singular}`
  for (const name of activities) {
    await moveRecords(tx, name, sql`related_id`, move, { related_id: keepId }, now, type)
    await tx.query(sql`
      update ${tableOf(name)} set related_id = ${keepId}
      where workspace_id = ${tx.workspaceId} and ${type} and related_id = any(${sql.param([...move.ids])}::uuid[]) and deleted_at is not null`)
  }
}

async function moveRecords(
  tx: Transaction,
  name: EntityName,
  column: ReturnType<typeof sql>,
  { ids }: Move,
  values: RecordValues,
  now: Date,
  condition = sql`true`,
): Promise<void> {
  const rows = await tx.query<{ id: string }>(sql`
    select id from ${tableOf(name)} where workspace_id = ${tx.workspaceId} and ${column} = any(${sql.param([...ids])}::uuid[]) and ${condition} and deleted_at is null order by id`)
  for (let start = 0; start < rows.length; start += chunkSize) {
    const part = rows.slice(start, start + chunkSize)
    await updateRecords(
      tx,
      name,
      part.map(({ id }) => ({ id, values: { ...values } })),
      { now },
    )
  }
}

/** Lines repeat their order's customer. */
async function moveLines(tx: Transaction, column: string, { keepId, ids }: Move, customer: string): Promise<void> {
  await tx.query(sql`
    update order_lines set ${sql.identifier(column)} = ${keepId}, customer = ${customer}
    where workspace_id = ${tx.workspaceId} and ${sql.identifier(column)} = any(${sql.param([...ids])}::uuid[])`)
}

async function customerOf(tx: Transaction, entity: MergeableEntity, id: string): Promise<string> {
  return labelOf(entity, await getRecord(tx, entity, id))
}
