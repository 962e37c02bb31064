import { type Random, randomFor } from '../../../seeds/demo/random.ts'
import { contactSources, countries, type HarbourCountry, owners, titles } from './names.ts'
import { drawPhone, type HarbourOrganisation, slug } from './organisations.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, officeHour, seed } from './timeline.ts'

export const contactCount = 600
export const leadCount = 300

export interface HarbourContact {
  externalId: string
  first: string
  last: string
  email: string
  organisation: HarbourOrganisation
  owner: string
  createdAt: number
  row: Record<string, unknown>
}

const languages = ['German', 'Polish', 'French', 'Dutch', 'English']

function drawPerson(random: Random, country: HarbourCountry): { first: string; last: string } {
  return { first: random.pick(country.firstNames), last: random.pick(country.lastNames) }
}

/** People of the organisations, a few big accounts having many. */
export function makeContacts(organisations: readonly HarbourOrganisation[]): HarbourContact[] {
  const addresses = new Set<string>()
  return Array.from({ length: contactCount }, (_, index) => {
    const random = randomFor(seed, 'contact', index)
    // A few big accounts, many small ones.
    const organisation = organisations[Math.floor(random.next() ** 1.7 * organisations.length)] as HarbourOrganisation
    const { country, city } = organisation
    const { first, last } = drawPerson(random, country)
    const plain = `${slug(first)}.${slug(last)}@${organisation.domain}`
    const address = addresses.has(plain) ? `${slug(first)}.${slug(last)}${index}@${organisation.domain}` : plain
    addresses.add(address)
    const email = random.chance(0.06) ? '' : address
    const owner = random.chance(0.8) ? organisation.owner : random.pick(owners)
    const createdAt = officeHour(organisation.createdAt + (nowMs - organisation.createdAt) * random.next(), random)
    const tags = [random.chance(0.07) ? 'decision board' : '', random.chance(0.09) ? 'christmas card' : '', random.chance(0.05) ? 'no mailing' : '']
    const externalId = `HC-${5000 + index}`
    return {
      externalId,
      first,
      last,
      email,
      organisation,
      owner,
      createdAt,
      row: {
        first_name: first,
        last_name: last,
        email,
        external_id: externalId,
        phone: random.chance(0.12) ? '' : drawPhone(random, country),
        mobile: random.chance(0.55) ? '' : drawPhone(random, country),
        title: random.chance(0.06) ? '' : random.pick(titles),
        organisation: organisation.name,
        street: random.chance(0.3) ? '' : `${random.pick(country.streets)} ${random.int(1, 120)}`,
        city: city[0],
        state: city[1],
        postcode: random.chance(0.3) ? '' : city[2],
        country: country.name,
        date_of_birth: random.chance(0.6) ? '' : isoDay(Date.UTC(1959, 0, 1) + random.int(0, 15_000) * dayMs),
        source: random.chance(0.07) ? '' : random.pick(contactSources),
        owner,
        tags: tags.filter(Boolean).join(';'),
        last_contacted_at: random.chance(0.2) ? '' : isoTime(createdAt + (nowMs - createdAt) * random.next() ** 0.5),
        created_at: isoTime(createdAt),
        updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
        'custom.language': random.pick(languages),
        'custom.shift': random.chance(0.5) ? '' : random.pick(['Early', 'Late', 'Night']),
      },
    }
  })
}

const byWeight = countries.map((country) => [country, country.weight] as const)
const statuses = [
  ['Fresh', 3],
  ['In contact', 4],
  ['Qualified', 3],
  ['Dropped', 3],
  ['Converted', 4],
] as const

/** Leads of three years as rows of the import. */
export function leadRows(): Record<string, unknown>[] {
  return Array.from({ length: leadCount }, (_, index) => {
    const random = randomFor(seed, 'lead', index)
    const country = random.weighted(byWeight)
    const { first, last } = drawPerson(random, country)
    const [trade, industry] = random.pick(country.trades)
    const company = `${random.pick(country.openings)} ${trade}`
    const city = random.pick(country.cities)
    const createdAt = officeHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / leadCount), random)
    const status = random.weighted(statuses)
    const convertedAt = status === 'Converted' ? Math.min(nowMs - 3_600_000, createdAt + random.int(4, 90) * dayMs) : undefined
    return {
      last_name: last,
      first_name: random.chance(0.04) ? '' : first,
      email: random.chance(0.08) ? '' : `${slug(first)}.${slug(last)}.${index}@${slug(company)}-lead.example`,
      external_id: `HL-${7000 + index}`,
      phone: random.chance(0.3) ? '' : drawPhone(random, country),
      title: random.chance(0.2) ? '' : random.pick(titles),
      organisation: company,
      industry,
      status,
      source: random.chance(0.05) ? '' : random.pick(contactSources),
      rating: random.chance(0.15) ? '' : random.int(1, 5),
      city: city[0],
      state: city[1],
      country: country.name,
      owner: random.chance(0.12) ? '' : random.pick(owners),
      tags: [random.chance(0.1) ? 'urgent' : '', random.chance(0.12) ? 'tender' : ''].filter(Boolean).join(';'),
      created_at: isoTime(createdAt),
      updated_at: isoTime(convertedAt ?? createdAt + (nowMs - createdAt) * random.next()),
      converted_at: convertedAt === undefined ? '' : isoTime(convertedAt),
      'custom.estimated_need': random.chance(0.4) ? '' : random.int(2, 120) * 1000,
    }
  })
}
