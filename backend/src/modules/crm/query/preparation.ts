import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type CustomFieldDefinition, entities } from '#contracts/entities.ts'

const tables = Object.values(entities).map(({ table }) => table)

export interface Preparation {
  customFields: CustomFieldDefinition[]
  /** Rows of the largest table of records, as the database last counted them. */
  largestTable: number
  /** Gives a transaction that goes on to write its own statement timeout back. */
  restore(): Promise<void>
}

/**
 * Fetches what a compilation needs, and lowers the transaction's statement timeout to the query's where it is longer. Compiling a
 * statement to machine code costs more than these statements take, so that is off; sets of ids are to be hashed in memory.
 */
export async function prepareQuery(tx: Transaction, timeoutMs: number): Promise<Preparation> {
  const [row] = await tx.query<{ custom_fields: CustomFieldDefinition[] | null; setting: string; read_only: string; largest: number }>(sql`
    select current.setting, current_setting('transaction_read_only') as read_only,
      set_config('statement_timeout', case when current.span = interval '0' or current.span > make_interval(secs => ${timeoutMs / 1000}::float8)
        then ${String(timeoutMs)} else current.setting end, true), set_config('jit', 'off', true), set_config('work_mem', '32MB', true),
      (select jsonb_agg(jsonb_build_object('entity', entity, 'key', key, 'label', label, 'type', type, 'choices', to_jsonb(choices)))
        from custom_fields where workspace_id = ${tx.workspaceId}) as custom_fields,
      (select max(reltuples) from pg_class where relname = any(${sql.param(tables)}::text[]) and relnamespace = 'chatsg'::regnamespace) as largest
    from (select current_setting('statement_timeout') as setting, current_setting('statement_timeout')::interval as span) current`)
  return {
    customFields: row?.custom_fields ?? [],
    largestTable: row?.largest ?? 0,
    async restore() {
      if (row?.read_only === 'off') await tx.query(sql`select set_config('statement_timeout', ${row.setting}, true)`)
    },
  }
}
