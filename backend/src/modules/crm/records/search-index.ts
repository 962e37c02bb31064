import { setImmediate as nextTurn } from 'node:timers/promises'
import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { documentFor } from '../search/words.ts'
import { allDone, begun } from './all-done.ts'
import { unnestRows } from './bulk-columns.ts'
import { addWords, belongsToVocabulary, type WordKeeper } from './search-words.ts'
import { withoutRestrictedNames } from './visibility.ts'

/** A record as it is indexed: values under the import column names, the organisation by name. */
export interface IndexedRecord {
  id: string
  values: Record<string, unknown>
}

/** A row of search_documents. */
type SearchRow = {
  id: string
  label: string
  detail: string
  norm: string
  terms: string[]
  words: number
}

const columns = [
  { key: 'id', sqlType: 'uuid' },
  { key: 'label', sqlType: 'text' },
  { key: 'detail', sqlType: 'text' },
  { key: 'norm', sqlType: 'text' },
  { key: 'terms', sqlType: 'text[]' },
  { key: 'words', sqlType: 'smallint' },
]

/** Records worked out before others have their turn on the processor, and sent to the database at once. */
const part = 250
/** From so many records on it is a bulk load. */
const bulk = 500

/** Writes the search rows of these records, in place of those they have, and adds their words to the vocabulary. */
export async function indexRecords(tx: Transaction, entity: EntityName, records: readonly IndexedRecord[]): Promise<void> {
  await write(tx, entity, await withoutRestrictedNames(tx, entity, records), {
    replacing: sql`on conflict (workspace_id, entity, record_id) do update
    set label = excluded.label, detail = excluded.detail, label_norm = excluded.label_norm, terms = excluded.terms, label_words = excluded.label_words`,
  })
}

/**
 * The same for new records, of which none has a row yet, so that none needs to be looked for; `records` are without restricted names.
 * Their words are left to `keeper` where there is one.
 */
export async function indexNewRecords(tx: Transaction, entity: EntityName, records: readonly IndexedRecord[], keeper?: WordKeeper | undefined): Promise<void> {
  await write(tx, entity, records, { replacing: sql``, keeper })
}

interface Writing {
  replacing: SQL
  keeper?: WordKeeper | undefined
}

async function write(tx: Transaction, entity: EntityName, records: readonly IndexedRecord[], { replacing, keeper }: Writing): Promise<void> {
  if (!entities[entity].searchable || records.length === 0) return
  const words = new Set<string>()
  // See finish_bulk_load: more words at once are sorted into the index at less cost.
  const writing = records.length >= bulk ? [begun(tx.query(sql`set local gin_pending_list_limit = '16MB'`))] : []
  for (let start = 0; start < records.length; start += part) {
    if (start > 0) await nextTurn()
    const rows = records.slice(start, start + part).map((record) => searchRowOf(entity, record))
    writing.push(
      begun(
        tx.query(sql`
    insert into search_documents (workspace_id, entity, record_id, label, detail, label_norm, terms, label_words)
    select ${tx.workspaceId}, ${entity}, id, label, detail, norm, terms::text[], words from ${unnestRows(rows, columns)} ${replacing}`),
      ),
    )
    for (const { terms } of rows) for (const term of terms) if (belongsToVocabulary(term)) words.add(term)
  }
  keeper?.add(words)
  await allDone(writing)
  if (keeper === undefined) await addWords(tx, words)
}

function searchRowOf(entity: EntityName, { id, values }: IndexedRecord): SearchRow {
  const { label, detail, terms, labelWords } = documentFor(entity, values, { organisation: values.organisation as string | null | undefined })
  return { id, label, detail, norm: fold(label), terms, words: labelWords }
}

/** Takes deleted records out of search; their words stay in the vocabulary, where they harm nothing. */
export async function unindexRecords(tx: Transaction, entity: EntityName, ids: readonly string[]): Promise<void> {
  await tx.query(
    sql`delete from search_documents where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = any(${sql.param([...ids])}::uuid[])`,
  )
}
