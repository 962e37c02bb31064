import { type SQL, sql } from '#backend/infra/database/database.ts'
import type { Column, Measure } from '#contracts/query.ts'
import { column, referenceIdColumn, valueColumn } from './columns.ts'
import { type CompileContext, requireField, type Scope } from './compile-context.ts'
import { comparedColumn } from './conversion.ts'
import { type FieldInfo, listTypes, numberTypes, textTypes, timeTypes } from './field-paths.ts'
import { compileFilter } from './filters.ts'
import { measureKey, measureLabel } from './labels.ts'
import { fieldColumn } from './result-columns.ts'

/** A figure: what it needs of each row, and how rows become one value. */
export interface CompiledMeasure {
  column: Column
  /** Inner expressions by name, computed for every row. */
  inputs: { name: string; expression: SQL }[]
  aggregate: SQL
  /** Money comes one row per currency; the field whose currency it is. */
  money: FieldInfo | undefined
}

const needsField = new Set<Measure['fn']>(['sum', 'avg', 'min', 'max', 'median', 'percentile', 'countDistinct'])
const needsNumber = new Set<Measure['fn']>(['sum', 'avg', 'median', 'percentile', 'share'])
const wholeNumber = { type: 'integer' } as const

function problemWith(measure: Measure, scope: Scope, info: FieldInfo | undefined): string | undefined {
  const { fn } = measure
  if (fn === 'winRate' && scope.entity.name !== 'opportunities')
    return `"${fn}" is a figure of opportunities, not of ${scope.entity.labelPlural.toLowerCase()}.`
  if (fn === 'cycleDays' && scope.entity.name !== 'opportunities' && scope.entity.name !== 'leads')
    return `"${fn}" is a figure of opportunities and leads, not of ${scope.entity.labelPlural.toLowerCase()}.`
  if (needsField.has(fn) && info === undefined) return `"${fn}" needs a field.`
  if (fn === 'percentile' && measure.at === undefined) return '"percentile" needs "at", for example 0.9.'
  if (fn !== 'percentile' && measure.at !== undefined) return `"at" is for "percentile", not for "${fn}".`
  if (info === undefined) return undefined
  if (needsNumber.has(fn) && !numberTypes.has(info.type)) return `"${fn}" needs a number; "${info.path}" is ${info.type}.`
  if ((fn === 'min' || fn === 'max') && !numberTypes.has(info.type) && !timeTypes.has(info.type))
    return `"${fn}" needs a number or a time; "${info.path}" is ${info.type}.`
  if (fn === 'countDistinct' && listTypes.has(info.type)) return `"countDistinct" does not fit the list "${info.path}"; group by it instead.`
  return undefined
}

/** What a row brings to the measure; empty texts and lists are null, so that counting a field counts what is filled in. */
function inputOf(context: CompileContext, scope: Scope, info: FieldInfo): SQL {
  if (info.type === 'reference') return referenceIdColumn(context, scope, info)
  const value = valueColumn(context, scope, info)
  if (textTypes.has(info.type)) return sql`nullif(btrim(${value}), '')`
  return listTypes.has(info.type) ? sql`nullif(cardinality(${value}), 0)` : value
}

function valueType(fn: Measure['fn'], info: FieldInfo | undefined): Pick<Column, 'type'> {
  if (fn === 'count' || fn === 'countDistinct') return wholeNumber
  if (fn === 'share' || fn === 'winRate') return { type: 'percent' }
  if (fn === 'cycleDays') return { type: 'days' }
  const { type } = fieldColumn(info as FieldInfo)
  return { type: type === 'integer' && (fn === 'avg' || fn === 'median' || fn === 'percentile') ? 'number' : type }
}

function ratio(part: SQL, whole: SQL): SQL {
  return sql`(${part}::numeric / nullif(${whole}, 0))::float8`
}

/** Interpolated between the two nearest values as percentile_cont does, but exact in decimals, which that is not. */
function percentileOf(x: SQL, at: number, where: SQL | undefined): SQL {
  const values = sql`array_agg(${x}::numeric order by ${x}::numeric) filter (where ${x} is not null${where === undefined ? sql`` : sql` and ${where}`})`
  const position = sql`${String(at)}::numeric * (cardinality(${values}) - 1)`
  const [low, high] = [sql`(${values})[floor(${position})::int + 1]`, sql`(${values})[ceil(${position})::int + 1]`]
  return sql`trim_scale(${low} + (${high} - ${low}) * (${position} - floor(${position})))`
}

