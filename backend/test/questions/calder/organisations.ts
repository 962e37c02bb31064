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
export function makeOrganisations(): Organisation[] {
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
    const createdAt = workingHour(historyStart + (nowMs - historyStart) * random.next() ** 1.2, random)
    const owner = random.chance(0.07) ? '' : random.pick(owners)
    const row = {
      name,
      external_id: `LAB-${200 + index}`,
      domain: random.chance(0.12) ? '' : domain,
      industry,
      size: random.chance(0.1) ? '' : Math.round(Math.exp(4.9 + 1.3 * random.normal())) + 4,
      phone: random.chance(0.16) ? '' : drawPhone(random, place),
      city: place.city,
      state: place.state,
      country: place.country,
      owner,
      tags: drawTags(random, [
        ['strategic', 0.14],
        ['gmp site', 0.13],
        ['slow payer', 0.1],
      ]),
      created_at: isoTime(createdAt),
      updated_at: isoTime(createdAt + (nowMs - createdAt) * random.next()),
      'custom.accreditation': random.chance(0.25) ? '' : random.pick(['ISO 17025', 'CLIA', 'GLP', 'CAP']),
      'custom.bench_count': random.chance(0.15) ? '' : random.int(1, 90),
      'custom.certified_until': random.chance(0.3) ? '' : isoDay(nowMs + random.int(-220, 420) * dayMs),
      'custom.hazmat_site': random.chance(0.1) ? '' : random.pick(['yes', 'no', 'no']),
      'custom.specialties': random.chance(0.25)
        ? ''
        : ['Proteomics', 'Microbiology', 'Toxicology', 'Cell culture', 'Water quality'].filter(() => random.chance(0.35)).join(';'),
      'custom.vendor_code': random.chance(0.4) ? '' : `VC${random.int(1000, 9999)}${random.pick(['K', 'M', 'T'])}`,
    }
    return { externalId: row.external_id, name, domain, place, owner, createdAt, row }
  })
}
