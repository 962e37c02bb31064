import { drawPhone, slug } from './addresses.ts'
import { valueBands } from './custom-fields.ts'
import { companyForms, companyOpenings, companyTrades, knownCompanies, legalForms, manyCompanyOpenings } from './names/companies.ts'
import { type City, type Country, countriesByWeight } from './names/places.ts'
import { type Random, randomFor, scatter } from './random.ts'
import { drawOwner, type TeamMember } from './team.ts'
import { between, iso, isoDate, officeTime } from './timeline.ts'
import { dayMs, type World } from './world.ts'

/** What other records need to know of an organisation. */
export interface Organisation {
  index: number
  externalId: string
  name: string
  domain: string
  industry: string
  size: number | undefined
  country: Country
  city: City
  owner: TeamMember | undefined
  currency: 'USD' | 'EUR' | 'GBP'
  createdAt: number
  /** Buys: has orders and renewals. */
  isCustomer: boolean
}

const cultureCountries = new Map([
  ['Müller Präzision GmbH', 'DE'],
  ['Straßen & Söhne', 'DE'],
  ['Société Électrique du Rhône', 'FR'],
  ['Çelik Otomotiv', 'TR'],
  ['Nordlys Energi', 'SE'],
  ['Sakura Semiconductor', 'JP'],
])

/** Where the k-th of a short list of special things stands among many, spread evenly; undefined for ordinary places. */
export function specialAt(index: number, count: number, specials: number): number | undefined {
  if (count <= specials) return index
  const candidate = Math.ceil((index * specials) / count)
  return candidate < specials && Math.floor((candidate * count) / specials) === index ? candidate : undefined
}

export function organisationAt(world: World, index: number): Organisation {
  const random = randomFor(world.seed, 'organisation', index)
  const special = specialAt(index, world.counts.organisations, knownCompanies.length)
  const known = special === undefined ? undefined : knownCompanies[special]
  const drawn = random.weighted(countriesByWeight)
  const fixed = known === undefined ? undefined : countriesByWeight.find(([country]) => country.code === (cultureCountries.get(known.name) ?? 'US'))?.[0]
  const country = fixed ?? drawn
  const { name, industry, domain } = known === undefined ? composeName(world, index, country) : { ...known, domain: domainOf(known.name) }
  const age = (index + random.next()) / world.counts.organisations
  return {
    index,
    externalId: `ORG-${10_000 + index}`,
    name,
    domain,
    industry,
    size: random.chance(0.06) ? undefined : drawSize(random),
    country,
    city: random.pick(country.cities),
    owner: random.chance(0.04) ? undefined : drawOwner(random),
    // Only some British companies pay in pounds.
    currency: country.currency === 'GBP' && random.chance(0.5) ? 'USD' : country.currency,
    createdAt: officeTime(world, world.start + (world.now - world.start) * age ** 2.2, random),
    isCustomer: random.chance(0.42),
  }
}

/** Under the top-level domain reserved for examples, so that no mail of a demo ever reaches anybody. */
function domainOf(name: string): string {
  return `${slug(name, '-')}.example`
}

const manyOrganisations = 20_000

/** Openings, trades and forms in an order without repeats, so that hundreds of thousands of names stay distinct. */
function composeName(world: World, index: number, country: Country): { name: string; industry: string; domain: string } {
  const openings = world.counts.organisations > manyOrganisations ? manyCompanyOpenings : companyOpenings
  const size = openings.length * companyTrades.length * companyForms.length
  let code = scatter(index % size, size, world.seed)
  const opening = openings[code % openings.length] as string
  code = Math.floor(code / openings.length)
  const [trade, industry] = companyTrades[code % companyTrades.length] as readonly [string, string]
  const [middle, ending] = companyForms[Math.floor(code / companyTrades.length)] as readonly [string, string]
  const legal = legalForms[country.code] ?? ['']
  const plain = `${opening} ${middle}${trade}${ending}`
  return { name: `${plain}${legal[index % legal.length] ?? ''}`, industry, domain: domainOf(plain) }
}

function drawSize(random: Random): number {
  const size = Math.round(Math.exp(4.6 + 1.5 * random.normal()))
  return Math.min(60_000, Math.max(3, size < 100 ? size : Math.round(size / 10) * 10))
}

export function organisationRow(world: World, index: number): Record<string, unknown> {
  const organisation = organisationAt(world, index)
  const random = randomFor(world.seed, 'organisation row', index)
  const tags: string[] = []
  if (organisation.isCustomer) tags.push('customer')
  if (random.chance(0.05)) tags.push('vip')
  if (random.chance(0.08)) tags.push('partner')
  if (random.chance(0.04)) tags.push('at risk')
  if ((organisation.size ?? 0) >= 1000) tags.push('enterprise')
  const renewal = world.now + random.int(-40, 330) * dayMs
  return {
    external_id: organisation.externalId,
    name: organisation.name,
    domain: random.chance(0.07) ? '' : organisation.domain,
    industry: organisation.industry,
    size: organisation.size === undefined ? '' : String(organisation.size),
    phone: random.chance(0.12) ? '' : drawPhone(random, organisation.country, organisation.city),
    city: organisation.city.city,
    state: organisation.city.state,
    country: organisation.country.name,
    owner: organisation.owner?.name ?? '',
    tags: tags.join(';'),
    created_at: iso(organisation.createdAt),
    updated_at: iso(between(random, organisation.createdAt, world.now - 60_000)),
    'custom.region': organisation.country.region,
    'custom.contract_value_band': organisation.isCustomer ? random.pick(valueBands) : '',
    'custom.renewal_date': organisation.isCustomer && random.chance(0.85) ? isoDate(renewal) : '',
    'custom.account_tier': organisation.isCustomer
      ? random.weighted([
          ['Platinum', 1],
          ['Gold', 3],
          ['Silver', 4],
          ['Bronze', 4],
        ])
      : '',
    'custom.installed_sensors': organisation.isCustomer ? String(random.int(4, 900)) : '',
  }
}
