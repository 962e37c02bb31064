import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities, importColumns } from '#contracts/entities.ts'
import type { OrderLine } from '../records/orders.ts'
import { type RecordJson, readRecords } from '../records/record-reader.ts'
import { readRelatedNames } from '../records/related-names.ts'
import { namedFields } from '../records/resolve-named.ts'
import { tableOf } from '../records/storage.ts'

/** One exported row by column; custom fields under `custom.<key>`, lists as arrays. */
export type ExportRow = Record<string, unknown>

/** The next records after `last` in order of creation, as rows that an import reads back; orders a row a line. */
export async function readExportPage(
  tx: Transaction,
  entity: EntityName,
  last: string | undefined,
  limit: number,
): Promise<{ rows: ExportRow[]; last: string | undefined }> {
  const found = await tx.query<{ id: string }>(sql`
    select id from ${tableOf(entity)} where workspace_id = ${tx.workspaceId} and deleted_at is null ${last === undefined ? sql`` : sql`and id > ${last}`} order by id limit ${limit}`)
  const ids = found.map(({ id }) => id)
  return { rows: await exportRowsOf(tx, entity, await readRecords(tx, entity, ids)), last: ids.length < limit ? undefined : ids.at(-1) }
}

/** Records as rows that an import reads back; orders a row a line. */
export async function exportRowsOf(tx: Transaction, entity: EntityName, records: readonly RecordJson[]): Promise<ExportRow[]> {
  const rows = entity === 'orders' ? await orderRows(tx, records) : records.map((record) => rowOf(entity, record))
  if (entities[entity].fields.related_type !== undefined) await nameRelated(tx, records, rows)
  await nameReferencesUniquely(tx, entity, records, rows)
  for (const field of namedFields[entity] ?? []) await nameByIdWhereShared(tx, entity, field, records, rows)
  return rows
}

function rowOf(entity: EntityName, record: RecordJson): ExportRow {
  const row: ExportRow = {}
  for (const column of importColumns(entity)) row[column] = record[column] ?? null
  for (const [key, value] of Object.entries((record.custom ?? {}) as Record<string, unknown>)) row[`custom.${key}`] = value
  row.id = record.id
  return row
}

/** A related record is named by its external id, or by its own where it has none. */
async function nameRelated(tx: Transaction, records: readonly RecordJson[], rows: readonly ExportRow[]): Promise<void> {
  const names = await readRelatedNames(tx, records)
  records.forEach((record, index) => {
    const row = rows[index] as ExportRow
    const id = record.related_id as string
    row.related_external_id = names.has(id) ? (names.get(id) ?? id) : null
    if (row.related_external_id === null) row.related_type = null
  })
}

/** An owner or author whose name somebody else shares is named by e-mail, so that the file means the same person. */
async function nameReferencesUniquely(tx: Transaction, entity: EntityName, records: readonly RecordJson[], rows: readonly ExportRow[]): Promise<void> {
  const column = entities[entity].fields.owner !== undefined ? 'owner' : entities[entity].fields.author !== undefined ? 'author' : undefined
  if (column === undefined) return
  const shared = await tx.query<{ id: string; email: string }>(sql`
    select u.id, u.email from users u where u.workspace_id = ${tx.workspaceId} and u.email is not null
      and exists (select 1 from users o where o.workspace_id = u.workspace_id and lower(o.name) = lower(u.name) and o.id <> u.id)`)
  if (shared.length === 0) return
  const emails = new Map(shared.map(({ id, email }) => [id, email]))
  records.forEach((record, index) => {
    const email = emails.get(record[`${column}_id`] as string)
    if (email !== undefined) (rows[index] as ExportRow)[column] = email
  })
}

/** A quote or deal whose name another one has is named by its own id, so that the file means the same one. */
async function nameByIdWhereShared(
  tx: Transaction,
  entity: EntityName,
  name: string,
  records: readonly RecordJson[],
  rows: readonly ExportRow[],
): Promise<void> {
  const field = entities[entity].fields[name]
  if (field?.entity === undefined || field.column === undefined) return
  const column = field.column
  const { table, labelField } = entities[field.entity]
  const ids = [...new Set(records.flatMap((record) => (typeof record[column] === 'string' ? [record[column] as string] : [])))]
  if (ids.length === 0) return
  const shared = await tx.query<{ id: string }>(sql`
    select t.id from ${sql.identifier(table)} t where t.workspace_id = ${tx.workspaceId} and t.id = any(${sql.param(ids)}::uuid[])
      and exists (select 1 from search_documents a join search_documents b on b.workspace_id = a.workspace_id and b.entity = a.entity and b.label_norm = a.label_norm and b.record_id <> a.record_id
        where a.workspace_id = t.workspace_id and a.entity = ${field.entity} and a.record_id = t.id)
      or t.workspace_id = ${tx.workspaceId} and t.id = any(${sql.param(ids)}::uuid[]) and t.${sql.identifier(labelField)} is null`)
  const unsure = new Set(shared.map(({ id }) => id))
  records.forEach((record, index) => {
    if (unsure.has(record[column] as string)) (rows[index] as ExportRow)[name] = record[column]
  })
}

async function orderRows(tx: Transaction, records: readonly RecordJson[]): Promise<ExportRow[]> {
  if (records.length === 0) return []
  const ids = sql.param(records.map(({ id }) => id))
  const lines = await tx.query<OrderLine & { order: string } & Record<string, unknown>>(sql`
    select order_ref as "order", sku, description, trim_scale(quantity)::text as quantity, trim_scale(unit_price)::text as unit_price from order_lines
    where workspace_id = ${tx.workspaceId} and order_ref = any(${ids}::uuid[]) and deleted_at is null order by order_ref, position`)
  const customers = await tx.query<{ id: string; customer: string }>(sql`
    select o.id, coalesce(c.external_id, c.email, g.external_id, g.domain, o.customer) as customer from orders o
    left join contacts c on c.workspace_id = o.workspace_id and c.id = o.contact_id
    left join organisations g on g.workspace_id = o.workspace_id and g.id = o.organisation_id and o.contact_id is null
    where o.workspace_id = ${tx.workspaceId} and o.id = any(${ids}::uuid[])`)
  const customerOf = new Map(customers.map(({ id, customer }) => [id, customer]))
  const linesOf = Map.groupBy(lines, ({ order }) => order)
  return records.flatMap((record) => {
    const base = { ...rowOf('orders', record), customer: customerOf.get(record.id) ?? record.customer }
    const own = linesOf.get(record.id) ?? []
    return own.length === 0 ? [base] : own.map(({ sku, description, quantity, unit_price }) => ({ ...base, sku, description, quantity, unit_price }))
  })
}
