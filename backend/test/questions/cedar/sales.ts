import { randomFor } from '../../../seeds/demo/random.ts'
import type { CedarAccount, CedarContact } from './accounts.ts'
import { owners } from './names.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, seed, workingHour } from './timeline.ts'

type Cells = Record<string, unknown>

export interface CedarDeal {
  externalId: string
  name: string
  contact: CedarContact
  owner: string
  row: Cells
}

const licenses = {
  name: 'New licenses',
  stages: [
    ['Discovery', 10],
    ['Product demo', 30],
    ['Proposal', 50],
    ['Legal review', 75],
    ['Signature', 90],
  ],
} as const
const renewals = {
  name: 'Renewals',
  stages: [
    ['Upcoming', 50],
    ['Quoted', 70],
    ['Verbal yes', 90],
  ],
} as const

/** 300 deals in two pipelines, in US or Canadian dollars. */
export function makeDeals(contacts: readonly CedarContact[]): CedarDeal[] {
  return Array.from({ length: 300 }, (_, index) => {
    const random = randomFor(seed, 'deal', index)
    const contact = random.pick(contacts)
    const { account } = contact
    const pipeline = random.chance(0.35) ? renewals : licenses
    const owner = random.chance(0.05) ? '' : random.pick(owners)
    const from = Math.max(historyStart, account.createdAt)
    const createdAt = workingHour(from + (nowMs - from) * random.next() ** 0.7, random)
    const cycle = random.int(10, 140) * dayMs
    const isDecided = createdAt + cycle < nowMs && random.chance(0.85)
    const state = isDecided ? random.pick(['won', 'won', 'won', 'won', 'lost', 'lost', 'lost', 'lost', 'lost', 'abandoned', 'suspended'] as const) : 'open'
    const isClosed = state === 'won' || state === 'lost' || state === 'abandoned'
    const [stage, chance] = state === 'won' ? (pipeline.stages.at(-1) as readonly [string, number]) : random.pick<readonly [string, number]>(pipeline.stages)
    const movedAt = isClosed ? createdAt + cycle : createdAt + (Math.min(nowMs, createdAt + cycle) - createdAt) * random.next()
    const work =
      pipeline === renewals ? 'renewal' : random.pick(['endpoint security', 'backup rollout', 'help desk seats', 'database migration', 'e-signature'])
    const name = `${account.name} ${work} #${index + 1}`
    const externalId = `CD-${index + 1}`
    return {
      externalId,
      name,
      contact,
      owner,
      row: {
        name,
        external_id: externalId,
        organisation: account.name,
        contact_email: contact.email,
        pipeline: pipeline.name,
        stage,
        state,
        value: random.chance(0.04) ? '' : Math.round(Math.exp(9.6 + random.normal()) / 50) * 50,
        currency: account.place.country === 'Canada' ? 'CAD' : 'USD',
        probability: state === 'won' ? 100 : isClosed ? 0 : chance,
        forecast_close_date: random.chance(0.06) ? '' : isoDay(createdAt + cycle * (0.7 + 0.9 * random.next())),
        actual_close_date: isClosed ? isoDay(createdAt + cycle) : '',
        owner,
        tags: [random.chance(0.1) ? 'multi-year' : '', random.chance(0.08) ? 'rush' : ''].filter(Boolean).join(';'),
        stage_changed_at: isoTime(movedAt),
        created_at: isoTime(createdAt),
        updated_at: isoTime(movedAt),
        'custom.competitor': random.chance(0.45) ? '' : random.pick(['Softline', 'BrightCDW', 'Direct from vendor']),
      },
    }
  })
}

