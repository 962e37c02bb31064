import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#backend/kernel/ids.ts'
import type { Condition, Filter, TypedQueryInput } from '#contracts/query.ts'
import { createTestWorkspace, type TestWorkspace } from '../../../../test/harness.ts'
import { runQuery } from './query.service.ts'

/**
 * Random queries, answered by the database and by a plain evaluator over the same rows. The evaluator shares no code with the compiler:
 * it has its own folding, calendar arithmetic, decimals and meaning of every operator.
 */

type Stored = { id: string; deleted_at: string | null } & Record<string, unknown>
type Table = 'users' | 'organisations' | 'contacts' | 'opportunities' | 'notes'
type Kind = 'text' | 'number' | 'date' | 'datetime' | 'list' | 'reference'
interface Field {
  kind: Kind
  get(row: Stored): unknown
  /** Of a reference: the id it holds. */
  id?(row: Stored): string | null
}

const now = new Date('2026-05-20T09:30:00Z')
const day = 86_400_000
let world: TestWorkspace
const tables: Record<Table, Stored[]> = { users: [], organisations: [], contacts: [], opportunities: [], notes: [] }

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

beforeAll(async () => {
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
})

// As the record writer keeps them: the spellings of cities are known, those of states are not.
beforeAll(async () => {
  await world.gold(
    "insert into field_values (workspace_id, entity, field, value, norm) select distinct workspace_id, 'contacts', 'city', city, fold(city) from contacts where workspace_id = $1 and city <> ''",
  )
})

function alive(table: Table, id: unknown): Stored | undefined {
  return tables[table].find((row) => row.id === id && row.deleted_at === null)
}
const own = (kind: Kind, column: string): Field => ({ kind, get: (row) => row[column] ?? null })
const custom = (kind: Kind, key: string): Field => ({ kind, get: (row) => (row.custom as Record<string, unknown>)[key] ?? null })
const through = (column: string, table: Table, field: () => Field): Field => ({
  kind: field().kind,
  get: (row) => {
    const target = alive(table, row[column])
    return target === undefined ? null : field().get(target)
  },
})
const reference = (column: string, table: Table, label: (row: Stored) => unknown): Field => ({
  kind: 'reference',
  get: (row) => {
    const target = alive(table, row[column])
    return target === undefined ? null : label(target)
  },
  id: (row) => (row[column] as string | null) ?? null,
})
const nameOf = (row: Stored) => row.name
const fullName = (row: Stored) => `${row.first_name} ${row.last_name}`

