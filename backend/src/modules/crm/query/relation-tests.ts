import { type SQL, sql } from '#backend/infra/database/database.ts'
import type { Filter } from '#contracts/query.ts'
import { currencyColumn, valueColumn } from './columns.ts'
import { type CompileContext, requireField, type Scope } from './compile-context.ts'
import { readerOf } from './condition-values.ts'
import { comparedColumn, noteUncompared } from './conversion.ts'
import { type FieldInfo, numberTypes, timeTypes } from './field-paths.ts'
import { compareNumber } from './number-conditions.ts'
import { type Comparison, comparisonHolds } from './operators.ts'
import { timeCondition } from './time-conditions.ts'

type RelationFilter = Extract<Filter, { relation: string }>

/** A condition on a figure of the related rows of one record. */
export interface FigureHaving {
  /** The related rows that take part. */
  where: SQL
  test: SQL
  /** More to group by than the record, after a comma. */
  groupBy: SQL
  /** A record without related rows meets the test. */
  nothingFits: boolean
}

const numberFunctions = ['sum', 'avg', 'min', 'max'] as const
export type RelationFunction = (typeof numberFunctions)[number] | 'count' | 'latest' | 'earliest'
const doing: Record<(typeof numberFunctions)[number], string> = { sum: 'added up', avg: 'averaged', min: 'compared', max: 'compared' }

/** The figure itself, over a column of the related rows. */
export function relationAggregate(fn: RelationFunction, column: SQL): SQL {
  if (fn === 'count') return sql`count(*)`
  if (fn === 'sum') return sql`coalesce(sum(${column}::numeric), 0)`
  if (fn === 'avg') return sql`avg(${column}::numeric)`
  return fn === 'latest' || fn === 'max' ? sql`max(${column})` : sql`min(${column})`
}

/** The field a figure is of, when it fits; what does not is noted. */
export function figureField(context: CompileContext, related: Scope, fn: RelationFunction, path: string, at: string): FieldInfo | undefined {
  const info = requireField(context, related.entity.name, path, at)
  if (info === undefined) return undefined
  const isTime = fn === 'latest' || fn === 'earliest'
  if (isTime ? timeTypes.has(info.type) : numberTypes.has(info.type)) return info
  const message = isTime ? `"${info.path}" is not a date or time.` : `"${info.path}" is not a number and cannot be ${doing[fn as 'sum']}.`
  context.problems.push({ field: at, message })
  return undefined
}

export function numberTests(context: CompileContext, related: Scope, filter: RelationFilter, rows: SQL, at: string): FigureHaving[] {
  return numberFunctions.flatMap((fn) => {
    const test = filter[fn]
    const info = test && figureField(context, related, fn, test.field, `${at}.${fn}.field`)
    if (test === undefined || info === undefined) return []
    const isMoney = info.type === 'money'
    if (isMoney) noteUncompared(context, related, info)
    const currency = isMoney ? currencyColumn(context, related, info.steps) : undefined
    const where = currency !== undefined && context.currency !== undefined ? sql`${rows} and ${currency} = ${context.currency}` : rows
    // Without a chosen currency each currency is a figure of its own.
    const groupBy = currency !== undefined && context.currency === undefined && context.convert === undefined ? sql`, ${currency}` : sql``
    const figure = relationAggregate(fn, comparedColumn(context, related, info))
    return [
      { where, groupBy, test: compareNumber(figure, test.op, test.value), nothingFits: fn === 'sum' && comparisonHolds[test.op as Comparison](0, test.value) },
    ]
  })
}

export function timeTests(context: CompileContext, related: Scope, filter: RelationFilter, rows: SQL, at: string): FigureHaving[] {
  return (['latest', 'earliest'] as const).flatMap((fn) => {
    const test = filter[fn]
    const info = test && figureField(context, related, fn, test.field, `${at}.${fn}.field`)
    if (test === undefined || info === undefined) return []
    const figure = relationAggregate(fn, valueColumn(context, related, info))
    const condition = timeCondition(context, figure, info.type === 'date', test, readerOf(context, test, `${at}.${fn}.value`))
    // A record without related times meets none of these, "ne" included.
    return [{ where: rows, groupBy: sql``, test: sql`(${figure} is not null and ${condition})`, nothingFits: false }]
  })
}
