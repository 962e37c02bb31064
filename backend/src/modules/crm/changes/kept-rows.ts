import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import { isUuid } from '#backend/kernel/ids.ts'

/** A row that an applied change has touched, and how it was left. */
export interface KeptRow {
  table: string
  id: string
  kind: 'inserted' | 'updated' | 'removed'
  /** Columns that were changed; of an inserted row none. */
  columns: string[]
  /** It was deleted softly. */
  deleted: boolean
}

/** Does the work while triggers keep every row it touches, as it was before and after, under the change's id. */
export async function keepingRows<T>(tx: Transaction, changeId: string, work: () => Promise<T>): Promise<T> {
  if (!isUuid(changeId)) throw new Error('A change is kept under an id.')
  await tx.query(sql`select set_config('app.change_id', ${changeId}, true)`)
  const outcome = await work()
  await tx.query(sql`select set_config('app.change_id', '', true)`)
  return outcome
}

/** The rows of one table as the change found and left them, as the relation `kept (row_id, before, after)`. */
export function keptOf(tx: Transaction, changeId: string, table: string): SQL {
  return sql`(select row_id, (array_agg(before order by n))[1] as before, (array_agg(after order by n desc))[1] as after
    from change_rows where workspace_id = ${tx.workspaceId} and change_id = ${changeId} and table_name = ${table} group by row_id)`
}

/** What the change touched, without rows that came and went within it. */
export async function listKeptRows(tx: Transaction, changeId: string): Promise<KeptRow[]> {
  return tx.query<KeptRow & Record<string, unknown>>(sql`
    select k.table_name as "table", k.row_id as id,
      case when k.before is null then 'inserted' when k.after is null then 'removed' else 'updated' end as kind,
      case when k.before is null or k.after is null then '{}'::text[]
        else array(select a.key from jsonb_each(k.after) a where a.value is distinct from k.before -> a.key order by a.key) end as columns,
      coalesce(k.before ->> 'deleted_at', '') = '' and coalesce(k.after ->> 'deleted_at', '') <> '' as deleted
    from (select table_name, row_id, (array_agg(before order by n))[1] as before, (array_agg(after order by n desc))[1] as after, min(n) as n
      from change_rows where workspace_id = ${tx.workspaceId} and change_id = ${changeId} group by table_name, row_id) k
    where not (k.before is null and k.after is null) and k.before is distinct from k.after order by k.n`)
}
