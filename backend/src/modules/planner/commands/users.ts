import type { Transaction } from '#backend/infra/database/database.ts'
import { runQuery } from '#backend/modules/crm/index.ts'
import { entities } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'
import type { Lexis } from './lexis.ts'
import { clean, unquoted } from './message.ts'
import { type Person, type PersonReference, personsIn, readPerson } from './people.ts'
import { resolve } from './resolve.ts'
import { readSelection } from './selection.ts'
import { ask, cannot, type Step } from './step.ts'
import { recordsBefore } from './targets.ts'

const ranked =
  /^(?:the )?(?:who|person|user|rep|colleague|team ?member|teammate|one|employee|someone|whoever|agent|developer|owner|sales ?person)(?: (?:who|that))?(?: (?:has|with|having|is (?:handling|holding)|owns))? (?:the )?(fewest|least|smallest number of|lowest number of|most|highest number of|largest number of|greatest number of)(?: number of)? (.+)$/i

/** Whom records are to go to: a name, or who has most or fewest of something. */
export function readAssignee(text: string, lexis: Lexis): PersonReference | undefined {
  const said = clean(text)
  // "Find the person with the fewest overdue tasks and assign … to them."
  const last = lexis.before.split(/\s*\|\s*/).at(-1) ?? ''
  if (/^(?:them|him|her|that person)$/i.test(said) && ranked.test(last)) return readAssignee(last, { ...lexis, before: '' })
  const isThem = /^(?:them|him|her|that person)$/i.test(said) && last !== '' && personsIn(last, lexis).length === 0
  const spoken = isThem ? (ownerOf(last, { ...lexis, before: '' }) ?? senderOf(last, { ...lexis, before: '' })) : undefined
  if (spoken !== undefined) return spoken
  const match = ranked.exec(said)
  const owned = match === null ? (ownerOf(said, lexis) ?? senderOf(said, lexis)) : undefined
  if (owned !== undefined) return owned
  if (match === null) return readPerson(said, lexis)
  const of = readSelection(match[2] ?? '', lexis)
  return of === undefined ? undefined : { kind: 'ranked', of, most: /most|highest|largest|greatest/i.test(match[1] ?? '') }
}

/** "The owner of Casey White", "whoever Casey White belongs to". */
function ownerOf(said: string, lexis: Lexis): PersonReference | undefined {
  const match =
    /^(?:the )?(?:owner|assignee|account manager|person (?:responsible for|in charge of)|rep(?:resentative)? (?:of|for)) (?:of |for )?(.+)$/i.exec(said) ??
    /^(?:the person|whoever|who|the one) (.+?) (?:belongs|is assigned) to$/i.exec(said) ??
    /^(?:the person|whoever|the one)(?: who)? (?:owns|has|looks after|is responsible for|handles|manages) (.+)$/i.exec(said) ??
    /^(.+)'s (?:owner|assignee|account manager)$/i.exec(said)
  const of = match === null ? undefined : readSelection(match[1] ?? '', lexis)
  return of === undefined || of.many || of.order !== undefined ? undefined : { kind: 'owner', of }
}

/** "The sender", of a mail spoken of before or here: "the sender of the latest email about 'X'". */
export function senderOf(text: string, lexis: Lexis): PersonReference | undefined {
  const match =
    /^(?:the|its|whoever is the)? ?(?:sender|author|writer)(?: of (?:the |that |this )?(.+))?$/i.exec(text) ??
    /^(?:the (?:person|one|colleague) who|whoever|who) (?:sent|wrote)(?: (?:me|us))? (?:the |that |this )?(.+)$/i.exec(text)
  if (match === null) return undefined
  const said =
    match[1] === undefined || /^(?:it|that|this|(?:e?mail|message))$/i.test(match[1]) ? recordsBefore(lexis, 'emails') : readSelection(match[1], lexis)
  return said?.entities.includes('emails') === true ? { kind: 'sender', of: { ...said, entities: ['emails'] } } : undefined
}

export type FoundUser = { kind: 'user'; name: string; person: Person; values: Record<string, unknown> }

/** The one user that is meant, as the owner of records. */
export async function findUser(tx: Transaction, reference: PersonReference, lexis: Lexis): Promise<FoundUser | Step> {
  if (reference.kind === 'several') return whichPerson(reference, lexis)
  if (reference.kind === 'attendees') return cannot('Say by name who is to have them.')
  const person =
    reference.kind === 'person'
      ? reference.person
      : reference.kind === 'owner'
        ? await findOwner(tx, reference, lexis)
        : reference.kind === 'sender'
          ? await findSender(tx, reference, lexis)
          : await findRanked(tx, reference, lexis)
  if ('kind' in person) return person
  // Whoever is not known as a user owns nothing here.
  if (person.userId === undefined)
    return cannot(`${person.name} is not one of the people of this workspace, so nothing would change. Invite them first, or name somebody else.`)
  return { kind: 'user', name: person.note === undefined ? person.name : `${person.name}, ${person.note}`, person, values: { owner_id: person.userId } }
}

