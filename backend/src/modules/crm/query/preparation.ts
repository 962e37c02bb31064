import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type CustomFieldDefinition, entities } from '#contracts/entities.ts'
import { begun } from '../records/all-done.ts'

const tables = Object.values(entities).map(({ table }) => table)

/** What a compilation needs. */
export interface Preparation {
  customFields: CustomFieldDefinition[]
  /** Rows of the largest table of records, as the database last counted them. */
  largestTable: number
}

/** Fetches it, once for as long as nothing changes. */
export function prepareQuery(tx: Transaction): Promise<Preparation> {
  return tx.cached('query.preparation', async () => {
    const [row] = await tx.query<{ custom_fields: CustomFieldDefinition[] | null; largest: number }>(
      sql`
      select (select jsonb_agg(jsonb_build_object('entity', entity, 'key', key, 'label', label, 'type', type, 'choices', to_jsonb(choices)))
          from custom_fields where workspace_id = ${tx.workspaceId}) as custom_fields,
        (select max(reltuples) from pg_class where relname = any(${sql.param(tables)}::text[]) and relnamespace = 'chatsg'::regnamespace) as largest`,
      { name: 'query.preparation' },
    )
    return { customFields: row?.custom_fields ?? [], largestTable: row?.largest ?? 0 }
  })
}

/**
 * Runs a statement with the transaction's timeout lowered to this where it is longer, and with what such statements want: compiling them to
 * machine code costs more than they take, and sets of ids are to be hashed in memory. A transaction that goes on to write is given its own timeout back.
 */
export async function runWithin<R extends object>(tx: Transaction, timeoutMs: number, run: () => Promise<R[]>): Promise<R[]> {
  // Sent together with what follows; should it fail, that fails as well.
  const lowered = begun(
    tx.query<{ setting: string }>(
      sql`
      select current.setting, set_config('statement_timeout', case when current.span = interval '0' or current.span > make_interval(secs => ${timeoutMs / 1000}::float8)
        then ${String(timeoutMs)} else current.setting end, true), set_config('jit', 'off', true), set_config('work_mem', '32MB', true)
      from (select current_setting('statement_timeout') as setting, current_setting('statement_timeout')::interval as span) current`,
      { name: 'query.timeout' },
    ),
  )
  const rows = await run()
  if (!tx.readOnly) await tx.query(sql`select set_config('statement_timeout', ${(await lowered)[0]?.setting ?? '0'}, true)`)
  return rows
}