const fields: Record<'contacts' | 'organisations' | 'opportunities', Record<string, Field>> = {
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
    value: own('number', 'value'),
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
type Entity = keyof typeof fields
// A reference reached through another has no id of its own here.
delete fields.contacts['organisation.owner']?.id

const relations: Record<Entity, Record<string, { table: Table; belongs(related: Stored, row: Stored): boolean }>> = {
  organisations: {
    contacts: { table: 'contacts', belongs: (related, row) => related.organisation_id === row.id },
    opportunities: { table: 'opportunities', belongs: (related, row) => related.organisation_id === row.id },
    notes: { table: 'notes', belongs: (related, row) => related.related_type === 'organisation' && related.related_id === row.id },
  },
  contacts: {
    opportunities: { table: 'opportunities', belongs: (related, row) => related.contact_id === row.id },
    notes: { table: 'notes', belongs: (related, row) => related.related_type === 'contact' && related.related_id === row.id },
  },
  opportunities: {},
}

function plain(value: unknown): string {
  return String(value).trim().normalize('NFD').replace(/\p{M}/gu, '').replaceAll(/[Łł]/g, 'l').replaceAll('’', "'").toLowerCase()
}
const compare: Record<string, (order: number) => boolean> = {
  eq: (o) => o === 0,
  ne: (o) => o !== 0,
  gt: (o) => o > 0,
  gte: (o) => o >= 0,
  lt: (o) => o < 0,
  lte: (o) => o <= 0,
}

function isEmpty(kind: Kind, value: unknown): boolean {
  return value === null || (kind === 'list' ? (value as string[]).length === 0 : String(value).trim() === '')
}

/** First and last moment of a calendar period or rolling window, in UTC. */
function windowOf(range: Record<string, unknown>): [number, number] {
  if ('last' in range) return [now.getTime() - (range.last as number) * day, now.getTime() + 1]
  const offset = range.offset as number
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  if (range.period === 'month') return [Date.UTC(year, month + offset, 1), Date.UTC(year, month + offset + 1, 1)]
  if (range.period === 'quarter')
    return [Date.UTC(year, Math.floor(month / 3) * 3 + offset * 3, 1), Date.UTC(year, Math.floor(month / 3) * 3 + offset * 3 + 3, 1)]
  const monday = Date.UTC(year, month, now.getUTCDate() - ((now.getUTCDay() + 6) % 7))
  return [monday + offset * 7 * day, monday + (offset + 1) * 7 * day]
}

function holds(field: Field, row: Stored, { op, value }: Condition): boolean {
  const actual = field.get(row)
  const values = Array.isArray(value) ? value : [value]
  if (op === 'isEmpty') return field.kind === 'reference' && field.id ? field.id(row) === null : isEmpty(field.kind, actual)
  if (op === 'isNotEmpty') return !holds(field, row, { field: '', op: 'isEmpty' })
  if (op === 'ne') return !holds(field, row, { field: '', op: 'eq', value })
  if (op === 'notIn') return !holds(field, row, { field: '', op: 'in', value })
  if (op === 'notContains') return !holds(field, row, { field: '', op: 'contains', value })
  if (actual === null) return false
  if (field.kind === 'list')
    return (actual as string[]).some((item) => (op === 'contains' ? plain(item).includes(plain(value)) : values.some((one) => plain(item) === plain(one))))
  if (field.kind === 'number') {
    const orders = values.map((one) => new Decimal(String(actual)).comparedTo(String(one)))
    if (op === 'in' || op === 'eq') return orders.includes(0)
    if (op === 'between') return (orders[0] as number) >= 0 && (orders[1] as number) <= 0
    return (compare[op] as (order: number) => boolean)(orders[0] as number)
  }
  if (field.kind === 'date' || field.kind === 'datetime') {
    const moment = new Date(String(actual)).getTime()
    if (op === 'during') {
      const [from, to] = windowOf(value as Record<string, unknown>)
      return moment >= from && moment < to
    }
    const start = Date.parse(String(values[0]))
    if (op === 'between') return moment >= start && moment < Date.parse(String(values[1])) + day
    return { eq: moment >= start && moment < start + day, gt: moment >= start + day, gte: moment >= start, lt: moment < start, lte: moment < start + day }[
      op as 'eq'
    ] as boolean
  }
  if (op === 'contains') return plain(actual).includes(plain(value))
  if (op === 'startsWith') return plain(actual).startsWith(plain(value))
  if (op === 'endsWith') return plain(actual).endsWith(plain(value))
  return values.some((one) => plain(actual) === plain(one))
}

function matches(entity: Entity, row: Stored, filter: Filter): boolean {
  if ('and' in filter) return filter.and.every((part) => matches(entity, row, part))
  if ('or' in filter) return filter.or.some((part) => matches(entity, row, part))
  if ('not' in filter) return !matches(entity, row, filter.not)
  if ('field' in filter) return holds(fields[entity][filter.field] as Field, row, filter)
  const relation = relations[entity][filter.relation]
  if (relation === undefined) throw new Error(filter.relation)
  const related = tables[relation.table].filter(
    (candidate) =>
      candidate.deleted_at === null &&
      relation.belongs(candidate, row) &&
      (filter.where === undefined || matches(relation.table as Entity, candidate, filter.where)),
  )
  const { count, sum } = filter
  if (count !== undefined) return (compare[count.op] as (order: number) => boolean)(Math.sign(related.length - count.value))
  if (sum !== undefined) {
    const total = related.reduce((all, candidate) => all.plus((candidate[sum.field] as string | null) ?? 0), new Decimal(0))
    return (compare[sum.op] as (order: number) => boolean)(total.comparedTo(sum.value))
  }
  return related.length > 0
}

const textValues = [
  'london',
  ' ZURICH',
  'zürich',
  'san jose',
  'lodz',
  'acme',
  'mül',
  'north',
  'CA',
  'ny',
  'won',
  "o'",
  'raj patel',
  'sofia nunez',
  '%',
  '_',
  'e',
]
const comparators = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const
function conditionFor(path: string, field: Field, isClosed: boolean): fc.Arbitrary<Condition> {
  const make = (op: fc.Arbitrary<Condition['op']>, value: fc.Arbitrary<unknown>) =>
    fc.tuple(op, value).map(([chosen, one]) => ({ field: path, op: chosen, value: one }) as Condition)
  const presence = fc.constantFrom('isEmpty', 'isNotEmpty').map((op) => ({ field: path, op }) as Condition)
  const text = isClosed ? fc.constantFrom('won', 'Lost ', 'OPEN') : fc.constantFrom(...textValues)
  const tag = fc.constantFrom('vip', 'NEW', 'grosse', 'größe', 'risk', 'x')
  const number = fc.constantFrom(0, 1, 10, '99.99', 100, 2500.5, '1000000000000.01', -3, 50)
  const date = fc.constantFrom('2026-05-20', '2026-05-01', '2026-04-30', '2025-12-31', '1999-02-28')
  switch (field.kind) {
    case 'text':
    case 'reference':
      return fc.oneof(
        make(fc.constantFrom('eq', 'ne', ...(isClosed ? [] : (['contains', 'notContains', 'startsWith', 'endsWith'] as const))), text),
        make(fc.constantFrom('in', 'notIn'), fc.array(text, { minLength: 1, maxLength: 4 })),
        presence,
      )
    case 'list':
      return fc.oneof(
        make(fc.constantFrom('eq', 'ne', 'contains', 'notContains'), tag),
        make(fc.constantFrom('in', 'notIn'), fc.array(tag, { minLength: 1, maxLength: 3 })),
        presence,
      )
    case 'number':
      return fc.oneof(
        make(fc.constantFrom(...comparators), number),
        make(fc.constantFrom('in', 'notIn'), fc.array(number, { minLength: 1, maxLength: 3 })),
        make(fc.constant('between'), fc.tuple(number, number)),
        presence,
      )
    default: {
      const range = fc.oneof(
        fc.record({ period: fc.constantFrom('week', 'month', 'quarter'), offset: fc.integer({ min: -4, max: 1 }) }),
        fc.record({ last: fc.integer({ min: 1, max: 200 }), unit: fc.constant('day') }),
      )
      return fc.oneof(
        make(fc.constantFrom(...comparators), date),
        make(fc.constant('during'), range),
        make(fc.constant('between'), fc.tuple(date, date)),
        presence,
      )
    }
  }
}

function filterFor(entity: Entity, depth: number): fc.Arbitrary<Filter> {
  const leaves = Object.entries(fields[entity]).map(([path, field]) => conditionFor(path, field, path === 'state' && entity === 'opportunities'))
  const relationLeaves = Object.entries(relations[entity]).map(([relation, { table }]) => {
    const where = depth > 0 && table in fields ? fc.option(filterFor(table as Entity, 0), { nil: undefined }) : fc.constant(undefined)
    const count = fc.record({ op: fc.constantFrom(...comparators), value: fc.integer({ min: 0, max: 4 }) })
    const sum = fc.record({ field: fc.constantFrom('value', 'probability'), op: fc.constantFrom(...comparators), value: fc.constantFrom(0, 50, 100.5, 60_000) })
    const test =
      table === 'opportunities'
        ? fc.oneof(
            fc.constant({}),
            count.map((one) => ({ count: one })),
            sum.map((one) => ({ sum: one })),
          )
        : fc.option(count, { nil: undefined }).map((one) => (one === undefined ? {} : { count: one }))
    return fc.tuple(where, test).map(([inner, figures]) => ({ relation, ...(inner === undefined ? {} : { where: inner }), ...figures }) as Filter)
  })
  const leaf: fc.Arbitrary<Filter> = fc.oneof(...leaves, ...relationLeaves)
  if (depth === 0) return leaf
  const deeper = filterFor(entity, depth - 1)
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(deeper, { minLength: 1, maxLength: 3 }).map((and) => ({ and })) },
    { weight: 1, arbitrary: fc.array(deeper, { minLength: 1, maxLength: 3 }).map((or) => ({ or })) },
    { weight: 1, arbitrary: deeper.map((not) => ({ not })) },
  )
}

