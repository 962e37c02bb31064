/** A set of marked fields, and what of queries and records tells one of them: for what no prompt may hold and for what a role does not see. */
import { type EntityName, entities } from './entities.ts'
import type { Filter, TypedQueryInput } from './query.ts'

export interface MarkedField {
  entity: EntityName
  /** Name of a field, or `custom.<key>`. */
  field: string
}

export interface FieldMarks {
  /** Nothing is marked. */
  readonly isEmpty: boolean
  readonly fields: readonly MarkedField[]
  /** Whether a path of the query language, such as `organisation.domain` or `orders.sum.value`, tells a marked field. */
  hides(entity: EntityName, path: string): boolean
  /** Whether any field of the entity is marked. */
  touches(entity: EntityName): boolean
  /** Whether what its records are called is marked. */
  hidesLabel(entity: EntityName): boolean
  /** A record without what is marked. */
  strip<R extends Record<string, unknown>>(entity: EntityName, record: R): R
  /** The first path in a query that tells a marked field. */
  findHidden(query: TypedQueryInput): string | undefined
}

/** Fields that are made of others. */
const madeOf: Partial<Record<string, readonly string[]>> = { name: ['first_name', 'last_name'] }
/** Figures that name no field and are made of one. */
const figuresOf: Partial<Record<string, readonly string[]>> = { winRate: ['state'], cycleDays: ['actual_close_date', 'converted_at'] }

export function createFieldMarks(fields: readonly MarkedField[]): FieldMarks {
  const marks = new Set(fields.map(({ entity, field }) => `${entity} ${field}`))
  const touched = new Set(fields.map(({ entity }) => entity))

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

  /** Whoever has no name goes by the address, where others name them. */
  function isAddress(entity: EntityName, key: string, value: unknown): boolean {
    if (typeof value !== 'string' || !value.includes('@') || !hides('contacts', 'email')) return false
    return entities[entity].fields[key]?.entity === 'contacts' || (key === 'customer' && (entity === 'orders' || entity === 'order_lines'))
  }

  /** The entity that a relation leads to, over references as well: `organisation.opportunities` of a contact. */
  function relatedTo(entity: EntityName, path: string): EntityName | undefined {
    const steps = path.split('.')
    const name = steps.pop() as string
    let owner: EntityName | undefined = entity
    for (const step of steps) owner = owner === undefined ? undefined : entities[owner].fields[step]?.entity
    return owner === undefined ? undefined : entities[owner].relations[name]?.entity
  }

  function findInFilter(entity: EntityName, filter: Filter | undefined): string | undefined {
    if (filter === undefined || filter === null || typeof filter !== 'object') return undefined
    if ('and' in filter) return firstOf(filter.and, (part) => findInFilter(entity, part))
    if ('or' in filter) return firstOf(filter.or, (part) => findInFilter(entity, part))
    if ('not' in filter) return findInFilter(entity, filter.not)
    if ('field' in filter) return hides(entity, String(filter.field)) ? String(filter.field) : undefined
    const target = relatedTo(entity, filter.relation)
    if (target === undefined) return undefined
    const figures = [filter.sum, filter.avg, filter.min, filter.max, filter.latest, filter.earliest]
    return (
      firstOf(figures, (figure) => (figure !== undefined && hides(target, figure.field) ? `${filter.relation}.${figure.field}` : undefined)) ??
      findInFilter(target, filter.where)
    )
  }

  return {
    isEmpty: marks.size === 0,
    fields,
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
        else if (!hides(entity, key) && !isAddress(entity, key, value)) kept[key] = value
      }
      return kept as typeof record
    },
    findHidden(query) {
      if (marks.size === 0) return undefined
      const { entity, filter, select = [], groupBy = [], measures = [], sort = [] } = query
      const paths = [
        ...select,
        ...groupBy.map(({ field }) => field),
        ...measures.flatMap(({ fn, field }) => field ?? figuresOf[fn] ?? []),
        ...sort.map(({ by }) => by),
      ]
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
