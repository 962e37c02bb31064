import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import { erased, type Redaction } from './redaction.ts'
import { listTextTables, type TextTable } from './text-columns.ts'

/** Lists of words without a record of their own: what names the person goes. */
const vocabularies = ['field_values', 'search_words', 'search_deletions']

export interface TableRedactions {
  /** For each table of the workspace. */
  everywhere: Redaction
  /** For what was said in conversations. */
  conversations: Redaction
}

/** Takes the person out of every text of the workspace. Answers how many rows of which tables changed. */
export async function redactTables(tx: Transaction, { everywhere, conversations }: TableRedactions, mark: string): Promise<Record<string, number>> {
  const changed: Record<string, number> = {}
  for (const table of await listTextTables(tx)) {
    const redaction = table.table.startsWith('chat_') ? conversations : everywhere
    const count = vocabularies.includes(table.table) ? await removeWords(tx, table, redaction) : await redactRows(tx, table, redaction, mark)
    if (count > 0) changed[table.table] = count
  }
  return changed
}

function matching(tx: Transaction, { columns }: TextTable, { candidates }: Redaction): SQL {
  const any = columns.map(({ name, kind }) =>
    kind === 'text' ? sql`${sql.identifier(name)} ~* ${candidates}` : sql`${sql.identifier(name)}::text ~* ${candidates}`,
  )
  return sql`workspace_id = ${tx.workspaceId} and (${sql.join(any, sql` or `)})`
}

async function removeWords(tx: Transaction, table: TextTable, redaction: Redaction): Promise<number> {
  const rows = await tx.query<{ place: string } & Record<string, unknown>>(
    sql`select ctid::text as place, ${names(table)} from ${sql.identifier(table.table)} where ${matching(tx, table, redaction)} for update`,
  )
  const places = rows.filter((row) => table.columns.some(({ name }) => redaction.redact(row[name]) !== row[name])).map(({ place }) => place)
  if (places.length > 0)
    await tx.query(sql`delete from ${sql.identifier(table.table)} where workspace_id = ${tx.workspaceId} and ctid = any(${sql.param(places)}::text[]::tid[])`)
  return places.length
}

async function redactRows(tx: Transaction, table: TextTable, redaction: Redaction, mark: string): Promise<number> {
  const rows = await tx.query<{ place: string } & Record<string, unknown>>(
    sql`select ctid::text as place, ${names(table)} from ${sql.identifier(table.table)} where ${matching(tx, table, redaction)} for update`,
  )
  let changed = 0
  for (const row of rows) {
    const values = new Map<string, unknown>()
    const said = table.table === 'chat_messages' ? redaction.redactMessage({ text: row.text, parts: row.parts, citations: row.citations }) : {}
    for (const { name, isUnique } of table.columns) {
      const value = name in said ? said[name as keyof typeof said] : redaction.redact(row[name])
      if (value === row[name]) continue
      // Two rows of one table may not become the same where they must differ.
      values.set(name, isUnique && typeof value === 'string' ? value.replaceAll(erased, `[erased ${mark}-${changed}]`) : value)
    }
    if (values.size === 0) continue
    if (table.table === 'search_documents') withoutNameWords(row, values, redaction)
    if (table.table === 'chat_sessions' && values.has('plan')) values.set('plan', null)
    const assignments = [...values].map(([name, value]) => sql`${sql.identifier(name)} = ${toParameter(table, name, value)}`)
    await tx.query(
      sql`update ${sql.identifier(table.table)} set ${sql.join(assignments, sql`, `)} where workspace_id = ${tx.workspaceId} and ctid = ${row.place}::tid`,
    )
    changed += 1
  }
  return changed
}

/** Its words are found one by one, so that those of the name go too. */
function withoutNameWords(row: Record<string, unknown>, values: Map<string, unknown>, { words }: Redaction): void {
  const terms = row.terms as string[]
  const isName = (term: string) => words.has(term)
  values.set(
    'terms',
    terms.filter((term) => !isName(term)),
  )
  values.set('label_words', (row.label_words as number) - terms.slice(0, row.label_words as number).filter(isName).length)
}

function names(table: TextTable): SQL {
  const columns = table.columns.map(({ name }) => sql.identifier(name))
  return sql.join(table.table === 'search_documents' ? [...columns, sql.identifier('label_words')] : columns, sql`, `)
}

function toParameter({ columns }: TextTable, name: string, value: unknown): SQL {
  const kind = columns.find((column) => column.name === name)?.kind
  if (kind === 'json') return sql`${value === null ? null : JSON.stringify(value)}::jsonb`
  return Array.isArray(value) ? sql`${sql.param(value)}::text[]` : sql`${value}`
}
