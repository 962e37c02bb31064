import type pg from 'pg'

export const schemas = ['chatsg', 'chatsg_accounts'] as const

export interface Table {
  /** `schema.table` */
  name: string
  /** Quoted. */
  sql: string
  /** Those that hold data of their own, not what is computed from others. */
  columns: string[]
}

/** The tables that hold something to keep, those that others refer to in no particular place. */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{ schema: string; name: string; columns: string[] }>(
    `select n.nspname as schema, c.relname as name,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind = 'r' and c.relpersistence = 'p' and c.relname <> 'schema_migrations'
     order by pg_relation_size(c.oid) desc, 1, 2`,
    [schemas],
  )
  return rows.map(({ schema, name, columns }) => ({ name: `${schema}.${name}`, sql: `${quote(schema)}.${quote(name)}`, columns }))
}

export function columnList(columns: readonly string[]): string {
  return columns.map(quote).join(', ')
}

export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
