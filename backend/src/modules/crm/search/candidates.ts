import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import { arrayLiteral } from '#backend/kernel/array-literal.ts'
import { type EntityName, entities, entityNames } from '#contracts/entities.ts'
import { withShownWords } from './shown-words.ts'

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

/** What one look at the index told. */
export interface Found {
  candidates: Candidate[]
  /** Those of them that the actor may see, as `entity id`; undefined where there are so many that only the best are worth asking about. */
  visible: ReadonlySet<string> | undefined
}

/** The same of words as they were typed. */
export interface FoundAsTyped extends Found {
  /** Words of the workspace that begin with the last one typed, at most `mostBeginnings` + 1. */
  beginnings: string[]
}

/** As many as the statement has places for; records without a word beyond them are ranked lower. */
const mostWords = 8
/** Of so many candidates it is asked at once which the actor may see. */
const mostLookedAt = 60
const exactAtMost = 200
const begunAtMost = 500
export const mostBeginnings = 60

// Splitting a text is a fraction of reading an array of the database's, and there are hundreds of candidates; no word holds this character.
const separator = '\u001f'
const columns = sql.raw('entity, record_id, label, detail, label_norm, terms, label_words')
const looked = sql.raw(`
  looked as materialized (select array_agg(entity) as entities, array_agg(record_id) as ids from found having count(*) between 1 and ${mostLookedAt})
  select entity, record_id, label, detail, label_norm, array_to_string(terms, chr(31)) as terms, label_words from found
  union all select v.entity, v.record_id, null, null, null, null, null from looked cross join lateral visible_among(looked.entities, looked.ids) v`)

type Row = Omit<Candidate, 'terms' | 'label'> & { label: string | null; terms: string | null }

/** Records that fit any of the sets, or whose label is exactly `label`; one round trip, whose statement has one text for as many sets. */
export async function findCandidates(tx: Transaction, sets: readonly CandidateSet[], wanted: readonly EntityName[], label?: string): Promise<Found> {
  const names = sql`${arrayLiteral(wanted)}::text[]`
  const parts: SQL[] = sets.map(
    ({ alternatives, atMost }) => sql`(select ${columns} from search_candidates(${places(alternatives)}::text[], ${names}, ${atMost}))`,
  )
  if (label !== undefined) parts.push(labelled(tx, names, label))
  if (parts.length === 0) return { candidates: [], visible: new Set() }
  const name = sets.length <= 2 ? { name: `search.candidates.${sets.length}${label === undefined ? '' : '.label'}` } : {}
  return withShownWords(tx, foundIn(await tx.query<Row>(sql`with found as materialized (${sql.join(parts, sql` union all `)}), ${looked}`, name)))
}

/**
 * Records that have every word as it was typed, or whose label is exactly `label`, and where there are any those whose words begin with the
 * last one, which may not be typed to its end; one round trip. Words come in the collation of their table; in any but the default one, the
 * index of documents would be of no use to those who look for them.
 * @param last spellings of the last word; empty when it is no word
 */
export async function findAsTyped(
  tx: Transaction,
  typed: readonly (readonly string[])[],
  last: readonly string[],
  wanted: readonly EntityName[],
  label: string,
): Promise<FoundAsTyped> {
  const names = sql`${arrayLiteral(wanted)}::text[]`
  const alternatives = places(typed)
  const beginning = last[0] ?? null
  const rows = await tx.query<Row>(
    sql`
    with begins as materialized (
      select word from search_words
      where workspace_id = ${tx.workspaceId} and word >= ${beginning}::text and word < ${beginning}::text || chr(1114111) order by word limit ${mostBeginnings + 1}),
    typed as materialized (
      (select ${columns} from search_candidates(${alternatives}::text[], ${names}, ${exactAtMost})) union all ${labelled(tx, names, label)}),
    longer as materialized (
      select array(select word from begins where word <> all(${arrayLiteral(last)}::text[]) limit ${mostBeginnings}) as words where exists (select from typed)),
    found as materialized (
      select ${columns} from typed
      union all
      (select c.entity, c.record_id, c.label, c.detail, c.label_norm, c.terms, c.label_words
       from (select words from longer where cardinality(words) > 0) l
       cross join lateral search_candidates(
         (${alternatives}::text[])[1:${Math.min(typed.length, mostWords) - 1}] || array[(${arrayLiteral(last)}::text[] || l.words)::text collate "default"], ${names}, ${begunAtMost}) c
       where not exists (select from typed t where t.record_id = c.record_id))),
    ${looked}
    union all select 'begins', null, word, null, null, null, null from begins`,
    { name: 'search.typed' },
  )
  return {
    ...(await withShownWords(tx, foundIn(rows.filter(({ entity }) => (entity as string) !== 'begins')))),
    beginnings: rows.flatMap((row) => ((row.entity as string) === 'begins' ? [row.label as string] : [])),
  }
}

function places(alternatives: CandidateSet['alternatives']): SQL {
  return sql`${arrayLiteral(alternatives.slice(0, mostWords).map(arrayLiteral))}`
}

function labelled(tx: Transaction, names: SQL, label: string): SQL {
  return sql`(select ${columns} from search_documents
      where workspace_id = ${tx.workspaceId} and label_norm = ${label} and entity = any(${names}) limit 200)`
}

function foundIn(rows: readonly Row[]): Found {
  const distinct = new Map<string, Candidate>()
  const visible = new Set<string>()
  let found = 0
  for (const row of rows) {
    const key = `${row.entity} ${row.record_id}`
    if (row.label === null || row.terms === null) visible.add(key)
    else {
      found++
      if (!distinct.has(key)) distinct.set(key, { ...row, label: row.label, terms: row.terms.split(separator) })
    }
  }
  return { candidates: [...distinct.values()], visible: found <= mostLookedAt ? visible : undefined }
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
