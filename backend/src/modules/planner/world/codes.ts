import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { RecordOption } from '#backend/modules/planner/language/reading.ts'
import { type EntityName, entities, entityNames } from '#contracts/entities.ts'

/** Letters and digits in one word: "OPP-100003", "D3". */
const code = /^(?=.*\d)(?=.*\p{L})[\p{L}\p{N}]+(?:[-_/.][\p{L}\p{N}]+)*$/u
const leastOfBeginning = 3
const mostFound = 12
const coded = entityNames.filter((name) => entities[name].fields.external_id !== undefined)

/** A code may be written in capitals or not. */
function spellingsOf(text: string): string[] {
  return [...new Set([text, text.toUpperCase(), text.toLowerCase()])]
}

export function isCode(text: string): boolean {
  return code.test(text)
}

/** Records whose code this is, whole: the id of another system, or a product's code. */
export async function recordsCalled(tx: Transaction, text: string): Promise<RecordOption[]> {
  const spellings = sql`${sql.param(spellingsOf(text))}::text[]`
  const parts = coded.map(
    (entity) =>
      sql`select ${entity}::text as entity, id from ${sql.identifier(entities[entity].table)} where workspace_id = ${tx.workspaceId} and external_id = any(${spellings}) and deleted_at is null`,
  )
  parts.push(sql`select 'products', id from products where workspace_id = ${tx.workspaceId} and sku = any(${spellings}) and deleted_at is null`)
  return described(tx, sql.join(parts, sql` union all `))
}

/** Products whose code begins so: "PLC". */
export async function productsBeginning(tx: Transaction, text: string): Promise<RecordOption[]> {
  if (text.length < leastOfBeginning) return []
  return described(
    tx,
    sql`select 'products'::text as entity, id from products where workspace_id = ${tx.workspaceId} and starts_with(lower(sku), ${text.toLowerCase()}) and deleted_at is null limit ${mostFound}`,
  )
}

async function described(tx: Transaction, found: ReturnType<typeof sql>): Promise<RecordOption[]> {
  const rows = await tx.query<{ entity: EntityName; id: string; label: string; detail: string }>(
    sql`select distinct d.entity, d.record_id as id, d.label, d.detail from (${found}) f
      join search_documents d on d.workspace_id = ${tx.workspaceId} and d.entity = f.entity and d.record_id = f.id order by d.entity, d.label limit ${mostFound}`,
  )
  return rows.map(({ entity, id, label, detail }) => ({ entity, id, label, detail }))
}
