import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { InsightlyRow } from '../client/records.ts'
import { readId } from '../mapping/index.ts'
import { saveList } from './lists.ts'

/** Under this kind lies which product an entry of a price book is about. There may be thousands, so that they are not kept in memory like short lists. */
export const entriesKind = 'pricebookEntries'

/** Keeps which product each entry of a price book is about. */
export async function landEntries(tx: Transaction, rows: readonly InsightlyRow[]): Promise<void> {
  await saveList(
    tx,
    entriesKind,
    rows.flatMap((row) => {
      const [entry, product] = [readId(row.PRICEBOOK_ENTRY_ID), readId(row.PRODUCT_ID)]
      return entry === undefined || product === undefined ? [] : [{ key: String(entry), name: String(product) }]
    }),
  )
}

/** Our products by the entries of price books that these lines name. */
export async function loadProducts(tx: Transaction, rows: readonly InsightlyRow[]): Promise<(entryId: number) => string | undefined> {
  const entries = [...new Set(rows.flatMap((row) => readId(row.PRICEBOOK_ENTRY_ID) ?? []))].map(String)
  if (entries.length === 0) return () => undefined
  const found = await tx.query<{ entry: string; product: string }>(sql`
    select l.key as entry, r.record_id as product from insightly_lists l
    join insightly_records r on r.workspace_id = l.workspace_id and r.entity = 'products' and r.insightly_id = l.name::bigint and not r.gone
    where l.workspace_id = ${tx.workspaceId} and l.kind = ${entriesKind} and l.key = any(${sql.param(entries)}::text[])`)
  const products = new Map(found.map(({ entry, product }) => [Number(entry), product]))
  return (entryId) => products.get(entryId)
}
