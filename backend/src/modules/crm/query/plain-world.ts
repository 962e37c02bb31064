import { newId } from '#backend/kernel/ids.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { fillVocabulary } from '../../../../test/vocabulary.ts'

/** Rows held twice, in the database and here, for evaluators that share nothing with the compiler. */

export type Stored = { id: string; deleted_at: string | null } & Record<string, unknown>
export type Table = 'users' | 'organisations' | 'contacts' | 'opportunities' | 'notes'
export type Kind = 'text' | 'number' | 'date' | 'datetime' | 'list' | 'reference'
export interface Field {
  kind: Kind
  get(row: Stored): unknown
  /** Of a reference: the id it holds. */
  id?(row: Stored): string | null
  /** Of a reference: the id of the record it leads to, unless that was deleted. */
  leadsTo?(row: Stored): string | null
  isMoney?: boolean
}

export const now = new Date('2026-05-20T09:30:00Z')
export const day = 86_400_000
let world: TestWorkspace
export const tables: Record<Table, Stored[]> = { users: [], organisations: [], contacts: [], opportunities: [], notes: [] }

let seed = 20_260_520
function random(below: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((seed / 2_147_483_648) * below)
}
function pick<T>(items: readonly T[]): T {
  return items[random(items.length)] as T
}

const cities = ['London', 'london', 'Zürich', 'Zurich', 'San José', 'Łódź', 'Paris', '', null, null]
const states = ['open', 'open', 'won', 'lost', 'abandoned']
const amounts = ['0', '10', '99.99', '100', '100.00', '2500.5', '50000', '1000000000000.01', null]
const tagNames = ['vip', 'VIP', 'new', 'at risk', 'Größe']
const regions = ['North', 'north', 'South', undefined, undefined]
const instants = Array.from({ length: 40 }, (_, index) => new Date(now.getTime() - index * 9.3 * day).toISOString())
instants.push(now.toISOString(), '2026-05-01T00:00:00.000Z', '2026-04-30T23:59:59.999Z', '2026-01-01T00:00:00.000Z')
const dates = ['2026-05-20', '2026-05-19', '2026-05-13', '2026-04-30', '2026-05-01', '2026-03-31', '2025-12-31', '1999-02-28', null]

async function store(table: Table, row: Omit<Stored, 'deleted_at'> & { deleted_at?: string | null }): Promise<void> {
  const stored = { deleted_at: null, ...row } as Stored
  tables[table].push(stored)
  const columns = Object.keys(stored).filter((column) => table !== 'users' || column !== 'deleted_at')
  const values = columns.map((column) => (column === 'custom' ? JSON.stringify(stored[column]) : stored[column]))
  await world.gold(`insert into ${table} (workspace_id, ${columns.join(', ')}) values ($1, ${columns.map((_, index) => `$${index + 2}`).join(', ')})`, [
    world.workspaceId,
    ...values,
  ])
}

function maybe<T>(rows: readonly T[]): T | undefined {
  return random(4) === 0 ? undefined : pick(rows)
}

/** Fills a workspace with random but repeatable records. */
export async function createRandomWorld(): Promise<TestWorkspace> {
  world = await createTestWorkspace()
  tables.users.push({ id: world.actor.userId, name: 'Olivia Owner', deleted_at: null })
  for (const name of ['Raj Patel', 'Sofía Núñez', 'Tom O’Hara']) await store('users', { id: newId(), name })
  await world.gold(
    `insert into custom_fields (workspace_id, entity, key, label, type) values ($1, 'contacts', 'region', 'Region', 'text'), ($1, 'contacts', 'score', 'Score', 'number')`,
  )
  for (let index = 0; index < 25; index++) {
    await store('organisations', {
      id: newId(),
      name: pick(['Acme', 'ACME', 'Globex', 'Umbrella Corp', 'Ünion']) + (index % 3 === 0 ? '' : ` ${index}`),
      state: pick(['CA', 'ca', 'NY', null]),
      size: pick([1, 50, 50, 5000, null]),
      owner_id: maybe(tables.users)?.id ?? null,
      tags: [pick(tagNames), pick(tagNames)].slice(0, random(3)),
      created_at: pick(instants),
      updated_at: now.toISOString(),
      deleted_at: random(8) === 0 ? now.toISOString() : null,
    })
  }
  for (let index = 0; index < 120; index++) {
    const region = pick(regions)
    await store('contacts', {
      id: newId(),
      first_name: pick(['Zoë', 'Jon', 'Amélie', 'Bob']),
      last_name: pick(['Müller', 'Smith', 'Ångström', "O'Brien"]),
      email: random(3) === 0 ? null : `person${index}@example.com`,
      city: pick(cities),
      organisation_id: maybe(tables.organisations)?.id ?? null,
      owner_id: maybe(tables.users)?.id ?? null,
      date_of_birth: pick(dates),
      tags: [pick(tagNames), pick(tagNames)].slice(0, random(3)),
      custom: { ...(region === undefined ? {} : { region }), ...(random(2) === 0 ? {} : { score: pick(['1', '2.50', '10', '-3']) }) },
      created_at: pick(instants),
      updated_at: now.toISOString(),
      deleted_at: random(10) === 0 ? now.toISOString() : null,
    })
  }
  for (let index = 0; index < 160; index++) {
    const value = pick(amounts)
    await store('opportunities', {
      id: newId(),
      name: `Deal ${pick(['alpha', 'Beta', 'gämma'])}`,
      state: pick(states),
      value,
      currency: value === null ? null : pick(['USD', 'USD', 'EUR']),
      probability: pick(['0', '25', '33.3', null]),
      organisation_id: maybe(tables.organisations)?.id ?? null,
      contact_id: maybe(tables.contacts)?.id ?? null,
      owner_id: maybe(tables.users)?.id ?? null,
      actual_close_date: pick(dates),
      created_at: pick(instants),
      updated_at: now.toISOString(),
      deleted_at: random(10) === 0 ? now.toISOString() : null,
    })
  }
  for (let index = 0; index < 60; index++) {
    const type = pick(['contact', 'organisation'])
    await store('notes', {
      id: newId(),
      body: pick(['Called', 'Met in Zürich', 'voicemail']),
      related_type: type,
      related_id: pick(type === 'contact' ? tables.contacts : tables.organisations).id,
      created_at: pick(instants),
      updated_at: now.toISOString(),
      deleted_at: random(6) === 0 ? now.toISOString() : null,
    })
  }
  await fillVocabulary(world)
  return world
}

