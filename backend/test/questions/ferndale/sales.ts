import { randomFor } from '../../../seeds/demo/random.ts'
import { owners } from './names.ts'
import { type Cells, type Contact, type Organisation, sometimes, tagsOf } from './people.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, seed, someHour } from './timeline.ts'

export interface Deal {
  externalId: string
  name: string
  contact: Contact
  owner: string
  createdAt: number
  row: Cells
}

type Stage = readonly [name: string, probability: number]
const equipment: { name: string; mean: number; things: string[]; stages: Stage[] } = {
  name: 'Equipment sales',
  mean: 10.3,
  things: ['surgery refit', 'X-ray suite', 'chair replacement', 'sterilisation room', 'scanner package'],
  stages: [
    ['Enquiry', 10],
    ['Site survey', 30],
    ['Quotation', 55],
    ['Negotiation', 75],
    ['Signed', 95],
  ],
}
const servicing: typeof equipment = {
  name: 'Service contracts',
  mean: 8.9,
  things: ['service plan', 'compressor cover'],
  stages: [
    ['Offer sent', 40],
    ['Terms agreed', 70],
    ['Awaiting signature', 90],
  ],
}

export function makeDeals(contacts: readonly Contact[]): Deal[] {
  return Array.from({ length: 60 }, (_, index) => {
    const random = randomFor(seed, 'deal', index)
    const contact = random.pick(contacts.slice(0, 42))
    const { organisation } = contact
    const pipeline = random.chance(0.66) ? equipment : servicing
    const owner = index === 12 ? '' : random.pick(owners)
    const from = Math.max(historyStart, organisation.createdAt)
    const createdAt = someHour(from + (nowMs - from) * random.next() ** 0.6, random)
    const cycle = random.int(12, 130) * dayMs
    const isDecided = createdAt + cycle < nowMs && random.chance(0.8)
    const state = isDecided ? random.pick(['won', 'won', 'won', 'lost', 'lost', 'abandoned'] as const) : 'open'
    const [stage, chance] = state === 'won' ? (pipeline.stages.at(-1) as Stage) : random.pick(pipeline.stages)
    const movedAt = isDecided ? createdAt + cycle : createdAt + (Math.min(nowMs, createdAt + cycle) - createdAt) * random.next()
    const row = {
      name: `${organisation.name} ${random.pick(pipeline.things)} ${index + 1}`,
      external_id: `D-${index + 1}`,
      organisation: organisation.name,
      contact_email: contact.email,
      pipeline: pipeline.name,
      stage,
      state,
      value: sometimes(random, 0.95, Math.round(Math.exp(pipeline.mean + 0.7 * random.normal()) / 50) * 50),
      currency: organisation.currency,
      probability: state === 'won' ? 100 : isDecided ? 0 : chance,
      forecast_close_date: sometimes(random, 0.94, isoDay(state === 'open' ? nowMs + random.int(-30, 100) * dayMs : createdAt + cycle)),
      actual_close_date: isDecided ? isoDay(createdAt + cycle) : '',
      owner,
      tags: tagsOf(random, { leasing: 0.2, tender: 0.15 }),
      stage_changed_at: isoTime(movedAt),
      created_at: isoTime(createdAt),
      updated_at: isoTime(movedAt),
      'custom.competitor': sometimes(random, 0.6, random.pick(['Dentaquip', 'Medivista', 'Zentura'])),
    }
    return { externalId: row.external_id, name: row.name, contact, owner, createdAt, row }
  })
}

const catalogue = [
  ['CH-100', 'Comfort Chair', 'Chairs', 'Sedia', 5200, 3900, 6],
  ['CH-200', 'Comfort Chair Plus', 'Chairs', 'Sedia', 7900, 5600, 0],
  ['XR-10', 'ClearRay X-ray Unit', 'Imaging', 'ClearRay', 8400, 6100, 3],
  ['SC-3D', 'Intraoral Scanner', 'Imaging', 'ClearRay', 6900, 4700, 12],
  ['AC-18', 'Steam Autoclave', 'Sterilisation', 'Purety', 2400, 1650, 9],
  ['UC-05', 'Ultrasonic Cleaner', 'Sterilisation', 'Purety', 640, 380, 31],
  ['HP-01', 'Turbine Handpiece', 'Instruments', 'Rotavo', 380, 210, 85],
  ['HP-BUR', 'Diamond Bur Set', 'Instruments', 'Rotavo', 45, 16, 420],
  ['CM-GLV', 'Nitrile Gloves', 'Consumables', 'Purety', 12, 6, 2600],
  ['CM-IMP', 'Impression Material', 'Consumables', 'Modella', 58, 29, 14],
  ['SV-INS', 'Installation', 'Services', 'Ferndale', 750, 430, ''],
  ['SV-YR', 'Yearly Service', 'Services', 'Ferndale', 990, 400, ''],
  ['LT-OLD', 'Halogen Lamp', 'Chairs', 'Sedia', 320, 300, 2],
] as const

export function productRows(): Cells[] {
  return catalogue.map(([sku, name, category, brand, price, cost, stock]) => ({
    sku,
    name,
    description: `${name} (${category.toLowerCase()})`,
    category,
    brand,
    price: price.toFixed(2),
    cost: cost.toFixed(2),
    currency: 'GBP',
    stock,
    active: String(sku !== 'LT-OLD'),
  }))
}

export function orderRows(organisations: readonly Organisation[]): Cells[] {
  const buyers = organisations.filter((_, index) => index % 3 !== 1)
  // Nobody has bought the old lamp.
  const sellable = catalogue.filter(([sku]) => sku !== 'LT-OLD')
  return Array.from({ length: 46 }, (_, index) => {
    const random = randomFor(seed, 'order', index)
    const organisation = index % 9 === 0 ? (organisations[0] as Organisation) : random.pick(buyers)
    const orderedAt = someHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / 46), random)
    const items = [...new Set(Array.from({ length: random.int(1, 3) }, () => random.pick(sellable)))]
    const rate = organisation.currency === 'EUR' ? 1.2 : 1
    return items.map(([sku, description, , , price]) => ({
      order_id: `F-${3000 + index}`,
      customer: organisation.externalId,
      ordered_at: isoTime(orderedAt),
      sku,
      description,
      quantity: price < 100 ? random.int(10, 120) : random.int(1, 6),
      unit_price: (price * rate).toFixed(2),
      currency: organisation.currency,
    }))
  }).flat()
}
