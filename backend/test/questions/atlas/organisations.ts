import { fold } from '#contracts/fold.ts'
import { type Random, randomFor } from '../../../seeds/demo/random.ts'
import { openings, owners, type Place, places, trades } from './names.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, seed, workingHour } from './timeline.ts'

export type Cells = Record<string, unknown>

export interface AtlasOrganisation {
  externalId: string
  name: string
  domain: string
  place: Place
  owner: string
  createdAt: number
  row: Cells
}

export const slug = (text: string) =>
  fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
export const drawPhone = (random: Random, place: Place) => `${place.dial} 555 ${String(random.int(1000, 9899))}`
export const drawTags = (random: Random, chances: readonly (readonly [string, number])[]) =>
  chances
    .filter(([, chance]) => random.chance(chance))
    .map(([tag]) => tag)
    .join(';')

/** 150 organisations, each pair of opening and trade at most once. */
export function makeOrganisations(): AtlasOrganisation[] {
  const used = new Set<string>()
  return Array.from({ length: 150 }, (_, index) => {
    const random = randomFor(seed, 'organisation', index)
    let pair = [random.pick(openings), random.pick(trades)] as const
    while (used.has(`${pair[0]} ${pair[1][0]}`)) pair = [random.pick(openings), random.pick(trades)] as const
    const [opening, [trade, industry]] = pair
    const name = `${opening} ${trade}`
    used.add(name)
    const domain = `${slug(name)}.example`
    const place = random.pick(places)
    const createdAt = workingHour(historyStart + (nowMs - historyStart) * random.next() ** 1.3, random)
    const owner = random.chance(0.08) ? '' : random.pick(owners)
    const row = {
      name,
      external_id: `ATL-${500 + index}`,
      domain: random.chance(0.12) ? '' : domain,
      industry,
      size: random.chance(0.08) ? '' : Math.round(Math.exp(4.6 + 1.3 * random.normal())) + 4,
      phone: random.chance(0.18) ? '' : drawPhone(random, place),
      city: place.city,
      state: place.state,
      country: place.country,
      owner,
      tags: drawTags(random, [
        ['framework', 0.16],
        ['key account', 0.12],
        ['late payer', 0.1],
      ]),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.accreditation': random.chance(0.3) ? '' : random.pick(['CPD', 'Ofqual', 'City and Guilds', 'ISO 21001']),
      'custom.staff_trained': random.chance(0.15) ? '' : random.int(0, 640),
      'custom.framework_expiry': random.chance(0.3) ? '' : isoDay(nowMs + random.int(-200, 400) * dayMs),
      'custom.credit_limit': random.chance(0.25) ? '' : random.int(2, 60) * 500,
      'custom.supplier_number': random.chance(0.4) ? '' : `V${random.int(10_000, 99_999)}-${random.pick(['A', 'B', 'C'])}`,
      'custom.po_required': random.chance(0.1) ? '' : random.pick(['yes', 'no']),
    }
    return { externalId: row.external_id, name, domain, place, owner, createdAt, row }
  })
}
