import { drawPhone, drawPostcode, drawStreet, slug } from './addresses.ts'
import { decisionRoles, interests } from './custom-fields.ts'
import { type Culture, firstNames } from './names/first-names.ts'
import { lastNames } from './names/last-names.ts'
import { type Country, countriesByWeight } from './names/places.ts'
import { type Organisation, organisationAt, specialAt } from './organisations.ts'
import { type Random, randomFor } from './random.ts'
import { drawOwner, type TeamMember } from './team.ts'
import { between, iso, isoDate, officeTime } from './timeline.ts'
import { dayMs, type World } from './world.ts'

/** What other records need to know of a contact. */
export interface Contact {
  index: number
  externalId: string
  firstName: string
  lastName: string
  email: string | undefined
  organisation: Organisation | undefined
  country: Country
  owner: TeamMember | undefined
  createdAt: number
}

/** People placed in every demo world: names that are also words of a question, namesakes, accents, a name of one part. */
const knownPeople: readonly { first: string; last: string; bare?: boolean }[] = [
  { first: 'April', last: 'May' },
  { first: 'Will', last: 'Summers' },
  { first: 'Maria', last: 'Garcia' },
  { first: 'María', last: 'García' },
  { first: 'Sarah', last: 'Connor' },
  { first: 'Jürgen', last: 'Großmann' },
  { first: 'Zoë', last: 'Brontë' },
  { first: 'Nguyễn', last: 'Thị Ánh' },
  { first: 'Mark', last: 'Price' },
  { first: 'Chase', last: 'Winn' },
  { first: 'Łukasz', last: 'Żak' },
  { first: 'John', last: 'Smith' },
  { first: 'John', last: 'Smith' },
  { first: 'Seán', last: "O'Reilly" },
  { first: 'Prakash', last: '' },
  { first: 'Rosa', last: 'Nadir', bare: true },
  { first: 'Mei', last: 'Lin' },
  { first: 'Ana-Lucía', last: 'de la Cruz' },
  { first: 'Grace', last: 'Lead' },
  { first: 'Björn', last: 'Åkerström' },
]

const blockOrganisations = 8
const blockContacts = 32
/** Contacts of the eight organisations of a block: a few big accounts, many small ones. */
const blockShares = [1, 1, 2, 2, 3, 5, 7, 11]

/** Members of a block in order: for each contact of the block its organisation's place in it. */
function blockSeats(world: World, block: number): number[] {
  const random = randomFor(world.seed, 'block', block)
  const shares = blockShares.map((share) => ({ share, key: random.next() })).sort((a, b) => a.key - b.key)
  return shares.flatMap(({ share }, organisation) => Array.from({ length: share }, () => organisation))
}

interface CachedBlock {
  world: World
  block: number
  contacts: Contact[]
}
const cachedBlocks: CachedBlock[] = []
const maxCachedBlocks = 64

/** The contact of an index; the 32 of a block are made together, so that reading neighbours costs one making each. */
export function contactAt(world: World, index: number): Contact {
  const block = Math.floor(index / blockContacts)
  let cached = cachedBlocks[block % maxCachedBlocks]
  if (cached?.world !== world || cached.block !== block) {
    cached = { world, block, contacts: createBlock(world, block) }
    cachedBlocks[block % maxCachedBlocks] = cached
  }
  return cached.contacts[index % blockContacts] as Contact
}

/** A contact for the i-th of `count` other records: neighbours in one list belong to neighbours in the other. */
export function contactNear(world: World, random: Random, index: number, count: number): Contact {
  const block = Math.floor((index * Math.ceil(world.counts.contacts / blockContacts)) / count)
  return contactAt(world, Math.min(block * blockContacts + random.int(0, blockContacts - 1), world.counts.contacts - 1))
}

function createBlock(world: World, block: number): Contact[] {
  const seats = blockSeats(world, block)
  const organisations = new Map<number, Organisation>()
  const localParts = new Set<string>()
  const contacts: Contact[] = []
  for (let seat = 0; seat < blockContacts; seat++) {
    const index = block * blockContacts + seat
    if (index >= world.counts.contacts) break
    const place = Math.min(block * blockOrganisations + (seats[seat] as number), world.counts.organisations - 1)
    const employer = organisations.get(place) ?? organisationAt(world, place)
    organisations.set(place, employer)
    contacts.push(createContact(world, index, employer, localParts))
  }
  return contacts
}

