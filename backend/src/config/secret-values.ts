import type { Config } from './config.ts'
import { variables } from './schema.ts'

/** Every value that must never stand in a log line. */
export function secretValues(config: Config): string[] {
  const groups: Record<string, Record<string, unknown>> = config
  const values = variables.filter(({ variable }) => variable.secret).map(({ group, key }) => groups[group]?.[key])
  return [...values, config.database.ownerPassword, config.database.applicationPassword].filter(
    (value): value is string => typeof value === 'string' && value.length >= 8,
  )
}