const answer = (query: TypedQueryInput) => world.database.transaction(world.actor, (tx) => runQuery(tx, query, { now, timeZone: 'UTC' }))
const visibleRows = (entity: Entity, filter: Filter) => tables[entity].filter((row) => row.deleted_at === null && matches(entity, row, filter))
const anyFilter = fc
  .constantFrom<Entity>('contacts', 'organisations', 'opportunities')
  .chain((entity) => fc.record({ entity: fc.constant(entity), filter: filterFor(entity, 2) }))

/** A relation's sum over several currencies is kept per currency; the plain evaluator only knows sums of one. */
function sumsMoney(filter: Filter): boolean {
  return JSON.stringify(filter).includes('"sum":{"field":"value"')
}

describe('a random query', () => {
  it('finds the records a plain evaluator finds', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, async ({ entity, filter }) => {
        fc.pre(!sumsMoney(filter))
        const result = await answer({ entity, filter, limit: 1000 })
        const expected = visibleRows(entity, filter)
          .map((row) => row.id)
          .sort()
        expect(result.rows.map((row) => row.id).sort(), JSON.stringify({ entity, filter })).toEqual(expected)
        expect(result.total).toBe(expected.length)
      }),
      { numRuns: 300, seed: 7 },
    )
  })

  it('shows them page by page in one order', async () => {
    const page = fc.record({
      limit: fc.integer({ min: 1, max: 40 }),
      offset: fc.integer({ min: 0, max: 60 }),
      by: fc.constantFrom('created_at', 'owner', 'id'),
      direction: fc.constantFrom('asc' as const, 'desc' as const),
    })
    await fc.assert(
      fc.asyncProperty(anyFilter, page, async ({ entity, filter }, { limit, offset, by, direction }) => {
        fc.pre(!sumsMoney(filter))
        const result = await answer({ entity, filter, sort: [{ by, direction }], limit, offset, select: ['id', by] })
        const field = by === 'id' ? own('text', 'id') : (fields[entity][by] as Field)
        const key = (row: Stored) => {
          const value = field.get(row)
          return value === null ? null : plain(value)
        }
        const expected = visibleRows(entity, filter).sort((a, b) => {
          const [x, y] = [key(a), key(b)]
          if (x !== y) {
            if (x === null || y === null) return x === null ? 1 : -1
            return (x < y ? -1 : 1) * (direction === 'asc' ? 1 : -1)
          }
          return (a.id < b.id ? -1 : 1) * (direction === 'asc' ? 1 : -1)
        })
        expect(result.rows.map((row) => row.id)).toEqual(expected.slice(offset, offset + limit).map((row) => row.id))
        expect(result.total).toBe(expected.length)
      }),
      { numRuns: 120, seed: 11 },
    )
  })

  it('groups and measures money by currency as a plain evaluator does', async () => {
    const groupFields = ['owner', 'state', 'contact.city', 'contact.organisation.state'] as const
    const arbitrary = fc.record({
      filter: filterFor('opportunities', 1),
      groupBy: fc.uniqueArray(fc.constantFrom(...groupFields), { minLength: 1, maxLength: 2 }),
    })
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ filter, groupBy }) => {
        const result = await answer({
          entity: 'opportunities',
          filter,
          groupBy: groupBy.map((field) => ({ field })),
          limit: 1000,
          measures: [
            { fn: 'count' },
            { fn: 'sum', field: 'value' },
            { fn: 'min', field: 'value' },
            { fn: 'max', field: 'value' },
            { fn: 'median', field: 'value' },
            { fn: 'countDistinct', field: 'contact' },
            { fn: 'winRate' },
          ],
        })
        const groups = new Map<string, Stored[]>()
        for (const row of visibleRows('opportunities', filter)) {
          const keys = groupBy.map((path) => {
            const value = fields.opportunities[path]?.get(row) ?? null
            return value === null || String(value).trim() === '' ? null : value
          })
          const key = JSON.stringify([...keys, row.currency ?? 'USD'])
          groups.set(key, [...(groups.get(key) ?? []), row])
        }
        const expected = [...groups].map(([key, rows]) => [key, ...figuresOf(rows)])
        const actual = result.rows.map((row) => [
          JSON.stringify([...groupBy.map((path) => row[path]), row.currency]),
          row.count,
          decimal(row.sum_value),
          decimal(row.min_value),
          decimal(row.max_value),
          decimal(row.median_value),
          row.countDistinct_contact,
          row.winRate,
        ])
        expect(actual.sort(byFirst)).toEqual(expected.sort(byFirst))
        expect(result.total).toBe(expected.length)
      }),
      { numRuns: 120, seed: 13 },
    )
  })
})

const byFirst = (a: readonly unknown[], b: readonly unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1)
const decimal = (value: unknown) => (value === null ? null : new Decimal(String(value)).toString())

function figuresOf(rows: readonly Stored[]): unknown[] {
  const values = rows.flatMap((row) => (row.value === null ? [] : [new Decimal(String(row.value))])).sort((a, b) => a.comparedTo(b))
  const middle = values.length / 2
  const median =
    values.length === 0
      ? null
      : (values[Math.ceil(middle) - 1] as Decimal)
          .plus(values[Math.floor(middle)] as Decimal)
          .div(2)
          .toString()
  const won = rows.filter((row) => row.state === 'won').length
  const lost = rows.filter((row) => row.state === 'lost').length
  return [
    rows.length,
    values.length === 0 ? null : values.reduce((a, b) => a.plus(b)).toString(),
    values[0]?.toString() ?? null,
    values.at(-1)?.toString() ?? null,
    median,
    new Set(rows.flatMap((row) => (row.contact_id === null ? [] : [row.contact_id]))).size,
    won + lost === 0 ? null : won / (won + lost),
  ]
}
