import { randomFor } from '../../../../seeds/demo/random.ts'
import { sentinelDate, writeDate } from '../dates.ts'
import type { Row } from '../json.ts'
import { companyAt } from './company.ts'
import { drawCustomFields } from './custom-fields.ts'
import type { Kinship } from './kinship.ts'
import { activityDate, tagRows } from './people-rows.ts'
import { drawAddress, phoneOf } from './person.ts'
import { opportunityCategoryIds, pipelineIds, projectPipelineId, reasonIds, stages, userIds } from './reference-rows.ts'
import { createdAt, updatedAt } from './times.ts'
import { dayMs, idAt, lastInstant, type World } from './world.ts'

export const organisationTags = ['customer', 'partner', 'at risk', 'enterprise'] as const

export function organisationRow(world: World, index: number): Row {
  const random = randomFor(world.seed, 'organisation', index)
  const company = companyAt(world, index)
  const billing = drawAddress(random, company.place)
  const ship = random.chance(0.3) ? drawAddress(random, company.place) : undefined
  const owner = random.pick(userIds)
  return {
    ORGANISATION_ID: idAt('Organisations', index),
    ORGANISATION_NAME: company.name,
    BACKGROUND: random.chance(0.2) ? `${company.industry}, ${random.int(5, 4000)} people.` : null,
    IMAGE_URL: null,
    OWNER_USER_ID: owner,
    DATE_CREATED_UTC: writeDate(createdAt(world, 'Organisations', index)),
    DATE_UPDATED_UTC: writeDate(updatedAt(world, 'Organisations', index)),
    LAST_ACTIVITY_DATE_UTC: activityDate(random, 0.6),
    NEXT_ACTIVITY_DATE_UTC: activityDate(random, 0.2, true),
    CREATED_USER_ID: owner,
    PHONE: random.chance(0.8) ? phoneOf(random, company.place) : null,
    PHONE_FAX: random.chance(0.05) ? phoneOf(random, company.place) : null,
    WEBSITE: random.chance(0.8) ? `https://${company.domain}` : null,
    ADDRESS_BILLING_STREET: billing.street,
    ADDRESS_BILLING_CITY: billing.city,
    ADDRESS_BILLING_STATE: billing.state === '' ? null : billing.state,
    ADDRESS_BILLING_COUNTRY: billing.country,
    ADDRESS_BILLING_POSTCODE: billing.postcode,
    ADDRESS_SHIP_STREET: ship?.street ?? null,
    ADDRESS_SHIP_CITY: ship?.city ?? null,
    ADDRESS_SHIP_STATE: ship?.state ?? null,
    ADDRESS_SHIP_POSTCODE: ship?.postcode ?? null,
    ADDRESS_SHIP_COUNTRY: ship?.country ?? null,
    SOCIAL_LINKEDIN: null,
    SOCIAL_FACEBOOK: null,
    SOCIAL_TWITTER: null,
    CUSTOMFIELDS: drawCustomFields('ORGANISATION', random),
    TAGS: tagRows(random, organisationTags),
    DATES: [],
    EMAILDOMAINS: random.chance(0.9) ? [{ EMAIL_DOMAIN_ID: 2_000_000 + index, EMAIL_DOMAIN: company.domain }] : [],
  }
}

export const opportunityTags = ['renewal', 'strategic', 'tender'] as const
const states = [
  ['Open', 45],
  ['Won', 27],
  ['Lost', 18],
  ['Abandoned', 6],
  ['Suspended', 4],
] as const

