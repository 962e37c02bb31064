import { sql } from '#backend/infra/database/database.ts'
import type { SearchableObject } from '../client/objects.ts'
import type { InsightlyRow } from '../client/records.ts'
import { idOf, type MirroredEntity, objectOf } from '../mapping/index.ts'
import { isSent } from './adopt.ts'
import type { RowContext } from './row-context.ts'
import type { SentRecord } from './sent-record.ts'

/** Insightly's clock and ours may be apart. */
const marginMs = 10 * 60_000

/** Rows there that are what was sent and belong to no record of ours, the oldest first. */
export async function findSent(context: RowContext, entity: MirroredEntity, sent: SentRecord): Promise<InsightlyRow[]> {
  const { row } = context
  const since = new Date(Date.parse(row.firstSentAt ?? '') - marginMs).toISOString()
  const found: InsightlyRow[] = []
  for (let skip = 0; ; ) {
    const page = await readPage(context, entity, sent, since, skip)
    for (const candidate of page.rows) if (isSent(entity, sent, candidate)) found.push(candidate)
    if (page.isLast) break
    skip += page.rows.length
  }
  if (found.length === 0) return found
  const known = await context.transact((tx) =>
    tx.query<{ id: number }>(sql`
      select insightly_id as id from insightly_records
      where workspace_id = ${tx.workspaceId} and entity = ${entity} and insightly_id = any(${sql.param(found.map((candidate) => idOf(entity, candidate)))}::bigint[])`),
  )
  const taken = new Set(known.map(({ id }) => id))
  return found.filter((candidate) => !taken.has(idOf(entity, candidate)))
}

/** Notes are listed below what they belong to; everything else is asked for by when it was changed. */
async function readPage(
  { client, call }: RowContext,
  entity: MirroredEntity,
  { parent }: SentRecord,
  updatedAfter: string,
  skip: number,
): Promise<{ rows: InsightlyRow[]; isLast: boolean }> {
  const options = { ...call, priority: 'person' as const }
  if (parent === null) return client.search(objectOf(entity) as SearchableObject, { updatedAfter, skip }, options)
  return client.children(objectOf(parent.entity as MirroredEntity), parent.insightlyId, 'Notes', { updatedAfter, skip }, options)
}
