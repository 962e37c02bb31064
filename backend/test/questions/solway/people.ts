import { randomFor } from '../../../seeds/demo/random.ts'
import { firstNames, lastNames, owners, places, sources, titles, trades } from './names.ts'
import { type Cells, drawPhone, drawTags, type Organisation, slug, sometimes } from './organisations.ts'
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
  return Array.from({ length: 380 }, (_, index) => {
    const random = randomFor(seed, 'contact', index)
    const organisation = random.pick(organisations)
    const first = random.pick(firstNames)
    const last = random.pick(lastNames)
    const plain = `${slug(first)}.${slug(last)}@${organisation.domain}`
    const address = addresses.has(plain) ? `${slug(first)}${index}@${organisation.domain}` : plain
    addresses.add(address)
    const email = sometimes(random, 0.92, address)
    const owner = sometimes(random, 0.94, random.chance(0.7) ? organisation.owner : random.pick(owners))
    const createdAt = workingHour(organisation.createdAt + (nowMs - organisation.createdAt) * random.next(), random)
    const row = {
      first_name: first,
      last_name: last,
      email,
      external_id: `PER-${2000 + index}`,
      phone: sometimes(random, 0.8, drawPhone(random, organisation.place)),
      mobile: sometimes(random, 0.45, drawPhone(random, organisation.place)),
      title: sometimes(random, 0.93, random.pick(titles)),
      organisation: sometimes(random, 0.95, organisation.name),
      city: organisation.place.city,
      state: organisation.place.state,
      country: organisation.place.country,
      date_of_birth: sometimes(random, 0.3, isoDay(Date.UTC(1955, 0, 1) + random.int(0, 16_000) * dayMs)),
      source: sometimes(random, 0.9, random.pick(sources)),
      owner,
      tags: drawTags(random, [
        ['newsletter', 0.25],
        ['decision maker', 0.15],
        ['no cold calls', 0.07],
      ]),
      last_contacted_at: sometimes(random, 0.8, isoTime(createdAt + (nowMs - createdAt) * random.next() ** 0.4)),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.spoken_language': sometimes(random, 0.7, random.pick(['English', 'Spanish', 'Danish', 'Irish'])),
    }
    return { externalId: row.external_id, first, last, email, organisation, owner, createdAt, row }
  })
}

export function leadRows(): Cells[] {
  return Array.from({ length: 170 }, (_, index) => {
    const random = randomFor(seed, 'lead', index)
    const place = random.pick(places)
    const [trade, industry] = random.pick(trades)
    const first = random.pick(firstNames)
    const last = random.pick(lastNames)
    const createdAt = workingHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / 170) ** 0.6, random)
    const status = random.pick(['New', 'New', 'Called', 'Waiting for bill', 'Qualified', 'Not suitable', 'Converted'])
    const convertedAt = status === 'Converted' ? Math.min(nowMs - 5_400_000, createdAt + random.int(2, 60) * dayMs) : undefined
    return {
      last_name: last,
      first_name: first,
      email: sometimes(random, 0.87, `${slug(first)}.${slug(last)}${index}@enquiry.example`),
      external_id: `ENQ-${index}`,
      phone: sometimes(random, 0.7, drawPhone(random, place)),
      title: sometimes(random, 0.7, random.pick(titles)),
      organisation: `${random.pick(['Fernhill', 'Cobblestone', 'Northgate', 'Quayside', 'Almendra', 'Birkely'])} ${trade}`,
      industry,
      status,
      source: sometimes(random, 0.92, random.pick(sources)),
      rating: sometimes(random, 0.85, random.int(1, 5)),
      city: place.city,
      state: place.state,
      country: place.country,
      owner: sometimes(random, 0.82, random.pick(owners)),
      tags: drawTags(random, [
        ['hot', 0.15],
        ['grant scheme', 0.2],
      ]),
      created_at: isoTime(createdAt),
      updated_at: isoTime(convertedAt ?? createdAt + (nowMs - createdAt) * random.next()),
      converted_at: convertedAt === undefined ? '' : isoTime(convertedAt),
      'custom.monthly_bill': sometimes(random, 0.7, random.int(6, 400) * 10),
    }
  })
}