const catalogue = [
  ['SEC-10', 'Bastion Endpoint', 'Security', 'Bastion', 48, 30],
  ['SEC-20', 'Bastion Mail Shield', 'Security', 'Bastion', 36, 21],
  ['SEC-30', 'Lockbox Password Vault', 'Security', 'Quietkey', 24, 11],
  ['SEC-40', 'Perimeter Firewall License', 'Security', 'Gatewise', 890, 610],
  ['BAK-10', 'Rewind Cloud Backup', 'Backup', 'Rewind', 72, 41],
  ['BAK-20', 'Rewind Server Backup', 'Backup', 'Rewind', 340, 215],
  ['BAK-30', 'Tape Archive Kit', 'Backup', 'Spoolworks', 1250, 980],
  ['PRO-10', 'Inkwell E-Sign', 'Productivity', 'Inkwell', 120, 66],
  ['PRO-20', 'Tabula Spreadsheet Suite', 'Productivity', 'Tabula', 99, 70],
  ['PRO-30', 'Huddle Meetings', 'Productivity', 'Huddle', 15, 6],
  ['PRO-40', 'Diagram Studio', 'Productivity', 'Tabula', 210, 130],
  ['DB-10', 'Strata Database Standard', 'Databases', 'Strata', 2100, 1500],
  ['DB-20', 'Strata Database Enterprise', 'Databases', 'Strata', 7800, 5900],
  ['DB-30', 'Cinder Query Monitor', 'Databases', 'Cinder', 450, 240],
  ['HD-10', 'Triage Help Desk Seat', 'Help desk', 'Triage', 55, 25],
  ['HD-20', 'Triage Asset Tracker', 'Help desk', 'Triage', 29, 14],
  ['TRN-10', 'Admin Bootcamp', 'Training', 'Cedar', 1400, 600],
  ['TRN-20', 'Security Awareness Course', 'Training', 'Cedar', 18, 5],
  ['OLD-10', 'Faxline Server', 'Productivity', 'Spoolworks', 260, 200],
] as const

/** The catalogue as rows of the import. */
export function productRows(): Cells[] {
  return catalogue.map(([sku, name, category, brand, price, cost], index) => ({
    sku,
    name,
    description: `${name}, ${category.toLowerCase()}`,
    category,
    brand,
    price: price.toFixed(2),
    cost: cost.toFixed(2),
    currency: 'USD',
    stock: category === 'Training' ? '' : sku === 'BAK-30' ? 0 : (index * 37) % 120,
    active: String(sku !== 'OLD-10'),
  }))
}

/** Lines of 500 orders; one in twelve comes back in part. */
export function orderRows(accounts: readonly CedarAccount[], contacts: readonly CedarContact[]): Cells[] {
  const buyers = accounts.filter((_, index) => index % 2 === 0)
  const sellable = catalogue.filter(([sku]) => sku !== 'OLD-10' && sku !== 'PRO-40')
  return Array.from({ length: 500 }, (_, index) => {
    const random = randomFor(seed, 'order', index)
    const account = random.pick(buyers)
    const person = random.chance(0.15) ? contacts.find((contact) => contact.account === account && contact.email !== '') : undefined
    const currency = account.place.country === 'Canada' ? 'CAD' : 'USD'
    const orderedAt = workingHour(historyStart + (nowMs - historyStart) * ((index + random.next()) / 500), random)
    const items = [...new Set(Array.from({ length: random.int(1, 3) }, () => random.pick(sellable)))]
    const lines = items.map(([sku, description, , , price]) => ({
      sku,
      description,
      quantity: price < 130 ? random.int(5, 120) : random.int(1, 6),
      unit_price: (price * (currency === 'CAD' ? 1.35 : 1) * (random.chance(0.2) ? 0.9 : 1)).toFixed(2),
    }))
    const toRow = (number: string, at: number, line: Cells) => ({
      order_id: number,
      customer: person?.email ?? account.externalId,
      ordered_at: isoTime(at),
      sku: line.sku,
      description: line.description,
      quantity: line.quantity,
      unit_price: line.unit_price,
      currency,
    })
    const rows = lines.map((line) => toRow(`SO-${9000 + index}`, orderedAt, line))
    const returnedAt = orderedAt + random.int(3, 25) * dayMs
    const [back] = lines
    if (back === undefined || returnedAt > nowMs || !random.chance(0.08)) return rows
    return [...rows, toRow(`RT-${9000 + index}`, returnedAt, { ...back, quantity: -Math.max(1, Math.floor(back.quantity / 2)) })]
  }).flat()
}
