import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Person } from './person.ts'

/** Forgets the values that only these records have or had, and that a question could name. Call it before the records go. Answers how many. */
export async function forgetVocabulary(tx: Transaction, person: Person): Promise<number> {
  const contacts = person.contactIds.length === 0 ? 0 : await forgetValues(tx, 'contacts', person.contactIds)
  return contacts + (person.leadIds.length === 0 ? 0 : await forgetValues(tx, 'leads', person.leadIds))
}

/** The words by which these records are found. */
export async function searchWordsOf(tx: Transaction, gone: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ word: string }>(
    sql`select distinct unnest(terms) as word from search_documents where workspace_id = ${tx.workspaceId} and record_id = any(${sql.param([...gone])}::uuid[])`,
  )
  return rows.map(({ word }) => word)
}

/** Forgets those of the words by which no record is found any more. Answers how many. */
export async function forgetSearchWords(tx: Transaction, words: readonly string[]): Promise<number> {
  const all = sql.param([...words])
  const used = await tx.query<{ word: string }>(sql`
    select distinct u.word from search_documents d cross join lateral unnest(d.terms) u(word)
    where d.workspace_id = ${tx.workspaceId} and d.terms && ${all}::text[] and u.word = any(${all}::text[])`)
  const known = new Set(used.map(({ word }) => word))
  const unused = sql.param(words.filter((word) => !known.has(word)))
  await tx.query(sql`delete from search_deletions where workspace_id = ${tx.workspaceId} and word = any(${unused}::text[])`)
  const removed = await tx.query(sql`delete from search_words where workspace_id = ${tx.workspaceId} and word = any(${unused}::text[]) returning 1`)
  return removed.length
}

async function forgetValues(tx: Transaction, table: 'contacts' | 'leads', ids: readonly string[]): Promise<number> {
  const rows = sql.identifier(table)
  const mine = sql.param([...ids])
  // A value stands in a column, in a list, or in a custom field; with the custom fields beside the columns, all are one JSON object.
  const flat = sql`(to_jsonb(t) - 'custom' || coalesce((select jsonb_object_agg('custom.' || key, value) from jsonb_each(t.custom)), '{}'))`
  const held = (records: ReturnType<typeof sql>) => sql`
    select distinct m.key as field, v.value from ${rows} t cross join lateral jsonb_each(${flat}) m
    cross join lateral (select m.value #>> '{}' as value where jsonb_typeof(m.value) = 'string'
      union all select x.value from jsonb_array_elements_text(case when jsonb_typeof(m.value) = 'array' then m.value else '[]' end) x) v
    where t.workspace_id = ${tx.workspaceId} and ${records}`
  const removed = await tx.query(sql`
    with gone as (${held(sql`t.id = any(${mine}::uuid[])`)}
      union select h.field, v.value from field_history h cross join lateral (values (h.old_value #>> '{}'), (h.new_value #>> '{}')) v(value)
      where h.workspace_id = ${tx.workspaceId} and h.entity = ${table} and h.record_id = any(${mine}::uuid[]) and h.field is not null),
    candidates as (select f.field, f.value from field_values f join gone g on g.field = f.field and g.value = f.value where f.workspace_id = ${tx.workspaceId} and f.entity = ${table}),
    others as (select c.field, c.value from candidates c where exists (
      select 1 from ${rows} t where t.workspace_id = ${tx.workspaceId} and t.id <> all(${mine}::uuid[]) and t.deleted_at is null
        and (case when c.field like 'custom.%' then t.custom -> substr(c.field, 8) else to_jsonb(t) -> c.field end) @> to_jsonb(c.value)))
    delete from field_values f using candidates c
    where f.workspace_id = ${tx.workspaceId} and f.entity = ${table} and f.field = c.field and f.value = c.value
      and not exists (select 1 from others o where o.field = c.field and o.value = c.value) returning 1`)
  return removed.length
}