export function opportunityRow(world: World, kinship: Kinship, index: number): Row {
  const random = randomFor(world.seed, 'opportunity', index)
  const organisation = kinship.organisationOf('Opportunities', index)
  const company = organisation === undefined ? undefined : companyAt(world, organisation)
  const state = random.weighted(states)
  const pipelineId = random.pick(pipelineIds)
  const stage = random.pick(stages.filter((one) => one.pipelineId === pipelineId))
  const created = createdAt(world, 'Opportunities', index)
  const updated = updatedAt(world, 'Opportunities', index)
  const amount = Math.round(Math.exp(9.2 + 1.1 * random.normal()) * 100) / 100
  const bidType = random.weighted([
    ['Fixed Bid', 18],
    ['Per Month', 2],
    ['Per Year', 1],
  ] as const)
  const duration = bidType === 'Fixed Bid' ? null : random.int(1, 24)
  const owner = random.pick(userIds)
  const country = company?.place.country
  return {
    OPPORTUNITY_ID: idAt('Opportunities', index),
    OPPORTUNITY_NAME: `${company?.name ?? 'Unnamed customer'} - ${random.pick(['pilot', 'rollout', 'renewal', 'extension', 'spare parts'])} ${random.int(1, 99)}`,
    OPPORTUNITY_DETAILS: random.chance(0.2) ? 'Wants a pilot first.' : null,
    OPPORTUNITY_STATE: state,
    RESPONSIBLE_USER_ID: owner,
    CATEGORY_ID: random.chance(0.7) ? random.pick(opportunityCategoryIds) : null,
    IMAGE_URL: null,
    BID_CURRENCY: country?.currency ?? 'USD',
    BID_AMOUNT: amount,
    BID_TYPE: bidType,
    BID_DURATION: duration,
    ACTUAL_CLOSE_DATE: state === 'Open' || state === 'Suspended' ? null : writeDate(updated),
    DATE_CREATED_UTC: writeDate(created),
    DATE_UPDATED_UTC: writeDate(updated),
    OPPORTUNITY_VALUE: duration === null ? amount : Math.round(amount * duration * 100) / 100,
    PROBABILITY: state === 'Won' ? 100 : state === 'Open' ? stage.probability : 0,
    FORECAST_CLOSE_DATE: random.chance(0.85) ? writeDate(Math.floor((created + random.int(20, 300) * dayMs) / dayMs) * dayMs) : null,
    OWNER_USER_ID: owner,
    LAST_ACTIVITY_DATE_UTC: activityDate(random, 0.6),
    NEXT_ACTIVITY_DATE_UTC: activityDate(random, 0.2, true),
    PIPELINE_ID: pipelineId,
    STAGE_ID: stage.id,
    CREATED_USER_ID: owner,
    ORGANISATION_ID: organisation === undefined ? null : idAt('Organisations', organisation),
    PRICEBOOK_ID: null,
    CUSTOMFIELDS: drawCustomFields('OPPORTUNITY', random),
    TAGS: tagRows(random, opportunityTags),
    LINKED_EMAIL_ADDRESS: null,
  }
}

/** How the opportunity came to the state it has from the start. */
export function stateHistory(row: Row): Row[] {
  const opening = {
    OPPORTUNITY_ID: row.OPPORTUNITY_ID ?? null,
    DATE_CHANGED_UTC: row.DATE_CREATED_UTC ?? null,
    FOR_OPPORTUNITY_STATE: 'Open',
    STATE_REASON_ID: null,
    STATE_REASON: null,
  }
  const state = row.OPPORTUNITY_STATE
  if (state === 'Open' || typeof state !== 'string') return [opening]
  const reasonId = reasonIds[state]?.[Number(row.OPPORTUNITY_ID) % 2] ?? null
  return [opening, { ...opening, DATE_CHANGED_UTC: row.DATE_UPDATED_UTC ?? null, FOR_OPPORTUNITY_STATE: state, STATE_REASON_ID: reasonId }]
}

export const projectTags = ['pilot'] as const

export function projectRow(world: World, index: number): Row {
  const random = randomFor(world.seed, 'project', index)
  const created = createdAt(world, 'Projects', index)
  const isDone = random.chance(0.4)
  const owner = random.pick(userIds)
  return {
    PROJECT_ID: idAt('Projects', index),
    PROJECT_NAME: `Installation ${index + 1}`,
    STATUS: isDone ? 'Completed' : random.pick(['Not Started', 'In Progress', 'Deferred']),
    PROJECT_DETAILS: null,
    STARTED_DATE: random.chance(0.7) ? writeDate(created) : null,
    COMPLETED_DATE: isDone ? writeDate(updatedAt(world, 'Projects', index)) : random.chance(0.1) ? sentinelDate : null,
    OPPORTUNITY_ID: null,
    CATEGORY_ID: null,
    PIPELINE_ID: projectPipelineId,
    STAGE_ID: random.pick(stages.filter((stage) => stage.pipelineId === projectPipelineId)).id,
    IMAGE_URL: null,
    OWNER_USER_ID: owner,
    DATE_CREATED_UTC: writeDate(created),
    DATE_UPDATED_UTC: writeDate(updatedAt(world, 'Projects', index)),
    LAST_ACTIVITY_DATE_UTC: null,
    NEXT_ACTIVITY_DATE_UTC: null,
    CREATED_USER_ID: owner,
    RESPONSIBLE_USER_ID: owner,
    CUSTOMFIELDS: drawCustomFields('PROJECT', random),
    TAGS: tagRows(random, projectTags),
    LINKED_EMAIL_ADDRESS: null,
  }
}

export function milestoneRow(world: World, index: number): Row {
  const random = randomFor(world.seed, 'milestone', index)
  const due = lastInstant + random.int(-300, 200) * dayMs
  return {
    MILESTONE_ID: idAt('Milestones', index),
    TITLE: index % 2 === 0 ? 'Delivered' : 'Accepted',
    COMPLETED: due < lastInstant,
    DUE_DATE: writeDate(due),
    OWNER_USER_ID: random.pick(userIds),
    DATE_CREATED_UTC: writeDate(createdAt(world, 'Milestones', index)),
    DATE_UPDATED_UTC: writeDate(updatedAt(world, 'Milestones', index)),
    COMPLETED_DATE_UTC: due < lastInstant ? writeDate(due) : null,
    PROJECT_ID: idAt('Projects', index >> 1),
    RESPONSIBLE_USER: random.pick(userIds),
  }
}
