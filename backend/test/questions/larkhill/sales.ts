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
interface Pipeline {
  name: string
  mean: number
  things: string[]
  stages: Stage[]
}

const weddings: Pipeline = {
  name: 'Weddings',
  mean: 9.8,
  things: ['wedding', 'rehearsal dinner', 'anniversary'],
  stages: [
    ['Enquiry', 10],
    ['Tasting', 35],
    ['Proposal', 55],
    ['Deposit paid', 85],
  ],
}
const corporate: Pipeline = {
  name: 'Corporate events',
  mean: 10.6,
  things: ['gala dinner', 'summer party', 'product launch', 'board lunch'],
  stages: [
    ['Brief', 15],
    ['Proposal', 45],
    ['Site visit', 60],
    ['Contract out', 80],
    ['Confirmed', 95],
  ],
}
const hire: Pipeline = {
  name: 'Equipment hire',
  mean: 8.6,
  things: ['marquee hire', 'tableware hire', 'stage and sound'],
  stages: [
    ['Requested', 30],
    ['Reserved', 70],
    ['Dispatched', 95],
  ],
}

/** The first deals go through the stages one by one: the import takes stages in the order in which it meets them. */
const inOrder = [weddings, corporate, hire].flatMap((pipeline) => pipeline.stages.map((stage) => ({ pipeline, stage })))

export function makeDeals(contacts: readonly Contact[]): Deal[] {
  return Array.from({ length: 96 }, (_, index) => {
    const random = randomFor(seed, 'deal', index)
    const contact = random.pick(contacts.slice(0, 52))
    const { organisation } = contact
    const drawn = random.weighted([
      [weddings, 3],
      [corporate, 4],
      [hire, 2],
    ])
    const fixed = inOrder[index]
    const { pipeline } = fixed ?? { pipeline: drawn }
    const owner = index === 17 ? '' : random.pick(owners)
    const from = Math.max(historyStart, organisation.createdAt)
    const createdAt = someHour(from + (nowMs - from) * random.next() ** 0.6, random)
    const cycle = random.int(10, 120) * dayMs
    const isDecided = fixed === undefined && createdAt + cycle < nowMs && random.chance(0.8)
    const state = isDecided
      ? random.pick(['won', 'won', 'won', 'won', 'lost', 'lost', 'lost', 'abandoned'] as const)
      : random.pick(['open', 'open', 'open', 'open', 'open', 'open', 'open', 'open', 'open', 'suspended'] as const)
    const [stage, chance] = fixed?.stage ?? (state === 'won' ? (pipeline.stages.at(-1) as Stage) : random.pick(pipeline.stages))
    const movedAt = isDecided ? createdAt + cycle : createdAt + (Math.min(nowMs, createdAt + cycle) - createdAt) * random.next()
    const row = {
      name: `${organisation.name} ${random.pick(pipeline.things)} ${index + 1}`,
      external_id: `EV-${index + 1}`,
      organisation: organisation.name,
      contact_email: contact.email,
      pipeline: pipeline.name,
      stage,
      state,
      value: sometimes(random, 0.95, Math.round(Math.exp(pipeline.mean + 0.7 * random.normal()) / 50) * 50),
      currency: organisation.currency,
      probability: state === 'won' ? 100 : isDecided ? 0 : chance,
      forecast_close_date: sometimes(random, 0.94, isoDay(isDecided ? createdAt + cycle : nowMs + random.int(-30, 110) * dayMs)),
      actual_close_date: isDecided ? isoDay(createdAt + cycle) : '',
      owner,
      tags: tagsOf(random, { outdoor: 0.25, 'wine pairing': 0.2, discount: 0.1 }),
      stage_changed_at: isoTime(movedAt),
      created_at: isoTime(createdAt),
      updated_at: isoTime(movedAt),
      'custom.guests': sometimes(random, 0.8, random.int(2, 60) * 10),
      'custom.competitor': sometimes(random, 0.5, random.pick(['Feast & Co', 'Silver Spoon', 'Bon Appetit'])),
    }
    return { externalId: row.external_id, name: row.name, contact, owner, createdAt, row }
  })
}

