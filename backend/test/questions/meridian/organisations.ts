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
export const drawPhone = (random: Random, place: Place) => `${place.dial} 555 ${String(random.int(1000, 9899))}${place.dial === '+65' ? random.int(0, 9) : ''}`
export const drawTags = (random: Random, chances: readonly (readonly [string, number])[]) =>
  chances
    .filter(([, chance]) => random.chance(chance))
    .map(([tag]) => tag)
    .join(';')

/** 120 sites, a sixth of which have no domain. */
export function makeOrganisations(): Organisation[] {
  const used = new Set<string>()
  return Array.from({ length: 120 }, (_, index) => {
    const random = randomFor(seed, 'organisation', index)
    let pair = [random.pick(openings), random.pick(trades)] as const
    while (used.has(`${pair[0]} ${pair[1][0]}`)) pair = [random.pick(openings), random.pick(trades)] as const
    const [opening, [trade, industry]] = pair
    const name = `${opening} ${trade}`
    used.add(name)
    const domain = `${slug(name)}.example`
    const place = random.pick(places)
    const createdAt = workingHour(historyStart + (nowMs - historyStart) * random.next() ** 1.2, random)
    const owner = random.chance(0.09) ? '' : random.pick(owners)
    const row = {
      name,
      external_id: `SITE-${300 + index}`,
      domain: random.chance(0.14) ? '' : domain,
      industry,
      size: random.chance(0.1) ? '' : Math.round(Math.exp(4.2 + 1.2 * random.normal())) + 3,
      phone: random.chance(0.2) ? '' : drawPhone(random, place),
      city: place.city,
      state: place.state,
      country: place.country,
      owner,
      tags: drawTags(random, [
        ['gold partner', 0.15],
        ['slow payer', 0.12],
        ['after hours access', 0.1],
      ]),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.building_grade': random.chance(0.2) ? '' : random.pick(['Premium', 'A Grade', 'B Grade', 'Heritage']),
      'custom.floors': random.chance(0.12) ? '' : random.int(1, 48),
      'custom.insurance_expiry': random.chance(0.25) ? '' : isoDay(nowMs + random.int(-150, 350) * dayMs),
      'custom.asbestos_register': random.chance(0.1) ? '' : random.pick(['yes', 'no']),
    }
    return { externalId: row.external_id, name, domain, place, owner, createdAt, row }
  })
}
