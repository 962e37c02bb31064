import { type Random, randomFor } from '../../../../seeds/demo/random.ts'
import { sentinelDate, writeDate } from '../dates.ts'
import type { Row } from '../json.ts'
import { companyAt } from './company.ts'
import { drawCustomFields } from './custom-fields.ts'
import type { Kinship } from './kinship.ts'
import { drawAddress, drawPerson, drawPlace, emailOf, jobTitles, phoneOf } from './person.ts'
import { convertedStatusId, leadSourceIds, leadStatusIds, userIds } from './reference-rows.ts'
import { createdAt, updatedAt } from './times.ts'
import { dayMs, firstInstant, idAt, lastInstant, type World } from './world.ts'

/** A text that is often not there. */
function maybe(random: Random, share: number, text: () => string): string | null {
  return random.chance(share) ? text() : null
}

/** What a date nobody has set looks like: mostly null, now and then the year 1. */
export function activityDate(random: Random, share: number, ahead = false): string | null {
  const days = random.int(1, 400)
  if (random.chance(share)) return writeDate(lastInstant + (ahead ? days : -days) * dayMs)
  return random.chance(0.1) ? sentinelDate : null
}

export function tagRows(random: Random, tags: readonly string[]): Row[] {
  return tags.filter(() => random.chance(0.12)).map((tag) => ({ TAG_NAME: tag }))
}

export const contactTags = ['customer', 'newsletter', 'vip', 'trade fair 2025', 'do not call'] as const

export function contactRow(world: World, kinship: Kinship, index: number): Row {
  const random = randomFor(world.seed, 'contact', index)
  const organisation = kinship.organisationOf('Contacts', index)
  const company = organisation === undefined ? undefined : companyAt(world, organisation)
  const place = company?.place ?? drawPlace(random)
  const person = drawPerson(random, place.country)
  const mail = drawAddress(random, place)
  const other = random.chance(0.1) ? drawAddress(random, place) : undefined
  const phone = () => phoneOf(random, place)
  const owner = random.pick(userIds)
  return {
    CONTACT_ID: idAt('Contacts', index),
    SALUTATION: maybe(random, 0.3, () => random.pick(['Mr.', 'Ms.', 'Dr.'])),
    FIRST_NAME: person.first,
    LAST_NAME: random.chance(0.02) ? null : person.last,
    IMAGE_URL: null,
    BACKGROUND: maybe(random, 0.1, () => `Met in ${mail.city}. Prefers e-mail.\nSpeaks for ${company?.name ?? 'nobody but themselves'}.`),
    OWNER_USER_ID: owner,
    DATE_CREATED_UTC: writeDate(createdAt(world, 'Contacts', index)),
    DATE_UPDATED_UTC: writeDate(updatedAt(world, 'Contacts', index)),
    SOCIAL_LINKEDIN: null,
    SOCIAL_FACEBOOK: null,
    SOCIAL_TWITTER: null,
    DATE_OF_BIRTH: random.chance(0.1) ? writeDate(firstInstant - random.int(20, 60) * 365 * dayMs) : random.chance(0.02) ? sentinelDate : null,
    PHONE: maybe(random, 0.7, phone),
    PHONE_HOME: maybe(random, 0.03, phone),
    PHONE_MOBILE: maybe(random, 0.5, phone),
    PHONE_OTHER: null,
    PHONE_ASSISTANT: maybe(random, 0.02, phone),
    PHONE_FAX: maybe(random, 0.03, phone),
    EMAIL_ADDRESS: maybe(random, 0.93, () => emailOf(person, company?.domain ?? 'mail.example', index)),
    ASSISTANT_NAME: null,
    ADDRESS_MAIL_STREET: mail.street,
    ADDRESS_MAIL_CITY: mail.city,
    ADDRESS_MAIL_STATE: mail.state === '' ? null : mail.state,
    ADDRESS_MAIL_POSTCODE: mail.postcode,
    ADDRESS_MAIL_COUNTRY: mail.country,
    ADDRESS_OTHER_STREET: other?.street ?? null,
    ADDRESS_OTHER_CITY: other?.city ?? null,
    ADDRESS_OTHER_STATE: other?.state ?? null,
    ADDRESS_OTHER_POSTCODE: other?.postcode ?? null,
    ADDRESS_OTHER_COUNTRY: other?.country ?? null,
    LAST_ACTIVITY_DATE_UTC: activityDate(random, 0.6),
    NEXT_ACTIVITY_DATE_UTC: activityDate(random, 0.2, true),
    CREATED_USER_ID: owner,
    ORGANISATION_ID: organisation === undefined ? null : idAt('Organisations', organisation),
    TITLE: maybe(random, 0.8, () => random.pick(jobTitles)),
    EMAIL_OPTED_OUT: random.chance(0.05),
    CUSTOMFIELDS: drawCustomFields('CONTACT', random),
    TAGS: tagRows(random, contactTags),
    DATES: random.chance(0.02)
      ? [{ DATE_ID: 1_000_000 + index, OCCASION_NAME: 'Anniversary', OCCASION_DATE: writeDate(firstInstant), REPEAT_YEARLY: true, CREATE_TASK_YEARLY: false }]
      : [],
    VISIBLE_TO: 'EVERYONE',
    VISIBLE_TEAM_ID: null,
  }
}

