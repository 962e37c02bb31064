import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { type AboutPerson, findAboutPerson } from './about-person.ts'
import { forgetSearchWords, forgetVocabulary, searchWordsOf } from './forget-vocabulary.ts'
import { findPerson, maskedSubject, type Person, type Subject } from './person.ts'
import { redactTables } from './redact-tables.ts'
import { createRedaction, type Message } from './redaction.ts'

/** Rewrites the transcripts of these conversations, message by message; answers how many changed. */
export type RedactTranscripts = (sessionIds: readonly string[], redact: <M extends Message>(message: M) => M) => Promise<number>

/** What agents remember of the people who work here, found by their addresses. */
export interface PersonMemories {
  export(tx: Transaction, emails: readonly string[]): Promise<Record<string, unknown>[]>
  /** @returns how many went */
  erase(tx: Transaction, emails: readonly string[]): Promise<number>
}

export interface Erasure {
  subject: string
  subjectHash: string
  erased: Record<string, number>
  anonymised: Record<string, number>
  kept: { what: string; why: string }[]
}

/**
 * Removes a person from the workspace: the records of and about them go, what belongs to the books or to others stays without them.
 * @param mark distinguishes what this erasure leaves in place of names that must be unique
 */
export async function erasePerson(
  tx: Transaction,
  subject: Subject,
  mark: string,
  { redactTranscripts, memories }: { redactTranscripts: RedactTranscripts; memories?: PersonMemories | undefined },
): Promise<Erasure> {
  const person = await findPerson(tx, subject)
  const own = [...person.contactIds, ...person.leadIds]
  const about = await findAboutPerson(tx, person, createRedaction(person, own))
  const gone = [...own, ...about.notes, ...about.tasks, ...about.events, ...about.emails]
  const erased: Record<string, number> = {}
  const anonymised: Record<string, number> = {}
  await anonymiseBooks(tx, person, about, mark, anonymised)
  const words = await searchWordsOf(tx, gone)
  const values = await forgetVocabulary(tx, person)
  await removeRecords(tx, person, about, gone, erased)
  await forgetProposals(tx, person, gone, anonymised)
  const remembered = (await memories?.erase(tx, person.emails)) ?? 0
  if (remembered > 0) erased.memories = remembered
  const everywhere = createRedaction(person, gone)
  const conversations = createRedaction(person, gone, true)
  for (const [table, count] of Object.entries(await redactTables(tx, { everywhere, conversations }, mark))) anonymised[table] = (anonymised[table] ?? 0) + count
  const forgotten = await forgetSearchWords(tx, words)
  for (const [what, count] of Object.entries({ field_values: values, search_words: forgotten })) if (count > 0) erased[what] = count
  const sessions = await tx.query<{ id: string }>(sql`select id from chat_sessions where workspace_id = ${tx.workspaceId}`)
  // Before the transaction ends, so that no certificate says more than was done.
  const transcripts = await redactTranscripts(
    sessions.map(({ id }) => id),
    conversations.redactMessage,
  )
  if (transcripts > 0) anonymised.transcripts = transcripts
  const { subject: masked, hash } = maskedSubject(tx, subject, person)
  return { subject: masked, subjectHash: hash, erased, anonymised, kept: await keptOf(tx, person) }
}

/** Deals, quotes and orders are kept for the books, and mail to several people for the others, without the person. */
async function anonymiseBooks(
  tx: Transaction,
  { contactIds, leadIds }: Person,
  about: AboutPerson,
  mark: string,
  anonymised: Record<string, number>,
): Promise<void> {
  const contacts = sql.param(contactIds)
  const orders = sql.param(about.orders)
  const customer = `Erased person ${mark}`
  const count = async (what: string, statement: ReturnType<typeof sql>) => {
    const { length } = await tx.query(statement)
    if (length > 0) anonymised[what] = length
  }
  await count(
    'emails',
    sql`update emails set related_type = null, related_id = null where workspace_id = ${tx.workspaceId} and id = any(${sql.param(about.sharedEmails)}::uuid[])
      and related_id = any(${sql.param([...contactIds, ...leadIds])}::uuid[]) returning id`,
  )
  await count(
    'opportunities',
    sql`update opportunities set contact_id = null where workspace_id = ${tx.workspaceId} and contact_id = any(${contacts}::uuid[]) returning id`,
  )
  await count(
    'quotes',
    sql`update quotes set contact_id = null where workspace_id = ${tx.workspaceId} and id = any(${sql.param(about.quotes)}::uuid[]) returning id`,
  )
  await count(
    'order_lines',
    sql`update order_lines set contact_id = null, customer = ${customer} where workspace_id = ${tx.workspaceId} and order_ref = any(${orders}::uuid[]) returning id`,
  )
  await count(
    'orders',
    sql`update orders set contact_id = null, customer = ${customer} where workspace_id = ${tx.workspaceId} and id = any(${orders}::uuid[]) returning id`,
  )
}

