import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { MirroredRecord } from '../mapping/index.ts'

/** A SKU names one product here; there it need not. The second of two products has Insightly's number behind it. */
export async function keepSkusApart(
  tx: Transaction,
  records: readonly MirroredRecord[],
  idHere: (record: MirroredRecord) => string | undefined,
): Promise<void> {
  const rows = await tx.query<{ sku: string; id: string }>(sql`
    select sku, id from products where workspace_id = ${tx.workspaceId} and deleted_at is null
      and sku = any(${sql.param(records.map(({ values }) => values.sku as string))}::text[])`)
  const owners = new Map(rows.map(({ sku, id }) => [sku, id]))
  for (const record of records) {
    const { values, insightlyId } = record
    const sku = values.sku as string
    const own = idHere(record) ?? `new ${insightlyId}`
    const owner = owners.get(sku)
    if (owner === undefined) owners.set(sku, own)
    else if (owner !== own) values.sku = `${sku} (${insightlyId})`
  }
}
