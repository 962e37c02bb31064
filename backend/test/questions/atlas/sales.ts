import { randomFor } from '../../../seeds/demo/random.ts'
import { type Currency, owners } from './names.ts'
import type { AtlasOrganisation, Cells } from './organisations.ts'
import type { AtlasContact } from './people.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, seed, workingHour } from './timeline.ts'

export interface AtlasDeal {
  externalId: string
  name: string
  contact: AtlasContact
  owner: string
  row: Cells
}

const bookings = {
  name: 'Course bookings',
  stages: [
    ['Enquiry', 10],
    ['Needs call', 25],
    ['Programme sent', 50],
    ['Provisional', 75],
    ['Confirmed', 95],
  ],
} as const
const venueHire = {
  name: 'Venue hire',
  stages: [
    ['Viewing', 20],
    ['Option held', 55],
    ['Contract out', 85],
  ],
} as const
const themes = ['first aid course', 'safeguarding day', 'leadership programme', 'mental health workshop', 'fire marshal training', 'minibus licence']
const occasions = ['annual conference', 'awards dinner', 'exam hall', 'summer fair', 'board retreat']

/** 350 deals in two pipelines, in the money of the buyer's country. */
export function makeDeals(contacts: readonly AtlasContact[]): AtlasDeal[] {
  return Array.from({ length: 350 }, (_, index) => {
    const random = randomFor(seed, 'deal', index)
    const contact = random.pick(contacts)
    const { organisation } = contact
    const pipeline = random.chance(0.3) ? venueHire : bookings
    const owner = random.chance(0.06) ? '' : random.pick(owners)
    const from = Math.max(historyStart, organisation.createdAt)
    const createdAt = workingHour(from + (nowMs - from) * random.next() ** 0.7, random)
    const cycle = random.int(6, 120) * dayMs
    const isDecided = createdAt + cycle < nowMs && random.chance(0.84)
    const state = isDecided ? random.pick(['won', 'won', 'won', 'won', 'won', 'lost', 'lost', 'lost', 'lost', 'abandoned', 'suspended'] as const) : 'open'
    const isClosed = state === 'won' || state === 'lost' || state === 'abandoned'
    const [stage, chance] = state === 'won' ? (pipeline.stages.at(-1) as readonly [string, number]) : random.pick<readonly [string, number]>(pipeline.stages)
    const movedAt = isClosed ? createdAt + cycle : createdAt + (Math.min(nowMs, createdAt + cycle) - createdAt) * random.next()
    const name = `${organisation.name} ${random.pick(pipeline === venueHire ? occasions : themes)} ${index + 1}`
    const externalId = `BKG-${index + 1}`
    const row = {
      name,
      external_id: externalId,
      organisation: organisation.name,
      contact_email: contact.email,
      pipeline: pipeline.name,
      stage,
      state,
      value: random.chance(0.05) ? '' : Math.round(Math.exp(8.7 + 0.9 * random.normal()) / 25) * 25,
      currency: organisation.place.currency,
      probability: state === 'won' ? 100 : isClosed ? 0 : chance,
      forecast_close_date: random.chance(0.07) ? '' : isoDay(createdAt + cycle * (0.7 + 0.9 * random.next())),
      actual_close_date: isClosed ? isoDay(createdAt + cycle) : '',
      owner,
      tags: [random.chance(0.12) ? 'repeat' : '', random.chance(0.09) ? 'discounted' : '', random.chance(0.07) ? 'multi-site' : ''].filter(Boolean).join(';'),
      stage_changed_at: isoTime(movedAt),
      created_at: isoTime(createdAt),
      updated_at: isoTime(movedAt),
      'custom.delivery_mode': random.chance(0.25) ? '' : random.pick(['On site', 'Online', 'Hybrid']),
      'custom.start_date': random.chance(0.3) ? '' : isoDay(createdAt + cycle + random.int(10, 120) * dayMs),
    }
    return { externalId, name, contact, owner, row }
  })
}