async function removeRecords(tx: Transaction, person: Person, about: AboutPerson, gone: readonly string[], erased: Record<string, number>): Promise<void> {
  const all = sql.param([...gone])
  const remove = async (table: string, condition: ReturnType<typeof sql>) => {
    const { length } = await tx.query(sql`delete from ${sql.identifier(table)} where workspace_id = ${tx.workspaceId} and ${condition} returning 1`)
    if (length > 0) erased[table] = (erased[table] ?? 0) + length
  }
  await remove('record_links', sql`(from_id = any(${all}::uuid[]) or to_id = any(${all}::uuid[]))`)
  await remove('field_history', sql`record_id = any(${all}::uuid[])`)
  await remove('import_changes', sql`record_id = any(${all}::uuid[])`)
  await remove('change_rows', sql`row_id = any(${all}::uuid[])`)
  await remove('search_documents', sql`record_id = any(${all}::uuid[])`)
  for (const table of ['notes', 'tasks', 'events', 'emails'] as const) await remove(table, sql`id = any(${sql.param(about[table])}::uuid[])`)
  await remove('contacts', sql`id = any(${sql.param(person.contactIds)}::uuid[])`)
  await remove('leads', sql`id = any(${sql.param(person.leadIds)}::uuid[])`)
}

/** What was proposed about the person says no more than that something was; mail to them that waits is not sent. */
async function forgetProposals(tx: Transaction, { emails }: Person, gone: readonly string[], anonymised: Record<string, number>): Promise<void> {
  const all = sql.param([...gone])
  const proposals = await tx.query(sql`
    update proposals set title = '[erased]', label = null, input = '{}', before = null, after = null, applied = null,
      status = case when status in ('pending', 'failed') then 'rejected' else status end
    where workspace_id = ${tx.workspaceId} and (record_id = any(${all}::uuid[]) or about && ${all}::uuid[]) returning id`)
  if (proposals.length > 0) anonymised.proposals = proposals.length
  const mails = await tx.query(sql`
    update email_outbox set status = 'cancelled' where workspace_id = ${tx.workspaceId} and status = 'queued'
      and exists (select from unnest("to" || cc) address where lower(address) = any(${sql.param(emails)}::text[])) returning id`)
  if (mails.length > 0) anonymised.email_outbox = mails.length
}

async function keptOf(tx: Transaction, person: Person): Promise<Erasure['kept']> {
  const kept = [
    { what: 'Opportunities, quotes and orders, without the person', why: 'Business and tax records must be kept.' },
    { what: 'Entries of the audit trail', why: 'They prove who accessed what, and removing one would break the chain; they go after the audit retention.' },
    { what: 'Security events', why: 'They are evidence of attacks and cannot be changed.' },
    { what: 'Backups made before', why: 'They cannot be changed; they go after the backup retention.' },
  ]
  if (person.shared.length > 0)
    kept.push({ what: 'Texts with a name or address that others here share', why: 'They may mean somebody else; look through them by hand.' })
  const [staff] = await tx.query(sql`select 1 from users where workspace_id = ${tx.workspaceId} and lower(email) = any(${sql.param(person.emails)}::text[])`)
  if (staff !== undefined) kept.push({ what: 'The person as a member of this workspace', why: 'Colleagues are deactivated under People, not erased here.' })
  return kept
}
