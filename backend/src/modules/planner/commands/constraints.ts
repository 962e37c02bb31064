import { stateMeaning } from '#backend/modules/planner/plan/states.ts'
import { entities } from '#contracts/entities.ts'
import { fold } from '#contracts/fold.ts'
import type { Filter } from '#contracts/query.ts'
import { isStateField, type Lexis, valuesNamed } from './lexis.ts'
import type { Moment } from './moments.ts'
import type { Person } from './people.ts'
import type { Constraint } from './selection.ts'

/** Belongs to them; of meetings, is with them; of mails, is from them. */
export function ofPerson(person: Person): Constraint {
  return (entity, lexis) => {
    if (entity === 'events')
      return person.userId !== undefined && person.userId === lexis.world.me?.id ? mine(entity, lexis) : withPerson(person)(entity, lexis)
    if (entity === 'emails') return person.email === undefined ? undefined : { field: 'from', op: 'eq', value: person.email }
    const field = entities[entity].fields.owner !== undefined ? 'owner' : entities[entity].fields.author !== undefined ? 'author' : undefined
    return field === undefined || person.userId === undefined ? undefined : { field, op: 'eq', value: person.userId }
  }
}

export function withPerson(person: Person): Constraint {
  return (entity) => {
    if (entity === 'events') {
      const ways: Filter[] = []
      if (person.email !== undefined) ways.push({ field: 'attendees', op: 'eq', value: person.email })
      if (person.userId !== undefined) ways.push({ field: 'owner', op: 'eq', value: person.userId }, { field: 'attendees', op: 'eq', value: person.name })
      if (person.record !== undefined) ways.push({ field: 'related_id', op: 'eq', value: person.record.id })
      return ways.length === 0 ? undefined : ways.length === 1 ? ways[0] : { or: ways }
    }
    if (entity !== 'emails' || person.email === undefined) return undefined
    return {
      or: [
        { field: 'from', op: 'eq', value: person.email },
        { field: 'to', op: 'eq', value: person.email },
      ],
    }
  }
}

/** Own records; a meeting is one's own when it belongs to one, one is invited, or it belongs to nobody. */
export const mine: Constraint = (entity, { world, hasOwnEvents }) => {
  const { me } = world
  if (entity === 'emails') return { field: 'id', op: 'isNotEmpty' }
  if (entity === 'events' && !hasOwnEvents) return { field: 'id', op: 'isNotEmpty' }
  if (me === undefined) return undefined
  const owner: Filter = { field: entities[entity].fields.owner === undefined ? 'author' : 'owner', op: 'eq', value: me.id }
  if (entity !== 'events') return owner
  const email = world.users.find(({ id }) => id === me.id)?.email
  return { or: [owner, { field: 'owner', op: 'isEmpty' }, ...(email == null ? [] : [{ field: 'attendees', op: 'eq' as const, value: email }])] }
}

/** Not begun: no one has moved it on from where tasks start. */
const startStates = /^(?:backlog|to ?do|open|new|not started|planned|offen)$/i
const startedStates = /progress|doing|started|review|testing/i
const doneStates = /^(?:done|complete|completed|closed|finished|cancel|resolved|erledigt)/i

export function inState(state: string): Constraint {
  return (entity, lexis) => {
    if (entity === 'tasks' && (state === 'notStarted' || state === 'started')) {
      const statuses = lexis.world.statuses.filter((status) => (state === 'notStarted' ? startStates : startedStates).test(status))
      return statuses.length === 0 ? undefined : { field: 'status', op: 'in', value: statuses }
    }
    if (state === 'unfinished' && entity === 'tasks') {
      // What waits for review has been finished by whoever did it.
      const reviewed = lexis.world.statuses.filter((status) => /review/i.test(status))
      const open = stateMeaning('open', entity, lexis.world)?.filter
      return open === undefined || reviewed.length === 0 ? open : { and: [open, { field: 'status', op: 'notIn', value: reviewed }] }
    }
    if (state === 'open' && entity !== 'tasks' && entity !== 'opportunities') return undefined
    return stateMeaning(state, entity, lexis.world)?.filter
  }
}

/** A task's status that means done, as this workspace writes it. */
export function doneStatus({ world }: Lexis): string | undefined {
  return world.statuses.find((status) => /^complete/i.test(status)) ?? world.statuses.find((status) => doneStates.test(status))
}

