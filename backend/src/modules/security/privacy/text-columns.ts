import { sql, type Transaction } from '#backend/infra/database/database.ts'

export interface TextTable {
  table: string
  columns: { name: string; kind: 'text' | 'list' | 'json'; isUnique: boolean }[]
}

/** What stays as it is, or is dealt with by itself: staff, the audit trail, proofs of erasure. */
const left = ['users', 'audit_entries', 'audit_pending', 'erasure_certificates']

/** Every column of the workspace's tables that can hold words about somebody, as the database itself tells, so that a new table is covered at birth. */
export async function listTextTables(tx: Transaction): Promise<TextTable[]> {
  const rows = await tx.query<{ table: string; name: string; kind: 'text' | 'list' | 'json'; isUnique: boolean }>(sql`
    select c.relname as table, a.attname as name,
      case when t.typcategory = 'A' then 'list' when t.typname in ('json', 'jsonb') then 'json' else 'text' end as kind,
      exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisunique
        and (a.attnum = any(i.indkey) or pg_get_indexdef(i.indexrelid) like '%(' || a.attname || ')%')) as "isUnique"
    from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'chatsg'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and (t.typname in ('json', 'jsonb', '_text', '_varchar') or t.typcategory = 'S')
      and exists (select 1 from pg_attribute w where w.attrelid = c.oid and w.attname = 'workspace_id' and not w.attisdropped)
      and c.relname <> all(${sql.param(left)}::text[])
      and has_column_privilege(c.oid, a.attnum, 'select') and has_column_privilege(c.oid, a.attnum, 'update')
    order by c.relname, a.attnum`)
  return [...Map.groupBy(rows, ({ table }) => table)].map(([table, columns]) => ({ table, columns: columns.map(({ table: _, ...column }) => column) }))
}
