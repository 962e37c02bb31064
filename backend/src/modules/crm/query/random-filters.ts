import fc from 'fast-check'
import type { Condition, Filter } from '#contracts/query.ts'
import { type Entity, type Field, fields, relations } from './plain-world.ts'

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
const relative = fc.record({ now: fc.constant(true as const), daysAgo: fc.integer({ min: -3, max: 300 }) })
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
        make(fc.constantFrom(...comparators), fc.oneof(date, relative)),
        make(fc.constant('during'), range),
        make(fc.constant('between'), fc.tuple(date, date)),
        presence,
      )
    }
  }
}

/** Random filters over an entity, nested as deep as asked. */
export function filterFor(entity: Entity, depth: number): fc.Arbitrary<Filter> {
  const leaves = Object.entries(fields[entity]).map(([path, field]) => conditionFor(path, field, path === 'state' && entity === 'opportunities'))
  const relationLeaves = Object.entries(relations[entity]).map(([relation, { table }]) => {
    const where = depth > 0 && table in fields ? fc.option(filterFor(table as Entity, 0), { nil: undefined }) : fc.constant(undefined)
    const count = fc.record({ op: fc.constantFrom(...comparators), value: fc.integer({ min: 0, max: 4 }) })
    const number = fc.record({
      field: fc.constantFrom('value', 'probability'),
      op: fc.constantFrom(...comparators),
      value: fc.constantFrom(0, 50, 100.5, 60_000),
    })
    const moment = fc.record({
      field: fc.constant('created_at'),
      op: fc.constantFrom(...comparators),
      value: fc.oneof(fc.constantFrom('2026-05-01', '2026-01-01', '2026-04-30'), relative),
    })
    const testOf = (name: string, one: fc.Arbitrary<unknown>) => one.map((value) => ({ [name]: value }))
    const tests = [fc.constant({}), testOf('count', count), testOf('latest', moment), testOf('earliest', moment)]
    if (table === 'opportunities') {
      tests.push(testOf('sum', number), testOf('avg', number), testOf('min', number), testOf('max', number))
      tests.push(fc.record({ sum: number, count, latest: moment }))
    }
    const test = fc.oneof(...tests)
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
