import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import { type AboutPerson, findAboutPerson } from './about-person.ts'
import type { PersonMemories } from './erase-person.ts'
import { findPerson, type Subject } from './person.ts'
import { createRedaction } from './redaction.ts'
import { listTextTables } from './text-columns.ts'

type Row = Record<string, unknown>

/** Everything about a person, as a file to hand over. */
export interface PersonExport {
  exportedAt: string
  subject: Subject
  /** Names and addresses that others share, for which texts were not searched. */
  shared: string[]
  records: Record<string, Row[]>
  links: Row[]
  history: Row[]
  messages: Row[]
  audit: unknown[]
  /** What agents remember of them, where they work here. */
  memories: Row[]
  /** Rows of other tables that name the person. */
  mentions: Record<string, Row[]>
}

const own = [
  'contacts',
  'leads',
  'notes',
  'tasks',
  'events',
  'emails',
  'opportunities',
  'orders',
  'order_lines',
  'quotes',
  'quote_lines',
  'record_links',
  'field_history',
  'chat_messages',
]
/** Words for searching, which tell nothing that the records do not. */
const derived = ['field_values', 'search_documents', 'search_words', 'search_deletions', 'import_changes']
const mostOfEach = 10_000

export async function exportPerson(
  tx: Transaction,
  subject: Subject,
  { now, memories }: { now: Date; memories?: PersonMemories | undefined },
): Promise<PersonExport> {
  const person = await findPerson(tx, subject)
  const ids = [...person.contactIds, ...person.leadIds]
  const redaction = createRedaction(person, ids)
  const about = await findAboutPerson(tx, person, redaction)
  const rows = async (table: string, condition: SQL): Promise<Row[]> => {
    const found = await tx.query<{ row: Row }>(
      sql`select to_jsonb(t) - 'workspace_id' as row from ${sql.identifier(table)} t where workspace_id = ${tx.workspaceId} and ${condition} limit ${mostOfEach}`,
    )
    return found.map(({ row }) => row)
  }
  // What would be redacted names the person; a longer address or word that only holds theirs does not.
  const naming = async (table: string, columns: readonly string[]) =>
    (await rows(table, mentioning(columns, redaction.candidates))).filter((row) => columns.some((name) => redaction.redact(row[name]) !== row[name]))
  const byId = (table: string, wanted: readonly string[], column = 'id') => rows(table, sql`${sql.identifier(column)} = any(${sql.param([...wanted])}::uuid[])`)
  const all = [...ids, ...recordIds(about)]
  // What was said; what a follow-up would refer to was said before.
  const messages = await naming('chat_messages', ['text', 'parts', 'citations'])
  const audit =
    ids.length === 0
      ? []
      : await tx.query<{ line: string }>(sql`
    select line from audit_entries where workspace_id = ${tx.workspaceId} and line ~ ${ids.join('|')} order by sequence limit ${mostOfEach}`)
  const mentions: Record<string, Row[]> = {}
  for (const { table, columns } of await listTextTables(tx)) {
    if (own.includes(table) || derived.includes(table)) continue
    const found = await naming(
      table,
      columns.map(({ name }) => name),
    )
    if (found.length > 0) mentions[table] = found
  }
  return {
    exportedAt: now.toISOString(),
    subject,
    shared: person.shared,
    records: {
      contacts: await byId('contacts', person.contactIds),
      leads: await byId('leads', person.leadIds),
      notes: await byId('notes', about.notes),
      tasks: await byId('tasks', about.tasks),
      events: await rows('events', sql`(id = any(${sql.param(about.events)}::uuid[]) or ${attends(redaction.addresses)})`),
      emails: await byId('emails', [...about.emails, ...about.sharedEmails]),
      opportunities: await byId('opportunities', about.opportunities),
      quotes: await byId('quotes', about.quotes),
      quoteLines: await byId('quote_lines', about.quotes, 'quote_id'),
      orders: await byId('orders', about.orders),
      orderLines: await byId('order_lines', about.orders, 'order_ref'),
    },
    links: await rows('record_links', sql`(from_id = any(${sql.param(ids)}::uuid[]) or to_id = any(${sql.param(ids)}::uuid[]))`),
    history: await byId('field_history', all, 'record_id'),
    messages,
    audit: audit.map(({ line }) => JSON.parse(line) as unknown),
    memories: (await memories?.export(tx, person.emails)) ?? [],
    mentions,
  }
}

/** Ids of the records that hang on a person. */
export function recordIds(about: AboutPerson): string[] {
  return [...about.notes, ...about.tasks, ...about.events, ...about.emails]
}

function attends(addresses: string | undefined): SQL {
  return addresses === undefined ? sql`false` : sql`exists (select 1 from unnest(attendees) a where a ~* ${addresses})`
}

function mentioning(columns: readonly string[], candidates: string): SQL {
  return sql`(${sql.join(
    columns.map((name) => sql`${sql.identifier(name)}::text ~* ${candidates}`),
    sql` or `,
  )})`
}
