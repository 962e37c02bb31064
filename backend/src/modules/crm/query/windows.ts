import { type SQL, sql } from '#backend/infra/database/database.ts'
import type { Measure, TimeUnit, TypedQuery, Window } from '#contracts/query.ts'
import type { CompileContext } from './compile-context.ts'
import { measureKey, windowKey, windowLabel } from './labels.ts'
import type { OutputColumn } from './result-columns.ts'
import { unknownFigure } from './suggestions.ts'

/** A measure as windows see it. */
export interface Figure {
  measure: Measure
  output: OutputColumn
  isMoney: boolean
}

/** The names that rows of figures are told apart by. */
export interface FigureKeys {
  names: readonly string[]
  /** The bucket of time that windows follow, and its length. */
  time: { name: string; unit: TimeUnit } | undefined
  /** Rows are split by currency. */
  perCurrency: boolean
}

export interface CompiledWindow {
  output: OutputColumn
  expression: SQL
}

const alongTime: ReadonlySet<Window['fn']> = new Set(['runningSum', 'previous', 'change', 'changeRatio'])
const additive: ReadonlySet<Measure['fn']> = new Set(['count', 'sum'])
const numberColumns: ReadonlySet<string> = new Set(['integer', 'number', 'percent', 'days', 'money'])

function problemWith(window: Window, figure: Figure, keys: FigureKeys): string | undefined {
  const { fn } = window
  if (alongTime.has(fn) && keys.time === undefined) return `"${fn}" needs a bucket of time in "groupBy", for example {"field":"created_at","bucket":"month"}.`
  if ((fn === 'runningSum' || fn === 'shareOfTotal') && !additive.has(figure.measure.fn))
    return `"${fn}" adds up, which only fits counts and sums; "${window.measure}" is neither.`
  if ((fn === 'change' || fn === 'changeRatio') && !numberColumns.has(figure.output.column.type))
    return `"${fn}" needs a number; "${window.measure}" is a time.`
  if (window.direction !== undefined && fn !== 'rank') return `"direction" is for "rank", not for "${fn}".`
  return undefined
}

function partitionBy(names: readonly string[]): SQL {
  return names.length === 0
    ? sql``
    : sql`partition by ${sql.join(
        names.map((name) => sql`${sql.identifier(name)}`),
        sql`, `,
      )}`
}

function expressionOf(window: Window, figure: Figure, keys: FigureKeys): SQL {
  const value = sql.identifier(figure.output.name)
  const oneCurrency = partitionBy(keys.perCurrency && figure.isMoney ? ['currency'] : [])
  if (window.fn === 'rank') {
    const direction = sql.raw(window.direction ?? 'desc')
    return sql`case when ${value} is not null then rank() over (${oneCurrency} order by ${value} ${direction} nulls last) end`
  }
  if (window.fn === 'shareOfTotal') return sql`(${value}::numeric / nullif(sum(${value}) over (${oneCurrency}), 0))::float8`
  const { name, unit } = keys.time as NonNullable<FigureKeys['time']>
  const bucket = sql.identifier(name)
  const series = sql`(${partitionBy(keys.names.filter((other) => other !== name))} order by ${bucket} nulls last)`
  // Records without a time are in no bucket, so nothing is before them.
  if (window.fn === 'runningSum') {
    const whole = figure.measure.fn === 'count' ? sql`::bigint` : sql``
    return sql`case when ${bucket} is not null then (sum(${value}) over ${series})${whole} end`
  }
  // The row before is only the bucket before when no condition has taken that one out.
  const previous = sql`case when lag(${bucket}) over ${series} = (${bucket} - ${`1 ${unit}`.replace('1 quarter', '3 months')}::interval)::date then lag(${value}) over ${series} end`
  if (window.fn === 'previous') return previous
  if (window.fn === 'change') return sql`${value} - ${previous}`
  return sql`((${value} - ${previous})::numeric / nullif((${previous})::numeric, 0))::float8`
}

export function compileWindows(context: CompileContext, query: TypedQuery, figures: readonly Figure[], keys: FigureKeys): CompiledWindow[] {
  return (query.windows ?? []).flatMap((window, index) => {
    const at = `windows[${index}]`
    if (query.groupBy === undefined) {
      context.problems.push({ field: at, message: `"${window.fn}" compares groups; add "groupBy".` })
      return []
    }
    const figure = figures.find(({ measure }) => measureKey(measure) === window.measure)
    if (figure === undefined) {
      context.problems.push({
        field: `${at}.measure`,
        message: unknownFigure(
          window.measure,
          figures.map(({ measure }) => measureKey(measure)),
        ),
      })
      return []
    }
    const problem = problemWith(window, figure, keys)
    if (problem !== undefined) {
      context.problems.push({ field: at, message: problem })
      return []
    }
    const ratio = window.fn === 'shareOfTotal' || window.fn === 'changeRatio'
    const type = window.fn === 'rank' ? 'integer' : ratio ? 'percent' : figure.output.column.type
    return [
      {
        output: {
          column: { key: windowKey(window), label: windowLabel(window.fn, figure.output.column.label, keys.time?.unit), type },
          name: `w${index}_value`,
        },
        expression: expressionOf(window, figure, keys),
      },
    ]
  })
}

/** Whether buckets of time without records must have rows too. */
export function needsEveryBucket(query: TypedQuery): boolean {
  return query.windows?.some(({ fn }) => alongTime.has(fn)) ?? false
}

/**
 * Adds to `figures` a row for each bucket between the first and the last of all, for each combination of the other groups that has a
 * bucket at all. The result is the CTE `filled`.
 */
export function filledBuckets(figures: readonly Figure[], keys: FigureKeys): SQL {
  const { name, unit } = keys.time as NonNullable<FigureKeys['time']>
  const list = (names: readonly string[]) =>
    sql.join(
      names.map((one) => sql`${sql.identifier(one)}`),
      sql`, `,
    )
  const others = keys.names.filter((other) => other !== name)
  const values = figures.map(({ output }) => output.name)
  const zero = ({ measure: { fn, where } }: Figure) =>
    fn === 'count' || fn === 'sum' || fn === 'countDistinct' || (fn === 'share' && where === undefined) ? sql`0` : sql`null`
  const columns = [...keys.names, ...values]
  const step = `1 ${unit}`.replace('1 quarter', '3 months')
  const bucket = sql.identifier(name)
  const empty = sql.join([...keys.names.map((key) => (key === name ? sql`bucket::date` : sql`${sql.identifier(key)}`)), ...figures.map(zero)], sql`, `)
  return sql`combinations as (select distinct ${others.length === 0 ? sql`1 as one` : list(others)} from figures where ${bucket} is not null),
    span as (select min(${bucket})::timestamp as low, max(${bucket})::timestamp as high from figures),
    filled as (select distinct on (${list(keys.names)}) ${list(columns)}, true as present from (
      select ${list(columns)}, 0 as is_empty from figures
      union all select ${empty}, 1 from span cross join generate_series(low, high, ${step}::interval) bucket cross join combinations
    ) every order by ${list(keys.names)}, is_empty), `
}
