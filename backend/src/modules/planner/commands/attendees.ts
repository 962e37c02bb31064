import { sql, type Transaction } from '#backend/infra/database/database.ts'
import { refuseNotShown } from '#backend/modules/crm/index.ts'
import type { Lexis } from './lexis.ts'
import { clean } from './message.ts'
import type { Person, PersonReference } from './people.ts'
import { resolve } from './resolve.ts'
import { readSelection } from './selection.ts'
import { cannot, type Step } from './step.ts'
import { recordsBefore } from './targets.ts'
import { findUser, readAssignee, whichPerson } from './users.ts'

/** Several people: "Kofi, Nia and me". */
export function readPeople(text: string, lexis: Lexis): PersonReference[] | undefined {
  const references = clean(text)
    .replace(/^both\s+/i, '')
    .split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*/i)
    .map((name) => readSender(clean(name), lexis) ?? readAssignee(clean(name), lexis))
  return references.every((one) => one !== undefined) ? (references as PersonReference[]) : undefined
}

/** "The sender", of a mail spoken of before or here: "the sender of the latest email about 'X'". */
function readSender(text: string, lexis: Lexis): PersonReference | undefined {
  const match =
    /^(?:the|its|whoever is the)? ?(?:sender|author|writer)(?: of (?:the |that |this )?(.+))?$/i.exec(text) ??
    /^(?:the (?:person|one|colleague) who|whoever|who) (?:sent|wrote)(?: (?:me|us))? (?:the |that |this )?(.+)$/i.exec(text)
  if (match === null) return undefined
  const said =
    match[1] === undefined || /^(?:it|that|this|(?:e?mail|message))$/i.test(match[1]) ? recordsBefore(lexis, 'emails') : readSelection(match[1], lexis)
  return said?.entities.includes('emails') === true ? { kind: 'sender', of: { ...said, entities: ['emails'] } } : undefined
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
    if (reference.kind === 'sender') {
      const found = await resolve(tx, reference.of, lexis, { only: ['emails'] })
      if (found.kind !== 'found') return found
      const senders = [...new Set(found.rows.map(({ from }) => String(from).toLowerCase()))]
      const [sender] = senders
      if (sender === undefined || senders.length > 1)
        return cannot(
          sender === undefined
            ? 'No such e-mail was found, so nothing would change.'
            : 'More than one person sent such e-mails, so nothing would change. Say whom you mean.',
        )
      emails.push(sender)
      names.push(sender)
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
