import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Person } from './person.ts'

/** Forgets the words that only these records brought: values a question may name, and words of search. Call it before the records go. */
export async function forgetVocabulary(tx: Transaction, person: Person, gone: readonly string[], erased: Record<string, number>): Promise<void> {
  const add = (what: string, count: number) => {
    if (count > 0) erased[what] = (erased[what] ?? 0) + count
  }
  for (const [table, ids] of [
    ['contacts', person.contactIds],
    ['leads', person.leadIds],
  ] as const)
    if (ids.length > 0) add('field_values', await forgetValues(tx, table, ids))
  add('search_words', await forgetWords(tx, gone))
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
    with gone as (${held(sql`t.id = any(${mine}::uuid[])`)}),
    candidates as (select f.field, f.value from field_values f join gone g on g.field = f.field and g.value = f.value where f.workspace_id = ${tx.workspaceId} and f.entity = ${table}),
    others as (select c.field, c.value from candidates c where exists (
      select 1 from ${rows} t where t.workspace_id = ${tx.workspaceId} and t.id <> all(${mine}::uuid[]) and t.deleted_at is null
        and (case when c.field like 'custom.%' then t.custom -> substr(c.field, 8) else to_jsonb(t) -> c.field end) @> to_jsonb(c.value)))
    delete from field_values f using candidates c
    where f.workspace_id = ${tx.workspaceId} and f.entity = ${table} and f.field = c.field and f.value = c.value
      and not exists (select 1 from others o where o.field = c.field and o.value = c.value) returning 1`)
  return removed.length
}

async function forgetWords(tx: Transaction, gone: readonly string[]): Promise<number> {
  const ids = sql.param([...gone])
  const words = await tx.query<{ word: string }>(sql`
    with mine as (select distinct unnest(terms) as word from search_documents where workspace_id = ${tx.workspaceId} and record_id = any(${ids}::uuid[])),
    others as (select distinct u.word from search_documents d cross join lateral unnest(d.terms) u(word)
      where d.workspace_id = ${tx.workspaceId} and d.record_id <> all(${ids}::uuid[]) and d.terms && (select array_agg(word) from mine))
    select word from mine except select word from others`)
  const unused = sql.param(words.map(({ word }) => word))
  await tx.query(sql`delete from search_deletions where workspace_id = ${tx.workspaceId} and word = any(${unused}::text[])`)
  const removed = await tx.query(sql`delete from search_words where workspace_id = ${tx.workspaceId} and word = any(${unused}::text[]) returning 1`)
  return removed.length
}