/** Holds a value that a phrase names; `hint` is part of the name of the field it is said of. */
export function hasValue(phrase: string, hint?: RegExp, negated = false): Constraint {
  return (entity, lexis) => {
    const named = valuesNamed(lexis, phrase, entity)
    const hinted = hint === undefined ? [] : named.filter(({ path }) => hint.test(path))
    const options = hinted.length > 0 ? hinted : hint === undefined ? named : []
    const paths = [...new Set(options.map(({ path }) => path))]
    const path = paths.length === 1 ? paths[0] : (paths.find(isStateField) ?? undefined)
    if (path === undefined) return undefined
    const values = options.filter((option) => option.path === path).map(({ value }) => value)
    const filter: Filter = values.length === 1 ? { field: path, op: 'eq', value: values[0] as string } : { field: path, op: 'in', value: values }
    return negated ? { not: filter } : filter
  }
}

export const stateHint = /status|stage|state|list|phase/
export const interestHint = /interest|product|category/

/** Nothing was heard of them since. */
export function notHeardSince(moment: Moment, orNever: boolean): Constraint {
  return (entity, lexis) => {
    const path = contactField(entity, lexis)
    if (path === undefined) return undefined
    const filter: Filter = { field: path, op: 'lt', value: path.startsWith('custom.') ? (moment.from.toISODate() ?? '') : (moment.from.toUTC().toISO() ?? '') }
    return orNever ? { or: [filter, { field: path, op: 'isEmpty' }] } : filter
  }
}

/** Where it stands when a record was last spoken to. */
export function contactField(entity: Lexis['world']['customFields'][number]['entity'], { world }: Lexis): string | undefined {
  const custom = world.customFields.find(
    (field) => field.entity === entity && field.type === 'date' && /last.*contact|contact.*last|last.*(?:spoke|touch|respon)/.test(field.key),
  )
  if (custom !== undefined) return `custom.${custom.key}`
  return entities[entity].fields.last_contacted_at === undefined ? undefined : 'last_contacted_at'
}

/** Its time lies in a span; `verb` tells which of its times. */
export function duringTime(moment: { from?: Moment['from']; to?: Moment['from'] }, verb: string): Constraint {
  return (entity, lexis) => {
    const path = timeField(entity, verb, lexis)
    if (path === undefined) return undefined
    const { from, to } = moment
    const isDay = path.startsWith('custom.') || entities[entity].fields[path]?.type === 'date'
    const said = (at: Moment['from']) => (isDay ? at.toISODate() : at.toUTC().toISO()) ?? ''
    return { field: path, op: 'during', value: { ...(from === undefined ? {} : { from: said(from) }), ...(to === undefined ? {} : { to: said(to) }) } }
  }
}

function timeField(entity: Lexis['world']['customFields'][number]['entity'], verb: string, lexis: Lexis): string | undefined {
  const { fields } = entities[entity]
  if (/creat|add|made/.test(verb)) return 'created_at'
  if (/updat|chang/.test(verb)) return fields.updated_at === undefined ? undefined : 'updated_at'
  if (/contact|spoke|heard/.test(verb)) return contactField(entity, lexis)
  if (/follow/.test(verb)) return customNamed('follow up', entity, lexis)
  switch (entity) {
    case 'tasks':
      return /complet|finish|done/.test(verb) ? 'completed_at' : 'due_at'
    case 'events':
      return /end/.test(verb) ? 'ends_at' : 'starts_at'
    case 'emails':
      return 'sent_at'
    case 'opportunities':
      return /close|due|expect/.test(verb) ? 'forecast_close_date' : undefined
    default:
      return undefined
  }
}

/** A field of the workspace's own that a phrase names, wholly or by how its name begins. */
export function customNamed(phrase: string, entity: Lexis['world']['customFields'][number]['entity'], { world }: Lexis): string | undefined {
  const wanted = fold(phrase)
    .replace(/[-_]/g, ' ')
    .replace(/ (?:date|field)$/, '')
  const fields = world.customFields.filter((field) => field.entity === entity)
  const names = (field: (typeof fields)[number]) => [field.key.replaceAll('_', ' '), fold(field.label)].map((name) => name.replace(/-/g, ' '))
  const exact = fields.filter((field) => names(field).some((name) => name === wanted || name === fold(phrase)))
  const begun = exact.length > 0 ? exact : fields.filter((field) => names(field).some((name) => name.startsWith(`${wanted} `) || name.endsWith(` ${wanted}`)))
  return begun.length === 1 && begun[0] !== undefined ? `custom.${begun[0].key}` : undefined
}
