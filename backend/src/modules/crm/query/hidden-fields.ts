import { AppError } from '#backend/kernel/errors.ts'
import { type EntityName, entities } from '#contracts/entities.ts'
import type { FieldMarks } from '#contracts/field-marks.ts'
import type { TypedQuery } from '#contracts/query.ts'

/** Detail of the error for what is hidden from whoever asks. */
const notShown = 'is not available to your role'

/** What a path over references and relations names, for people. */
function labelOf(entity: EntityName, path: string): string {
  const steps = path.split('.')
  let at = entities[entity]
  for (const step of steps.slice(0, -1)) {
    const next = at.fields[step]?.entity ?? at.relations[step]?.entity
    if (next !== undefined) at = entities[next]
  }
  const last = steps.at(-1) as string
  return `${at.fields[last]?.label ?? last} of ${at.labelPlural.toLowerCase()}`
}

/** One error for all fields; it says nothing of their values. */
export function refuseNotShown(entity: EntityName, paths: readonly string[], code: 'VALIDATION' | 'FORBIDDEN' = 'VALIDATION'): AppError {
  const message = `${paths.map((path) => labelOf(entity, path)).join(', ')} ${paths.length === 1 ? notShown : 'are not available to your role'}.`
  // A question may have named it in many ways; what is given, in one.
  return new AppError(code, message, { details: paths.map((path) => ({ field: code === 'FORBIDDEN' ? path : `${entity}.${path}`, message: notShown })) })
}

/** Whether something was refused because it is hidden from whoever asked. */
export function isNotShown(error: unknown): error is AppError {
  return error instanceof AppError && error.details?.[0]?.message === notShown
}

/** @throws AppError FORBIDDEN where one of the fields, of which something is made as a whole, is hidden */
export function requireShown(hidden: FieldMarks, entity: EntityName, fields: readonly string[]): void {
  const missing = fields.filter((field) => hidden.hides(entity, field))
  if (missing.length > 0) throw refuseNotShown(entity, missing, 'FORBIDDEN')
}

/** Whether a column of a file tells a hidden field; those of orders are their lines' as well. */
export function isHiddenColumn(hidden: FieldMarks, entity: EntityName, column: string): boolean {
  return hidden.hides(entity, column) || (entity === 'orders' && hidden.hides('order_lines', column))
}

/** @throws AppError FORBIDDEN naming what somebody gives to fields that they do not see */
export function refuseHiddenValues(hidden: FieldMarks, entity: EntityName, given: Readonly<Record<string, unknown>>): void {
  if (hidden.isEmpty) return
  const paths = Object.entries(given).flatMap(([key, value]) => {
    if (key === 'custom' && typeof value === 'object' && value !== null) return Object.keys(value).map((name) => `custom.${name}`)
    if (key !== 'lines' || !Array.isArray(value)) return [key]
    return [...new Set(value.flatMap((line: object) => Object.keys(line)))].flatMap((name) =>
      hidden.hides('order_lines', name) ? [`order_lines.${name}`] : [],
    )
  })
  const missing = paths.filter((path) => hidden.hides(entity, path) || path.startsWith('order_lines.'))
  if (missing.length > 0) throw refuseNotShown(entity, missing, 'FORBIDDEN')
}

/**
 * The query without the columns that nobody chose and the actor does not see.
 * @param strict columns that were chosen are refused like everything else, instead of being left out
 * @throws AppError VALIDATION where it filters, sorts, groups or reckons by a hidden field, or is left with nothing
 */
export function withoutHidden(query: TypedQuery, hidden: FieldMarks, strict: boolean): TypedQuery {
  if (hidden.isEmpty) return query
  const { select, ...rest } = query
  const isShown = (path: string) => !hidden.hides(query.entity, path)
  const found = hidden.findHidden(strict ? query : rest)
  if (found !== undefined) throw refuseNotShown(query.entity, [found])
  if (query.groupBy !== undefined || query.measures !== undefined) return query
  const shown = (select ?? entities[query.entity].defaultColumns).filter(isShown)
  if (select !== undefined && shown.length === 0) throw refuseNotShown(query.entity, select)
  return shown.length === (select ?? entities[query.entity].defaultColumns).length ? query : { ...query, select: shown }
}
