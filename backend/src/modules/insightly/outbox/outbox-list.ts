import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { AppError } from '#backend/kernel/errors.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import type { OutboxItem, OutboxPage, OutboxQuery, SyncConflict, SyncConflictsQuery } from '#contracts/outbox.ts'
import { isSameValue, toFields } from './compare-values.ts'
import { deletedThere } from './deliver-update.ts'
import { type OutboxRow, outboxColumns } from './outbox-row.ts'
import { readLabels } from './record-labels.ts'

type ListedRow = OutboxRow & Pick<OutboxItem, 'error' | 'madeBy' | 'madeAt'> & Record<string, unknown>

const behindFailed = 'It waits for the change before it of the same record, which Insightly refused: send that one again, or drop it.'

/** A page of what is on its way, the oldest first; of what has ended the newest first. */
export async function readOutboxPage(tx: Transaction, { limit, cursor, status }: OutboxQuery): Promise<OutboxPage> {
  const [counts = { pending: 0, sending: 0, failed: 0, listed: 0 }] = await tx.query<OutboxPage['counts'] & { listed: number }>(sql`
    select count(*) filter (where status = 'pending') as pending, count(*) filter (where status = 'sending') as sending,
      count(*) filter (where status = 'failed') as failed, count(*) as listed
    from insightly_outbox where workspace_id = ${tx.workspaceId} and status in ('pending', 'sending', 'failed')`)
  const isEnded = status === 'done' || status === 'dropped'
  const rows = await readItems(
    tx,
    sql`${status === undefined ? sql`o.status in ('pending', 'sending', 'failed')` : sql`o.status = ${status}`}
      ${cursor === undefined ? sql`` : sql`and o.id ${isEnded ? sql`<` : sql`>`} ${placeOf(cursor)}`}
      order by o.id ${isEnded ? sql`desc` : sql``} limit ${limit + 1}`,
  )
  const items = rows.slice(0, limit)
  const { listed, ...open } = counts
  const total = status === undefined ? listed : isEnded ? null : open[status]
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null, total, counts: open }
}

/** One change, whatever became of it. */
export async function findOutboxItem(tx: Transaction, id: string): Promise<OutboxItem | undefined> {
  if (!/^\d{1,15}$/.test(id)) return undefined
  return (await readItems(tx, sql`o.id = ${Number(id)}`))[0]
}

async function readItems(tx: Transaction, condition: ReturnType<typeof sql>): Promise<OutboxItem[]> {
  const rows = await tx.query<ListedRow>(sql`
    select ${outboxColumns}, coalesce(o.error, case when o.status = 'pending' and exists (select from insightly_outbox f
        where f.workspace_id = o.workspace_id and f.entity = o.entity and f.record_id = o.record_id and f.id < o.id and f.status = 'failed')
      then ${behindFailed} end) as error, u.name as "madeBy", o.made_at as "madeAt" from insightly_outbox o
    left join users u on u.workspace_id = o.workspace_id and u.id = o.made_by
    where o.workspace_id = ${tx.workspaceId} and ${condition}`)
  const labels = await readLabels(tx, rows)
  return rows.map((row) => ({
    id: String(row.id),
    entity: row.entity,
    recordId: row.recordId,
    label: labels.get(`${row.entity} ${row.recordId}`) ?? null,
    operation: row.operation,
    fields: row.operation === 'update' ? changedFields(row) : [],
    status: row.status,
    attempts: row.attempts,
    error: row.error,
    canRestore: row.status === 'failed' && row.operation === 'update' && row.error?.startsWith(deletedThere) === true,
    madeBy: row.madeBy,
    madeAt: row.madeAt,
  }))
}

function changedFields({ entity, before, after }: OutboxRow): string[] {
  const [was, is] = [toFields(before), toFields(after)]
  return [...new Set([...was.keys(), ...is.keys()])].filter((field) => !isSameValue(entity, field, was.get(field), is.get(field)))
}

function placeOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor)
  throw wrongCursor()
}

function wrongCursor(): AppError {
  return new AppError('VALIDATION', 'This cursor is not one of ours; start again without it.', { details: [{ field: 'cursor', message: 'is not valid' }] })
}

/** A page of the fields that were changed on both sides, the newest first. */
export async function readConflictsPage(tx: Transaction, { limit, cursor, state }: SyncConflictsQuery) {
  if (cursor !== undefined && !isUuid(cursor)) throw wrongCursor()
  const isOpen = state === 'open' ? sql`resolved_at is null` : sql`resolved_at is not null`
  const [count] = await tx.query<{ total: number }>(sql`select count(*) as total from insightly_conflicts where workspace_id = ${tx.workspaceId} and ${isOpen}`)
  const rows = await readConflicts(tx, sql`${isOpen} ${cursor === undefined ? sql`` : sql`and id::text < ${cursor}`} order by id desc limit ${limit + 1}`)
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null, total: count?.total ?? 0 }
}

export async function readConflicts(tx: Transaction, condition: ReturnType<typeof sql>): Promise<SyncConflict[]> {
  const rows = await tx.query<Omit<SyncConflict, 'label'> & Record<string, unknown>>(sql`
    select id, entity, record_id as "recordId", field, base, local, remote, detected_at as "detectedAt", resolved_at as "resolvedAt",
      resolved_by as "resolvedBy", keep
    from insightly_conflicts where workspace_id = ${tx.workspaceId} and ${condition}`)
  const labels = await readLabels(tx, rows as SyncConflict[])
  return rows.map((row) => ({ ...(row as Omit<SyncConflict, 'label'>), label: labels.get(`${row.entity} ${row.recordId}`) ?? null }))
}
