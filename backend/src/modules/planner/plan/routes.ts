import { type EntityName, entities, entityNames } from '#contracts/entities.ts'
import type { Filter } from '#contracts/query.ts'

/** One step from an entity to another: over a reference field (many to one) or a relation (one to many). */
export type Step = { kind: 'reference'; field: string } | { kind: 'relation'; name: string }
export type Route = readonly Step[]

const longest = 3
const routes = new Map<string, Route>()

function stepsOf(entity: EntityName): { step: Step; to: EntityName; cost: number }[] {
  const { fields, relations } = entities[entity]
  const steps: { step: Step; to: EntityName; cost: number }[] = []
  for (const [name, field] of Object.entries(fields)) {
    if (field.type !== 'reference' || field.entity === undefined || field.display !== undefined) continue
    // Owners join everything to everything; nobody means that when he names two entities.
    steps.push({ step: { kind: 'reference', field: name }, to: field.entity, cost: field.entity === 'users' ? 1.4 : 1 })
  }
  for (const [name, relation] of Object.entries(relations)) {
    if (entity === 'users' || entity === 'tags') continue
    steps.push({ step: { kind: 'relation', name }, to: relation.entity, cost: 1.2 })
  }
  return steps
}

function isOffer(entity: EntityName): boolean {
  return entity === 'quotes' || entity === 'quote_lines'
}

/** The shortest way from one entity to another, or undefined when there is none. */
export function routeBetween(from: EntityName, to: EntityName): Route | undefined {
  return routes.get(`${from} ${to}`)
}

for (const from of entityNames) {
  const queue: { entity: EntityName; route: Route; cost: number }[] = [{ entity: from, route: [], cost: 0 }]
  const costs = new Map<EntityName, number>([[from, 0]])
  while (queue.length > 0) {
    queue.sort((a, b) => a.cost - b.cost)
    const here = queue.shift() as { entity: EntityName; route: Route; cost: number }
    if (here.route.length >= longest || (here.entity === 'users' && here.route.length > 0)) continue
    for (const { step, to, cost } of stepsOf(here.entity)) {
      // A relation after a reference has no name in the query language beyond one level of relations.
      // What somebody was offered joins nothing to anything: who bought what is told by orders alone.
      if (isOffer(here.entity) && !isOffer(from) && !isOffer(to)) continue
      const total = here.cost + cost + (step.kind === 'relation' && here.route.some((before) => before.kind === 'reference') ? 0.5 : 0)
      if (total >= (costs.get(to) ?? Number.POSITIVE_INFINITY)) continue
      costs.set(to, total)
      const route = [...here.route, step]
      routes.set(`${from} ${to}`, route)
      queue.push({ entity: to, route, cost: total })
    }
  }
}
// People are asked for by what they own, and nothing is reached through them.
for (const [name, { entity }] of Object.entries(entities.users.relations)) routes.set(`users ${entity}`, [{ kind: 'relation', name }])
for (const name of entityNames) routes.set(`${name} ${name}`, [])

/** Writes a filter on the entity at a route's end as a filter on the entity at its start. */
export function alongRoute(route: Route, filter: Filter): Filter {
  return route.reduceRight<Filter>(
    (inner, step) => (step.kind === 'relation' ? { relation: step.name, where: inner } : underReference(step.field, inner)),
    filter,
  )
}

/** Prefixes every field and relation of a filter with a reference. */
export function underReference(reference: string, filter: Filter): Filter {
  if ('and' in filter) return { and: filter.and.map((part) => underReference(reference, part)) }
  if ('or' in filter) return { or: filter.or.map((part) => underReference(reference, part)) }
  if ('not' in filter) return { not: underReference(reference, filter.not) }
  if ('relation' in filter) return { ...filter, relation: `${reference}.${filter.relation}` }
  // A reference compared with ids needs no path to the record's own id.
  if (filter.field === 'id') return { ...filter, field: reference }
  return { ...filter, field: `${reference}.${filter.field}` }
}

/** The path of references that makes up a route, or undefined when a relation is on it. */
export function referencePath(route: Route): string | undefined {
  if (route.some((step) => step.kind === 'relation')) return undefined
  return route.map((step) => (step as { field: string }).field).join('.')
}
