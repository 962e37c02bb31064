import { type Contact, contactNear } from './contacts.ts'
import { competitors } from './custom-fields.ts'
import { type Random, randomFor } from './random.ts'
import { drawOwner, newBusiness, type PipelineDefinition, renewals, type StageDefinition, type TeamMember } from './team.ts'
import { between, iso, isoDate, officeTime } from './timeline.ts'
import { dayMs, type World } from './world.ts'

const projects = [
  'pressure monitoring',
  'vibration pilot',
  'cloud rollout',
  'flow metering',
  'predictive maintenance',
  'gateway upgrade',
  'tank level project',
  'energy dashboard',
  'cold chain sensors',
  'site retrofit',
  'second plant',
  'calibration contract',
  'gas detection',
  'sensor refresh',
  'compressor monitoring',
]
const nextSteps = [
  'Send revised quote',
  'Book site survey',
  'Call procurement',
  'Wait for budget approval',
  'Prepare demo data',
  'Share security questionnaire',
  'Meet plant manager',
  'Clarify delivery dates, terms and price',
]

/** What other records need to know of an opportunity. */
export interface Opportunity {
  externalId: string
  name: string
  contact: Contact
}

export function opportunityAt(world: World, index: number): Opportunity {
  const random = randomFor(world.seed, 'opportunity name', index)
  const contact = contactNear(world, random, index, world.counts.opportunities)
  const company = contact.organisation?.name ?? `${contact.firstName} ${contact.lastName}`.trim()
  const year = new Date(world.now).getUTCFullYear()
  const name = isRenewal(world, index, contact) ? `${company} renewal ${year - (random.chance(0.4) ? 1 : 0)}` : `${company} – ${random.pick(projects)}`
  return { externalId: `OPP-${100_000 + index}`, name, contact }
}

function isRenewal(world: World, index: number, contact: Contact): boolean {
  return contact.organisation?.isCustomer === true && randomFor(world.seed, 'renewal', index).chance(0.5)
}

interface Course {
  state: 'open' | 'won' | 'lost' | 'abandoned' | 'suspended'
  stage: StageDefinition
  stageChangedAt: number
  closedAt: number | undefined
  forecastAt: number
}

/** How a deal went: it walks through the stages over its cycle and, when that has passed, is decided by its owner's luck. */
function drawCourse(world: World, random: Random, pipeline: PipelineDefinition, owner: TeamMember | undefined, createdAt: number): Course {
  const typicalDays = pipeline === renewals ? 40 : 62
  const cycle = Math.max(5, typicalDays * Math.exp(0.55 * random.normal())) * dayMs
  const due = officeTime(world, Math.min(createdAt + cycle, world.now + 400 * dayMs), random, createdAt)
  const forecastAt = createdAt + cycle * (0.7 + 0.7 * random.next())
  const stageCount = pipeline.stages.length
  const stageAt = (position: number) => pipeline.stages[Math.min(stageCount - 1, Math.max(0, position))] as StageDefinition
  if (createdAt + cycle >= world.now) {
    const progress = (world.now - createdAt) / cycle
    const position = Math.floor(progress * stageCount * (0.6 + 0.5 * random.next()))
    return {
      state: random.chance(0.03) ? 'suspended' : 'open',
      stage: stageAt(position),
      stageChangedAt: between(random, createdAt, world.now - 60_000, 1.5),
      closedAt: undefined,
      forecastAt: Math.max(forecastAt, world.now + random.int(-12, 60) * dayMs),
    }
  }
  if (random.chance(0.09)) {
    // Forgotten deals: still open, long untouched, their forecast passed.
    return {
      state: 'open',
      stage: stageAt(random.int(0, 3)),
      stageChangedAt: between(random, createdAt, Math.max(createdAt, world.now - 35 * dayMs)),
      closedAt: undefined,
      forecastAt,
    }
  }
  const month = new Date(due).getUTCMonth()
  // The last month of a quarter brings signatures; August brings none.
  const season = month % 3 === 2 ? 1.2 : month === 7 ? 0.75 : 1
  const winRate = pipeline === renewals ? 0.78 : (owner?.winRate ?? 0.2)
  const state = random.chance(Math.min(0.95, winRate * season))
    ? 'won'
    : random.weighted([
        ['lost', 88],
        ['abandoned', 9],
        ['suspended', 3],
      ] as const)
  const stage = state === 'won' ? stageAt(stageCount - 1) : stageAt(random.int(0, stageCount - 1))
  return {
    state,
    stage,
    stageChangedAt: state === 'suspended' ? between(random, createdAt, due) : due,
    closedAt: state === 'suspended' ? undefined : due,
    forecastAt,
  }
}

function drawValue(random: Random, pipeline: PipelineDefinition, size: number): number {
  const value = Math.exp((pipeline === renewals ? 9.2 : 9.7) + 0.11 * Math.log(size) + 0.85 * random.normal())
  return value < 20_000 ? Math.round(value / 50) * 50 : Math.round(value / 500) * 500
}

export function opportunityRow(world: World, index: number): Record<string, unknown> {
  const { externalId, name, contact } = opportunityAt(world, index)
  const random = randomFor(world.seed, 'opportunity', index)
  const pipeline = isRenewal(world, index, contact) ? renewals : newBusiness
  const owner = random.chance(0.8) ? contact.owner : drawOwner(random)
  const createdAt = officeTime(world, between(random, contact.createdAt, world.now - 3_600_000, 0.75), random, contact.createdAt)
  const course = drawCourse(world, random, pipeline, owner, createdAt)
  const { organisation } = contact
  const currency = organisation === undefined ? 'USD' : organisation.currency
  const size = organisation?.size ?? 60
  const closed = course.state === 'won' || course.state === 'lost' || course.state === 'abandoned'
  const probability = course.state === 'won' ? 100 : closed ? 0 : course.stage.probability + (random.chance(0.2) ? random.int(-8, 5) : 0)
  const touched = Math.max(course.stageChangedAt, createdAt)
  const tags: string[] = []
  if (random.chance(0.06)) tags.push('strategic')
  if (random.chance(0.08)) tags.push('tender')
  if (!closed && random.chance(0.07)) tags.push('at risk')
  const isBigName = organisation?.name === 'Kestrel Aerospace'
  return {
    external_id: externalId,
    name,
    organisation: organisation?.name ?? '',
    contact_email: contact.email ?? '',
    pipeline: pipeline.name,
    stage: course.stage.name,
    state: course.state,
    value: random.chance(0.04) ? '' : String(drawValue(random, pipeline, size) * (isBigName ? 3 : 1)),
    currency,
    probability: String(probability),
    forecast_close_date: random.chance(0.05) ? '' : isoDate(course.forecastAt),
    actual_close_date: course.closedAt === undefined ? '' : isoDate(course.closedAt),
    owner: owner?.name ?? '',
    tags: tags.join(';'),
    stage_changed_at: iso(touched),
    created_at: iso(createdAt),
    updated_at: iso(between(random, touched, course.closedAt === undefined ? world.now - 60_000 : Math.min(touched + 5 * dayMs, world.now - 60_000))),
    'custom.competitor': random.chance(0.55) ? '' : random.pick(competitors),
    'custom.next_step': closed || random.chance(0.4) ? '' : random.pick(nextSteps),
  }
}
