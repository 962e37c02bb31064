import { fold } from '#contracts/fold.ts'
import { type Random, randomFor } from '../../../seeds/demo/random.ts'
import { firstNames, lastNames, openings, owners, type Place, places, sources, titles, trades } from './names.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, seed, workingHour } from './timeline.ts'

type Cells = Record<string, unknown>

export interface CedarAccount {
  externalId: string
  name: string
  domain: string
  place: Place
  owner: string
  createdAt: number
  row: Cells
}

export interface CedarContact {
  externalId: string
  first: string
  last: string
  email: string
  account: CedarAccount
  owner: string
  createdAt: number
  row: Cells
}

const slug = (text: string) =>
  fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
const drawPhone = (random: Random, place: Place) => `+1 ${place.areaCode} 555 ${String(random.int(100, 199)).padStart(4, '0')}`
const drawTags = (random: Random, chances: readonly (readonly [string, number])[]) =>
  chances
    .filter(([, chance]) => random.chance(chance))
    .map(([tag]) => tag)
    .join(';')

/** 120 organisations, each pair of opening and trade at most once. */
export function makeAccounts(): CedarAccount[] {
  const used = new Set<string>()
  return Array.from({ length: 120 }, (_, index) => {
    const random = randomFor(seed, 'account', index)
    let pair = [random.pick(openings), random.pick(trades)] as const
    while (used.has(`${pair[0]} ${pair[1][0]}`)) pair = [random.pick(openings), random.pick(trades)] as const
    const [opening, [trade, industry]] = pair
    const name = `${opening} ${trade}`
    used.add(name)
    const domain = `${slug(name)}.example`
    const place = random.pick(places)
    const createdAt = workingHour(historyStart + (nowMs - historyStart) * random.next() ** 1.4, random)
    const owner = random.chance(0.07) ? '' : random.pick(owners)
    const row = {
      name,
      external_id: `CO-${100 + index}`,
      domain: random.chance(0.1) ? '' : domain,
      industry,
      size: random.chance(0.06) ? '' : Math.round(Math.exp(4.2 + 1.2 * random.normal())) + 3,
      phone: random.chance(0.15) ? '' : drawPhone(random, place),
      city: place.city,
      state: place.state,
      country: place.country,
      owner,
      tags: drawTags(random, [
        ['strategic', 0.12],
        ['public sector', 0.15],
        ['reference customer', 0.1],
      ]),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.support_tier': random.chance(0.2) ? '' : random.pick(['Gold', 'Silver', 'Bronze']),
      'custom.seats': random.chance(0.2) ? '' : random.int(3, 900),
      'custom.renewal_date': random.chance(0.25) ? '' : isoDay(nowMs + random.int(-150, 300) * dayMs),
    }
    return { externalId: row.external_id, name, domain, place, owner, createdAt, row }
  })
}

/** 400 people of the organisations. */
export function makeContacts(accounts: readonly CedarAccount[]): CedarContact[] {
  const addresses = new Set<string>()
  return Array.from({ length: 400 }, (_, index) => {
    const random = randomFor(seed, 'contact', index)
    const account = random.pick(accounts)
    const first = random.pick(firstNames)
    const last = random.pick(lastNames)
    const plain = `${slug(first)[0] ?? 'x'}${slug(last)}@${account.domain}`
    const address = addresses.has(plain) ? `${slug(first)}.${slug(last)}.${index}@${account.domain}` : plain
    addresses.add(address)
    const email = random.chance(0.07) ? '' : address
    const owner = random.chance(0.06) ? '' : random.chance(0.75) ? account.owner : random.pick(owners)
    const createdAt = workingHour(account.createdAt + (nowMs - account.createdAt) * random.next(), random)
    const row = {
      first_name: first,
      last_name: last,
      email,
      external_id: `CC-${2000 + index}`,
      phone: random.chance(0.14) ? '' : drawPhone(random, account.place),
      mobile: random.chance(0.6) ? '' : drawPhone(random, account.place),
      title: random.chance(0.05) ? '' : random.pick(titles),
      organisation: random.chance(0.04) ? '' : account.name,
      city: account.place.city,
      state: account.place.state,
      country: account.place.country,
      date_of_birth: random.chance(0.7) ? '' : isoDay(Date.UTC(1961, 0, 1) + random.int(0, 14_000) * dayMs),
      source: random.chance(0.08) ? '' : random.pick(sources),
      owner,
      tags: drawTags(random, [
        ['champion', 0.1],
        ['do not call', 0.06],
        ['golf day', 0.08],
      ]),
      last_contacted_at: random.chance(0.22) ? '' : isoTime(createdAt + (nowMs - createdAt) * random.next() ** 0.4),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.newsletter': random.chance(0.1) ? '' : random.chance(0.55) ? 'true' : 'false',
    }
    return { externalId: row.external_id, first, last, email, account, owner, createdAt, row }
  })
}

/** 200 leads as rows of the import. */
export function leadRows(): Cells[] {
  return Array.from({ length: 200 }, (_, index) => {
    const random = randomFor(seed, 'lead', index)
    const place = random.pick(places)
    const [trade, industry] = random.pick(trades)
    const first = random.pick(firstNames)
    const last = random.pick(lastNames)
    const createdAt = workingHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / 200), random)
    const status = random.pick(['New', 'Working', 'Working', 'Nurturing', 'Qualified', 'Disqualified', 'Converted'])
    const convertedAt = status === 'Converted' ? Math.min(nowMs - 7_200_000, createdAt + random.int(3, 70) * dayMs) : undefined
    return {
      last_name: last,
      first_name: first,
      email: random.chance(0.1) ? '' : `${slug(first)}.${slug(last)}${index}@prospect.example`,
      external_id: `CL-${index}`,
      phone: random.chance(0.25) ? '' : drawPhone(random, place),
      title: random.chance(0.2) ? '' : random.pick(titles),
      organisation: `${random.pick(['Harmon', 'Wexler', 'Bluff City', 'Pinnacle', 'Stonegate', 'Larkspur'])} ${trade}`,
      industry,
      status,
      source: random.chance(0.06) ? '' : random.pick(sources),
      rating: random.chance(0.12) ? '' : random.int(1, 5),
      city: place.city,
      state: place.state,
      country: place.country,
      owner: random.chance(0.15) ? '' : random.pick(owners),
      tags: drawTags(random, [
        ['hot', 0.15],
        ['event 2026', 0.12],
      ]),
      created_at: isoTime(createdAt),
      updated_at: isoTime(convertedAt ?? createdAt + (nowMs - createdAt) * random.next()),
      converted_at: convertedAt === undefined ? '' : isoTime(convertedAt),
      'custom.budget': random.chance(0.35) ? '' : random.int(1, 90) * 1000,
    }
  })
}
