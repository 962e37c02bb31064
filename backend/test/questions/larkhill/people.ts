import { fold } from '#contracts/fold.ts'
import { type Random, randomFor } from '../../../seeds/demo/random.ts'
import { type Client, type Currency, clients, dialCodes, firstNames, lastNames, owners, sources, titles } from './names.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, seed, someHour } from './timeline.ts'

export type Cells = Record<string, unknown>

export interface Organisation extends Client {
  externalId: string
  domain: string
  owner: string
  currency: Currency
  createdAt: number
  row: Cells
}

export interface Contact {
  externalId: string
  first: string
  last: string
  email: string
  organisation: Organisation
  owner: string
  createdAt: number
  row: Cells
}

const currencies: Record<Client['country'], Currency> = { 'United States': 'USD', 'United Kingdom': 'GBP', France: 'EUR' }

export const slug = (text: string) =>
  fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
/** Nothing for a share of the records, else a value. */
export const sometimes = <T>(random: Random, share: number, value: T): T | '' => (random.chance(share) ? value : '')
export const tagsOf = (random: Random, chances: Record<string, number>) =>
  Object.entries(chances)
    .flatMap(([tag, chance]) => (random.chance(chance) ? [tag] : []))
    .join(';')
const phoneIn = (random: Random, country: Client['country']) => `${dialCodes[country]} 5550 ${String(random.int(1000, 9899))}`

export function makeOrganisations(): Organisation[] {
  return clients.map((client, index) => {
    const random = randomFor(seed, 'organisation', index)
    const domain = `${slug(client.name)}.example`
    const createdAt = someHour(historyStart + (nowMs - historyStart) * random.next() ** 1.3 * 0.97, random)
    const owner = index === 11 ? '' : random.pick(owners)
    const row = {
      ...client,
      external_id: `CL-${100 + index}`,
      domain: sometimes(random, 0.85, domain),
      size: sometimes(random, 0.9, Math.round(Math.exp(4 + 1.3 * random.normal())) + 4),
      phone: sometimes(random, 0.8, phoneIn(random, client.country)),
      owner,
      tags: tagsOf(random, { vip: 0.3, 'repeat client': 0.35, 'slow payer': 0.2 }),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.venue_capacity': sometimes(random, 0.8, random.int(4, 120) * 10),
    }
    return { ...client, externalId: row.external_id, domain, owner, currency: currencies[client.country], createdAt, row }
  })
}

/** People whose names a question may mistake: five Smiths, one of them there twice, and two whose names are words of the trade. */
const named: readonly (readonly [index: number, first: string, last: string])[] = [
  [3, 'Anna', 'Smith'],
  [9, 'Peter', 'Smith'],
  [15, 'Colin', 'Smith'],
  [21, 'Rose', 'Hall'],
  [24, 'May', 'Cook'],
  [56, 'Anna', 'Smith'],
  [57, 'Gwen', 'Weaver'],
  [58, 'Gwen', 'Weaver'],
]

export function makeContacts(organisations: readonly Organisation[]): Contact[] {
  return Array.from({ length: 60 }, (_, index) => {
    const random = randomFor(seed, 'contact', index)
    const isTwin = index >= 57 && index <= 58
    const organisation = isTwin ? (organisations[16] as Organisation) : index < 28 ? (organisations[index] as Organisation) : random.pick(organisations)
    const [, first, last] = named.find(([place]) => place === index) ?? [index, random.pick(firstNames), random.pick(lastNames)]
    const email = sometimes(random, 0.85, `${slug(first)}.${slug(last)}${index > 27 ? index : ''}@${organisation.domain}`)
    const owner = sometimes(random, 0.92, random.chance(0.7) ? organisation.owner : random.pick(owners))
    const createdAt = someHour(organisation.createdAt + (nowMs - organisation.createdAt) * random.next() ** 0.7, random)
    const row = {
      first_name: first,
      last_name: last,
      email,
      external_id: `P-${index}`,
      phone: sometimes(random, 0.7, phoneIn(random, organisation.country)),
      mobile: sometimes(random, 0.4, phoneIn(random, organisation.country)),
      title: sometimes(random, 0.92, random.pick(titles)),
      organisation: index > 52 && index < 56 ? '' : organisation.name,
      city: organisation.city,
      state: organisation.state,
      country: organisation.country,
      date_of_birth: sometimes(random, 0.5, isoDay(Date.UTC(1960, 0, 1) + random.int(0, 14_500) * dayMs)),
      source: sometimes(random, 0.9, random.pick(sources)),
      owner,
      tags: tagsOf(random, { newsletter: 0.4, 'decision maker': 0.25, tasting: 0.2 }),
      last_contacted_at: sometimes(random, 0.8, isoTime(createdAt + (nowMs - createdAt) * random.next() ** 0.35)),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.diet': sometimes(random, 0.7, random.pick(['Vegan', 'Vegetarian', 'Halal', 'No preference'])),
    }
    return { externalId: row.external_id, first, last, email, organisation, owner, createdAt, row }
  })
}

export function leadRows(): Cells[] {
  return Array.from({ length: 54 }, (_, index) => {
    const random = randomFor(seed, 'lead', index)
    const place = random.pick(clients)
    const first = random.pick(firstNames)
    const last = random.pick(lastNames)
    const createdAt = someHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / 54) ** 0.45, random)
    const status = random.pick(['New', 'New', 'Contacted', 'Tasting booked', 'Not a fit', 'Converted'])
    const convertedAt = status === 'Converted' ? Math.min(nowMs - 7_200_000, createdAt + random.int(2, 50) * dayMs) : undefined
    return {
      last_name: last,
      first_name: first,
      email: sometimes(random, 0.85, `${slug(first)}.${slug(last)}${index}@lead.example`),
      external_id: `LD-${index}`,
      phone: sometimes(random, 0.65, phoneIn(random, place.country)),
      title: sometimes(random, 0.7, random.pick(titles)),
      organisation: `${random.pick(['Juniper', 'Orchard', 'Meadow', 'Copper'])} ${random.pick(['Hotel', 'Studios', 'Society', 'School'])}`,
      industry: place.industry,
      status,
      source: sometimes(random, 0.94, random.pick(sources)),
      rating: sometimes(random, 0.85, random.int(1, 5)),
      city: place.city,
      state: place.state,
      country: place.country,
      owner: sometimes(random, 0.8, random.pick(owners)),
      tags: tagsOf(random, { hot: 0.25, 'summer party': 0.25 }),
      created_at: isoTime(createdAt),
      updated_at: isoTime(convertedAt ?? createdAt + (nowMs - createdAt) * random.next()),
      converted_at: convertedAt === undefined ? '' : isoTime(convertedAt),
    }
  })
}
