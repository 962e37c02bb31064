import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import { deletionsOf, documentFor } from '../search/words.ts'
import { withoutRestrictedNames } from './visibility.ts'

/** A record as it is indexed: values under the import column names, the organisation by name. */
export interface IndexedRecord {
  id: string
  values: Record<string, unknown>
}

/** A row of search_documents. */
export interface SearchRow {
  id: string
  label: string
  detail: string
  norm: string
  terms: string[]
  words: number
}

/** Writes the search rows of these records and adds their words to the vocabulary. */
export async function indexRecords(tx: Transaction, entity: EntityName, records: readonly IndexedRecord[]): Promise<void> {
  await writeSearchRows(tx, entity, searchRowsOf(entity, await withoutRestrictedNames(tx, entity, records)))
}

/** What search is to keep of these records; nothing for entities it does not cover. */
export function searchRowsOf(entity: EntityName, records: readonly IndexedRecord[]): SearchRow[] {
  if (!entities[entity].searchable) return []
  return records.map(({ id, values }) => {
    const document = documentFor(entity, values, { organisation: values.organisation as string | null | undefined })
    return { id, label: document.label, detail: document.detail, norm: fold(document.label), terms: document.terms, words: document.labelWords }
  })
}

export async function writeSearchRows(tx: Transaction, entity: EntityName, rows: readonly SearchRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.query(sql`
    insert into search_documents (workspace_id, entity, record_id, label, detail, label_norm, terms, label_words)
    select ${tx.workspaceId}, ${entity}, id, label, detail, norm, terms, words
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, label text, detail text, norm text, terms text[], words smallint)
    on conflict (workspace_id, entity, record_id) do update
    set label = excluded.label, detail = excluded.detail, label_norm = excluded.label_norm, terms = excluded.terms, label_words = excluded.label_words`)
  await addWords(tx, new Set(rows.flatMap(({ terms }) => terms)))
}

async function addWords(tx: Transaction, terms: ReadonlySet<string>): Promise<void> {
  // Sorted, so that two writers take the rows' locks in one order.
  const words = [...terms].filter(belongsToVocabulary).sort()
  if (words.length === 0) return
  const added = await tx.query<{ word: string }>(sql`
    insert into search_words (workspace_id, word) select ${tx.workspaceId}, word from unnest(${sql.param(words)}::text[]) as word
    on conflict do nothing returning word`)
  if (added.length === 0) return
  const deletions: string[] = []
  const originals: string[] = []
  for (const { word } of added) {
    for (const deletion of deletionsOf(word)) {
      deletions.push(deletion)
      originals.push(word)
    }
  }
  await tx.query(sql`
    insert into search_deletions (workspace_id, deletion, word)
    select ${tx.workspaceId}, deletion, word from unnest(${sql.param(deletions)}::text[], ${sql.param(originals)}::text[]) as x(deletion, word)
    on conflict do nothing`)
}

/** Words of letters; addresses, numbers and codes are looked up whole, never by a typing mistake or a beginning. */
function belongsToVocabulary(term: string): boolean {
  return term.length >= 2 && /^[\p{L}\p{M}]+$/u.test(term)
}

/** Takes deleted records out of search; their words stay in the vocabulary, where they harm nothing. */
export async function unindexRecords(tx: Transaction, entity: EntityName, ids: readonly string[]): Promise<void> {
  await tx.query(
    sql`delete from search_documents where workspace_id = ${tx.workspaceId} and entity = ${entity} and record_id = any(${sql.param([...ids])}::uuid[])`,
  )
}
