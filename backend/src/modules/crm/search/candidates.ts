import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities } from '#contracts/entities.ts'

export interface Candidate {
  entity: EntityName
  record_id: string
  label: string
  detail: string
  label_norm: string
  terms: string[]
  label_words: number
}

/** Words of which a record must have one from each list. */
export interface CandidateSet {
  alternatives: readonly (readonly string[])[]
  atMost: number
}

/** Records that fit any of the sets, or whose label is exactly `label`; one round trip. */
export async function findCandidates(tx: Transaction, sets: readonly CandidateSet[], wanted: readonly EntityName[], label?: string): Promise<Candidate[]> {
  const names = sql`${sql.param(wanted)}::text[]`
  const parts: SQL[] = sets.map(
    ({ alternatives, atMost }) => sql`(select * from search_candidates(${JSON.stringify(alternatives)}::jsonb, ${names}, ${atMost}))`,
  )
  if (label !== undefined) {
    parts.push(sql`(select entity, record_id, label, detail, label_norm, terms, label_words from search_documents
      where workspace_id = ${tx.workspaceId} and label_norm = ${label} and entity = any(${names}) limit 200)`)
  }
  if (parts.length === 0) return []
  const rows = await tx.query<Candidate>(sql.join(parts, sql` union all `))
  return [...new Map(rows.map((row) => [`${row.entity} ${row.record_id}`, row])).values()]
}

/** Those of the records that the actor may see and that are not deleted, as `entity id`. */
export async function visibleRecords(tx: Transaction, records: readonly { entity: EntityName; record_id: string }[]): Promise<Set<string>> {
  const byEntity = Map.groupBy(records, (record) => record.entity)
  if (byEntity.size === 0) return new Set()
  const parts = [...byEntity].map(([entity, ofEntity]) => {
    const ids = ofEntity.map((record) => record.record_id)
    return sql`select ${entity}::text as entity, id from ${sql.identifier(entities[entity].table)} where workspace_id = ${tx.workspaceId} and id = any(${sql.param(ids)}::uuid[]) and deleted_at is null`
  })
  const rows = await tx.query<{ entity: string; id: string }>(sql.join(parts, sql` union all `))
  return new Set(rows.map((row) => `${row.entity} ${row.id}`))
}
