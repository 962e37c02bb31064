import type { Condition, Scalar, TimeRange } from '#contracts/query.ts'
import type { CompileContext } from './compile-context.ts'

/** Reads the value of one condition; what does not fit is noted as a problem of its field. */
export interface ValueReader {
  /** One value; undefined when it is missing or of another shape, which is noted. */
  one(): Scalar | undefined
  /** One or more values. */
  many(): Scalar[] | undefined
  pair(): [Scalar, Scalar] | undefined
  range(): TimeRange | undefined
  fail(message: string): undefined
}

export function isRange(value: Condition['value']): value is TimeRange {
  return typeof value === 'object' && !Array.isArray(value) && !('now' in value)
}

export function isRelative(value: Condition['value']): value is { now: true; daysAgo?: number | undefined } {
  return typeof value === 'object' && !Array.isArray(value) && 'now' in value
}

export function readerOf(context: CompileContext, condition: Condition, at: string): ValueReader {
  const { op, value } = condition
  const fail = (message: string) => {
    context.problems.push({ field: at, message })
    return undefined
  }
  return {
    fail,
    one() {
      if (typeof value !== 'object' && value !== undefined) return value
      if (Array.isArray(value) && value.length === 1) return value[0]
      return fail(`"${op}" of "${condition.field}" needs one value.`)
    },
    many() {
      if (Array.isArray(value)) return value
      if (typeof value !== 'object' && value !== undefined) return [value]
      return fail(`"${op}" of "${condition.field}" needs a list of values.`)
    },
    pair() {
      if (Array.isArray(value) && value.length === 2) return [value[0] as Scalar, value[1] as Scalar]
      return fail(`"between" of "${condition.field}" needs two values, the lowest and the highest.`)
    },
    range() {
      if (isRange(value)) return value
      return fail(`"during" of "${condition.field}" needs a time range such as {"period":"month","offset":-1}.`)
    },
  }
}
