import { type EntityName, entities } from '#contracts/entities.ts'
import type { Condition, Filter, Measure, TimeRange } from '#contracts/query.ts'

export interface PlanLike {
  entity: EntityName
  title?: string | undefined
  filter?: Filter | undefined
  select?: string[] | undefined
  groupBy?: { field: string; bucket?: string | undefined }[] | undefined
  measures?: Measure[] | undefined
  having?: { measure: string; op: string; value: number }[] | undefined
  sort?: { by: string; direction?: 'asc' | 'desc' | undefined }[] | undefined
  limit?: number | undefined
  currency?: string | undefined
  timeZone?: string | undefined
  includeDeleted?: boolean | undefined
}

export interface PlanLine {
  label: string
  text: string
}

const words: Record<string, string> = {
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

/** "organisation.city" of contacts → "organisation city". */
export function fieldWords(entity: EntityName, path: string): string {
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

/** A filter as a sentence part. */
export function filterWords(entity: EntityName, filter: Filter): string {
  if ('and' in filter) return filter.and.map((part) => ('or' in part ? `(${filterWords(entity, part)})` : filterWords(entity, part))).join(' and ')
  if ('or' in filter) return filter.or.map((part) => ('and' in part ? `(${filterWords(entity, part)})` : filterWords(entity, part))).join(' or ')
  if ('not' in filter) return `not (${filterWords(entity, filter.not)})`
  if ('relation' in filter) {
    const other = entities[entity].relations[filter.relation]?.entity
    const noun = filter.relation.replaceAll('_', ' ')
    const where = filter.where === undefined || other === undefined ? '' : ` where ${filterWords(other, filter.where)}`
    if (filter.sum !== undefined)
      return `the sum of ${fieldWords(other ?? entity, filter.sum.field)} over ${noun}${where} ${words[filter.sum.op]} ${filter.sum.value}`
    if (filter.count === undefined) return `has ${noun}${where}`
    if (filter.count.op === 'eq' && filter.count.value === 0) return `has no ${noun}${where}`
    return `the number of ${noun}${where} ${words[filter.count.op]} ${filter.count.value}`
  }
  return [fieldWords(entity, filter.field), words[filter.op] ?? filter.op, valueWords(filter.value)].filter(Boolean).join(' ')
}

const measureNames: Record<Measure['fn'], string> = {
  count: 'number of records',
  sum: 'sum',
  avg: 'average',
  min: 'lowest',
  max: 'highest',
  median: 'median',
  percentile: 'percentile',
  countDistinct: 'number of different values',
  share: 'share of the whole',
  winRate: 'win rate (won / won + lost)',
  cycleDays: 'days from creation to a won close',
}

function measureWords(entity: EntityName, measure: Measure): string {
  const of = measure.field === undefined ? '' : ` of ${fieldWords(entity, measure.field)}`
  const where = measure.where === undefined ? '' : ` where ${filterWords(entity, measure.where)}`
  return `${measureNames[measure.fn]}${of}${where}`
}

/** What a plan does, clause by clause, in words. */
export function describePlan(plan: PlanLike): PlanLine[] {
  const { entity } = plan
  const lines: PlanLine[] = [{ label: 'Looked at', text: `${entities[entity].labelPlural.toLowerCase()}${plan.includeDeleted ? ', deleted ones too' : ''}` }]
  if (plan.filter !== undefined) lines.push({ label: 'Where', text: filterWords(entity, plan.filter) })
  if (plan.currency !== undefined) lines.push({ label: 'Currency', text: plan.currency })
  if (plan.groupBy !== undefined)
    lines.push({
      label: 'Grouped by',
      text: plan.groupBy.map((group) => fieldWords(entity, group.field) + (group.bucket ? ` per ${group.bucket}` : '')).join(', '),
    })
  if (plan.measures !== undefined) lines.push({ label: 'Measured', text: plan.measures.map((measure) => measureWords(entity, measure)).join(', ') })
  if (plan.having !== undefined && plan.having.length > 0)
    lines.push({
      label: 'Kept when',
      text: plan.having.map((test) => `${test.measure.replaceAll('_', ' ')} ${words[test.op] ?? test.op} ${test.value}`).join(' and '),
    })
  if (plan.sort !== undefined && plan.sort.length > 0)
    lines.push({
      label: 'Sorted by',
      text: plan.sort
        .map((sort) => `${fieldWords(entity, sort.by)}, ${sort.direction === 'desc' ? 'highest or newest first' : 'lowest or oldest first'}`)
        .join('; '),
    })
  if (plan.limit !== undefined) lines.push({ label: 'At most', text: `${plan.limit} rows` })
  if (plan.timeZone !== undefined && plan.timeZone !== 'UTC') lines.push({ label: 'Days in', text: plan.timeZone })
  return lines
}
