import { eventTitles, inboundMails, notes, noteTitles, outboundMails, taskTitles } from '../../../../seeds/demo/names/phrases.ts'
import { type Random, randomFor } from '../../../../seeds/demo/random.ts'
import { companyDomain, team } from '../../../../seeds/demo/team.ts'
import { sentinelDate, writeDate } from '../dates.ts'
import type { Row } from '../json.ts'
import type { Kinship } from './kinship.ts'
import { tagRows } from './people-rows.ts'
import { taskCategoryIds, userIds } from './reference-rows.ts'
import { createdAt, updatedAt } from './times.ts'
import { dayMs, idAt, type World } from './world.ts'

const words: Record<string, readonly string[]> = {
  first: ['Anna', 'Marek', 'Leila', 'Tom', 'Yuki'],
  company: ['the Leeds plant', 'their Lyon site', 'the head office'],
  product: ['PressureSense Pro', 'ThermoSense Wireless', 'VibraWatch One'],
  owner: team.map(({ name }) => name),
  number: ['12', '30', '48'],
  amount: ['EUR 18,000', 'USD 42,500'],
  month: ['March', 'June', 'October'],
}

function fill(template: string, random: Random): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => random.pick(words[name] ?? ['']))
}

export function taskRow(world: World, kinship: Kinship, index: number): Row {
  const random = randomFor(world.seed, 'task', index)
  const created = createdAt(world, 'Tasks', index)
  const updated = updatedAt(world, 'Tasks', index)
  const parent = kinship.parentOf('Tasks', index)
  const status = random.pick(['NOT STARTED', 'IN PROGRESS', 'WAITING', 'COMPLETED', 'DEFERRED'])
  const isDone = status === 'COMPLETED'
  const owner = random.pick(userIds)
  return {
    TASK_ID: idAt('Tasks', index),
    TITLE: fill(random.pick(taskTitles), random),
    CATEGORY_ID: random.chance(0.5) ? random.pick(taskCategoryIds) : null,
    DUE_DATE: random.chance(0.8) ? writeDate(created + random.int(1, 60) * dayMs) : null,
    COMPLETED_DATE_UTC: isDone ? writeDate(updated) : random.chance(0.05) ? sentinelDate : null,
    COMPLETED: isDone,
    DETAILS: random.chance(0.3) ? fill(random.pick(notes), random) : null,
    STATUS: status,
    PRIORITY: random.int(1, 3),
    PERCENT_COMPLETE: isDone ? 100 : status === 'IN PROGRESS' ? random.int(1, 9) * 10 : 0,
    START_DATE: random.chance(0.3) ? writeDate(created) : null,
    MILESTONE_ID: null,
    RESPONSIBLE_USER_ID: owner,
    OWNER_USER_ID: owner,
    DATE_CREATED_UTC: writeDate(created),
    DATE_UPDATED_UTC: writeDate(updated),
    EMAIL_ID: null,
    PROJECT_ID: parent?.name === 'Projects' ? idAt('Projects', parent.index) : null,
    REMINDER_DATE_UTC: null,
    REMINDER_SENT: false,
    OWNER_VISIBLE: true,
    STAGE_ID: null,
    ASSIGNED_BY_USER_ID: owner,
    PARENT_TASK_ID: null,
    RECURRENCE: null,
    OPPORTUNITY_ID: parent?.name === 'Opportunities' ? idAt('Opportunities', parent.index) : null,
    ASSIGNED_TEAM_ID: null,
    ASSIGNED_DATE_UTC: writeDate(created),
    CREATED_USER_ID: owner,
    CUSTOMFIELDS: [],
    PUBLICLY_VISIBLE: true,
  }
}

export function eventRow(world: World, index: number): Row {
  const random = randomFor(world.seed, 'event', index)
  const created = createdAt(world, 'Events', index)
  const start = Math.floor((created + random.int(1, 40) * dayMs) / dayMs) * dayMs + random.int(8, 16) * 3_600_000
  return {
    EVENT_ID: idAt('Events', index),
    TITLE: fill(random.pick(eventTitles), random),
    LOCATION: random.chance(0.4) ? 'Online' : null,
    START_DATE_UTC: writeDate(start),
    END_DATE_UTC: writeDate(start + random.int(1, 4) * 1_800_000),
    ALL_DAY: random.chance(0.05),
    DETAILS: null,
    DATE_CREATED_UTC: writeDate(created),
    DATE_UPDATED_UTC: writeDate(updatedAt(world, 'Events', index)),
    REMINDER_DATE_UTC: null,
    REMINDER_SENT: false,
    OWNER_USER_ID: random.pick(userIds),
    CUSTOMFIELDS: [],
  }
}

export function noteRow(world: World, index: number): Row {
  const random = randomFor(world.seed, 'note', index)
  return {
    NOTE_ID: idAt('Notes', index),
    TITLE: random.pick(noteTitles),
    BODY: random.chance(0.97) ? `<p>${fill(random.pick(notes), random)}</p>` : null,
    DATE_CREATED_UTC: writeDate(createdAt(world, 'Notes', index)),
    DATE_UPDATED_UTC: writeDate(updatedAt(world, 'Notes', index)),
    OWNER_USER_ID: random.pick(userIds),
  }
}

export const emailTags = ['quote', 'support'] as const

/** With the body; lists leave it out. */
export function emailRow(world: World, index: number): Row {
  const random = randomFor(world.seed, 'email', index)
  const isInbound = random.chance(0.55)
  const [subject, text] = random.pick(isInbound ? inboundMails : outboundMails)
  const colleague = random.pick(team)
  const outside = `person${index % 5000}@customer-${index % 700}.example`
  const body = fill(text, random)
  const created = createdAt(world, 'Emails', index)
  return {
    EMAIL_ID: idAt('Emails', index),
    EMAIL_FROM: isInbound ? outside : `${colleague.name} <${colleague.email}>`,
    SUBJECT: fill(subject, random),
    EMAIL_DATE_UTC: writeDate(created - 60_000),
    FORMAT: random.chance(0.5) ? 'text' : 'html',
    SIZE: Buffer.byteLength(body),
    OWNER_USER_ID: userIds[team.indexOf(colleague)] ?? 0,
    DATE_CREATED_UTC: writeDate(created),
    QUEUED_SEND_DATE_UTC: null,
    CREATED_USER_ID: userIds[team.indexOf(colleague)] ?? 0,
    TAGS: tagRows(random, emailTags),
    EMAIL_TO: isInbound ? colleague.email : outside,
    EMAIL_CC: random.chance(0.1) ? `office@${companyDomain}` : null,
    BODY: body,
  }
}
