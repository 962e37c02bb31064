import { z } from 'zod'
import { AppError } from '#backend/kernel/errors.ts'
import { type Filter, filterSchema, type Scalar } from '#contracts/query.ts'

/** Parameters of a list that are no fields. */
export const listParameters: ReadonlySet<string> = new Set(['limit', 'cursor', 'sort', 'q', 'filter', 'timeZone'])

/** `?filter=<JSON>` and any `?field=value` (a comma means any of them), together. @throws AppError VALIDATION */
export function filterOf(parameters: Readonly<Record<string, unknown>>, reserved: ReadonlySet<string>): Filter | undefined {
  const conditions: Filter[] = []
  if (typeof parameters.filter === 'string' && parameters.filter !== '') conditions.push(parseFilter(parameters.filter))
  for (const [field, value] of Object.entries(parameters as Record<string, string | string[] | undefined>)) {
    if (reserved.has(field) || value === undefined) continue
    if (field.length > 120) throw new AppError('VALIDATION', 'A parameter name is too long.')
    conditions.push(Array.isArray(value) ? { field, op: 'in', value: value as Scalar[] } : value === '' ? { field, op: 'isEmpty' } : { field, op: 'eq', value })
  }
  if (conditions.length === 0) return undefined
  return conditions.length === 1 ? conditions[0] : { and: conditions }
}

function parseFilter(text: string): Filter {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new AppError('VALIDATION', 'filter is not JSON.', { cause, details: [{ field: 'filter', message: 'must be a filter of the typed query, as JSON' }] })
  }
  const parsed = filterSchema.safeParse(json)
  if (!parsed.success)
    throw new AppError('VALIDATION', 'filter is not a filter of the typed query.', {
      details: [{ field: 'filter', message: z.prettifyError(parsed.error).slice(0, 500) }],
    })
  return parsed.data
}
