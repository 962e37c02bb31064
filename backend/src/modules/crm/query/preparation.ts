import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { CustomFieldDefinition } from '#contracts/entities.ts'

/** Fetches what a compilation needs, and lowers the transaction's statement timeout to the query's for the rest of it. */
export async function prepareQuery(tx: Transaction, timeoutMs: number): Promise<{ customFields: CustomFieldDefinition[] }> {
  const [row] = await tx.query<{ custom_fields: CustomFieldDefinition[] | null }>(sql`
    select set_config('statement_timeout', case when current.span = interval '0' or current.span > make_interval(secs => ${timeoutMs / 1000}::float8)
        then ${String(timeoutMs)} else current.setting end, true),
      (select jsonb_agg(jsonb_build_object('entity', entity, 'key', key, 'label', label, 'type', type, 'choices', to_jsonb(choices)))
        from custom_fields where workspace_id = ${tx.workspaceId}) as custom_fields
    from (select current_setting('statement_timeout') as setting, current_setting('statement_timeout')::interval as span) current`)
  return { customFields: row?.custom_fields ?? [] }
}
