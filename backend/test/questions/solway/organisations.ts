import { fold } from '#contracts/fold.ts'
import { type Random, randomFor } from '../../../seeds/demo/random.ts'
import { openings, owners, type Place, places, trades } from './names.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, seed, workingHour } from './timeline.ts'

export type Cells = Record<string, unknown>

export interface Organisation {
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
/** Nothing for a share of the records, else a value. */
export const sometimes = <T>(random: Random, share: number, value: T): T | '' => (random.chance(share) ? value : '')

export function makeOrganisations(): Organisation[] {
  const used = new Set<string>()
  return Array.from({ length: 140 }, (_, index) => {
    const random = randomFor(seed, 'organisation', index)
    let pair = [random.pick(openings), random.pick(trades)] as const
    while (used.has(`${pair[0]} ${pair[1][0]}`)) pair = [random.pick(openings), random.pick(trades)] as const
    const [opening, [trade, industry]] = pair
    const name = `${opening} ${trade}`
    used.add(name)
    const domain = `${slug(name)}.example`
    const place = random.pick(places)
    const createdAt = workingHour(historyStart + (nowMs - historyStart) * random.next() ** 1.1, random)
    const owner = sometimes(random, 0.94, random.pick(owners))
    const row = {
      name,
      external_id: `CUST-${100 + index}`,
      domain: sometimes(random, 0.86, domain),
      industry,
      size: sometimes(random, 0.9, Math.round(Math.exp(4.2 + 1.2 * random.normal())) + 2),
      phone: sometimes(random, 0.85, drawPhone(random, place)),
      city: place.city,
      state: place.state,
      country: place.country,
      owner,
      tags: drawTags(random, [
        ['vip', 0.12],
        ['listed building', 0.1],
        ['late payer', 0.1],
        ['framework', 0.15],
      ]),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.roof_area': sometimes(random, 0.82, random.int(4, 160) * 20),
      'custom.panel_count': sometimes(random, 0.6, random.int(8, 900)),
      'custom.inverter': sometimes(random, 0.6, random.pick(['Fronius', 'SolarEdge', 'Huawei', 'SMA'])),
      'custom.roof_types': ['Flat', 'Pitched', 'Carport', 'Ground mount'].filter(() => random.chance(0.35)).join(';'),
      'custom.warranty_until': sometimes(random, 0.65, isoDay(nowMs + random.int(-300, 500) * dayMs)),
      'custom.net_metering': sometimes(random, 0.88, random.pick(['yes', 'no', 'no'])),
      'custom.meter_number': sometimes(random, 0.5, `MPAN${random.int(10000, 99999)}`),
    }
    return { externalId: row.external_id, name, domain, place, owner, createdAt, row }
  })
}