export function alive(table: Table, id: unknown): Stored | undefined {
  return tables[table].find((row) => row.id === id && row.deleted_at === null)
}
export const own = (kind: Kind, column: string): Field => ({ kind, get: (row) => row[column] ?? null })
const custom = (kind: Kind, key: string): Field => ({ kind, get: (row) => (row.custom as Record<string, unknown>)[key] ?? null })
const through = (column: string, table: Table, field: () => Field): Field => {
  const { kind, leadsTo } = field()
  const follow = <T>(row: Stored, then: (target: Stored) => T | null) => {
    const target = alive(table, row[column])
    return target === undefined ? null : then(target)
  }
  return { kind, get: (row) => follow(row, (target) => field().get(target)), ...(leadsTo && { leadsTo: (row: Stored) => follow(row, leadsTo) }) }
}
const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
/** Part of a time, in UTC as the queries are. */
const part = (column: string, kind: Kind, take: (time: Date) => unknown): Field => ({
  kind,
  get: (row) => (row[column] === null || row[column] === undefined ? null : take(new Date(String(row[column])))),
})
const reference = (column: string, table: Table, label: (row: Stored) => unknown): Field => ({
  kind: 'reference',
  get: (row) => {
    const target = alive(table, row[column])
    return target === undefined ? null : label(target)
  },
  id: (row) => (row[column] as string | null) ?? null,
  leadsTo: (row) => alive(table, row[column])?.id ?? null,
})
const nameOf = (row: Stored) => row.name
const fullName = (row: Stored) => `${row.first_name} ${row.last_name}`

export const fields: Record<'contacts' | 'organisations' | 'opportunities', Record<string, Field>> = {
  organisations: {
    name: own('text', 'name'),
    state: own('text', 'state'),
    size: own('number', 'size'),
    tags: own('list', 'tags'),
    created_at: own('datetime', 'created_at'),
    owner: reference('owner_id', 'users', nameOf),
  },
  contacts: {
    name: { kind: 'text', get: fullName },
    email: own('text', 'email'),
    city: own('text', 'city'),
    date_of_birth: own('date', 'date_of_birth'),
    tags: own('list', 'tags'),
    created_at: own('datetime', 'created_at'),
    'created_at.weekday': part('created_at', 'text', (time) => names[time.getUTCDay()]),
    'created_at.hour': part('created_at', 'number', (time) => time.getUTCHours()),
    'date_of_birth.month': part('date_of_birth', 'number', (time) => time.getUTCMonth() + 1),
    'organisation.created_at.day': through('organisation_id', 'organisations', () => part('created_at', 'number', (time) => time.getUTCDate())),
    'custom.region': custom('text', 'region'),
    'custom.score': custom('number', 'score'),
    owner: reference('owner_id', 'users', nameOf),
    organisation: reference('organisation_id', 'organisations', nameOf),
    'organisation.state': through('organisation_id', 'organisations', () => own('text', 'state')),
    'organisation.size': through('organisation_id', 'organisations', () => own('number', 'size')),
    'organisation.owner': through('organisation_id', 'organisations', () => reference('owner_id', 'users', nameOf)),
  },
  opportunities: {
    name: own('text', 'name'),
    state: own('text', 'state'),
    value: { ...own('number', 'value'), isMoney: true },
    currency: own('text', 'currency'),
    probability: own('number', 'probability'),
    actual_close_date: own('date', 'actual_close_date'),
    created_at: own('datetime', 'created_at'),
    owner: reference('owner_id', 'users', nameOf),
    contact: reference('contact_id', 'contacts', fullName),
    'contact.city': through('contact_id', 'contacts', () => own('text', 'city')),
    'contact.organisation.state': through('contact_id', 'contacts', () => through('organisation_id', 'organisations', () => own('text', 'state'))),
  },
}
export type Entity = keyof typeof fields

export const relations: Record<Entity, Record<string, { table: Table; belongs(related: Stored, row: Stored): boolean }>> = {
  organisations: {
    contacts: { table: 'contacts', belongs: (related, row) => related.organisation_id === row.id },
    opportunities: { table: 'opportunities', belongs: (related, row) => related.organisation_id === row.id },
    notes: { table: 'notes', belongs: (related, row) => related.related_type === 'organisation' && related.related_id === row.id },
  },
  contacts: {
    opportunities: { table: 'opportunities', belongs: (related, row) => related.contact_id === row.id },
    'organisation.opportunities': {
      table: 'opportunities',
      belongs: (related, row) => related.organisation_id !== null && related.organisation_id === alive('organisations', row.organisation_id)?.id,
    },
    notes: { table: 'notes', belongs: (related, row) => related.related_type === 'contact' && related.related_id === row.id },
  },
  opportunities: {},
}
