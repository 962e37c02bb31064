import { randomFor } from '../../../seeds/demo/random.ts'
import { owners } from './names.ts'
import type { HarbourContact } from './people.ts'
import { dayMs, historyStart, isoDay, isoTime, nowMs, officeHour, seed } from './timeline.ts'

export const dealCount = 500

export interface HarbourDeal {
  externalId: string
  name: string
  contact: HarbourContact
  owner: string
  row: Record<string, unknown>
}

const installations = {
  name: 'Installations',
  stages: [
    ['Enquiry', 15],
    ['Site survey', 30],
    ['Offer', 55],
    ['Bargaining', 75],
    ['Order confirmed', 95],
  ],
} as const
const agreements = {
  name: 'Service agreements',
  stages: [
    ['Due', 40],
    ['Reviewed', 60],
    ['Offer', 70],
    ['Signed', 95],
  ],
} as const
const projects = [
  'quay crane refit',
  'winch exchange',
  'rope package',
  'fender line',
  'shore power',
  'hydraulics overhaul',
  'safety upgrade',
  'floodlights',
  'yearly inspection',
]
const lostReasons = ['Price', 'Delivery time', 'Competitor', 'No budget']

/** A deal is decided after its cycle; forgotten ones stay open with a forecast in the past. */
export function makeDeals(contacts: readonly HarbourContact[]): HarbourDeal[] {
  return Array.from({ length: dealCount }, (_, index) => {
    const random = randomFor(seed, 'deal', index)
    const contact = random.pick(contacts)
    const { organisation } = contact
    const pipeline = random.chance(0.3) ? agreements : installations
    const owner = random.chance(0.04) ? '' : random.chance(0.7) ? organisation.owner || random.pick(owners) : random.pick(owners)
    const from = Math.max(historyStart, contact.createdAt)
    const createdAt = officeHour(from + (nowMs - from) * random.next() ** 0.8, random)
    const cycle = random.int(15, 160) * dayMs
    const decided = createdAt + cycle < nowMs && random.chance(0.88)
    const state = decided
      ? random.weighted([
          ['won', 42],
          ['lost', 46],
          ['abandoned', 7],
          ['suspended', 5],
        ] as const)
      : 'open'
    const isClosed = state === 'won' || state === 'lost' || state === 'abandoned'
    const [stage, chance] = state === 'won' ? (pipeline.stages.at(-1) as readonly [string, number]) : random.pick<readonly [string, number]>(pipeline.stages)
    const movedAt = isClosed ? createdAt + cycle : createdAt + (Math.min(nowMs, createdAt + cycle) - createdAt) * random.next()
    const name =
      pipeline === agreements
        ? `${organisation.name}: service agreement ${new Date(createdAt).getUTCFullYear()}`
        : `${organisation.name}: ${random.pick(projects)}`
    const value = Math.round(Math.exp(9.9 + 0.9 * random.normal()) / 100) * 100
    const externalId = `HD-${3000 + index}`
    return {
      externalId,
      name,
      contact,
      owner,
      row: {
        name,
        external_id: externalId,
        organisation: organisation.name,
        contact_email: contact.email,
        pipeline: pipeline.name,
        stage,
        state,
        value: random.chance(0.03) ? '' : value,
        currency: organisation.country.currency,
        probability: state === 'won' ? 100 : isClosed ? 0 : chance,
        forecast_close_date: random.chance(0.05) ? '' : isoDay(createdAt + cycle * (0.7 + 0.8 * random.next())),
        actual_close_date: isClosed ? isoDay(createdAt + cycle) : '',
        owner,
        tags: [random.chance(0.07) ? 'framework' : '', random.chance(0.06) ? 'public tender' : ''].filter(Boolean).join(';'),
        stage_changed_at: isoTime(movedAt),
        created_at: isoTime(createdAt),
        updated_at: isoTime(movedAt),
        'custom.lost_reason': state === 'lost' && random.chance(0.8) ? random.pick(lostReasons) : '',
        'custom.discount': random.chance(0.5) ? '' : random.int(1, 25),
        'custom.delivery_week': random.chance(0.6) ? '' : isoDay(nowMs + random.int(-200, 200) * dayMs),
      },
    }
  })
}
