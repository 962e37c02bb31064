import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { arrayLiteral } from '#backend/kernel/array-literal.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { distinctTexts, type PendingRecord } from './pending-record.ts'

/** Columns by which a record is named where another refers to it, the surest first; its name comes after them. */
const keys: Partial<Record<EntityName, readonly string[]>> = {
  opportunities: ['external_id'],
  quotes: ['external_id', 'quote_number'],
  products: ['sku', 'external_id'],
}

/** Fields of these kinds whose references are found by number or name and never made along the way. */
export const namedFields: Partial<Record<EntityName, readonly string[]>> = { quotes: ['opportunity'], quote_lines: ['quote', 'product'] }

/** Turns the names of opportunities, quotes and products in these records into ids; what is not here, or is there twice, is an error. */
export async function resolveNamed(tx: Transaction, entity: EntityName, records: readonly PendingRecord[]): Promise<void> {
  for (const name of namedFields[entity] ?? []) {
    const field = entities[entity].fields[name]
    if (field?.entity === undefined || field.column === undefined) continue
    const ids = await findNamed(tx, field.entity, distinctTexts(records, name))
    for (const record of records) {
      const given = record.values[name]
      if (given === null) record.values[field.column] = null
      if (typeof given !== 'string') continue
      const found = ids.get(given) ?? []
      if (found.length === 1) record.values[field.column] = found[0]
      else record.errors.push({ field: name, message: problemOf(field.entity, given, found.length) })
    }
  }
}

function problemOf(entity: EntityName, given: string, count: number): string {
  const { singular, labelPlural } = entities[entity]
  return count === 0
    ? `There is no ${singular} "${given}". Import it first.`
    : `${labelPlural} of the name "${given}" are here ${count} times. Say which one by its number or external id.`
}

/** By each text the records that it names. */
async function findNamed(tx: Transaction, entity: EntityName, texts: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  const { table, labelField } = entities[entity]
  // Our exports name a record by its own id where others share its name.
  for (const column of ['id', ...(keys[entity] ?? [])]) {
    const open = texts.filter((text) => !found.has(text) && (column !== 'id' || isUuid(text)))
    if (open.length === 0) continue
    const type = sql.raw(column === 'id' ? 'uuid' : 'text')
    const rows = await tx.query<{ key: string; id: string }>(sql`
      select ${sql.identifier(column)}::text as key, id from ${sql.identifier(table)}
      where workspace_id = ${tx.workspaceId} and ${sql.identifier(column)} = any(${arrayLiteral(open)}::${type}[]) and deleted_at is null`)
    for (const { key, id } of rows) found.set(key, [...(found.get(key) ?? []), id])
  }
  const open = texts.filter((text) => !found.has(text))
  if (open.length === 0) return found
  // Search keeps the name of every record, folded and indexed.
  const rows = await tx.query<{ norm: string; id: string }>(sql`
    select d.label_norm as norm, t.id from search_documents d join ${sql.identifier(table)} t on t.workspace_id = d.workspace_id and t.id = d.record_id
    where d.workspace_id = ${tx.workspaceId} and d.entity = ${entity} and d.label_norm = any(${arrayLiteral(open.map(fold))}::text[])
      and fold(t.${sql.identifier(labelField)}) = d.label_norm and t.deleted_at is null`)
  const byNorm = Map.groupBy(rows, ({ norm }) => norm)
  for (const text of open) {
    const ids = byNorm.get(fold(text))?.map(({ id }) => id)
    if (ids !== undefined) found.set(text, ids)
  }
  return found
}
