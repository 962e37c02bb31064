import { randomFor } from '../../../seeds/demo/random.ts'
import { owners } from './names.ts'
import { type Cells, type Contact, type Organisation, sometimes, tagsOf } from './people.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, seed, workingHour } from './timeline.ts'

export interface Deal {
  externalId: string
  name: string
  contact: Contact
  owner: string
  createdAt: number
  row: Cells
}

type Stage = readonly [name: string, probability: number]
const newBusiness: { name: string; mean: number; things: string[]; stages: Stage[] } = {
  name: 'New business',
  mean: 10.4,
  things: ['help desk rollout', 'backup suite', 'network refresh', 'phone system', 'laptop refresh'],
  stages: [
    ['Discovery', 10],
    ['Demo', 30],
    ['Proposal', 50],
    ['Negotiation', 75],
    ['Contract sent', 90],
  ],
}
const renewals: typeof newBusiness = {
  name: 'Renewals',
  mean: 9.3,
  things: ['licence renewal', 'support renewal'],
  stages: [
    ['Notice sent', 40],
    ['Terms agreed', 70],
    ['Paperwork', 95],
  ],
}

export function makeDeals(contacts: readonly Contact[]): Deal[] {
  return Array.from({ length: 64 }, (_, index) => {
    const random = randomFor(seed, 'deal', index)
    const contact = random.pick(contacts.slice(0, 48))
    const { organisation } = contact
    const pipeline = random.chance(0.68) ? newBusiness : renewals
    const owner = index === 20 ? '' : random.pick(owners)
    const from = Math.max(historyStart, organisation.createdAt)
    const createdAt = workingHour(from + (nowMs - from) * random.next() ** 0.6, random)
    const cycle = random.int(10, 120) * dayMs
    const isDecided = createdAt + cycle < nowMs && random.chance(0.82)
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
      value: sometimes(random, 0.96, Math.round(Math.exp(pipeline.mean + 0.7 * random.normal()) / 50) * 50 + 25),
      currency: organisation.currency,
      probability: state === 'won' ? 100 : isDecided ? 0 : chance,
      forecast_close_date: sometimes(random, 0.94, isoDay(state === 'open' ? nowMs + random.int(-30, 100) * dayMs : createdAt + cycle)),
      actual_close_date: isDecided ? isoDay(createdAt + cycle) : '',
      owner,
      tags: tagsOf(random, { upsell: 0.2, 'fast track': 0.15 }),
      stage_changed_at: isoTime(movedAt),
      created_at: isoTime(createdAt),
      updated_at: isoTime(movedAt),
      'custom.seats': sometimes(random, 0.75, random.int(5, 250)),
      'custom.competitor': sometimes(random, 0.6, random.pick(['Northwind', 'Bytecraft', 'In-house'])),
    }
    return { externalId: row.external_id, name: row.name, contact, owner, createdAt, row }
  })
}

const catalogue = [
  ['HW-LAP14', 'Falcon 14 Laptop', 'Hardware', 'Falcon', 1150, 870, 42],
  ['HW-LAP16', 'Falcon 16 Laptop', 'Hardware', 'Falcon', 1690, 1320, 0],
  ['HW-MON27', 'ClearView 27 Monitor', 'Hardware', 'ClearView', 310, 215, 130],
  ['HW-DOCK', 'Universal Dock', 'Accessories', 'Falcon', 189, 120, 75],
  ['HW-HEAD', 'Quiet Headset', 'Accessories', 'Aural', 95, 52, 8],
  ['NW-SW24', 'Switch 24 Port', 'Networking', 'Meshwork', 620, 455, 17],
  ['NW-AP6', 'Wireless Access Point', 'Networking', 'Meshwork', 240, 160, 64],
  ['SW-BACK', 'SafeCopy Backup', 'Software', 'SafeCopy', 480, 130, ''],
  ['SW-DESK', 'HelpHub Licence', 'Software', 'HelpHub', 360, 90, ''],
  ['SW-AV', 'Guardian Antivirus', 'Software', 'Guardian', 55, 18, ''],
  ['SV-INST', 'Installation Day', 'Services', 'Kestrel', 900, 520, ''],
  ['SV-SUP', 'Annual Support Plan', 'Services', 'Kestrel', 1500, 600, ''],
  ['HW-FAX', 'Office Fax Machine', 'Hardware', 'Aural', 210, 190, 3],
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
    currency: 'USD',
    stock,
    active: String(sku !== 'HW-FAX'),
  }))
}

export function orderRows(organisations: readonly Organisation[]): Cells[] {
  const buyers = organisations.filter((_, index) => index % 3 !== 2)
  // Nobody has bought a fax machine.
  const sellable = catalogue.filter(([sku]) => sku !== 'HW-FAX')
  return Array.from({ length: 48 }, (_, index) => {
    const random = randomFor(seed, 'order', index)
    const organisation = index % 8 === 0 ? (organisations[0] as Organisation) : random.pick(buyers)
    const orderedAt = workingHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / 48), random)
    const items = [...new Set(Array.from({ length: random.int(1, 3) }, () => random.pick(sellable)))]
    const rate = organisation.currency === 'CAD' ? 1.35 : 1
    return items.map(([sku, description, , , price]) => ({
      order_id: `SO-${1000 + index}`,
      customer: organisation.externalId,
      ordered_at: isoTime(orderedAt),
      sku,
      description,
      quantity: price < 200 ? random.int(5, 60) : random.int(1, 20),
      unit_price: (price * rate).toFixed(2),
      currency: organisation.currency,
    }))
  }).flat()
}
