import { randomFor } from '../../../seeds/demo/random.ts'
import { type Currency, owners } from './names.ts'
import type { Cells, Organisation } from './organisations.ts'
import type { Contact } from './people.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, seed, workingHour } from './timeline.ts'

export interface Deal {
  externalId: string
  name: string
  contact: Contact
  owner: string
  row: Cells
}

const cleaning = {
  name: 'Cleaning contracts',
  stages: [
    ['New request', 10],
    ['Site inspection', 30],
    ['Quote sent', 50],
    ['Negotiation', 70],
    ['Signing', 95],
  ],
} as const
const management = {
  name: 'Property management',
  stages: [
    ['Appraisal', 15],
    ['Fee discussion', 45],
    ['Agreement out', 80],
  ],
} as const
const themes = ['daily cleaning', 'window cleaning', 'carpet care', 'waste removal', 'deep clean', 'pool maintenance']
const mandates = ['full management', 'leasing mandate', 'lift upgrade', 'body corporate mandate', 'car park management']

/** 300 deals in two pipelines. */
export function makeDeals(contacts: readonly Contact[]): Deal[] {
  return Array.from({ length: 300 }, (_, index) => {
    const random = randomFor(seed, 'deal', index)
    const contact = random.pick(contacts)
    const { organisation } = contact
    const pipeline = random.chance(0.35) ? management : cleaning
    const owner = random.chance(0.06) ? '' : random.pick(owners)
    const from = Math.max(historyStart, organisation.createdAt)
    const createdAt = workingHour(from + (nowMs - from) * random.next() ** 0.7, random)
    const cycle = random.int(6, 130) * dayMs
    const isDecided = createdAt + cycle < nowMs && random.chance(0.82)
    const state = isDecided ? random.pick(['won', 'won', 'won', 'won', 'won', 'lost', 'lost', 'lost', 'lost', 'abandoned', 'suspended'] as const) : 'open'
    const isClosed = state === 'won' || state === 'lost' || state === 'abandoned'
    const [stage, chance] = state === 'won' ? (pipeline.stages.at(-1) as readonly [string, number]) : random.pick<readonly [string, number]>(pipeline.stages)
    const movedAt = isClosed ? createdAt + cycle : createdAt + (Math.min(nowMs, createdAt + cycle) - createdAt) * random.next()
    const name = `${organisation.name} ${random.pick(pipeline === management ? mandates : themes)} ${index + 1}`
    const externalId = `JOB-${index + 1}`
    const row = {
      name,
      external_id: externalId,
      organisation: organisation.name,
      contact_email: contact.email,
      pipeline: pipeline.name,
      stage,
      state,
      value: random.chance(0.05) ? '' : Math.round(Math.exp(9.4 + 0.9 * random.normal()) / 50) * 50,
      currency: organisation.place.currency,
      probability: state === 'won' ? 100 : isClosed ? 0 : chance,
      forecast_close_date: random.chance(0.07) ? '' : isoDay(createdAt + cycle * (0.7 + 0.9 * random.next())),
      actual_close_date: isClosed ? isoDay(createdAt + cycle) : '',
      owner,
      tags: [random.chance(0.13) ? 'renewal' : '', random.chance(0.1) ? 'price sensitive' : '', random.chance(0.07) ? 'multi-building' : '']
        .filter(Boolean)
        .join(';'),
      stage_changed_at: isoTime(movedAt),
      created_at: isoTime(createdAt),
      updated_at: isoTime(movedAt),
      'custom.contract_months': random.chance(0.2) ? '' : random.pick([6, 12, 24, 36, 60]),
      'custom.site_visit': random.chance(0.3) ? '' : isoDay(createdAt + random.int(3, 60) * dayMs),
      'custom.service_frequency': random.chance(0.25) ? '' : random.pick(['Daily', 'Weekly', 'Fortnightly', 'Ad hoc']),
    }
    return { externalId, name, contact, owner, row }
  })
}

