import { usersNamed } from '#backend/modules/planner/world/world.ts'
import type { EntityName } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { Lexis } from './lexis.ts'
import { unquoted } from './message.ts'
import type { Selection } from './selection.ts'

/** Somebody that a message names: a user, somebody with an address only, or whom a record is of. */
export interface Person {
  name: string
  userId?: string
  email?: string
  /** Why it is they. */
  note?: string
  /** Their address is looked up there. */
  record?: { entity: EntityName; id: string }
}

/** Who is meant: one, one of several, or whoever has most or fewest of something. */
export type PersonReference =
  | { kind: 'person'; person: Person }
  | { kind: 'several'; name: string; options: readonly Person[] }
  | { kind: 'ranked'; of: Selection; most: boolean }
  /** Whoever sent the mail. */
  | { kind: 'sender'; of: Selection }
  /** Whoever is invited to the meeting. */
  | { kind: 'attendees'; of: Selection }
  /** Whoever owns a record. */
  | { kind: 'owner'; of: Selection }

const ordinary = new Set(
  'will|may|mark|bill|rob|sue|art|grant|drew|chase|hope|pat|jack|an|so|do|in|no|al|don|my|max|rich|ray|gene|june|april|august|dawn|joy|faith|grace|rose|guy|dean|earl|duke|king|lead|deal|sales|admin|team|support|office|info|contact|billing|the'.split(
    '|',
  ),
)
const pronoun = /^(?:them|they|him|her|he|she)(?: (?:both|all))?$/i

/** Whom a phrase names; `undefined` when nobody, or when it cannot be a name. */
export function readPerson(text: string, lexis: Lexis): PersonReference | undefined {
  const said = unquoted(text, lexis.quotes)
    .replace(/^(?:our colleague|my colleague|colleague|user|to)\s+/i, '')
    .replace(/'s$/, '')
    .trim()
  if (said === '' || said.split(' ').length > 4) return undefined
  if (/^(?:me|myself|i)$/i.test(said)) {
    const { me } = lexis.world
    return me === undefined ? undefined : { kind: 'person', person: userOf(me.id, lexis) }
  }
  if (pronoun.test(said)) return personBefore(lexis)
  const phrase = fold(said)
  const users = usersNamed(lexis.world, phrase).map(({ id }) => userOf(id, lexis))
  const [user] = users
  if (users.length > 1) return { kind: 'several', name: said, options: users }
  if (user !== undefined) return { kind: 'person', person: user }
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(said)) return { kind: 'person', person: { name: said, email: said.toLowerCase() } }
  const byAddress = addressesOf(phrase, lexis)
  const records = [...(lexis.world.labels.get(phrase) ?? []), ...(phrase.includes(' ') ? [] : (lexis.world.partialLabels.get(phrase) ?? []))].filter(
    ({ entity }) => entity === 'contacts' || entity === 'leads',
  )
  const options: Person[] = [
    ...byAddress.map((email) => ({ name: said, email })),
    // A first name of somebody who writes is theirs before it is some contact's.
    ...(byAddress.length > 0 ? [] : records.map(({ entity, id, label }) => ({ name: label, record: { entity, id } }))),
  ]
  const [only] = options
  if (only === undefined) return undefined
  return options.length === 1 ? { kind: 'person', person: only } : { kind: 'several', name: said, options }
}

function userOf(id: string, { world }: Lexis): Person {
  const user = world.users.find((one) => one.id === id)
  return { name: user?.name ?? id, userId: id, ...(user?.email == null ? {} : { email: user.email.toLowerCase() }) }
}

/** Addresses whose name before the @ begins with the phrase: "kofi" of kofi.mensah@… */
function addressesOf(phrase: string, { addresses }: Lexis): string[] {
  const wanted = phrase.replaceAll(' ', '.')
  if (wanted.includes('@')) return []
  // They are in order, so that those which begin alike stand together.
  const found: string[] = []
  for (let at = firstFrom(addresses, wanted); addresses[at]?.startsWith(wanted) === true; at++) {
    const address = addresses[at] as string
    if ('@._'.includes(address.charAt(wanted.length)) && wanted.length <= address.indexOf('@')) found.push(address)
  }
  return found
}

/** Where the first text stands that does not come before the wanted one. */
function firstFrom(texts: readonly string[], wanted: string): number {
  let [low, high] = [0, texts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((texts[middle] as string) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** The people named in a text, each once, in their order. */
export function personsIn(text: string, lexis: Lexis): Person[] {
  const found = new Map<string, Person>()
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}.@_+-]*/gu) ?? []
  for (let at = 0; at < words.length; at++)
    for (let length = Math.min(3, words.length - at); length > 0; length--) {
      const phrase = words
        .slice(at, at + length)
        .join(' ')
        .replace(/[.]+$/, '')
      if (length === 1 && (phrase.length < 3 || ordinary.has(phrase.toLowerCase())) && !/^\p{Lu}/u.test(phrase)) continue
      if (length === 1 && ordinary.has(phrase.toLowerCase())) continue
      const whole = fold(phrase)
      // A word that only begins some record's name is no person.
      const known = usersNamed(lexis.world, whole).length > 0 || addressesOf(whole, lexis).length > 0 || phrase.includes('@')
      const read = known ? readPerson(phrase, { ...lexis, before: '' }) : undefined
      if (read?.kind !== 'person') continue
      found.set(read.person.userId ?? read.person.email ?? read.person.name, read.person)
      at += length - 1
      break
    }
  return [...found.values()]
}

/** Whom "them" means: the one person that was named. */
function personBefore(lexis: Lexis): PersonReference | undefined {
  const persons = personsIn(lexis.before, lexis)
  // Of "reassign all of Raj's leads to Lena and …" they are Lena; of somebody spoken of before that, either may be meant.
  const last = lexis.before.split(/\s*\|\s*/).at(-1) ?? ''
  const given =
    persons.length === 2 && personsIn(last, lexis).length === 2
      ? /^(?:re-?assign|give|hand|transfer|assign|pass|move)\b.*\s(?:over )?to (\S+)$/i.exec(last)?.[1]
      : undefined
  const taker = given === undefined ? [] : personsIn(given, lexis)
  if (taker.length === 1 && taker[0] !== undefined) return { kind: 'person', person: taker[0] }
  const [only] = persons
  if (only === undefined) return undefined
  return persons.length === 1 ? { kind: 'person', person: only } : { kind: 'several', name: 'them', options: persons }
}
