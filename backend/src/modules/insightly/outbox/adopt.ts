import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { InsightlyRow } from '../client/records.ts'
import { idOf, isSameAsSent, type MirroredEntity } from '../mapping/index.ts'
import { claimInsightlyId } from './known-records.ts'
import { type OutboxRow, outboxColumns } from './outbox-row.ts'
import { isOfParent, type SentRecord } from './sent-record.ts'
import { takeOver } from './take-over.ts'

/**
 * Recognises records that were made by us although nobody told us so: rows of Insightly that are what a create sent whose end is not known
 * yet. To be called before unknown rows are inserted.
 * @returns those of the rows that are known by now, also by somebody else's doing, with our id
 */
export async function adoptUncertain(tx: Transaction, entity: MirroredEntity, rows: readonly InsightlyRow[]): Promise<Map<number, string>> {
  if (rows.length === 0) return new Map()
  // `sent` is committed before the call, so whatever can be in these rows is here.
  const creates = await tx.query<OutboxRow & Record<string, unknown>>(sql`
    select ${outboxColumns} from insightly_outbox o
    where o.workspace_id = ${tx.workspaceId} and o.entity = ${entity} and o.operation in ('create', 'restore')
      and o.status in ('pending', 'sending', 'failed') and o.sent is not null
      and not exists (select from insightly_records r where r.workspace_id = o.workspace_id and r.entity = o.entity and r.record_id = o.record_id)
    order by o.id`)
  for (const row of creates.length === 0 ? [] : rows) {
    const at = creates.findIndex(({ sent }) => isSent(entity, sent as unknown as SentRecord, row))
    const create = creates[at]
    if (create === undefined) continue
    creates.splice(at, 1)
    if (await claimInsightlyId(tx, entity, idOf(entity, row), create.recordId)) await takeOver(tx, entity, create.recordId, row, await databaseTime(tx))
  }
  const ids = rows.map((row) => idOf(entity, row))
  const known = await tx.query<{ id: number; recordId: string }>(sql`
    select insightly_id as id, record_id as "recordId" from insightly_records
    where workspace_id = ${tx.workspaceId} and entity = ${entity} and insightly_id = any(${sql.param(ids)}::bigint[])`)
  return new Map(known.map(({ id, recordId }) => [id, recordId]))
}

async function databaseTime(tx: Transaction): Promise<Date> {
  const [row] = await tx.query<{ at: string }>(sql`select clock_timestamp() as at`)
  return new Date(row?.at ?? 0)
}

/** Whether a row is what was sent. */
export function isSent(entity: MirroredEntity, sent: SentRecord, row: InsightlyRow): boolean {
  return isSameAsSent(entity, sent.fields, row) && (sent.parent === null || isOfParent(sent.parent, row))
}
