import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Clock } from '#backend/kernel/clock.ts'
import type { EntityName } from '#contracts/entities.ts'
import type { ImportUndo } from '#contracts/import.ts'
import { deleteRecords } from '../records/deleted-records.ts'
import type { OrderLine } from '../records/orders.ts'
import { replaceOrderLines } from '../records/orders.ts'
import type { RecordValues } from '../records/parse-record.ts'
import { readRecords } from '../records/record-reader.ts'
import { reindexRecords, updateRecords } from '../records/record-writer.ts'
import { tableOf } from '../records/storage.ts'
import { usedByOthers } from '../records/used-records.ts'
import { readLines, repeatOrderOnLines } from './import-orders.ts'
import { markUndone } from './imports.repository.ts'
import type { Transact } from './run-batches.ts'

/** Those that refer to others first, so that what only they used is free when its turn comes. */
const undoOrder: readonly EntityName[] = [
  'emails',
  'notes',
  'events',
  'tasks',
  'orders',
  'quote_lines',
  'quotes',
  'opportunities',
  'leads',
  'products',
  'contacts',
  'organisations',
]
const chunkSize = 1000
const maxKept = 1000

/** What an undo leaves as it is: all of it counted, the first of it named. */
interface Kept {
  named: ImportUndo['kept']
  count: number
}

function keep(kept: Kept, record: ImportUndo['kept'][number]): void {
  kept.count++
  if (kept.named.length < maxKept) kept.named.push(record)
}

/**
 * Removes what the import created and gives back the values it changed, except where somebody has changed or used them since. Each
 * step is safe to repeat, so an undo that was interrupted is finished by asking again. Users, tags, pipelines, stages and custom
 * fields stay.
 */
export async function undoImport(transact: Transact, importId: string, clock: Clock): Promise<ImportUndo> {
  const kept: Kept = { named: [], count: 0 }
  let removed = 0
  let restored = 0
  for (const entity of undoOrder) {
    for (let last: string | undefined; ; ) {
      const page: { ids: string[]; removed: number } = await transact((tx) => removeCreated(tx, entity, importId, last, clock.now(), kept))
      removed += page.removed
      last = page.ids.at(-1)
      if (page.ids.length < chunkSize) break
    }
    for (let last: string | undefined; ; ) {
      const page: { ids: string[]; restored: number } = await transact((tx) => restoreChanged(tx, entity, importId, last, clock.now(), kept))
      restored += page.restored
      last = page.ids.at(-1)
      if (page.ids.length < chunkSize) break
    }
  }
  await transact((tx) => markUndone(tx, importId, clock.now()))
  return { importId, removed, restored, kept: kept.named, keptCount: kept.count }
}

async function removeCreated(
  tx: Transaction,
  entity: EntityName,
  importId: string,
  after: string | undefined,
  now: Date,
  kept: Kept,
): Promise<{ ids: string[]; removed: number }> {
  const rows = await tx.query<{ id: string }>(sql`
    select id from ${tableOf(entity)} where workspace_id = ${tx.workspaceId} and import_id = ${importId} and deleted_at is null
      ${after === undefined ? sql`` : sql`and id > ${after}`} order by id limit ${chunkSize} for update`)
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return { ids, removed: 0 }
  const changed = await changedSince(tx, entity, importId, ids)
  const used = await usedByOthers(tx, entity, ids)
  for (const id of ids) {
    if (changed.has(id)) keep(kept, { entity, id, reason: 'Somebody has changed it since the import.' })
    else if (used.has(id)) keep(kept, { entity, id, reason: 'Other records refer to it.' })
  }
  const removable = ids.filter((id) => !changed.has(id) && !used.has(id))
  return { ids, removed: (await deleteRecords(tx, entity, removable, { now })).length }
}

/**
 * Records that hold something else than the import left, by their history. What was changed and changed back does not count, nor what another
 * system filled in where nothing was.
 */
