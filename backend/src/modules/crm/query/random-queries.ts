import fc from 'fast-check'
import type { Measure, TypedQueryInput, Window } from '#contracts/query.ts'
import { type Entity, fields } from './plain-world.ts'
import { filterFor } from './random-filters.ts'

const entity = fc.constantFrom<Entity>('contacts', 'organisations', 'opportunities')
const groupable: Record<Entity, readonly string[]> = {
  opportunities: ['owner', 'state', 'contact', 'contact.city', 'contact.organisation.state', 'probability', 'currency'],
  contacts: ['owner', 'city', 'tags', 'organisation', 'organisation.owner', 'custom.region', 'organisation.size'],
  organisations: ['state', 'tags', 'size', 'owner'],
}
const times: Record<Entity, readonly string[]> = {
  opportunities: ['created_at', 'actual_close_date'],
  contacts: ['created_at', 'date_of_birth'],
  organisations: ['created_at'],
}
const numbers: Record<Entity, readonly string[]> = {
  opportunities: ['value', 'value', 'probability'],
  contacts: ['custom.score', 'organisation.size'],
  organisations: ['size'],
}
/** Relations' figures that records are sorted by. */
const figures: Record<Entity, readonly string[]> = {
  organisations: ['contacts.count', 'opportunities.count', 'opportunities.avg.probability', 'opportunities.latest.created_at'],
  contacts: ['opportunities.count', 'organisation.opportunities.count', 'opportunities.max.probability', 'notes.earliest.created_at'],
  opportunities: [],
}
const rates = { USD: '1', EUR: '1.0837', GBP: '0.85' }

const money = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constantFrom('USD', 'EUR', 'CHF').map((currency) => ({ currency })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        { to: 'USD', rates: { EUR: rates.EUR } },
        { to: 'EUR', rates: { USD: '0.923456789012' } },
        { to: 'USD', rates: {} },
        { to: 'GBP', rates: { EUR: rates.GBP } },
        { to: 'CHF', rates: { EUR: '0.95', USD: '0.9', GBP: '1.13' } },
      )
      .map((convert) => ({ convert })),
  },
)

function measureFor(of: Entity, as: string): fc.Arbitrary<Measure> {
  const number = fc.constantFrom(...numbers[of])
  const anyField = fc.constantFrom(...Object.keys(fields[of]).filter((path) => fields[of][path]?.kind !== 'list'))
  const plain = fc.oneof(
    fc.constant({ fn: 'count' as const }),
    anyField.map((field) => ({ fn: 'count' as const, field })),
    anyField.map((field) => ({ fn: 'countDistinct' as const, field })),
    fc.record({ fn: fc.constantFrom('sum', 'sum', 'avg', 'min', 'max', 'median'), field: number }),
    fc.record({ fn: fc.constant('percentile' as const), field: number, at: fc.constantFrom(0, 0.1, 0.25, 0.5, 0.9, 0.955, 1) }),
    fc.record({ fn: fc.constantFrom('min', 'max'), field: fc.constantFrom(...times[of]) }),
    fc.constant({ fn: 'share' as const }),
    number.map((field) => ({ fn: 'share' as const, field })),
    ...(of === 'opportunities' ? [fc.constantFrom({ fn: 'winRate' as const }, { fn: 'cycleDays' as const })] : []),
  )
  const where = fc.option(filterFor(of, 0), { nil: undefined, freq: 4 })
  return fc.tuple(plain, where).map(([measure, only]) => ({ ...measure, as, ...(only === undefined ? {} : { where: only }) }) as Measure)
}

function windowFor(measure: Measure, isTime: boolean, as: string): fc.Arbitrary<Window> {
  const key = measure.as as string
  const ofTime = measure.field !== undefined && ['created_at', 'actual_close_date', 'date_of_birth'].includes(measure.field) && !measure.fn.startsWith('count')
  const adds = measure.fn === 'count' || measure.fn === 'sum'
  // A difference of two huge means says more about rounding than about the query.
  const differs = !ofTime && !(measure.fn === 'avg' && measure.field === 'value')
  const functions: Window['fn'][] = ['rank', ...(adds ? (['shareOfTotal'] as const) : [])]
  if (isTime) functions.push('previous', ...(adds ? (['runningSum'] as const) : []), ...(differs ? (['change', 'changeRatio'] as const) : []))
  const direction = fc.constantFrom<('asc' | 'desc' | undefined)[]>('asc', 'desc', undefined)
  return fc
    .tuple(fc.constantFrom(...functions), direction)
    .map(([fn, chosen]) => ({ fn, measure: key, as, ...(fn === 'rank' && chosen !== undefined ? { direction: chosen } : {}) }))
}