const catalogue = [
  ['CRS-101', 'Emergency First Aid', 'Courses', 'Atlas', 95, 40],
  ['CRS-102', 'Paediatric First Aid', 'Courses', 'Atlas', 120, 52],
  ['CRS-140', 'Safeguarding Level 2', 'Courses', 'Atlas', 65, 22],
  ['CRS-141', 'Safeguarding Level 3', 'Courses', 'Atlas', 140, 61],
  ['CRS-200', 'Managing People', 'Courses', 'Greenlane', 310, 150],
  ['CRS-205', 'Difficult Conversations', 'Courses', 'Greenlane', 275, 130],
  ['CRS-300', 'Fire Marshal', 'Courses', 'Atlas', 85, 33],
  ['CRS-310', 'Manual Handling', 'Courses', 'Atlas', 45, 15],
  ['LIC-10', 'Compass Portal Seat', 'Licences', 'Compass', 24, 6],
  ['LIC-11', 'Compass Portal Site Licence', 'Licences', 'Compass', 2900, 700],
  ['LIC-20', 'Exam Proctor Licence', 'Licences', 'Veriquiz', 650, 410],
  ['VEN-1', 'Great Hall Day Hire', 'Venue hire', 'Atlas', 1450, 480],
  ['VEN-2', 'Seminar Room Half Day', 'Venue hire', 'Atlas', 180, 60],
  ['VEN-3', 'Courtyard Evening Hire', 'Venue hire', 'Atlas', 2200, 900],
  ['FOD-1', 'Buffet Lunch', 'Catering', 'Plum & Thyme', 14.5, 8],
  ['FOD-2', 'Coffee and Pastries', 'Catering', 'Plum & Thyme', 6.5, 2.5],
  ['MAT-1', 'First Aid Manual', 'Materials', 'Atlas', 18, 7],
  ['MAT-2', 'Training Manikin', 'Materials', 'LifeForm', 240, 175],
  ['MAT-3', 'AED Trainer Unit', 'Materials', 'LifeForm', 390, 300],
  ['MAT-9', 'Overhead Projector', 'Materials', 'LifeForm', 310, 290],
  ['CRS-900', 'Typewriting for Clerks', 'Courses', 'Greenlane', 40, 30],
] as const

/** The catalogue as rows of the import. */
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
    stock: category === 'Materials' ? (sku === 'MAT-3' ? 0 : (index * 31) % 90) : '',
    active: String(sku !== 'CRS-900' && sku !== 'MAT-9'),
  }))
}

const rates: Record<Currency, number> = { GBP: 1, CAD: 1.7, USD: 1.25 }

/** Lines of 340 orders over three years; some places and goods come back. */
export function orderRows(organisations: readonly AtlasOrganisation[], contacts: readonly AtlasContact[]): Cells[] {
  const buyers = organisations.filter((_, index) => index % 5 < 2)
  const sellable = catalogue.filter(([sku]) => sku !== 'CRS-900' && sku !== 'MAT-9' && sku !== 'CRS-205')
  return Array.from({ length: 340 }, (_, index) => {
    const random = randomFor(seed, 'order', index)
    const organisation = random.pick(buyers)
    const person = random.chance(0.12) ? contacts.find((contact) => contact.organisation === organisation && contact.email !== '') : undefined
    const { currency } = organisation.place
    const orderedAt = workingHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / 340), random)
    const items = [...new Set(Array.from({ length: random.int(1, 3) }, () => random.pick(sellable)))]
    const lines = items.map(([sku, description, , , price]) => ({
      sku,
      description,
      quantity: price < 100 ? random.int(4, 90) : random.int(1, 8),
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
    const rows = lines.map((line) => toRow(`INV-${4000 + index}`, orderedAt, line))
    const returnedAt = orderedAt + random.int(2, 30) * dayMs
    const [back] = lines
    if (back === undefined || returnedAt > nowMs || !random.chance(0.09)) return rows
    return [...rows, toRow(`CRN-${4000 + index}`, returnedAt, { ...back, quantity: -Math.max(1, Math.floor(back.quantity / 3)) })]
  }).flat()
}
