import type { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type QueryResult, type TypedQuery, type TypedQueryInput, typedQuerySchema } from '#contracts/query.ts'
import type { TestWorkspace } from '../../../../test/harness.ts'
import { amountOf, currencyOf, Exact, fieldOf, type Money, plain, relatedRows } from './plain-evaluator.ts'
import { numberOf, type PlainRow, plainGroups, type Value, visibleRows } from './plain-groups.ts'
import { createRandomWorld, type Entity, fields, now, type Stored } from './plain-world.ts'
import { runQuery } from './query.service.ts'
import { groupQuery, recordQuery } from './random-queries.ts'

let world: TestWorkspace
beforeAll(async () => {
  world = await createRandomWorld()
})

/** More of them when asked for, from a seed that the day does not change. */
const runs = Number(process.env.QUERY_RUNS ?? 600)
const seed = Number(process.env.QUERY_SEED ?? 7)
const answer = (query: TypedQueryInput) => world.database.transaction(world.actor, (tx) => runQuery(tx, query, { now, timeZone: 'UTC' }))

/** What a record is sorted by: a text, or a number of whatever kind. */
function sortValue(entity: Entity, row: Stored, by: string, money: Money): string | Decimal | null {
  const [, relation, fn, path] = /^(.*?)\.?(count|avg|max|latest|earliest)(?:\.(\w+))?$/.exec(by) ?? []
  if (relation !== undefined && fn !== undefined) {
    const { table, rows } = relatedRows(entity, row, relation, undefined, money)
    if (fn === 'count') return new Exact(rows.length)
    const values = rows.flatMap((related) => fieldOf(table, path as string).get(related) ?? [])
    if (values.length === 0) return null
    if (fn === 'latest' || fn === 'earliest')
      return values
        .map(String)
        .sort()
        .at(fn === 'latest' ? -1 : 0) as string
    const decimals = values.map((value) => new Exact(String(value)))
    return fn === 'max' ? Exact.max(...decimals) : decimals.reduce((a, b) => a.plus(b)).div(decimals.length)
  }
  const field = fieldOf(entity, by)
  const value = field.get(row)
  if (value === null) return null
  if (field.kind === 'number') {
    const amount = field.isMoney === true ? amountOf(row, value, money) : String(value)
    return amount === null ? null : new Exact(amount)
  }
  return field.kind === 'text' || field.kind === 'reference' ? plain(value) : String(value)
}

function inOrder(query: TypedQuery & { entity: Entity }, rows: Stored[]): Stored[] {
  const sort = query.sort ?? []
  const keyed = rows.map((row) => ({ row, values: sort.map(({ by }) => sortValue(query.entity, row, by, query)) }))
  const last = sort.at(-1)?.direction === 'asc' ? 1 : -1
  keyed.sort((a, b) => {
    for (const [index, { direction }] of sort.entries()) {
      const [x, y] = [a.values[index] ?? null, b.values[index] ?? null]
      if (x === null && y === null) continue
      if (x === null || y === null) return x === null ? 1 : -1
      const order = typeof x === 'string' ? (x < y ? -1 : x > y ? 1 : 0) : x.comparedTo(y)
      if (order !== 0) return order * (direction === 'asc' ? 1 : -1)
    }
    return (a.row.id < b.row.id ? -1 : 1) * last
  })
  return keyed.map(({ row }) => row)
}

async function checkRecords(input: TypedQueryInput & { entity: Entity }): Promise<void> {
  const query = typedQuerySchema.parse(input) as TypedQuery & { entity: Entity }
  const expected = inOrder(query, visibleRows(query.entity, query, query)).map((row) => row.id)
  const found: unknown[] = []
  let cursor: string | null | undefined
  do {
    const page: QueryResult = await answer({ ...input, select: ['id'], ...(cursor ? { cursor } : {}) })
    expect(page.total, JSON.stringify(input)).toBe(expected.length)
    found.push(...page.rows.map((row) => row.id))
    cursor = page.nextCursor
  } while (cursor)
  expect(found, JSON.stringify(input)).toEqual(expected)
  const offset = Math.min(7, expected.length)
  const jumped = await answer({ ...input, select: ['id'], offset })
  expect(
    jumped.rows.map((row) => row.id),
    JSON.stringify(input),
  ).toEqual(expected.slice(offset, offset + query.limit))
}

