import { type EntityName, entities } from '#contracts/entities.ts'
import type { Filter, TypedQueryInput } from '#contracts/query.ts'

/** A field that no prompt may hold. */
export interface ConfidentialField {
  entity: EntityName
  /** Name of a field, or `custom.<key>`. */
  field: string
}

/** What a workspace keeps from prompts. */
export interface Confidential {
  /** Nothing is kept back. */
  readonly isEmpty: boolean
  /** Whether a path of the query language, such as `organisation.domain` or `orders.sum.value`, tells a field that is kept back. */
  hides(entity: EntityName, path: string): boolean
  /** Whether any field of the entity is kept back. */
  touches(entity: EntityName): boolean
  /** Whether what its records are called is kept back. */
  hidesLabel(entity: EntityName): boolean
  /** A record without what is kept back. */
  strip(entity: EntityName, record: Record<string, unknown>): Record<string, unknown>
  /** The first path in a query that tells a field which is kept back. */
  findHidden(query: TypedQueryInput): string | undefined
}

/** Fields that are made of others. */
const madeOf: Partial<Record<string, readonly string[]>> = { name: ['first_name', 'last_name'] }

export function createConfidential(marked: readonly ConfidentialField[]): Confidential {
  const marks = new Set(marked.map(({ entity, field }) => `${entity} ${field}`))
  const touched = new Set(marked.map(({ entity }) => entity))

  function hidesField(entity: EntityName, key: string): boolean {
    if (marks.has(`${entity} ${key}`)) return true
    const definition = entities[entity].fields[key] ?? Object.values(entities[entity].fields).find(({ column }) => column === key)
    if (definition?.computed === true && (madeOf[key]?.some((part) => marks.has(`${entity} ${part}`)) ?? false)) return true
    if (definition?.type !== 'reference' || definition.entity === undefined || key === definition.column) return false
    return hidesField(definition.entity, definition.display ?? entities[definition.entity].labelField)
  }

  function hides(entity: EntityName, path: string): boolean {
    if (marks.size === 0) return false
    const [first = '', ...rest] = path.split('.')
    if (first === 'custom') return marks.has(`${entity} ${path}`) || marks.has(`${entity} custom.${rest[0] ?? ''}`)
    const relation = entities[entity].relations[first]
    // `orders.sum.value` is a figure of a relation; `orders.count` tells no field.
    if (relation !== undefined && entities[entity].fields[first] === undefined) return rest.length > 1 && hides(relation.entity, rest.slice(1).join('.'))
    const target = entities[entity].fields[first]?.entity
    if (rest.length > 0 && target !== undefined) return marks.has(`${entity} ${first}`) || hides(target, rest.join('.'))
    return hidesField(entity, first)
  }

  function findInFilter(entity: EntityName, filter: Filter | undefined): string | undefined {
    if (filter === undefined || filter === null || typeof filter !== 'object') return undefined
    if ('and' in filter) return firstOf(filter.and, (part) => findInFilter(entity, part))
    if ('or' in filter) return firstOf(filter.or, (part) => findInFilter(entity, part))
    if ('not' in filter) return findInFilter(entity, filter.not)
    if ('field' in filter) return hides(entity, String(filter.field)) ? String(filter.field) : undefined
    const target = entities[entity].relations[filter.relation]?.entity
    if (target === undefined) return undefined
    const figures = [filter.sum, filter.avg, filter.min, filter.max, filter.latest, filter.earliest]
    return (
      firstOf(figures, (figure) => (figure !== undefined && hides(target, figure.field) ? `${filter.relation}.${figure.field}` : undefined)) ??
      findInFilter(target, filter.where)
    )
  }

  return {
    isEmpty: marks.size === 0,
    hides,
    touches: (entity) => touched.has(entity),
    hidesLabel: (entity) => hides(entity, entities[entity].labelField),
    strip(entity, record) {
      if (marks.size === 0) return record
      const kept: Record<string, unknown> = {}
      for (const [key, value] of Object.entries(record)) {
        if (key === 'custom' && typeof value === 'object' && value !== null)
          kept[key] = Object.fromEntries(Object.entries(value).filter(([name]) => !marks.has(`${entity} custom.${name}`)))
        else if (key === 'lines' && entity === 'orders' && Array.isArray(value))
          kept[key] = value.map((line: Record<string, unknown>) => Object.fromEntries(Object.entries(line).filter(([name]) => !hides('order_lines', name))))
        else if (!hides(entity, key)) kept[key] = value
      }
      return kept
    },
    findHidden(query) {
      if (marks.size === 0) return undefined
      const { entity, filter, select = [], groupBy = [], measures = [], sort = [] } = query
      const paths = [...select, ...groupBy.map(({ field }) => field), ...measures.flatMap(({ field }) => field ?? []), ...sort.map(({ by }) => by)]
      return (
        firstOf(paths, (path) => (hides(entity, path) ? path : undefined)) ??
        findInFilter(entity, filter as Filter | undefined) ??
        firstOf(measures, ({ where }) => findInFilter(entity, where as Filter | undefined))
      )
    },
  }
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}