const catalogue = [
  ['MQ-6', 'Garden Marquee 6m', 'Marquees', 'Canvasco', 850, 520, 9],
  ['MQ-12', 'Grand Marquee 12m', 'Marquees', 'Canvasco', 2400, 1500, 3],
  ['TB-RND', 'Round Table', 'Furniture', 'Oakline', 18, 7, 240],
  ['CH-GLD', 'Gold Banquet Chair', 'Furniture', 'Oakline', 6, 2, 1800],
  ['CH-FLD', 'Folding Chair', 'Furniture', 'Oakline', 3, 1, 2500],
  ['TW-CHN', 'China Dinner Set', 'Tableware', 'Bonware', 9, 4, 900],
  ['TW-GLS', 'Crystal Wine Glass', 'Tableware', 'Bonware', 2, 0.8, 0],
  ['TW-CUT', 'Silver Cutlery Set', 'Tableware', 'Bonware', 5, 2.2, 640],
  ['SD-PA', 'PA Sound System', 'Sound and light', 'Echotone', 420, 260, 7],
  ['SD-DSC', 'Disco Light Kit', 'Sound and light', 'Echotone', 180, 90, 0],
  ['SD-MIC', 'Wireless Microphone', 'Sound and light', 'Echotone', 45, 20, 22],
  ['FD-CNP', 'Canapé Menu', 'Catering', 'Larkhill', 24, 11, ''],
  ['FD-3C', 'Three Course Menu', 'Catering', 'Larkhill', 62, 30, ''],
  ['FD-BBQ', 'Barbecue Buffet', 'Catering', 'Larkhill', 38, 17, ''],
  ['ST-WTR', 'Waiter Shift', 'Staff', 'Larkhill', 160, 110, ''],
  ['FT-CHO', 'Chocolate Fountain', 'Catering', 'Larkhill', 210, 130, 4],
  ['HT-GAS', 'Gas Patio Heater', 'Furniture', 'Oakline', 75, 48, 5],
] as const

/** Nobody has hired the fountain, and the old heater is off the list. */
const unsold = ['FT-CHO', 'HT-GAS']

export function productRows(): Cells[] {
  return catalogue.map(([sku, name, category, brand, price, cost, stock]) => ({
    sku,
    name,
    description: `${name} (${category.toLowerCase()})`,
    category,
    brand,
    price: price.toFixed(2),
    cost: cost.toFixed(2),
    currency: 'USD',
    stock,
    active: String(sku !== 'HT-GAS'),
  }))
}

export function orderRows(organisations: readonly Organisation[]): Cells[] {
  const buyers = organisations.filter((_, index) => index % 4 !== 2)
  const sellable = catalogue.filter(([sku]) => !unsold.includes(sku))
  return Array.from({ length: 72 }, (_, index) => {
    const random = randomFor(seed, 'order', index)
    const organisation = index % 10 === 0 ? (organisations[3] as Organisation) : random.pick(buyers)
    const orderedAt = someHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / 72), random)
    const items = [...new Set(Array.from({ length: random.int(1, 4) }, () => random.pick(sellable)))]
    const rate = { USD: 1, GBP: 0.8, EUR: 0.9 }[organisation.currency]
    const lines = items.map(([sku, description, , , price]) => ({
      order_id: `LK-${7000 + index}`,
      customer: organisation.externalId,
      ordered_at: isoTime(orderedAt),
      sku,
      description,
      quantity: price < 100 ? random.int(10, 180) : random.int(1, 8),
      unit_price: (price * rate).toFixed(2),
      currency: organisation.currency,
    }))
    const [first] = lines
    // Some of what was hired comes back unused.
    return first !== undefined && index % 12 === 5 ? [...lines, { ...first, quantity: -1 }] : lines
  }).flat()
}