function aggregateOf({ fn, at = 0 }: Measure, x: SQL, hasField: boolean, where: SQL | undefined, perCurrency: boolean, converted: boolean): SQL {
  const only = where === undefined ? sql`` : sql` filter (where ${where})`
  switch (fn) {
    case 'count':
      return hasField ? sql`count(${x})${only}` : sql`count(*)${only}`
    case 'countDistinct':
      return sql`count(distinct ${x})${only}`
    case 'sum':
      return converted ? sql`trim_scale(sum(${x}::numeric)${only})` : sql`sum(${x}::numeric)${only}`
    case 'avg':
      return sql`trim_scale(round(avg(${x}::numeric)${only}, 6))`
    case 'min':
    case 'max':
      return converted ? sql`trim_scale(${sql.raw(fn)}(${x})${only})` : sql`${sql.raw(fn)}(${x})${only}`
    case 'median':
      // The middle value, or the mean of the two middle ones, exact in decimals.
      return sql`trim_scale((percentile_disc(0.5) within group (order by ${x}::numeric)${only} + percentile_disc(0.5) within group (order by ${x}::numeric desc)${only}) / 2)`
    case 'percentile':
      return percentileOf(x, at, where)
    case 'share': {
      const figure = hasField ? sql`sum(${x}::numeric)` : sql`count(*)`
      if (where !== undefined) return ratio(sql`${hasField ? sql`coalesce(${figure}${only}, 0)` : sql`${figure}${only}`}`, figure)
      return ratio(figure, sql`sum(${figure}) over (${perCurrency ? sql`partition by currency` : sql``})`)
    }
    case 'winRate': {
      const counted = (states: SQL) => sql`count(*) filter (where ${x} in (${states})${where === undefined ? sql`` : sql` and ${where}`})`
      return ratio(counted(sql`'won'`), counted(sql`'won', 'lost'`))
    }
    case 'cycleDays':
      return sql`round(avg(${x})${only}, 6)::float8`
  }
}

/** Days from creation to the close of a won opportunity, or to the conversion of a lead. */
function cycleOf(context: CompileContext, scope: Scope): SQL {
  const dayOf = (name: string) => sql`(${column(scope, name)} at time zone ${context.timeZone})::date`
  const created = dayOf('created_at')
  if (scope.entity.name === 'leads') return sql`${dayOf('converted_at')} - ${created}`
  return sql`case when ${column(scope, 'state')} = 'won' then ${column(scope, 'actual_close_date')} - ${created} end`
}

export function compileMeasure(context: CompileContext, scope: Scope, measure: Measure, index: number): CompiledMeasure | undefined {
  const at = `measures[${index}]`
  const info = measure.field === undefined ? undefined : requireField(context, scope.entity.name, measure.field, `${at}.field`)
  if (measure.field !== undefined && info === undefined) return undefined
  const problem = problemWith(measure, scope, info)
  if (problem !== undefined) {
    context.problems.push({ field: at, message: problem })
    return undefined
  }
  const isMoney = info?.type === 'money' && measure.fn !== 'count' && measure.fn !== 'countDistinct'
  const inputs: CompiledMeasure['inputs'] = []
  const input = (name: string, expression: SQL) => {
    inputs.push({ name, expression })
    return sql.identifier(name)
  }
  let x = sql`*`
  if (measure.fn === 'winRate') x = sql`${input(`x${index}`, column(scope, 'state'))}`
  else if (measure.fn === 'cycleDays') {
    x = sql`${input(`x${index}`, cycleOf(context, scope))}`
  } else if (info !== undefined) x = sql`${input(`x${index}`, isMoney ? comparedColumn(context, scope, info) : inputOf(context, scope, info))}`
  const where = measure.where === undefined ? undefined : sql`${input(`w${index}`, compileFilter(context, scope, measure.where, `${at}.where`))}`
  return {
    column: { key: measureKey(measure), label: measureLabel(measure, info), ...valueType(measure.fn, info) },
    inputs,
    aggregate: aggregateOf(measure, x, info !== undefined, where, isMoney && context.convert === undefined, isMoney && context.convert !== undefined),
    money: isMoney ? info : undefined,
  }
}