const catalogue = [
  ['CLN-01', 'Office Clean Standard', 'Cleaning services', 'Meridian', 180, 95],
  ['CLN-02', 'Office Clean Deep', 'Cleaning services', 'Meridian', 460, 260],
  ['CLN-05', 'Carpet Shampoo', 'Cleaning services', 'Meridian', 220, 120],
  ['CLN-07', 'High Rise Window Wash', 'Cleaning services', 'SkyRope', 1250, 840],
  ['CLN-09', 'Graffiti Removal', 'Cleaning services', 'SkyRope', 340, 190],
  ['SEC-10', 'Night Patrol Visit', 'Security', 'Nightjar', 75, 48],
  ['SEC-11', 'CCTV Camera Kit', 'Security', 'Nightjar', 890, 610],
  ['SEC-12', 'Access Card Pack', 'Security', 'Nightjar', 55, 20],
  ['GRD-20', 'Lawn Mowing Round', 'Grounds', 'GreenFern', 90, 45],
  ['GRD-21', 'Tree Pruning Day', 'Grounds', 'GreenFern', 720, 410],
  ['GRD-22', 'Native Planting Bed', 'Grounds', 'GreenFern', 1400, 900],
  ['AIR-30', 'Aircon Filter Service', 'Air conditioning', 'PolarFlow', 260, 110],
  ['AIR-31', 'Chiller Overhaul', 'Air conditioning', 'PolarFlow', 4800, 3300],
  ['CON-40', 'Hand Towel Carton', 'Consumables', 'Softleaf', 38.5, 24],
  ['CON-41', 'Toilet Tissue Carton', 'Consumables', 'Softleaf', 42, 27.5],
  ['CON-42', 'Foam Soap Refill', 'Consumables', 'Softleaf', 16.8, 9],
  ['CON-43', 'Bin Liner Roll', 'Consumables', 'TuffBag', 9.9, 5],
  ['CON-44', 'Floor Polish 5L', 'Consumables', 'TuffBag', 64, 41],
  ['CON-49', 'Urinal Cake Box', 'Consumables', 'TuffBag', 21, 12],
  ['GRD-29', 'Leaf Blower Rental', 'Grounds', 'GreenFern', 60, 38],
] as const

export function productRows(): Cells[] {
  return catalogue.map(([sku, name, category, brand, price, cost], index) => ({
    sku,
    name,
    description: `${name} (${category.toLowerCase()})`,
    category,
    brand,
    price: price.toFixed(2),
    cost: cost.toFixed(2),
    currency: 'AUD',
    stock: category === 'Consumables' || sku === 'SEC-11' || sku === 'SEC-12' ? (sku === 'CON-42' ? 0 : (index * 37) % 130) : '',
    active: String(sku !== 'CON-49' && sku !== 'GRD-29'),
  }))
}

const rates: Record<Currency, number> = { AUD: 1, NZD: 1.1, SGD: 0.9 }

/** 250 orders and some returns; two of five organisations buy. */
export function orderRows(organisations: readonly Organisation[], contacts: readonly Contact[]): Cells[] {
  const buyers = organisations.filter((_, index) => index % 5 < 2)
  const sellable = catalogue.filter(([sku]) => sku !== 'CON-49' && sku !== 'GRD-29' && sku !== 'GRD-22')
  return Array.from({ length: 250 }, (_, index) => {
    const random = randomFor(seed, 'order', index)
    const organisation = random.pick(buyers)
    const person = random.chance(0.12) ? contacts.find((contact) => contact.organisation === organisation && contact.email !== '') : undefined
    const { currency } = organisation.place
    const orderedAt = workingHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / 250), random)
    const items = [...new Set(Array.from({ length: random.int(1, 3) }, () => random.pick(sellable)))]
    const lines = items.map(([sku, description, , , price]) => ({
      sku,
      description,
      quantity: price < 100 ? random.int(4, 80) : random.int(1, 9),
      unit_price: (price * rates[currency] * (random.chance(0.2) ? 0.9 : 1)).toFixed(2),
    }))
    const toRow = (number: string, at: number, line: Cells) => ({
      order_id: number,
      customer: person?.email ?? organisation.externalId,
      ordered_at: isoTime(at),
      sku: line.sku,
      description: line.description,
      quantity: line.quantity,
      unit_price: line.unit_price,
      currency,
    })
    const rows = lines.map((line) => toRow(`SO-${6000 + index}`, orderedAt, line))
    const returnedAt = orderedAt + random.int(2, 30) * dayMs
    const [back] = lines
    if (back === undefined || returnedAt > nowMs || !random.chance(0.1)) return rows
    return [...rows, toRow(`RET-${6000 + index}`, returnedAt, { ...back, quantity: -Math.max(1, Math.floor(back.quantity / 3)) })]
  }).flat()
}
