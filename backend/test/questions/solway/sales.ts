import { randomFor } from '../../../seeds/demo/random.ts'
import { type Currency, owners } from './names.ts'
import { type Cells, drawTags, type Organisation, sometimes } from './organisations.ts'
import type { Contact } from './people.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, seed, workingHour } from './timeline.ts'

export interface Deal {
  externalId: string
  name: string
  contact: Contact
  owner: string
  createdAt: number
  row: Cells
}

const pipelines = [
  {
    name: 'Installations',
    mean: 10.2,
    things: ['rooftop array', 'carport array', 'ground array', 'east-west roof'],
    stages: [
      ['Enquiry', 10],
      ['Site survey', 25],
      ['Design', 45],
      ['Grid permit', 60],
      ['Contract review', 85],
    ],
  },
  {
    name: 'Battery upgrades',
    mean: 9.1,
    things: ['storage upgrade', 'battery wall'],
    stages: [
      ['Assessment', 20],
      ['Pricing', 50],
      ['Deposit', 90],
    ],
  },
  {
    name: 'Maintenance plans',
    mean: 7.6,
    things: ['cleaning plan', 'monitoring plan', 'inverter cover'],
    stages: [
      ['Plan proposed', 30],
      ['Signature', 80],
    ],
  },
] as const

export function makeDeals(contacts: readonly Contact[]): Deal[] {
  return Array.from({ length: 290 }, (_, index) => {
    const random = randomFor(seed, 'deal', index)
    const contact = random.pick(contacts)
    const { organisation } = contact
    const pipeline = random.weighted<(typeof pipelines)[number]>([
      [pipelines[0], 5],
      [pipelines[1], 3],
      [pipelines[2], 2],
    ])
    const owner = sometimes(random, 0.95, random.pick(owners))
    const from = Math.max(historyStart, organisation.createdAt)
    const createdAt = workingHour(from + (nowMs - from) * random.next() ** 0.7, random)
    const cycle = random.int(8, 140) * dayMs
    const isDecided = createdAt + cycle < nowMs && random.chance(0.8)
    const state = isDecided ? random.pick(['won', 'won', 'won', 'won', 'lost', 'lost', 'lost', 'lost', 'abandoned', 'suspended'] as const) : 'open'
    const isClosed = state === 'won' || state === 'lost' || state === 'abandoned'
    const [stage, chance] =
      state === 'won' ? (pipeline.stages.at(-1) as readonly [string, number]) : random.pick(pipeline.stages as readonly (readonly [string, number])[])
    const movedAt = isClosed ? createdAt + cycle : createdAt + (Math.min(nowMs, createdAt + cycle) - createdAt) * random.next()
    const name = `${organisation.name} ${random.pick(pipeline.things as readonly string[])} ${index + 1}`
    const externalId = `DEAL-${index + 1}`
    const factor = organisation.place.currency === 'DKK' ? 7 : 1
    const row = {
      name,
      external_id: externalId,
      organisation: organisation.name,
      contact_email: contact.email,
      pipeline: pipeline.name,
      stage,
      state,
      value: sometimes(random, 0.95, Math.round((factor * Math.exp(pipeline.mean + 0.8 * random.normal())) / 10) * 10 + 7),
      currency: organisation.place.currency,
      probability: state === 'won' ? 100 : isClosed ? 0 : chance,
      forecast_close_date: sometimes(random, 0.93, isoDay(createdAt + cycle * (0.7 + 0.9 * random.next()))),
      actual_close_date: isClosed ? isoDay(createdAt + cycle) : '',
      owner,
      tags: drawTags(random, [
        ['tender', 0.13],
        ['heat pump', 0.1],
        ['repeat customer', 0.12],
      ]),
      stage_changed_at: isoTime(movedAt),
      created_at: isoTime(createdAt),
      updated_at: isoTime(movedAt),
      'custom.system_size': sometimes(random, 0.75, random.int(4, 500)),
      'custom.financing': sometimes(random, 0.78, random.pick(['Cash', 'Bank loan', 'Lease', 'PPA'])),
      'custom.survey_date': sometimes(random, 0.6, isoDay(createdAt + random.int(3, 50) * dayMs)),
      'custom.scaffolding': sometimes(random, 0.85, random.pick(['yes', 'no'])),
    }
    return { externalId, name, contact, owner, createdAt, row }
  })
}

