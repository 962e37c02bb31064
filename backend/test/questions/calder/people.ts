import { randomFor } from '../../../seeds/demo/random.ts'
import { firstNames, lastNames, owners, places, sources, titles, trades } from './names.ts'
import { type Cells, drawPhone, drawTags, type Organisation, slug } from './organisations.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, seed, workingHour } from './timeline.ts'
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
export function makeContacts(organisations: readonly Organisation[]): Contact[] {
  const addresses = new Set<string>()
  return Array.from({ length: 450 }, (_, index) => {
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
      external_id: `CON-${3000 + index}`,
      phone: random.chance(0.18) ? '' : drawPhone(random, organisation.place),
      mobile: random.chance(0.6) ? '' : drawPhone(random, organisation.place),
      title: random.chance(0.06) ? '' : random.pick(titles),
      organisation: random.chance(0.05) ? '' : organisation.name,
      city: organisation.place.city,
      state: organisation.place.state,
      country: organisation.place.country,
      date_of_birth: random.chance(0.7) ? '' : isoDay(Date.UTC(1957, 0, 1) + random.int(0, 15_500) * dayMs),
      source: random.chance(0.1) ? '' : random.pick(sources),
      owner,
      tags: drawTags(random, [
        ['key opinion leader', 0.1],
        ['newsletter', 0.2],
        ['do not call', 0.06],
      ]),
      last_contacted_at: random.chance(0.2) ? '' : isoTime(createdAt + (nowMs - createdAt) * random.next() ** 0.4),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.preferred_channel': random.chance(0.4) ? '' : random.pick(['Phone', 'Video call', 'Text message']),
    }
    return { externalId: row.external_id, first, last, email, organisation, owner, createdAt, row }
  })
}
export function leadRows(): Cells[] {
  return Array.from({ length: 200 }, (_, index) => {
    const random = randomFor(seed, 'lead', index)
    const place = random.pick(places)
    const [trade, industry] = random.pick(trades)
    const first = random.pick(firstNames)
    const last = random.pick(lastNames)
    const createdAt = workingHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / 200) ** 0.75, random)
    const status = random.pick(['New', 'New', 'Contacted', 'Nurturing', 'Qualified', 'Disqualified', 'Converted'])
    const convertedAt = status === 'Converted' ? Math.min(nowMs - 5_400_000, createdAt + random.int(2, 75) * dayMs) : undefined
    return {
      last_name: last,
      first_name: first,
      email: random.chance(0.12) ? '' : `${slug(first)}.${slug(last)}${index}@inquiry.example`,
      external_id: `INQ-${index}`,
      phone: random.chance(0.3) ? '' : drawPhone(random, place),
      title: random.chance(0.25) ? '' : random.pick(titles),
      organisation: `${random.pick(['Arbor', 'Granite', 'Fjord', 'Solstice', 'Pinecrest', 'Delta'])} ${trade}`,
      industry,
      status,
      source: random.chance(0.08) ? '' : random.pick(sources),
      rating: random.chance(0.15) ? '' : random.int(1, 5),
      city: place.city,
      state: place.state,
      country: place.country,
      owner: random.chance(0.17) ? '' : random.pick(owners),
      tags: drawTags(random, [
        ['hot', 0.15],
        ['pittcon', 0.14],
      ]),
      created_at: isoTime(createdAt),
      updated_at: isoTime(convertedAt ?? createdAt + (nowMs - createdAt) * random.next()),
      converted_at: convertedAt === undefined ? '' : isoTime(convertedAt),
      'custom.expected_units': random.chance(0.3) ? '' : random.int(1, 40),
    }
  })
}
