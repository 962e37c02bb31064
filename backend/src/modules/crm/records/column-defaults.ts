import { customFieldEntities, type EntityName, entities } from '#contracts/entities.ts'
import { storedColumns } from './storage.ts'

const knownDefaults = new Map<EntityName, readonly [string, () => unknown][]>()

/** Columns that are never null, with what an absent value means. */
export function defaultsOf(entity: EntityName): readonly [string, () => unknown][] {
  let known = knownDefaults.get(entity)
  if (known === undefined) {
    known = listDefaults(entity)
    knownDefaults.set(entity, known)
  }
  return known
}

function listDefaults(entity: EntityName): [string, () => unknown][] {
  const defaults: [string, () => unknown][] = []
  for (const { key, sqlType } of storedColumns(entity)) if (sqlType === 'text[]') defaults.push([key, () => []])
  if (customFieldEntities.includes(entity)) defaults.push(['custom', () => ({})])
  if (entity === 'opportunities') defaults.push(['state', () => 'open'])
  if (entities[entity].fields.visibility !== undefined) defaults.push(['visibility', () => 'everyone'])
  if (entity === 'products' || entity === 'users') defaults.push(['active', () => true])
  if (entity === 'users') defaults.push(['role', () => 'rep'])
  return defaults
}

/** The same in SQL, for rows of a bulk insert that lack the value. */
export function defaultSql(value: unknown): string {
  if (Array.isArray(value)) return `'{}'::text[]`
  if (typeof value === 'object') return `'{}'::jsonb`
  return typeof value === 'boolean' ? String(value) : `'${String(value)}'`
}