export function quoteRows(deals: readonly Deal[]): Cells[] {
  return Array.from({ length: 90 }, (_, index) => {
    const random = randomFor(seed, 'quote', index)
    const deal = random.pick(deals)
    const subtotal = random.int(40, 900) * 25
    const discount = random.pick([0, 0, 5, 10])
    const tax = Math.round(subtotal * (100 - discount) * 0.2) / 100
    const createdAt = workingHour(deal.createdAt + (nowMs - deal.createdAt) * random.next() ** 0.6, random)
    return {
      name: `${deal.contact.organisation.name} offer ${index + 1}`,
      quote_number: `Q-${500 + index}`,
      external_id: `QT-${index}`,
      status: random.pick(['Draft', 'Sent', 'Sent', 'Accepted', 'Declined']),
      opportunity: deal.name,
      organisation: deal.contact.organisation.name,
      expiration_date: isoDay(createdAt + random.int(14, 60) * dayMs),
      subtotal: subtotal.toFixed(2),
      discount,
      tax: tax.toFixed(2),
      total: ((subtotal * (100 - discount)) / 100 + tax).toFixed(2),
      currency: deal.contact.organisation.place.currency,
      owner: deal.owner,
      created_at: isoTime(createdAt),
    }
  })
}

const catalogue = [
  ['PNL-400', 'Aurora 400 Panel', 'Panels', 'Helion', 128, 81],
  ['PNL-440', 'Aurora 440 Panel', 'Panels', 'Helion', 149, 96],
  ['PNL-B45', 'Nightfall Black Panel', 'Panels', 'Sunforge', 171, 118],
  ['PNL-FLX', 'Flexible Film Panel', 'Panels', 'Sunforge', 96, 78],
  ['INV-030', 'Voltwise 3 Inverter', 'Inverters', 'Voltwise', 790, 520],
  ['INV-100', 'Voltwise 10 Inverter', 'Inverters', 'Voltwise', 1840, 1290],
  ['INV-HYB', 'Voltwise Hybrid Inverter', 'Inverters', 'Voltwise', 2350, 1700],
  ['BAT-005', 'PowerBarn 5 Battery', 'Batteries', 'PowerBarn', 2900, 2150],
  ['BAT-010', 'PowerBarn 10 Battery', 'Batteries', 'PowerBarn', 5200, 3900],
  ['BAT-RCK', 'Rack Battery Module', 'Batteries', 'Sunforge', 1450, 1190],
  ['MNT-RAI', 'Mounting Rail 3 m', 'Mounting', 'Gripfast', 24, 11],
  ['MNT-HOK', 'Slate Roof Hook', 'Mounting', 'Gripfast', 6.4, 2.9],
  ['MNT-BAL', 'Ballast Tray', 'Mounting', 'Gripfast', 31, 19],
  ['CAB-006', 'Solar Cable 6 mm', 'Electrical', 'Cablewise', 1.9, 0.8],
  ['CAB-MC4', 'MC4 Connector Pair', 'Electrical', 'Cablewise', 3.2, 1.1],
  ['ELE-ISO', 'DC Isolator', 'Electrical', 'Cablewise', 42, 23],
  ['EVC-007', 'Driveway Charger 7 kW', 'Chargers', 'Voltwise', 640, 410],
  ['EVC-022', 'Fleet Charger 22 kW', 'Chargers', 'Voltwise', 1390, 980],
  ['SRV-CLN', 'Panel Cleaning Visit', 'Services', 'Solway', 180, 90],
  ['SRV-MON', 'Monitoring Year', 'Services', 'Solway', 120, 15],
  ['PNL-250', 'Classic 250 Panel', 'Panels', 'Helion', 70, 64],
] as const
const retired = ['PNL-250', 'BAT-RCK']

export function productRows(): Cells[] {
  return catalogue.map(([sku, name, category, brand, price, cost], index) => ({
    sku,
    name,
    description: `${name} (${category.toLowerCase()})`,
    category,
    brand,
    price: price.toFixed(2),
    cost: cost.toFixed(2),
    currency: 'GBP',
    stock: sku === 'INV-HYB' || sku === 'EVC-022' ? 0 : (index * 37) % 113,
    active: String(!retired.includes(sku)),
    'custom.warranty_years': ['Panels', 'Batteries', 'Inverters'].includes(category) ? (index % 3) * 5 + 10 : '',
  }))
}

const rates: Record<Currency, number> = { GBP: 1, EUR: 1.15, DKK: 8.6 }
export function orderRows(organisations: readonly Organisation[], contacts: readonly Contact[]): Cells[] {
  const buyers = organisations.filter((_, index) => index % 5 < 2)
  const sellable = catalogue.filter(([sku]) => !retired.includes(sku) && sku !== 'PNL-FLX')
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
      quantity: price < 50 ? random.int(10, 200) : price < 1000 ? random.int(1, 40) : random.int(1, 5),
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
    const rows = lines.map((line) => toRow(`ORD-${4000 + index}`, orderedAt, line))
    const returnedAt = orderedAt + random.int(2, 30) * dayMs
    const [back] = lines
    if (back === undefined || returnedAt > nowMs || !random.chance(0.1)) return rows
    return [...rows, toRow(`RET-${4000 + index}`, returnedAt, { ...back, quantity: -Math.max(1, Math.floor(back.quantity / 3)) })]
  }).flat()
}
