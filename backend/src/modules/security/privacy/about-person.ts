import { type SQL, sql, type Transaction } from '#backend/infra/database/database.ts'
import type { Person } from './person.ts'
import type { Redaction } from './redaction.ts'

/** Records that are about a person, by table. */
export interface AboutPerson {
  notes: string[]
  tasks: string[]
  events: string[]
  /** From, to or about the person and nobody else. */
  emails: string[]
  /** To others too: they stay theirs. */
  sharedEmails: string[]
  opportunities: string[]
  orders: string[]
  quotes: string[]
}

export async function findAboutPerson(tx: Transaction, person: Person, { addresses }: Redaction): Promise<AboutPerson> {
  const ids = sql.param([...person.contactIds, ...person.leadIds])
  const contacts = sql.param(person.contactIds)
  const idsOf = async (table: string, condition: SQL) => {
    const rows = await tx.query<{ id: string }>(
      sql`select id from ${sql.identifier(table)} where workspace_id = ${tx.workspaceId} and ${condition} order by id`,
    )
    return rows.map(({ id }) => id)
  }
  const related = sql`related_id = any(${ids}::uuid[])`
  const to = addresses === undefined ? sql`false` : sql`exists (select 1 from unnest(to_addresses) a where a ~* ${addresses})`
  const from = addresses === undefined ? sql`false` : sql`from_address ~* ${addresses}`
  return {
    notes: await idsOf('notes', related),
    tasks: await idsOf('tasks', related),
    events: await idsOf('events', related),
    emails: await idsOf('emails', sql`(${from} or ${to} and cardinality(to_addresses) = 1 or ${related} and not (${to}))`),
    sharedEmails: await idsOf('emails', sql`not (${from}) and ${to} and cardinality(to_addresses) > 1`),
    opportunities: await idsOf('opportunities', sql`contact_id = any(${contacts}::uuid[])`),
    quotes: await idsOf('quotes', sql`contact_id = any(${contacts}::uuid[])`),
    orders: await idsOf(
      'orders',
      addresses === undefined ? sql`contact_id = any(${contacts}::uuid[])` : sql`(contact_id = any(${contacts}::uuid[]) or customer ~* ${addresses})`,
    ),
  }
}
