import { sql, type Transaction } from '#backend/infra/database/database.ts'
import type { MirroredRecord } from '../mapping/index.ts'

/**
 * Insightly does not tell since when a deal is at its stage. It has been there at least since the last change of any kind, so that is what is
 * taken when a deal is first seen or seen at another stage; while the stage stays, so does its time.
 */
export async function dateStages(tx: Transaction, records: readonly MirroredRecord[], idHere: (record: MirroredRecord) => string | undefined): Promise<void> {
  const ids = records.flatMap((record) => idHere(record) ?? [])
  const rows =
    ids.length === 0
      ? []
      : await tx.query<{ id: string; stage: string | null; since: string | null }>(sql`
          select id, stage_id as stage, stage_changed_at as since from opportunities where workspace_id = ${tx.workspaceId} and id = any(${sql.param(ids)}::uuid[])`)
  const here = new Map(rows.map((row) => [row.id, row]))
  for (const record of records) {
    const deal = here.get(idHere(record) ?? '')
    const { values, remoteUpdatedAt } = record
    if (deal === undefined || deal.stage !== (values.stage_id ?? null) || deal.since === null) values.stage_changed_at = remoteUpdatedAt ?? values.created_at
  }
}
