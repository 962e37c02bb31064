import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities, entityNames } from '#contracts/entities.ts'
import { arrayLiteral } from '../records/bulk-columns.ts'

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

/** As many as the statement has places for; records without a word beyond them are ranked lower. */
const mostWords = 8

// Splitting a text is a fraction of reading an array of the database's, and there are hundreds of candidates; no word holds this character.
const separator = '\u001f'
const found = sql.raw('entity, record_id, label, detail, label_norm, array_to_string(terms, chr(31)) as terms, label_words')

/** Records that fit any of the sets, or whose label is exactly `label`; one round trip, whose statement has one text for as many sets. */
export async function findCandidates(tx: Transaction, sets: readonly CandidateSet[], wanted: readonly EntityName[], label?: string): Promise<Candidate[]> {
  const names = sql`${sql.param(wanted)}::text[]`
  const parts: SQL[] = sets.map(
    ({ alternatives, atMost }) =>
      sql`(select ${found} from search_candidates(${sql.param(alternatives.slice(0, mostWords).map(arrayLiteral))}::text[], ${names}, ${atMost}))`,
  )
  if (label !== undefined) {
    parts.push(sql`(select ${found} from search_documents
      where workspace_id = ${tx.workspaceId} and label_norm = ${label} and entity = any(${names}) limit 200)`)
  }
  if (parts.length === 0) return []
  const name = sets.length <= 2 ? { name: `search.candidates.${sets.length}${label === undefined ? '' : '.label'}` } : {}
  const rows = await tx.query<Omit<Candidate, 'terms'> & { terms: string }>(sql.join(parts, sql` union all `), name)
  const distinct = new Map(rows.map((row) => [`${row.entity} ${row.record_id}`, row]))
  return [...distinct.values()].map((row) => ({ ...row, terms: row.terms.split(separator) }))
}

/** Those of the records that the actor may see and that are not deleted, as `entity id`. */
export async function visibleRecords(tx: Transaction, records: readonly { entity: EntityName; record_id: string }[]): Promise<Set<string>> {
  const byEntity = Map.groupBy(records, (record) => record.entity)
  if (byEntity.size === 0) return new Set()
  // In one order, so that the same entities make the same text.
  const ordered = [...byEntity].sort(([a], [b]) => (a < b ? -1 : 1))
  const parts = ordered.map(([entity, ofEntity]) => {
    const ids = ofEntity.map((record) => record.record_id)
    return sql`select ${entity}::text as entity, id from ${sql.identifier(entities[entity].table)} where workspace_id = ${tx.workspaceId} and id = any(${sql.param(ids)}::uuid[]) and deleted_at is null`
  })
  // The database cuts names after 63 characters.
  const name = `search.visible.${ordered.map(([entity]) => entityNames.indexOf(entity)).join('.')}`
  const rows = await tx.query<{ entity: string; id: string }>(sql.join(parts, sql` union all `), { name })
  return new Set(rows.map((row) => `${row.entity} ${row.id}`))
}
