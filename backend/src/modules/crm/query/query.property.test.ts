import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Filter, TypedQueryInput } from '#contracts/query.ts'
import type { TestWorkspace } from '../../../../test/harness.ts'
import { createRandomWorld, type Entity, type Field, fields, matches, now, own, plain, type Stored, tables } from './plain-evaluator.ts'
import { runQuery } from './query.service.ts'
import { filterFor } from './random-filters.ts'

let world: TestWorkspace
beforeAll(async () => {
  world = await createRandomWorld()
})

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
