import { fold } from '#contracts/fold.ts'
import { type Random, randomFor } from '../../../seeds/demo/random.ts'
import { countries, type HarbourCountry, owners } from './names.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, officeHour, seed } from './timeline.ts'

export const organisationCount = 200

export interface HarbourOrganisation {
  index: number
  externalId: string
  name: string
  domain: string
  country: HarbourCountry
  city: readonly [city: string, state: string, postcode: string]
  owner: string
  isBuyer: boolean
  createdAt: number
  row: Record<string, unknown>
}

const byWeight = countries.map((country) => [country, country.weight] as const)
const segments = ['Shipyard', 'Terminal', 'Energy', 'Waterway']
const services = ['Inspection', 'Rope service', 'Training', 'Spare parts']

/** Letters, digits and hyphens of a text, for addresses. */
export function slug(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** A telephone number of the country, which nobody is meant to call. */
export function drawPhone(random: Random, country: HarbourCountry): string {
  return `+${country.dialCode} ${random.int(20, 89)} ${random.int(100_000, 9_999_999)}`
}

/** Names are opening and trade of a country, each pair once, then with a number as real groups of companies have them. */
export function makeOrganisations(): HarbourOrganisation[] {
  const used = new Map<string, number>()
  return Array.from({ length: organisationCount }, (_, index) => {
    const random = randomFor(seed, 'organisation', index)
    const country = random.weighted(byWeight)
    const [trade, industry] = random.pick(country.trades)
    const plain = `${random.pick(country.openings)} ${trade}`
    const times = (used.get(plain) ?? 0) + 1
    used.set(plain, times)
    const name = `${plain}${times > 1 ? ` ${['', 'West', 'South', 'Holding', 'Service', 'Invest', 'Partner'][times - 1] ?? times}` : ''} ${random.pick(country.legal)}`
    const domain = `${slug(`${plain}${times > 1 ? ` ${times}` : ''}`)}.example`
    const city = random.pick(country.cities)
    const createdAt = officeHour(historyStart + (nowMs - historyStart) * random.next() ** 1.5, random)
    const isBuyer = random.chance(0.5)
    const owner = random.chance(0.05) ? '' : random.pick(owners)
    const size = random.chance(0.05) ? '' : Math.round(Math.exp(4.4 + 1.3 * random.normal())) + 2
    const tags = [
      isBuyer ? 'kunde' : '',
      random.chance(0.08) ? 'key account' : '',
      random.chance(0.06) ? 'slow payer' : '',
      random.chance(0.1) ? 'smm 2026' : '',
    ]
    return {
      index,
      externalId: `HO-${1000 + index}`,
      name,
      domain,
      country,
      city,
      owner,
      isBuyer,
      createdAt,
      row: {
        name,
        external_id: `HO-${1000 + index}`,
        domain: random.chance(0.08) ? '' : domain,
        industry,
        size,
        phone: random.chance(0.15) ? '' : drawPhone(random, country),
        city: city[0],
        state: city[1],
        country: country.name,
        owner,
        tags: tags.filter(Boolean).join(';'),
        created_at: isoTime(createdAt),
        updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
        'custom.segment': random.pick(segments),
        'custom.certified': random.chance(0.15) ? '' : random.chance(0.5) ? 'true' : 'false',
        'custom.last_audit': random.chance(0.3) ? '' : isoDay(nowMs - random.int(5, 700) * dayMs),
        'custom.cranes': random.chance(0.25) ? '' : random.int(1, 60),
        'custom.booked_services': random.chance(0.35) ? '' : [...new Set([random.pick(services), random.pick(services)])].join(';'),
        'custom.remark': random.chance(0.7)
          ? ''
          : random.pick(['Night shift only', 'Asks for English invoices', 'Gate pass needed, order two days before', 'Prefers sea freight']),
      },
    }
  })
}
