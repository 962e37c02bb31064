import { fold } from '#contracts/fold.ts'
import { type Random, randomFor } from '../../../seeds/demo/random.ts'
import { type Currency, dialCodes, firstNames, lastNames, owners, type Practice, practices, sources, titles } from './names.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, seed, someHour } from './timeline.ts'

export type Cells = Record<string, unknown>

export interface Organisation extends Practice {
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
const phoneIn = (random: Random, country: Practice['country']) => `${dialCodes[country]} 5550 ${String(random.int(1000, 9899))}`

export function makeOrganisations(): Organisation[] {
  return practices.map((practice, index) => {
    const random = randomFor(seed, 'organisation', index)
    const domain = `${slug(practice.name)}.example`
    const createdAt = someHour(historyStart + (nowMs - historyStart) * random.next() ** 1.4 * 0.96, random)
    const owner = index === 7 ? '' : random.pick(owners)
    const row = {
      ...practice,
      external_id: `P-${200 + index}`,
      domain: sometimes(random, 0.85, domain),
      size: sometimes(random, 0.9, Math.round(Math.exp(3.6 + 1.2 * random.normal())) + 3),
      phone: sometimes(random, 0.8, phoneIn(random, practice.country)),
      owner,
      tags: tagsOf(random, { 'key account': 0.3, 'service contract': 0.35, 'slow payer': 0.15 }),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.chairs': sometimes(random, 0.85, random.int(2, 24)),
    }
    return { ...practice, externalId: row.external_id, domain, owner, currency: practice.country === 'United Kingdom' ? 'GBP' : 'EUR', createdAt, row }
  })
}

export function makeContacts(organisations: readonly Organisation[]): Contact[] {
  return Array.from({ length: 46 }, (_, index) => {
    const random = randomFor(seed, 'contact', index)
    const organisation = index < 22 ? (organisations[index] as Organisation) : index > 43 ? (organisations[3] as Organisation) : random.pick(organisations)
    // The last person is there twice, under two addresses.
    const [first, last] = index === 45 || index === 44 ? ['Rhys', 'Griffiths'] : [random.pick(firstNames), random.pick(lastNames)]
    const email = sometimes(random, 0.85, `${slug(first)}.${slug(last)}${index > 21 ? index : ''}@${organisation.domain}`)
    const owner = sometimes(random, 0.92, random.chance(0.75) ? organisation.owner : random.pick(owners))
    const createdAt = someHour(organisation.createdAt + (nowMs - organisation.createdAt) * random.next() ** 0.8, random)
    const row = {
      first_name: first,
      last_name: last,
      email,
      external_id: `C-${index}`,
      phone: sometimes(random, 0.7, phoneIn(random, organisation.country)),
      mobile: sometimes(random, 0.4, phoneIn(random, organisation.country)),
      title: sometimes(random, 0.92, random.pick(titles)),
      organisation: index > 41 && index < 44 ? '' : organisation.name,
      city: organisation.city,
      state: organisation.state,
      country: organisation.country,
      date_of_birth: sometimes(random, 0.45, isoDay(Date.UTC(1962, 0, 1) + random.int(0, 13_000) * dayMs)),
      source: sometimes(random, 0.9, random.pick(sources)),
      owner,
      tags: tagsOf(random, { newsletter: 0.35, speaker: 0.15, 'prefers phone': 0.2 }),
      last_contacted_at: sometimes(random, 0.8, isoTime(createdAt + (nowMs - createdAt) * random.next() ** 0.35)),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.language': sometimes(random, 0.75, organisation.country === 'Germany' ? 'German' : random.pick(['English', 'English', 'Welsh'])),
    }
    return { externalId: row.external_id, first, last, email, organisation, owner, createdAt, row }
  })
}

export function leadRows(): Cells[] {
  return Array.from({ length: 36 }, (_, index) => {
    const random = randomFor(seed, 'lead', index)
    const place = random.pick(practices)
    const first = random.pick(firstNames)
    const last = random.pick(lastNames)
    const createdAt = someHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / 36) ** 0.45, random)
    const status = random.pick(['New', 'New', 'Contacted', 'Qualified', 'Rejected', 'Converted'])
    const convertedAt = status === 'Converted' ? Math.min(nowMs - 5_400_000, createdAt + random.int(2, 50) * dayMs) : undefined
    return {
      last_name: last,
      first_name: first,
      email: sometimes(random, 0.85, `${slug(first)}.${slug(last)}${index}@lead.example`),
      external_id: `L-${index}`,
      phone: sometimes(random, 0.65, phoneIn(random, place.country)),
      title: sometimes(random, 0.7, random.pick(titles)),
      organisation: `${random.pick(['Hillside', 'Oakfield', 'Riverview', 'Seaview'])} ${random.pick(['Dental', 'Orthodontics', 'Clinic', 'Surgery'])}`,
      industry: place.industry,
      status,
      source: sometimes(random, 0.94, random.pick(sources)),
      rating: sometimes(random, 0.85, random.int(1, 5)),
      city: place.city,
      state: place.state,
      country: place.country,
      owner: sometimes(random, 0.8, random.pick(owners)),
      tags: tagsOf(random, { hot: 0.25, trial: 0.25 }),
      created_at: isoTime(createdAt),
      updated_at: isoTime(convertedAt ?? createdAt + (nowMs - createdAt) * random.next()),
      converted_at: convertedAt === undefined ? '' : isoTime(convertedAt),
    }
  })
}