async function changedSince(tx: Transaction, entity: EntityName, importId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(sql`
    select distinct id from (
      select h.record_id as id, h.field, (array_agg(h.old_value order by h.id))[1] as first, (array_agg(h.new_value order by h.id desc))[1] as last
      from field_history h
      left join import_changes c on c.workspace_id = h.workspace_id and c.import_id = ${importId} and c.entity = h.entity and c.record_id = h.record_id
      where h.workspace_id = ${tx.workspaceId} and h.entity = ${entity} and h.record_id = any(${sql.param([...ids])}::uuid[])
        and h.operation = 'update' and not (h.actor_type = 'system' and h.old_value = 'null') and (c.after -> h.field) is distinct from coalesce(h.new_value, 'null'::jsonb)
      group by h.record_id, h.field) changes
    where first is distinct from last`)
  return new Set(rows.map(({ id }) => id))
}

interface ChangeRow extends Record<string, unknown> {
  id: string
  before: Record<string, unknown>
  after: Record<string, unknown>
}

async function restoreChanged(
  tx: Transaction,
  entity: EntityName,
  importId: string,
  after: string | undefined,
  now: Date,
  kept: Kept,
): Promise<{ ids: string[]; restored: number }> {
  const rows = await tx.query<ChangeRow>(sql`
    select c.record_id as id, c.before, c.after from import_changes c join ${tableOf(entity)} t on t.workspace_id = c.workspace_id and t.id = c.record_id
    where c.workspace_id = ${tx.workspaceId} and c.import_id = ${importId} and c.entity = ${entity} and t.import_id is distinct from c.import_id
      ${after === undefined ? sql`` : sql`and c.record_id > ${after}`} order by c.record_id limit ${chunkSize}`)
  const ids = rows.map(({ id }) => id)
  const current = new Map((await readRecords(tx, entity, ids)).map((record) => [record.id, record]))
  const lines = entity === 'orders' ? await readLines(tx, ids) : new Map<string, OrderLine[]>()
  const updates: { id: string; values: RecordValues }[] = []
  const orders: { orderId: string; lines: OrderLine[] }[] = []
  for (const { id, before, after: written } of rows) {
    const record = current.get(id)
    if (record === undefined) {
      keep(kept, { entity, id, reason: 'Somebody has deleted it since the import.' })
      continue
    }
    const now = (field: string) =>
      field === 'lines' ? (lines.get(id) ?? []) : field.startsWith('custom.') ? (record.custom as Record<string, unknown>)?.[field.slice(7)] : record[field]
    const values: RecordValues = {}
    const conflicts: string[] = []
    for (const [field, old] of Object.entries(before)) {
      if (isSame(now(field), old)) continue
      if (!isSame(now(field), written[field])) conflicts.push(field)
      else if (field === 'lines') orders.push({ orderId: id, lines: old as OrderLine[] })
      else if (field.startsWith('custom.')) values.custom = { ...values.custom, [field.slice(7)]: old }
      else values[field] = old
    }
    if (conflicts.length > 0) keep(kept, { entity, id, reason: `Somebody has changed ${conflicts.join(', ')} since the import.` })
    if (Object.keys(values).length > 0) updates.push({ id, values })
  }
  const changes = await updateRecords(tx, entity, updates, { now })
  await replaceOrderLines(tx, orders, { now })
  const restored = new Set([...changes.map(({ recordId }) => recordId), ...orders.map(({ orderId }) => orderId)])
  if (entity === 'orders') await repeatOrderOnLines(tx, [...restored])
  // The names of references came back by id alone; search shows them by name.
  await reindexRecords(tx, entity, [...restored])
  return { ids, restored: restored.size }
}

function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  if (typeof value === 'string' && /^-?\d+\.\d+$/.test(value)) return JSON.stringify(value.replace(/\.?0+$/, ''))
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([key, item]) => `${key}:${canonical(item)}`)
      .join()}}`
  return JSON.stringify(value ?? null)
}
