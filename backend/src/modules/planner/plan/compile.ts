import { entities } from '#contracts/entities.ts'
import type { Filter, TypedQueryInput } from '#contracts/query.ts'
import type { Frame } from './frame.ts'
import { mergePurchases } from './phrase.ts'
import { keyOf } from './sorting.ts'
import { liesAhead } from './verbs.ts'

/** Records of an answer when nobody says otherwise. */
export const defaultPageSize = 50
const groupLimit = 200

/** The typed query of a frame. */
export function compileFrame(frame: Frame, currency?: string, pageSize = defaultPageSize): TypedQueryInput {
  const query: TypedQueryInput = { entity: frame.entity }
  const constraints = frame.constraints.map((constraint) => ({ ...constraint }))
  mergePurchases(constraints)
  const filters = distinct(constraints.flatMap(({ filter }) => ('and' in filter ? filter.and : [filter])))
  if (filters.length > 0) query.filter = filters.length === 1 ? (filters[0] as Filter) : { and: filters }
  const wanted = frame.currency ?? currencyOf(frame) ?? currency
  const offset = frame.offset ?? (frame.place === undefined ? undefined : frame.place - 1)
  if (frame.kind === 'figure' || frame.kind === 'groups' || frame.kind === 'share' || frame.kind === 'pipeline') {
    query.measures = frame.measures
    if (frame.groupBy.length > 0) query.groupBy = frame.groupBy
    if (frame.having !== undefined) query.having = frame.having
    if (wanted !== undefined && frame.measures.some((measure) => measure.field !== undefined && entities[frame.entity].fields[measure.field]?.type === 'money'))
      query.currency = wanted
    if (frame.sort.length > 0) query.sort = frame.sort
    if (frame.groupBy.length > 0) query.limit = frame.limit ?? groupLimit
    if (ranksMoney(frame, query)) rankWithinCurrencies(frame, query)
    else if (offset !== undefined) query.offset = offset
    return query
  }
  if (frame.fields.length > 0 || frame.sort.length > 0) query.select = selectWith(frame)
  const sort = frame.sort.length > 0 ? frame.sort : soonestFirst(frame)
  if (sort.length > 0) query.sort = sort
  query.limit = frame.limit ?? pageSize
  if (offset !== undefined) query.offset = offset
  return query
}

/** Meetings of this week or to come stand in the order in which they take place, so that "the first one" is the first. */
function soonestFirst({ entity, constraints }: Frame): Frame['sort'] {
  const time = entities[entity].defaultTime
  const isAhead = constraints.some(
    ({ filter }) =>
      'field' in filter && filter.field === time && (liesAhead(filter.value) || isThisWeek(filter.value) || (filter.op === 'gt' && isNow(filter.value))),
  )
  return entity === 'events' && isAhead ? [{ by: time, direction: 'asc' }] : []
}

function isNow(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'now' in value && !('daysAgo' in value)
}

function isThisWeek(value: unknown): boolean {
  const { period, offset = 0 } = typeof value === 'object' && value !== null ? (value as { period?: string; offset?: number }) : {}
  return (period === 'day' || period === 'week') && offset === 0
}

/** The one currency that the records are in. */
function currencyOf({ constraints }: Frame): string | undefined {
  for (const { filter } of constraints)
    if ('field' in filter && filter.field === 'currency' && filter.op === 'eq' && typeof filter.value === 'string') return filter.value
  return undefined
}

/** The first few by an amount, in whatever currencies there are. */
function ranksMoney(frame: Frame, query: TypedQueryInput): boolean {
  const [measure] = frame.measures
  const [sort] = frame.sort
  if (
    frame.kind !== 'groups' ||
    frame.limit === undefined ||
    frame.derive !== undefined ||
    frame.offset !== undefined ||
    measure?.field === undefined ||
    sort === undefined
  )
    return false
  return (
    query.currency === undefined &&
    sort.by === keyOf(measure) &&
    entities[frame.entity].fields[measure.field]?.type === 'money' &&
    !['share', 'winRate'].includes(measure.fn)
  )
}

/** Column of the rank that top lists of money are cut by. */
export const placeKey = 'place'

/** Amounts of different currencies have no order: each currency has a ranking of its own. */
function rankWithinCurrencies(frame: Frame, query: TypedQueryInput): void {
  const [sort] = frame.sort
  if (sort === undefined || frame.limit === undefined) return
  query.windows = [{ fn: 'rank', measure: sort.by, as: placeKey, direction: sort.direction }]
  const place = frame.place === undefined ? { op: 'lte' as const, value: frame.limit } : { op: 'eq' as const, value: frame.place }
  query.having = [...(query.having ?? []), { measure: placeKey, ...place }]
  query.limit = groupLimit
}

/** The default columns, what the list is sorted by directly after the name, and whatever was asked for or ranked by. */
function selectWith(frame: Frame): string[] {
  const { defaultColumns, labelField } = entities[frame.entity]
  const by = frame.sort[0]?.by
  const columns = defaultColumns.filter((column) => column !== by || by === labelField)
  if (by !== undefined && by !== labelField) columns.splice(columns.indexOf(labelField) + 1, 0, by)
  for (const field of frame.fields) if (!columns.includes(field)) columns.push(field)
  return columns.slice(0, 40)
}

function distinct(filters: readonly Filter[]): Filter[] {
  return [...new Map(filters.map((filter) => [JSON.stringify(filter), filter])).values()]
}
