import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { newId } from '#backend/kernel/ids.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { RecordValues } from './parse-record.ts'

/** Days are asked about as times, not as words. */
const datePattern = /^\d{4}-\d{2}-\d{2}$/

/** Adds the distinct values of these records' vocabulary fields and tags, so that a question may name them. */
export async function addVocabulary(tx: Transaction, entity: EntityName, records: readonly RecordValues[]): Promise<void> {
  const distinct = new Map<string, { field: string; value: string }>()
  const tags = new Set<string>()
  const add = (field: string, value: unknown) => {
    if (typeof value === 'string' && value !== '' && value.length <= 200) distinct.set(`${field}\n${value}`, { field, value })
    else if (Array.isArray(value)) for (const item of value) add(field, item)
  }
  const fields = Object.entries(entities[entity].fields).filter(([, field]) => field.vocabulary)
  for (const values of records) {
    for (const [name, field] of fields) {
      add(name, values[name])
      if (field.type === 'tags' && Array.isArray(values[name])) for (const tag of values[name]) tags.add(tag as string)
    }
    for (const [key, value] of Object.entries(values.custom ?? {})) if (typeof value !== 'string' || !datePattern.test(value)) add(`custom.${key}`, value)
  }
  await addTags(tx, tags)
  if (distinct.size === 0) return
  const rows = [...distinct.values()].sort((a, b) => (a.field + a.value < b.field + b.value ? -1 : 1))
  await tx.query(sql`
    insert into field_values (workspace_id, entity, field, value, norm)
    select ${tx.workspaceId}, ${entity}, field, value, norm
    from unnest(${sql.param(rows.map((row) => row.field))}::text[], ${sql.param(rows.map((row) => row.value))}::text[], ${sql.param(rows.map((row) => fold(row.value)))}::text[]) as x(field, value, norm)
    on conflict do nothing`)
}

async function addTags(tx: Transaction, tags: ReadonlySet<string>): Promise<void> {
  if (tags.size === 0) return
  const names = [...tags].sort()
  await tx.query(sql`
    insert into tags (workspace_id, id, name)
    select ${tx.workspaceId}, id, name from unnest(${sql.param(names.map(() => newId()))}::uuid[], ${sql.param(names)}::text[]) as x(id, name)
    on conflict do nothing`)
}
