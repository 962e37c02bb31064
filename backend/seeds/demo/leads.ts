import { drawPhone, slug } from './addresses.ts'
import { drawName, drawTitle, sources } from './contacts.ts'
import { companyOpenings, companyTrades } from './names/companies.ts'
import { countriesByWeight } from './names/places.ts'
import { randomFor } from './random.ts'
import { drawOwner } from './team.ts'
import { between, iso, officeTime } from './timeline.ts'
import { dayMs, type World } from './world.ts'

export function leadRow(world: World, index: number): Record<string, unknown> {
  const random = randomFor(world.seed, 'lead', index)
  const country = random.weighted(countriesByWeight)
  const city = random.pick(country.cities)
  const { first, last } = drawName(random, country)
  const [trade, industry] = random.pick(companyTrades)
  const company = `${random.pick(companyOpenings)} ${trade}`
  const age = (index + random.next()) / world.counts.leads
  const createdAt = officeTime(world, world.start + (world.now - world.start) * age ** 0.85, random)
  const ageDays = (world.now - createdAt) / dayMs
  // Fresh leads are new; old ones are mostly decided.
  const status =
    ageDays < 14
      ? random.weighted([
          ['New', 6],
          ['Contacted', 3],
          ['Qualified', 1],
        ])
      : random.weighted([
          ['New', 1],
          ['Contacted', 3],
          ['Nurturing', 3],
          ['Qualified', 3],
          ['Unqualified', 3],
          ['Converted', 4],
        ])
  const tags: string[] = []
  if (random.chance(0.12)) tags.push('hot')
  if (random.chance(0.1)) tags.push('hannover fair')
  const source = random.chance(0.04) ? '' : random.pick(sources)
  const convertedAt = Math.min(world.now - 60_000, createdAt + random.int(3, 60) * dayMs)
  const converted = status === 'Converted' ? convertedAt : undefined
  return {
    external_id: `LEAD-${10_000 + index}`,
    first_name: random.chance(0.03) ? '' : first,
    last_name: last,
    email: random.chance(0.06) ? '' : `${slug(first)}.${slug(last)}@${slug(company, '-')}.example`,
    phone: random.chance(0.25) ? '' : drawPhone(random, country, city),
    title: random.chance(0.15) ? '' : drawTitle(random),
    organisation: random.chance(0.05) ? '' : company,
    industry,
    status,
    source,
    rating: random.chance(0.1)
      ? ''
      : String(
          random.weighted([
            [1, 2],
            [2, 3],
            [3, 4],
            [4, 3],
            [5, 2],
          ]),
        ),
    city: city.city,
    state: city.state,
    country: country.name,
    owner: random.chance(0.1) ? '' : drawOwner(random).name,
    tags: tags.join(';'),
    created_at: iso(createdAt),
    updated_at: iso(converted ?? between(random, createdAt, world.now - 60_000)),
    converted_at: converted === undefined ? '' : iso(converted),
    'custom.budget': random.chance(0.35) ? '' : String(random.int(4, 300) * 500),
  }
}