export function whichPerson({ name, options }: Extract<PersonReference, { kind: 'several' }>, { message }: Lexis): Step {
  const choices = options.slice(0, 8).map((person) => {
    const handle = person.email ?? person.name
    return {
      label: person.email === undefined ? person.name : `${person.name} (${person.email})`,
      message: message.includes(name) ? message.replace(name, handle) : handle,
    }
  })
  return ask(
    name === 'them' ? 'Whom do you mean? More than one person was named, so nothing would change.' : `There is more than one “${name}”. Whom do you mean?`,
    choices,
  )
}

/** Who sent the mails that are meant. */
export async function findSender(tx: Transaction, { of }: Extract<PersonReference, { kind: 'sender' }>, lexis: Lexis): Promise<Person | Step> {
  const found = await resolve(tx, of, lexis, { only: ['emails'] })
  if (found.kind !== 'found') return found
  const senders = [...new Set(found.rows.map(({ from }) => String(from).toLowerCase()))]
  const [sender] = senders
  if (sender === undefined || senders.length > 1)
    return cannot(
      sender === undefined
        ? 'No such e-mail was found, so nothing would change.'
        : 'More than one person sent such e-mails, so nothing would change. Say whom you mean.',
    )
  const user = lexis.world.users.find(({ email }) => email?.toLowerCase() === sender)
  return { name: user?.name ?? sender, email: sender, ...(user === undefined ? {} : { userId: user.id }) }
}

async function findOwner(tx: Transaction, { of }: Extract<PersonReference, { kind: 'owner' }>, lexis: Lexis): Promise<Person | Step> {
  const found = await resolve(tx, of, lexis)
  if (found.kind !== 'found') return found
  const owners = [...new Set(found.rows.flatMap(({ owner_id }) => (typeof owner_id === 'string' ? [owner_id] : [])))]
  const [owner] = owners
  if (owner === undefined || owners.length > 1 || found.rows.length !== 1)
    return cannot(`I could not tell whose “${unquoted(of.said, lexis.quotes)}” is, so nothing would change.`)
  return personOf(owner, lexis.world.users.find(({ id }) => id === owner)?.name ?? String(found.rows[0]?.owner ?? ''), lexis)
}

async function findRanked(tx: Transaction, { of, most }: Extract<PersonReference, { kind: 'ranked' }>, lexis: Lexis): Promise<Person | Step> {
  // Among records of one name or place nobody has most.
  if (of.name !== undefined || of.order !== undefined)
    return cannot(`I could not tell who has ${most ? 'most' : 'fewest'} ${unquoted(of.said, lexis.quotes)}, so nothing would change.`)
  for (const entity of of.entities) {
    const filters: Filter[] = []
    for (const constraint of of.constraints) {
      const filter = constraint(entity, lexis)
      if (filter !== undefined) filters.push(filter)
    }
    if (filters.length < of.constraints.length || entities[entity].fields.owner === undefined) continue
    const where: Filter | undefined = filters.length === 0 ? undefined : { and: filters }
    // Everybody who has any such records at all counts, also who has none that fit.
    const { rows } = await runQuery(
      tx,
      {
        entity,
        filter: { field: 'owner', op: 'isNotEmpty' },
        groupBy: [{ field: 'owner' }],
        measures: [{ fn: 'count', as: 'fitting', ...(where === undefined ? {} : { where }) }],
        limit: 1000,
      },
      { now: lexis.context.now, timeZone: lexis.context.timeZone },
    )
    const figures = rows.map((row) => ({ id: String(row.owner_id ?? ''), name: String(row.owner ?? ''), count: Number(row.fitting ?? 0) }))
    if (figures.length === 0) continue
    const best = most ? Math.max(...figures.map(({ count }) => count)) : Math.min(...figures.map(({ count }) => count))
    const winners = figures.filter(({ count }) => count === best)
    const [winner] = winners
    if (winner === undefined) continue
    // Of many who have none, those with some are told apart.
    const some = figures.filter(({ count }) => count > 0)
    const least = Math.min(...some.map(({ count }) => count))
    const few = some.filter(({ count }) => count === least)
    if (!most && winners.length > 1 && best === 0 && few.length === 1 && few[0] !== undefined)
      return { ...personOf(few[0].id, few[0].name, lexis), note: `who has fewest of those who have any (${least}); ${winners.length} people have none` }
    const options = winners.map(({ id, name }) => personOf(id, name, lexis))
    if (options.length > 1) return whichPerson({ kind: 'several', name: `${most ? 'most' : 'fewest'} ${unquoted(of.said, lexis.quotes)}`, options }, lexis)
    return personOf(winner.id, winner.name, lexis)
  }
  return cannot(`I could not tell who has ${most ? 'most' : 'fewest'} ${unquoted(of.said, lexis.quotes)}, so nothing would change.`)
}

function personOf(id: string, name: string, { world }: Lexis): Person {
  const email = world.users.find((user) => user.id === id)?.email
  return { name, userId: id, ...(email == null ? {} : { email: email.toLowerCase() }) }
}
