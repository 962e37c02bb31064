import { slug } from '../../../../seeds/demo/addresses.ts'
import { companyForms, companyOpenings, companyTrades, legalForms, manyCompanyOpenings } from '../../../../seeds/demo/names/companies.ts'
import { randomFor, scatter } from '../../../../seeds/demo/random.ts'
import { drawPlace, type Place } from './person.ts'
import type { World } from './world.ts'

export interface Company {
  name: string
  domain: string
  industry: string
  place: Place
}

const manyCompanies = 20_000

/** What its people and deals need to know of an organisation. */
export function companyAt(world: World, index: number): Company {
  const random = randomFor(world.seed, 'company', index)
  const place = drawPlace(random)
  const openings = world.counts.Organisations > manyCompanies ? manyCompanyOpenings : companyOpenings
  const size = openings.length * companyTrades.length * companyForms.length
  let code = scatter(index % size, size, world.seed)
  const opening = openings[code % openings.length] ?? ''
  code = Math.floor(code / openings.length)
  const [trade = '', industry = ''] = companyTrades[code % companyTrades.length] ?? []
  const [middle = '', ending = ''] = companyForms[Math.floor(code / companyTrades.length)] ?? []
  const plain = `${opening} ${middle}${trade}${ending}`
  return { name: `${plain}${random.pick(legalForms[place.country.code] ?? [''])}`, domain: `${slug(plain, '-')}.example`, industry, place }
}