function groupsFor(of: Entity): fc.Arbitrary<{ groupBy?: { field: string; bucket?: 'month' | 'quarter' | 'year' | 'week' }[]; isTime: boolean }> {
  const plain = fc.constantFrom(...groupable[of]).map((field) => ({ field }))
  const time = fc
    .constantFrom(...times[of])
    .chain((field) =>
      fc
        .constantFrom(...(field === 'created_at' ? (['week', 'month', 'quarter', 'year'] as const) : (['quarter', 'year'] as const)))
        .map((bucket) => ({ field, bucket })),
    )
  const uniquely = { selector: (one: { field: string }) => one.field }
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant({ isTime: false }) },
    { weight: 3, arbitrary: fc.uniqueArray(plain, { minLength: 1, maxLength: 3, ...uniquely }).map((groupBy) => ({ groupBy, isTime: false })) },
    {
      weight: 4,
      arbitrary: fc.tuple(time, fc.uniqueArray(plain, { maxLength: 1, ...uniquely })).map(([first, more]) => ({ groupBy: [...more, first], isTime: true })),
    },
  )
}

/** Random queries for groups and figures. */
export const groupQuery: fc.Arbitrary<TypedQueryInput & { entity: Entity }> = entity
  .chain((of) =>
    fc
      .record({
        filter: fc.option(filterFor(of, 1), { nil: undefined }),
        groups: groupsFor(of),
        measures: fc.integer({ min: 1, max: 4 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => measureFor(of, `f${index}`)))),
        money,
      })
      .chain(({ filter, groups: { groupBy, isTime }, measures, money: counted }) => {
        const windows =
          groupBy === undefined
            ? fc.constant<Window[]>([])
            : fc
                .integer({ min: 0, max: 3 })
                .chain((count) =>
                  fc.tuple(
                    ...Array.from({ length: count }, (_, index) => fc.constantFrom(...measures).chain((measure) => windowFor(measure, isTime, `w${index}`))),
                  ),
                )
        return windows.chain((chosen) => {
          const ofTime = (measure: Measure | undefined) =>
            measure !== undefined && ['min', 'max'].includes(measure.fn) && times[of].includes(measure.field ?? '')
          const keys = [
            ...measures.filter((measure) => !ofTime(measure)).map(({ as }) => as as string),
            ...chosen.filter(({ fn, measure }) => fn === 'rank' || !ofTime(measures.find(({ as }) => as === measure))).map(({ as }) => as as string),
          ]
          const having = fc.record({
            measure: fc.constantFrom(...(keys.length === 0 ? ['none'] : keys)),
            op: fc.constantFrom('gt', 'gte', 'lt', 'lte', 'ne', 'eq'),
            value: fc.constantFrom(0, 1, 2, 3, 0.5, 100),
          })
          return fc
            .record({
              having: keys.length === 0 ? fc.constant([]) : fc.array(having, { maxLength: 2 }),
              sort: fc.option(fc.record({ by: fc.constantFrom('f0', ...keys), direction: fc.constantFrom('asc', 'desc') }), { nil: undefined }),
              limit: fc.constantFrom(3, 1000, 1000),
              offset: fc.constantFrom(0, 0, 0, 2),
            })
            .map(
              ({ having: tests, sort, limit, offset }) =>
                ({
                  entity: of,
                  ...(filter === undefined ? {} : { filter }),
                  ...(groupBy === undefined ? {} : { groupBy: 'convert' in counted ? groupBy.filter(({ field }) => field !== 'currency') : groupBy }),
                  measures,
                  ...(chosen.length === 0 ? {} : { windows: chosen }),
                  ...(tests.length === 0 ? {} : { having: tests }),
                  ...(sort === undefined ? {} : { sort: [sort] }),
                  ...counted,
                  limit,
                  offset,
                }) as TypedQueryInput & { entity: Entity },
            )
        })
      }),
  )
  .filter(({ groupBy }) => groupBy === undefined || groupBy.length > 0)

/** Random queries for records, to be paged through. */
export const recordQuery: fc.Arbitrary<TypedQueryInput & { entity: Entity }> = entity.chain((of) => {
  const sortable = [...Object.keys(fields[of]).filter((path) => fields[of][path]?.kind !== 'list'), ...figures[of]]
  const sort = fc.uniqueArray(fc.record({ by: fc.constantFrom(...sortable), direction: fc.constantFrom('asc' as const, 'desc' as const) }), {
    minLength: 1,
    maxLength: 2,
    selector: ({ by }) => by,
  })
  return fc
    .record({ filter: filterFor(of, 2), sort, money, limit: fc.integer({ min: 20, max: 120 }) })
    .map(({ filter, sort: by, money: counted, limit }) => ({ entity: of, filter, sort: by, ...counted, limit }))
})
