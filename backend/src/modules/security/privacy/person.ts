import { createHash } from 'node:crypto'
import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { notFound } from '#backend/kernel/errors.ts'
import { isUuid } from '#backend/kernel/ids.ts'
import { fold } from '#contracts/fold.ts'

export type Subject = { email?: string | undefined; recordId?: string | undefined }

/** Who a request under data protection law is about. */
export interface Person {
  contactIds: string[]
  leadIds: string[]
  /** Addresses that are this person's alone, in lower case. */
  emails: string[]
  /** Full names of two words or more that nobody else here bears. */
  names: string[]
  phones: string[]
  /** Names and addresses that others share: texts with them may mean somebody else. */
  shared: string[]
}

interface PersonRow {
  entity: 'contacts' | 'leads'
  id: string
  first_name: string | null
  last_name: string | null
  email: string | null
  phone: string | null
  mobile: string | null
}

/**
 * Finds everybody's records of one person: by an address, all that have it; by a record, also others with its address and name.
 * @throws AppError NOT_FOUND for a record that is not here
 */
export async function findPerson(tx: Transaction, { email, recordId }: Subject): Promise<Person> {
  const rows = email === undefined ? await rowsOf(tx, 'id', recordId ?? '') : await rowsOf(tx, 'email_key', email.trim().toLowerCase())
  const [named] = rows
  if (email === undefined && named === undefined) throw notFound('This contact or lead')
  const shared: string[] = []
  let emails = email === undefined ? [] : [email.trim().toLowerCase()]
  if (email === undefined && named?.email != null) {
    const address = named.email.toLowerCase()
    const others = (await rowsOf(tx, 'email_key', address)).filter(({ id }) => id !== named.id)
    const mine = others.filter((other) => fullName(other) === '' || fold(fullName(other)) === fold(fullName(named)))
    rows.push(...mine)
    if (mine.length === others.length) emails = [address]
    else shared.push(address)
  }
  const names = [...new Set(rows.map(fullName))].filter((name) => /\S\s+\S/.test(name))
  const unique: string[] = []
  for (const name of names) ((await isBorneByOthers(tx, rows, name)) ? shared : unique).push(name)
  return {
    contactIds: rows.filter(({ entity }) => entity === 'contacts').map(({ id }) => id),
    leadIds: rows.filter(({ entity }) => entity === 'leads').map(({ id }) => id),
    emails,
    names: unique,
    phones: [
      ...new Set(rows.flatMap(({ phone, mobile }) => [phone, mobile].filter((number) => number !== null && number.replace(/\D/g, '').length >= 7))),
    ] as string[],
    shared,
  }
}

/** The person in a form that tells whoever knows the address that it is meant, and others little. */
export function maskedSubject(tx: Transaction, { email, recordId }: Subject, { emails }: Person): { subject: string; hash: string } {
  const address = email?.trim().toLowerCase() ?? emails[0]
  const hash = createHash('sha256')
    .update(`${tx.workspaceId}:${address ?? recordId ?? ''}`)
    .digest('hex')
  const masked = address === undefined ? `record ${recordId}` : address.replace(/^(.)[^@]*@/, '$1***@')
  return { subject: `${masked} (SHA-256 ${hash})`, hash }
}

function fullName({ first_name, last_name }: PersonRow): string {
  return [first_name, last_name]
    .filter((part) => part !== null && part !== '')
    .join(' ')
    .trim()
}

async function rowsOf(tx: Transaction, column: 'id' | 'email_key', value: string): Promise<PersonRow[]> {
  if (column === 'id' && !isUuid(value)) return []
  const key = sql.identifier(column)
  return tx.query<PersonRow>(sql`
    select 'contacts' as entity, id, first_name, last_name, email, phone, mobile from contacts where workspace_id = ${tx.workspaceId} and ${key} = ${value}
    union all
    select 'leads', id, first_name, last_name, email, phone, null from leads where workspace_id = ${tx.workspaceId} and ${key} = ${value}`)
}

async function isBorneByOthers(tx: Transaction, mine: readonly PersonRow[], name: string): Promise<boolean> {
  const ids = sql.param(mine.map(({ id }) => id))
  const [row] = await tx.query<{ borne: boolean }>(sql`
    select exists (select 1 from contacts where workspace_id = ${tx.workspaceId} and fold(name) = ${fold(name)} and id <> all(${ids}::uuid[]))
      or exists (select 1 from leads where workspace_id = ${tx.workspaceId} and fold(name) = ${fold(name)} and id <> all(${ids}::uuid[]))
      or exists (select 1 from users where workspace_id = ${tx.workspaceId} and fold(name) = ${fold(name)}) as borne`)
  return row?.borne ?? false
}
