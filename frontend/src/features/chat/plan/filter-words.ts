import { type EntityName, entities } from '#contracts/entities.ts'
import type { Condition, Filter, TimeRange } from '#contracts/query.ts'

/** What is between a field and its value. */
export const operatorWords: Readonly<Record<string, string>> = {
  eq: 'is',
  ne: 'is not',
  in: 'is one of',
  notIn: 'is none of',
  gt: 'is more than',
  gte: 'is at least',
  lt: 'is less than',
  lte: 'is at most',
  between: 'is between',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'starts with',
  endsWith: 'ends with',
  isEmpty: 'is empty',
  isNotEmpty: 'is filled in',
  during: 'is in',
}

/** Operators beside a date or time. */
const timeWords: Readonly<Record<string, string>> = { gt: 'is after', gte: 'is from', lt: 'is before', lte: 'is up to', between: 'is between' }

function isTime(entity: EntityName, path: string): boolean {
  let current: EntityName | undefined = entity
  for (const step of path.split('.')) {
    const field: { type: string; entity?: EntityName } | undefined = current === undefined ? undefined : entities[current].fields[step]
    if (field?.type === 'date' || field?.type === 'datetime') return path.endsWith(step)
    current = field?.entity
  }
  return false
}

/** "organisation.city" of contacts → "organisation city"; "orders.sum.total" → "sum total of orders". */
export function fieldWords(entity: EntityName, path: string): string {
  const relation = figureOfRelation(entity, path)
  if (relation !== undefined) return relation
  let current: EntityName | undefined = entity
  return path
    .split('.')
    .map((step) => {
      const field: { label: string; entity?: EntityName } | undefined = current === undefined ? undefined : entities[current].fields[step]
      current = field?.entity
      return (field?.label ?? step.replaceAll('_', ' ')).toLowerCase()
    })
    .filter((step) => step !== 'custom')
    .join(' ')
}

const relationFigures: Readonly<Record<string, string>> = { sum: 'sum', avg: 'average', min: 'lowest', max: 'highest', latest: 'last', earliest: 'first' }

/** "orders.count", "opportunities.sum.value". */
function figureOfRelation(entity: EntityName, path: string): string | undefined {
  const [name = '', fn = '', ...rest] = path.split('.')
  const other = entities[entity].relations[name]?.entity
  const noun = name.replaceAll('_', ' ')
  if (fn === 'count' && rest.length === 0 && (other !== undefined || name === 'activities')) return `number of ${noun}`
  return other === undefined || relationFigures[fn] === undefined || rest.length === 0
    ? undefined
    : `${relationFigures[fn]} ${fieldWords(other, rest.join('.'))} of ${noun}`
}

const day = (instant: string): string => instant.replace(/T00:00:00(\.000)?Z?$/, '')

export function rangeWords(range: TimeRange): string {
  if ('period' in range) {
    const count = range.count ?? 1
    if (count > 1)
      return `the ${count} ${range.period}s up to ${range.offset === 0 ? 'this' : range.offset === -1 ? 'the last' : `${-(range.offset ?? 0)} ago, that`} ${range.period}`
    if (range.offset === 0 || range.offset === undefined) return range.period === 'day' ? 'today' : `this ${range.period}`
    if (range.period === 'day' && range.offset === -1) return 'yesterday'
    if (range.period === 'day' && range.offset === 1) return 'tomorrow'
    if (range.offset === -1) return `the last whole ${range.period}`
    if (range.offset === 1) return `the next ${range.period}`
    return range.offset < 0 ? `the ${range.period} ${-range.offset} ${range.period}s ago` : `the ${range.period} ${range.offset} ${range.period}s ahead`
  }
  if ('last' in range) return `the last ${range.last} ${range.unit}${range.last === 1 ? '' : 's'}`
  if ('next' in range) return `the next ${range.next} ${range.unit}${range.next === 1 ? '' : 's'}`
  if (range.from !== undefined && range.to !== undefined) return `${day(range.from)} up to, not including, ${day(range.to)}`
  return range.from !== undefined ? `${day(range.from)} or later` : `before ${day(range.to ?? '')}`
}

function valueWords(value: Condition['value']): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.map(String).join(', ')
  if (typeof value === 'object') {
    if ('now' in value) return value.daysAgo === undefined ? 'now' : value.daysAgo >= 0 ? `${value.daysAgo} days ago` : `${-value.daysAgo} days ahead`
    return rangeWords(value)
  }
  return typeof value === 'string' ? `“${value}”` : String(value)
}

const figures = { sum: 'the sum of', avg: 'the average', min: 'the lowest', max: 'the highest' } as const
const moments = { latest: 'the last', earliest: 'the first' } as const

/** What is asked of related records: that there are some, how many, and what they come to. */
function relationWords(entity: EntityName, filter: Extract<Filter, { relation: string }>): string {
  const path = filter.relation.split('.')
  const name = path.pop() ?? filter.relation
  const owner = path.reduce<EntityName | undefined>((at, step) => (at === undefined ? undefined : entities[at].fields[step]?.entity), entity)
  const other = owner === undefined ? undefined : entities[owner].relations[name]?.entity
  const noun = [...path, name].join(' ').replaceAll('_', ' ')
  const where = filter.where === undefined || other === undefined ? '' : ` where ${filterWords(other, filter.where)}`
  const parts: string[] = []
  if (filter.count !== undefined)
    parts.push(
      filter.count.op === 'eq' && filter.count.value === 0
        ? `has no ${noun}${where}`
        : `the number of ${noun}${where} ${operatorWords[filter.count.op]} ${filter.count.value}`,
    )
  for (const [fn, words] of Object.entries(figures) as ['sum', string][]) {
    const test = filter[fn]
    if (test !== undefined) parts.push(`${words} ${fieldWords(other ?? entity, test.field)} over ${noun}${where} ${operatorWords[test.op]} ${test.value}`)
  }
  for (const [fn, words] of Object.entries(moments) as ['latest', string][]) {
    const test = filter[fn]
    if (test !== undefined)
      parts.push(
        `${words} ${fieldWords(other ?? entity, test.field)} of ${noun}${where} ${timeWords[test.op] ?? operatorWords[test.op]} ${valueWords(test.value)}`,
      )
  }
  return parts.length === 0 ? `has ${noun}${where}` : parts.join(' and ')
}

/** A filter as a sentence part. */
export function filterWords(entity: EntityName, filter: Filter): string {
  if ('and' in filter) return filter.and.map((part) => ('or' in part ? `(${filterWords(entity, part)})` : filterWords(entity, part))).join(' and ')
  if ('or' in filter) return filter.or.map((part) => ('and' in part ? `(${filterWords(entity, part)})` : filterWords(entity, part))).join(' or ')
  if ('not' in filter) return `not (${filterWords(entity, filter.not)})`
  if ('relation' in filter) return relationWords(entity, filter)
  const operator = (isTime(entity, filter.field) ? timeWords[filter.op] : undefined) ?? operatorWords[filter.op] ?? filter.op
  return [fieldWords(entity, filter.field), operator, valueWords(filter.value)].filter(Boolean).join(' ')
}