function isSame(actual: unknown, expected: Value): boolean {
  if (expected === null || actual === null || actual === undefined) return expected === null && actual === null
  if (typeof expected === 'string' || typeof expected === 'number') return actual === expected
  const number = new Exact(String(actual))
  if (!('about' in expected)) return number.equals(expected)
  return Math.abs(number.toNumber() - expected.about) <= 2e-6 + 1e-12 * Math.abs(expected.about)
}

function keysOf(query: TypedQuery & { entity: Entity }, row: Record<string, unknown>, hasCurrency: boolean): string {
  const keys = (query.groupBy ?? []).flatMap(({ field }) => {
    const { leadsTo, kind } = fieldOf(query.entity, field)
    const value = row[field] === null || kind !== 'number' ? row[field] : new Exact(String(row[field])).toFixed()
    return leadsTo === undefined ? [value] : [value, row[`${field}_id`]]
  })
  return JSON.stringify([...keys, ...(hasCurrency ? [row.currency] : [])])
}

function leftOut({ entity, ...query }: TypedQuery & { entity: Entity }): number {
  const { convert } = query
  if (convert === undefined || !query.measures?.some(({ field, fn }) => field === 'value' && !fn.startsWith('count'))) return 0
  return visibleRows(entity, query, query).filter((row) => row.value !== null && currencyOf(row) !== convert.to && convert.rates[currencyOf(row)] === undefined)
    .length
}

async function checkGroups(input: TypedQueryInput & { entity: Entity }): Promise<void> {
  const said = JSON.stringify(input)
  const query = typedQuerySchema.parse(input) as TypedQuery & { entity: Entity }
  const result = await answer(input)
  const expected = plainGroups(query.entity, query)
  expect(result.total, said).toBe(expected.length)
  expect(result.rows.length, said).toBe(Math.max(0, Math.min(query.limit, expected.length - query.offset)))
  const byKeys = new Map(expected.map((row) => [JSON.stringify(row.keys), row]))
  const hasCurrency = expected.some(({ currency }) => currency !== null)
  const met = result.rows.map((row) => {
    const keys = keysOf(query, row, hasCurrency)
    const one = byKeys.get(keys) as PlainRow
    expect(one, `${said} has no group ${keys}`).toBeDefined()
    byKeys.delete(keys)
    for (const [key, value] of Object.entries(one.figures))
      expect(isSame(row[key], value), `${said} ${keys} ${key}: ${String(row[key])}, not ${JSON.stringify(value)}`).toBe(true)
    return one
  })
  for (const { by, direction } of query.sort ?? []) {
    const values = met.map(({ figures }) => figures[by] ?? null)
    for (const [index, value] of values.slice(1).entries()) {
      const before = values[index] ?? null
      if (value === null) continue
      expect(before, said).not.toBeNull()
      const order =
        typeof value === 'string'
          ? String(before) < value
            ? -1
            : String(before) > value
              ? 1
              : 0
          : (numberOf(before) as Decimal).comparedTo(numberOf(value) as Decimal)
      expect(order * (direction === 'asc' ? 1 : -1), said).toBeLessThanOrEqual(0)
    }
  }
  const missing = result.notes?.find((note) => note.startsWith('Left out')) ?? ''
  const counts = [...missing.matchAll(/(\d+) opportunit/g)].map((match) => Number(match[1]))
  expect(
    counts.reduce((a, b) => a + b, 0),
    `${said} ${missing}`,
  ).toBe(leftOut(query))
}

describe('a random query', () => {
  it('finds the records a plain evaluator finds, page by page and in its order', { timeout: 60_000 + runs * 500 }, async () => {
    await fc.assert(fc.asyncProperty(recordQuery, checkRecords), { numRuns: Math.ceil(runs / 3), seed })
  })

  it('groups, measures and compares as a plain evaluator does', { timeout: 60_000 + runs * 500 }, async () => {
    await fc.assert(fc.asyncProperty(groupQuery, checkGroups), { numRuns: Math.floor((runs * 2) / 3), seed })
  })

  it('is drawn from every kind of field', () => {
    expect(new Set(Object.values(fields).flatMap((of) => Object.values(of).map(({ kind }) => kind)))).toEqual(
      new Set(['text', 'number', 'date', 'datetime', 'list', 'reference']),
    )
  })
})