function createContact(world: World, index: number, employer: Organisation, localParts: Set<string>): Contact {
  const random = randomFor(world.seed, 'contact', index)
  const special = specialAt(index, world.counts.contacts, knownPeople.length)
  const known = special === undefined ? undefined : knownPeople[special]
  const isPrivate = known?.bare === true || random.chance(0.04)
  const country = isPrivate ? random.weighted(countriesByWeight) : employer.country
  const { first, last } = known ?? drawName(random, country)
  const style = random.weighted([
    ['first.last', 7],
    ['f.last', 2],
    ['first', 1],
  ] as const)
  const [given, family] = [slug(first), slug(last)]
  const local = family === '' || style === 'first' ? given : `${style === 'f.last' ? given.charAt(0) : given}.${family}`
  // Namesakes of one company need different addresses.
  const unique = localParts.has(`${employer.index} ${local}`) ? `${local}${index % blockContacts}` : local
  localParts.add(`${employer.index} ${local}`)
  const address = isPrivate ? `${unique}${random.int(1, 99)}.${index.toString(36)}@postbox.example` : `${unique}@${employer.domain}`
  return {
    index,
    externalId: `CON-${100_000 + index}`,
    firstName: first,
    lastName: last,
    email: known?.bare === true || random.chance(0.05) ? undefined : address,
    organisation: isPrivate ? undefined : employer,
    country,
    owner: random.chance(0.85) ? (employer.owner ?? drawOwner(random)) : random.chance(0.7) ? drawOwner(random) : undefined,
    createdAt: officeTime(world, between(random, employer.createdAt, world.now - 10 * 60_000, 0.5), random, employer.createdAt),
  }
}

export function drawName(random: Random, country: Country): { first: string; last: string } {
  const culture: Culture = random.weighted(country.cultures)
  // Cities mix: one person in twenty-five is called after another culture than the country's.
  const other = random.chance(0.04) ? random.pick(Object.keys(firstNames) as Culture[]) : culture
  const last = random.pick(lastNames[culture])
  const joint = culture === 'english' && random.chance(0.02) ? `${last}-${random.pick(lastNames.english)}` : last
  return { first: random.pick<string>(firstNames[other]), last: joint }
}

const titles: readonly (readonly [title: string, weight: number])[] = [
  ['Maintenance Manager', 10],
  ['Plant Manager', 9],
  ['Process Engineer', 9],
  ['Automation Engineer', 8],
  ['Procurement Manager', 8],
  ['Operations Director', 6],
  ['Quality Manager', 6],
  ['Reliability Engineer', 6],
  ['IT Manager', 5],
  ['Purchasing Agent', 5],
  ['Chief Technology Officer', 4],
  ['Chief Executive Officer', 3],
  ['Chief Operating Officer', 3],
  ['VP Engineering', 3],
  ['VP Operations', 3],
  ['Data Analyst', 3],
  ['Facilities Manager', 3],
  ['Head of Digital', 2],
  ['Energy Manager', 2],
  ['Site Supervisor', 2],
  ['Consultant', 2],
  ['Owner', 1],
]
export const sources = ['Website', 'Referral', 'Trade show', 'Webinar', 'Cold call', 'LinkedIn', 'Partner', 'Advertisement'] as const

export function drawTitle(random: Random): string {
  return random.weighted(titles)
}

export function contactRow(world: World, index: number): Record<string, unknown> {
  const contact = contactAt(world, index)
  const random = randomFor(world.seed, 'contact row', index)
  const { country, organisation } = contact
  const city = organisation !== undefined && random.chance(0.85) ? organisation.city : random.pick(country.cities)
  const bare = contact.organisation === undefined && contact.email === undefined
  const updatedAt = between(random, contact.createdAt, world.now - 60_000)
  const tags: string[] = []
  if (random.chance(0.06)) tags.push('vip')
  if (random.chance(0.1)) tags.push('newsletter')
  if (random.chance(0.05)) tags.push('do not call')
  if (random.chance(0.06)) tags.push('event 2026')
  if (random.chance(0.03)) tags.push('champion')
  return {
    external_id: contact.externalId,
    first_name: contact.firstName,
    last_name: contact.lastName,
    email: contact.email ?? '',
    phone: bare || random.chance(0.14) ? '' : drawPhone(random, country, city),
    mobile: bare || random.chance(0.6) ? '' : drawPhone(random, country, random.pick(country.cities)),
    title: bare || random.chance(0.05) ? '' : drawTitle(random),
    organisation: organisation?.name ?? '',
    street: bare || random.chance(0.25) ? '' : drawStreet(random, country),
    city: bare ? '' : city.city,
    state: bare ? '' : city.state,
    postcode: bare || random.chance(0.25) ? '' : drawPostcode(random, country),
    country: bare ? '' : country.name,
    date_of_birth: random.chance(0.3) ? isoDate(Date.UTC(1958, 0, 1) + random.int(0, 16_000) * dayMs) : '',
    source: random.chance(0.08) ? '' : random.pick(sources),
    owner: contact.owner?.name ?? '',
    tags: tags.join(';'),
    last_contacted_at: random.chance(0.18) ? '' : iso(between(random, contact.createdAt, world.now - 60_000, 0.7)),
    created_at: iso(contact.createdAt),
    updated_at: iso(updatedAt),
    'custom.newsletter': random.chance(0.2) ? '' : random.chance(0.45) ? 'true' : 'false',
    'custom.interests': random.chance(0.3) ? '' : [...new Set(Array.from({ length: random.int(1, 3) }, () => random.pick(interests)))].join(';'),
    'custom.decision_role': random.chance(0.45) ? '' : random.pick(decisionRoles),
  }
}
