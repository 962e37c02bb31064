import { drawPhone, drawPostcode, drawStreet, slug } from '../../../../seeds/demo/addresses.ts'
import { firstNames } from '../../../../seeds/demo/names/first-names.ts'
import { lastNames } from '../../../../seeds/demo/names/last-names.ts'
import { type City, type Country, countriesByWeight } from '../../../../seeds/demo/names/places.ts'
import type { Random } from '../../../../seeds/demo/random.ts'

export interface Place {
  country: Country
  city: City
}

export interface Person {
  first: string
  last: string
}

export interface Address {
  street: string
  city: string
  state: string
  postcode: string
  country: string
}

export const jobTitles = [
  'Plant Manager',
  'Head of Procurement',
  'Maintenance Lead',
  'CTO',
  'Quality Engineer',
  'Operations Director',
  'Buyer',
  'Process Engineer',
]

export function drawPlace(random: Random): Place {
  const country = random.weighted(countriesByWeight)
  return { country, city: random.pick(country.cities) }
}

export function drawPerson(random: Random, country: Country): Person {
  const culture = random.weighted(country.cultures)
  return { first: random.pick(firstNames[culture]), last: random.pick(lastNames[culture]) }
}

export function emailOf({ first, last }: Person, domain: string, index: number): string {
  const local = `${slug(first)}.${slug(last)}`
  return `${local === '.' ? 'person' : local}${index % 10 === 0 ? '' : index % 97}@${domain}`
}

export function drawAddress(random: Random, { country, city }: Place): Address {
  return { street: drawStreet(random, country), city: city.city, state: city.state, postcode: drawPostcode(random, country), country: country.name }
}

export function phoneOf(random: Random, { country, city }: Place): string {
  return drawPhone(random, country, city)
}