export const leadTags = ['trade fair 2025', 'inbound', 'cold list'] as const

export function leadRow(world: World, index: number): Row {
  const random = randomFor(world.seed, 'lead', index)
  const company = companyAt(world, world.counts.Organisations + index)
  const person = drawPerson(random, company.place.country)
  const address = drawAddress(random, company.place)
  const converted = random.chance(0.15) && world.counts.Contacts > 0
  const created = createdAt(world, 'Leads', index)
  const owner = random.pick(userIds)
  return {
    LEAD_ID: idAt('Leads', index),
    SALUTATION: null,
    FIRST_NAME: person.first,
    LAST_NAME: person.last,
    LEAD_SOURCE_ID: random.pick(leadSourceIds),
    LEAD_STATUS_ID: converted ? convertedStatusId : random.pick(leadStatusIds.slice(0, 4)),
    TITLE: maybe(random, 0.6, () => random.pick(jobTitles)),
    CONVERTED: converted,
    CONVERTED_CONTACT_ID: converted ? idAt('Contacts', random.int(0, world.counts.Contacts - 1)) : null,
    CONVERTED_DATE_UTC: converted ? writeDate(updatedAt(world, 'Leads', index)) : null,
    CONVERTED_OPPORTUNITY_ID: null,
    CONVERTED_ORGANISATION_ID: null,
    DATE_CREATED_UTC: writeDate(created),
    DATE_UPDATED_UTC: writeDate(updatedAt(world, 'Leads', index)),
    EMAIL: random.chance(0.9) ? emailOf(person, company.domain, index) : '',
    EMPLOYEE_COUNT: random.chance(0.5) ? random.int(3, 4000) : 0,
    FAX: null,
    INDUSTRY: company.industry,
    LEAD_DESCRIPTION: maybe(random, 0.3, () => `Asked about sensors for ${company.name}.`),
    LEAD_RATING: random.chance(0.4) ? random.int(1, 5) : null,
    MOBILE: maybe(random, 0.3, () => phoneOf(random, company.place)),
    OWNER_USER_ID: owner,
    PHONE: maybe(random, 0.6, () => phoneOf(random, company.place)),
    RESPONSIBLE_USER_ID: owner,
    WEBSITE: maybe(random, 0.5, () => `https://${company.domain}`),
    ADDRESS_STREET: address.street,
    ADDRESS_CITY: address.city,
    ADDRESS_STATE: address.state === '' ? null : address.state,
    ADDRESS_POSTCODE: address.postcode,
    ADDRESS_COUNTRY: address.country,
    LAST_ACTIVITY_DATE_UTC: activityDate(random, 0.4),
    NEXT_ACTIVITY_DATE_UTC: activityDate(random, 0.2, true),
    ORGANISATION_NAME: company.name,
    CREATED_USER_ID: owner,
    IMAGE_URL: null,
    EMAIL_OPTED_OUT: random.chance(0.03),
    CUSTOMFIELDS: drawCustomFields('LEAD', random),
    TAGS: tagRows(random, leadTags),
    LINKED_EMAIL_ADDRESS: null,
    VISIBLE_TO: 'EVERYONE',
    VISIBLE_TEAM_ID: null,
  }
}
