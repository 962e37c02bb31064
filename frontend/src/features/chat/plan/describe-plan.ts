import { type EntityName, entities } from '#contracts/entities.ts'
import type { Conversion, Filter, Measure, Window } from '#contracts/query.ts'
import { fieldWords, filterWords, operatorWords } from './filter-words.ts'

export interface PlanLike {
  entity: EntityName
  title?: string | undefined
  filter?: Filter | undefined
  select?: string[] | undefined
  groupBy?: { field: string; bucket?: string | undefined }[] | undefined
  measures?: Measure[] | undefined
  windows?: Window[] | undefined
  having?: { measure: string; op: string; value: number }[] | undefined
  sort?: { by: string; direction?: 'asc' | 'desc' | undefined }[] | undefined
  limit?: number | undefined
  offset?: number | undefined
  currency?: string | undefined
  convert?: Conversion | undefined
  timeZone?: string | undefined
  includeDeleted?: boolean | undefined
}

export interface PlanLine {
  label: string
  text: string
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
  return `${measureName(entity, measure)}${of}${where}`
}

function measureName(entity: EntityName, { fn, at = 0, where }: Measure): string {
  if (fn === 'percentile') return `value that ${Math.round(at * 1e6) / 1e4}% lie below,`
  if (fn === 'share' && where !== undefined) return 'share of its own records'
  if (fn === 'cycleDays' && entity === 'leads') return 'days from creation to conversion'
  return measureNames[fn]
}

/** Key of a measure's column, as the query makes it. */
function keyOf({ as, fn, field }: Measure): string {
  return as ?? (field === undefined ? fn : `${fn}_${field.replaceAll('.', '_')}`)
}

/** A column of the result by its key: a measure, a window, else a field. */
function columnWords({ entity, measures, windows }: PlanLike, key: string): string {
  const measure = measures?.find((one) => keyOf(one) === key)
  if (measure !== undefined) return measureWords(entity, measure)
  const window = windows?.find(({ as, fn, measure: of }) => (as ?? `${fn}_${of}`) === key)
  return window === undefined ? fieldWords(entity, key) : windowNames[window.fn]
}

const windowNames: Record<Window['fn'], string> = {
  rank: 'place',
  shareOfTotal: 'share of the total',
  runningSum: 'running sum',
  previous: 'figure of the period before',
  change: 'change against the period before',
  changeRatio: 'change against the period before, in percent',
}

function windowWords(plan: PlanLike, window: Window): string {
  const from = window.fn === 'rank' ? (window.direction === 'asc' ? ', lowest first' : ', highest first') : ''
  return `${windowNames[window.fn]} by ${columnWords(plan, window.measure)}${from}`
}

function conversionWords({ to, rates }: Conversion): string {
  const stated = Object.entries(rates).map(([currency, rate]) => `1 ${currency} = ${rate} ${to}`)
  return stated.length === 0 ? `to ${to}, only amounts in it` : `to ${to} at ${stated.join(', ')}; amounts without a rate are left out`
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
  if (plan.windows !== undefined) lines.push({ label: 'Beside it', text: plan.windows.map((window) => windowWords(plan, window)).join(', ') })
  if (plan.convert !== undefined) lines.push({ label: 'Converted', text: conversionWords(plan.convert) })
  if (plan.having !== undefined && plan.having.length > 0)
    lines.push({
      label: 'Kept when',
      text: plan.having.map((test) => `${columnWords(plan, test.measure)} ${operatorWords[test.op] ?? test.op} ${test.value}`).join(' and '),
    })
  if (plan.sort !== undefined && plan.sort.length > 0)
    lines.push({
      label: 'Sorted by',
      text: plan.sort
        .map((sort) => `${columnWords(plan, sort.by)}, ${sort.direction === 'desc' ? 'highest or newest first' : 'lowest or oldest first'}`)
        .join('; '),
    })
  if (plan.limit !== undefined) lines.push({ label: 'At most', text: `${plan.limit} rows` })
  if (plan.offset !== undefined && plan.offset > 0) lines.push({ label: 'Left out', text: `the first ${plan.offset} rows` })
  if (plan.timeZone !== undefined && plan.timeZone !== 'UTC') lines.push({ label: 'Days in', text: plan.timeZone })
  return lines
}
