import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { refuseNotShown } from '#backend/modules/crm/index.ts'
import type { Lexis } from './lexis.ts'
import { clean } from './message.ts'
import { type Person, type PersonReference, personsIn } from './people.ts'
import { resolve } from './resolve.ts'
import { cannot, type Step } from './step.ts'
import { readTarget } from './targets.ts'
import { findSender, findUser, readAssignee, whichPerson } from './users.ts'

/** Several people: "Kofi, Nia and me". */
export function readPeople(text: string, lexis: Lexis): PersonReference[] | undefined {
  const invited = attendeesOf(clean(text), lexis)
  if (invited !== undefined) return [invited]
  // "Both of them": the two that the instruction before has named.
  const both = /^(?:both(?: of them)?|the two of them)$/i.test(clean(text)) ? personsIn(lexis.before.split(/\s*\|\s*/).at(-1) ?? '', lexis) : []
  if (both.length === 2) return both.map((person) => ({ kind: 'person', person }))
  const references = clean(text)
    .replace(/^both\s+/i, '')
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*/i)
    .map((name) => readAssignee(clean(name), lexis))
  return references.every((one) => one !== undefined) ? (references as PersonReference[]) : undefined
}

/** "The attendees of the next sync up", "whoever I'm meeting first tomorrow". */
function attendeesOf(text: string, lexis: Lexis): PersonReference | undefined {
  const among =
    /^(?:all |all the |the |everyone |everybody )?(?:attendees?|participants?|guests?|invitees?|people|everyone|everybody|person|persons|those|whoever is|all who are)? ?(?:of|in|at|attending|invited to|from|coming to|joining|who (?:attends?|joins?|comes? to|will (?:attend|join|be at|come to))|who(?:'s| is| are|'re) (?:attending|in|at|invited to|coming to|joining|going to)) (.+)$/i.exec(
      text,
    )?.[1]
  const met =
    /^(?:whoever|whomever|the (?:person|one|people)(?: (?:who|whom|that))?|who) (?:i'm|i am|i will be|i'll be) (?:meeting|seeing)(?: with)? (.+)$/i.exec(
      text,
    )?.[1]
  const placed = met === undefined ? null : /^(first|last|next)(?: (.+))?$/i.exec(met)
  const meeting = among ?? (met === undefined ? undefined : placed === null ? `my meetings ${met}` : `my ${placed[1]} meeting ${placed[2] ?? ''}`)
  const of = meeting === undefined ? undefined : readTarget(clean(meeting), lexis)
  return of?.entities.includes('events') === true ? { kind: 'attendees', of: { ...of, entities: ['events'] } } : undefined
}

/** Their addresses; an address is where a mail goes and whom a meeting is with. */
export async function addressesOf(
  tx: Transaction,
  references: readonly PersonReference[],
  lexis: Lexis,
): Promise<{ kind: 'addresses'; emails: string[]; names: string[] } | Step> {
  const emails: string[] = []
  const names: string[] = []
  for (const reference of references) {
    if (reference.kind === 'several') return whichPerson(reference, lexis)
    if (reference.kind === 'attendees') {
      const found = await resolve(tx, reference.of, lexis, { only: ['events'], future: true, own: true })
      if (found.kind !== 'found') return found
      const own = lexis.world.users.find(({ id }) => id === lexis.world.me?.id)?.email?.toLowerCase()
      const invited = found.rows.flatMap(({ attendees }) => (Array.isArray(attendees) ? attendees.map((one) => String(one).toLowerCase()) : []))
      const others = [...new Set(invited)].filter((one) => one.includes('@') && one !== own)
      if (others.length === 0) return cannot('Nobody is invited to such a meeting, so nothing would change.')
      emails.push(...others)
      names.push(...others)
      continue
    }
    if (reference.kind === 'sender') {
      const sender = await findSender(tx, reference, lexis)
      if ('kind' in sender) return sender
      emails.push(sender.email ?? '')
      names.push(sender.email ?? '')
      continue
    }
    const user = reference.kind === 'ranked' || reference.kind === 'owner' ? await findUser(tx, reference, lexis) : undefined
    if (user !== undefined && user.kind !== 'user') return user
    const person = user?.person ?? (reference.kind === 'person' ? reference.person : undefined)
    if (person === undefined) return cannot('Say by name whom you mean.')
    const email = await addressOf(tx, person)
    if (email === undefined) return cannot(`${person.name} has no e-mail address here, so nothing would change. Give the address itself.`)
    emails.push(email)
    names.push(person.name)
  }
  return { kind: 'addresses', emails: [...new Set(emails)], names }
}

async function addressOf(tx: Transaction, { email, record }: Person): Promise<string | undefined> {
  if (email !== undefined) return email
  if (record === undefined) return undefined
  const entity = record.entity === 'leads' ? 'leads' : 'contacts'
  if ((await tx.hidden()).hides(entity, 'email')) throw refuseNotShown(entity, ['email'])
  const [row] = await tx.query<{ email: string | null }>(
    sql`select email from ${sql.identifier(entity)} where workspace_id = ${tx.workspaceId} and id = ${record.id} and deleted_at is null`,
  )
  return row?.email ?? undefined
}
