import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { EntityName } from '#contracts/entities.ts'
import { type OutboxRow, outboxColumns } from './outbox-row.ts'
import type { SentRecord } from './sent-record.ts'

const earlier = sql`from insightly_outbox e where e.workspace_id = o.workspace_id and e.entity = o.entity and e.record_id = o.record_id and e.id < o.id`
/**
 * The oldest open change of its record. What comes after a change that failed waits for a person to decide about it, but for a deletion: that
 * makes what failed, and what waits for it, pointless.
 */
const isFirst = sql`case
  when not exists (select ${earlier} and e.status = 'failed') then not exists (select ${earlier} and e.status in ('pending', 'sending'))
  else o.operation = 'delete' and not exists (select ${earlier} and (e.status = 'sending' or e.status = 'pending' and not exists (
    select from insightly_outbox f where f.workspace_id = e.workspace_id and f.entity = e.entity and f.record_id = e.record_id and f.id < e.id and f.status = 'failed')))
  end`
const isDue = sql`o.status in ('pending', 'sending') and (o.not_before is null or o.not_before <= clock_timestamp())`

export async function findDue(tx: Transaction, except: readonly number[], limit: number): Promise<OutboxRow[]> {
  return tx.query<OutboxRow & Record<string, unknown>>(sql`
    select ${outboxColumns} from insightly_outbox o
    where o.workspace_id = ${tx.workspaceId} and ${isDue} and o.id <> all(${sql.param([...except])}::bigint[]) and ${isFirst}
    order by o.id limit ${limit}`)
}

/** Committed before a call is made, so that whoever comes after a crash knows that it may have been. False when the change was taken back meanwhile. */
export async function markSending(tx: Transaction, id: number): Promise<boolean> {
  const rows = await tx.query(sql`
    update insightly_outbox set status = 'sending', attempts = attempts + 1, first_sent_at = coalesce(first_sent_at, clock_timestamp()), not_before = null, error = null
    where workspace_id = ${tx.workspaceId} and id = ${id} and status in ('pending', 'sending') returning id`)
  return rows.length > 0
}

/** What a create is about to send; for so long nobody else looks whether it arrived. */
export async function markSent(tx: Transaction, id: number, sent: SentRecord, settleMs: number): Promise<void> {
  await tx.query(sql`
    update insightly_outbox set sent = ${JSON.stringify(sent)}::jsonb, not_before = clock_timestamp() + ${settleMs} * interval '1 ms'
    where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

/** A create that certainly was not done. */
export async function markUnsent(tx: Transaction, id: number): Promise<void> {
  await tx.query(sql`update insightly_outbox set sent = null where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

/** A call was answered: it is not made again. */
export async function markStep(tx: Transaction, id: number, step: number): Promise<void> {
  await tx.query(sql`
    update insightly_outbox set steps_done = greatest(steps_done, ${step}), not_before = null where workspace_id = ${tx.workspaceId} and id = ${id}`)
}

export interface Ending {
  status: 'done' | 'failed' | 'dropped'
  /** Why it failed, or what is to be known of it. */
  note?: string | undefined
}

export async function endRow(tx: Transaction, id: number, { status, note }: Ending): Promise<void> {
  await tx.query(sql`
    update insightly_outbox set status = ${status}, error = ${note ?? null}, not_before = null,
      ended_at = ${status === 'failed' ? sql`null` : sql`clock_timestamp()`}, sent = ${status === 'failed' ? sql`sent` : sql`null`}
    where workspace_id = ${tx.workspaceId} and id = ${id} and status in ('pending', 'sending')`)
}

/** What was still to be sent of a record that is deleted there by now. */
export async function dropEarlier(tx: Transaction, { id, entity, recordId }: OutboxRow): Promise<void> {
  await tx.query(sql`
    update insightly_outbox set status = 'dropped', error = 'The record was deleted meanwhile.', not_before = null, ended_at = clock_timestamp()
    where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = ${recordId} and id < ${id} and status in ('pending', 'failed')`)
}

/** Tries again later. */
export async function postponeRows(tx: Transaction, ids: readonly number[], delayMs: number, why?: string | undefined): Promise<void> {
  await tx.query(sql`
    update insightly_outbox set status = 'pending', not_before = clock_timestamp() + ${Math.round(delayMs)} * interval '1 ms', error = ${why ?? null}
    where workspace_id = ${tx.workspaceId} and id = any(${sql.param([...ids])}::bigint[]) and status in ('pending', 'sending')`)
}

/** How it stands with records that are not there yet: `open` are on their way, `failed` were refused. */
export async function readOpenCreates(tx: Transaction, recordIds: readonly string[]): Promise<Map<string, 'open' | 'failed'>> {
  if (recordIds.length === 0) return new Map()
  const rows = await tx.query<{ entity: EntityName; recordId: string; isFailed: boolean }>(sql`
    select entity, record_id as "recordId", bool_or(status = 'failed') as "isFailed" from insightly_outbox
    where workspace_id = ${tx.workspaceId} and record_id = any(${sql.param([...recordIds])}::uuid[])
      and operation in ('create', 'restore') and status in ('pending', 'sending', 'failed') group by entity, record_id`)
  return new Map(rows.map(({ entity, recordId, isFailed }) => [`${entity} ${recordId}`, isFailed ? 'failed' : 'open']))
}

const keptMs = 7 * 86_400_000

/** Changes that ended a week ago are not listed any more. @returns how many were removed */
export async function removeEnded(tx: Transaction): Promise<number> {
  const rows = await tx.query(sql`
    delete from insightly_outbox where workspace_id = ${tx.workspaceId} and status in ('done', 'dropped')
      and ended_at < clock_timestamp() - ${keptMs} * interval '1 ms' returning id`)
  return rows.length
}
