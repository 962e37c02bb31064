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
const instruments = {
  name: 'Instrument sales',
  stages: [
    ['Discovery', 10],
    ['Demo booked', 30],
    ['Trial', 50],
    ['Proposal', 70],
    ['Purchase order', 90],
  ],
} as const
const service = {
  name: 'Service contracts',
  stages: [
    ['Site survey', 20],
    ['Quote out', 50],
    ['Renewal review', 80],
  ],
} as const
const gear = ['centrifuge', 'mass spectrometer', 'HPLC system', 'freezer fleet', 'plate reader', 'liquid handler']
const plans = ['calibration plan', 'full cover', 'preventive maintenance', 'spare parts bundle']
export function makeDeals(contacts: readonly Contact[]): Deal[] {
  return Array.from({ length: 320 }, (_, index) => {
    const random = randomFor(seed, 'deal', index)
    const contact = random.pick(contacts)
    const { organisation } = contact
    const pipeline = random.chance(0.32) ? service : instruments
    const owner = random.chance(0.06) ? '' : random.pick(owners)
    const from = Math.max(historyStart, organisation.createdAt)
    const createdAt = workingHour(from + (nowMs - from) * random.next() ** 0.7, random)
    const cycle = random.int(10, 150) * dayMs
    const isDecided = createdAt + cycle < nowMs && random.chance(0.82)
    const state = isDecided ? random.pick(['won', 'won', 'won', 'won', 'lost', 'lost', 'lost', 'lost', 'abandoned', 'suspended'] as const) : 'open'
    const isClosed = state === 'won' || state === 'lost' || state === 'abandoned'
    const [stage, chance] = state === 'won' ? (pipeline.stages.at(-1) as readonly [string, number]) : random.pick<readonly [string, number]>(pipeline.stages)
    const movedAt = isClosed ? createdAt + cycle : createdAt + (Math.min(nowMs, createdAt + cycle) - createdAt) * random.next()
    const name = `${organisation.name} ${random.pick(pipeline === service ? plans : gear)} ${index + 1}`
    const externalId = `OPP-${index + 1}`
    const row = {
      name,
      external_id: externalId,
      organisation: organisation.name,
      contact_email: contact.email,
      pipeline: pipeline.name,
      stage,
      state,
      value: random.chance(0.05) ? '' : Math.round(Math.exp((pipeline === service ? 8.7 : 10) + 0.85 * random.normal()) / 10) * 10 + 3,
      currency: organisation.place.currency,
      probability: state === 'won' ? 100 : isClosed ? 0 : chance,
      forecast_close_date: random.chance(0.07) ? '' : isoDay(createdAt + cycle * (0.7 + 0.9 * random.next())),
      actual_close_date: isClosed ? isoDay(createdAt + cycle) : '',
      owner,
      tags: [random.chance(0.13) ? 'competitive' : '', random.chance(0.1) ? 'grant funded' : '', random.chance(0.08) ? 'multi-year' : '']
        .filter(Boolean)
        .join(';'),
      stage_changed_at: isoTime(movedAt),
      created_at: isoTime(createdAt),
      updated_at: isoTime(movedAt),
      'custom.funding_source': random.chance(0.25) ? '' : random.pick(['NIH grant', 'Capital budget', 'Lease', 'Leftover funds']),
      'custom.installation_date': random.chance(0.3) ? '' : isoDay(createdAt + cycle + random.int(10, 120) * dayMs),
    }
    return { externalId, name, contact, owner, row }
  })
}
const catalogue = [
  ['CEN-110', 'Swift Microcentrifuge', 'Centrifuges', 'Calder', 2450, 1380],
  ['CEN-240', 'Titan Floor Centrifuge', 'Centrifuges', 'Calder', 14900, 9100],
  ['SPC-300', 'Lumen UV-Vis Spectrophotometer', 'Spectroscopy', 'Calder', 8900, 5200],
  ['SPC-310', 'Lumen Cuvette Holder', 'Spectroscopy', 'Calder', 145, 60],
  ['SPC-900', 'Prism Monochromator', 'Spectroscopy', 'Nordlys', 5200, 4100],
  ['PIP-010', 'FeatherTouch Pipette 10 ul', 'Liquid handling', 'PipetteWorks', 210, 95],
  ['PIP-200', 'FeatherTouch Pipette 200 ul', 'Liquid handling', 'PipetteWorks', 215, 97],
  ['PIP-812', 'Eight Channel Pipette', 'Liquid handling', 'PipetteWorks', 640, 310],
  ['TIP-010', 'Filter Tips 10 ul', 'Consumables', 'Vialtec', 38, 14],
  ['TIP-200', 'Filter Tips 200 ul', 'Consumables', 'Vialtec', 36, 13],
  ['TUB-015', 'Conical Tubes 15 ml', 'Consumables', 'Vialtec', 52, 21],
  ['TUB-050', 'Conical Tubes 50 ml', 'Consumables', 'Vialtec', 58, 24],
  ['PLT-096', 'Deep Well Plates', 'Consumables', 'Vialtec', 115, 49],
  ['GLV-001', 'Nitrile Gloves', 'Consumables', 'Handguard', 14.5, 7.2],
  ['REA-501', 'Agarose Powder', 'Reagents', 'Biochema', 190, 88],
  ['REA-502', 'Taq Polymerase', 'Reagents', 'Biochema', 265, 120],
  ['REA-777', 'Ethidium Bromide', 'Reagents', 'Biochema', 48, 30],
  ['COL-080', 'Polar Ultra Low Freezer', 'Cold storage', 'Nordlys', 11200, 7600],
  ['COL-020', 'Polar Bench Freezer', 'Cold storage', 'Nordlys', 3100, 1900],
  ['COL-001', 'Cryo Gloves', 'Cold storage', 'Handguard', 89, 35],
  ['CEN-001', 'Hand Crank Centrifuge', 'Centrifuges', 'Calder', 320, 280],
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
    currency: 'USD',
    stock: sku === 'COL-080' || sku === 'REA-501' ? 0 : (index * 29) % 97,
    active: String(sku !== 'CEN-001' && sku !== 'SPC-900'),
  }))
}
const rates: Record<Currency, number> = { USD: 1, CAD: 1.35, EUR: 0.9 }
export function orderRows(organisations: readonly Organisation[], contacts: readonly Contact[]): Cells[] {
  const buyers = organisations.filter((_, index) => index % 7 < 3)
  const sellable = catalogue.filter(([sku]) => sku !== 'CEN-001' && sku !== 'SPC-900' && sku !== 'REA-777')
  return Array.from({ length: 290 }, (_, index) => {
    const random = randomFor(seed, 'order', index)
    const organisation = random.pick(buyers)
    const person = random.chance(0.12) ? contacts.find((contact) => contact.organisation === organisation && contact.email !== '') : undefined
    const { currency } = organisation.place
    const orderedAt = workingHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / 290), random)
    const items = [...new Set(Array.from({ length: random.int(1, 3) }, () => random.pick(sellable)))]
    const lines = items.map(([sku, description, , , price]) => ({
      sku,
      description,
      quantity: price < 100 ? random.int(5, 90) : price < 1000 ? random.int(1, 12) : random.int(1, 3),
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
    const rows = lines.map((line) => toRow(`SO-${7000 + index}`, orderedAt, line))
    const returnedAt = orderedAt + random.int(2, 30) * dayMs
    const [back] = lines
    if (back === undefined || returnedAt > nowMs || !random.chance(0.1)) return rows
    return [...rows, toRow(`RMA-${7000 + index}`, returnedAt, { ...back, quantity: -Math.max(1, Math.floor(back.quantity / 3)) })]
  }).flat()
}
