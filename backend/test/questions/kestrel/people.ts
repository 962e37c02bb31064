import { fold } from '#contracts/fold.ts'
import { type Random, randomFor } from '../../../seeds/demo/random.ts'
import { type Account, accounts, type Currency, dialCodes, firstNames, lastNames, owners, sources, titles } from './names.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, seed, workingHour } from './timeline.ts'

export type Cells = Record<string, unknown>

export interface Organisation extends Account {
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
const phoneIn = (random: Random, state: string) => `${dialCodes[state]} 555 ${String(random.int(1000, 9899))}`

export function makeOrganisations(): Organisation[] {
  return accounts.map((account, index) => {
    const random = randomFor(seed, 'organisation', index)
    const { name, industry, city, state, country } = account
    const domain = `${slug(name)}.example`
    const createdAt = workingHour(historyStart + (nowMs - historyStart) * random.next() ** 1.3 * 0.97, random)
    const owner = index === 9 ? '' : random.pick(owners)
    const row = {
      name,
      external_id: `A-${100 + index}`,
      domain: sometimes(random, 0.85, domain),
      industry,
      size: sometimes(random, 0.9, Math.round(Math.exp(4.6 + 1.1 * random.normal())) + 3),
      phone: sometimes(random, 0.8, phoneIn(random, state)),
      city,
      state,
      country,
      owner,
      tags: tagsOf(random, { vip: 0.25, 'renewal risk': 0.2, reference: 0.2 }),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.support_tier': sometimes(random, 0.85, random.pick(['Gold', 'Silver', 'Bronze'])),
      'custom.renewal_date': sometimes(random, 0.8, isoDay(nowMs + random.int(-60, 300) * dayMs)),
    }
    return { ...account, externalId: row.external_id, domain, owner, currency: country === 'Canada' ? 'CAD' : 'USD', createdAt, row }
  })
}

export function makeContacts(organisations: readonly Organisation[]): Contact[] {
  return Array.from({ length: 52 }, (_, index) => {
    const random = randomFor(seed, 'contact', index)
    const organisation = index < 24 ? (organisations[index] as Organisation) : random.pick(organisations)
    const [first, last] = index === 30 ? ['John', 'Walsh'] : index === 31 ? ['John', 'Miller'] : [random.pick(firstNames), random.pick(lastNames)]
    const email = sometimes(random, 0.86, `${slug(first)}.${slug(last)}${index > 23 ? index : ''}@${organisation.domain}`)
    const owner = sometimes(random, 0.92, random.chance(0.75) ? organisation.owner : random.pick(owners))
    const createdAt = workingHour(organisation.createdAt + (nowMs - organisation.createdAt) * random.next(), random)
    const row = {
      first_name: first,
      last_name: last,
      email,
      external_id: `C-${index}`,
      phone: sometimes(random, 0.75, phoneIn(random, organisation.state)),
      mobile: sometimes(random, 0.4, phoneIn(random, organisation.state)),
      title: sometimes(random, 0.92, random.pick(titles)),
      organisation: index > 47 ? '' : organisation.name,
      city: organisation.city,
      state: organisation.state,
      country: organisation.country,
      date_of_birth: sometimes(random, 0.4, isoDay(Date.UTC(1960, 0, 1) + random.int(0, 14_000) * dayMs)),
      source: sometimes(random, 0.9, random.pick(sources)),
      owner,
      tags: tagsOf(random, { newsletter: 0.3, 'decision maker': 0.25, 'do not call': 0.1 }),
      last_contacted_at: sometimes(random, 0.8, isoTime(createdAt + (nowMs - createdAt) * random.next() ** 0.3)),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.preferred_channel': sometimes(random, 0.7, random.pick(['Email', 'Phone', 'Video call'])),
    }
    return { externalId: row.external_id, first, last, email, organisation, owner, createdAt, row }
  })
}

export function leadRows(): Cells[] {
  return Array.from({ length: 34 }, (_, index) => {
    const random = randomFor(seed, 'lead', index)
    const place = random.pick(accounts)
    const first = random.pick(firstNames)
    const last = random.pick(lastNames)
    const createdAt = workingHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / 34) ** 0.5, random)
    const status = random.pick(['New', 'New', 'Contacted', 'Qualified', 'Disqualified', 'Converted'])
    const convertedAt = status === 'Converted' ? Math.min(nowMs - 5_400_000, createdAt + random.int(2, 50) * dayMs) : undefined
    return {
      last_name: last,
      first_name: first,
      email: sometimes(random, 0.85, `${slug(first)}.${slug(last)}${index}@lead.example`),
      external_id: `L-${index}`,
      phone: sometimes(random, 0.65, phoneIn(random, place.state)),
      title: sometimes(random, 0.7, random.pick(titles)),
      organisation: `${random.pick(['Orchard', 'Summit', 'Keystone', 'Lakeside'])} ${random.pick(['Holdings', 'Partners', 'Group', 'Labs'])}`,
      industry: place.industry,
      status,
      source: sometimes(random, 0.94, random.pick(sources)),
      rating: sometimes(random, 0.85, random.int(1, 5)),
      city: place.city,
      state: place.state,
      country: place.country,
      owner: sometimes(random, 0.8, random.pick(owners)),
      tags: tagsOf(random, { hot: 0.25, webinar: 0.25 }),
      created_at: isoTime(createdAt),
      updated_at: isoTime(convertedAt ?? createdAt + (nowMs - createdAt) * random.next()),
      converted_at: convertedAt === undefined ? '' : isoTime(convertedAt),
    }
  })
}
