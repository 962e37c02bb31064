import { randomFor } from '../../../seeds/demo/random.ts'
import { firstNames, lastNames, owners, places, sources, titles, trades } from './names.ts'
import { type AtlasOrganisation, type Cells, drawPhone, drawTags, slug } from './organisations.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, seed, workingHour } from './timeline.ts'

export interface AtlasContact {
  externalId: string
  first: string
  last: string
  email: string
  organisation: AtlasOrganisation
  owner: string
  createdAt: number
  row: Cells
}

/** 500 people of the organisations; a few are there twice. */
export function makeContacts(organisations: readonly AtlasOrganisation[]): AtlasContact[] {
  const addresses = new Set<string>()
  return Array.from({ length: 500 }, (_, index) => {
    const random = randomFor(seed, 'contact', index)
    const organisation = random.pick(organisations)
    const first = random.pick(firstNames)
    const last = random.pick(lastNames)
    const plain = `${slug(first)}.${slug(last)}@${organisation.domain}`
    const address = addresses.has(plain) ? `${slug(first)}${index}@${organisation.domain}` : plain
    addresses.add(address)
    const email = random.chance(0.08) ? '' : address
    const owner = random.chance(0.07) ? '' : random.chance(0.7) ? organisation.owner : random.pick(owners)
    const createdAt = workingHour(organisation.createdAt + (nowMs - organisation.createdAt) * random.next(), random)
    const row = {
      first_name: first,
      last_name: last,
      email,
      external_id: `PER-${7000 + index}`,
      phone: random.chance(0.17) ? '' : drawPhone(random, organisation.place),
      mobile: random.chance(0.55) ? '' : drawPhone(random, organisation.place),
      title: random.chance(0.07) ? '' : random.pick(titles),
      organisation: random.chance(0.05) ? '' : organisation.name,
      city: organisation.place.city,
      state: organisation.place.state,
      country: organisation.place.country,
      date_of_birth: random.chance(0.65) ? '' : isoDay(Date.UTC(1958, 0, 1) + random.int(0, 15_000) * dayMs),
      source: random.chance(0.1) ? '' : random.pick(sources),
      owner,
      tags: drawTags(random, [
        ['alumni', 0.14],
        ['speaker', 0.07],
        ['vip', 0.08],
        ['unsubscribed', 0.06],
      ]),
      last_contacted_at: random.chance(0.2) ? '' : isoTime(createdAt + (nowMs - createdAt) * random.next() ** 0.4),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.dietary_needs': random.chance(0.6) ? '' : random.pick(['Vegetarian', 'Vegan', 'Halal', 'Gluten free']),
    }
    return { externalId: row.external_id, first, last, email, organisation, owner, createdAt, row }
  })
}

/** 250 people who asked for a course or a room. */
export function leadRows(): Cells[] {
  return Array.from({ length: 250 }, (_, index) => {
    const random = randomFor(seed, 'lead', index)
    const place = random.pick(places)
    const [trade, industry] = random.pick(trades)
    const first = random.pick(firstNames)
    const last = random.pick(lastNames)
    const createdAt = workingHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / 250) ** 0.8, random)
    const status = random.pick(['New', 'New', 'Contacted', 'In discussion', 'Qualified', 'Unsuitable', 'Converted'])
    const convertedAt = status === 'Converted' ? Math.min(nowMs - 5_400_000, createdAt + random.int(2, 60) * dayMs) : undefined
    return {
      last_name: last,
      first_name: first,
      email: random.chance(0.12) ? '' : `${slug(first)}.${slug(last)}${index}@enquiry.example`,
      external_id: `ENQ-${index}`,
      phone: random.chance(0.3) ? '' : drawPhone(random, place),
      title: random.chance(0.25) ? '' : random.pick(titles),
      organisation: `${random.pick(['Tidewell', 'Marlow', 'Brightwater', 'Inverleith', 'Gatineau', 'Saltmarsh'])} ${trade.replace(/^& /, '')}`,
      industry,
      status,
      source: random.chance(0.08) ? '' : random.pick(sources),
      rating: random.chance(0.15) ? '' : random.int(1, 5),
      city: place.city,
      state: place.state,
      country: place.country,
      owner: random.chance(0.18) ? '' : random.pick(owners),
      tags: drawTags(random, [
        ['hot', 0.14],
        ['expo 2026', 0.12],
      ]),
      created_at: isoTime(createdAt),
      updated_at: isoTime(convertedAt ?? createdAt + (nowMs - createdAt) * random.next()),
      converted_at: convertedAt === undefined ? '' : isoTime(convertedAt),
      'custom.expected_delegates': random.chance(0.35) ? '' : random.int(2, 120),
    }
  })
}
